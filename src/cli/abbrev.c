/* abbrev.c - see abbrev.h */
#include "abbrev.h"

#include <string.h>

/* How many of the first @n names begin so. */
static size_t count(const struct option *names, size_t n, const char *name, size_t len)
{
	size_t found = 0;

	for (size_t i = 0; i < n; i++)
		found += !strncmp(names[i].name, name, len);
	return found;
}

size_t abbrev_add(struct abbrevs *abbrevs, struct option *names, size_t n, size_t npmap)
{
	const size_t nall = n;

	for (size_t i = 0; i < npmap; i++) {
		const char *name = names[i].name;
		size_t whole = strlen(name);

		for (size_t len = 1; len < whole && len < ABBREV_LEN; len++) {
			if (abbrevs->n == ABBREV_ROOM)
				return n;
			if (count(names, npmap, name, len) != 1 ||
			    count(names, nall, name, len) == 1)
				continue;
			memcpy(abbrevs->text[abbrevs->n], name, len);
			names[n] = names[i];
			names[n++].name = abbrevs->text[abbrevs->n++];
		}
	}
	return n;
}
