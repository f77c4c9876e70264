/* hex.c - see hex.h; looking must not bring pages into memory, unless asked for */
#include "hex.h"

#include "app.h"
#include "loader.h"
#include "picture.h"
#include "vmapview/alloc.h"
#include "vmapview/units.h"

#include <ctype.h>
#include <string.h>

static int address_width(const struct vmv_region *r)
{
	return r->end >> 48 ? 16 : 12;
}

/* The address, and then three columns and a character for each byte. */
static int bytes_per_line(const struct vmv_region *r, int width)
{
	int n = 32;

	while (n > 4 && address_width(r) + 2 + 4 * n > width)
		n /= 2;
	return n;
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

	if (hex->asked || !a->picture)
		return false;
	if (!hex->wanted)
		return hex->asked = seek_ask(a, job);
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
	if (job->seek) {
		seek_take(a, job->seek);
		return;
	}
	if (got->first != hex->first || got->count != hex->count || got->fetch != hex->fetch)
		return;
	memcpy(hex->bytes, got->bytes, sizeof(hex->bytes));
	memcpy(hex->pages, got->pages, sizeof(hex->pages));
	hex->err = got->err;
}

static enum vmv_page page_at(const struct hex *hex, size_t at)
{
	return hex->pages[(hex->first + at - page_of(hex->first)) / VMV_SMALLEST_PAGE];
}

bool hex_byte(const struct hex *hex, size_t at, unsigned char *byte)
{
	if (at >= hex->count || page_at(hex, at) != VMV_PAGE_READ)
		return false;
	*byte = hex->bytes[at];
	return true;
}

/* ---- lines ---- */

static uint64_t line_of(const struct app *a, const struct vmv_region *r, uint64_t address)
{
	return r->start + vmv_page_down(address - r->start, bytes_per_line(r, a->width));
}

void hex_start(struct app *a, const struct vmv_region *r)
{
	struct hex *hex = &a->details.hex;
	bool spotted = r->start <= hex->spot && hex->spot < r->end;

	hex->first = spotted ? line_of(a, r, hex->spot) : r->start;
	hex->fetch = false;
	a->details.read = false;
}

void hex_go(struct app *a, uint64_t address)
{
	a->details.hex.spot = address;
	a->details.seek.hit = VMV_UNKNOWN;
	a->details.hex.first = VMV_UNKNOWN;
	a->details.start = VMV_UNKNOWN;
	if (address != VMV_UNKNOWN && a->details.size == HEX_OFF)
		a->details.size = HEX_HALF;
}

/* A page that can't be read takes no more. */
static bool is_one_line(enum vmv_page page)
{
	return page != VMV_PAGE_READ && page != VMV_PAGE_ASKED;
}

/* How many bytes the line that begins with byte @at has. */
static size_t line_size(const struct hex *hex, size_t at, int per_line)
{
	size_t page = (size_t)((hex->first + at - page_of(hex->first)) / VMV_SMALLEST_PAGE);
	struct app_page part = page_part(hex, page);
	size_t left = part.offset + part.size - at;

	return is_one_line(hex->pages[page]) || left < (size_t)per_line ? left : (size_t)per_line;
}

struct list *hex_list(struct app *a)
{
	const struct vmv_region *r = app_region(a);
	struct details *d = &a->details;
	uint64_t per_line = r ? (uint64_t)bytes_per_line(r, a->width) : 1;

	d->bytes.text = true;
	d->bytes.count = r ? (size_t)((r->end - r->start - 1) / per_line + 1) : 0;
	d->line = r ? (size_t)((d->hex.first - r->start) / per_line) : 0;
	d->bytes.cursor = d->bytes.top = d->line;
	return &d->bytes;
}

uint64_t hex_line(const struct app *a, const struct vmv_region *r, size_t line)
{
	return r->start + line * (uint64_t)bytes_per_line(r, a->width);
}

void hex_reveal(struct app *a, uint64_t address)
{
	const struct vmv_region *r = app_region(a);
	struct hex *hex = &a->details.hex;

	if (!r || (hex->first <= address && address - hex->first < hex->shown))
		return;
	hex->first = line_of(a, r, address);
	a->details.read = false;
}

/* A few lines down are those that are on the screen. */
static uint64_t down(const struct hex *hex, size_t lines, int per_line)
{
	size_t at = 0;

	while (lines-- && at < hex->count)
		at += line_size(hex, at, per_line);
	return hex->first + at;
}

void hex_moved(struct app *a)
{
	const struct vmv_region *r = app_region(a);
	struct details *d = &a->details;
	size_t to = d->bytes.cursor,
	       last = d->bytes.count > d->bytes.page ? d->bytes.count - d->bytes.page : 0;
	int per_line = r ? bytes_per_line(r, a->width) : 1;
	uint64_t address, page = page_of(d->hex.first);

	if (!r || to == d->line)
		return;
	address = r->start + (to < last ? to : last) * (uint64_t)per_line;
	if (to > d->line && to - d->line <= d->bytes.page && to < last) {
		uint64_t next = down(&d->hex, to - d->line, per_line);

		if (next > address && next < r->end)
			address = next;
	} else if (to < d->line && address > page && is_one_line(d->hex.pages[0])) {
		address = page > r->start ? page : r->start;
	}
	d->hex.first = address;
	d->line = to;
	d->read = false;
}

/* ---- drawing ---- */

/* Where the user went to, and what was found. */
static unsigned byte_marks(const struct app *a, uint64_t address)
{
	const struct seek *seek = &a->details.seek;
	bool found = a->found && seek->hit != VMV_UNKNOWN && seek->hit <= address &&
		     address - seek->hit < seek->len;

	return (address == a->details.hex.spot ? PEN_REVERSE : 0) | (found ? PEN_UNDERLINE : 0);
}

/* @size of them, from @at on. */
static void draw_bytes(const struct app *a, struct surface *s, struct box line, size_t at,
		       size_t size)
{
	const struct hex *hex = &a->details.hex;
	int text = line.x + line.width - (int)size;

	for (int i = 0; i < (int)size; i++) {
		unsigned char c = hex->bytes[at + (size_t)i];
		unsigned marks = byte_marks(a, hex->first + at + (size_t)i);
		char shown[2] = { isprint(c) && c < 0x7f ? (char)c : '.', 0 };

		surface_print(s, strip(line.x + 3 * i, line.y, 2),
			      (c ? LOOK_PLAIN : LOOK_DIM) | marks, "%02x", c);
		surface_text(s, strip(text + i, line.y, 1),
			     (shown[0] == (char)c ? LOOK_TITLE : LOOK_DIM) | marks, shown);
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
	const struct vmv_region *r = app_region(a);
	struct hex *hex = &a->details.hex;
	size_t at = 0;
	int x, per_line;

	if (box.height < 1 || !r)
		return;
	x = box.x + address_width(r) + 1;
	per_line = bytes_per_line(r, box.width);
	draw_heading(a, s, strip(box.x, box.y, box.width));
	for (int y = box.y + 1; y < box.y + box.height && at < hex->count; y++) {
		enum vmv_page page = page_at(hex, at);
		size_t size = line_size(hex, at, per_line);
		char address[VMV_NUMBER_ROOM];

		vmv_put_hex(address, hex->first + at, 12);
		surface_text(s, strip(box.x, y, box.width), LOOK_DIM, address);
		if (page == VMV_PAGE_READ)
			draw_bytes(a, s, strip(x, y, 3 * per_line + (int)size), at, size);
		else if (page != VMV_PAGE_ASKED || !at)
			surface_text(s, strip(x, y, box.x + box.width - x), LOOK_DIM,
				     page_text(hex, page));
		at += size;
	}
	hex->shown = at;
	a->details.bytes.page = (size_t)box.height - 1;
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
