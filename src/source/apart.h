/*
 * apart.h - reading the memory of a process in a process of its own (private to source)
 *
 * A page of a file comes from whoever serves the file.  If that is a process that
 * does not answer, a thread that reads the page can't be stopped or killed, and keeps
 * its process from ending.  So a child reads, and is left behind if it gets stuck.
 * This applies to all memory: a file may have been mapped there since we looked.
 */
#ifndef VMV_APART_H
#define VMV_APART_H

#include "vmapview/page.h"

#include <stddef.h>
#include <sys/types.h>

enum {
	APART_MOST = 8192,    /* bytes that a piece may have */
	APART_PATIENCE = 5000 /* milliseconds that a piece may take, however busy the machine is */
};

/**
 * struct apart - the reading children; begin with zeros
 * @patience: milliseconds that a piece may take
 * @lacking:  the first errno of what we lacked ourselves to read something
 * @lost:     children left behind.  Once it is full, no other child is started: a process that is
 *            read again and again must not make us leave one behind each time
 */
struct apart {
	int patience, lacking;
	pid_t lost[4];
};

/**
 * struct apart_files - pagemap and mem of a process
 */
struct apart_files {
	int pagemap, mem;
};

/**
 * struct apart_job - what to read of the memory of the process with the /proc directory @dir
 * @pieces: of APART_MOST bytes at most; each may span several pages, and those that are not there
 *          are filled with zeros
 * @take:   called for each piece, in order.  @bytes holds the piece if @page is VMV_PAGE_READ, and
 *          may be written to.  The first piece without an answer is VMV_PAGE_SILENT, and so are
 *          all after it; all are VMV_PAGE_LACKING if there could be no child
 * @data:   for @take
 * @files:  if they are open, then @dir is not needed; else the child opens them
 */
struct apart_job {
	int dir;
	const struct vmv_peek *pieces;
	size_t n;
	void (*take)(void *data, size_t piece, enum vmv_page page, unsigned char *bytes);
	void *data;
	const struct apart_files *files;
};

/** apart_page - what an errno of these files says of a page; it stays in errno. */
enum vmv_page apart_page(int code);

/** apart_read - read the pieces of @job. */
void apart_read(struct apart *apart, const struct apart_job *job);

#endif
