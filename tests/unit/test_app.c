/* test_app.c - the state of the view: pictures come, keys are pressed (src/tui/app.h) */
#include "tui.h"

#include <malloc.h>

/* ---- helpers ---- */

static void start(struct unit_world *w, const char *text)
{
	unit_world_init(w, text, "4242", 100, 24, false);
	assert_true(unit_wait(w, 0));
}

/* Three regions; the middle one and what it has can be chosen. */
static char *three(uint64_t middle, unsigned rss)
{
	struct unit_text t = { 0 };

	unit_region(&t, 0x10000, 4, "rw-p", "", 8);
	if (middle)
		unit_region(&t, middle, 4, "rw-p", "/some/file", rss);
	unit_region(&t, 0x900000, 4, "rw-p", "", 16);
	return t.text;
}

/* ---- time ---- */

static void pictures_come_at_the_interval(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	assert_int_equal(app_timeout(&w.app, w.now + 300), 700);
	assert_false(unit_wait(&w, 999));
	assert_true(unit_wait(&w, 1));
	unit_key(&w, '+');
	assert_false(unit_wait(&w, 1999));
	assert_true(unit_wait(&w, 1));
	unit_key(&w, 'r');
	assert_int_equal(app_timeout(&w.app, w.now), 0);
	assert_true(unit_wait(&w, 0));
	assert_int_equal(w.loads, 4);
	unit_world_done(&w);
	free(text);
}

static void costly_reading_stretches_the_interval(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;
	struct job job;

	(void)state;
	start(&w, text);
	assert_true(app_tick(&w.app, w.now += 1000, &job));
	assert_false(app_tick(&w.app, w.now + 5000, &(struct job){ 0 })); /* one at a time */
	assert_int_equal(app_timeout(&w.app, w.now), -1);
	job_run(&job, &w.world);
	job.cost = 700;
	app_tick(&w.app, w.now, &(struct job){ 0 });
	app_take(&w.app, &job);
	job_done(&job);
	assert_false(unit_wait(&w, 6999));
	unit_assert_shows(&w, "every 7.0s: reading takes 0.70s");
	assert_true(unit_wait(&w, 1));
	unit_world_done(&w);
	free(text);
}

static void frozen_pictures_stay(void **state)
{
	char *text = three(0x20000, 4), *grown = three(0x20000, 12);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_key(&w, ' ');
	assert_int_equal(app_timeout(&w.app, w.now), -1);
	assert_false(unit_wait(&w, 60000));
	unit_assert_shows(&w, "frozen");
	w.text = grown;
	unit_key(&w, 'r'); /* but one on request */
	assert_true(unit_wait(&w, 0));
	unit_assert_shows(&w, " 12K");
	assert_false(unit_wait(&w, 60000));
	unit_key(&w, ' ');
	assert_true(unit_wait(&w, 1000));
	unit_world_done(&w);
	free(text);
	free(grown);
}

static void faults_are_counted_per_second(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 24, false);
	w.faults = 1000;
	unit_wait(&w, 0);
	unit_assert_shows(&w, "Faults -");
	w.faults = 1500;
	unit_wait(&w, 2000);
	unit_assert_shows(&w, "Faults 250/s");
	unit_world_done(&w);
	free(text);
}

/* ---- what is selected ---- */

static void selection_follows_its_region(void **state)
{
	char *before = three(0x20000, 4), *after;
	struct unit_text t = { 0 };
	struct unit_world w;

	(void)state;
	start(&w, before);
	unit_key(&w, 'j');
	assert_int_equal(w.app.at, 0x20000);
	/* Two more below it: its row number changes, the region does not. */
	unit_region(&t, 0x1000, 1, "rw-p", "", 4);
	unit_region(&t, 0x4000, 1, "rw-p", "", 4);
	after = three(0x20000, 4);
	t.text = vmv_realloc(t.text, t.len + strlen(after) + 1, 1);
	strcpy(t.text + t.len, after);
	w.text = t.text;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(w.app.at, 0x20000);
	assert_int_equal(unit_list(&w)->cursor, 3);
	unit_type(&w, ">>"); /* by Rss, it is somewhere else */
	unit_draw(&w);
	assert_int_equal(unit_row_region(&w, unit_list(&w)->cursor)->start, 0x20000);
	unit_type(&w, "\\some\n");
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 1);
	assert_int_equal(w.app.at, 0x20000);
	unit_world_done(&w);
	free(before);
	free(after);
	free(t.text);
}

static void the_limit_of_regions_is_that_of_the_picture(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_assert_shows(&w, "Regions 3/65530");
	w.max_regions = 262144; /* the administrator raised it */
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "Regions 3/262144");
	w.max_regions = VMV_UNKNOWN;
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "Regions 3/");
	unit_world_done(&w);
	free(text);
}

/* Where even free() can fail soon. */
static void a_process_near_the_limit_of_regions_is_warned_of(void **state)
{
	static const struct {
		uint64_t max;
		const char *said;
	} limits[] = {
		{ 3, "3 of at most 3 regions (100 % of vm.max_map_count)" },
		{ 2, "3 of at most 2 regions (150 % of vm.max_map_count)" }, /* it was lowered */
		{ 4, NULL },
		{ 0, NULL },
		{ VMV_UNKNOWN, NULL },
	};
	char *text = three(0x20000, 4), *many = unit_smaps(92);
	struct unit_world w;

	(void)state;
	start(&w, text);
	for (size_t i = 0; i < ARRAY_SIZE(limits); i++) {
		w.max_regions = limits[i].max;
		unit_wait(&w, 1000);
		if (limits[i].said)
			unit_assert_shows(&w, limits[i].said);
		else
			unit_assert_hides(&w, "of at most");
	}
	w.text = many;
	w.max_regions = 100;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "92 of at most 100 regions (92 % of vm.max_map_count)");
	assert_int_equal(surface_at(&w.surface, 0, 4)->pen, LOOK_BANNER);
	unit_world_done(&w);
	free(text);
	free(many);
}

static void selection_stays_near_what_is_gone(void **state)
{
	char *before = three(0x20000, 4), *after = three(0, 0);
	struct unit_world w;

	(void)state;
	start(&w, before);
	unit_key(&w, 'j');
	w.text = after;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->cursor, 1);
	unit_assert_shows(&w, "Regions 2/65530 +0 -1");
	unit_world_done(&w);
	free(before);
	free(after);
}

static void changes_are_marked_and_fade(void **state)
{
	char *before = three(0x20000, 4), *after = three(0x20000, 12);
	struct unit_world w;
	size_t i;

	(void)state;
	start(&w, before);
	unit_assert_hides(&w, "\u25b2");
	w.text = after;
	for (i = 0; i < 10; i++) {
		unit_wait(&w, 1000);
		if (!unit_shows(&w, "\u25b2 "))
			break;
	}
	assert_int_equal(i, MARK_OLD);
	unit_world_done(&w);
	free(before);
	free(after);
}

static void go_to_an_address(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "@0x20fff\n");
	assert_int_equal(w.app.at, 0x20000);
	unit_type(&w, "@30000\n"); /* a gap: the next one */
	assert_int_equal(w.app.at, 0x900000);
	unit_assert_shows(&w, "nothing is mapped at 30000");
	unit_type(&w, "@nonsense");
	unit_assert_shows(&w, "not a hexadecimal address");
	unit_key(&w, VK_ENTER); /* not taken */
	assert_non_null(w.app.prompt.label);
	unit_key(&w, VK_ESC);
	assert_null(w.app.prompt.label);
	unit_world_done(&w);
	free(text);
}

/* ---- filter and search ---- */

static void what_is_wrong_with_a_pattern_is_marked(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\path ~ so|[[:foo:]]");
	unit_assert_shows(&w, "there is no such character class");
	assert_int_equal(w.app.prompt.wrong, strlen("path ~ so|["));
	unit_world_done(&w);
	free(text);
}

static void filters_work_while_typed(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\perms = rwxp");
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 2);
	unit_type(&w, " and");
	unit_draw(&w);
	assert_true(*w.app.prompt.error); /* the last good one stays */
	assert_int_equal(unit_list(&w)->count, 2);
	unit_type(&w, " rss < 0 \n");
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 0);
	unit_assert_shows(&w, "no region matches");
	unit_type(&w, "jjkG");
	unit_key(&w, VK_ENTER); /* nothing to open */
	unit_assert_on(&w, SCREEN_REGIONS);
	unit_type(&w, "\\");
	unit_key(&w, VK_ESC);
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 30);
	unit_world_done(&w);
	free(text);
}

static void searches_find_and_wrap(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	size_t first;

	(void)state;
	start(&w, text);
	unit_type(&w, "/LIBC\n");
	first = unit_list(&w)->cursor;
	assert_int_equal(first, 4);
	unit_type(&w, "n");
	assert_int_equal(unit_list(&w)->cursor, 5);
	unit_type(&w, "NN");
	assert_int_equal(unit_list(&w)->cursor, 30 / 12 * 12 + 5); /* wrapped to the end */
	unit_type(&w, "/no such thing");
	unit_assert_shows(&w, "not found");
	unit_key(&w, VK_ESC);
	unit_type(&w, "n");
	unit_assert_shows(&w, "nothing was searched for");
	unit_world_done(&w);
	free(text);
}

/* ---- screens ---- */

/* The address space is searched for what it shows. */
static void the_largest_hole_is_found(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_tab(&w, SCREEN_SPACE);
	unit_type(&w, "/largest\n");
	assert_int_equal(w.app.space.start, 0x24000);
	unit_world_done(&w);
	free(text);
}

/* What a line stands for is asked for besides the filter, which is as before when one goes back. */
static void classes_lead_to_their_regions_and_back(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	size_t all;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\rss > 0 or perms = rwxp\n");
	unit_tab(&w, SCREEN_CLASSES);
	unit_draw(&w);
	all = unit_list(&w)->count;
	unit_type(&w, "/heap\n\n");
	unit_assert_on(&w, SCREEN_REGIONS);
	assert_string_equal(w.app.filter_text, "(rss > 0 or perms = rwxp) and class = heap");
	for (size_t i = 0; i < unit_list(&w)->count; i++)
		assert_string_equal(vmv_classes[unit_row_region(&w, i)->class].name, "heap");
	unit_type(&w, "q");
	unit_assert_on(&w, SCREEN_CLASSES);
	assert_string_equal(w.app.filter_text, "rss > 0 or perms = rwxp");
	assert_int_equal(unit_list(&w)->count, all);
	unit_type(&w, "\\\033/heap\n\n3"); /* without a filter, and by the number */
	assert_null(w.app.filter_text);
	unit_assert_on(&w, SCREEN_CLASSES);
	unit_world_done(&w);
	free(text);
}

static void objects_lead_to_their_regions_and_back(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\rss > 0\n3/lib\n\n2");
	unit_assert_on(&w, SCREEN_OBJECTS); /* of the class */
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = lib");
	unit_type(&w, "/libc\nl");
	unit_assert_on(&w, SCREEN_REGIONS);
	assert_true(unit_list(&w)->count > 0);
	for (size_t i = 0; i < unit_list(&w)->count; i++)
		assert_string_equal(unit_row_region(&w, i)->object, "/usr/lib/libc.so");
	/* The end of the filter says what is shown, and the count is never cut. */
	unit_assert_shows(&w, "/usr/lib/libc.so 1/");
	unit_type(&w, "q");
	unit_assert_on(&w, SCREEN_OBJECTS);
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = lib");
	unit_type(&w, "l3");
	unit_assert_on(&w, SCREEN_CLASSES);
	assert_string_equal(w.app.filter_text, "rss > 0");
	unit_world_done(&w);
	free(text);
}

/* One that the user made on the way is not lost by leaving for another screen. */
static void an_edited_filter_is_the_users_own(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\rss > 0\n3/heap\n\n\\ and size > 4K\n");
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = heap and size > 4K");
	unit_type(&w, "3");
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = heap and size > 4K");
	unit_type(&w, "\nq"); /* a step of its own */
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = heap and size > 4K");
	unit_type(&w, "\n\\ or rss < 5\nq"); /* but going back restores */
	unit_assert_on(&w, SCREEN_CLASSES);
	assert_string_equal(w.app.filter_text, "(rss > 0) and class = heap and size > 4K");
	unit_world_done(&w);
	free(text);
}

/* Quotes, blanks and brackets in a name are part of it. */
static void any_object_can_be_entered(void **state)
{
	static const char *const names[] = { "/tmp/a (b) = c", "/tmp/it's", "/tmp/\"so\"" };
	struct unit_text t = { 0 };
	struct unit_world w;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		unit_region(&t, 0x10000 * (i + 1), 4, "rw-s", names[i], 8);
	unit_region(&t, 0x80000, 4, "rw-s", "/tmp/\"it's\"", 8);
	unit_region(&t, 0x90000, 4, "rw-s", "/tmp/x' or object ~ '\"", 8);
	start(&w, t.text);
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		unit_type(&w, "2/");
		unit_type(&w, names[i]);
		unit_type(&w, "\nl");
		assert_int_equal(unit_list(&w)->count, 1);
		assert_string_equal(unit_row_region(&w, 0)->name, names[i]);
	}
	unit_type(&w, "2G/it's\"\nl"); /* with both quotes, it can't be asked for */
	unit_assert_on(&w, SCREEN_OBJECTS);
	unit_assert_shows(&w, "no filter can express");
	assert_null(w.app.filter_text);
	unit_type(&w, "2/x' or\nl"); /* nor is it taken for a filter */
	unit_assert_on(&w, SCREEN_OBJECTS);
	assert_null(w.app.filter_text);
	unit_world_done(&w);
	free(t.text);
}

static void details_say_whose_they_are(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "2/libc\n\nj\nG"); /* the first lines are off the screen */
	unit_assert_on(&w, SCREEN_DETAILS);
	unit_assert_shows(&w, "Details of libc.so ");
	surface_resize(&w.surface, 72, 24); /* the name counts */
	app_resize(&w.app, 72, 24);
	unit_assert_hides(&w, "Details of");
	unit_assert_shows(&w, " libc.so ");
	unit_world_done(&w);
	free(text);
}

static void objects_open_and_close(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	size_t closed, members;

	(void)state;
	start(&w, text);
	unit_tab(&w, SCREEN_OBJECTS);
	unit_type(&w, "/libc\n");
	closed = unit_list(&w)->count;
	members = unit_sheet(&w)->view.rows[unit_list(&w)->cursor].count;
	assert_true(members >= 8); /* its variables without a file are among them */
	unit_key(&w, VK_ENTER);
	assert_int_equal(unit_list(&w)->count, closed + members);
	unit_wait(&w, 1000); /* stays open */
	unit_draw(&w);
	assert_true(unit_list(&w)->count > closed);
	unit_key(&w, 'j');
	unit_key(&w, VK_ENTER); /* a region: its details */
	unit_assert_on(&w, SCREEN_DETAILS);
	unit_assert_shows(&w, "/usr/lib/libc.so");
	unit_key(&w, 'q');
	unit_key(&w, VK_BACKSPACE); /* closes, and is at the object again */
	assert_int_equal(unit_list(&w)->count, closed);
	assert_true(sheet_is_group(unit_sheet(&w), unit_list(&w)->cursor));
	unit_world_done(&w);
	free(text);
}

/* As in a core file, which tells little of what was not written to it. */
static void details_of_unknown_access(void **state)
{
	char *text = unit_smaps(30);
	struct vmv_region *r;
	struct unit_world w;

	(void)state;
	start(&w, text);
	r = w.app.picture->map.regions;
	r[0].perms = VMV_ACCESS_UNKNOWN | VMV_SHARING_UNKNOWN;
	r[0].major = VMV_NO_DEVICE;
	r[1].perms = VMV_READ | VMV_SHARING_UNKNOWN;
	unit_type(&w, "g\n");
	unit_assert_shows(&w, "Access     not known");
	unit_assert_hides(&w, "private");
	unit_assert_shows(&w, "bytes 0 to 0x1000 of it");
	unit_assert_hides(&w, "inode");
	unit_type(&w, "J");
	unit_assert_shows(&w, "Access     read");
	unit_assert_hides(&w, "private");
	unit_type(&w, "J");
	unit_assert_shows(&w, "its own copy");
	unit_key(&w, VK_ESC);
	unit_type(&w, "/heap\n\n"); /* has no file to copy from */
	unit_assert_shows(&w, "after a fork()");
	unit_world_done(&w);
	free(text);
}

static void the_baseline_is_compared_with(void **state)
{
	char *before = three(0x20000, 4), *after = three(0x30000, 16);
	struct unit_world w;

	(void)state;
	start(&w, before);
	unit_tab(&w, SCREEN_CHANGES);
	unit_assert_shows(&w, "Press b");
	unit_type(&w, "b");
	unit_assert_shows(&w, "Nothing has changed");
	w.text = after;
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "Nothing has changed");
	unit_assert_shows(&w, "+12K");
	unit_type(&w, "1");
	unit_assert_shows(&w, "+Rss");
	unit_type(&w, "B");
	unit_assert_hides(&w, "+Rss");
	unit_world_done(&w);
	free(before);
	free(after);
}

/* What was being read when b was pressed was to be compared with another one, or with none. */
static void a_new_baseline_counts_for_what_comes_next(void **state)
{
	char *old = three(0x20000, 4), *new = three(0x20000, 16), *last = three(0x20000, 28);
	struct unit_world w;
	struct job job;

	(void)state;
	start(&w, old);
	unit_type(&w, "b");
	w.text = new;
	unit_wait(&w, 1000);
	w.text = last;
	assert_true(app_tick(&w.app, w.now += 1000, &job));
	assert_ptr_equal(job.base, w.app.baseline);
	job_run(&job, &w.world);
	unit_type(&w, "b");
	assert_null(w.app.picture->base);
	app_take(&w.app, &job);
	job_done(&job);
	assert_ptr_equal(w.app.picture->base, w.app.baseline);
	unit_assert_shows(&w, "28K    +12K");
	unit_type(&w, "B");
	assert_null(w.app.picture->base);
	unit_world_done(&w);
	free(old);
	free(new);
	free(last);
}

static void memory_is_only_fetched_on_request(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "j\n");
	unit_assert_shows(&w, "Hello world!");
	assert_true(w.peeked > 0);
	assert_int_equal(w.fetched, 0);
	for (int i = 0; i < 99 && !unit_shows(&w, "not in memory"); i++)
		unit_type(&w, "]"); /* to the next page, which is not there */
	unit_assert_shows(&w, "000000021000 not in memory");
	unit_type(&w, "f");
	unit_assert_hides(&w, "not in memory");
	assert_true(w.fetched > 0);
	unit_type(&w, "J"); /* another region begins without */
	w.fetched = 0;
	unit_wait(&w, 1000);
	unit_draw(&w);
	assert_int_equal(w.fetched, 0);
	unit_world_done(&w);
	free(text);
}

/* Is the byte at @address on the screen, and marked? */
static bool is_marked(struct unit_world *w, uint64_t address)
{
	char line[16];
	bool marked = false;

	unit_draw(w);
	snprintf(line, sizeof(line), "%012llx ", (unsigned long long)(address & ~15ULL));
	unit_assert_shows(w, line);
	for (int i = 0; i < w->surface.width * w->surface.height; i++)
		marked |= (w->surface.cells[i].pen & PEN_REVERSE) != 0;
	return marked;
}

static void an_address_is_brought_into_view_of_its_memory(void **state)
{
	static const int sizes[][2] = { { 80, 24 }, { 100, 60 }, { 80, 10 }, { 80, 5 } };
	char *text = three(0x20000, 4);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
		struct unit_world w;

		unit_world_init(&w, text, "4242", sizes[i][0], sizes[i][1], false);
		unit_wait(&w, 0);
		unit_type(&w, "@22345\n\n"); /* before its details are open */
		unit_assert_on(&w, SCREEN_DETAILS);
		assert_true(is_marked(&w, 0x22345));
		unit_type(&w, "@20018\n"); /* there */
		assert_true(is_marked(&w, 0x20018));
		unit_type(&w, "@900007\n"); /* in another region */
		assert_true(is_marked(&w, 0x900007));
		unit_type(&w, "J@21234\n"); /* of which nothing is in memory */
		unit_assert_shows(&w, "000000021230 not in memory");
		unit_wait(&w, 1000);
		unit_assert_shows(&w, "000000021230 not in memory");
		unit_type(&w, "xx@22ffe\n"); /* where no memory was shown */
		assert_true(is_marked(&w, 0x22ffe));
		unit_world_done(&w);
	}
	free(text);
}

/* Where memory is all that is shown, it is what the keys move. */
static void keys_move_the_memory_that_fills_the_screen(void **state)
{
	char *text = three(0x20000, 4);
	const struct hex *hex;
	struct unit_world w;
	uint64_t rows;

	(void)state;
	start(&w, text); /* pages 0 and 2 can be read, 1 and 3 are a line each */
	hex = &w.app.details.hex;
	unit_type(&w, "j\nx");
	unit_draw(&w);
	rows = w.app.details.bytes.page;
	unit_key(&w, VK_DOWN);
	assert_int_equal(hex->first, 0x20010);
	unit_key(&w, VK_UP);
	assert_int_equal(hex->first, 0x20000);
	unit_key(&w, VK_PAGE_DOWN);
	assert_int_equal(hex->first, 0x20000 + 16 * rows);
	unit_assert_shows(&w, "Hello world!");
	unit_key(&w, VK_WHEEL_UP);
	assert_int_equal(hex->first, 0x20000 + 16 * (rows - 3));
	unit_key(&w, VK_HOME);
	assert_int_equal(hex->first, 0x20000);
	unit_key(&w, VK_END); /* the last line is the last */
	assert_int_equal(hex->first, 0x24000 - 16 * rows);
	unit_type(&w, "@21000\n");
	unit_draw(&w);
	unit_type(&w, "j"); /* a page that is one line */
	assert_int_equal(hex->first, 0x22000);
	unit_draw(&w);
	unit_type(&w, "k");
	unit_draw(&w);
	unit_type(&w, "k");
	assert_int_equal(hex->first, 0x21000);
	unit_type(&w, "k");
	assert_int_equal(hex->first, 0x20ff0);
	unit_type(&w, "x"); /* hidden: the text again */
	unit_draw(&w);
	unit_type(&w, "j");
	assert_int_equal(hex->first, 0x20ff0);
	assert_int_equal(unit_list(&w)->cursor, 1);
	unit_world_done(&w);
	free(text);
}

/* Keys come faster than memory: a page that is not yet read is no single line. */
static void memory_is_not_jumped_over_while_it_is_read(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "j\nx");
	unit_draw(&w);
	for (int i = 0; i < 3; i++) {
		app_key(&w.app, &(struct key){ i == 1 ? ']' : VK_DOWN, 0, 0 });
		app_draw(&w.app, &w.surface);
	}
	assert_int_equal(w.app.details.hex.first, 0x20000 + 16 * (2 + w.app.details.bytes.page));
	unit_world_done(&w);
	free(text);
}

enum { FIRST_NEEDLE = 0x21ffd, LAST_NEEDLE = 0x3fe000 };

/* "Needle" twice, once across pages, the rest zeros; page 0x30 is not there. */
static int peek_needles(void *data, struct vmv_peek *pieces, size_t n, struct vmv_error *err)
{
	static const char needle[] = "Needle";
	struct unit_world *w = data;

	(void)err;
	for (size_t p = 0; p < n; p++) {
		struct vmv_peek *piece = &pieces[p];
		unsigned char *bytes = piece->to;

		piece->page = piece->address >> 12 == 0x30 ? VMV_PAGE_ABSENT : VMV_PAGE_READ;
		w->fetched += piece->fetch;
		for (size_t i = 0; i < piece->size && piece->page == VMV_PAGE_READ; i++) {
			uint64_t from =
				piece->address + i < LAST_NEEDLE ? FIRST_NEEDLE : LAST_NEEDLE;
			uint64_t at = piece->address + i - from;

			bytes[i] = at < 6 ? (unsigned char)needle[at] : 0;
		}
	}
	return 0;
}

static void search_all(struct unit_world *w, const char *keys)
{
	unit_type(w, keys);
	while (unit_look(w))
		;
	unit_draw(w);
}

/* Where the memory fills the screen, / searches that, as far as it is there. */
static void the_memory_is_searched(void **state)
{
	struct unit_text t = { 0 };
	const struct hex *hex;
	struct unit_world w;

	(void)state;
	unit_region(&t, 0x20000, 1024, "rw-p", "", 8);
	start(&w, t.text);
	w.world.memory.peek = peek_needles;
	hex = &w.app.details.hex;
	unit_type(&w, "\nx");
	unit_draw(&w);
	search_all(&w, "/needle"); /* in any case, across pages */
	assert_int_equal(w.app.details.seek.hit, FIRST_NEEDLE);
	assert_int_equal(hex->first, FIRST_NEEDLE & ~15);
	unit_assert_hides(&w, "not found");
	search_all(&w, "x");
	unit_assert_shows(&w, "not found");
	unit_key(&w, VK_BACKSPACE);
	search_all(&w, "\n");
	assert_int_equal(w.app.details.seek.hit, FIRST_NEEDLE);
	search_all(&w, "n"); /* megabytes further */
	assert_int_equal(w.app.details.seek.hit, LAST_NEEDLE);
	unit_assert_shows(&w, "Needle");
	search_all(&w, "n"); /* round */
	assert_int_equal(w.app.details.seek.hit, FIRST_NEEDLE);
	search_all(&w, "N");
	assert_int_equal(w.app.details.seek.hit, LAST_NEEDLE);
	search_all(&w, "N");
	assert_int_equal(w.app.details.seek.hit, FIRST_NEEDLE);
	assert_int_equal(w.fetched, 0);
	search_all(&w, "/nowhere");
	unit_assert_shows(&w, "not found");
	unit_key(&w, VK_ESC);
	assert_int_equal(hex->first, FIRST_NEEDLE & ~15);
	unit_world_done(&w);
	free(t.text);
}

/* Beside the text, it is searched for what that does not have; none, where there is none. */
static void text_and_memory_are_searched(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "j\n");
	search_all(&w, "/hello\n");
	assert_int_equal(w.app.details.seek.hit, 0x20000 + (13 - 0x20000 % 13) % 13);
	surface_resize(&w.surface, 80, 9); /* where no memory was shown, it is now */
	app_resize(&w.app, 80, 9);
	unit_assert_shows(&w, "Hello");
	search_all(&w, "/swap\n"); /* a counter */
	assert_int_equal(w.app.details.seek.hit, VMV_UNKNOWN);
	assert_true(w.app.details.list.top > 0);
	w.live = false;
	search_all(&w, "/hello");
	unit_assert_shows(&w, "not found; a saved map has no memory");
	unit_world_done(&w);
	free(text);
}

/* A search ends with its screen, and one that goes on does not hold up the other keys. */
static void a_long_search_is_left(void **state)
{
	struct unit_text t = { 0 };
	struct unit_world w;

	(void)state;
	unit_region(&t, 0x20000, 1024, "rw-p", "", 8);
	unit_region(&t, 0x900000, 4, "rw-p", "", 16);
	start(&w, t.text);
	w.world.memory.peek = peek_needles;
	unit_type(&w, "\nx");
	unit_draw(&w);
	unit_type(&w, "/nothing");
	app_key(&w.app, &(struct key){ VK_ENTER, 0, 0 });
	assert_true(unit_look(&w));
	unit_assert_shows(&w, "searching: ");
	app_key(&w.app, &(struct key){ 'J', 0, 0 });
	app_draw(&w.app, &w.surface);
	assert_true(unit_look(&w)); /* what is shown */
	assert_false(unit_look(&w));
	assert_false(w.app.details.seek.on);
	unit_world_done(&w);
	free(t.text);
}

/* Reading it may hang: keys and pictures go on, and what comes late is not taken for something
 * else. */
static void memory_is_not_waited_for(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;
	struct job job;

	(void)state;
	start(&w, text);
	app_key(&w.app, &(struct key){ VK_ENTER, 0, 0 });
	app_draw(&w.app, &w.surface);
	assert_true(app_look(&w.app, &job));
	assert_int_equal(w.peeked, 0);
	unit_assert_shows(&w, "000000010000 reading");
	unit_wait(&w, 1000);
	unit_key(&w, 'J');
	unit_assert_shows(&w, "000000020000 reading");
	assert_false(app_look(&w.app, &(struct job){ 0 })); /* one at a time */

	job_run(&job, &w.world);
	app_take(&w.app, &job);
	job_done(&job);
	app_draw(&w.app, &w.surface);
	assert_int_equal(w.app.details.hex.pages[0], VMV_PAGE_ASKED);
	assert_true(app_look(&w.app, &job));
	job_run(&job, &w.world);
	app_take(&w.app, &job);
	job_done(&job);
	unit_assert_shows(&w, "Hello world!");

	/* Once known, it is shown until there is something newer. */
	w.app.details.read = false;
	app_draw(&w.app, &w.surface);
	assert_true(app_look(&w.app, &job));
	unit_assert_shows(&w, "Hello world!");

	/* Of another process, it is nothing to show. */
	app_show_target(&w.app, "77");
	unit_wait(&w, 0);
	unit_type(&w, "j\n");
	unit_assert_shows(&w, "000000020000 reading");
	job_run(&job, &w.world);
	app_take(&w.app, &job);
	job_done(&job);
	assert_int_equal(w.app.details.hex.pages[0], VMV_PAGE_ASKED);
	unit_assert_shows(&w, "Hello world!");
	unit_world_done(&w);
	free(text);
}

static void snapshots_are_written(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "w\n");
	assert_string_equal(w.saved, "vmapview-4242.json");
	unit_type(&w, "w"); /* and -2 is there, too */
	assert_string_equal(w.app.prompt.text, "vmapview-4242-3.json");
	unit_key(&w, CTRL('U'));
	unit_type(&w, "/there/already\n");
	unit_assert_shows(&w, "cannot create /there/already: File exists");
	unit_world_done(&w);
	free(text);
}

static void a_name_that_failed_can_be_changed(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "w");
	unit_key(&w, CTRL('U'));
	unit_type(&w, "/a/long/name\n");
	assert_string_equal(w.app.prompt.text, "/a/long/name");
	unit_assert_shows(&w, "Write snapshot to: /a/long/name");
	unit_assert_shows(&w, "cannot create /a/long/name");
	unit_key(&w, VK_HOME);
	unit_type(&w, ".");
	unit_assert_hides(&w, "cannot create");
	w.disk_full = true;
	unit_key(&w, VK_ENTER);
	unit_assert_shows(&w, "cannot write ./a/long/name");
	w.disk_full = false;
	unit_key(&w, VK_ENTER); /* the same again, now that there is room */
	assert_string_equal(w.saved, "./a/long/name");
	unit_assert_shows(&w, "snapshot written to ./a/long/name");
	assert_null(w.app.prompt.label);
	unit_world_done(&w);
	free(text);
}

static void a_process_is_chosen(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, NULL, 80, 24, false);
	unit_assert_shows(&w, "reading");
	unit_wait(&w, 0);
	unit_assert_shows(&w, "4 of 4, by Rss");
	unit_assert_shows(&w, "evil\\033]0;name");
	unit_draw(&w);
	assert_int_equal(sheet_key(unit_sheet(&w), 0), 4242);
	assert_int_equal(sheet_key(unit_sheet(&w), 3), 77);
	unit_type(&w, "p");
	assert_true(unit_wait(&w, 0));
	unit_assert_shows(&w, "2.5M");
	unit_type(&w, "/gram");
	unit_assert_shows(&w, "1 of 4");
	unit_key(&w, VK_ENTER);
	unit_assert_on(&w, SCREEN_REGIONS);
	assert_string_equal(w.app.target, "4242");
	assert_true(unit_wait(&w, 0));
	unit_assert_shows(&w, "4242 ./program");
	unit_type(&w, "P");
	unit_assert_on(&w, SCREEN_PICKER);
	assert_true(unit_wait(&w, 0));
	/* One that ends before it was read: choose another. */
	unit_type(&w, "G\n");
	w.rc = -ESRCH;
	w.nameless = true;
	w.text = "";
	assert_true(unit_wait(&w, 0));
	unit_assert_on(&w, SCREEN_PICKER);
	unit_assert_shows(&w, "No such process");
	assert_false(w.app.hopeless);
	w.rc = 0;
	w.nameless = false;
	w.text = text;
	unit_wait(&w, 2000);
	unit_key(&w, VK_ENTER);
	assert_true(unit_wait(&w, 0));
	unit_type(&w, "P");
	assert_true(unit_wait(&w, 0));
	unit_type(&w, "q");
	unit_assert_on(&w, SCREEN_REGIONS);
	unit_type(&w, "q");
	assert_true(w.app.quit);
	unit_world_done(&w);
	free(text);
}

/* ---- reduced worlds ---- */

static void an_ended_process_leaves_its_last_picture(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	w.text = "";
	w.rc = -ESRCH;
	w.nameless = true;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "The process has ended");
	unit_assert_shows(&w, "ended");
	unit_assert_shows(&w, "000000020000");
	assert_int_equal(app_timeout(&w.app, w.now), -1);
	unit_type(&w, "jj\n");
	unit_assert_shows(&w, "Counters");
	assert_false(w.app.hopeless);
	unit_world_done(&w);
	free(text);
}

static void an_incomplete_picture_is_marked(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 6, false); /* without room for the reason */
	w.torn = true;
	w.rc = -EINVAL;
	unit_wait(&w, 0);
	unit_assert_shows(&w, "every 1s, incomplete");
	w.text = "";
	w.rc = -ESRCH;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "ended, incomplete");
	unit_world_done(&w);
	unit_world_init(&w, text, "4242", 80, 6, false);
	w.torn = true;
	w.live = false;
	unit_wait(&w, 0);
	unit_assert_shows(&w, "saved, incomplete");
	unit_world_done(&w);
	free(text);
}

/* The same process, but all its memory is new. */
static void another_program_is_announced(void **state)
{
	static const char said[] = "has executed another program: ./program --with arguments";
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	w.vdso = 0x10400; /* was not known before: no exec */
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "has executed");
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "has executed");
	w.vdso = 0x20400;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, said);
	unit_key(&w, 'j');
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "has executed"); /* once */
	assert_false(w.app.gone);
	unit_world_done(&w);
	free(text);
}

static void another_process_with_the_number_is_not_shown(void **state)
{
	char *text = three(0x20000, 4), *other = three(0x40000, 4);
	struct unit_world w;

	(void)state;
	start(&w, text);
	w.text = other;
	w.start_ticks = 6;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "The process has ended");
	unit_assert_shows(&w, "000000020000");
	unit_world_done(&w);
	free(text);
	free(other);
}

static void an_unknown_process_ends_the_view(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "", "1", 80, 24, false);
	w.rc = -ESRCH;
	w.nameless = true;
	unit_wait(&w, 0);
	assert_true(w.app.hopeless);
	assert_int_equal(w.app.failed.code, ESRCH);
	unit_draw(&w);
	unit_world_done(&w);
}

static void denied_counters_are_explained(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "1000-2000 rw-p 00000000 00:00 0 [heap]\n", "4242", 100, 24, false);
	w.rc = -EACCES;
	unit_wait(&w, 0);
	unit_assert_shows(&w, "cannot read smaps: Permission denied: run as its user or as root");
	unit_assert_shows(&w, "Rss -");
	unit_assert_shows(&w, "000000001000");
	unit_type(&w, "\n");
	unit_assert_shows(&w, "not known: the target has no smaps");
	unit_world_done(&w);
}

static void those_without_memory_are_explained(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "", "2", 80, 24, false);
	unit_wait(&w, 0);
	unit_assert_shows(&w, "A kernel thread");
	for (int id = 0; id < SCREEN_TABS; id++) {
		unit_tab(&w, (enum screen_id)id);
		unit_type(&w, "\nG\n/x\n@5\n");
	}
	unit_world_done(&w);
	unit_world_init(&w, "", "2", 80, 24, false);
	w.state = 'Z';
	unit_wait(&w, 0);
	unit_assert_shows(&w, "A zombie");
	unit_world_done(&w);
}

static void saved_maps_do_not_move(void **state)
{
	char *text = three(0x20000, 4);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "saved.txt", 80, 24, false);
	w.live = false;
	unit_wait(&w, 0);
	unit_assert_shows(&w, "saved");
	unit_assert_hides(&w, "Faults");
	assert_int_equal(app_timeout(&w.app, w.now), -1);
	unit_type(&w, " ");
	unit_assert_shows(&w, "does not change");
	unit_type(&w, "\n");
	unit_assert_shows(&w, "a saved map has no memory to look at");
	assert_int_equal(w.peeked, 0);
	unit_world_done(&w);
	free(text);
}

/* What 500 pictures leave behind must be what a few leave; ASan, which has its own malloc, finds
 * what nobody knows of any more. */
/* ---- filters that take their time ---- */

/* As unit_type(), but with no time between the keys. */
static void type_fast(struct unit_world *w, const char *text)
{
	for (; *text; text++)
		app_key(&w->app, &(struct key){ (unsigned char)*text, 0, 0 });
}

static void filtering_is_done_between_keys(void **state)
{
	char *text = unit_smaps(200);
	struct unit_world w;

	(void)state;
	start(&w, text);
	type_fast(&w, "\\perms = r-xp");
	unit_assert_shows(&w, "filtering: 0 % 1/200");
	assert_int_equal(app_timeout(&w.app, w.now), 0);
	assert_true(app_work(&w.app, w.now));
	unit_assert_shows(&w, "filtering: 2 % 1/200");
	unit_key(&w, VK_ENTER);
	unit_assert_shows(&w, "filter: perms = r-xp 1/34");
	assert_false(app_work(&w.app, w.now));

	/* Another one takes the place of one at work; Esc that of any. */
	type_fast(&w, "\\ or perms = rwxp");
	type_fast(&w, " or perms = rw-s");
	unit_work(&w);
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 66);
	type_fast(&w, " or perms = ---p");
	app_key(&w.app, &(struct key){ VK_ESC, 0, 0 });
	unit_assert_shows(&w, "/200");
	unit_assert_hides(&w, "filter");
	unit_world_done(&w);
	free(text);
}

static void a_picture_waits_for_the_filter(void **state)
{
	char *old = unit_smaps(100), *new = unit_smaps(130);
	struct unit_world w;
	struct job job;

	(void)state;
	start(&w, old);
	unit_type(&w, "b\\perms = r-xp\n");
	unit_assert_shows(&w, " 1/17");
	w.text = new;
	assert_true(app_tick(&w.app, w.now += 1000, &job));
	job_run(&job, &w.world);
	app_take(&w.app, &job);
	job_done(&job);
	unit_assert_shows(&w, "filtering: 0 % 1/17");
	assert_false(app_tick(&w.app, w.now + 5000, &(struct job){ 0 }));
	assert_true(app_work(&w.app, w.now));
	w.now += 300; /* that long it took */
	unit_work(&w);
	unit_assert_shows(&w, "filter: perms = r-xp 1/22");
	assert_false(unit_wait(&w, 2999));
	assert_true(unit_wait(&w, 1));
	unit_type(&w, "B\\\033");
	unit_assert_shows(&w, "/130");
	unit_world_done(&w);
	free(old);
	free(new);
}

static char *with_a_name(const char *name)
{
	struct unit_text t = { 0 };

	unit_region(&t, 0x10000, 4, "rw-p", "", 8);
	unit_region(&t, 0x20000, 4, "r--p", name, 8);
	return t.text;
}

static void a_filter_that_gets_too_costly_is_given_up(void **state)
{
	char *cheap = with_a_name("/aab");
	char *costly = with_a_name("/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	struct unit_world w;

	(void)state;
	start(&w, cheap);
	unit_type(&w, "b\\path ~ '(a|aa)+[bc]'\n");
	unit_draw(&w);
	assert_int_equal(unit_list(&w)->count, 1);
	w.text = costly;
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "filter removed: the pattern '(a|aa)+[bc]' is too costly");
	assert_int_equal(unit_list(&w)->count, 2);
	assert_null(w.app.filter);

	/* Typed, it is refused, and what was there before stays. */
	unit_type(&w, "\\perms = r--p");
	unit_key(&w, CTRL('A')); /* so that nothing is an expression before all is typed */
	unit_type(&w, "path ~ '(a|aa)+[bc]' and ");
	unit_assert_shows(&w, "is too costly");
	unit_assert_shows(&w, "filter: perms = r--p 1/1");
	unit_key(&w, VK_ENTER);
	assert_non_null(w.app.prompt.label);
	unit_world_done(&w);
	free(cheap);
	free(costly);
}

static void pictures_do_not_pile_up(void **state)
{
	char *a = unit_smaps(100), *b = unit_smaps(90);
	struct unit_world w;
	size_t used = 0;

	(void)state;
	start(&w, a);
	unit_type(&w, "b\\size > 4K\n");
	for (int i = 0; i < 500; i++) {
		if (i == 100)
			used = mallinfo2().uordblks;
		w.text = i % 2 ? a : b;
		unit_tab(&w, (enum screen_id)(i % SCREEN_TABS));
		unit_wait(&w, 1000);
		unit_draw(&w);
	}
	assert_int_equal(w.loads, 501);
	/* What malloc keeps at hand counts as used, and is not always the same. */
	assert_in_range(mallinfo2().uordblks, 0, used + 131072);
	assert_int_equal(w.app.picture->refs, 1);
	assert_int_equal(w.app.baseline->refs, 2); /* the picture is compared with it */
	unit_world_done(&w);
	free(a);
	free(b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pictures_come_at_the_interval),
		cmocka_unit_test(costly_reading_stretches_the_interval),
		cmocka_unit_test(frozen_pictures_stay),
		cmocka_unit_test(faults_are_counted_per_second),
		cmocka_unit_test(selection_follows_its_region),
		cmocka_unit_test(the_limit_of_regions_is_that_of_the_picture),
		cmocka_unit_test(a_process_near_the_limit_of_regions_is_warned_of),
		cmocka_unit_test(selection_stays_near_what_is_gone),
		cmocka_unit_test(changes_are_marked_and_fade),
		cmocka_unit_test(go_to_an_address),
		cmocka_unit_test(filters_work_while_typed),
		cmocka_unit_test(what_is_wrong_with_a_pattern_is_marked),
		cmocka_unit_test(searches_find_and_wrap),
		cmocka_unit_test(the_largest_hole_is_found),
		cmocka_unit_test(classes_lead_to_their_regions_and_back),
		cmocka_unit_test(objects_lead_to_their_regions_and_back),
		cmocka_unit_test(an_edited_filter_is_the_users_own),
		cmocka_unit_test(any_object_can_be_entered),
		cmocka_unit_test(details_say_whose_they_are),
		cmocka_unit_test(objects_open_and_close),
		cmocka_unit_test(details_of_unknown_access),
		cmocka_unit_test(the_baseline_is_compared_with),
		cmocka_unit_test(a_new_baseline_counts_for_what_comes_next),
		cmocka_unit_test(memory_is_only_fetched_on_request),
		cmocka_unit_test(an_address_is_brought_into_view_of_its_memory),
		cmocka_unit_test(keys_move_the_memory_that_fills_the_screen),
		cmocka_unit_test(memory_is_not_jumped_over_while_it_is_read),
		cmocka_unit_test(the_memory_is_searched),
		cmocka_unit_test(text_and_memory_are_searched),
		cmocka_unit_test(a_long_search_is_left),
		cmocka_unit_test(memory_is_not_waited_for),
		cmocka_unit_test(snapshots_are_written),
		cmocka_unit_test(a_name_that_failed_can_be_changed),
		cmocka_unit_test(a_process_is_chosen),
		cmocka_unit_test(an_ended_process_leaves_its_last_picture),
		cmocka_unit_test(an_incomplete_picture_is_marked),
		cmocka_unit_test(another_program_is_announced),
		cmocka_unit_test(another_process_with_the_number_is_not_shown),
		cmocka_unit_test(an_unknown_process_ends_the_view),
		cmocka_unit_test(denied_counters_are_explained),
		cmocka_unit_test(those_without_memory_are_explained),
		cmocka_unit_test(saved_maps_do_not_move),
		cmocka_unit_test(filtering_is_done_between_keys),
		cmocka_unit_test(a_picture_waits_for_the_filter),
		cmocka_unit_test(a_filter_that_gets_too_costly_is_given_up),
		cmocka_unit_test(pictures_do_not_pile_up),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("app", tests, NULL, NULL);
}
