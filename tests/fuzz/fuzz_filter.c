/* fuzz_filter.c - a filter expression, parsed and asked of a small map */
#include "fuzz.h"
#include "vmapview/column.h"
#include "vmapview/filter.h"

static const char smaps[] =
	"00400000-00401000 r-xp 00000000 08:01 20 /usr/bin/program\n"
	"Size: 4 kB\nRss: 4 kB\nPss: 2 kB\nNewField: 3\nVmFlags: rd ex mr mw me\n"
	"00500000-00521000 rw-p 00000000 00:00 0 [heap]\n"
	"Size: 132 kB\nRss: 40 kB\nPss: 40 kB\nSwap: 8 kB\nVmFlags: rd wr mr mw me ac\n"
	"7f0000000000-7f0000100000 rw-s 00001000 00:01 9 /memfd:\xff\x1b[31m (deleted)\n"
	"7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0 [stack]\n"
	"fffffffffffff000-ffffffffffffffff ---p 00000000 00:00 0\n";

/* Where an expression makes sense, its negation does. */
static struct vmv_filter *negate(struct vmv_counters *counters, const char *text)
{
	struct vmv_filter *opposite;
	char *negation;

	assert_true(asprintf(&negation, "not (%s)", text) > 0);
	opposite = vmv_filter_parse_with(&vmv_kind_regions, counters, negation, NULL, NULL);
	assert_non_null(opposite);
	free(negation);
	return opposite;
}

/* They say the contrary of each other, or both can't say. */
static void check_opposites(const struct vmv_filter *filter, const struct vmv_filter *opposite,
			    const struct vmv_map *map)
{
	const struct vmv_list list = vmv_map_list(map, &vmv_kind_regions);

	assert_int_equal(vmv_filter_needs(filter), vmv_filter_needs(opposite));
	for (size_t i = 0; i < map->nregions; i++) {
		struct vmv_error err = { 0 };
		int one = vmv_filter_match(filter, &list, i, &err);
		int other = vmv_filter_match(opposite, &list, i, NULL);

		if (one < 0)
			assert_true(other == one && err.code == -one && *err.text);
		else
			assert_int_equal(one + other, 1);
	}
}

static void try(struct vmv_counters *counters, const char *text, const struct vmv_map *map)
{
	struct vmv_error err = { 0 };
	size_t where = SIZE_MAX;
	struct vmv_filter *filter = vmv_filter_parse_with(&vmv_kind_regions, counters, text, &where,
							  &err),
			  *opposite;

	if (!filter) {
		assert_in_range(where, 0, strlen(text));
		assert_true(err.code && *err.text);
		return;
	}
	/* Before a map tells which unit the counters have: what they are compared with depends on
	 * that. */
	opposite = negate(counters, text);
	if (!counters || vmv_counters_resolve(counters, map, &err) == 0)
		check_opposites(filter, opposite, map);
	vmv_filter_free(opposite);
	vmv_filter_free(filter);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct vmv_counters counters = { 0 };
	char *text = fuzz_text(bytes, len);
	struct vmv_map map;

	unit_map(&map, smaps);
	vmv_classify(&map);
	try(NULL, text, &map);
	try(&counters, text, &map);
	vmv_counters_done(&counters);
	vmv_map_done(&map);
	free(text);
	return 0;
}
