/* alike.c - see alike.h */
#include "alike.h"

#include <string.h>

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

size_t alike_differs(const char *path, const char *const *others, size_t n)
{
	const char *name = last_name(path);
	size_t most = 0;

	for (size_t i = 0; i < n; i++) {
		const char *other = others[i] && others[i] != path ? last_name(others[i]) : name;
		size_t same = 0;

		while (name[same] && name[same] == other[same])
			same++;
		if (same > most && name[same] != other[same])
			most = same;
	}
	return most;
}
