/*
 * tui.h - the interactive view
 *
 * It knows nothing of where maps come from: whoever opens it lends it a world
 * to ask.
 */
#ifndef VMV_TUI_H
#define VMV_TUI_H

#include "vmapview/page.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct vmv_error;
struct vmv_kind;
struct vmv_map;
struct vmv_processes;

/**
 * struct vmv_tui_world - what the view can ask
 * @data: passed along
 * @ready: called once, before anything else: the terminal is open, and there is no thread
 *        yet; may be NULL
 * @is_live: may loading the target again give something new?
 * @load: read a target: initialises *@map whatever is returned.  See
 *        vmv_target_load() for errors
 * @list: fill the zeroed *@list (processes.h), with Pss and Uss if @measure (slow)
 * @max_regions: how many regions a process may have now (vm.max_map_count), VMV_UNKNOWN if that
 *        is not known; may be NULL
 * @memory: that of the target that was loaded last
 * @save: write the map to a new file @path
 * @is_taken: is there a file @path already? may be NULL
 *
 * One thread calls is_live, load, list and max_regions, another one looks at the memory
 * meanwhile, and the one that runs the view calls the others.
 */
struct vmv_tui_world {
	void *data;
	void (*ready)(void *data);
	bool (*is_live)(void *data, const char *target);
	int (*load)(void *data, const char *target, unsigned needs, struct vmv_map *map,
		    struct vmv_error *err);
	int (*list)(void *data, bool measure, struct vmv_processes *list, struct vmv_error *err);
	uint64_t (*max_regions)(void *data);
	struct vmv_memory memory;
	int (*save)(void *data, const struct vmv_map *map, const char *path, struct vmv_error *err);
	bool (*is_taken)(void *data, const char *path);
};

/**
 * struct vmv_tui_options - how to open the view
 * @target:   what to show, NULL to choose a process first
 * @at:       address of the region to begin with, VMV_UNKNOWN for the first
 * @color:    may there be colours?
 * @list:     what to list first, NULL for regions; see vmv_tui_lists()
 * @columns, @sort: of that list, @filter of the regions, all as on the command line and known to
 *            be right; NULL for the usual
 * @keys:     the terminal, open for its keys; NULL: that is standard input
 */
struct vmv_tui_options {
	const struct vmv_tui_world *world;
	const char *target;
	uint64_t at;
	bool color;
	const struct vmv_kind *list;
	const char *columns, *sort, *filter;
	FILE *keys;
};

/**
 * vmv_tui_run - show the view until the user leaves
 *
 * A signal that ends it is raised again once the terminal is as it was.  If the user leaves
 * while something is being read, the program ends here, with status 0: what is read may hang.
 *
 * Return: 0, or a negative errno with @err set: -ENOTTY without a usable
 * terminal, or why the target could not be read at all.
 */
int vmv_tui_run(const struct vmv_tui_options *options, struct vmv_error *err);

/** vmv_tui_lists - is there a screen that lists this kind? */
bool vmv_tui_lists(const struct vmv_kind *kind);

/** vmv_tui_list_keys - print all keys with their meaning. */
void vmv_tui_list_keys(FILE *to);

/** vmv_tui_restore - give the terminal back, if the view has it; safe in signal
 *  handlers.  For a program that has to end at once. */
void vmv_tui_restore(void);

#endif
