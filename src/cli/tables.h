/*
 * tables.h - lists in our own tables and formats (private to cli)
 */
#ifndef VMV_TABLES_H
#define VMV_TABLES_H

#include "outfile.h"
#include "request.h"
#include "vmapview/output.h"
#include "vmapview/writer.h"

#include <stdbool.h>

struct vmv_list;
struct vmv_options;

/** struct tables - what one invocation works with
 *  @instead: prints a view that has a form of its own; or NULL
 *  @after:   prints what follows a table with totals; or NULL
 *  @begun: something was shown; @sparse: what has no rows is not */
struct tables {
	const struct vmv_options *o;
	struct request request;
	struct vmv_report report;
	struct outfile file;
	struct vmv_out out;
	void (*instead)(struct vmv_out *out, const struct vmv_view *view);
	void (*after)(struct vmv_out *out, const struct vmv_view *view);
	bool begun, sparse;
};

/** tables_open - understand the options of lists, and open what is written to; says what is wrong.
 *  The caller says tables_close() in any case.  A struct tables is large. */
bool tables_open(struct tables *t, const struct vmv_options *o);

/** tables_is_chosen - was anything chosen of what is listed?  If not, there are forms that show all
 *  there is. */
bool tables_is_chosen(const struct tables *t);

/** tables_put - print a list; t->report says what it is of.  Returns the exit status. */
int tables_put(struct tables *t, const struct vmv_list *list);

/** tables_end - what the format has at its end, and all that is written; adds to @status. */
int tables_end(struct tables *t, int status);

/** tables_close - release all, and replace the file if it is to be kept; false if that fails,
 * having said so. */
bool tables_close(struct tables *t, bool keep);

/** tables_list_columns - print what -o, --sort and --filter know of a kind; false if there is
 *  no such kind, having said so. */
bool tables_list_columns(const char *kind);

/** tables_list_kinds - print what --list knows. */
void tables_list_kinds(void);

#endif
