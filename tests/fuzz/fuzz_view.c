/*
 * fuzz_view.c - the interactive view: keys, resizes, time, over maps that change
 *
 * The bytes are texts (maps, smaps, snapshots) with a NUL after each.  The first
 * one is what happens, one byte each (see happen()); each other is what the
 * process has when it is read next, over and over.
 */
#include "fuzz.h"
#include "tui.h"

#include <wctype.h>

/** struct script - the bytes, and where in them we are
 *  @next: the text that will be loaded next */
struct script {
	const uint8_t *keys, *keys_end, *texts, *next, *end;
	struct unit_world world;
};

static int load(void *data, const char *target, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	struct script *s = data;
	const uint8_t *text = s->next, *nul = memchr(text, '\0', (size_t)(s->end - text));
	const uint8_t *end = nul ? nul : s->end;
	int rc = load_bytes(map, text, (size_t)(end - text), "", err);

	(void)target;
	(void)needs;
	s->next = nul && nul + 1 < s->end ? nul + 1 : s->texts;
	return rc;
}

static bool is_live(void *data, const char *target)
{
	(void)data;
	(void)target;
	return true;
}

static int list(void *data, bool measure, struct vmv_processes *list, struct vmv_error *err)
{
	struct script *s = data;

	return unit_processes(&s->world, measure, list, err);
}

static int save(void *data, const struct vmv_map *map, const char *path, struct vmv_error *err)
{
	struct script *s = data;

	return unit_save(&s->world, map, path, err);
}

/* What may stand in a cell: something to see, and at most one mark on it. */
static void check_cells(const struct surface *s)
{
	for (int i = 0; i < s->width * s->height; i++) {
		const struct cell *cell = &s->cells[i];

		assert_true(!cell->ch || iswprint((wint_t)cell->ch));
		assert_true(!s->ascii || cell->ch < 0x7f);
		assert_true(!cell->mark || wcwidth(cell->mark) == 0);
	}
	assert_true(s->cursor_x < s->width && s->cursor_y < s->height);
}

static uint8_t take(struct script *s)
{
	return s->keys < s->keys_end ? *s->keys++ : 0;
}

static void resize(struct script *s)
{
	int width = take(s), height = take(s) % 80;

	surface_resize(&s->world.surface, width, height);
	app_resize(&s->world.app, width, height);
}

/* Below 0x80 a key that types that; above, all else. */
static void happen(struct script *s, uint8_t what)
{
	enum { KEYS = 0x80, TIME = 0xc0, RESIZE = 0xe0 };
	struct key key = { what, 0, 0 };

	if (what >= RESIZE) {
		resize(s);
		return;
	}
	if (what >= TIME) {
		unit_wait(&s->world, (uint64_t)(what - TIME) * 100);
		return;
	}
	if (what >= KEYS)
		key.code = VK_OTHER + (what - KEYS) % (VK_LAST - VK_OTHER + 1);
	if (key.code == VK_CLICK) {
		key.x = take(s);
		key.y = take(s);
	}
	app_key(&s->world.app, &key);
	unit_work(&s->world);
}

static void play(struct script *s)
{
	struct unit_world *w = &s->world;

	unit_wait(w, 0);
	while (s->keys < s->keys_end && !w->app.quit) {
		happen(s, take(s));
		unit_wait(w, 0);
		unit_draw(w);
		check_cells(&w->surface);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	const uint8_t *nul = len ? memchr(bytes, '\0', len) : NULL;
	struct script s = { .keys = bytes, .keys_end = nul, .end = bytes + len };

	if (!nul || nul - bytes > 64)
		return 0;
	s.texts = s.next = nul + 1;
	unit_world_init(&s.world, NULL, len % 7 ? "4242" : NULL, 80, 24, len % 2);
	s.world.world = (struct vmv_tui_world){ .data = &s,
						.is_live = is_live,
						.load = load,
						.list = list,
						.memory = { &s.world, unit_peek },
						.save = save };
	play(&s);
	unit_world_done(&s.world);
	return 0;
}
