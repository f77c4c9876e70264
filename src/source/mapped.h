/*
 * mapped.h - open the files that a process has mapped (private to source)
 *
 * The process controls their names: by the time we look, a FIFO, another file, or a
 * file system that does not answer may have taken their place.
 */
#ifndef VMV_MAPPED_H
#define VMV_MAPPED_H

struct mounts;
struct vmv_map;
struct vmv_region;

/**
 * mapped_open - open the file of @r for reading, if that can be done without waiting
 *
 * @dir is the /proc/PID directory.  A file is opened for reading only once it
 * is known to be the mapped one, and a regular file on a local file system.
 *
 * Return: a descriptor that the caller closes, or -1.
 */
int mapped_open(int dir, const struct vmv_region *r, struct mounts *mounts);

/** mapped_exe - set exe_dev and exe_inode of the process of @map, if that is possible so. */
void mapped_exe(int dir, struct vmv_map *map, struct mounts *mounts);

#endif
