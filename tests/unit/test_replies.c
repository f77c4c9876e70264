/*
 * test_replies.c - what the view tells its user: of errors, of where things are, and of keys that
 * can do nothing (src/tui/app.h)
 */
#include "tui.h"

/* ---- helpers ---- */

static void start(struct unit_world *w, const char *text)
{
	unit_world_init(w, text, "4242", 80, 24, false);
	assert_true(unit_wait(w, 0));
	unit_draw(w);
}

/* ---- prompts and searching ---- */

static void a_search_begins_where_the_user_was(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "jj/lib");
	assert_int_equal(unit_list(&w)->cursor, 4);
	unit_type(&w, "xyz"); /* nowhere: back */
	assert_int_equal(unit_list(&w)->cursor, 2);
	unit_key(&w, CTRL('U'));
	unit_type(&w, "heap");
	assert_int_equal(unit_list(&w)->cursor, 3);
	unit_key(&w, VK_ESC);
	assert_int_equal(unit_list(&w)->cursor, 2);
	unit_type(&w, "/libc\n");
	assert_int_equal(unit_list(&w)->cursor, 4);
	unit_type(&w, "/\n"); /* nothing new: the last one again */
	assert_int_equal(unit_list(&w)->cursor, 5);
	unit_world_done(&w);
	free(text);
}

static void a_search_in_vain_ends_with_enter(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "jj/libxyz\n");
	assert_null(w.app.prompt.label);
	unit_assert_shows(&w, "not found: libxyz");
	assert_int_equal(unit_list(&w)->cursor, 2);
	unit_type(&w, "j");
	assert_int_equal(unit_list(&w)->cursor, 3);
	unit_type(&w, "n");
	unit_assert_shows(&w, "not found: libxyz");
	/* A filter that is wrong has to be mended, though. */
	unit_type(&w, "\\rss > x\n");
	assert_string_equal(w.app.prompt.label, "Filter:");
	unit_world_done(&w);
	free(text);
}

static void what_is_found_in_texts_is_marked(void **state)
{
	static const char *const keys[] = { "\n", "h" };
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		size_t marked = 0;

		start(&w, text);
		unit_type(&w, keys[i]);
		unit_type(&w, "/memory\n");
		unit_draw(&w);
		for (int c = 0; c < w.surface.width * w.surface.height; c++)
			marked += (w.surface.cells[c].pen & PEN_UNDERLINE) != 0;
		if (!marked || marked % 80)
			fail_msg("%s: %zu cells are marked", screen_of(w.app.screen)->title,
				 marked);
		unit_world_done(&w);
	}
	free(text);
}

/* Also when what is found last can't get to the top, as the text ends below it. */
static void searches_in_texts_wrap(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;
	size_t first, hits = 0;

	(void)state;
	start(&w, text);
	unit_type(&w, "h/memory\n");
	unit_draw(&w);
	first = w.app.hit;
	assert_true(first < 5);
	do {
		unit_type(&w, "n");
		unit_draw(&w);
		hits++;
	} while (w.app.hit != first && hits < 100);
	assert_in_range(hits, 5, 50);
	unit_type(&w, "N");
	unit_draw(&w);
	assert_true(w.app.hit > first);
	unit_world_done(&w);
	free(text);
}

/* Whole, and at its place, however long the text is. */
static void a_wrong_filter_is_explained(void **state)
{
	static const char *const right = "perms = rwxp and perms = rwxp and perms = rwxp";
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\\rss > x");
	unit_draw(&w);
	assert_true(*w.app.prompt.error);
	assert_true(surface_at(&w.surface, 14, 23)->pen & PEN_REVERSE);
	assert_false(surface_at(&w.surface, 13, 23)->pen & PEN_REVERSE);
	unit_assert_shows(&w, w.app.prompt.error);
	unit_key(&w, CTRL('U'));
	unit_type(&w, right);
	unit_draw(&w);
	assert_false(*w.app.prompt.error);
	unit_type(&w, " and foolishness = 4");
	unit_assert_shows(&w, w.app.prompt.error);
	assert_true(*w.app.prompt.error);
	unit_world_done(&w);
	free(text);
}

static void the_help_is_whole_in_80_columns(void **state)
{
	char *text = unit_smaps(30), words[600] = "";
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 300, false);
	unit_wait(&w, 0);
	unit_type(&w, "\nh");
	unit_assert_hides(&w, "\u2026");
	unit_assert_shows(&w, "have them\n");
	snprintf(words, sizeof(words), "running over its\n               end stops");
	unit_assert_shows(&w, words);
	unit_world_done(&w);
	free(text);
}

/* ---- what the head says ---- */

static void texts_say_how_much_was_seen(void **state)
{
	char *text = unit_smaps(30), words[64];
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "h");
	snprintf(words, sizeof(words), "Help 19/%zu", w.app.help.count);
	unit_assert_shows(&w, words);
	unit_type(&w, "G");
	snprintf(words, sizeof(words), "Help %zu/%zu", w.app.help.count, w.app.help.count);
	unit_assert_shows(&w, words);
	unit_world_done(&w);
	free(text);
}

static void the_key_of_the_help_is_always_shown(void **state)
{
	char *text = unit_smaps(30);

	(void)state;
	for (int id = 0; id < SCREENS; id++) {
		struct unit_world w;

		if (id == SCREEN_HELP)
			continue;
		unit_world_init(&w, text, "4242", 40, 10, false);
		unit_wait(&w, 0);
		app_open(&w.app, (enum screen_id)id);
		unit_assert_shows(&w, "F1Help");
		unit_world_done(&w);
	}
	free(text);
}

static void the_first_gap_counts(void **state)
{
	char *text = unit_smaps(3);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_tab(&w, SCREEN_SPACE);
	unit_assert_shows(&w, "largest free block 85T");
	unit_tab(&w, SCREEN_REGIONS);
	unit_type(&w, "g\n");
	unit_assert_shows(&w, "85T free, down to address 0");
	unit_world_done(&w);
	free(text);
}

static void a_prompt_goes_with_its_screen(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "", NULL, 80, 24, false);
	unit_wait(&w, 0);
	unit_draw(&w);
	unit_type(&w, "\n/");
	assert_non_null(w.app.prompt.label);
	w.rc = -ESRCH; /* the process ended before it was read */
	w.nameless = true;
	assert_true(unit_wait(&w, 0));
	unit_assert_on(&w, SCREEN_PICKER);
	unit_type(&w, "x");
	unit_draw(&w);
	assert_null(w.app.prompt.label);
	unit_world_done(&w);
}

/* ---- feedback ---- */

/** struct reply - what the view says to @keys */
struct reply {
	const char *keys, *words;
};

static void keys_that_can_do_nothing_say_so(void **state)
{
	static const struct reply replies[] = {
		{ "y", "no such key here: F1" },
		{ "B", "there is no baseline" },
		{ "\nK", "this is the first region" },
		{ "G\nJ", "this is the last region" },
		{ "\n[", "the region begins here" },
		{ "\n]]]]]]]]]]]]]]]]", "the region ends here" },
		{ "\nu", "no such key here: F1" },
		{ "p", "no names are shown here" },
	};
	char *text = unit_smaps(30);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(replies); i++) {
		struct unit_world w;

		start(&w, text);
		if (replies[i].keys[0] == 'p')
			sheet_choose(unit_sheet(&w), "address,rss", NULL);
		unit_type(&w, replies[i].keys);
		unit_assert_shows(&w, replies[i].words);
		unit_world_done(&w);
	}
	free(text);
}

static void without_a_picture_keys_say_so(void **state)
{
	struct unit_world w;

	(void)state;
	for (const char *key = "b w "; *key; key++) {
		unit_world_init(&w, "", "4242", 80, 24, false);
		unit_key(&w, *key);
		unit_assert_shows(&w, "nothing was read yet");
		unit_world_done(&w);
	}
}

static void saved_maps_are_read_once(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "saved.txt", 80, 24, false);
	w.live = false;
	assert_true(unit_wait(&w, 0));
	unit_key(&w, 'r');
	unit_assert_shows(&w, "does not change");
	assert_false(unit_wait(&w, 5000));
	unit_world_done(&w);
	free(text);
}

static int list_nothing(void *data, bool measure, struct vmv_processes *list, struct vmv_error *err)
{
	(void)data;
	(void)measure;
	(void)list;
	return vmv_fail(err, EPERM, "there are no processes here");
}

static void the_picker_says_why_it_is_empty(void **state)
{
	struct unit_world w;

	(void)state;
	unit_world_init(&w, "", NULL, 80, 24, false);
	w.world.list = list_nothing;
	unit_wait(&w, 0);
	unit_key(&w, 'j');
	unit_assert_shows(&w, "there are no processes here");
	unit_assert_hides(&w, "reading");
	w.world.list = unit_processes;
	unit_wait(&w, 2000);
	unit_assert_hides(&w, "there are no");
	unit_type(&w, "/no such");
	unit_assert_shows(&w, "no process matches");
	unit_world_done(&w);
}

static void numbers_lead_out_of_details(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, "\n");
	unit_tab(&w, SCREEN_CLASSES);
	unit_assert_on(&w, SCREEN_CLASSES);
	unit_type(&w, "q");
	assert_true(w.app.quit);
	unit_world_done(&w);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_search_begins_where_the_user_was),
		cmocka_unit_test(a_search_in_vain_ends_with_enter),
		cmocka_unit_test(what_is_found_in_texts_is_marked),
		cmocka_unit_test(searches_in_texts_wrap),
		cmocka_unit_test(a_wrong_filter_is_explained),
		cmocka_unit_test(the_help_is_whole_in_80_columns),
		cmocka_unit_test(texts_say_how_much_was_seen),
		cmocka_unit_test(the_key_of_the_help_is_always_shown),
		cmocka_unit_test(the_first_gap_counts),
		cmocka_unit_test(a_prompt_goes_with_its_screen),
		cmocka_unit_test(keys_that_can_do_nothing_say_so),
		cmocka_unit_test(without_a_picture_keys_say_so),
		cmocka_unit_test(saved_maps_are_read_once),
		cmocka_unit_test(the_picker_says_why_it_is_empty),
		cmocka_unit_test(numbers_lead_out_of_details),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
