/* fuzz_saved.c - a saved maps or smaps, as any file that is named on the command line */
#include "check.h"
#include "fuzz.h"

#include <ctype.h>

/* "Rss:   188 kB": a name, a colon, and what a number consists of.  Returns where the blanks
 * between the two begin, or 0. */
static size_t counter_blanks(const uint8_t *s, size_t len)
{
	size_t i = 0;
	size_t blanks;

	if (!len || s[0] < 'A' || s[0] > 'Z')
		return 0;
	while (i < len && (isalnum(s[i]) || s[i] == '_'))
		i++;
	if (i == len || s[i] != ':')
		return 0;
	blanks = ++i;
	for (; i < len && s[i] != '\n'; i++)
		if (!memchr(" 0123456789kB", s[i], 13))
			return 0;
	return blanks;
}

/* The same with a blank of each counter at its end instead of before its number, which only the
 * slower of the two ways to read a line takes.  Nothing else moves: other files are known by what
 * they have at some place. */
static char *with_blanks(const uint8_t *bytes, size_t len)
{
	char *text = vmv_realloc(NULL, len + 1, 1);

	memcpy(text, bytes, len);
	for (size_t i = 0; i < len;) {
		const uint8_t *end = memchr(bytes + i, '\n', len - i);
		size_t stop = end ? (size_t)(end - bytes) : len;
		size_t blanks = counter_blanks(bytes + i, len - i);

		if (end && blanks && !memcmp(bytes + i + blanks, "  ", 2)) {
			memmove(text + i + blanks, bytes + i + blanks + 1, stop - (i + blanks + 1));
			text[stop - 1] = ' ';
		}
		i = stop + 1;
	}
	return text;
}

static void check_both_ways(const struct vmv_map *map, int rc, const uint8_t *bytes, size_t len)
{
	struct vmv_error err;
	struct vmv_map slow;
	char *text = with_blanks(bytes, len);

	assert_int_equal(load_bytes(&slow, text, len, "", &err), rc);
	check_same(map, &slow);
	vmv_map_done(&slow);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct vmv_error err;
	struct vmv_map map;
	int rc = load_bytes(&map, bytes, len, "", &err);

	check_sound(&map, rc, &err);
	if (map.nregions) {
		check_printed(&map, len);
		if (!map.rollup)
			check_snapshot(&map);
	}
	if (len && *bytes != '{' && !memchr(bytes, '\r', len))
		check_both_ways(&map, rc, bytes, len);
	vmv_map_done(&map);
	return 0;
}
