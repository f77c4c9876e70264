/*
 * source.h - where a map comes from
 *
 * A source turns one target (a process, a saved maps or smaps, a core file, a
 * JSON snapshot) into a map.  The rest of the program sees the map and never
 * the place.  A target is opened once, can be asked again as long as it is open, and is closed at
 * the end.
 */
#ifndef VMV_SOURCE_H
#define VMV_SOURCE_H

#include "vmapview/page.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct vmv_error;
struct vmv_live;
struct vmv_map;
struct vmv_region;
struct vmv_source;

/**
 * struct vmv_target - what the user named, open; the members are for sources
 * @spec:   as typed: "1234", "/proc/1234", "smaps.txt", "-", "core.1234",
 *          "a.json", "record.json@3"; borrowed
 * @source: which kind it is
 * @live:   what processes are read through; borrowed
 * @own:    what the source keeps from one call to the next
 * @pid:    the process, or 0
 * @path:   the file without "@N", or NULL; owned
 * @which:  N of "@N" counted from 1, 0 for "@last" and without "@"
 * @fd:     the open file, or -1; @head holds its first @len bytes, which a pipe
 *          gives only once
 * @start:  offset of @head in the file, -1 in what has no offsets
 * @spent:  that was read, and gives no more
 */
struct vmv_target {
	const char *spec;
	const struct vmv_source *source;
	struct vmv_live *live;
	void *own;
	int pid;
	char *path;
	unsigned long which;
	int fd;
	unsigned char head[4096];
	size_t len;
	off_t start;
	bool spent;
};

/**
 * struct vmv_source - one kind of target; source.c lists them all, in the order
 * in which they are asked
 * @name:    for messages, e.g. "an ELF core file"
 * @live:    loading again can give something new
 * @prepare: load libraries that reading takes, while the program still may; or NULL
 * @claims:  is the target ours?
 * @open:    get ready, set own; 0, or a negative errno with @err set.  May be NULL
 * @load:    fill the initialised @map.  @needs is a set of enum vmv_need
 *           (need.h).  Return 0, or a negative errno with @err set; what was
 *           read before the error is in the map.  NULL if there is @moment, which is called with
 *           the target's @which instead
 * @moment:  the same for a file with many maps: the @n-th, or the last whole one if @n is 0.  The
 *           file is where it was after @head was read.  NULL where there is one map at a time
 * @peek:    as vmv_target_peek(), of pieces that are as they should be; NULL: there is no memory
 * @file:    as vmv_target_file(); NULL: it has no files of objects
 * @close:   release own, which may be NULL; or NULL
 *
 * The states of pages (pagemap) are to be one more of these, beside @peek.
 */
struct vmv_source {
	const char *name;
	bool live;
	void (*prepare)(void);
	bool (*claims)(const struct vmv_target *t);
	int (*open)(struct vmv_target *t, struct vmv_error *err);
	int (*load)(struct vmv_target *t, unsigned needs, struct vmv_map *map,
		    struct vmv_error *err);
	int (*moment)(struct vmv_target *t, unsigned long n, unsigned needs, struct vmv_map *map,
		      struct vmv_error *err);
	void (*peek)(struct vmv_target *t, struct vmv_peek *pieces, size_t n);
	int (*file)(struct vmv_target *t, const struct vmv_region *r, struct vmv_error *err);
	void (*close)(struct vmv_target *t);
};

/** The kinds there are. */
extern const struct vmv_source vmv_source_live, vmv_source_json, vmv_source_core, vmv_source_text;

/** vmv_source_prepare - have all sources do so. */
void vmv_source_prepare(void);

/**
 * vmv_target_open - open what @spec names, and see what it is
 *
 * @live is the handle for processes; NULL if the caller has none, then they are
 * refused.  It and @spec have to stay until the target is closed.  Initialises *@t.
 *
 * A process is that of this moment: if another one gets its PID, that is not taken for it.
 *
 * Which calls may be made at the same time:
 *  - vmv_target_load() and vmv_target_moment(): one of them at a time, of all targets that are
 *    open with the same @live;
 *  - vmv_target_peek() and vmv_target_file(): any number, also while one of these is under way;
 *  - vmv_target_open() and vmv_target_close(): nothing else with this target.
 *
 * Return: 0, or a negative errno with @err set: then there is nothing to close, but
 * vmv_target_close() does no harm.
 */
int vmv_target_open(struct vmv_target *t, const char *spec, struct vmv_live *live,
		    struct vmv_error *err);

/**
 * vmv_target_load - read the map
 *
 * Initialises *@map, which the caller releases with vmv_map_done()
 * whatever is returned: it holds what could be read.  The map is classified if @needs says so.
 *
 * It may be called again: a process is looked at anew, also after an exec; a file is
 * read once more; what is no file, as a pipe, can be read once (-ESPIPE).
 *
 * Return: 0, or a negative errno with @err set.  A broken file is -EINVAL.  Of a process:
 *  -ESRCH   it is no more, or went away meanwhile (map->torn)
 *  -EACCES, -EPERM  we may not; process.tgid and process.command are known.  If smaps
 *           is denied but maps is not, the map holds the regions without counters
 *  -EAGAIN  it exec'd again and again while it was read
 */
int vmv_target_load(struct vmv_target *t, unsigned needs, struct vmv_map *map,
		    struct vmv_error *err);

/**
 * vmv_target_moment - the same for one of the maps in a file, counted from 1; 0: the last whole one
 *
 * Return: as vmv_target_load(); -ENOENT if there is no such map, -ENOTSUP if the target
 * shows one moment only, as a process does.
 */
int vmv_target_moment(struct vmv_target *t, unsigned long n, unsigned needs, struct vmv_map *map,
		      struct vmv_error *err);

/**
 * vmv_target_peek - look at pieces of the memory whose map was loaded last
 *
 * Looking must not change what there is to see: a page that a process does not
 * have in its memory is not read, since that would bring it there, unless the
 * piece says fetch.  Nothing is read of a program that the process has exec'd since, nor of
 * another process: these pages are gone.  What is not answered within a second is given up
 * (VMV_PAGE_SILENT), with all pieces after it.
 *
 * Return: 0 with the page of each piece set, or a negative errno with @err set: -ENOTSUP if there
 * is no memory, as in a saved map; -EINVAL if one of the pieces is not as page.h has it.
 */
int vmv_target_peek(struct vmv_target *t, struct vmv_peek *pieces, size_t n, struct vmv_error *err);

/**
 * vmv_target_file - open the file that a region has mapped, for its symbols and what it was at
 * first
 *
 * It is opened only if it is known to be the mapped file itself, not one that has its name by now,
 * and a regular file of a local file system, which answers.
 *
 * Return: a descriptor for reading, which the caller closes, or a negative errno with @err set:
 * -ENOTSUP if the target has no files, as cores and saved maps; -ENOENT if this one can't be had;
 * -EMFILE and the like if it is we who lack something.
 */
int vmv_target_file(struct vmv_target *t, const struct vmv_region *r, struct vmv_error *err);

/** vmv_target_close - release all of it; may be called for what could not be opened. */
void vmv_target_close(struct vmv_target *t);

/**
 * vmv_source_load - open a target, load it, and close it
 *
 * *@source (may be NULL) is set to the source that claimed the target, or NULL.  All else is as
 * for vmv_target_open() and vmv_target_load(); *@map is initialised in any case.
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
 * vmv_target_open_file - open the file that @t->spec names, with the flags of open(2)
 *
 * Sets path, which and fd of @t, which the caller releases.  Standard input is duplicated.
 *
 * Return: 0 or a negative errno.
 */
int vmv_target_open_file(struct vmv_target *t, int flags);

/** vmv_target_name - what to call it in messages. */
const char *vmv_target_name(const struct vmv_target *t);

/** vmv_target_is_process - does @spec name a process? */
bool vmv_target_is_process(const char *spec);

#endif
