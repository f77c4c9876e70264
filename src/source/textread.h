/*
 * textread.h - what a line of a text with maps is (private to source)
 *
 * The lines as the kernel writes them take a short way; only for those that are none is asked what
 * else they may be.
 */
#ifndef VMV_TEXTREAD_H
#define VMV_TEXTREAD_H

#include "textends.h"
#include "textform.h"
#include "textlost.h"
#include "textmaps.h"
#include "vmapview/reader.h"

struct textsplit;
struct vmv_error;
struct vmv_target;

/**
 * struct text - where in the file we are
 * @which:      the map that is wanted, 0 for the last
 * @line, @len: the line at hand, without its end
 * @unended:    it may be cut short
 * @passed:     bytes of lines so far
 * @column:     where on its line the last region stood
 * @strange:    a line that is no part of the map came since the last one that is
 * @headless:   no region came yet of the process that the lines are of now
 * @broken, @why: the number of the first line that should have been read, or 0, and what it has
 * @quoted, @first: the first line that is no map line, and its number
 * @pid, @command: of the map that a heading announced
 * @kept:       the lines that may be of several processes, or NULL; @sorted: they are being read
 */
struct text {
	const struct vmv_target *target;
	unsigned long which;
	struct vmv_error *err;
	struct vmv_reader in;
	struct textends ends;
	struct textmaps maps;
	struct textforms forms;
	struct textrow row;
	char *line;
	size_t len, column;
	uint64_t passed;
	unsigned long number, broken, first, left_out[LOST_KINDS];
	const char *why;
	bool unended, strange, headless, sorted;
	char quoted[64];
	int pid;
	char *command;
	struct textsplit *kept;
};

/** textread_line - take the line at hand. */
void textread_line(struct text *t);

/** textread_broken - note that the line at hand is not as it should be. */
void textread_broken(struct text *t, const char *why);

/** textread_keep - keep the line at hand until it is known whose it is; see textsplit_keep(). */
bool textread_keep(struct text *t, const struct textrow *row, size_t before);

#endif
