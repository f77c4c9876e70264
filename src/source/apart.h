/*
 * apart.h - reading the memory of a process in a process of its own (private to source)
 *
 * A page of a file comes from whoever has the file.  If that is a process that
 * does not answer, whoever reads the page can't be stopped or killed, and takes a
 * process with it whose thread it is.  So a child reads, and is left behind if it
 * gets stuck.  This goes for all memory: where there was none of a file when we
 * looked, there may be by now.
 */
#ifndef VMV_APART_H
#define VMV_APART_H

#include "vmapview/page.h"

#include <stddef.h>
#include <sys/types.h>

enum {
	APART_MOST = 8192,    /* bytes of a piece */
	APART_PATIENCE = 5000 /* milliseconds that a piece may take, however busy the machine is */
};

/**
 * struct apart - who reads; zero @lost
 * @patience: milliseconds that a piece may take
 * @lost:     children left behind.  With as many as there is room for, no other is started: a
 *            process that is looked at again and again must not get us to leave one each time
 */
struct apart {
	int patience;
	pid_t lost[4];
};

/**
 * struct apart_job - what to read of the memory of the process with the /proc directory @dir
 * @pieces: may each reach over several pages; those of them that are not there then are zeros
 * @take:   called for each piece, in order.  @bytes holds the piece if @page is VMV_PAGE_READ, and
 *          may be written to.  The first that is not answered is VMV_PAGE_SILENT, and so are
 *          all after it
 * @data:   for @take
 */
struct apart_job {
	int dir;
	const struct vmv_piece *pieces;
	size_t n;
	void (*take)(void *data, size_t piece, enum vmv_page page, unsigned char *bytes);
	void *data;
};

/** apart_read - do it. */
void apart_read(struct apart *apart, const struct apart_job *job);

#endif
