/*
 * picker.h - state of the screen that chooses a process (private to tui)
 */
#ifndef VMV_PICKER_H
#define VMV_PICKER_H

#include "list.h"
#include "vmapview/process.h"

#include <stdbool.h>

enum picker_sort { PICKER_BY_RSS, PICKER_BY_PID, PICKER_BY_USER, PICKER_BY_COMMAND, PICKER_SORTS };

/**
 * struct picker - the screen
 * @all:   the processes
 * @shown: indices of those that match @filter, sorted; list.count of them
 * @pid:   the selected one
 * @pss:   ask for Pss, too
 * @error: why there is no newer list, "" if there is
 */
struct picker {
	struct list list;
	struct vmv_usages all;
	size_t *shown;
	char filter[256], error[200];
	uint64_t pid;
	bool pss, loaded, built;
	enum picker_sort sort;
};

/** picker_take - take over a new list, unless there is an @error, "" if none. */
void picker_take(struct picker *p, const char *error, struct vmv_usages *list);

/** picker_widen - show all processes again; false if they are. */
bool picker_widen(struct picker *p);

/** picker_done - release what it owns. */
void picker_done(struct picker *p);

#endif
