/*
 * words.c - the words of the manual and of the completions, from the program's tables
 *
 * One line each, with tabs between: what it is, the word, its help; of an option its
 * letter, name, argument, words that the argument may be, and help.  The program
 * lists columns and keys itself.
 */
#include "optrow.h"
#include "optwords.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/lazy.h"
#include "vmapview/output.h"
#include "vmapview/vmflags.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void vmv_no_memory(void)
{
	abort();
}

_Noreturn void vmv_no_library(const char *why)
{
	fprintf(stderr, "words: %s\n", why);
	exit(EXIT_FAILURE);
}

static void put_option(const struct option_row *row)
{
	const char *word;

	if (row->who == HIDDEN || !(row->letter || row->name))
		return;
	printf("option\t");
	if (row->letter)
		putchar(row->letter);
	printf("\t%s\t%s\t", row->name ? row->name : "", row->value ? row->value : "");
	for (size_t i = 0; row->name && (word = option_word_at(row->name, i)); i++)
		printf("%s%s", i ? " " : "", word);
	printf("\t%s\n", row->help);
}

/* Several flags may have the same word: the first explains it. */
static void put_notes(void)
{
	const char *last = "";

	for (size_t i = 0; i < vmv_nflag_notes; last = vmv_flag_notes[i++].word)
		if (strcmp(last, vmv_flag_notes[i].word) != 0)
			printf("note\t%s\t%s\n", vmv_flag_notes[i].word,
			       vmv_vmflag_help(vmv_flag_notes[i].flag));
}

/* A kind, and the columns of those that have their own. */
static void put_kind(const struct vmv_kind *kind)
{
	printf("kind\t%s\t%s\n", kind->name, kind->help);
	for (size_t i = 0; kind->columns != vmv_kind_regions.columns && i < kind->ncolumns; i++)
		printf("%s\t%s\t%s\n", kind->name, kind->columns[i].name, kind->columns[i].help);
}

int main(void)
{
	for (size_t i = 0; i < noption_rows; i++)
		put_option(&option_rows[i]);
	for (size_t i = 0; i < vmv_nclasses; i++)
		printf("class\t%s\t%s\n", vmv_classes[i].name, vmv_classes[i].help);
	for (size_t i = VMV_PART_NONE + 1; i < VMV_PARTS; i++)
		printf("part\t%s\n", vmv_parts[i]);
	for (size_t i = VMV_SAME_REGION + 1; i < VMV_FATES; i++)
		printf("change\t%s\n", vmv_fates[i]);
	put_notes();
	for (size_t k = 0; vmv_kind_at(k); k++)
		put_kind(vmv_kind_at(k));
	for (size_t i = 0; vmv_format_at(i); i++)
		printf("format\t%s\t%s\n", vmv_format_at(i)->name, vmv_format_at(i)->help);
	return 0;
}
