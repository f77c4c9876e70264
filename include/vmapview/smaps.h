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
struct vmv_smaps;

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

/*
 * The same line by line, for texts in which there may be more between the lines; the regions are
 * appended as they come.
 */

/** vmv_smaps_new - begin to append to @map; release it with vmv_smaps_free(). */
struct vmv_smaps *vmv_smaps_new(struct vmv_map *map);

/** vmv_smaps_free - the map stays. */
void vmv_smaps_free(struct vmv_smaps *p);

/** vmv_smaps_header - append @region, whose name are the @len bytes at @name; its counters follow.
 */
void vmv_smaps_header(struct vmv_smaps *p, struct vmv_region *region, const char *name, size_t len);

/** vmv_smaps_counter - take a line such as "Rss:   188 kB", which a NUL follows, or return false.
 */
bool vmv_smaps_counter(struct vmv_smaps *p, const char *text, size_t len);

/** vmv_smaps_counters - take those of the next @len bytes that are the lines expected next;
 *  returns how many, and counts the @lines. */
size_t vmv_smaps_counters(struct vmv_smaps *p, const char *bytes, size_t len, unsigned long *lines);

/** vmv_smaps_progress - how many of its counters the last region has, up to the last that it has;
 *  SIZE_MAX with VmFlags, which is the last line of all. */
size_t vmv_smaps_progress(const struct vmv_smaps *p);

/** vmv_smaps_knows - the place of this counter in that order, from 1 on; 0 if none had it yet. */
size_t vmv_smaps_knows(struct vmv_smaps *p, const char *name, size_t len);

/** vmv_smaps_moved - the map's regions were moved or dropped by others; the last may follow. */
void vmv_smaps_moved(struct vmv_smaps *p);

/** vmv_smaps_forget - what follows may have other counters; none of the map's regions has any. */
void vmv_smaps_forget(struct vmv_smaps *p);

/** vmv_name_is_cut - does the name of a region lack its end?  A file has one, one in brackets ends
 *  with one, and only before a name the line is @padded. */
bool vmv_name_is_cut(const struct vmv_region *r, const char *name, size_t len, bool padded);

/** vmv_smaps_is_cut - is a last line without a newline only a part of one?  @text ends with a NUL.
 */
bool vmv_smaps_is_cut(const char *text, size_t len);

#endif
