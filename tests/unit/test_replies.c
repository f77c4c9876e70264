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
		{ "p", "this list shows no names" },
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

/* ---- messages, and what is offered ---- */

/* However soon the next picture comes, there is time to read it. */
static void messages_expire(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text);
	unit_type(&w, ">");
	unit_assert_shows(&w, "sorted by Size");
	unit_wait(&w, 1000);
	unit_assert_shows(&w, "sorted by Size");
	unit_wait(&w, 1000);
	unit_assert_hides(&w, "sorted by Size");
	unit_type(&w, ">");
	unit_assert_shows(&w, "sorted by Rss");
	unit_type(&w, "j");
	unit_assert_hides(&w, "sorted by Rss");
	unit_world_done(&w);
	free(text);
}

static void messages_leave_the_keys_room(void **state)
{
	char *text = unit_smaps(30);

	(void)state;
	for (int width = 30; width <= 110; width++) {
		struct unit_world w;

		unit_world_init(&w, text, "4242", width, 24, false);
		unit_wait(&w, 0);
		unit_type(&w, " "); /* no other picture comes */
		unit_assert_shows(&w, "frozen: Space goes on");
		unit_assert_shows(&w, "F1Help");
		unit_type(&w, "b");
		unit_assert_shows(&w, "baseline set: + columns");
		unit_assert_shows(&w, "F1Help");
		unit_type(&w, "Gb"); /* and does not hide the cursor */
		unit_draw(&w);
		assert_true(unit_list(&w)->cursor < unit_list(&w)->top + unit_list(&w)->page);
		unit_world_done(&w);
	}
	free(text);
}

static void a_recording_says_which_look_it_shows(void **state)
{
	static const struct {
		unsigned long look, looks;
		const char *text;
	} cases[] = {
		{ 3, 3, "saved, look 3 of 3, 2026-11-22T20:00:00Z\n" },
		{ 2, 0, "saved, look 2, 2026-11-22T20:00:00Z\n" },
		{ 1, 1, "saved\n" },
		{ 0, 0, "saved\n" },
	};
	char *text = unit_smaps(30);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct unit_world w;

		unit_world_init(&w, text, "record.json", 80, 24, false);
		w.live = false;
		w.look = cases[i].look;
		w.looks = cases[i].looks;
		unit_wait(&w, 0);
		unit_assert_shows(&w, cases[i].text);
		unit_world_done(&w);
	}
	free(text);
}

/* In the bottom line and in the help; the keys themselves say why not. */
static void what_makes_no_sense_is_not_offered(void **state)
{
	static const struct {
		const char *key, *bar, *help, *reply;
	} keys[] = {
		{ "P", "PProcess", "look at another process", "not from the view of a file" },
		{ "w", "wWrite", "write a snapshot", "the view of a file cannot write" },
		{ " ", "SpaceFreeze", "freeze the picture", "does not change" },
		{ "r", "rRead", "a new picture now", "does not change" },
	};
	char *text = unit_smaps(30);

	(void)state;
	for (int file = 0; file < 2; file++)
		for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
			struct unit_world w;

			unit_world_init(&w, text, "4242", 120, 120, false);
			w.live = !file;
			w.world.list = file ? NULL : w.world.list;
			w.world.save = file ? NULL : w.world.save;
			unit_wait(&w, 0);
			if (file)
				unit_assert_hides(&w, keys[i].bar);
			unit_type(&w, "h");
			assert_int_equal(unit_shows(&w, keys[i].help), !file);
			unit_type(&w, "h");
			unit_type(&w, keys[i].key);
			assert_int_equal(unit_shows(&w, keys[i].reply), file);
			unit_world_done(&w);
		}
	free(text);
}

/* The Linux console's fonts have letters, but no eighths of blocks, arrows or ellipses. */
static void a_plain_font_gets_plain_signs(void **state)
{
	char *before = unit_smaps(60), *after = unit_smaps(70);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, before, "4242", 45, 40, false);
	w.surface.plain = true;
	unit_wait(&w, 0);
	w.text = after;
	unit_wait(&w, 1000);
	for (int id = 0; id < SCREEN_TABS; id++) {
		unit_tab(&w, (enum screen_id)id);
		unit_key(&w, VK_ENTER);
		unit_assert_hides(&w, "\xe2"); /* U+2000 and so on */
		unit_key(&w, 'q');
		unit_assert_hides(&w, "\xe2");
	}
	unit_tab(&w, SCREEN_REGIONS);
	unit_assert_shows(&w, "n\303\244me"); /* letters stay */
	unit_world_done(&w);
	free(before);
	free(after);
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
		cmocka_unit_test(messages_expire),
		cmocka_unit_test(messages_leave_the_keys_room),
		cmocka_unit_test(a_recording_says_which_look_it_shows),
		cmocka_unit_test(what_makes_no_sense_is_not_offered),
		cmocka_unit_test(a_plain_font_gets_plain_signs),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("replies", tests, NULL, NULL);
}
