/*
 * test_looks.c - what leads the eye: the bottom line, the selected line, colours and their legend
 */
#include "tui.h"

#include "theme.h"
#include "vmapview/color.h"

/* ---- helpers ---- */

static void start(struct unit_world *w, const char *text, int width, int height)
{
	unit_world_init(w, text, "4242", width, height, false);
	assert_true(unit_wait(w, 0));
	unit_draw(w);
}

/* A line of the screen; free() it. */
static char *line_at(struct unit_world *w, int y)
{
	char *dump, *line;

	unit_draw(w);
	dump = line = surface_dump(&w->surface);
	while (y--)
		line = strchr(line, '\n') + 1;
	line = strndup(line, strcspn(line, "\n"));
	assert_non_null(line);
	free(dump);
	return line;
}

/* ---- the bottom line ---- */

/* As it is written there: "F1Help". */
static bool in_bar(const char *bar, const struct binding *b)
{
	char *key = NULL;
	bool found;

	assert_true(asprintf(&key, " %.*s%s ", (int)strcspn(b->names, " "), b->names, b->bar) > 0);
	found = strstr(bar, key) != NULL;
	free(key);
	return found;
}

static char *bar_of(struct unit_world *w)
{
	char *line = line_at(w, w->surface.height - 1), *bar = NULL;

	assert_true(asprintf(&bar, " %s ", line) > 0);
	free(line);
	return bar;
}

static void keys_are_in_the_bottom_line_where_there_is_room(void **state)
{
	static const struct {
		enum screen_id screen;
		const char *keys;
	} wanted[] = {
		{ SCREEN_REGIONS, "b@owpI<" }, { SCREEN_OBJECTS, "b@owI<" },
		{ SCREEN_CLASSES, "b@owI<" },  { SCREEN_SPACE, "b@w" },
		{ SCREEN_CHANGES, "b@owI<" },  { SCREEN_DETAILS, "JKb@w" },
		{ SCREEN_PICKER, "I<" },
	};
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text, 200, 60);
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		char *bar;

		app_open(&w.app, wanted[i].screen);
		bar = bar_of(&w);
		for (const char *key = wanted[i].keys; *key; key++) {
			const struct screen *screen = screen_of(wanted[i].screen);

			if (!in_bar(bar, screen_binding(screen, *key)))
				fail_msg("%s: no %c in '%s'", screen->title, *key, bar);
		}
		free(bar);
	}
	unit_world_done(&w);
	free(text);
}

/* Each key with a word for the line either is in it or does not fit into what is left of it; those
 * of the first two ranks always fit. */
static void check_bar(struct unit_world *w, const struct screen *screen)
{
	char *bar = bar_of(w);
	int room = w->surface.width - (int)strlen(bar) + 2;

	for (size_t m = 0; screen->maps[m]; m++)
		for (size_t i = 0; i < screen->maps[m]->count; i++) {
			const struct binding *b = &screen->maps[m]->bindings[i];
			int width;

			assert_true(b->bar || !b->rank);
			assert_true(b->rank <= BAR_RANKS);
			if (!b->bar || in_bar(bar, b))
				continue;
			width = (int)(strcspn(b->names, " ") + strlen(b->bar));
			if (width + (room < w->surface.width) <= room || b->rank <= 1)
				fail_msg("%s, %d: %s would fit: '%s'", screen->title,
					 w->surface.width, b->names, bar);
		}
	free(bar);
}

static void the_bottom_line_has_as_many_keys_as_fit(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	start(&w, text, 80, 24);
	for (int id = 0; id < SCREENS; id++) {
		app_open(&w.app, (enum screen_id)id);
		for (int width = 20; width < 220; width++) {
			surface_resize(&w.surface, width, 24);
			app_resize(&w.app, width, 24);
			check_bar(&w, screen_of(w.app.screen));
		}
		app_back(&w.app);
	}
	unit_world_done(&w);
	free(text);
}

/* ---- small screens ---- */

/* A file with @rss kB in memory, behind one with nothing. */
static char *two_files(unsigned rss)
{
	struct unit_text t = { 0 };

	unit_region(&t, 0x555500000000, 4, "r--p", "/a/file", rss);
	unit_region(&t, 0x555600000000, 4, "r--p", "/b/file", 0);
	return t.text;
}

static void the_smallest_screen_has_a_number_in_each_line(void **state)
{
	static const struct {
		enum screen_id screen;
		const char *line;
	} wanted[] = {
		{ SCREEN_REGIONS, "  12K     +8K file" }, { SCREEN_OBJECTS, "  12K     +8K " },
		{ SCREEN_CLASSES, "  file    12K" },      { SCREEN_SPACE, "555500000000   16K" },
		{ SCREEN_CHANGES, "    +8K file" },       { SCREEN_PICKER, "  4242  5.0M ./prog" },
	};
	char *before = two_files(4), *after = two_files(12);
	struct unit_world w;

	(void)state;
	start(&w, before, 20, 5);
	unit_type(&w, "b");
	w.text = after;
	unit_wait(&w, 1000);
	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		app_open(&w.app, wanted[i].screen);
		unit_wait(&w, 2000);
		unit_assert_shows(&w, wanted[i].line);
		app_back(&w.app);
	}
	unit_world_done(&w);
	free(before);
	free(after);
}

/* ---- the selected line ---- */

/* Row @i of the open list is of one pen from end to end, and no other row is. */
static void check_selected(struct unit_world *w, int y)
{
	const struct surface *s = &w->surface;

	unit_draw(w);
	for (int x = 0; x < s->width; x++) {
		unsigned look = surface_at(s, x, y)->pen & PEN_LOOK;
		wchar_t ch = surface_at(s, x, y)->ch;

		assert_int_equal(look, LOOK_SELECTED);
		assert_int_equal(surface_at(s, x, y)->pen, surface_at(s, 0, y)->pen);
		assert_false(ch >= L'\u2588' && ch <= L'\u258f'); /* reversed, a block is a hole */
	}
	for (int line = 0; line < s->height; line++)
		assert_true(line == y || surface_at(s, 0, line)->pen != LOOK_SELECTED);
}

static void the_selected_line_is_one_bar(void **state)
{
	static const enum screen_id screens[] = { SCREEN_REGIONS, SCREEN_OBJECTS, SCREEN_CLASSES,
						  SCREEN_SPACE,   SCREEN_CHANGES, SCREEN_COLUMNS,
						  SCREEN_PICKER };
	char *before = unit_smaps(30), *after = unit_smaps(33);
	struct unit_world w;

	(void)state;
	start(&w, before, 100, 30);
	unit_type(&w, "b");
	w.text = after;
	unit_wait(&w, 1000);
	for (size_t i = 0; i < ARRAY_SIZE(screens); i++) {
		app_open(&w.app, screens[i]);
		unit_wait(&w, 2000);
		unit_draw(&w);
		for (int k = 0; k < 3; k++, unit_key(&w, 'j')) {
			const struct list *l = unit_list(&w);

			unit_draw(&w);
			check_selected(&w, l->first_y + (int)(l->cursor - l->top));
		}
		app_back(&w.app);
	}
	unit_world_done(&w);
	free(before);
	free(after);
}

/* The largest class is selected: its bar is as long as the line of its screen allows. */
static void a_selected_bar_is_seen(void **state)
{
	char *text = unit_smaps(30), *line;
	struct unit_world w;
	size_t shades = 0;

	(void)state;
	start(&w, text, 100, 30);
	unit_tab(&w, SCREEN_CLASSES);
	unit_key(&w, 'g');
	unit_draw(&w);
	line = line_at(&w, unit_list(&w)->first_y);
	for (const char *s = line; (s = strstr(s, "\u2592")); s++)
		shades++;
	assert_true(shades > 40);
	free(line);
	unit_world_done(&w);
	free(text);
}

/* ---- colours ---- */

static void no_colour_has_two_meanings(void **state)
{
	unsigned char seen[16] = { 0 };

	(void)state;
	for (int look = 0; look < LOOKS; look++) {
		const struct style *style = theme_style((enum look)look);

		if (look == LOOK_BANNER) { /* red asks for a look, wherever it is */
			assert_int_equal(style->back,
					 theme_style((enum look)VMV_ROLE_ALARM)->color);
			continue;
		}
		assert_int_equal(style->back, COLOR_OWN);
		assert_true(look < VMV_ROLES || style->color == COLOR_OWN);
		if (style->color != COLOR_OWN)
			assert_false(seen[style->color]++);
		if (look >= VMV_ROLES) /* and is as it is without any */
			assert_int_equal(style->attrs, style->plain);
	}
}

/* What tables and pmap's text are coloured by is what the view has. */
static void tables_have_the_colours_of_the_view(void **state)
{
	(void)state;
	for (int role = 0; role < VMV_ROLES; role++) {
		const struct style *style = theme_style((enum look)role);
		char sgr[16] = "";

		if (style->attrs & PEN_BOLD)
			strcat(sgr, "1;");
		if (style->attrs & PEN_DIM)
			strcat(sgr, "2;");
		if (style->color != COLOR_OWN)
			sprintf(sgr + strlen(sgr), "3%d;", style->color);
		if (*sgr)
			sgr[strlen(sgr) - 1] = '\0';
		assert_string_equal(vmv_role_sgr((enum vmv_role)role), sgr);
	}
}

/* Without colours, a heading is not like the selected line below it. */
static void headings_and_the_selected_line_differ(void **state)
{
	static const enum look headings[] = { LOOK_HEADING, LOOK_SORTED };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(headings); i++) {
		assert_false(theme_style(headings[i])->plain & PEN_REVERSE);
		assert_true(theme_style(headings[i])->plain & PEN_UNDERLINE);
	}
	assert_true(theme_style(LOOK_SELECTED)->plain & PEN_REVERSE);
}

/* Each word of the dump that names a class is of the look of its role; returns how many there were.
 */
static size_t check_words(const struct surface *s, int y, const char *line)
{
	size_t found = 0;

	for (size_t c = 0; c < vmv_nclasses; c++) {
		char word[32];

		snprintf(word, sizeof(word), " %s ", vmv_classes[c].name);
		for (const char *at = line; (at = strstr(at, word)); at++) {
			int x = (int)(at - line) + 1;
			unsigned look = surface_at(s, x, y)->pen & PEN_LOOK;

			found++;
			if (look != LOOK_SELECTED && look != vmv_classes[c].role)
				fail_msg("%s has look %u in '%s'", vmv_classes[c].name, look, line);
		}
	}
	return found;
}

static void a_class_has_one_colour_everywhere(void **state)
{
	static const struct {
		enum screen_id screen;
		const char *keys;
	} views[] = { { SCREEN_REGIONS, "" },  { SCREEN_OBJECTS, "" }, { SCREEN_OBJECTS, "j\n" },
		      { SCREEN_CLASSES, "" },  { SCREEN_SPACE, "" },   { SCREEN_CHANGES, "" },
		      { SCREEN_REGIONS, "\n" } };
	char *before = unit_smaps(30), *after = unit_smaps(33);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, before, "4242", 120, 50, true);
	unit_wait(&w, 0);
	unit_type(&w, "b");
	w.text = after;
	unit_wait(&w, 1000);
	for (size_t i = 0; i < ARRAY_SIZE(views); i++) {
		size_t found = 0;

		unit_tab(&w, views[i].screen);
		unit_type(&w, views[i].keys);
		for (int y = 3; y < w.surface.height - 4; y++) { /* not where one is explained */
			char *line = line_at(&w, y);
			bool prose = w.app.screen == SCREEN_DETAILS && !strstr(line, "at once");

			found += prose ? 0 : check_words(&w.surface, y, line);
			free(line);
		}
		assert_true(found > 0);
	}
	unit_world_done(&w);
	free(before);
	free(after);
}

/* ---- the legend ---- */

/* A line of the help begins with the sign, in its look, and goes on with its meaning. */
static void check_sign(struct unit_world *w, const struct sign *sign)
{
	const char *text = w->app.ascii ? sign->ascii : sign->text;
	bool found = false;

	for (int y = 0; y < w->surface.height; y++) {
		char *line = line_at(w, y);
		size_t len = strlen(text);

		if (*line && !strncmp(line + 1, text, len) && line[len + 1] == ' ' &&
		    strstr(line, sign->help)) {
			found = true;
			assert_int_equal(surface_at(&w->surface, 1, y)->pen, sign->look);
		}
		free(line);
	}
	if (!found)
		fail_msg("the help does not say what %s is: %s", text, sign->help);
}

static void the_help_explains_marks_and_colours(void **state)
{
	static const struct sign numbers[] = { { ".", ".", LOOK_DIM, "nothing" },
					       { "-", "-", LOOK_DIM, "not known" },
					       { .text = NULL } };
	const struct sign *const legends[] = { mark_signs + 1, sheet_handles, theme_signs,
					       numbers };
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	for (int ascii = 0; ascii < 2; ascii++) {
		unit_world_init(&w, text, "4242", 120, 140, ascii);
		unit_wait(&w, 0);
		unit_type(&w, "h");
		for (size_t i = 0; i < ARRAY_SIZE(legends); i++)
			for (const struct sign *sign = legends[i]; sign->text; sign++)
				check_sign(&w, sign);
		unit_world_done(&w);
	}
	/* Each mark and each colour is there. */
	for (int kind = MARK_NONE + 1; kind < MARK_KINDS; kind++)
		assert_non_null(mark_signs[kind].text);
	for (int role = 0; role < VMV_ROLES; role++) {
		const struct sign *sign = theme_signs;

		while (sign->text && sign->look != (unsigned)role)
			sign++;
		assert_true(sign->text || role == VMV_ROLE_PLAIN);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_in_the_bottom_line_where_there_is_room),
		cmocka_unit_test(the_bottom_line_has_as_many_keys_as_fit),
		cmocka_unit_test(the_smallest_screen_has_a_number_in_each_line),
		cmocka_unit_test(the_selected_line_is_one_bar),
		cmocka_unit_test(a_selected_bar_is_seen),
		cmocka_unit_test(no_colour_has_two_meanings),
		cmocka_unit_test(tables_have_the_colours_of_the_view),
		cmocka_unit_test(headings_and_the_selected_line_differ),
		cmocka_unit_test(a_class_has_one_colour_everywhere),
		cmocka_unit_test(the_help_explains_marks_and_colours),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("looks", tests, NULL, NULL);
}
