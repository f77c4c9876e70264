/* test_units.c - numbers as text */
#include "unit.h"

#include "vmapview/units.h"

static const uint64_t kib = 1ULL << 10, mib = 1ULL << 20, gib = 1ULL << 30;

static void dec_writes_all_digits(void **state)
{
	static const struct {
		uint64_t n;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 9, "9" },
		{ 10, "10" },
		{ 1001, "1001" },
		{ 4294967296, "4294967296" },
		{ 10000000000000000000U, "10000000000000000000" },
		{ UINT64_MAX, "18446744073709551615" },
	};
	char to[VMV_NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(vmv_put_dec(to, cases[i].n), strlen(cases[i].text));
		assert_string_equal(to, cases[i].text);
	}
}

static void hex_pads_but_never_cuts(void **state)
{
	static const struct {
		uint64_t n;
		unsigned width;
		const char *text;
	} cases[] = {
		{ 0, 0, "0" },
		{ 0, 1, "0" },
		{ 0, 8, "00000000" },
		{ 0xf, 2, "0f" },
		{ 0x10, 1, "10" },
		{ 0xabc, 2, "abc" },
		{ 0x400000, 8, "00400000" },
		{ 0x7f1234567000, 8, "7f1234567000" },
		{ 0x7f1234567000, 16, "00007f1234567000" },
		{ 0xffffffffff600000, 8, "ffffffffff600000" },
		{ UINT64_MAX, 16, "ffffffffffffffff" },
	};
	char to[VMV_NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		assert_int_equal(vmv_put_hex(to, cases[i].n, cases[i].width),
				 strlen(cases[i].text));
		assert_string_equal(to, cases[i].text);
	}
}

static void human_changes_unit_at_1024(void **state)
{
	const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 0, "0" },
		{ 1, "1B" },
		{ 1023, "1023B" },
		{ 1024, "1K" },
		{ 1535, "1K" }, /* 1.499 */
		{ 1537, "2K" }, /* 1.501 */
		{ 4 * kib, "4K" },
		{ 132 * kib, "132K" },
		{ 999 * kib, "999K" },
		{ mib - 1, "1.0M" }, /* 1023.999K must not be "1024K" */
		{ mib, "1.0M" },
		{ 1363149, "1.3M" },  /* 1.3 * 2^20 = 1363148.8 */
		{ 10422845, "9.9M" }, /* 9.94 */
		{ 10 * mib, "10M" },
		{ 999 * mib, "999M" },
		{ gib - 1, "1.0G" },
		{ gib, "1.0G" },
		{ 137 * gib, "137G" },
		{ 128 * kib * gib, "128T" },
		{ 1ULL << 60, "1.0E" },
		{ UINT64_MAX, "16E" }, /* 16 EiB less a byte */
	};
	char to[VMV_NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = vmv_put_human(to, cases[i].bytes);

		assert_string_equal(to, cases[i].text);
		assert_int_equal(len, strlen(to));
	}
}

/* The numbers next to where a digit changes: x.x5 units, and 9.95. */
static void human_rounds_at_the_exact_half(void **state)
{
	const struct {
		uint64_t bytes;
		const char *text;
	} cases[] = {
		{ 10433331, "9.9M" },    /* 9.95 * 2^20 = 10433331.2 */
		{ 10433332, "10M" },     /* the first that is nearer to 10.0 */
		{ 1205862, "1.1M" },     /* 1.15 * 2^20 = 1205862.4 */
		{ 1205863, "1.2M" },     /* likewise */
		{ 10683731148, "9.9G" }, /* 9.95 * 2^30 = 10683731148.8 */
		{ 10683731149, "10G" },  /* likewise */
		{ 11010047, "10M" },     /* 10.5 * 2^20 - 1 */
		{ 11010049, "11M" },     /* 10.5 * 2^20 + 1 */
		{ mib - 513, "1023K" },  /* 1023.5 K less a byte */
		{ mib - 511, "1.0M" },   /* 1023.5 K and a byte */
		{ gib - mib / 2 + 1, "1.0G" },
	};
	char to[VMV_NUMBER_ROOM];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		vmv_put_human(to, cases[i].bytes);
		assert_string_equal(to, cases[i].text);
	}
}

/* How far the text is from the number, in halves of the text's last digit. */
static long double error_of(uint64_t bytes, const char *text)
{
	static const char units[] = "BKMGTPE";
	char *end;
	long double value = strtold(text, &end), unit = 1, off;
	const char *letter = strchr(units, *end);

	assert_true(*end && letter && !end[1]);
	for (const char *u = units; u < letter; u++)
		unit *= 1024;
	off = value * unit - (long double)bytes;
	unit /= strchr(text, '.') ? 20 : 2;
	return (off < 0 ? -off : off) / unit;
}

static void human_is_never_off_by_more_than_half(void **state)
{
	uint64_t seed = 7;
	char to[VMV_NUMBER_ROOM];

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		uint64_t bytes;

		seed = seed * 6364136223846793005 + 1442695040888963407;
		bytes = (seed | 1ULL << 63) >> (i % 64);
		assert_true(vmv_put_human(to, bytes) < VMV_NUMBER_ROOM);
		/* A little more for the halves, which decimals can't hit in binary. */
		if (error_of(bytes, to) > 1.000001L)
			fail_msg("%llu is not %s", (unsigned long long)bytes, to);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dec_writes_all_digits),
		cmocka_unit_test(hex_pads_but_never_cuts),
		cmocka_unit_test(human_changes_unit_at_1024),
		cmocka_unit_test(human_rounds_at_the_exact_half),
		cmocka_unit_test(human_is_never_off_by_more_than_half),
	};

	return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
