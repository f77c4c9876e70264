/*
 * column.h - what can be shown of a thing in a list
 *
 * One row of a kind's table is the whole column.  Its type decides alignment, unit,
 * comparison and JSON form; code switches on types, never on columns.
 */
#ifndef VMV_COLUMN_H
#define VMV_COLUMN_H

#include "vmapview/kind.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_error;
struct vmv_map;
struct vmv_region;

enum vmv_type {
	VMV_ADDRESS, /* hexadecimal */
	VMV_BYTES,   /* a quantity in bytes */
	VMV_NUMBER,  /* any other number */
	VMV_DELTA,   /* by how many bytes something grew: an int64_t as a uint64_t */
	VMV_TEXT,    /* bytes that nobody has vetted */
};

/** vmv_types - words for enum vmv_type. */
extern const char *const vmv_types[];

/** How a text is shown. */
enum vmv_look {
	VMV_LOOK_RIGHT = 1, /* at the right, as numbers are */
	VMV_LOOK_HEAD = 2,  /* cut at its end, and not in the middle as names are */
	VMV_LOOK_PATH = 8,  /* its last name may stand for it */
	VMV_LOOK_FATE = 4,  /* a word of vmv_fates (diff.h), in the colour of what it means */
};

/** What a column has for several things at once. */
enum vmv_merge {
	VMV_SAME, /* what all have in common, or nothing */
	VMV_SUM,
	VMV_MIN,
	VMV_MAX,
};

/**
 * struct vmv_value - what a column has for one of a list
 * @known:  false: shown as "-", null in JSON, left out of totals, sorted first
 * @number: of all types but VMV_TEXT
 * @text:   of VMV_TEXT; in @room, or lives as long as what the list is of
 */
struct vmv_value {
	bool known;
	uint64_t number;
	const char *text;
	char room[512];
};

/** vmv_value_in_room - is it a text that goes away with @value? */
static inline bool vmv_value_in_room(const struct vmv_value *value)
{
	return value->text >= value->room && value->text < value->room + sizeof(value->room);
}

enum { VMV_KEEP = 9 };

/**
 * struct vmv_column - everything the program knows about one column
 * @name:  the word in options and machine formats
 * @title: heading
 * @type:  see enum vmv_type
 * @merge: what several have in it
 * @needs: set of enum vmv_need (need.h): what must have been read
 * @help:  one line for users
 * @get:   set @value, which is unknown so far, to what the @i-th of the list has; does not
 *         allocate
 * @arg:   for @get, so that like columns share one
 * @growth: what lists show beside it when they compare: enum vmv_measure (diff.h) + 1; 0: nothing
 * @keep:  how long it stays on a screen that gets narrower: those with 0 go first, those with
 *         VMV_KEEP never
 * @look:  set of enum vmv_look
 * @instead: name of the column that has the same at another length; NULL if there is none
 */
struct vmv_column {
	const char *name, *title;
	enum vmv_type type;
	enum vmv_merge merge;
	unsigned needs;
	const char *help;
	void (*get)(const struct vmv_column *, const struct vmv_list *list, size_t i,
		    struct vmv_value *value);
	unsigned arg;
	unsigned char growth, keep, look;
	const char *instead;
};

/** vmv_column_find - the column of @kind called by the @len bytes at @name in any case, or
 *  NULL. */
const struct vmv_column *vmv_column_find(const struct vmv_kind *kind, const char *name, size_t len);

/**
 * struct vmv_counters - columns for counters that the table does not know
 *
 * A kernel may have fields that this program has never heard of.  They can be
 * asked for by name before any map is read; what they are is known afterwards.
 * Starts as zeros; columns live until vmv_counters_done().
 */
struct vmv_counters {
	struct vmv_column **list;
	size_t n;
};

/**
 * vmv_counters_find - as vmv_column_find(), or else a column for the counter of
 * that name
 *
 * @counters may be NULL, or @kind have none: then only the table is asked.
 *
 * Return: NULL if no kernel could call a counter so.
 */
const struct vmv_column *vmv_counters_find(const struct vmv_kind *kind,
					   struct vmv_counters *counters, const char *name,
					   size_t len);

/**
 * vmv_counters_resolve - look for the counters in @map before it is shown
 *
 * Sets type and merge of the columns.  A map without any counters has unknown
 * values in all of them.
 *
 * Return: 0, or -EINVAL with @err set if the map has counters, but not this one.
 */
int vmv_counters_resolve(struct vmv_counters *counters, const struct vmv_map *map,
			 struct vmv_error *err);

/**
 * struct vmv_chosen - columns from left to right; zero it before use, free(list) after
 */
struct vmv_chosen {
	const struct vmv_column **list;
	size_t n, room;
};

/**
 * vmv_columns_add - append those that "rss,size" names, each once
 *
 * Twice would be two members of one name in JSON, and no valid metrics.
 *
 * Return: 0, or -EINVAL with @err set.
 */
int vmv_columns_add(struct vmv_chosen *chosen, const struct vmv_kind *kind,
		    struct vmv_counters *counters, const char *names, struct vmv_error *err);

/** vmv_columns_have - is it one of them? */
bool vmv_columns_have(const struct vmv_chosen *chosen, const struct vmv_column *column);

/** vmv_counters_done - release the columns. */
void vmv_counters_done(struct vmv_counters *counters);

/** vmv_column_get - set *@value to what the @i-th of @list has in the column. */
void vmv_column_get(const struct vmv_column *column, const struct vmv_list *list, size_t i,
		    struct vmv_value *value);

/** vmv_region_get - the same of a region of a map. */
void vmv_region_get(const struct vmv_column *column, const struct vmv_map *map,
		    const struct vmv_region *r, struct vmv_value *value);

#endif
