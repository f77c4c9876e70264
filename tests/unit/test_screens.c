/*
 * test_screens.c - every screen as text, every key of every screen
 *
 * What screens look like is in golden/; UPDATE_GOLDEN=1 in the environment writes
 * them anew, for a reader of the difference to approve.  Those of screens begin below the line of
 * tabs; what is above it is in those whose names begin with "frame", so that a new tab changes few.
 */
#include "tui.h"

/* ---- golden screens ---- */

static char *golden_path(const char *name)
{
	const char *top = getenv("TOP_SRCDIR");
	char *path;

	assert_true(asprintf(&path, "%s/tests/unit/golden/%s.txt", top ? top : ".", name) > 0);
	return path;
}

static char *read_golden(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = vmv_calloc(1, 1 << 16);

	if (!file)
		fail_msg("no %s; UPDATE_GOLDEN=1 writes it", path);
	assert_true(fread(text, 1, (1 << 16) - 1, file) > 0);
	fclose(file);
	return text;
}

static void write_golden(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void compare_golden(const char *name, char *shown)
{
	char *path = golden_path(name);

	if (getenv("UPDATE_GOLDEN")) {
		write_golden(path, shown);
	} else {
		char *wanted = read_golden(path);

		if (strcmp(wanted, shown) != 0)
			fail_msg("%s differs; it is now:\n%s", path, shown);
		free(wanted);
	}
	free(path);
	free(shown);
}

/* From the line at @from to that before @to. */
static char *cut_lines(char *dump, int from, int to)
{
	const char *start = dump, *end;
	char *cut;

	for (int y = 0; y < from; y++)
		start = strchr(start, '\n') + 1;
	end = start;
	for (int y = from; y < to; y++)
		end = strchr(end, '\n') + 1;
	cut = strndup(start, (size_t)(end - start));
	assert_non_null(cut);
	free(dump);
	return cut;
}

/* What is shown below the frame's head with the bottom line, or only the head. */
static char *dump_part(struct unit_world *w, bool head, bool pens)
{
	char *dump = pens ? surface_dump_pens(&w->surface) : surface_dump(&w->surface);
	struct surface scratch = { .ascii = w->surface.ascii };
	int top, height = w->surface.height;

	surface_resize(&scratch, w->surface.width, height);
	top = frame_draw(&w->app, &scratch).y;
	surface_done(&scratch);
	return head ? cut_lines(dump, 0, top) : cut_lines(dump, top, height);
}

/** struct view - a golden screen: @keys lead to it from @screen */
struct view {
	const char *name;
	enum screen_id screen;
	const char *keys;
	size_t regions;
	int width, height;
	bool ascii, pens;
};

/* clang-format off */
static const struct view views[] = {
	{ "frame-80x24", SCREEN_REGIONS, "\\rss > 100K\n", 30, 80, 24, false, false },
	{ "frame-80x24-pens", SCREEN_OBJECTS, "", 30, 80, 24, false, true },
	{ "frame-40x10", SCREEN_OBJECTS, "", 30, 40, 10, false, false },
	{ "regions-80x24", SCREEN_REGIONS, "jjj", 30, 80, 24, false, false },
	{ "regions-80x24-pens", SCREEN_REGIONS, "jjj", 30, 80, 24, false, true },
	{ "regions-80x24-ascii", SCREEN_REGIONS, "jjj", 30, 80, 24, true, false },
	{ "regions-40x10", SCREEN_REGIONS, "jjj", 30, 40, 10, false, false },
	{ "regions-120x40", SCREEN_REGIONS, "jjj", 30, 120, 40, false, false },
	{ "regions-none", SCREEN_REGIONS, "", 0, 80, 24, false, false },
	{ "regions-one", SCREEN_REGIONS, "", 1, 80, 24, false, false },
	{ "regions-60000", SCREEN_REGIONS, "G", 60000, 80, 24, false, false },
	{ "regions-sorted", SCREEN_REGIONS, ">>", 30, 80, 24, false, false },
	{ "regions-filtered", SCREEN_REGIONS, "\\rss > 100K\n", 30, 80, 24, false, false },
	{ "regions-prompt", SCREEN_REGIONS, "\\rss > 100K an", 30, 80, 24, false, false },
	{ "regions-paths", SCREEN_REGIONS, "p", 30, 80, 24, false, false },
	{ "objects-80x24", SCREEN_OBJECTS, "j\n", 30, 80, 24, false, false },
	{ "objects-40x10", SCREEN_OBJECTS, "j\n", 30, 40, 10, true, false },
	{ "classes-80x24", SCREEN_CLASSES, "", 30, 80, 24, false, false },
	{ "classes-80x24-ascii", SCREEN_CLASSES, "", 30, 80, 24, true, false },
	{ "classes-40x10", SCREEN_CLASSES, "", 30, 40, 10, false, false },
	{ "space-80x24", SCREEN_SPACE, "", 30, 80, 24, false, false },
	{ "space-80x24-ascii", SCREEN_SPACE, "", 30, 80, 24, true, false },
	{ "changes-none", SCREEN_CHANGES, "", 30, 80, 24, false, false },
	{ "details-80x24", SCREEN_REGIONS, "jj\n", 30, 80, 24, false, false },
	{ "details-120x40", SCREEN_REGIONS, "jj\n", 30, 120, 40, false, false },
	{ "details-40x10", SCREEN_REGIONS, "jj\n", 30, 40, 10, false, false },
	{ "details-memory", SCREEN_REGIONS, "jj\nx", 30, 80, 24, false, false },
	{ "columns-80x24", SCREEN_REGIONS, "o", 30, 80, 24, false, false },
	{ "help-80x24", SCREEN_REGIONS, "h", 30, 80, 24, false, false },
	{ "help-120x40", SCREEN_REGIONS, "h", 30, 120, 40, false, false },
	{ "picker-80x24", SCREEN_PICKER, "j", 30, 80, 24, false, false },
	{ "picker-40x10", SCREEN_PICKER, "/e", 30, 40, 10, false, false },
};
/* clang-format on */

static void screens_look_as_they_should(void **state)
{
	bool seen[SCREENS] = { false };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(views); i++) {
		const struct view *v = &views[i];
		char *text = unit_smaps(v->regions);
		struct unit_world w;

		unit_world_init(&w, text, v->screen == SCREEN_PICKER ? NULL : "4242", v->width,
				v->height, v->ascii);
		unit_wait(&w, 0);
		unit_draw(&w);
		if (v->screen < SCREEN_TABS)
			unit_tab(&w, v->screen);
		unit_type(&w, v->keys);
		unit_draw(&w);
		seen[w.app.screen] |= strncmp(v->name, "frame", 5) != 0;
		compare_golden(v->name, dump_part(&w, !strncmp(v->name, "frame", 5), v->pens));
		unit_world_done(&w);
		free(text);
	}
	for (int id = 0; id < SCREENS; id++)
		if (!seen[id])
			fail_msg("no golden picture of %s", screen_of((enum screen_id)id)->title);
}

static void changes_look_as_they_should(void **state)
{
	char *before = unit_smaps(30), *after = unit_smaps(33);
	struct unit_world w;

	(void)state;
	memcpy(strstr(after, "Rss: 10 kB"), "Rss: 14 kB", 10);
	unit_world_init(&w, before, "4242", 80, 24, false);
	unit_wait(&w, 0);
	unit_type(&w, "b");
	unit_tab(&w, SCREEN_CHANGES);
	w.text = after;
	unit_wait(&w, 1000);
	unit_draw(&w);
	compare_golden("changes-80x24", dump_part(&w, false, false));
	unit_type(&w, "1");
	unit_draw(&w);
	compare_golden("regions-delta", dump_part(&w, false, false));
	unit_world_done(&w);
	free(before);
	free(after);
}

/* ---- keys ---- */

static void no_key_is_bound_twice(void **state)
{
	(void)state;
	for (int id = 0; id < SCREENS; id++) {
		const struct screen *screen = screen_of((enum screen_id)id);

		assert_true(*screen->title && screen->draw);
		for (size_t m = 0; screen->maps[m]; m++)
			for (size_t i = 0; i < screen->maps[m]->count; i++) {
				const struct binding *b = &screen->maps[m]->bindings[i];

				assert_true(*b->help && *b->names && b->command && b->keys[0]);
				for (size_t k = 0; k < ARRAY_SIZE(b->keys) && b->keys[k]; k++)
					if (screen_binding(screen, b->keys[k]) != b)
						fail_msg("%s: %s is bound twice", screen->title,
							 b->names);
			}
	}
}

/* The names in the tables of sheets are columns, and there always is an order to reverse. */
static void sheets_are_of_columns_that_exist(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 24, false);
	for (int id = 0; id < SCREENS; id++) {
		const struct sheet_kind *kind = screen_of((enum screen_id)id)->sheet;
		const struct sheet *sheet = &w.app.sheets[id];
		size_t commas = 0;

		if (!kind)
			continue;
		for (const char *s = kind->columns; *s; s++)
			commas += *s == ',';
		assert_int_equal(sheet->ncolumns, commas + 1);
		assert_true(!kind->group == !sheet->group && !kind->order == !sheet->order);
		assert_true(sheet->nsort ? sheet->sort.column != NULL : sheet->order != NULL);
		for (int i = 0; i < 2; i++)
			assert_true(!kind->bar[0] == !sheet->bar[i]);
	}
	unit_world_done(&w);
	free(text);
}

/* Digits, Tab and their names in the help are as many as there are tabs. */
static void digits_and_tab_lead_to_the_tabs(void **state)
{
	char *text = unit_smaps(30), names[16];
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 24, false);
	unit_wait(&w, 0);
	for (int id = 0; id < SCREENS; id++) {
		unit_key(&w, '1' + id);
		if (id < SCREEN_TABS)
			unit_assert_on(&w, id);
		else if (id < 9)
			unit_assert_shows(&w, "no such key here");
	}
	unit_key(&w, '1');
	for (int id = 1; id <= SCREEN_TABS; id++) {
		unit_key(&w, VK_TAB);
		unit_assert_on(&w, id % SCREEN_TABS);
	}
	unit_key(&w, VK_BACK_TAB);
	unit_assert_on(&w, SCREEN_TABS - 1);
	snprintf(names, sizeof(names), "1 to %d", SCREEN_TABS);
	assert_string_equal(screen_binding(screen_of(SCREEN_REGIONS), '1')->names, names);
	unit_world_done(&w);
	free(text);
}

/* What the help says must be all there is. */
static void help_names_every_key(void **state)
{
	char *text = unit_smaps(30);

	(void)state;
	for (int id = 0; id < SCREENS; id++) {
		const struct screen *screen = screen_of((enum screen_id)id);
		struct unit_world w;

		if (id == SCREEN_HELP)
			continue;
		unit_world_init(&w, text, "4242", 200, 120, false);
		unit_wait(&w, 0);
		app_open(&w.app, (enum screen_id)id);
		unit_key(&w, 'h');
		for (size_t m = 0; screen->maps[m]; m++)
			for (size_t i = 0; i < screen->maps[m]->count; i++) {
				unit_assert_shows(&w, screen->maps[m]->bindings[i].names);
				unit_assert_shows(&w, screen->maps[m]->bindings[i].help);
			}
		unit_world_done(&w);
	}
	free(text);
}

/* ---- any size, any key ---- */

static int random_key(unsigned *seed)
{
	static const int special[] = { VK_UP,        VK_DOWN,       VK_LEFT,     VK_RIGHT,
				       VK_HOME,      VK_END,        VK_PAGE_UP,  VK_PAGE_DOWN,
				       VK_BACKSPACE, VK_DELETE,     VK_BACK_TAB, VK_CLICK,
				       VK_WHEEL_UP,  VK_WHEEL_DOWN, VK_TAB,      VK_ENTER,
				       VK_ESC,       VK_F + 2,      VK_F + 4,    0x4e2d,
				       0x301 };
	unsigned r = (unsigned)rand_r(seed);

	if (r % 3)
		return ' ' + (int)(r / 3 % 95);
	return special[r / 3 % ARRAY_SIZE(special)];
}

static void random_keys_at_random_sizes(void **state)
{
	char *texts[] = { unit_smaps(40), unit_smaps(0), unit_smaps(1), unit_smaps(200) };
	unsigned seed = 12345;

	(void)state;
	for (int round = 0; round < 20; round++) {
		struct unit_world w;

		unit_world_init(&w, texts[0], round % 2 ? "4242" : NULL, 80, 24, round % 3 == 0);
		for (int i = 0; i < 400; i++) {
			struct key key = { random_key(&seed), rand_r(&seed) % 90,
					   rand_r(&seed) % 30 };

			w.app.quit = false;
			if (i % 7 == 0) {
				int width = rand_r(&seed) % 130, height = rand_r(&seed) % 50;

				surface_resize(&w.surface, width, height);
				app_resize(&w.app, width, height);
			}
			if (i % 5 == 0) {
				w.text = texts[rand_r(&seed) % ARRAY_SIZE(texts)];
				unit_wait(&w, 2000);
			}
			app_key(&w.app, &key);
			unit_draw(&w);
		}
		unit_world_done(&w);
	}
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		free(texts[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_look_as_they_should),
		cmocka_unit_test(changes_look_as_they_should),
		cmocka_unit_test(no_key_is_bound_twice),
		cmocka_unit_test(sheets_are_of_columns_that_exist),
		cmocka_unit_test(digits_and_tab_lead_to_the_tabs),
		cmocka_unit_test(help_names_every_key),
		cmocka_unit_test(random_keys_at_random_sizes),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("screens", tests, NULL, NULL);
}
