/*
 * savefile.h - snapshots that the view writes, under a name that was typed (private to cli)
 *
 * "~/" at the beginning is the home directory, as in a shell.
 */
#ifndef VMV_SAVEFILE_H
#define VMV_SAVEFILE_H

#include <stdbool.h>

struct vmv_error;
struct vmv_map;

/** savefile_write - write the map to a new file: a wrong key must not cost anybody an old one.
 *  0, or a negative errno with @err set. */
int savefile_write(const struct vmv_map *map, const char *name, struct vmv_error *err);

/** savefile_is_taken - is there something of that name? */
bool savefile_is_taken(const char *name);

#endif
