/*
 * screen_details.c - all about one region, for someone who does not know it; the
 * text is made in details.c, the memory pane is in hex.c
 */
#include "hex.h"
#include "picture.h"
#include "screen.h"
#include "vmapview/map.h"

static void settle(struct app *a)
{
	const struct vmv_region *r = app_region(a);

	if (r && a->details.start != r->start) {
		a->details.start = r->start;
		a->details.list.cursor = a->details.list.top = 0;
		a->details.built = false;
		hex_start(a, r->start);
	}
	if (a->details.width != a->width)
		a->details.built = false;
	a->details.width = a->width;
	details_build(a);
	hex_read(a);
}

static struct list *list(struct app *a)
{
	return &a->details.list;
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return details_matches(&a->details, row, text);
}

/* How many lines the memory pane gets, with its heading. */
static int pane_height(const struct app *a, int height)
{
	if (a->details.size == HEX_OFF || !app_region(a))
		return 0;
	if (a->details.size == HEX_WHOLE)
		return height;
	return height >= 8 ? height * 2 / 5 : 0;
}

static void draw(struct app *a, struct surface *s, struct box box)
{
	int pane = pane_height(a, box.height);
	struct box text = { box.x, box.y, box.width, box.height - pane };

	details_draw(&a->details, s, text, a->found);
	hex_draw(a, s, (struct box){ box.x, box.y + text.height, box.width, pane });
}

/* clang-format off */
static const struct binding bindings[] = {
	{ { 'x', VK_TAB }, "x Tab", command_hex_size, "memory: half of the screen, all of it, hidden", "Memory" },
	{ { ']' }, "]", command_hex_forward, "memory: forward", "Forward" },
	{ { '[' }, "[", command_hex_backward, "memory: backward", "Backward" },
	{ { 'f' }, "f", command_hex_fetch, "memory: read pages too that are not in memory; this makes the process have them", "Fetch" },
	{ { 'J', '.' }, "J .", command_next_region, "the next region", NULL },
	{ { 'K', ',' }, "K ,", command_previous_region, "the region before", NULL },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Details", bindings);

const struct screen screen_details = {
	.title = "Details",
	.process = true,
	.places = true,
	.maps = { &keys, &keys_sub, &keys_left, &keys_number, &keys_search, &keys_show,
		  &keys_move },
	.settle = settle,
	.list = list,
	.matches = matches,
	.draw = draw,
};
