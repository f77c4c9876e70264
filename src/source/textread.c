/* textread.c - see textread.h */
#include "textread.h"

#include "textline.h"
#include "textsplit.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/smaps.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* The map that begins has the command that a heading told, or none. */
static void announce(struct text *t, unsigned long before)
{
	struct vmv_process *process = &t->maps.map->process;

	if (t->maps.number == before || t->maps.done)
		return;
	free(process->command);
	process->command = t->command;
	process->pid = process->tgid = t->pid;
	t->command = NULL;
	t->pid = 0;
}

static void add_row(struct text *t)
{
	unsigned long before = t->maps.number;

	textmaps_add(&t->maps, &t->row);
	announce(t, before);
	t->strange = t->headless = false;
}

void textread_broken(struct text *t, const char *why)
{
	t->strange = true;
	if (t->broken)
		return;
	t->broken = t->number;
	t->why = why;
}

static const char joined[] =
	"several lines of a map in one, with \\n, carriage returns or the like "
	"between: put each on a line of its own";

/* It is shown as one: the name of a file may look like lines. */
static void check_joined(struct text *t)
{
	if (t->row.len && strpbrk(t->row.name, TEXTENDS_FIRST) &&
	    textends_joined(&t->forms, t->line))
		textread_broken(t, joined);
}

/* As the kernel writes it. */
static bool take_header(struct text *t)
{
	struct textrow *row = &t->row;

	if (!vmv_parse_header(t->line, &row->region, &row->name))
		return false;
	row->len = t->len - (size_t)(row->name - t->line);
	row->flags = NULL;
	row->ncounters = 0;
	row->by_name = row->stack = false;
	t->column = 0;
	add_row(t);
	check_joined(t);
	return true;
}

static bool is(const char *name, size_t len, const char *word)
{
	return strlen(word) == len && !memcmp(name, word, len);
}

/*
 * Words with a colon and a number are everywhere: /proc/PID/status and meminfo are often saved
 * with a map.  A counter begins a region's, or goes on with them.
 */
static bool may_follow(struct text *t, const char *name, size_t len)
{
	size_t progress = vmv_smaps_progress(t->maps.parser);
	size_t known = vmv_smaps_knows(t->maps.parser, name, len);
	bool first = is(name, len, "Size") || is(name, len, "Rss");

	if (!t->maps.map->nregions || t->headless)
		return false;
	if (is(name, len, "Name")) /* of Android */
		return !progress && !t->strange;
	if (t->strange && !known && progress) /* none was seen yet in a region before */
		return textmaps_is_first(&t->maps) && vmv_is_stat(name, len);
	if (t->strange)
		return known ? known > progress : first;
	if (known || first || vmv_is_stat(name, len) || is(name, len, "VmFlags"))
		return true;
	return progress && progress != SIZE_MAX;
}

static bool take_counter(struct text *t, char *text, size_t key)
{
	if (!may_follow(t, text, key) || !textline_is_counter(text, key))
		return false;
	textline_plain_blanks(text);
	if (!vmv_smaps_counter(t->maps.parser, text, strlen(text)))
		return false;
	t->strange = false;
	return true;
}

/* The same somewhere on the line. */
static bool find_counter(struct text *t)
{
	size_t at = SIZE_MAX, key;

	while (textline_counter(t->line, &at, &key)) {
		bool in_front = textline_is_visible(t->line, at);

		if (take_counter(t, t->line + at, key)) {
			t->left_out[LOST_PREFIX] += in_front;
			return true;
		}
	}
	return false;
}

bool textread_keep(struct text *t, const struct textrow *row, size_t before)
{
	const struct splitline line = { t->line, t->len, t->number, t->unended };
	struct textheading heading;
	bool barrier = !row && !textsplit_marks(t->line, strlen(t->line)) &&
		       textline_heading(t->line, &heading);

	return textsplit_keep(t->kept, &line, row ? &row->region : NULL, before, barrier);
}

static bool find_row(struct text *t)
{
	size_t before;

	if (!textline_row(&t->forms, t->line, &t->row, &before))
		return false;
	if (!t->sorted && textsplit_marks(t->line, before)) {
		t->kept = textsplit_new();
		textread_keep(t, &t->row, before);
		return true;
	}
	t->left_out[LOST_PREFIX] += textline_is_visible(t->line, before);
	t->column = before;
	add_row(t);
	check_joined(t);
	return true;
}

static void leave_out(struct text *t, enum textlost kind)
{
	if (!t->first) {
		t->first = t->number;
		strncpy(t->quoted, t->line, sizeof(t->quoted) - 1);
	}
	t->left_out[kind]++;
	t->strange = true;
}

static void take_heading(struct text *t, const struct textheading *heading)
{
	t->maps.heading = true;
	if (!heading->command) {
		leave_out(t, LOST_HEADING);
		return;
	}
	free(t->command);
	t->command = vmv_strdup(heading->command);
	t->pid = heading->pid;
}

/* What is no line of the kernel's. */
static void take_other(struct text *t)
{
	struct textheading heading;

	if (strlen(t->line) != t->len) { /* a NUL, which no text has */
		leave_out(t, LOST_FOREIGN);
		return;
	}
	if (find_row(t) || find_counter(t))
		return;
	if (strchr(t->line, 0x1b)) {
		textline_plain(t->line);
		if (find_row(t) || find_counter(t))
			return;
	}
	if (textline_damaged(t->line)) {
		textread_broken(t, "a damaged line of a map");
	} else if (strpbrk(t->line, TEXTENDS_FIRST) && textends_joined(&t->forms, t->line)) {
		textread_broken(t, joined);
	} else if (textform_heading(&t->forms, t->line)) {
		t->strange = true;
	} else if (textline_heading(t->line, &heading)) {
		take_heading(t, &heading);
	} else if (!textline_is_blank(t->line)) {
		leave_out(t, LOST_FOREIGN);
	}
}

static bool take_kernels(struct text *t)
{
	size_t key;

	if (strlen(t->line) != t->len)
		return false;
	if (!isupper((unsigned char)*t->line))
		return take_header(t);
	key = strcspn(t->line, ":");
	return t->line[key] && take_counter(t, t->line, key);
}

/* Behind a prefix, too; all else in the line may be a log's. */
static bool counter_is_cut(struct text *t)
{
	char *copy = vmv_strdup(t->line);
	size_t at = SIZE_MAX, key;
	bool cut = false;

	while (!cut && textline_counter(copy, &at, &key))
		cut = may_follow(t, copy + at, key) &&
		      vmv_smaps_is_cut(copy + at, strlen(copy + at));
	free(copy);
	return cut;
}

/* A last line without a newline: it may have been the beginning of a longer one. */
static bool is_cut(struct text *t)
{
	enum { FEWEST = 4 }; /* digits of an address */
	bool counters = vmv_smaps_progress(t->maps.parser) || t->maps.map->nfields;
	size_t before, digits;

	if (!t->unended || !t->maps.map->nregions || strlen(t->line) != t->len)
		return false;
	digits = strspn(t->line, "0123456789abcdefABCDEF");
	if (isupper((unsigned char)*t->line) && digits < FEWEST)
		return counters && !t->strange && vmv_smaps_is_cut(t->line, t->len);
	if (textline_row(&t->forms, t->line, &t->row, &before))
		return vmv_name_is_cut(&t->row.region, t->row.name, t->row.len,
				       t->len > 1 && !strcmp(t->line + t->len - 2, "  "));
	return textline_is_part(t->line, t->column) ||
	       (counters && !t->strange && counter_is_cut(t));
}

void textread_line(struct text *t)
{
	if (is_cut(t))
		textread_broken(t, "this line is cut short");
	else if (!take_kernels(t))
		take_other(t);
}
