/* test_text.c - decoding and cleaning of text that nobody has vetted */
#include "unit.h"

#include "vmapview/text.h"

#include <locale.h>

/* In memory of its very size, so that sanitizers see a byte too many read. */
static size_t decode(const char *bytes, size_t len, uint32_t *ch)
{
	char *exact = memcpy(vmv_realloc(NULL, len, 1), bytes, len);
	size_t n = vmv_utf8_next(exact, len, ch);

	free(exact);
	return n;
}

static void utf8_takes_first_and_last_of_each_length(void **state)
{
	static const struct {
		const char *bytes;
		size_t len;
		uint32_t ch;
	} good[] = {
		{ "\0", 1, 0 },
		{ "A", 1, 'A' },
		{ "\x7f", 1, 0x7f },
		{ "\xc2\x80", 2, 0x80 },
		{ "\xdf\xbf", 2, 0x7ff },
		{ "\xe0\xa0\x80", 3, 0x800 },
		{ "\xed\x9f\xbf", 3, 0xd7ff },
		{ "\xee\x80\x80", 3, 0xe000 },
		{ "\xef\xbf\xbf", 3, 0xffff },
		{ "\xf0\x90\x80\x80", 4, 0x10000 },
		{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(good); i++) {
		uint32_t ch;

		assert_int_equal(decode(good[i].bytes, good[i].len, &ch), good[i].len);
		assert_int_equal(ch, good[i].ch);
	}
}

static void utf8_refuses_what_rfc3629_does(void **state)
{
	/* clang-format off */
	static const char *const bad[] = {
		"\xc0\x80",         /* overlong NUL */
		"\xc0\xaf",         /* overlong slash */
		"\xc1\xbf",         /* overlong DEL */
		"\xe0\x80\x80",     /* overlong in three */
		"\xe0\x9f\xbf",     /* the last of them */
		"\xf0\x80\x80\x80", /* overlong in four */
		"\xf0\x8f\xbf\xbf", /* the last of them */
		"\xed\xa0\x80",     /* first surrogate */
		"\xed\xbf\xbf",     /* last surrogate */
		"\xf4\x90\x80\x80", /* U+110000 */
		"\xf5\x80\x80\x80",
		"\xf8\x88\x80\x80\x80",
		"\xfe",
		"\xff",
		"\x80",             /* continuation of nothing */
		"\xbf",
		"\xc2",             /* cut short by the end */
		"\xe2\x82",
		"\xf0\x9f\x98",
		"\302A",            /* cut short by the next character */
		"\342\202A",
		"\360\237\230A",
		"\342A\202",
	};
	/* clang-format on */

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(bad); i++) {
		uint32_t ch;

		if (decode(bad[i], strlen(bad[i]), &ch))
			fail_msg("accepted: %zu, as U+%04X", i, ch);
	}
}

static size_t encode(char *to, uint32_t ch)
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t len = ch < 0x80 ? 1 : ch < 0x800 ? 2 : ch < 0x10000 ? 3 : 4;

	for (size_t i = len; i-- > 1; ch >>= 6)
		to[i] = (char)(0x80 | (ch & 0x3f));
	to[0] = (char)(lead[len] | ch);
	return len;
}

static void utf8_decodes_every_character(void **state)
{
	(void)state;
	for (uint32_t ch = 0; ch <= 0x10ffff; ch++) {
		bool surrogate = ch >= 0xd800 && ch <= 0xdfff;
		char bytes[4];
		size_t len = encode(bytes, ch);
		uint32_t got;

		if (vmv_utf8_next(bytes, len, &got) != (surrogate ? 0 : len) ||
		    (!surrogate && got != ch))
			fail_msg("wrong: U+%04X", ch);
		if (len > 1 && vmv_utf8_next(bytes, len - 1, &got))
			fail_msg("accepted without its last byte: U+%04X", ch);
	}
}

static void unsafe_is_what_controls_reorders_or_hides(void **state)
{
	static const uint32_t unsafe[] = {
		0,      0x07,    '\n',    '\r',    0x1b,    0x1f,    0x7f,    0x80,    0x9b,
		0x9f,   0xad,    0x61c,   0x200b,  0x200e,  0x200f,  0x2028,  0x2029,  0x202a,
		0x202e, 0x2060,  0x2066,  0x2069,  0x206f,  0xfeff,  0xfff9,  0xfffb,  0xfffe,
		0xffff, 0xe0001, 0xe0020, 0xe007f, 0x600,   0x605,   0x6dd,   0x70f,   0x890,
		0x8e2,  0x180e,  0x110bd, 0x110cd, 0x13430, 0x1343f, 0x1bca0, 0x1d173, 0x1d17a,
		0x34f,  0x115f,  0x1160,  0x17b4,  0x17b5,  0x180b,  0x180f,  0x2800,  0x3164,
		0xfe00, 0xfe0f,  0xffa0,  0xfff0,  0xfff8,  0xe0000, 0xe0100, 0xe01ef, 0xe0fff,
	};
	static const uint32_t safe[] = {
		' ',    'A',    '~',    0xa0,    0xac,    0xae,    0xe9,   0x3b1,  0x61b,
		0x61d,  0x200a, 0x2010, 0x2027,  0x202f,  0x205f,  0x2070, 0x4e2d, 0xfefe,
		0xff00, 0xfffc, 0xfffd, 0x1f5fa, 0xdffff, 0xe1000, 0x34e,  0x350,  0x115e,
		0x1161, 0x17b3, 0x17b6, 0x180a,  0x1810,  0x27ff,  0x2801, 0x3163, 0x3165,
		0xfdff, 0xfe10, 0xff9f, 0xffa1,  0xffef,
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(unsafe); i++)
		if (!vmv_unsafe_char(unsafe[i]))
			fail_msg("let through: U+%04X", unsafe[i]);
	for (size_t i = 0; i < ARRAY_SIZE(safe); i++)
		if (vmv_unsafe_char(safe[i]))
			fail_msg("stopped: U+%04X", safe[i]);
}

static void clean_writes_marks_or_octal(void **state)
{
	static const struct {
		const char *in;
		size_t len;
		bool ascii;
		const char *mark, *octal;
	} cases[] = {
		{ "", 0, false, "", "" },
		{ "/usr/lib/a b.so", 15, false, "/usr/lib/a b.so", "/usr/lib/a b.so" },
		{ "a\nb", 3, false, "a?b", "a\\012b" },
		{ "a\0b", 3, false, "a?b", "a\\000b" },
		{ "\033[31m\177", 6, false, "?[31m?", "\\033[31m\\177" },
		{ "a\\012b", 6, false, "a\\012b", "a\\012b" }, /* the kernel's own words */
		{ "m\303\251m", 4, false, "m\303\251m", "m\303\251m" },
		{ "m\303\251m", 4, true, "m??m", "m\\303\\251m" },
		{ "\342\200\256x", 4, false, "???x", "\\342\\200\\256x" },  /* U+202E */
		{ "\302\233x", 3, false, "??x", "\\302\\233x" },            /* C1 CSI */
		{ "\233x", 2, false, "?x", "\\233x" },                      /* the same, raw */
		{ "\300\257", 2, false, "??", "\\300\\257" },               /* overlong */
		{ "\342\202A", 3, false, "??A", "\\342\\202A" },            /* cut */
		{ "A\303", 2, false, "A?", "A\\303" },                      /* cut at the end */
		{ "\377\303\251", 3, false, "?\303\251", "\\377\303\251" }, /* and goes on */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		size_t len = cases[i].len;
		char *in = memcpy(vmv_realloc(NULL, len, 1), cases[i].in, len);
		char *to = vmv_realloc(NULL, 4 * len + 1, 1);

		assert_int_equal(vmv_clean(to, in, len, VMV_CLEAN_MARK, cases[i].ascii),
				 strlen(cases[i].mark));
		assert_string_equal(to, cases[i].mark);
		assert_int_equal(vmv_clean(to, in, len, VMV_CLEAN_OCTAL, cases[i].ascii),
				 strlen(cases[i].octal));
		assert_string_equal(to, cases[i].octal);
		free(to);
		free(in);
	}
}

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * 6364136223846793005 + 1442695040888963407;
	return *seed >> 33;
}

/* Bytes that often make up characters, good and bad ones. */
static size_t random_text(char *to, uint64_t *seed)
{
	static const char pool[] = "aZ/ ~?\\\n\033\177\200\202\233\256\277\302\303\340\342\355\357"
				   "\360\364\377";
	size_t len = next_random(seed) % 12;

	for (size_t i = 0; i < len; i++)
		to[i] = pool[next_random(seed) % sizeof(pool)]; /* with its NUL */
	return len;
}

static void check_agreement(const char *in, size_t len, enum vmv_clean how, bool ascii)
{
	char to[4 * 12 + 1];
	size_t n = vmv_clean(to, in, len, how, ascii);
	bool same = n == len && !memcmp(to, in, len);

	assert_true(n >= len && n <= 4 * len);
	assert_int_equal(to[n], '\0');
	assert_int_equal(vmv_is_clean(in, len, ascii), same);
	assert_true(vmv_is_clean(to, n, ascii));
}

static void is_clean_agrees_with_clean(void **state)
{
	uint64_t seed = 1;
	size_t clean = 0, rounds = 200000;

	(void)state;
	for (size_t i = 0; i < rounds; i++) {
		char in[12];
		size_t len = random_text(in, &seed);

		clean += vmv_is_clean(in, len, false);
		for (int how = 0; how < 4; how++)
			check_agreement(in, len, how & 1 ? VMV_CLEAN_OCTAL : VMV_CLEAN_MARK,
					how & 2);
	}
	assert_in_range(clean, rounds / 20, rounds / 2); /* both kinds came up */
}

static void check_width(const char *text, size_t want)
{
	if (vmv_text_width(text, strlen(text)) != want)
		fail_msg("\"%s\" has %zu columns, not %zu", text,
			 vmv_text_width(text, strlen(text)), want);
}

static void width_counts_columns_of_the_locale(void **state)
{
	(void)state;
	assert_non_null(setlocale(LC_ALL, "C.UTF-8"));
	check_width("", 0);
	check_width("plain", 5);
	check_width("m\303\251moire", 7);
	check_width("\346\227\245\346\234\254", 4); /* wide */
	check_width("e\314\201", 1);                /* combining acute */
	check_width("\377a", 2);
	check_width("\346\227", 2); /* cut */
	check_width("\346\227a", 3);
	assert_int_equal(vmv_text_width("a\0b", 3), 3);

	assert_non_null(setlocale(LC_ALL, "C"));
	check_width("m\303\251m", 4);
}

static void names_between_commas_may_be_empty(void **state)
{
	static const char *const names[] = { "", "rss", "", "path", "" };
	const char *rest = ",rss,,path,", *name;
	size_t n = 0, len;

	(void)state;
	for (; (name = vmv_next_name(&rest, &len)); n++) {
		assert_true(n < sizeof(names) / sizeof *(names));
		assert_int_equal(len, strlen(names[n]));
		assert_memory_equal(name, names[n], len);
	}
	assert_int_equal(n, sizeof(names) / sizeof *(names));
	rest = "";
	assert_non_null(vmv_next_name(&rest, &len));
	assert_int_equal(len, 0);
	assert_null(vmv_next_name(&rest, &len));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(utf8_takes_first_and_last_of_each_length),
		cmocka_unit_test(utf8_refuses_what_rfc3629_does),
		cmocka_unit_test(utf8_decodes_every_character),
		cmocka_unit_test(unsafe_is_what_controls_reorders_or_hides),
		cmocka_unit_test(clean_writes_marks_or_octal),
		cmocka_unit_test(is_clean_agrees_with_clean),
		cmocka_unit_test(width_counts_columns_of_the_locale),
		cmocka_unit_test(names_between_commas_may_be_empty),
	};

	return cmocka_run_group_tests_name("text", tests, NULL, NULL);
}
