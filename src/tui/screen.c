/* screen.c - see screen.h */
#include "screen.h"

#include "vmapview/map.h"
#include "vmapview/tui.h"

#include <stdio.h>

/* clang-format off */
#define SCREEN_ENTRY(id, name) [SCREEN_##id] = &(name),
static const struct screen *const screens[SCREENS] = {
	TAB_SCREENS(SCREEN_ENTRY)
	OTHER_SCREENS(SCREEN_ENTRY)
};
/* clang-format on */

const struct screen *screen_of(enum screen_id id)
{
	return screens[id];
}

enum screen_id screen_listing(const struct vmv_kind *kind)
{
	int id = 0;

	while (id < SCREENS && screens[id]->lists != kind)
		id++;
	return (enum screen_id)id;
}

bool vmv_tui_lists(const struct vmv_kind *kind)
{
	return screen_listing(kind) < SCREENS;
}

enum screen_id screen_tab(const struct app *a)
{
	size_t i = a->nback;
	enum screen_id id = a->screen;

	while (id >= SCREEN_TABS && i > 0)
		id = a->back[--i];
	return id;
}

static bool has_key(const struct binding *binding, int code)
{
	for (size_t i = 0; i < sizeof(binding->keys) / sizeof(*binding->keys); i++)
		if (binding->keys[i] && binding->keys[i] == code)
			return true;
	return false;
}

const struct binding *screen_binding(const struct screen *screen, int code)
{
	for (size_t m = 0; screen->maps[m]; m++)
		for (size_t i = 0; i < screen->maps[m]->count; i++)
			if (has_key(&screen->maps[m]->bindings[i], code))
				return &screen->maps[m]->bindings[i];
	return NULL;
}

unsigned screen_change_pen(enum vmv_fate kind)
{
	switch (kind) {
	case VMV_NEW:
	case VMV_GROWN:
		return LOOK_GREW;
	case VMV_GONE:
	case VMV_SHRUNK:
		return LOOK_SHRANK;
	default:
		return LOOK_NEW;
	}
}

static bool was_before(int id, size_t wanted)
{
	const struct keymap *map = screens[id]->maps[wanted];

	for (int i = 0; i <= id; i++)
		for (size_t m = 0; screens[i]->maps[m] && !(i == id && m == wanted); m++)
			if (screens[i]->maps[m] == map)
				return true;
	return false;
}

void vmv_tui_list_keys(FILE *to)
{
	for (int id = 0; id < SCREENS; id++) {
		for (size_t m = 0; screens[id]->maps[m]; m++) {
			const struct keymap *map = screens[id]->maps[m];

			if (was_before(id, m))
				continue;
			fprintf(to, "%s\n", map->title);
			for (size_t i = 0; i < map->count; i++)
				fprintf(to, "  %-13s %s\n", map->bindings[i].names,
					map->bindings[i].help);
		}
	}
}
