/*
 * outfile.h - a file that is there as a whole or not at all (private to cli)
 */
#ifndef VMV_OUTFILE_H
#define VMV_OUTFILE_H

#include <stdbool.h>

struct vmv_error;

/**
 * struct outfile - an open output
 * @fd:   to write to
 * @old:  the file that it replaces, -1 if there is none
 * @path: where it shall be in the end, NULL if @fd is what was asked for; owned
 * @temp: where it is now, beside @path; NULL while it has no name; owned
 */
struct outfile {
	int fd, old;
	char *path, *temp;
};

/**
 * outfile_open - prepare to replace the file @path; NULL is standard output
 *
 * The new file is open to exactly those the old one is open to: it gets its owner, group,
 * permissions and access control lists.  Where that is not allowed, it fails.  What is no
 * regular file (a device, a pipe) is written to as it is; a FIFO that nobody reads is an error.
 *
 * Return: 0, or a negative errno with @err set.
 */
int outfile_open(struct outfile *f, const char *path, struct vmv_error *err);

/**
 * outfile_close - put the new file in the place of the old if @keep, else leave
 * that as it was
 *
 * Not in the place of another file that got there meanwhile.
 *
 * Return: 0, or a negative errno with @err set; the old file then is unchanged.
 */
int outfile_close(struct outfile *f, bool keep, struct vmv_error *err);

#endif
