/* bottom.c - the line below every screen: keys, and what there is to say; see screen.h */
#include "screen.h"

#include <stdio.h>
#include <string.h>

/** From which height on there is room for what. */
enum {
	ROOM_BOTTOM = 3,
	ROOM_LONG = 7,
};

enum { BAR_KEYS = 64 };

static void first_name(const struct binding *b, char key[16])
{
	snprintf(key, 16, "%.*s", (int)strcspn(b->names, " "), b->names);
}

static int key_width(const struct surface *s, const struct binding *b)
{
	char key[16];

	first_name(b, key);
	return surface_columns(s, key) + surface_columns(s, b->bar);
}

static int draw_key(struct surface *s, int x, int y, const struct binding *b)
{
	char key[16];

	first_name(b, key);
	x += surface_text(s, strip(x, y, s->width - x), LOOK_KEY, key);
	x += surface_text(s, strip(x, y, s->width - x), LOOK_ACTION, b->bar);
	return x + 1;
}

/** struct bar - the keys of the bottom line, in the order of the tables; @shown are those that fit
 */
struct bar {
	const struct binding *keys[BAR_KEYS];
	bool shown[BAR_KEYS];
	size_t count;
};

static bool offers(const struct app *a, const struct binding *b)
{
	return b->bar && command_makes_sense(a, b);
}

static void collect(struct bar *bar, const struct app *a)
{
	const struct screen *screen = screen_of(a->screen);

	for (size_t m = 0; screen->maps[m]; m++)
		for (size_t i = 0; i < screen->maps[m]->count && bar->count < BAR_KEYS; i++)
			if (offers(a, &screen->maps[m]->bindings[i]))
				bar->keys[bar->count++] = &screen->maps[m]->bindings[i];
}

/* One that is too wide leaves its room to those after it. */
static void choose(struct bar *bar, const struct surface *s, int room)
{
	room++; /* a blank follows each, but for the last */

	for (unsigned rank = 0; rank <= BAR_RANKS; rank++)
		for (size_t i = 0; i < bar->count; i++) {
			int width = key_width(s, bar->keys[i]) + 1;

			if (bar->keys[i]->rank != rank || width > room)
				continue;
			bar->shown[i] = true;
			room -= width;
		}
}

/* A message that leaves no room for the key that shows all others has a line of its own, if there
 * is one. */
static bool is_long(const struct app *a, const struct surface *s)
{
	const struct binding *help = screen_binding(screen_of(a->screen), VK_F + 1);
	int keys = help ? key_width(s, help) + 2 : 0;

	return s->height >= ROOM_LONG && surface_columns(s, a->message) + keys > s->width;
}

static void draw_bottom(const struct app *a, struct surface *s, int y)
{
	struct bar bar = { .count = 0 };
	int x = 0;

	if (*a->message && !is_long(a, s))
		x = surface_text(s, strip(0, y, s->width), LOOK_TITLE, a->message) + 2;
	collect(&bar, a);
	choose(&bar, s, s->width - x);
	for (size_t i = 0; i < bar.count; i++)
		if (bar.shown[i])
			x = draw_key(s, x, y, bar.keys[i]);
}

void bottom_draw(const struct app *a, struct surface *s, struct box *rest)
{
	if (s->height < ROOM_BOTTOM && !a->prompt.label && !*a->message)
		return;
	rest->height--;
	draw_bottom(a, s, s->height - 1);
	if (is_long(a, s))
		surface_text(s, strip(0, rest->y + --rest->height, s->width), LOOK_TITLE,
			     a->message);
}
