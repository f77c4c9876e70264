/*
 * record.h - files of snapshots, one JSON document a line (private to cli)
 */
#ifndef VMV_RECORD_H
#define VMV_RECORD_H

struct vmv_error;
struct vmv_map;

/** record_begin - an empty document, to be closed by the caller; or a negative errno with @err set.
 */
int record_begin(struct vmv_error *err);

/** record_write - make a snapshot the content of an empty document; 0 or a negative errno with
 *  @err set. */
int record_write(int document, const struct vmv_map *map, struct vmv_error *err);

/**
 * record_append - append a document to the file @path, which is made if need be
 *
 * All or nothing: on failure (a full disk) the file is as long as before.  A
 * line that a crash left unfinished is removed first; a file that is no record, one that another
 * process goes on writing, or a FIFO that none reads, is refused.
 *
 * Return: 0, or a negative errno with @err set.
 */
int record_append(const char *path, int document, struct vmv_error *err);

#endif
