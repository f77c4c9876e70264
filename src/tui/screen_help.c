/*
 * screen_help.c - the keys of the screen that was open, from its tables
 */
#include "screen.h"
#include "theme.h"
#include "vmapview/class.h"

#include <string.h>

enum { NAMES_WIDTH = 14 };

/** struct help_line - one line: a binding, a class, or only a title; of a long text @length
 *  bytes from @help on */
struct help_line {
	const char *title, *names, *help;
	unsigned pen;
	size_t length;
};

static const struct screen *subject(const struct app *a)
{
	return screen_of(a->nback ? a->back[a->nback - 1] : SCREEN_REGIONS);
}

/* Line @wanted of the keys, empty if it makes no sense now; counts on in *@n, returns whether it
 * was found. */
static bool key_line(const struct app *a, size_t wanted, size_t *n, struct help_line *line)
{
	const struct screen *screen = subject(a);

	for (size_t m = 0; screen->maps[m]; m++) {
		const struct keymap *map = screen->maps[m];

		if (wanted < *n + map->count + 1) {
			size_t i = wanted - *n;

			*line = (struct help_line){ .title = i ? NULL : map->title };
			if (i > 0 && command_makes_sense(a, &map->bindings[i - 1]))
				*line = (struct help_line){ NULL, map->bindings[i - 1].names,
							    map->bindings[i - 1].help, LOOK_KEY,
							    0 };
			return true;
		}
		*n += map->count + 1;
	}
	return false;
}

/* "A title", and the signs below it up to one without a text. */
static bool sign_line(const char *title, const struct sign *signs, bool ascii, size_t wanted,
		      size_t *n, struct help_line *line)
{
	size_t count = 0, i = wanted - *n;

	while (signs[count].text)
		count++;
	if (i > count) {
		*n += count + 1;
		return false;
	}
	*line = (struct help_line){ .title = title };
	if (i > 0)
		*line = (struct help_line){ NULL, ascii ? signs[i - 1].ascii : signs[i - 1].text,
					    signs[i - 1].help, signs[i - 1].look, 0 };
	return true;
}

static bool legend_line(bool ascii, size_t wanted, size_t *n, struct help_line *line)
{
	static const struct sign numbers[] = {
		{ ".", ".", LOOK_DIM, "nothing" },
		{ "-", "-", LOOK_DIM, "not known" },
		{ .text = NULL },
	};

	return sign_line("Marks left of a line, dim unless of the last picture", mark_signs + 1,
			 ascii, wanted, n, line) ||
	       sign_line("Groups", sheet_handles, ascii, wanted, n, line) ||
	       sign_line("Numbers", numbers, ascii, wanted, n, line) ||
	       sign_line("Looks, where the terminal has them", theme_signs, ascii, wanted, n, line);
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
					    vmv_classes[i - 1].role, 0 };
	return true;
}

static bool entry(const struct app *a, size_t wanted, struct help_line *line)
{
	size_t n = 0;

	return key_line(a, wanted, &n, line) || class_line(wanted, &n, line) ||
	       legend_line(a->ascii || a->plain, wanted, &n, line);
}

static int names_width(const struct app *a)
{
	return a->width < 50 ? NAMES_WIDTH - 4 : NAMES_WIDTH;
}

/* Its next line, if a line is over: the rest of the text, with as much of it as fits. */
static bool next_part(const struct app *a, struct help_line *line)
{
	if (line->length) {
		line->names = "";
		line->help += line->length;
		line->help += *line->help == ' ';
	}
	if (!line->help || !*line->help)
		return false;
	line->length = surface_fitting(a->ascii, line->help, a->width - names_width(a) - 1);
	return true;
}

/* Line @wanted, or the first one that is not if there are fewer: then @n is their number. */
static bool help_line(const struct app *a, size_t wanted, size_t *n, struct help_line *line)
{
	*n = 0;
	for (size_t i = 0; entry(a, i, line); i++) {
		if (line->title && (*n)++ == wanted)
			return true;
		while (next_part(a, line))
			if ((*n)++ == wanted)
				return true;
	}
	return false;
}

static void settle(struct app *a)
{
	struct help_line line;
	size_t n;

	help_line(a, SIZE_MAX, &n, &line);
	list_resize(&a->help, n);
}

static struct list *list(struct app *a)
{
	return &a->help;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	struct help_line line;
	size_t n;

	return help_line(a, row, &n, &line) && line.help &&
	       (strcasestr(line.help, text) || strcasestr(line.names, text));
}

static void draw_line(const struct app *a, struct surface *s, struct box at,
		      const struct help_line *line)
{
	int x = names_width(a) + 1;

	if (line->title) {
		surface_text(s, at, LOOK_TITLE, line->title);
		return;
	}
	surface_text(s, strip(at.x + 1, at.y, x - 2), line->pen, line->names);
	surface_print(s, strip(at.x + x, at.y, at.width - x), LOOK_PLAIN, "%.*s", (int)line->length,
		      line->help);
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	struct help_line line;
	size_t n;

	list_fit(&a->help, box.height > 0 ? (size_t)box.height : 0);
	a->help.first_y = box.y;
	for (int y = 0; y < box.height && help_line(a, a->help.top + (size_t)y, &n, &line); y++) {
		struct box at = strip(box.x, box.y + y, box.width);

		draw_line(a, s, at, &line);
		if (a->found && *a->found && matches(a, a->help.top + (size_t)y, a->found))
			surface_add(s, at, PEN_UNDERLINE);
	}
}

const struct screen screen_help = {
	.title = "Help",
	.process = true,
	.maps = { &keys_search, &keys_sub, &keys_left, &keys_move },
	.settle = settle,
	.list = list,
	.matches = matches,
	.draw = draw,
};
