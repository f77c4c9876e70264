/*
 * smaps.h - the text of /proc/PID/maps and /proc/PID/smaps
 *
 * One grammar for both, live or saved, from any kernel.  Fields are found, not
 * expected: a kernel may add or lack some, vendors add lines of text.  See
 * proc_pid_maps(5), proc_pid_smaps(5), Documentation/filesystems/proc.rst.
 */
#ifndef VMV_SMAPS_H
#define VMV_SMAPS_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_error;
struct vmv_map;
struct vmv_reader;
struct vmv_region;

/**
 * vmv_parse_header - one line of maps, e.g.
 * 7f1c3a021000-7f1c3a044000 r-xp 00001000 fd:01 131190          /usr/lib/ld.so
 *
 * @line has no newline.  Sets address range, perms, offset, device and inode of
 * *@r and clears the rest; *@name is what follows, as the kernel wrote it.
 *
 * Return: false if it is no such line; *@r is then undefined.
 */
bool vmv_parse_header(const char *line, struct vmv_region *r, const char **name);

/**
 * vmv_smaps_read - append all regions of a maps or smaps text to @map
 *
 * @what is for messages: "maps", "smaps.txt".  The map gets the kernel's kB as
 * bytes.
 *
 * Return: 0, or a negative errno with @err set; the map then holds what was
 * read before.
 */
int vmv_smaps_read(struct vmv_reader *in, const char *what, struct vmv_map *map,
		   struct vmv_error *err);

#endif
