/*
 * kind.h - things that can be listed: rows of any kind
 *
 * Regions, processes, changes and whatever else has columns are kinds.  A list is some of a kind;
 * view.h filters, groups and sorts any list, output.h prints it.
 */
#ifndef VMV_KIND_H
#define VMV_KIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_column;
struct vmv_diff;
struct vmv_list;
struct vmv_map;
struct vmv_region;
struct vmv_processes;

/**
 * struct vmv_kind - one kind of things, and how it is listed if nothing else is asked for
 * @name, @help: for the command line, and "list" in JSON
 * @columns: all that it has (column.h)
 * @usual:   those that are shown, separated by commas
 * @grouped: the same where a row stands for several, besides the word that they have in common
 * @words:   those in which a search and a word alone in a filter look
 * @key:     the column whose number tells one from all others, from one list to the next; NULL if
 *           none does
 * @group:   the column whose equal words make one row; NULL: each is a row
 * @order, @group_order: what it is sorted by, as for --sort; NULL: the list is in order
 * @of_map:  it belongs to a map, as vmv_list_map() tells
 * @counters: it also has a column for each counter of the map that only the kernel knows
 * @airy:    tables have two blanks between its columns where there is room for them
 * @looks:   how many targets one list is made of; 0: it is about this machine
 * @region:  the region that the @i-th is about, NULL if there is none; NULL if they never have
 */
struct vmv_kind {
	const char *name, *help;
	const struct vmv_column *columns;
	size_t ncolumns;
	const char *usual, *grouped, *words, *key, *group, *order, *group_order;
	bool of_map, counters, airy;
	unsigned looks;
	const struct vmv_region *(*region)(const struct vmv_list *list, size_t i);
};

extern const struct vmv_kind vmv_kind_regions, vmv_kind_objects, vmv_kind_classes,
	vmv_kind_processes, vmv_kind_changes, vmv_kind_balance;

/** vmv_kind_find - the kind called @name, or NULL. */
const struct vmv_kind *vmv_kind_find(const char *name);

/** vmv_kind_at - the @i-th kind, NULL after the last. */
const struct vmv_kind *vmv_kind_at(size_t i);

/**
 * struct vmv_list - some of a kind; owns nothing
 * @of:    what they belong to, as the kind has it: a map, a diff
 * @items: @count of @size bytes each
 */
struct vmv_list {
	const struct vmv_kind *kind;
	const void *of, *items;
	size_t count, size;
};

/** vmv_list_item - the @i-th; its type is the kind's. */
static inline const void *vmv_list_item(const struct vmv_list *list, size_t i)
{
	return (const char *)list->items + i * list->size;
}

/** vmv_list_map - the map that they belong to, or NULL. */
const struct vmv_map *vmv_list_map(const struct vmv_list *list);

/** vmv_list_region - the region that the @i-th is about, or NULL. */
const struct vmv_region *vmv_list_region(const struct vmv_list *list, size_t i);

enum { VMV_WORDS = 4 };

/** vmv_kind_words - the columns for words alone, at @to; how many there are. */
size_t vmv_kind_words(const struct vmv_kind *kind, const struct vmv_column *to[VMV_WORDS]);

/** vmv_list_matches - does the @i-th have @text, in any case, in one of the words of its kind or,
 *  from its beginning if it is no address, in its key? */
bool vmv_list_matches(const struct vmv_list *list, size_t i, const char *text);

/** vmv_list_key - the number that tells the @i-th from all others; VMV_UNKNOWN (map.h) if none. */
uint64_t vmv_list_key(const struct vmv_list *list, size_t i);

/** vmv_map_list - the regions of a map, by address, as @kind (of regions) lists them. */
struct vmv_list vmv_map_list(const struct vmv_map *map, const struct vmv_kind *kind);

/** vmv_process_list - processes, in their order. */
struct vmv_list vmv_process_list(const struct vmv_processes *processes);

/** vmv_diff_list - all that is different, in the order of the diff. */
struct vmv_list vmv_diff_list(const struct vmv_diff *diff);

/** vmv_balance_list - the sums of each class, and last those of all. */
struct vmv_list vmv_balance_list(const struct vmv_diff *diff);

#endif
