/* difftable.c - see difftable.h */
#include "vmapview/difftable.h"

#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/output.h"
#include "vmapview/view.h"
#include "vmapview/writer.h"

#include <stdlib.h>

/* As the kind has it, without totals: the balance has those. */
static void print_list(const struct vmv_report *how, const struct vmv_list *list,
		       const struct vmv_query *query)
{
	struct vmv_chosen columns = { 0 };
	struct vmv_report report = *how;
	struct vmv_view view;

	vmv_columns_add(&columns, list->kind, NULL, list->kind->usual, NULL);
	report.columns = columns.list;
	report.ncolumns = columns.n;
	report.totals = false;
	vmv_view_build(&view, list, query);
	vmv_format_table.rows(&report, &view);
	vmv_view_done(&view);
	free(columns.list);
}

/* What one side does not know is no difference. */
static bool is_equal(const struct vmv_sum *sum)
{
	int64_t by;

	if (sum->regions.before != sum->regions.after)
		return false;
	for (enum vmv_measure m = 0; m < VMV_MEASURES; m++)
		if (vmv_delta(&sum->amounts[m], &by) && by != 0)
			return false;
	return true;
}

static void print_balance(const struct vmv_report *how, const struct vmv_diff *diff)
{
	bool *shown = vmv_calloc(vmv_nclasses + 1, sizeof(*shown));
	struct vmv_list list = vmv_balance_list(diff);
	struct vmv_query query;

	for (size_t i = 0; i < vmv_nclasses; i++)
		shown[i] = !is_equal(&diff->classes[i]);
	shown[vmv_nclasses] = true;
	vmv_query_all(&query);
	query.shown = shown;
	print_list(how, &list, &query);
	free(shown);
}

void vmv_difftable_print(const struct vmv_report *how, const struct vmv_diff *diff,
			 const struct vmv_query *query)
{
	struct vmv_list list = vmv_diff_list(diff);

	if (!diff->ndifferent)
		return;
	if (diff->rerun)
		vmv_out_text(how->out, "two runs: matched by name and order, not by address\n");
	print_list(how, &list, query);
	vmv_out_char(how->out, '\n');
	print_balance(how, diff);
}
