/* test_surface.c - drawing on cells (src/tui/surface.h) */
#include "unit.h"

#include "surface.h"

#include <locale.h>

/* ---- helpers ---- */

static void make(struct surface *s, int width, int height, bool ascii)
{
	*s = (struct surface){ .ascii = ascii };
	surface_resize(s, width, height);
}

static void expect(struct surface *s, const char *text)
{
	char *dump = surface_dump(s);

	assert_string_equal(dump, text);
	free(dump);
	surface_done(s);
}

/* ---- tests ---- */

static void text_is_clipped_everywhere(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 6, 2, false);
	surface_text(&s, strip(-2, 0, 20), 0, "abcdef");
	surface_text(&s, strip(4, 1, 20), 0, "xyz");
	surface_text(&s, strip(0, 2, 20), 0, "below");
	surface_text(&s, strip(0, -1, 20), 0, "above");
	surface_text(&s, strip(100, 0, 20), 0, "right");
	surface_fill(&s, (struct box){ -5, -5, 100, 5 }, 0, L'#');
	expect(&s, "cdef\n    xy\n");
}

static void long_text_ends_in_an_ellipsis(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 20, 4, false);
	assert_int_equal(surface_text(&s, strip(0, 0, 6), 0, "abcdefgh"), 6);
	assert_int_equal(surface_text(&s, strip(0, 1, 6), 0, "abcdef"), 6);
	assert_int_equal(surface_text(&s, strip(0, 3, 0), 0, "nothing"), 0);
	expect(&s, "abcde\u2026\nabcdef\n\n\n");
	make(&s, 20, 1, true);
	surface_text(&s, strip(0, 0, 6), 0, "abcdefgh");
	expect(&s, "abcde>\n");
}

/* Both ends tell names apart; of a path, the last name does. */
static void long_names_are_cut_in_the_middle(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 20, 6, false);
	assert_int_equal(surface_middle(&s, strip(0, 0, 11), 0, "_json.linux-gnu.so", 0), 11);
	surface_middle(&s, strip(0, 1, 11), 0, "_json.a.so", 0);
	surface_middle(&s, strip(0, 2, 11), 0, "/usr/lib/a/long.so", 0);
	surface_middle(&s, strip(0, 3, 11), 0, "/usr/lib/long-name.so", 0);
	surface_middle(&s, strip(0, 4, 11), 0, "/usr/lib/l", 0);
	surface_middle(&s, strip(0, 5, 3), 0, "/usr/lib/l", 0);
	expect(&s, "_json\u2026nu.so\n_json.a.so\n/u\u2026/long.so\nlong-\u2026me.so\n/usr/lib/l\n/"
		   "u\u2026\n");
	make(&s, 20, 3, false);
	surface_middle(&s, strip(0, 0, 11), 0, "/usr/common-a-and-a-long-end",
		       8); /* what differs */
	surface_middle(&s, strip(0, 1, 11), 0, "common-part-of-a-and-an-end", 15);
	surface_middle(&s, strip(0, 2, 11), 0, "common-part-of-all-a", 19);
	expect(&s, "co\u2026a-and-a\u2026\nco\u2026-a-and-\u2026\ncommo\u2026all-a\n");
	make(&s, 20, 1, true);
	surface_middle(&s, strip(0, 0, 11), 0, "\344\270\255name-of-a-file", 0);
	expect(&s, "\\344~-file\n");
}

static void wide_characters_take_two_columns(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 8, 3, false);
	assert_int_equal(surface_text(&s, strip(0, 0, 8), 0, "a\344\270\255b"), 4);
	assert_int_equal(surface_columns(&s, "\344\270\255\344\270\255"), 4);
	surface_text(&s, strip(4, 0, 4), 0, "|");
	/* One half of it is overwritten: the other must not stay. */
	surface_text(&s, strip(0, 1, 8), 0, "\344\270\255\344\270\255");
	surface_text(&s, strip(1, 1, 1), 0, "x");
	surface_text(&s, strip(2, 1, 1), 0, "y");
	/* It does not fit in the last column. */
	surface_text(&s, strip(7, 2, 8), 0, "\344\270\255");
	expect(&s, "a\344\270\255b|\n xy\n\n");
}

static void lines_hold_whole_words(void **state)
{
	static const struct {
		const char *text;
		int width;
		bool ascii;
		size_t bytes;
	} cases[] = {
		{ "one two three", 20, false, 13 },
		{ "one two three", 8, false, 7 },
		{ "one two three", 7, false, 7 },
		{ "one two three", 6, false, 3 },
		{ "one two three", 2, false, 2 }, /* a long word */
		{ "\303\244\303\244\303\244", 2, false, 4 },
		{ "\303\244\303\244\303\244", 8, true, 2 }, /* \303 and \244 take 4 columns each */
		{ "a\033[0m\033[0m", 9, false, 5 },
		{ "one", 0, false, 1 }, /* always some progress */
		{ "one", -5, false, 1 },
		{ "", 5, false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		assert_int_equal(surface_fitting(cases[i].ascii, cases[i].text, cases[i].width),
				 cases[i].bytes);
}

static void combining_marks_stay_on_their_letter(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 8, 1, false);
	assert_int_equal(surface_text(&s, strip(0, 0, 8), 0, "e\314\201x"), 2);
	expect(&s, "e\314\201x\n");
}

static void hostile_text_is_made_visible(void **state)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "a\033[31mb", "a\\033[31mb\n" },
		{ "a\nb\tc", "a\\012b\\011c\n" },
		{ "\377\376", "\\377\\376\n" },
		{ "\302\233", "\\302\\233\n" },            /* C1 */
		{ "\342\200\256x", "\\342\\200\\256x\n" }, /* right-to-left override */
		{ "\177", "\\177\n" },
		{ "\303", "\\303\n" }, /* cut short */
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct surface s;

		make(&s, 30, 1, false);
		surface_text(&s, strip(0, 0, 30), 0, cases[i].text);
		expect(&s, cases[i].shown);
	}
}

static void ascii_surfaces_hold_nothing_else(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 20, 3, true);
	surface_text(&s, strip(0, 0, 20), 0, "n\303\244me");
	surface_bar(&s, strip(0, 1, 10), 0, 1, 2);
	surface_text(&s, strip(0, 2, 3), 0, "abcdef");
	for (int i = 0; i < s.width * s.height; i++)
		assert_in_range(s.cells[i].ch, ' ', '~');
	expect(&s, "n\\303\\244me\n#####\nab>\n");
}

static void bars_show_shares(void **state)
{
	static const struct {
		uint64_t part, whole;
		const char *shown;
	} cases[] = {
		{ 0, 8, "\n" },
		{ 8, 8, "\u2588\u2588\u2588\u2588\n" },
		{ 4, 8, "\u2588\u2588\n" },
		{ 1, 8, "\u258c\n" },       /* half a column */
		{ 3, 32, "\u258d\n" },      /* three eighths */
		{ 1, 1000000, "\u258f\n" }, /* little is not nothing */
		{ UINT64_MAX, UINT64_MAX, "\u2588\u2588\u2588\u2588\n" },
		{ 9, 8, "\u2588\u2588\u2588\u2588\n" },
		{ 5, 0, "\u258f\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct surface s;

		make(&s, 10, 1, false);
		surface_bar(&s, strip(0, 0, 4), 0, cases[i].part, cases[i].whole);
		expect(&s, cases[i].shown);
	}
}

static void pens_are_kept_with_cells(void **state)
{
	struct surface s;
	char *dump;

	(void)state;
	make(&s, 4, 1, false);
	surface_text(&s, strip(0, 0, 4), 1, "ab");
	surface_text(&s, strip(2, 0, 4), 0, "cd");
	surface_add(&s, (struct box){ 1, 0, 2, 1 }, PEN_REVERSE);
	dump = surface_dump_pens(&s);
	assert_string_equal(dump, "aA#.\n");
	free(dump);
	surface_done(&s);
}

static void empty_surfaces_take_anything(void **state)
{
	struct surface s;

	(void)state;
	make(&s, 0, 0, false);
	surface_text(&s, strip(0, 0, 5), 0, "text");
	surface_fill(&s, (struct box){ 0, 0, 5, 5 }, 0, L'x');
	surface_bar(&s, strip(0, 0, 5), 0, 1, 1);
	assert_null(surface_at(&s, 0, 0));
	expect(&s, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_is_clipped_everywhere),
		cmocka_unit_test(long_text_ends_in_an_ellipsis),
		cmocka_unit_test(long_names_are_cut_in_the_middle),
		cmocka_unit_test(wide_characters_take_two_columns),
		cmocka_unit_test(lines_hold_whole_words),
		cmocka_unit_test(combining_marks_stay_on_their_letter),
		cmocka_unit_test(hostile_text_is_made_visible),
		cmocka_unit_test(ascii_surfaces_hold_nothing_else),
		cmocka_unit_test(bars_show_shares),
		cmocka_unit_test(pens_are_kept_with_cells),
		cmocka_unit_test(empty_surfaces_take_anything),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("surface", tests, NULL, NULL);
}
