/*
 * snapdocs.h - where the documents of a record are (private to source)
 *
 * A record is a file of snapshots, one after the other, each on a line or in
 * any other layout.  Whoever wrote it may have been stopped in the middle of
 * one; the next then starts on a line of its own with {"schema".
 */
#ifndef VMV_SNAPDOCS_H
#define VMV_SNAPDOCS_H

#include <stdbool.h>
#include <stdint.h>

/** struct snapdoc - the @number-th document starts at offset @at, on line @line */
struct snapdoc {
	uint64_t at;
	unsigned long line, number;
};

/**
 * struct snapdocs - a search
 * @fd:    a file that can be read at any place
 * @from:  offset of the first document
 * @which: number of the document from 1 on, or 0 for the last whole one
 * @found: the answer; of nothing but unfinished ones, the last
 * @count: how many documents were seen
 * @cut:   number of the last document if it is unfinished and not @found, or 0
 */
struct snapdocs {
	int fd;
	uint64_t from;
	unsigned long which;
	struct snapdoc found;
	unsigned long count, cut;
};

/** snapdocs_find - search; 0, -ENOENT if there is no such document, or what read(2) says. */
int snapdocs_find(struct snapdocs *docs);

#endif
