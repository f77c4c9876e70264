/* pidwords.c - see pidwords.h */
#include "pidwords.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *past_proc(char *word)
{
	static const char proc[] = "/proc/";
	const size_t len = sizeof(proc) - 1;

	return strncmp(word, proc, len) != 0 ? word : word + len;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

void pids_leave_out(struct vmv_options *o)
{
	int kept = 0;

	for (int i = 0; i < o->ntargets; i++) {
		char *word = o->targets[i], *rest = past_proc(word);

		if (rest == word || is_digit(*rest))
			o->targets[kept++] = word;
	}
	o->ntargets = kept;
}

/* Takes what strtoul(3) takes: "4242", "0x1092", "010222".  Decimal is never longer. */
static bool take(char *word)
{
	char *digits = past_proc(word), *end;
	unsigned long pid = strtoul(digits, &end, 0);

	if (!is_digit(*digits) || *end || pid < 1 || pid > INT_MAX)
		return false;
	if (*digits == '0')
		snprintf(digits, strlen(digits) + 1, "%lu", pid);
	return true;
}

bool pids_take(struct vmv_options *o)
{
	for (int i = 0; i < o->ntargets; i++)
		if (!take(o->targets[i]))
			return false;
	return true;
}
