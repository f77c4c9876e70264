/* hex.c - see hex.h; looking must not bring pages into memory, unless asked for */
#include "hex.h"

#include "app.h"
#include "loader.h"
#include "picture.h"
#include "vmapview/alloc.h"
#include "vmapview/units.h"

#include <ctype.h>
#include <string.h>

void hex_start(struct app *a, uint64_t address)
{
	a->details.hex.first = address;
	a->details.hex.fetch = false;
	a->details.read = false;
}

/* What is asked about at once: a larger page answers alike in all its parts. */
static uint64_t page_of(uint64_t address)
{
	return vmv_page_down(address, VMV_SMALLEST_PAGE);
}

static struct app_page {
	size_t offset, size;
} page_part(const struct hex *hex, size_t page)
{
	uint64_t first = page_of(hex->first) + page * VMV_SMALLEST_PAGE, from = first;
	uint64_t to = first + VMV_SMALLEST_PAGE, end = hex->first + hex->count;

	if (from < hex->first)
		from = hex->first;
	if (to > end || to < first)
		to = end;
	return (struct app_page){ (size_t)(from - hex->first),
				  to > from ? (size_t)(to - from) : 0 };
}

static void set_pages(struct hex *hex, enum vmv_page what)
{
	for (size_t page = 0; page < HEX_PAGES; page++)
		hex->pages[page] = what;
}

void hex_read(struct app *a)
{
	const struct vmv_region *r = app_region(a);
	struct hex *hex = &a->details.hex;
	size_t count;

	if (a->details.read || !r || a->details.size == HEX_OFF)
		return;
	a->details.read = true;
	if (hex->first < r->start || hex->first >= r->end)
		hex->first = r->start;
	count = r->end - hex->first < HEX_ROOM ? (size_t)(r->end - hex->first) : HEX_ROOM;
	hex->wanted = a->world->memory.peek && !a->gone;
	if (!hex->wanted)
		set_pages(hex, VMV_PAGE_GONE);
	else if (hex->known != hex->first || count > hex->count)
		set_pages(hex, VMV_PAGE_ASKED);
	hex->known = hex->first;
	hex->count = count;
}

bool hex_ask(struct app *a, struct job *job)
{
	struct hex *hex = &a->details.hex;

	if (!hex->wanted || hex->asked || !a->picture)
		return false;
	*job = (struct job){ .kind = JOB_MEMORY, .of = picture_ref(a->picture) };
	job->hex = vmv_calloc(1, sizeof(*hex));
	*job->hex = *hex;
	hex->wanted = false;
	return hex->asked = true;
}

void hex_look(struct hex *hex, const struct vmv_memory *memory)
{
	struct vmv_peek pieces[HEX_PAGES];
	struct app_page part;
	size_t n = 0;
	int rc;

	while (n < HEX_PAGES && (part = page_part(hex, n)).size)
		pieces[n++] = (struct vmv_peek){ .address = hex->first + part.offset,
						 .size = part.size,
						 .to = hex->bytes + part.offset,
						 .fetch = hex->fetch };
	hex->err.code = 0;
	rc = memory->peek(memory->data, pieces, n, &hex->err);
	for (size_t page = 0; page < n; page++)
		hex->pages[page] = rc < 0 ? VMV_PAGE_GONE : pieces[page].page;
}

/* It may be elsewhere by now, or of another process; then that is still wanted. */
void hex_take(struct app *a, const struct job *job)
{
	const struct vmv_process *p = &job->of->map.process;
	const struct hex *got = job->hex;
	struct hex *hex = &a->details.hex;

	hex->asked = false;
	if (!a->picture || p->pid != a->picture->map.process.pid ||
	    p->start_ticks != a->picture->map.process.start_ticks)
		return;
	if (got->first != hex->first || got->count != hex->count || got->fetch != hex->fetch)
		return;
	memcpy(hex->bytes, got->bytes, sizeof(hex->bytes));
	memcpy(hex->pages, got->pages, sizeof(hex->pages));
	hex->err = got->err;
}

/* ---- drawing ---- */

/* The address, and then three columns and a character for each byte. */
static int bytes_per_line(int address_width, int width)
{
	int n = 32;

	while (n > 4 && address_width + 2 + 4 * n > width)
		n /= 2;
	return n;
}

/* Those from @at on, before @end. */
static void draw_bytes(struct surface *s, struct box line, const struct hex *hex, size_t at,
		       size_t end, int per_line)
{
	int x = line.x, text = x + 3 * per_line;

	for (int i = 0; i < per_line && at + (size_t)i < end; i++) {
		unsigned char c = hex->bytes[at + (size_t)i];
		unsigned pen = c ? LOOK_PLAIN : LOOK_DIM;
		char shown[2] = { isprint(c) && c < 0x7f ? (char)c : '.', 0 };

		surface_print(s, strip(x + 3 * i, line.y, 2), pen, "%02x", c);
		surface_text(s, strip(text + i, line.y, 1),
			     shown[0] == (char)c ? LOOK_TITLE : LOOK_DIM, shown);
	}
}

static const char *page_text(const struct hex *hex, enum vmv_page page)
{
	static const char *const texts[] = {
		[VMV_PAGE_READ] = "",
		[VMV_PAGE_ASKED] = "reading",
		[VMV_PAGE_ABSENT] = "not in memory (f reads it all the same)",
		[VMV_PAGE_SWAPPED] = "swapped out (f reads it all the same)",
		[VMV_PAGE_GUARD] = "a guard page: nobody may touch it",
		[VMV_PAGE_FAULT] = "can't be read",
		[VMV_PAGE_DENIED] = "we may not read it: run as the process's user or as root",
		[VMV_PAGE_GONE] = "no longer there",
		[VMV_PAGE_LACKING] = "can't be read: too many files are open, or memory is short",
		[VMV_PAGE_SILENT] = "no answer: gave up reading it",
		[VMV_PAGE_UNSAVED] = "not in the core file",
	};

	return page == VMV_PAGE_GONE && hex->err.code ? hex->err.text : texts[page];
}

static void draw_heading(struct app *a, struct surface *s, struct box line)
{
	char from[VMV_NUMBER_ROOM];

	vmv_put_hex(from, a->details.hex.first, 12);
	surface_fill(s, line, LOOK_HEADING, L' ');
	surface_print(s, strip(line.x, line.y, line.width), LOOK_HEADING, "Memory from %s%s", from,
		      a->details.hex.fetch ? ", fetched where it was not there" : "");
}

void hex_draw(struct app *a, struct surface *s, struct box box)
{
	struct hex *hex = &a->details.hex;
	int addresses = hex->first >> 48 ? 16 : 12, per_line = bytes_per_line(addresses, box.width);
	int x = box.x + addresses + 1;
	size_t at = 0;

	if (box.height < 1)
		return;
	draw_heading(a, s, strip(box.x, box.y, box.width));
	for (int y = box.y + 1; y < box.y + box.height && at < hex->count; y++) {
		size_t page = (size_t)((hex->first + at - page_of(hex->first)) / VMV_SMALLEST_PAGE);
		struct app_page part = page_part(hex, page);
		size_t end = part.offset + part.size;
		char address[VMV_NUMBER_ROOM];

		vmv_put_hex(address, hex->first + at, 12);
		surface_text(s, strip(box.x, y, box.width), LOOK_DIM, address);
		if (hex->pages[page] == VMV_PAGE_READ) {
			draw_bytes(s, strip(x, y, box.width), hex, at, end, per_line);
			at = end - at > (size_t)per_line ? at + (size_t)per_line : end;
		} else { /* one line for all of the page */
			surface_text(s, strip(x, y, box.x + box.width - x), LOOK_DIM,
				     page_text(hex, hex->pages[page]));
			at = end;
		}
	}
	hex->shown = at;
}

/* ---- commands ---- */

void command_hex_size(struct app *a)
{
	a->details.size = (enum hex_size)((a->details.size + 1) % HEX_SIZES);
	a->details.read = false;
}

static void scroll(struct app *a, bool forward)
{
	const struct vmv_region *r = app_region(a);
	struct hex *hex = &a->details.hex;
	uint64_t step = hex->shown ? hex->shown : 256;

	if (!r)
		return;
	if (forward ? r->end - hex->first <= step : hex->first == r->start)
		app_say(a, "the region %s here", forward ? "ends" : "begins");
	else if (forward)
		hex->first += step;
	else
		hex->first = hex->first - r->start > step ? hex->first - step : r->start;
	a->details.read = false;
}

void command_hex_forward(struct app *a)
{
	scroll(a, true);
}

void command_hex_backward(struct app *a)
{
	scroll(a, false);
}

void command_hex_fetch(struct app *a)
{
	a->details.hex.fetch = !a->details.hex.fetch;
	a->details.read = false;
	app_say(a, a->details.hex.fetch ? "pages are fetched when they are looked at"
					: "only what is in memory is read");
}

static void step_region(struct app *a, bool forward)
{
	const struct vmv_region *r = app_region(a);
	const struct vmv_map *map = a->picture ? &a->picture->map : NULL;

	if (!r || !map)
		return;
	if (forward ? r + 1 == map->regions + map->nregions : r == map->regions)
		app_say(a, "this is the %s region", forward ? "last" : "first");
	else
		a->at = (forward ? r + 1 : r - 1)->start;
}

void command_next_region(struct app *a)
{
	step_region(a, true);
}

void command_previous_region(struct app *a)
{
	step_region(a, false);
}
