/*
 * table.h - print a map as a table, for tests
 */
#ifndef VMV_UNIT_TABLE_H
#define VMV_UNIT_TABLE_H

#include "unit.h"

#include "vmapview/column.h"
#include "vmapview/output.h"
#include "vmapview/view.h"

/** unit_table - print the columns "rss,mapping" of all regions as @report says. */
static inline void unit_table(struct vmv_out *out, const struct vmv_map *map, const char *names,
			      const struct vmv_report *report)
{
	const struct vmv_column *columns[16];
	struct vmv_report full = *report;
	struct vmv_query query;
	struct vmv_view view;

	full.out = out;
	full.columns = columns;
	for (size_t len; *names; names += len + (names[len] == ',')) {
		len = strcspn(names, ",");
		columns[full.ncolumns] = vmv_column_find(&vmv_kind_regions, names, len);
		assert_non_null(columns[full.ncolumns++]);
	}
	vmv_query_all(&query);
	vmv_view_map(&view, map, &query);
	vmv_format_table.rows(&full, &view);
	vmv_view_done(&view);
}

#endif
