/*
 * screen_help.c - the keys of the screen that was open, from its tables
 */
#include "screen.h"
#include "vmapview/class.h"

#include <string.h>

enum { NAMES_WIDTH = 14 };

/** struct help_line - one line: a binding, a class, or only a title */
struct help_line {
	const char *title, *names, *help;
	unsigned pen;
};

static const struct screen *subject(const struct app *a)
{
	return screen_of(a->nback ? a->back[a->nback - 1] : SCREEN_REGIONS);
}

/* Line @wanted of the keys; counts on in *@n, returns whether it was found. */
static bool key_line(const struct screen *screen, size_t wanted, size_t *n, struct help_line *line)
{
	for (size_t m = 0; screen->maps[m]; m++) {
		const struct keymap *map = screen->maps[m];

		if (wanted < *n + map->count + 1) {
			size_t i = wanted - *n;

			*line = (struct help_line){ .title = map->title };
			if (i > 0)
				*line = (struct help_line){ NULL, map->bindings[i - 1].names,
							    map->bindings[i - 1].help, LOOK_KEY };
			return true;
		}
		*n += map->count + 1;
	}
	return false;
}

static bool class_line(size_t wanted, size_t *n, struct help_line *line)
{
	size_t i = wanted - *n;

	*n += vmv_nclasses + 1;
	if (i > vmv_nclasses)
		return false;
	*line = (struct help_line){ .title = "Classes" };
	if (i > 0)
		*line = (struct help_line){ NULL, vmv_classes[i - 1].name, vmv_classes[i - 1].help,
					    vmv_classes[i - 1].role };
	return true;
}

static bool help_line(const struct app *a, size_t wanted, struct help_line *line)
{
	size_t n = 0;

	return key_line(subject(a), wanted, &n, line) || class_line(wanted, &n, line);
}

static void settle(struct app *a)
{
	struct help_line line;
	size_t n = 0;

	while (help_line(a, n, &line))
		n++;
	list_resize(&a->help, n);
}

static struct list *list(struct app *a)
{
	return &a->help;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	struct help_line line;

	return help_line(a, row, &line) && line.help &&
	       (strcasestr(line.help, text) || strcasestr(line.names, text));
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	struct help_line line;

	list_fit(&a->help, box.height > 0 ? (size_t)box.height : 0);
	a->help.first_y = box.y;
	for (int y = 0; y < box.height && help_line(a, a->help.top + (size_t)y, &line); y++) {
		int width = box.width < 50 ? NAMES_WIDTH - 4 : NAMES_WIDTH;

		if (line.title) {
			surface_text(s, strip(box.x, box.y + y, box.width), LOOK_LABEL, line.title);
		} else {
			surface_text(s, strip(box.x + 1, box.y + y, width - 1), line.pen,
				     line.names);
			surface_text(s, strip(box.x + width + 1, box.y + y, box.width - width - 1),
				     LOOK_PLAIN, line.help);
		}
	}
}

const struct screen screen_help = {
	.title = "Help",
	.process = true,
	.maps = { &keys_search, &keys_sub, &keys_move },
	.settle = settle,
	.list = list,
	.matches = matches,
	.draw = draw,
};
