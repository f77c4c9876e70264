/* abbrev.c - see abbrev.h */
#include "abbrev.h"

#include <stdbool.h>
#include <string.h>

/* The only one of the @n names that begins so, or NULL. */
static const struct option *only(const struct option *names, size_t n, const char *name, size_t len)
{
	const struct option *found = NULL;

	for (size_t i = 0; i < n; i++) {
		if (strncmp(names[i].name, name, len) != 0)
			continue;
		if (found)
			return NULL;
		found = &names[i];
	}
	return found;
}

static bool is_there(const struct option *names, size_t n, const char *name, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(names[i].name) == len && !memcmp(names[i].name, name, len))
			return true;
	return false;
}

size_t abbrev_add(struct abbrevs *abbrevs, struct option *names, size_t n, size_t nold)
{
	const size_t nall = n;

	for (size_t i = nold; i < nall; i++) {
		const char *name = names[i].name;
		size_t whole = strlen(name);

		for (size_t len = 1; len < whole && len < ABBREV_LEN; len++) {
			const struct option *old = only(names, nold, name, len);

			if (!old || is_there(names, n, name, len))
				continue;
			if (abbrevs->n == ABBREV_ROOM)
				return n;
			memcpy(abbrevs->text[abbrevs->n], name, len);
			names[n] = *old;
			names[n++].name = abbrevs->text[abbrevs->n++];
		}
	}
	return n;
}
