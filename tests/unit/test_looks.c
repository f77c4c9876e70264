/*
 * test_looks.c - what leads the eye: the bottom line, the selected line, colours and their legend
 */
#include "tui.h"

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
 * of the first rank always fit. */
static void check_bar(struct unit_world *w, const struct screen *screen)
{
	char *bar = bar_of(w);
	int room = w->surface.width - (int)strlen(bar) + 2;

	for (size_t m = 0; screen->maps[m]; m++)
		for (size_t i = 0; i < screen->maps[m]->count; i++) {
			const struct binding *b = &screen->maps[m]->bindings[i];
			int width;

			assert_int_equal(b->bar != NULL, b->rank != 0);
			assert_true(b->rank <= BAR_RANKS);
			if (!b->bar || in_bar(bar, b))
				continue;
			width = (int)(strcspn(b->names, " ") + strlen(b->bar));
			if (width + (room < w->surface.width) <= room || b->rank == 1)
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_are_in_the_bottom_line_where_there_is_room),
		cmocka_unit_test(the_bottom_line_has_as_many_keys_as_fit),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("looks", tests, NULL, NULL);
}
