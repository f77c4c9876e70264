/* details.c - see details.h: a region in words */
#include "details.h"

#include "app.h"
#include "picture.h"
#include "surface.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/diff.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/text.h"
#include "vmapview/units.h"
#include "vmapview/vmflags.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_WIDTH = 11, WAS_ROOM = VMV_NUMBER_ROOM + 8 };

static void clear(struct details *d)
{
	for (size_t i = 0; i < d->nlines; i++)
		free(d->lines[i].text);
	d->nlines = 0;
}

void details_done(struct details *d)
{
	clear(d);
	free(d->lines);
	d->lines = NULL;
}

/* ---- lines ---- */

static void put_line(struct details *d, unsigned pen, const char *label, const char *text,
		     size_t len)
{
	struct detail_line *line;

	d->lines = vmv_grow(d->lines, d->nlines, &d->room, sizeof(*d->lines));
	line = &d->lines[d->nlines++];
	*line = (struct detail_line){ .pen = pen, .label = label };
	line->indent = label ? LABEL_WIDTH : 0;
	line->text = vmv_realloc(NULL, len + 1, 1);
	memcpy(line->text, text, len);
	line->text[len] = '\0';
}

/* A paragraph after its label; the rest of it under its beginning. */
static void put_text(struct details *d, unsigned pen, const char *label, const char *text)
{
	int width = d->width - LABEL_WIDTH;

	if (width < 16)
		width = 16;
	do {
		size_t n = surface_fitting(d->ascii, text, width);

		put_line(d, pen, label, text, n);
		text += n;
		text += *text == ' ';
		label = "";
	} while (*text);
}

__attribute__((format(printf, 4, 5))) static void put(struct details *d, unsigned pen,
						      const char *label, const char *fmt, ...)
{
	va_list ap;
	char *text;

	va_start(ap, fmt);
	text = vmv_vasprintf(fmt, ap);
	va_end(ap);
	put_text(d, pen, label, text);
	free(text);
}

static void put_title(struct details *d, const char *title)
{
	put_line(d, LOOK_PLAIN, NULL, "", 0);
	put_line(d, LOOK_TITLE, NULL, title, strlen(title));
}

/* ---- what it is ---- */

static void put_identity(struct details *d, const struct vmv_region *r)
{
	char size[VMV_NUMBER_ROOM], why[1024];

	vmv_put_human(size, r->end - r->start);
	put(d, LOOK_TITLE, "Region", "%012" PRIx64 "-%012" PRIx64 "  %s  %s  %s", r->start, r->end,
	    vmv_perms_text(r->perms), size, vmv_base_name(r->name));
	vmv_explain(r, why, sizeof(why));
	put(d, vmv_classes[r->class].role, "What", "%s%s%s: %s", vmv_classes[r->class].name,
	    vmv_parts[r->part] ? " " : "", vmv_parts[r->part] ? vmv_parts[r->part] : "", why);
	if (r->tid)
		put(d, LOOK_PLAIN, "Thread", "%d", r->tid);
}

static const char *sharing_text(const struct vmv_region *r)
{
	if (r->perms & VMV_SHARED)
		return "shared: what one process writes, all that map it see";
	if (r->inode)
		return "private: what this process writes is its own copy, made page by page when "
		       "it first writes (copy-on-write)";
	return "private: no other process sees what this one writes; after a fork(), parent and "
	       "child have the same pages, until one of them writes (copy-on-write)";
}

static void put_access(struct details *d, const struct vmv_map *map, const struct vmv_region *r)
{
	struct vmv_value value;

	vmv_region_get(vmv_column_find(&vmv_kind_regions, "access", 6), map, r, &value);
	put_text(d, LOOK_PLAIN, "Access", value.known ? value.text : "not known");
	if (!(r->perms & VMV_SHARING_UNKNOWN))
		put_text(d, LOOK_DIM, "", sharing_text(r));
	if ((r->perms & (VMV_WRITE | VMV_EXEC)) == (VMV_WRITE | VMV_EXEC))
		put_text(d, LOOK_BANNER, "",
			 "Writable and executable at once: what is written here can run.");
}

static bool is_deleted(const struct vmv_region *r)
{
	static const char suffix[] = " (deleted)";
	size_t len = strlen(r->name), n = sizeof(suffix) - 1;

	return *r->name == '/' && len > n && !strcmp(r->name + len - n, suffix);
}

static void put_file(struct details *d, const struct vmv_map *map, const struct vmv_region *r)
{
	char file[64] = "";

	if (!r->inode) {
		if (*r->name)
			put_text(d, LOOK_PLAIN, "Name", r->name);
		else if (r->object && *r->object == '/')
			put(d, LOOK_PLAIN, "Belongs to", "%s", r->object);
		return;
	}
	put_text(d, LOOK_PLAIN, "File", r->name);
	if (vmv_file_is_known(r))
		snprintf(file, sizeof(file), "; device %02x:%02x, inode %" PRIu64, r->major,
			 r->minor, r->inode);
	put(d, LOOK_PLAIN, "", "bytes %#" PRIx64 " to %#" PRIx64 " of it%s", r->offset,
	    r->offset + (r->end - r->start), file);
	if (is_deleted(r) && !vmv_is_internal(map, r))
		put_text(d, LOOK_BANNER, "",
			 "Deleted or replaced since it was mapped: the process still has the old "
			 "contents, for example of a library before an upgrade.");
}

/* ---- around it ---- */

static void put_neighbour(struct details *d, const char *label, uint64_t gap,
			  const struct vmv_region *r)
{
	char free_space[VMV_NUMBER_ROOM] = "";

	if (gap)
		vmv_put_human(free_space, gap);
	if (!r) {
		put(d, LOOK_PLAIN, label, "%s%s", gap ? free_space : "nothing",
		    gap ? " free, down to address 0" : "");
		return;
	}
	if (gap >> 62) { /* not free, but not for programs: the kernel's half */
		put_text(d, LOOK_PLAIN, label, "nothing that a program can have");
		return;
	}
	put(d, vmv_classes[r->class].role, label, "%s%s%012" PRIx64 " %s %s %s",
	    gap ? free_space : "", gap ? " free, then " : "at once: ", r->start,
	    vmv_perms_text(r->perms), vmv_classes[r->class].name, vmv_base_name(r->name));
}

static void put_neighbours(struct details *d, const struct vmv_map *map, const struct vmv_region *r)
{
	const struct vmv_region *below = r > map->regions ? r - 1 : NULL;
	const struct vmv_region *above = r + 1 < map->regions + map->nregions ? r + 1 : NULL;

	put_neighbour(d, "Below", r->start - (below ? below->end : 0), below);
	put_neighbour(d, "Above", above ? above->start - r->end : 0, above);
}

/* ---- what the kernel counts ---- */

static void number_text(const struct vmv_column *column, uint64_t number, char *text)
{
	if (column->type == VMV_BYTES)
		vmv_put_human(text, number);
	else
		vmv_put_dec(text, number);
}

static const struct vmv_change *change_of(const struct picture *p, const struct vmv_region *r)
{
	return p->base ? vmv_diff_of(&p->diff, r) : NULL;
}

static void put_one_before(struct details *d, const char *kind, const struct vmv_region *was)
{
	char size[VMV_NUMBER_ROOM];

	vmv_put_human(size, was->end - was->start);
	put(d, LOOK_NEW, "Baseline", "%s: it was %012" PRIx64 "-%012" PRIx64 "  %s  %s", kind,
	    was->start, was->end, vmv_perms_text(was->perms), size);
}

static void put_several_before(struct details *d, const struct vmv_change *change)
{
	const struct vmv_amount *size = &change->amounts[VMV_OF_SIZE];
	char was[VMV_NUMBER_ROOM], is[VMV_NUMBER_ROOM];

	vmv_put_human(was, size->before);
	vmv_put_human(is, size->after);
	put(d, LOOK_NEW, "Baseline", "%s: %zu region%s of %s then, %zu of %s now",
	    vmv_fates[change->fate], change->nbefore, change->nbefore == 1 ? "" : "s", was,
	    change->nafter, is);
}

/* What became of the region since the baseline, as the changes screen has it. */
static void put_change(struct details *d, const struct picture *p, const struct vmv_region *r)
{
	const struct vmv_change *change = change_of(p, r);

	if (!change || change->fate == VMV_SAME_REGION)
		return;
	if (!change->nbefore)
		put_text(d, LOOK_NEW, "Baseline", "new: it was not there");
	else if (change->nbefore == 1 && change->nafter == 1)
		put_one_before(d, vmv_fates[change->fate], vmv_change_before(&p->diff, change, 0));
	else
		put_several_before(d, change);
}

/* What the regions that became this one had in the baseline; nothing if they became others, too. */
static uint64_t number_before(const struct picture *p, const struct vmv_region *r,
			      const struct vmv_column *column)
{
	const struct vmv_change *change = change_of(p, r);
	uint64_t sum = VMV_UNKNOWN;

	if (!change || change->nafter != 1 || (change->nbefore > 1 && column->merge != VMV_SUM))
		return VMV_UNKNOWN;
	for (size_t i = 0; i < change->nbefore; i++) {
		struct vmv_value value;

		vmv_region_get(column, &p->base->map, vmv_change_before(&p->diff, change, i),
			       &value);
		if (!value.known)
			return VMV_UNKNOWN;
		picture_add(&sum, &value);
	}
	return sum;
}

/* As " [was 4K]"; "" if it is the same or not known. */
static void was_text(const struct picture *p, const struct vmv_column *column,
		     const struct vmv_region *r, uint64_t now, char text[WAS_ROOM])
{
	uint64_t before = number_before(p, r, column);
	char number[VMV_NUMBER_ROOM];

	*text = '\0';
	if (before == VMV_UNKNOWN || before == now)
		return;
	number_text(column, before, number);
	snprintf(text, WAS_ROOM, " [was %s]", number);
}

static void put_counters(struct details *d, const struct picture *p, const struct vmv_region *r)
{
	put_title(d, "Counters");
	for (size_t i = 0; i < vmv_kind_regions.ncolumns; i++) {
		const struct vmv_column *column = &vmv_kind_regions.columns[i];
		char number[VMV_NUMBER_ROOM], was[WAS_ROOM];
		struct vmv_value value;

		if (!(column->needs & VMV_NEED_SMAPS) || column->type == VMV_TEXT)
			continue;
		vmv_region_get(column, &p->map, r, &value);
		if (!value.known)
			continue;
		number_text(column, value.number, number);
		was_text(p, column, r, value.number, was);
		put(d, value.number ? LOOK_PLAIN : LOOK_DIM, column->title, "%6s%s  %s", number,
		    was, column->help);
	}
}

static bool is_known(const struct vmv_map *map, size_t field)
{
	if (!strcmp(map->fields[field].name, "Size")) /* that of the region, told above */
		return true;
	for (size_t i = 0; i < VMV_STATS; i++)
		if (map->stats[i] == (int)field)
			return true;
	return false;
}

/* Those of a kernel newer than this program. */
static void put_other_counters(struct details *d, const struct vmv_map *map,
			       const struct vmv_region *r)
{
	for (size_t f = 0; f < map->nfields; f++) {
		uint64_t value = vmv_map_counter(map, r, f);
		char number[VMV_NUMBER_ROOM];

		if (is_known(map, f) || value == VMV_UNKNOWN)
			continue;
		if (map->fields[f].bytes)
			vmv_put_human(number, value);
		else
			vmv_put_dec(number, value);
		put(d, LOOK_PLAIN, "", "%6s  %s, which this program does not know", number,
		    map->fields[f].name);
	}
}

static void put_flags(struct details *d, const struct vmv_region *r)
{
	if (!r->flags || !*r->flags)
		return;
	put_title(d, "VmFlags");
	for (const char *s = r->flags; *s;) {
		size_t len = strcspn(s, " ");
		const char *help = len == 2 ? vmv_vmflag_help(s) : NULL;

		if (len)
			put(d, LOOK_PLAIN, "", "%.*s  %s", (int)(len < 40 ? len : 40), s,
			    help ? help : "(not known to this program)");
		s += len;
		s += strspn(s, " ");
	}
}

void details_build(struct app *a)
{
	const struct vmv_region *r = app_region(a);
	struct details *d = &a->details;
	const struct vmv_map *map;

	if (d->built)
		return;
	d->built = true;
	if (!r) {
		if (a->picture && !d->nlines)
			put_text(d, LOOK_BANNER, "", "Nothing is mapped here.");
		else if (a->picture && d->nlines && d->lines[0].pen != LOOK_BANNER) {
			clear(d);
			put_text(d, LOOK_BANNER, "", "This region is no longer there.");
		}
		list_resize(&d->list, d->nlines);
		return;
	}
	map = &a->picture->map;
	clear(d);
	put_identity(d, r);
	put_access(d, map, r);
	put_file(d, map, r);
	put_neighbours(d, map, r);
	put_change(d, a->picture, r);
	if (map->nfields) {
		put_counters(d, a->picture, r);
		put_other_counters(d, map, r);
	} else {
		put_text(d, LOOK_DIM, "Counters",
			 "not known: the target has no smaps, or they may not be read");
	}
	put_flags(d, r);
	list_resize(&d->list, d->nlines);
}

bool details_matches(const struct details *d, size_t line, const char *text)
{
	return strcasestr(d->lines[line].text, text) ||
	       (d->lines[line].label && strcasestr(d->lines[line].label, text));
}

void details_draw(struct details *d, struct surface *s, struct box box, const char *found)
{
	list_fit(&d->list, box.height > 0 ? (size_t)box.height : 0);
	d->list.first_y = box.y;
	for (int y = 0; y < box.height && d->list.top + (size_t)y < d->nlines; y++) {
		const struct detail_line *line = &d->lines[d->list.top + (size_t)y];
		int x = box.x + line->indent;

		if (line->label)
			surface_text(s, strip(box.x, box.y + y, LABEL_WIDTH - 1), LOOK_LABEL,
				     line->label);
		surface_text(s, strip(x, box.y + y, box.x + box.width - x), line->pen, line->text);
		if (found && *found && details_matches(d, d->list.top + (size_t)y, found))
			surface_add(s, strip(box.x, box.y + y, box.width), PEN_UNDERLINE);
	}
}
