/* usage.c - the help text, made from the table of options */
#include "message.h"
#include "optrow.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_heading(const struct option_row *row)
{
	return !row->letter && !row->name;
}

static bool is_listed(const struct vmv_options *o, const struct option_row *row)
{
	return row->who == BOTH || (!o->as_pmap && row->who != HIDDEN);
}

/* " -C, --read-rc-from=<file>" */
static void put_names(char *to, size_t size, const struct option_row *row)
{
	int len;

	if (row->letter)
		len = snprintf(to, size, " -%c%s", row->letter, row->name ? ", " : "");
	else
		len = snprintf(to, size, "     ");
	if (row->name)
		snprintf(to + len, size - (size_t)len, "--%s%s%s", row->name,
			 row->value && strncmp(row->value, "[=", 2) != 0 ? "=" : "",
			 row->value ? row->value : "");
}

static void put_row(FILE *to, const struct option_row *row, bool as_pmap)
{
	char left[64];
	int width = 28;

	put_names(left, sizeof(left), row);
	if (as_pmap && (row->letter == 'h' || row->letter == 'V')) /* a narrow column there */
		width = 15;
	if ((int)strlen(left) > width)
		fprintf(to, "%s\n%*s %s\n", left, width, "", row->help);
	else
		fprintf(to, "%-*s %s\n", width, left, row->help);
	if (row->note)
		fprintf(to, "            %s\n", row->note);
	if (row->letter == 'X') /* not a row of its own: it is the same option twice */
		fprintf(to, " -XX                         show everything the kernel provides\n");
}

void vmv_options_usage(const struct vmv_options *o, FILE *to)
{
	char *program = harmless(o->program);

	fprintf(to, "\nUsage:\n %s [options] %s\n\nOptions:\n", program,
		o->as_pmap ? "PID [PID ...]"
			   : "TARGET [TARGET ...]\n\n"
			     " TARGET is a PID, a text with a map in it (- is standard input),\n"
			     " an ELF core file or a JSON snapshot");
	free(program);
	for (size_t i = 0; i < noption_rows; i++) {
		const struct option_row *row = &option_rows[i];

		if (row->letter == 'h' && o->as_pmap)
			fputc('\n', to);
		if (is_heading(row) && !o->as_pmap)
			fprintf(to, "\n%s:\n", row->help);
		else if (is_listed(o, row))
			put_row(to, row, o->as_pmap);
	}
	fprintf(to, "\nFor more details see %s(1).\n", o->as_pmap ? "pmap" : "vmapview");
}
