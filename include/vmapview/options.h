/*
 * options.h - what the user asked for
 */
#ifndef VMV_OPTIONS_H
#define VMV_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "vmapview/pmap.h"

/** What to do. */
enum vmv_action {
	VMV_SHOW,         /* print regions */
	VMV_HELP,         /* -h */
	VMV_VERSION,      /* -V */
	VMV_CREATE_RC,    /* -n, -N */
	VMV_LIST_COLUMNS, /* --list-columns */
	VMV_LIST_KINDS,   /* --list-kinds */
	VMV_LIST_KEYS,    /* --list-keys */
	VMV_INTERACTIVE,  /* -i, or nothing at all on a terminal */
	VMV_DIFF,         /* --diff */
	VMV_WATCH,        /* --watch, --record */
	VMV_ALL,          /* --all */
	VMV_USAGE_ERROR,  /* say how to use the program; exit 1 */
};

enum vmv_color { VMV_COLOR_AUTO, VMV_COLOR_ALWAYS, VMV_COLOR_NEVER };

/**
 * struct vmv_tables - options of our own tables and formats, as typed
 * @list:    --list, or with --list-columns the kind whose columns are asked for; NULL if not given
 * @columns: -o
 * @sort, @filter, @group, @format: the words, NULL if not given
 * @file:    --output-file, NULL for standard output
 * @summary: totals by class, with bars
 * @bytes:   plain numbers
 * @bare:    no headings, no totals
 * @json:    the short way to a format
 */
struct vmv_tables {
	const char *list, *columns, *sort, *filter, *group, *format, *file;
	bool summary, bytes, bare, json;
};

/**
 * struct vmv_options - the command line, checked
 * @program: name to start messages with
 * @as_pmap: called through a link named pmap: take and say what pmap does
 * @pmap:    layout and so on; @rc is left to the caller
 * @rc_file: -C, -N; NULL for the file in the home directory
 * @own:     our own tables instead of pmap's text: any option of @tables was given
 * @diff:    compare the two targets
 * @all:     one row per process
 * @record:  file to append snapshots to, or NULL
 * @watch:   nanoseconds between looks, 0 if not given
 * @count:   how many times to look again, 0 for no end
 * @interactive: -i
 * @at:      --at: address to begin with there, VMV_UNKNOWN if not given
 * @targets: what is left, see vmv_source_load(); as pmap PIDs and /proc/PID only;
 *           borrowed from argv
 */
struct vmv_options {
	const char *program;
	bool as_pmap;
	enum vmv_action action;
	enum vmv_color color;
	struct vmv_pmap pmap;
	struct vmv_tables tables;
	bool own, diff, all;
	uint64_t watch, count;
	const char *rc_file, *record;
	bool interactive;
	uint64_t at;
	char **targets;
	int ntargets;
};

/**
 * vmv_options_parse - read the command line
 *
 * Says on stderr what is wrong with it.  VMV_HELP and VMV_VERSION win from the
 * moment they are met, as in pmap.
 *
 * Return: the action to take, which is also in @o.
 */
enum vmv_action vmv_options_parse(struct vmv_options *o, int argc, char **argv);

/** vmv_options_usage - print how to use the program. */
void vmv_options_usage(const struct vmv_options *o, FILE *to);

#endif
