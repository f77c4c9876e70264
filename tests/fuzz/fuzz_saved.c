/* fuzz_saved.c - a saved maps or smaps, as any file that is named on the command line */
#include "check.h"
#include "fuzz.h"

#include <ctype.h>

/* "Rss:   188 kB": a name, a colon, and what a number consists of. */
static bool is_counter(const uint8_t *s, size_t len)
{
	size_t i = 0;

	if (!len || s[0] < 'A' || s[0] > 'Z')
		return false;
	while (i < len && (isalnum(s[i]) || s[i] == '_'))
		i++;
	if (i == len || s[i] != ':')
		return false;
	for (i++; i < len && s[i] != '\n'; i++)
		if (!memchr(" 0123456789kB", s[i], 13))
			return false;
	return true;
}

/* The same with a blank at the end of each counter, which only the slower of the two ways to read
 * a line takes. */
static char *with_blanks(const uint8_t *bytes, size_t len, size_t *longer)
{
	char *text = vmv_realloc(NULL, 2 * len + 1, 1);
	bool counter = false;

	*longer = 0;
	for (size_t i = 0; i < len; i++) {
		if (i == 0 || bytes[i - 1] == '\n')
			counter = is_counter(bytes + i, len - i);
		if (bytes[i] == '\n' && counter)
			text[(*longer)++] = ' ';
		text[(*longer)++] = (char)bytes[i];
	}
	return text;
}

static void check_both_ways(const struct vmv_map *map, int rc, const uint8_t *bytes, size_t len)
{
	struct vmv_error err;
	struct vmv_map slow;
	size_t longer;
	char *text = with_blanks(bytes, len, &longer);

	assert_int_equal(load_bytes(&slow, text, longer, "", &err), rc);
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
