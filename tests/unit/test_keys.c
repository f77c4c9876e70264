/*
 * test_keys.c - every key of every screen does what its line in the help says
 *
 * The tables of keys are the list of tests: a binding without a promise here fails.
 */
#include "tui.h"

#include "vmapview/column.h"

/** struct before - what the keys change, as it was before one was pressed */
struct before {
	enum screen_id screen;
	size_t count, cursor, top, page;
	bool text;
	uint64_t at, interval, hex;
	struct vmv_sort sort;
	bool frozen, fetch, pss, shown, brief;
	enum hex_size size;
	size_t from;
};

static bool is_shown(struct unit_world *w)
{
	const struct sheet *sheet = sheet_of(&w->app);

	for (size_t i = 0; i < sheet->ncolumns; i++)
		if (sheet->columns[i] == &sheet->kind->columns[w->app.columns.cursor])
			return true;
	return false;
}

static struct before look(struct unit_world *w)
{
	const struct list *l = unit_list(w);
	const struct sheet *sheet = sheet_of(&w->app);

	return (struct before){
		.screen = w->app.screen,
		.count = l->count,
		.cursor = l->cursor,
		.top = l->top,
		.page = l->page,
		.text = l->text,
		.at = w->app.at,
		.interval = w->app.interval,
		.hex = w->app.details.hex.first,
		.sort = sheet->sort,
		.frozen = w->app.frozen,
		.fetch = w->app.details.hex.fetch,
		.pss = w->app.picker.pss,
		.shown = is_shown(w),
		.size = w->app.details.size,
		.brief = sheet->brief,
		.from = sheet->from,
	};
}

/* ---- promises: is it so, after the key @code? ---- */

static size_t last_row(const struct before *b)
{
	return b->text ? b->count - b->page : b->count - 1;
}

static bool moved_by(struct unit_world *w, const struct before *b, long by)
{
	long to = (long)b->cursor + by, last = (long)last_row(b);

	return (long)unit_list(w)->cursor == (to < 0 ? 0 : to > last ? last : to);
}

#define PROMISE(name, condition)                                                                   \
	static bool name(struct unit_world *w, const struct before *b, int code)                   \
	{                                                                                          \
		(void)w;                                                                           \
		(void)b;                                                                           \
		(void)code;                                                                        \
		return (condition);                                                                \
	}

PROMISE(down, moved_by(w, b, 1))
PROMISE(up, moved_by(w, b, -1))
PROMISE(page_down, moved_by(w, b, (long)b->page))
PROMISE(page_up, moved_by(w, b, -(long)b->page))
PROMISE(half_down, moved_by(w, b, ((long)b->page + 1) / 2))
PROMISE(half_up, moved_by(w, b, -((long)b->page + 1) / 2))
PROMISE(to_first, unit_list(w)->cursor == 0)
PROMISE(to_last, unit_list(w)->cursor == last_row(b))
PROMISE(wheel_down, moved_by(w, b, 3))
PROMISE(wheel_up, moved_by(w, b, -3))
PROMISE(drawn_anew, w->app.redraw)
PROMISE(clicked, w->app.screen == b->screen && unit_list(w)->cursor == b->top)

static bool asks(const struct unit_world *w, const char *label)
{
	return w->app.prompt.label && !strcmp(w->app.prompt.label, label);
}

PROMISE(asks_search, asks(w, "Search:"))
PROMISE(asks_filter, asks(w, "Filter:"))
PROMISE(asks_file, asks(w, "Write snapshot to:"))
PROMISE(asks_address, asks(w, "Go to address:"))
PROMISE(asks_process, asks(w, "Process:"))
PROMISE(found_next, screen_of(b->screen)->matches(&w->app, unit_list(w)->cursor, "r") &&
			    (unit_list(w)->cursor != b->cursor || b->text))

static bool sorted_beside(struct unit_world *w, const struct before *b, size_t step)
{
	const struct sheet *sheet = sheet_of(&w->app);
	size_t i = 0;

	while (i < sheet->ncolumns && sheet->columns[i] != b->sort.column)
		i++;
	if (i == sheet->ncolumns)
		i = 0;
	return sheet->sort.column == sheet->columns[(i + step) % sheet->ncolumns];
}

PROMISE(sorted_left, sorted_beside(w, b, sheet_of(&w->app)->ncolumns - 1))
PROMISE(sorted_right, sorted_beside(w, b, 1))
PROMISE(reversed, sheet_of(&w->app)->sort.descending != b->sort.descending)
PROMISE(scrolled_right, sheet_of(&w->app)->from == b->from + 1)
PROMISE(scrolled_left, sheet_of(&w->app)->from + 1 == b->from)
PROMISE(chooses_columns, w->app.screen == SCREEN_COLUMNS)

PROMISE(frozen, w->app.frozen != b->frozen)
PROMISE(read_now, w->app.again)
PROMISE(slower, w->app.interval > b->interval)
PROMISE(faster, w->app.interval < b->interval)
PROMISE(has_baseline, w->app.baseline == w->app.picture)
PROMISE(no_baseline, !w->app.baseline)
PROMISE(picks, w->app.screen == SCREEN_PICKER)

PROMISE(helps, w->app.screen == (b->screen == SCREEN_HELP ? SCREEN_REGIONS : SCREEN_HELP))
PROMISE(next_tab, (int)w->app.screen == ((int)b->screen + 1) % SCREEN_TABS)
PROMISE(previous_tab, (int)w->app.screen == ((int)b->screen + SCREEN_TABS - 1) % SCREEN_TABS)
PROMISE(that_tab, (int)w->app.screen == code - '1')
PROMISE(search_ended, !w->app.found && w->app.screen == b->screen)
PROMISE(back_or_left, b->screen == SCREEN_REGIONS ? w->app.quit : w->app.screen == SCREEN_REGIONS)
PROMISE(back, w->app.screen == SCREEN_REGIONS && !w->app.quit)
PROMISE(left, w->app.quit)

PROMISE(details, w->app.screen == SCREEN_DETAILS)
PROMISE(names_changed, sheet_of(&w->app)->brief != b->brief || *w->app.message)
PROMISE(space_names, w->app.space.paths)
PROMISE(opened, unit_list(w)->count > b->count)
PROMISE(closed, unit_list(w)->count < b->count)
PROMISE(regions_of_class, w->app.screen == SCREEN_REGIONS && w->app.filter_text &&
				  !strncmp(w->app.filter_text, "class = ", 8))
PROMISE(regions_of_object, w->app.screen == SCREEN_REGIONS && w->app.filter_text &&
				   !strncmp(w->app.filter_text, "object = ", 9))
PROMISE(memory_size, w->app.details.size == (b->size + 1) % HEX_SIZES)
PROMISE(memory_forward, w->app.details.hex.first > b->hex)
PROMISE(memory_backward, w->app.details.hex.first < b->hex)
PROMISE(memory_fetched, w->app.details.hex.fetch != b->fetch)
PROMISE(next_region, w->app.at > b->at)
PROMISE(region_before, w->app.at < b->at)
PROMISE(column_shown, is_shown(w) != b->shown)
PROMISE(column_sorts,
	sheet_of(&w->app)->sort.column == &vmv_kind_regions.columns[w->app.columns.cursor])
PROMISE(shows_process, w->app.screen == SCREEN_REGIONS && !strcmp(w->app.target, "99"))
PROMISE(measures, w->app.picker.pss != b->pss && w->app.again)

/** struct promise - of the binding with these titles: what must be so after its keys */
struct promise {
	const char *map, *names;
	bool (*kept)(struct unit_world *w, const struct before *b, int code);
};

/* clang-format off */
static const struct promise promises[] = {
	{ "Moving", "Down j", down }, { "Moving", "Up k", up },
	{ "Moving", "PgDn ^F", page_down }, { "Moving", "PgUp ^B", page_up },
	{ "Moving", "^D", half_down }, { "Moving", "^U", half_up },
	{ "Moving", "Home g", to_first }, { "Moving", "End G", to_last },
	{ "Moving", "Wheel down", wheel_down }, { "Moving", "Wheel up", wheel_up },
	{ "Moving", "^L", drawn_anew }, { "Mouse", "Click", clicked },
	{ "Searching", "/ F3", asks_search }, { "Searching", "n", found_next }, { "Searching", "N", found_next },
	{ "Filter", "\\ F4", asks_filter }, { "Lists", "<", sorted_left }, { "Lists", "> F6", sorted_right },
	{ "Lists", "I", reversed }, { "Lists", "o F2", chooses_columns },
	{ "Lists", "Right", scrolled_right }, { "Lists", "Left", scrolled_left },
	{ "The picture", "Space Z", frozen }, { "The picture", "r F5", read_now },
	{ "The picture", "+", slower }, { "The picture", "-", faster },
	{ "The picture", "b", has_baseline }, { "The picture", "B", no_baseline },
	{ "The picture", "w", asks_file }, { "The picture", "@", asks_address }, { "The picture", "P F9", picks },
	{ "Screens", "F1 h ?", helps }, { "Screens", "Tab", next_tab }, { "Screens", "Shift-Tab", previous_tab },
	{ "Screens", "Esc", search_ended }, { "Screens", "q", back_or_left }, { "Screens", "F10", left },
	{ "Numbers", NULL, that_tab },
	{ "Back", "Esc q", back }, { "Left", "Left", back }, { "Back", "F1 h ?", helps }, { "Back", "F10", left },
	{ "Regions", "Enter", details }, { "Lists", "p", names_changed },
	{ "Objects", "Enter", opened }, { "Objects", "Backspace", closed },
	{ "Objects", "l", regions_of_object },
	{ "Classes", "Enter", regions_of_class },
	{ "Address space", "Enter Right", details }, { "Address space", "p", space_names },
	{ "Changes", "Enter", details },
	{ "Details", "x Tab", memory_size }, { "Details", "]", memory_forward },
	{ "Details", "[", memory_backward }, { "Details", "f", memory_fetched },
	{ "Details", "J .", next_region }, { "Details", "K ,", region_before },
	{ "Columns", "Space Enter", column_shown }, { "Columns", "s", column_sorts },
	{ "Processes", "Enter", shows_process }, { "Processes", "/ \\ F3 F4", asks_process },
	{ "Processes", "> F6", sorted_right }, { "Processes", "<", sorted_left },
	{ "Processes", "I", reversed }, { "Processes", "p", measures },
	{ "Processes", "r F5", read_now },
	{ "Processes", "Right", scrolled_right }, { "Processes", "Left", scrolled_left },
};
/* clang-format on */

static const struct promise *promise_of(const struct keymap *map, const struct binding *binding)
{
	for (size_t i = 0; i < ARRAY_SIZE(promises); i++)
		if (!strcmp(promises[i].map, map->title) &&
		    (!promises[i].names || !strcmp(promises[i].names, binding->names)))
			return &promises[i];
	return NULL;
}

/* ---- pressing them ---- */

/** struct pressed - a key on a screen */
struct pressed {
	enum screen_id screen;
	const struct keymap *map;
	const struct binding *binding;
	int code;
};

/* A world in which every key has something to do, with the screen open. */
static void prepare(struct unit_world *w, const char *const texts[2], const struct pressed *p)
{
	unit_world_init(w, texts[0], "4242", p->code == VK_RIGHT || p->code == VK_LEFT ? 20 : 80,
			24, false);
	unit_wait(w, 0);
	unit_draw(w);
	unit_type(w, "jjjjjjjjjjb/r\n");
	unit_draw(w);
	app_open(&w->app, p->screen);
	w->text = texts[1];
	unit_wait(w, 1000);
	unit_draw(w);
	unit_type(w, p->screen == SCREEN_PICKER ? "j" : "jj");
	w->app.again = false;
	unit_draw(w);
	if (p->code == '[')
		unit_type(w, "]");
	if (screen_of(p->screen)->sheet && p->code == VK_LEFT)
		unit_key(w, VK_RIGHT);
	if (p->binding->command == command_fold_group)
		unit_key(w, VK_ENTER);
	if (p->screen == SCREEN_SPACE)
		unit_type(w, "/libc\n/r\n"); /* at a region */
	unit_draw(w);
}

static void press(const char *const texts[2], const struct pressed *p)
{
	const struct promise *promise = promise_of(p->map, p->binding);
	struct unit_world w;
	struct before b;

	if (!promise)
		fail_msg("%s: nothing here says what %s has to do: %s", p->map->title,
			 p->binding->names, p->binding->help);
	prepare(&w, texts, p);
	b = look(&w);
	app_key(&w.app, &(struct key){ p->code, 5, unit_list(&w)->first_y });
	unit_work(&w);
	unit_draw(&w);
	if (!promise->kept(&w, &b, p->code))
		fail_msg("%s: %s (%d) has to: %s; at %zu of %zu, before at %zu of %zu, page %zu",
			 screen_of(p->screen)->title, p->binding->names, p->code, p->binding->help,
			 unit_list(&w)->cursor, unit_list(&w)->count, b.cursor, b.count, b.page);
	unit_world_done(&w);
}

static void keys_do_what_the_help_says(void **state)
{
	char *before = unit_smaps(60), *after = unit_smaps(130);
	const char *const texts[2] = { before, after };

	(void)state;
	for (int id = 0; id < SCREENS; id++)
		for (size_t m = 0; screen_of((enum screen_id)id)->maps[m]; m++) {
			const struct keymap *map = screen_of((enum screen_id)id)->maps[m];

			for (size_t i = 0; i < map->count; i++)
				for (size_t k = 0; k < ARRAY_SIZE(map->bindings[i].keys); k++)
					if (map->bindings[i].keys[k])
						press(texts, &(struct pressed){
								     (enum screen_id)id, map,
								     &map->bindings[i],
								     map->bindings[i].keys[k] });
		}
	free(before);
	free(after);
}

/* What the help calls a key. */
static void name_key(int code, char name[16])
{
	static const struct {
		const char *name;
		int code;
	} names[] = {
		{ "Enter", VK_ENTER },
		{ "Right", VK_RIGHT },
		{ "Backspace", VK_BACKSPACE },
		{ "Left", VK_LEFT },
		{ "Up", VK_UP },
		{ "Down", VK_DOWN },
		{ "PgUp", VK_PAGE_UP },
		{ "PgDn", VK_PAGE_DOWN },
		{ "Home", VK_HOME },
		{ "End", VK_END },
		{ "Tab", VK_TAB },
		{ "Shift-Tab", VK_BACK_TAB },
		{ "Esc", VK_ESC },
		{ "Space", ' ' },
		{ "Click", VK_CLICK },
		{ "Wheel up", VK_WHEEL_UP },
		{ "Wheel down", VK_WHEEL_DOWN },
	};

	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].code == code) {
			snprintf(name, 16, "%s", names[i].name);
			return;
		}
	if (code < ' ')
		snprintf(name, 16, "^%c", code + '@');
	else if (code < 0x7f)
		snprintf(name, 16, "%c", code);
	else
		snprintf(name, 16, "F%d", code - VK_F);
}

static void check_names(const struct binding *b)
{
	for (size_t k = 0; k < ARRAY_SIZE(b->keys) && b->keys[k]; k++) {
		char name[16];

		name_key(b->keys[k], name);
		if (!strstr(b->names, name) && !strstr(b->names, " to "))
			fail_msg("'%s' does not name %s", b->names, name);
	}
}

static void names_of_keys_are_right(void **state)
{
	(void)state;
	for (int id = 0; id < SCREENS; id++)
		for (size_t m = 0; screen_of((enum screen_id)id)->maps[m]; m++) {
			const struct keymap *map = screen_of((enum screen_id)id)->maps[m];

			for (size_t i = 0; i < map->count; i++)
				check_names(&map->bindings[i]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_do_what_the_help_says),
		cmocka_unit_test(names_of_keys_are_right),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
