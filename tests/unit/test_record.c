/* test_record.c - regions that are read in one piece are what the grammar makes of their lines */
#include "unit.h"

#include "record.h"
#include "shape.h"

#include <inttypes.h>

enum { TEXTS = 400, REGIONS = 40, LINE = 64 };

/** struct source - where chance comes from, the same each time */
struct source {
	uint64_t state;
};

static uint64_t draw(struct source *s, uint64_t below)
{
	s->state = s->state * 6364136223846793005u + 1442695040888963407u;
	return (s->state >> 33) % below;
}

/* The counters of kernels from 4.14 to those to come. */
static const struct {
	const char *name;
	bool kilo;
} counters[] = {
	{ "Size", true },
	{ "KernelPageSize", true },
	{ "MMUPageSize", true },
	{ "Rss", true },
	{ "Pss", true },
	{ "Pss_Dirty", true },
	{ "Shared_Clean", true },
	{ "Shared_Dirty", true },
	{ "Private_Clean", true },
	{ "Private_Dirty", true },
	{ "Referenced", true },
	{ "Anonymous", true },
	{ "KSM", true },
	{ "LazyFree", true },
	{ "AnonHugePages", true },
	{ "ShmemPmdMapped", true },
	{ "FilePmdMapped", true },
	{ "Shared_Hugetlb", true },
	{ "Swap", true },
	{ "SwapPss", true },
	{ "Locked", true },
	{ "THPeligible", false },
	{ "ProtectionKey", false },
	{ "Later_Counter", true },
};

/** struct kernel - which counters it has, and how it writes them
 *  @odd: of 1000 lines, how many are not as the others */
struct kernel {
	bool has[ARRAY_SIZE(counters)];
	bool flags;
	unsigned odd;
};

/* As the kernel does, but some lines are missing, wider, or written by somebody else. */
static char *put_counter(char *to, const struct kernel *kernel, struct source *s, size_t i)
{
	static const uint64_t sizes[] = { 1, 4097, 100000000, 1000000000000 };
	uint64_t value = draw(s, sizes[draw(s, 3) + (draw(s, 1000) < kernel->odd)]);
	const char *unit = counters[i].kilo ? " kB" : "";
	char key[LINE];

	snprintf(key, sizeof(key), "%s:", counters[i].name);
	if (draw(s, 1000) >= kernel->odd)
		return to + sprintf(to, "%-16s%8" PRIu64 "%s\n", key, value, unit);
	switch (draw(s, 4)) {
	case 0:
		return to;
	case 1:
		return to + sprintf(to, "%s %" PRIu64 "%s\n", key, value, unit);
	case 2:
		return to + sprintf(to, "%-16s%8" PRIu64 "%s\nName: [anon:x]\n", key, value, unit);
	default:
		return to + sprintf(to, "%-20s%8" PRIu64 "%s\n", key, value, unit);
	}
}

static char *put_flags(char *to, struct source *s)
{
	static const char *const words[] = {
		"rd ", "wr ", "ex ", "mr ", "mw ", "me ", "ac ", "?? "
	};

	to = stpcpy(to, "VmFlags: ");
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (draw(s, 4))
			to = stpcpy(to, words[i]);
	return stpcpy(to, "\n");
}

static char *make_text(struct source *s)
{
	char *text = vmv_calloc(REGIONS, (ARRAY_SIZE(counters) + 3) * 2 * LINE), *to = text;
	struct kernel kernel = { .flags = draw(s, 8), .odd = draw(s, 3) ? 0 : 30 };

	for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
		kernel.has[i] = draw(s, 8);
	for (unsigned r = 1; r <= REGIONS; r++) {
		to += sprintf(to, "%08x-%08x rw-p 00000000 00:00 0 \n", r << 12, (r + 1) << 12);
		for (size_t i = 0; i < ARRAY_SIZE(counters); i++)
			if (kernel.has[i])
				to = put_counter(to, &kernel, s, i);
		if (kernel.flags)
			to = put_flags(to, s);
	}
	return text;
}

/* Line by line, each by the grammar; false if it does not take one. */
static bool read_by_grammar(struct vmv_map *map, char *text, unsigned needs)
{
	struct vmv_smaps *smaps;
	bool good = true;

	vmv_map_init(map);
	map->wanted = vmv_needed_stats(needs);
	smaps = vmv_smaps_new(map);
	for (char *line = text, *end; good && *line; *end = '\n', line = end + 1) {
		struct vmv_region region;
		const char *name;

		end = strchr(line, '\n');
		*end = '\0';
		if (vmv_parse_header(line, &region, &name))
			vmv_smaps_header(smaps, &region, name, strlen(name));
		else
			good = vmv_smaps_counter(smaps, line, (size_t)(end - line));
	}
	vmv_smaps_free(smaps);
	return good;
}

static void check_region(struct vmv_map *fast, struct vmv_map *slow, size_t i)
{
	const char *flags = fast->regions[i].flags, *true_flags = slow->regions[i].flags;

	if (!flags != !true_flags || (flags && strcmp(flags, true_flags) != 0))
		fail_msg("region %zu: flags '%s', not '%s'", i, flags, true_flags);
	for (size_t f = 0; f < slow->nfields; f++) {
		const char *name = slow->fields[f].name;

		assert_int_equal(unit_counter(fast, i, name), unit_counter(slow, i, name));
	}
}

static void check_text(char *text, unsigned needs)
{
	struct vmv_map fast, slow;
	struct vmv_error err;
	bool good = read_by_grammar(&slow, text, needs);

	assert_true(good);
	assert_int_equal(unit_read_for(&fast, text, strlen(text), needs, &err), 0);
	assert_int_equal(fast.nregions, slow.nregions);
	assert_int_equal(fast.nfields, slow.nfields);
	for (size_t i = 0; i < slow.nregions; i++)
		check_region(&fast, &slow, i);
	vmv_map_done(&fast);
	vmv_map_done(&slow);
}

static void records_are_what_their_lines_are(void **state)
{
	static const unsigned needs[] = {
		VMV_NEED_COUNTERS,
		VMV_NEED_STAT(VMV_STAT_RSS) | VMV_NEED_STAT(VMV_STAT_PRIVATE_DIRTY),
		VMV_NEED_STAT(VMV_STAT_LOCKED),
	};
	struct source s = { 42 };

	(void)state;
	for (unsigned i = 0; i < TEXTS; i++) {
		char *text = make_text(&s);

		for (size_t n = 0; n < ARRAY_SIZE(needs); n++)
			check_text(text, needs[n]);
		free(text);
	}
}

/** struct block - three lines and flags, the second not wanted; and what is known of them */
struct block {
	struct shape rss, pss, eligible;
	struct record record;
	struct vmv_map map;
	uint64_t counters[2];
	const char *flags;
};

#define RSS      "Rss:                 188 kB\n"
#define PSS      "Pss:                   7 kB\n"
#define ELIGIBLE "THPeligible:           1\n"
#define FLAGS    "VmFlags: rd mr \n"

static void learn(struct shape *shape, const char *line, bool kilo)
{
	shape_learn(shape, line, strlen(line) - 1, kilo);
	assert_true(shape->known);
}

static void begin(struct block *b)
{
	*b = (struct block){ .flags = NULL };
	vmv_map_init(&b->map);
	learn(&b->rss, RSS, true);
	learn(&b->pss, PSS, true);
	learn(&b->eligible, ELIGIBLE, false);
	assert_true(record_add(&b->record, &b->rss, 1));
	assert_true(record_add(&b->record, &b->pss, SIZE_MAX));
	assert_true(record_add(&b->record, &b->eligible, 0));
}

static size_t take(struct block *b, const char *text, size_t len)
{
	/* Of its own, so that what looks behind its end is found. */
	char *copy = vmv_realloc(NULL, len ? len : 1, 1);
	size_t used;

	memcpy(copy, text, len);
	used = record_take(&b->record, copy, len, &b->map, b->counters, &b->flags);
	free(copy);
	return used;
}

static void a_record_is_taken_whole_or_not(void **state)
{
	static const char text[] = RSS PSS ELIGIBLE FLAGS, more[] = RSS PSS ELIGIBLE FLAGS "x";
	struct block b;

	(void)state;
	begin(&b);
	assert_int_equal(take(&b, more, strlen(more)), strlen(text));
	assert_int_equal(b.counters[1], 188 * 1024);
	assert_int_equal(b.counters[0], 1);
	assert_string_equal(b.flags, "rd mr");
	for (size_t len = 0; len < strlen(text); len++)
		assert_int_equal(take(&b, text, len), 0);
	record_forget(&b.record);
	assert_int_equal(take(&b, text, strlen(text)), 0);
	vmv_map_done(&b.map);
}

static void other_lines_are_left_to_the_grammar(void **state)
{
	static const char *const others[] = {
		"Rss:           100000000 kB\n" PSS ELIGIBLE FLAGS,
		"Rss:                 188 KB\n" PSS ELIGIBLE FLAGS,
		"Rss:                 1 8 kB\n" PSS ELIGIBLE FLAGS,
		"Rst:                 188 kB\n" PSS ELIGIBLE FLAGS,
		RSS PSS PSS ELIGIBLE FLAGS,
		RSS ELIGIBLE FLAGS,
		RSS PSS ELIGIBLE "Vmflags: rd mr \n",
		RSS PSS ELIGIBLE "VmFlags: \n",
		RSS PSS ELIGIBLE "VmFlags:  rd mr \n",
		RSS PSS ELIGIBLE "VmFlags: rd\1mr \n",
		PSS RSS ELIGIBLE FLAGS,
	};
	struct shape unknown = { .known = false };
	struct block b;

	(void)state;
	begin(&b);
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (take(&b, others[i], strlen(others[i])))
			fail_msg("taken: %s", others[i]);
	assert_false(record_add(&b.record, &unknown, 0));
	assert_int_equal(take(&b, RSS PSS ELIGIBLE FLAGS, strlen(RSS PSS ELIGIBLE FLAGS)), 0);
	vmv_map_done(&b.map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_are_what_their_lines_are),
		cmocka_unit_test(a_record_is_taken_whole_or_not),
		cmocka_unit_test(other_lines_are_left_to_the_grammar),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
