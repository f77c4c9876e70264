/*
 * mapped.h - the files that a process has mapped (private to source)
 *
 * They belong to the process that is looked at: there may be a FIFO, another
 * file, or a file system that does not answer in their place by the time we look.
 */
#ifndef VMV_MAPPED_H
#define VMV_MAPPED_H

struct mounts;
struct vmv_map;
struct vmv_region;

/**
 * mapped_open - open the file of @r for reading, if that can be done without waiting
 *
 * @dir is the /proc/PID directory.  Nothing is opened for reading before it is
 * known to be the file that is mapped, a regular one of a local file system.
 *
 * Return: a descriptor that the caller closes, or -1.
 */
int mapped_open(int dir, const struct vmv_region *r, struct mounts *mounts);

/** mapped_exe - set exe_dev and exe_inode of the process of @map, if they can be known so. */
void mapped_exe(int dir, struct vmv_map *map, struct mounts *mounts);

#endif
