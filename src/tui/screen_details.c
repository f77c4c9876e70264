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
		if (a->details.hex.first < r->start || a->details.hex.first >= r->end)
			hex_start(a, r);
	}
	if (a->details.width != a->width)
		a->details.built = false;
	a->details.width = a->width;
	details_build(a);
	hex_read(a);
}

/* What the region belongs to. */
static const char *subject(const struct app *a)
{
	const struct vmv_region *r = app_region(a);

	return r ? vmv_base_name(r->object && *r->object ? r->object : r->name) : NULL;
}

/* Where the memory is all there is to be seen, the keys move that. */
static struct list *list(struct app *a)
{
	return a->details.size == HEX_WHOLE && app_region(a) ? hex_list(a) : &a->details.list;
}

static void moved(struct app *a)
{
	if (a->details.size == HEX_WHOLE)
		hex_moved(a);
}

static bool matches(struct app *a, size_t row, const char *text)
{
	return row < a->details.nlines && details_matches(&a->details, row, text);
}

/* The text or, if that does not have it, the memory; where that is all there is to be seen, only
 * that. */
static bool find(struct app *a, size_t from, long step)
{
	struct details *d = &a->details;

	a->details.seek.on = false;
	if (d->size != HEX_WHOLE && find_row(a, &d->list, from, step)) {
		d->seek.hit = VMV_UNKNOWN;
		return true;
	}
	return d->size != HEX_OFF && hex_find(a, step < 0);
}

/* The user went to an address in it, or found something there. */
static bool spotted(const struct app *a)
{
	const struct vmv_region *r = app_region(a);
	const uint64_t spots[] = { a->details.hex.spot, a->details.seek.hit };

	for (size_t i = 0; r && i < sizeof(spots) / sizeof(*spots); i++)
		if (r->start <= spots[i] && spots[i] < r->end)
			return true;
	return false;
}

/* How many lines the memory pane gets, with its heading. */
static int pane_height(const struct app *a, int height)
{
	if (a->details.size == HEX_OFF || !app_region(a))
		return 0;
	if (a->details.size == HEX_WHOLE)
		return height;
	if (height >= 8)
		return height * 2 / 5;
	return spotted(a) && height >= 3 ? 2 : 0;
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
	{ { 'x', VK_TAB }, "x Tab", command_hex_size, "memory: half of the screen, all of it, hidden", "Memory", 1 },
	{ { ']' }, "]", command_hex_forward, "memory: forward", "Forward", 3 },
	{ { '[' }, "[", command_hex_backward, "memory: backward", "Backward", 3 },
	{ { 'f' }, "f", command_hex_fetch, "memory: read pages too that are not in memory; this makes the process have them", "Fetch", 3 },
	{ { 'J', '.' }, "J .", command_next_region, "the next region", "Next", 3 },
	{ { 'K', ',' }, "K ,", command_previous_region, "the region before", "Previous", 3 },
};
/* clang-format on */

static const struct keymap keys = KEYMAP("Details", bindings);

const struct screen screen_details = {
	.title = "Details",
	.process = true,
	.places = true,
	.maps = { &keys, &keys_sub, &keys_left, &keys_number, &keys_search, &keys_show,
		  &keys_move },
	.subject = subject,
	.settle = settle,
	.list = list,
	.moved = moved,
	.matches = matches,
	.find = find,
	.draw = draw,
};
