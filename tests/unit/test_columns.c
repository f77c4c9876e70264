/*
 * test_columns.c - which columns of a list are shown where there is little room, and what is said
 * of the others (src/tui/sheet.h)
 */
#include "tui.h"

#include "vmapview/column.h"

static void start(struct unit_world *w, const char *text, const char *columns, int width)
{
	unit_world_init(w, text, "4242", width, 24, false);
	if (columns)
		assert_int_equal(sheet_want(&w->app.sheets[SCREEN_REGIONS], columns, NULL), 0);
	unit_wait(w, 0);
	unit_draw(w);
}

/* The heading: the line above the first row. */
static char *heading(struct unit_world *w)
{
	const char *line;
	char *dump, *copy;

	unit_draw(w);
	dump = surface_dump(&w->surface);
	line = dump;
	for (int y = 1; y < unit_list(w)->first_y; y++)
		line = strchr(line, '\n') + 1;
	copy = strndup(line, strcspn(line, "\n"));
	free(dump);
	return copy;
}

/* Its words are these, whatever is between them. */
static void assert_heading(struct unit_world *w, const char *wanted)
{
	char *shown = heading(w), words[200] = "";

	for (const char *s = shown; *s; s += strspn(s, " ")) {
		size_t len = strcspn(s, " "), n = strlen(words);

		snprintf(words + n, sizeof(words) - n, "%s%.*s", n && len ? " " : "", (int)len, s);
		s += len;
	}
	if (strcmp(words, wanted) != 0)
		fail_msg("heading '%s' instead of '%s'", words, wanted);
	free(shown);
}

static void what_is_hidden_is_said(void **state)
{
	static const struct {
		int width;
		const char *heading;
	} cases[] = {
		{ 100, "Address Size Rss Pss Uss Swap Perms Class Part Mapping" },
		{ 60, "Address Size Rss Pss Perms Class Mapping +3\u2192" },
		{ 40, "Address Rss Class Mapping +6\u2192" },
		{ 20, "Rss Mapping +8\u2192" },
		{ 10, "Rss +9\u2192" },
	};
	char *text = unit_smaps(30);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct unit_world w;

		start(&w, text, NULL, cases[i].width);
		assert_heading(&w, cases[i].heading);
		unit_world_done(&w);
	}
	free(text);
}

static void chosen_columns_are_not_given_up_first(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text, "+inode,pss_dirty", 60);
	assert_heading(&w, "Address Rss PssDirty Perms Inode Class Mappi\u2026 +5\u2192");
	unit_world_done(&w);

	/* The same with the chooser. */
	start(&w, text, NULL, 60);
	unit_type(&w, "o/inode\n q");
	assert_heading(&w, "Address Size Rss Perms Inode Class Mapping +4\u2192");
	unit_world_done(&w);

	start(&w, text, "swap,part,uss,mapping", 40);
	assert_heading(&w, "Swap Part Uss Mapping");
	unit_world_done(&w);
	free(text);
}

/* Numbers are whole or not there. */
static void no_number_is_cut(void **state)
{
	char *text = unit_smaps(30);

	(void)state;
	for (int width = 20; width < 80; width++) {
		struct unit_world w;
		char *shown;

		start(&w, text, "inode,address,end,size,pss_dirty,rss", width);
		shown = heading(&w);
		if (width < 50)
			assert_non_null(strstr(shown, "\u2192"));
		unit_assert_hides(&w, "5555000\u2026");
		unit_assert_hides(&w, "55550000000\u2026");
		free(shown);
		unit_world_done(&w);
	}
	free(text);
}

static void arrows_scroll_sideways(void **state)
{
	static const char *const headings[] = {
		"Address Rss Class Mapping +6\u2192",
		"Address Size Rss Pss Uss +5\u2192",
		"Size Rss Pss Uss Swap Pe\u2026 +4\u2190\u2192",
		"Rss Pss Uss Swap Perms Cl\u2026 +4\u2190\u2192",
		"Pss Uss Swap Perms Class \u2026 +4\u2190\u2192",
		"Uss Swap Perms Class Part +5\u2190\u2192",
		"Swap Perms Class Part Mappi\u2026 +5\u2190\u2192",
		"Perms Class Part Mapping +6\u2190",
	};
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text, NULL, 40);
	for (size_t i = 0; i < ARRAY_SIZE(headings); i++) {
		assert_heading(&w, headings[i]);
		unit_key(&w, VK_RIGHT);
	}
	unit_world_done(&w);

	start(&w, text, NULL, 40);
	unit_key(&w, VK_RIGHT);
	unit_key(&w, VK_LEFT);
	assert_heading(&w, headings[0]);
	unit_key(&w, VK_LEFT);
	unit_assert_shows(&w, "nothing is further to the left");
	unit_world_done(&w);

	/* All of it is shown, and no name is cut. */
	start(&w, text, NULL, 120);
	unit_key(&w, VK_RIGHT);
	unit_assert_shows(&w, "nothing is further to the right");
	unit_world_done(&w);
	free(text);
}

/* What is hidden may take the end of the last title. */
static bool names(const char *shown, const struct vmv_column *column)
{
	char title[3];

	snprintf(title, sizeof(title), "%s", column->title);
	return strstr(shown, title);
}

/* Every column comes to the left end some time, on every list and at every width. */
static void all_columns_can_be_seen(void **state)
{
	static const enum screen_id screens[] = { SCREEN_REGIONS, SCREEN_OBJECTS, SCREEN_CLASSES };
	char *text = unit_smaps(30);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(screens); i++)
		for (int width = 25; width < 90; width += 5) {
			bool seen[SHEET_COLUMNS] = { false };
			const struct sheet *sheet;
			struct unit_world w;

			start(&w, text, NULL, width);
			unit_tab(&w, screens[i]);
			sheet = unit_sheet(&w);
			for (size_t step = 0; step <= sheet->ncolumns + 1; step++) {
				char *shown = heading(&w);

				for (size_t c = 0; c < sheet->ncolumns; c++)
					seen[c] |= names(shown, sheet->columns[c]);
				free(shown);
				unit_key(&w, VK_RIGHT);
			}
			for (size_t c = 0; c < sheet->ncolumns; c++)
				if (!seen[c])
					fail_msg("%s never shown at %d columns",
						 sheet->columns[c]->title, width);
			unit_world_done(&w);
		}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_hidden_is_said),
		cmocka_unit_test(chosen_columns_are_not_given_up_first),
		cmocka_unit_test(no_number_is_cut),
		cmocka_unit_test(arrows_scroll_sideways),
		cmocka_unit_test(all_columns_can_be_seen),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("columns", tests, NULL, NULL);
}
