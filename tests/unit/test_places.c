/*
 * test_places.c - where the user is: it stays the same place from screen to screen, and no key
 * shows another one instead (src/tui/app.h)
 */
#include "tui.h"

#include "vmapview/column.h"

/* ---- helpers ---- */

static void start(struct unit_world *w, const char *text)
{
	unit_world_init(w, text, "4242", 80, 24, false);
	assert_true(unit_wait(w, 0));
	unit_draw(w);
}

/* What a key leads past changes nothing. */
static void walk(struct unit_world *w, int key, uint64_t at)
{
	unit_key(w, key);
	unit_draw(w);
	if (w->app.at != at)
		fail_msg("on %s at %llx instead of %llx", screen_of(w->app.screen)->title,
			 (unsigned long long)w->app.at, (unsigned long long)at);
}

/* ---- tests ---- */

static void screens_share_the_place(void **state)
{
	char *before = unit_smaps(30), *after = unit_smaps(33);
	struct unit_world w;
	uint64_t at;

	(void)state;
	start(&w, before);
	unit_type(&w, "b");
	w.text = after;
	unit_wait(&w, 1000);
	unit_draw(&w);
	unit_type(&w, "jjjjjj"); /* the third region of a library */
	at = w.app.at;
	for (int id = 0; id < SCREEN_TABS; id++)
		walk(&w, VK_TAB, at);
	for (int id = SCREEN_TABS; id-- > SCREEN_OBJECTS;)
		walk(&w, '1' + id, at);
	assert_true(sheet_holds(unit_sheet(&w), unit_list(&w)->cursor, at));
	walk(&w, '1' + SCREEN_REGIONS, at);
	assert_int_equal(unit_row_region(&w, unit_list(&w)->cursor)->start, at);
	unit_tab(&w, SCREEN_CHANGES);
	at = unit_row_region(&w, unit_list(&w)->cursor)->start;
	unit_type(&w, "\n"); /* what is chosen there is shown, and then the place */
	unit_assert_on(&w, SCREEN_DETAILS);
	assert_int_equal(w.app.details.start, at);
	unit_world_done(&w);
	free(before);
	free(after);
}

/* Files that each have more than the one before, beginning with @least kB. */
static char *growing_files(unsigned least, unsigned step)
{
	struct unit_text t = { 0 };
	char name[32];

	for (unsigned i = 0; i < 40; i++) {
		snprintf(name, sizeof(name), "/dev/shm/%02u", i);
		unit_region(&t, 0x100000 * (i + 1), 250, i % 2 ? "r--s" : "rw-p", i % 2 ? name : "",
			    least + i * step);
	}
	return t.text;
}

static void at_top(struct unit_world *w)
{
	unit_draw(w);
	assert_int_equal(unit_list(w)->cursor, 0);
	assert_int_equal(unit_list(w)->top, 0);
}

/* Where what is largest comes first, it is on the screen, whatever the first address is of. */
static void lists_open_at_what_is_largest(void **state)
{
	char *before = growing_files(8, 4), *after = growing_files(500, -8U);
	struct unit_world w;
	uint64_t at;

	(void)state;
	start(&w, before);
	unit_type(&w, "b");
	for (int id = 0; id < SCREEN_TABS; id++) {
		unit_key(&w, VK_TAB);
		if (w.app.screen != SCREEN_SPACE)
			at_top(&w);
	}
	unit_tab(&w, SCREEN_CLASSES);
	w.text = after; /* in the opposite order */
	unit_wait(&w, 1000);
	at_top(&w);
	for (int id = 0; id < SCREEN_TABS; id++) {
		unit_key(&w, VK_TAB);
		if (w.app.screen != SCREEN_SPACE)
			at_top(&w);
	}
	unit_type(&w, "1jjjjj5"); /* a region that was chosen does not hide the largest growth */
	at_top(&w);
	unit_type(&w, "1");
	at = w.app.at;
	unit_type(&w, "2"); /* but its object is gone to */
	assert_true(sheet_holds(unit_sheet(&w), unit_list(&w)->cursor, at));
	unit_world_done(&w);
	free(before);
	free(after);
}

/* To open the first group is to choose it: it is followed. */
static void an_open_group_is_followed_from_the_top(void **state)
{
	struct unit_text before = { 0 }, after = { 0 };
	struct unit_world w;

	(void)state;
	unit_region(&before, 0x10000, 4, "rw-s", "/dev/shm/a", 12);
	unit_region(&before, 0x20000, 4, "rw-s", "/dev/shm/b", 8);
	unit_region(&after, 0x10000, 4, "rw-s", "/dev/shm/a", 4);
	unit_region(&after, 0x20000, 4, "rw-s", "/dev/shm/b", 8);
	start(&w, before.text);
	unit_type(&w, "2\n");
	w.text = after.text;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->cursor, 1);
	assert_string_equal(sheet_word(unit_sheet(&w), 1), "/dev/shm/a");
	unit_world_done(&w);
	free(before.text);
	free(after.text);
}

/* The words of some columns are made for each row anew: nothing may keep them. */
static void words_of_a_row_are_not_compared(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	assert_int_equal(sheet_choose(unit_sheet(&w), "rss,access", NULL), 0);
	sheet_drop(unit_sheet(&w));
	unit_assert_shows(&w, "read, execute, private");
	unit_world_done(&w);
	free(text);
}

static void names_have_two_lengths_on_every_screen(void **state)
{
	static const enum screen_id screens[] = { SCREEN_REGIONS, SCREEN_OBJECTS, SCREEN_SPACE,
						  SCREEN_CHANGES };
	char *before = unit_smaps(30), *after = unit_smaps(33);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, before, "4242", 120, 60, false);
	assert_true(unit_wait(&w, 0));
	unit_type(&w, "b");
	w.text = after;
	unit_wait(&w, 1000);
	for (size_t i = 0; i < ARRAY_SIZE(screens); i++) {
		bool whole;

		unit_tab(&w, screens[i]);
		whole = unit_shows(&w, "/usr/lib/libc.so");
		assert_int_equal(whole, screens[i] == SCREEN_OBJECTS);
		for (int k = 0; k < 2; k++) {
			unit_type(&w, "p");
			unit_assert_shows(&w, "libc.so");
			assert_int_equal(unit_shows(&w, "/usr/lib/libc.so"), k ? whole : !whole);
		}
	}
	unit_type(&w, "3p");
	unit_assert_shows(&w, "this list shows no names");
	unit_world_done(&w);
	free(before);
	free(after);
}

/* The part that a list of extensions has in common is not all that is left of their names. */
static void similar_names_look_different(void **state)
{
	static const char *const names[] = { "_codecs_cn", "_codecs_hk1", "_codecs_iso2022" };
	static const enum screen_id screens[] = { SCREEN_REGIONS, SCREEN_OBJECTS, SCREEN_SPACE };
	struct unit_text t = { 0 };
	struct unit_world w;
	char path[128];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		snprintf(path, sizeof(path),
			 "/usr/lib/python3.11/lib-dynload/%s.cpython-311-x86_64-linux-gnu.so",
			 names[i]);
		unit_region(&t, 0x100000 * (i + 1), 4, "r-xp", path, 8);
	}
	start(&w, t.text);
	for (size_t i = 0; i < ARRAY_SIZE(screens); i++)
		for (int k = 0; k < 2; k++) {
			unit_tab(&w, screens[i]);
			unit_assert_shows(&w, "_codecs_c");
			unit_assert_shows(&w, "_codecs_h");
			unit_assert_shows(&w, "_codecs_i");
			unit_type(&w, "p");
		}
	unit_world_done(&w);
	free(t.text);
}

/* What an open group has is in the order of the groups, and goes on to be when that changes. */
static void members_follow_the_sort(void **state)
{
	const struct vmv_column *columns[2] = { vmv_column_find(&vmv_kind_regions, "rss", 3),
						vmv_column_find(&vmv_kind_regions, "size", 4) };
	char *text = unit_smaps(60);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "2/libc\n\n");
	for (int i = 0; i < 4; i++) {
		struct sheet *sheet = unit_sheet(&w);
		size_t at = unit_list(&w)->cursor, n = 0;

		assert_ptr_equal(sheet->sort.column, columns[i / 2]);
		while (!sheet_is_group(sheet, at))
			at--;
		for (at++; at + 1 < sheet->list.count && !sheet_is_group(sheet, at + 1); at++) {
			struct vmv_value a, b;
			int order;

			sheet_value(sheet, at, sheet->sort.column, &a);
			sheet_value(sheet, at + 1, sheet->sort.column, &b);
			order = (a.number > b.number) - (a.number < b.number);
			assert_true(sheet->sort.descending ? order >= 0 : order <= 0);
			n += order != 0;
		}
		assert_true(n > 5);
		unit_type(&w, i == 1 ? "<" : "I");
		unit_draw(&w);
	}
	unit_world_done(&w);
	free(text);
}

static void help_leaves_an_open_object_selected(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	size_t at;

	(void)state;
	start(&w, text);
	unit_tab(&w, SCREEN_OBJECTS);
	unit_type(&w, "j\n");
	at = unit_list(&w)->cursor;
	unit_type(&w, "hq");
	assert_int_equal(unit_list(&w)->cursor, at);
	unit_world_done(&w);
	free(text);
}

static void free_space_has_no_details(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "jjj");
	unit_tab(&w, SCREEN_SPACE);
	unit_type(&w, "g");
	assert_null(w.app.space.rows[0].region);
	unit_key(&w, VK_ENTER);
	unit_assert_on(&w, SCREEN_SPACE);
	unit_assert_shows(&w, "nothing is mapped here");
	unit_type(&w, "j\n");
	unit_assert_on(&w, SCREEN_DETAILS);
	unit_world_done(&w);
	free(text);
}

static void an_address_is_gone_to_on_every_screen(void **state)
{
	char *text = unit_smaps(30), keys[40];
	struct unit_world w;

	(void)state;
	for (size_t i = 0; i <= SCREEN_TABS; i++) {
		uint64_t to;

		start(&w, text);
		to = w.app.picture->map.regions[20].start;
		unit_type(&w, "b");
		unit_tab(&w, i < SCREEN_TABS ? (enum screen_id)i : SCREEN_REGIONS);
		if (i == SCREEN_TABS)
			command_details(&w.app);
		snprintf(keys, sizeof(keys), "@%llx\n", (unsigned long long)to);
		unit_type(&w, keys);
		unit_draw(&w);
		if (w.app.at != to)
			fail_msg("@ on screen %zu leads to %llx", i, (unsigned long long)w.app.at);
		unit_world_done(&w);
	}
	free(text);
}

static void a_hidden_address_is_said_to_be_so(void **state)
{
	char *text = unit_smaps(30), keys[40];
	struct unit_world w;

	(void)state;
	start(&w, text);
	snprintf(keys, sizeof(keys), "@%llx\n",
		 (unsigned long long)w.app.picture->map.regions[3].start);
	unit_type(&w, "\\class = lib\n");
	unit_type(&w, keys);
	unit_assert_shows(&w, "the filter hides");
	unit_tab(&w, SCREEN_SPACE);
	unit_type(&w, keys); /* all is shown there */
	unit_assert_hides(&w, "the filter hides");
	unit_world_done(&w);
	free(text);
}

static void sorting_shows_what_is_first(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	uint64_t at;

	(void)state;
	start(&w, text);
	unit_type(&w, ">>"); /* by Rss, from the top */
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->cursor, 0);
	assert_int_equal(w.app.at, unit_row_region(&w, 0)->start);
	unit_type(&w, "jj");
	at = w.app.at;
	unit_type(&w, "I");
	unit_draw(&w);
	assert_int_equal(w.app.at, at);
	assert_int_equal(unit_list(&w)->cursor, 27);
	unit_tab(&w, SCREEN_OBJECTS);
	unit_type(&w, "I");
	unit_draw(&w);
	unit_type(&w, "g>");
	assert_int_equal(unit_list(&w)->cursor, 0);
	unit_world_done(&w);
	free(text);
}

static void escape_ends_no_program(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "", NULL, 80, 24, false);
	unit_wait(&w, 0);
	unit_type(&w, "/gram\n");
	unit_assert_on(&w, SCREEN_REGIONS);
	unit_type(&w, "P");
	unit_wait(&w, 2000);
	unit_draw(&w);
	unit_assert_shows(&w, "4 of 4"); /* the filter was for the choice before */
	unit_key(&w, VK_ESC);
	unit_assert_on(&w, SCREEN_REGIONS);
	unit_world_done(&w);
	unit_world_init(&w, "", NULL, 80, 24, false);
	unit_wait(&w, 0);
	unit_type(&w, "/zzz\n");
	unit_assert_shows(&w, "no process is selected");
	unit_key(&w, VK_ESC);
	unit_assert_shows(&w, "4 of 4");
	unit_key(&w, VK_ESC);
	unit_key(&w, VK_ESC);
	assert_false(w.app.quit);
	unit_assert_shows(&w, "q leaves");
	unit_type(&w, "q");
	assert_true(w.app.quit);
	unit_world_done(&w);
}

/* ---- filters that a screen set ---- */

static void a_filter_that_was_typed_stays(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_tab(&w, SCREEN_CLASSES);
	unit_type(&w, "\n"); /* only this class */
	assert_non_null(w.app.filter_text);
	unit_type(&w, "\\ or rss > 9M\n");
	unit_tab(&w, SCREEN_CLASSES);
	assert_non_null(w.app.filter_text);
	assert_non_null(strstr(w.app.filter_text, "rss > 9M"));
	unit_world_done(&w);
	free(text);
}

static void another_process_begins_without_filter(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\rss > 0\n");
	unit_tab(&w, SCREEN_CLASSES);
	unit_type(&w, "\nP");
	unit_wait(&w, 2000);
	unit_draw(&w);
	unit_type(&w, "\n");
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_null(w.app.filter_text);
	unit_tab(&w, SCREEN_CLASSES);
	assert_null(w.app.filter_text);
	unit_world_done(&w);
	free(text);
}

/* ---- the baseline ---- */

/* A stack that grew down is the same region, and its delta what it grew by.  The upper part of
 * one that was split is not new, to the marks of the last second as to the baseline. */
static void growth_downwards_is_growth(void **state)
{
	const struct vmv_column *rss = vmv_column_find(&vmv_kind_regions, "rss", 3);
	struct unit_text before = { 0 }, after = { 0 };
	struct unit_world w;
	int64_t delta;

	(void)state;
	unit_region(&before, 0x40000, 16, "rw-p", "", 40);
	unit_region(&before, 0x90000, 4, "rw-p", "[stack]", 8);
	unit_region(&after, 0x40000, 8, "r--p", "", 16);
	unit_region(&after, 0x48000, 8, "rw-p", "", 24);
	unit_region(&after, 0x8e000, 6, "rw-p", "[stack]", 16);
	start(&w, before.text);
	unit_type(&w, "b");
	w.text = after.text;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_true(sheet_delta(unit_sheet(&w), 2, rss, &delta));
	assert_int_equal(delta, 8192);
	assert_true(sheet_delta(unit_sheet(&w), 0, rss, &delta));
	assert_int_equal(delta, 0);
	assert_false(sheet_is_rest(unit_sheet(&w), 0));
	assert_true(sheet_is_rest(unit_sheet(&w), 1));
	assert_int_equal(w.app.marks.list[2].kind, MARK_GREW);
	assert_int_equal(w.app.marks.list[0].kind, MARK_CHANGED);
	assert_int_equal(w.app.marks.list[1].kind, MARK_CHANGED);
	assert_int_equal(w.app.marks.born, 1);
	assert_int_equal(w.app.marks.gone, 0);
	unit_type(&w, "G\n");
	unit_assert_shows(&w, "grown: it was 000000090000-000000094000  rw-p  16K");
	unit_type(&w, "jjjj");
	unit_assert_shows(&w, "16K [was 8K]  ");
	unit_type(&w, "q");
	w.text = before.text; /* and back again */
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(w.app.marks.list[0].kind, MARK_CHANGED); /* merged */
	assert_int_equal(w.app.marks.list[1].kind, MARK_SHRANK);
	assert_int_equal(w.app.marks.gone, 1);
	unit_world_done(&w);
	free(before.text);
	free(after.text);
}

/* What the line that @text is in shows, without its blanks. */
static void line_with(struct unit_world *w, const char *text, char line[200])
{
	const char *at, *start;
	char *dump;
	size_t n = 0;

	unit_draw(w);
	dump = surface_dump(&w->surface);
	at = strstr(dump, text);
	if (!at)
		fail_msg("no %s:\n%s", text, dump);
	for (start = at; start > dump && start[-1] != '\n';)
		start--;
	for (; *start && *start != '\n'; start++)
		if (*start != ' ' && n < 199)
			line[n++] = *start;
	line[n] = '\0';
	free(dump);
}

/* The marks of Regions and the words of Changes are of one diff. */
static void marks_are_what_the_changes_say(void **state)
{
	struct unit_text before = { 0 }, after = { 0 };
	char line[200];
	struct unit_world w;

	(void)state;
	unit_region(&before, 0x10000, 8, "rw-s", "/dev/shm/moved", 8);
	unit_region(&before, 0x40000, 4, "r--p", "", 4);
	unit_region(&before, 0x44000, 4, "rw-p", "", 4);
	unit_region(&before, 0x60000, 4, "rw-s", "/dev/shm/stays", 8);
	unit_region(&before, 0x70000, 4, "rw-s", "/dev/shm/shrank", 12);
	unit_region(&after, 0x40000, 8, "rw-p", "", 8);
	unit_region(&after, 0x60000, 4, "rw-s", "/dev/shm/stays", 8);
	unit_region(&after, 0x70000, 4, "rw-s", "/dev/shm/shrank", 8);
	unit_region(&after, 0x80000, 8, "rw-s", "/dev/shm/moved", 8);
	unit_region(&after, 0x90000, 8, "rw-s", "/dev/shm/new", 8);
	start(&w, before.text);
	unit_type(&w, "b");
	w.text = after.text;
	unit_wait(&w, 1000);
	line_with(&w, "000000040000", line);
	assert_memory_equal(line, "\u2022", 3);
	line_with(&w, "000000060000", line);
	assert_memory_equal(line, "0", 1);
	line_with(&w, "000000070000", line);
	assert_memory_equal(line, "\u25bc", 3);
	line_with(&w, "000000080000", line);
	assert_memory_equal(line, "\u2022", 3);
	line_with(&w, "000000090000", line);
	assert_memory_equal(line, "+", 1);
	assert_int_equal(w.app.marks.born, 1);
	assert_int_equal(w.app.marks.gone, 1);
	unit_tab(&w, SCREEN_CHANGES);
	line_with(&w, "000000040000", line);
	assert_non_null(strstr(line, "merged"));
	line_with(&w, "000000080000", line);
	assert_non_null(strstr(line, "moved"));
	unit_world_done(&w);
	free(before.text);
	free(after.text);
}

/* A touched buffer with one mprotect(2) in its middle is a split buffer everywhere, which grew by
 * what all of it grew by. */
static void a_split_is_a_split_on_every_screen(void **state)
{
	static const struct {
		unsigned rss;
		const char *grew;
	} cases[] = { { 1004, "." }, { 1012, "+8K" }, { 992, "-12K" } };
	char line[200], wanted[80];

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct unit_text before = { 0 }, after = { 0 };
		struct unit_world w;

		unit_region(&before, 0x40000, 256, "rw-p", "", 1024);
		unit_region(&after, 0x40000, 4, "rw-p", "", 16);
		unit_region(&after, 0x44000, 1, "r--p", "", 4);
		unit_region(&after, 0x45000, 251, "rw-p", "", cases[i].rss);
		start(&w, before.text);
		unit_type(&w, "b");
		w.text = after.text;
		unit_wait(&w, 1000);
		line_with(&w, "000000040000", line);
		assert_memory_equal(line, "\u2022", 3);
		snprintf(wanted, sizeof(wanted), "16K16K%s8K", cases[i].grew);
		assert_non_null(strstr(line, wanted));
		line_with(&w, "000000044000", line);
		assert_non_null(strstr(line, "\u2022000000044000"));
		assert_non_null(strstr(line, "4K4Ksplit2K"));
		line_with(&w, "000000045000", line);
		assert_non_null(strstr(line, "split"));
		unit_type(&w, "\n");
		unit_assert_shows(&w, "split: 1 region of 1.0M then, 3 of 1.0M now");
		unit_assert_hides(&w, "[was");
		unit_tab(&w, SCREEN_CHANGES);
		line_with(&w, "split", line);
		snprintf(wanted, sizeof(wanted), "split000000040000.%s", cases[i].grew);
		assert_non_null(strstr(line, wanted));
		assert_int_equal(unit_list(&w)->count, 1);
		unit_world_done(&w);
		free(before.text);
		free(after.text);
	}
}

/* Regions that became one had together what it has now, and new ones had nothing. */
static void a_merge_adds_up(void **state)
{
	struct unit_text before = { 0 }, after = { 0 };
	struct unit_world w;

	(void)state;
	unit_region(&before, 0x40000, 8, "rw-p", "", 16);
	unit_region(&before, 0x48000, 8, "r--p", "", 20);
	unit_region(&after, 0x40000, 16, "rw-p", "", 44);
	unit_region(&after, 0x90000, 4, "rw-p", "[heap]", 12);
	start(&w, before.text);
	unit_type(&w, "b");
	w.text = after.text;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "44K     +8K");
	unit_type(&w, "\n");
	unit_assert_shows(&w, "merged: 2 regions of 64K then, 1 of 64K now");
	unit_type(&w, "jjjjjj");
	unit_assert_shows(&w, "44K [was 36K]");
	unit_type(&w, "Jgjjj");
	unit_assert_shows(&w, "new: it was not there");
	unit_assert_hides(&w, "[was");
	unit_world_done(&w);
	free(before.text);
	free(after.text);
}

/* Objects are looked up in it by their words: each finds its own, in whatever order they came. */
static void objects_find_themselves_in_the_baseline(void **state)
{
	struct unit_text before = { 0 }, after = { 0 };
	const struct vmv_column *rss = vmv_column_find(&vmv_kind_regions, "rss", 3);
	struct unit_world w;

	(void)state;
	for (unsigned i = 0; i < 100; i++) {
		char name[40];

		snprintf(name, sizeof(name), "/file/%u", i * 37 % 101);
		if (i % 10)
			unit_region(&before, 0x10000 + i * 0x4000, 2, "r--p", name, 8);
		unit_region(&after, 0x10000 + i * 0x4000, 2, "r--p", name, 8 + i % 3 * 4);
	}
	start(&w, before.text);
	unit_type(&w, "b");
	unit_tab(&w, SCREEN_OBJECTS);
	w.text = after.text;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 100);
	for (size_t k = 0; k < 100; k++) {
		unsigned i = (unsigned)((unit_row_region(&w, k)->start - 0x10000) / 0x4000);
		int64_t delta = 0;

		assert_true(sheet_delta(unit_sheet(&w), k, rss, &delta));
		assert_int_equal(delta, 4096 * (int64_t)(i % 10 ? i % 3 : 2 + i % 3));
	}
	unit_world_done(&w);
	free(before.text);
	free(after.text);
}

/* ---- memory ---- */

/* Nothing is left out between what was shown and what comes next. */
static void memory_is_walked_without_gaps(void **state)
{
	static const int sizes[][2] = { { 80, 24 }, { 40, 20 }, { 130, 17 }, { 33, 15 } };
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "jjjj\n"); /* more than a page */
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		surface_resize(&w.surface, sizes[i][0], sizes[i][1]);
		app_resize(&w.app, sizes[i][0], sizes[i][1]);
		for (int k = 0; k < 3; k++) {
			const struct hex *hex = &w.app.details.hex;
			uint64_t next;

			unit_draw(&w);
			assert_true(hex->shown > 0);
			next = hex->first + hex->shown;
			unit_key(&w, ']');
			assert_int_equal(hex->first, next);
		}
	}
	unit_world_done(&w);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_share_the_place),
		cmocka_unit_test(lists_open_at_what_is_largest),
		cmocka_unit_test(an_open_group_is_followed_from_the_top),
		cmocka_unit_test(members_follow_the_sort),
		cmocka_unit_test(words_of_a_row_are_not_compared),
		cmocka_unit_test(names_have_two_lengths_on_every_screen),
		cmocka_unit_test(similar_names_look_different),
		cmocka_unit_test(help_leaves_an_open_object_selected),
		cmocka_unit_test(free_space_has_no_details),
		cmocka_unit_test(an_address_is_gone_to_on_every_screen),
		cmocka_unit_test(a_hidden_address_is_said_to_be_so),
		cmocka_unit_test(sorting_shows_what_is_first),
		cmocka_unit_test(escape_ends_no_program),
		cmocka_unit_test(a_filter_that_was_typed_stays),
		cmocka_unit_test(another_process_begins_without_filter),
		cmocka_unit_test(growth_downwards_is_growth),
		cmocka_unit_test(marks_are_what_the_changes_say),
		cmocka_unit_test(a_split_is_a_split_on_every_screen),
		cmocka_unit_test(a_merge_adds_up),
		cmocka_unit_test(objects_find_themselves_in_the_baseline),
		cmocka_unit_test(memory_is_walked_without_gaps),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("places", tests, NULL, NULL);
}
