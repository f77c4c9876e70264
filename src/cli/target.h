/*
 * target.h - read what the user names (private to cli)
 */
#ifndef VMV_TARGET_H
#define VMV_TARGET_H

struct vmv_error;
struct vmv_live;
struct vmv_map;
struct vmv_options;
struct vmv_out;
struct vmv_target;

/** open_target, load_open - vmv_target_open() and vmv_target_load(), with @err saying which process
 *  it is about. */
int open_target(struct vmv_target *t, const char *spec, struct vmv_live *live,
		struct vmv_error *err);
int load_open(struct vmv_target *t, unsigned needs, struct vmv_map *map, struct vmv_error *err);

/** load_target - the same for vmv_source_load(), which opens, loads and closes.  A process that
 *  does not answer (patience.h) ends the program with exit status @trouble. */
int load_target(const char *spec, struct vmv_live *live, unsigned needs, int trouble,
		struct vmv_map *map, struct vmv_error *err);

/**
 * open_live - what processes are read through, if any of the @n targets is one
 *
 * *@live is NULL if none is: files need no /proc.
 *
 * Return: 0, or a negative errno with @err set.
 */
int open_live(char *const *targets, int n, struct vmv_live **live, struct vmv_error *err);

/** refuse_rollup - complain if the map has sums only where regions are needed; returns as
 *  load_target(). */
int refuse_rollup(const char *spec, const struct vmv_map *map, struct vmv_error *err);

/** tell_notice - say what the map has to say about its file, if anything. */
void tell_notice(const struct vmv_map *map);

/** tell_outcome - the same, and then @failure unless NULL, after all that was written to @out. */
void tell_outcome(struct vmv_out *out, const struct vmv_map *map, const char *failure);

/**
 * show_each - show(@data, TARGET) for each target, confined once only files are left (confine.h)
 *
 * Return: what all of them returned, as bits of enum vmv_exit, with VMV_EXIT_TROUBLE if those that
 * are left could not be read confined, having said so.
 */
int show_each(const struct vmv_options *o, int (*show)(void *data, const char *target), void *data);

#endif
