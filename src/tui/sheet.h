/*
 * sheet.h - a view (view.h) on the screen: columns, a cursor that stays with its
 * row, groups that open (private to tui)
 */
#ifndef VMV_SHEET_H
#define VMV_SHEET_H

#include "list.h"
#include "surface.h"
#include "vmapview/view.h"

struct marks;
struct vmv_change;
struct vmv_column;
struct vmv_diff;

enum { SHEET_COLUMNS = 64, SHEET_SORTS = 8 };

/** struct sheet_row - a line: row @row of the view, or the @member-th of its list */
struct sheet_row {
	size_t row, member;
};

#define SHEET_WHOLE SIZE_MAX /* not a member: the row itself */

/**
 * struct sheet - a view and how it is shown
 * @kind:    of what is listed
 * @columns: from left to right
 * @group:   NULL for a row each
 * @wanted:  which of these the user chose: they are given up last
 * @sort, @sorts, @nsort: the first key and all; without any, rows are in the order of @order
 * @bar:     end each line with a bar of its share of the first or, where that is not known, of the
 *           second; NULL: no bar
 * @view:    what is shown, and @base the same of the baseline; valid if @built
 * @diff:    from the baseline; NULL if what is shown is the baseline, or there is none
 * @rows:    the lines, list.count of them
 * @open:    words of the groups whose members are shown; owned
 * @key, @word: the selected line: vmv_list_key(), or its group if @word is not
 *           NULL; owned
 * @loose:   at the top nothing was chosen: the cursor stays there, whatever comes first
 * @brief:   of paths (VMV_LOOK_PATH), show the last name only
 * @rest:    what is left at least of a text in the last column, before others are given up
 * @widths:  the widest that was seen of each column
 * @from:    the column at the left, counted from 1, since the user scrolled: from there on all are
 *           shown that fit; 0: those that matter most
 * @more, @hidden: when it was drawn, there was more to the right; so many columns were left out
 */
struct sheet {
	struct list list;
	const struct vmv_kind *kind;
	const struct vmv_column *columns[SHEET_COLUMNS];
	bool wanted[SHEET_COLUMNS];
	size_t ncolumns;
	const struct vmv_column *group, *order, *bar[2];
	union {
		struct vmv_sort sort, sorts[SHEET_SORTS];
	};
	size_t nsort;
	bool built, has_base;
	struct vmv_view view, base;
	const struct vmv_diff *diff;
	struct sheet_row *rows;
	char **open;
	size_t nopen, open_room;
	uint64_t key;
	char *word;
	bool loose, brief;
	int rest, widths[SHEET_COLUMNS];
	size_t from, hidden;
	bool more;
};

/** struct sheet_kind - what a sheet is like at first, in names of columns: @columns "rss,class",
 *  @sort "-rss" or, if NULL, in the order of @order; @group may be NULL; @kind: regions if NULL;
 *  @bar, @loose, @rest: see struct sheet */
struct sheet_kind {
	const struct vmv_kind *kind;
	const char *columns, *sort, *order, *group, *bar[2];
	bool loose;
	int rest;
};

/** struct sheet_items - what a sheet lists: @shown of @list, NULL for all; and, if @has_base, the
 *  same of the baseline, and what is different (@diff, of regions only) */
struct sheet_items {
	struct vmv_list list, base;
	const bool *shown, *base_shown;
	bool has_base;
	const struct vmv_diff *diff;
};

/** sheet_handles - what stands before a group that is closed, and one that is open; ended by one
 *  without a text. */
extern const struct sign sheet_handles[3];

/** sheet_init - an empty sheet. */
void sheet_init(struct sheet *sheet, const struct sheet_kind *kind);

/** sheet_done - release what it owns. */
void sheet_done(struct sheet *sheet);

/** sheet_reorder - the order changed: build again.  Who is at the top stays there, to see what
 *  is first now; any other line is followed. */
void sheet_reorder(struct sheet *sheet);

/** sheet_drop - the lists go away, or the query changed: build again before use. */
void sheet_drop(struct sheet *sheet);

/** sheet_build - show these; does nothing if built. */
void sheet_build(struct sheet *sheet, const struct sheet_items *items);

/** sheet_select - put the cursor on the region that holds @address or, if there is
 *  none, on the next one by address; returns false if it is not shown. */
bool sheet_select(struct sheet *sheet, uint64_t address);

/** sheet_holds - is @address in a region that line @i stands for? */
bool sheet_holds(const struct sheet *sheet, size_t i, uint64_t address);

/** sheet_select_holder - put the cursor on the line of the region that holds @address, or
 *  on its group if that is closed; it stays where it is if that holds it, or none does. */
void sheet_select_holder(struct sheet *sheet, uint64_t address);

/** sheet_moved - the cursor moved: remember what is selected. */
void sheet_moved(struct sheet *sheet);

/** sheet_toggle - open or close the group at the cursor. */
void sheet_toggle(struct sheet *sheet);

/** sheet_region - the region that line @i is about, the first of a group; NULL if none. */
const struct vmv_region *sheet_region(const struct sheet *sheet, size_t i);

/** sheet_key - what tells line @i from all others: vmv_list_key(). */
uint64_t sheet_key(const struct sheet *sheet, size_t i);

/** sheet_is_group - does line @i stand for a group? */
bool sheet_is_group(const struct sheet *sheet, size_t i);

/** sheet_role - the role that the classes of all regions of line @i have, VMV_ROLE_PLAIN if there
 * are several or none. */
enum vmv_role sheet_role(const struct sheet *sheet, size_t i);

/** sheet_word - the word of the group that line @i is of, "" if none. */
const char *sheet_word(const struct sheet *sheet, size_t i);

/** sheet_value - what line @i has in a column. */
void sheet_value(const struct sheet *sheet, size_t i, const struct vmv_column *column,
		 struct vmv_value *value);

/** sheet_change - what became of the region of line @i since the baseline; NULL of groups, and if
 *  there is nothing to compare. */
const struct vmv_change *sheet_change(const struct sheet *sheet, size_t i);

/** sheet_is_rest - is the region of line @i one of several that share a past, as after a split, and
 *  not the first?  That one has the growth of all. */
bool sheet_is_rest(const struct sheet *sheet, size_t i);

/** sheet_delta - how much line @i has of a column (with @growth, see column.h) beyond the baseline;
 *  false if that is not known. */
bool sheet_delta(const struct sheet *sheet, size_t i, const struct vmv_column *column,
		 int64_t *delta);

/** sheet_matches - does line @i contain @text, in any case? */
bool sheet_matches(const struct sheet *sheet, size_t i, const char *text);

/** sheet_choose - show these columns, separated by commas; -EINVAL with @err set if one is none. */
struct vmv_error;
int sheet_choose(struct sheet *sheet, const char *columns, struct vmv_error *err);

/** sheet_want - the same for the user, who says with '+' before them that all others stay. */
int sheet_want(struct sheet *sheet, const char *columns, struct vmv_error *err);

/** sheet_sort_as - sort by these: "-rss,address"; -EINVAL with @err set if that can't be. */
int sheet_sort_as(struct sheet *sheet, const char *keys, struct vmv_error *err);

/** sheet_find - where a column is among those of the sheet; sheet->ncolumns if it is not. */
size_t sheet_find(const struct sheet *sheet, const struct vmv_column *column);

/** sheet_show - the user wants this column, too. */
void sheet_show(struct sheet *sheet, const struct vmv_column *column);

/** sheet_hide - not that at @at. */
void sheet_hide(struct sheet *sheet, size_t at);

/** sheet_draw - heading and lines.  @marks may be NULL; @found is what was searched
 *  for, or NULL. */
void sheet_draw(struct sheet *sheet, struct surface *s, struct box box, const struct marks *marks,
		const char *found);

#endif
