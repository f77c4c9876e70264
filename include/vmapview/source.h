/*
 * source.h - where a map comes from
 *
 * A source turns one target (a process, a saved maps or smaps, a core file, a
 * JSON snapshot) into a map.  The rest of the program sees the map and never
 * the place.
 */
#ifndef VMV_SOURCE_H
#define VMV_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_error;
struct vmv_live;
struct vmv_map;

/**
 * struct vmv_target - what the user named, opened to see what it is
 * @spec: as typed: "1234", "/proc/1234", "smaps.txt", "-", "core.1234",
 *        "a.json", "record.json@3"; borrowed
 * @pid:  the process, or 0
 * @path: the file without "@N", or NULL; owned
 * @which: N of "@N" counted from 1, 0 for "@last" and without "@"
 * @fd:   the open file, or -1; @head holds its first @len bytes, which a pipe
 *        gives only once
 */
struct vmv_target {
	const char *spec;
	int pid;
	char *path;
	unsigned long which;
	int fd;
	unsigned char head[4096];
	size_t len;
};

/**
 * struct vmv_source - one kind of target; source.c lists them all, in the order
 * in which they are asked
 * @name:   for messages, e.g. "an ELF core file"
 * @live:   loading again can give something new
 * @prepare: load libraries that reading takes, while the program still may; or NULL
 * @claims: is the target ours?
 * @load:   fill the initialised @map.  @needs is a set of enum vmv_need
 *          (need.h).  Return 0, or a negative errno with @err set; what was
 *          read before the error is in the map
 */
struct vmv_source {
	const char *name;
	bool live;
	void (*prepare)(void);
	bool (*claims)(const struct vmv_target *t);
	int (*load)(struct vmv_target *t, struct vmv_live *live, unsigned needs,
		    struct vmv_map *map, struct vmv_error *err);
};

/** The kinds there are. */
extern const struct vmv_source vmv_source_live, vmv_source_json, vmv_source_core, vmv_source_text;

/** vmv_source_prepare - have all sources do so. */
void vmv_source_prepare(void);

/**
 * vmv_source_load - read a target
 *
 * @live is the handle for processes; NULL if the caller has none, then they are
 * refused.  Initialises *@map, which the caller releases with vmv_map_done()
 * whatever is returned.  The map is classified if @needs says so.  *@source (may
 * be NULL) is set to the source that claimed the target, or NULL.
 *
 * Return: 0, or a negative errno with @err set; see vmv_live_load() for
 * processes.  A broken file is -EINVAL, and the map has what was readable.
 */
int vmv_source_load(const char *spec, struct vmv_live *live, unsigned needs, struct vmv_map *map,
		    const struct vmv_source **source, struct vmv_error *err);

/**
 * vmv_parse_pid - the process that "4242", "/proc/4242" or "/proc/self" names
 *
 * Decimal only: pmap takes "010" as 8.
 *
 * Return: the PID, or 0 if @s is none.
 */
int vmv_parse_pid(const char *s);

/**
 * vmv_target_open - open the file that @t->spec names, with the flags of open(2)
 *
 * Sets path, which and fd of @t.  Standard input is duplicated.
 *
 * Return: 0 or a negative errno.
 */
int vmv_target_open(struct vmv_target *t, int flags);

/** vmv_target_name - what to call it in messages. */
const char *vmv_target_name(const struct vmv_target *t);

/** vmv_target_is_process - does @spec name a process? */
bool vmv_target_is_process(const char *spec);

#endif
