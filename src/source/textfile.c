/*
 * textfile.c - a source of its own: texts with maps in them, from whatever kernel or program
 *
 * What people saved, copied and logged has more in it than a map.  The lines as the kernel writes
 * them take a short way; only for those that are none is asked what else they may be.
 */
#include "otherfile.h"
#include "textform.h"
#include "textline.h"
#include "textmaps.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/reader.h"
#include "vmapview/smaps.h"
#include "vmapview/source.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Without a region that far, there is none in a text that people would name. */
enum { PREFACE_MAX = 256 << 20 };

/** What is left out of a text. */
enum kind { HEADING, FOREIGN, PREFIX, KINDS };

/**
 * struct text - where in the file we are
 * @line, @len: the line at hand, without its end
 * @passed:     bytes of lines so far
 * @column:     where on its line the last region stood
 * @strange:    a line that is no part of the map came since the last one that is
 * @damaged:    the number of the first line that should have been a region, or 0
 * @dollar:     each line ends as "cat -A" shows it
 * @padded:     each line ends with blanks, as what is copied from a terminal
 * @quoted, @first: the first line that is no map line, and its number
 * @pid, @command: of the map that a heading announced
 */
struct text {
	const struct vmv_target *target;
	struct vmv_error *err;
	struct vmv_reader in;
	struct textmaps maps;
	struct textforms forms;
	struct textrow row;
	char *line;
	size_t len, column;
	uint64_t passed;
	unsigned long number, damaged, first, left_out[KINDS];
	bool strange, dollar, padded;
	char quoted[64];
	int pid;
	char *command;
};

static int fail_line(struct text *t, unsigned long line, const char *why)
{
	return vmv_fail(t->err, EINVAL, "%.120s:%lu: %s", vmv_target_name(t->target), line, why);
}

/* ---- ends of lines ---- */

/* How many of the lines at the beginning of the file end like that? */
static size_t count_ends(const struct vmv_target *t, const char *end)
{
	const unsigned char *s = t->head, *stop = t->head + t->len, *newline;
	size_t n = 0;

	for (; (newline = memchr(s, '\n', (size_t)(stop - s))); s = newline + 1)
		n += textline_ends_with(s, (size_t)(newline - s), end);
	return n;
}

static bool all_end_with(const struct vmv_target *t, const char *end)
{
	size_t n = count_ends(t, end);

	return n > 1 && n == count_ends(t, "");
}

static size_t first_line(const struct vmv_target *t)
{
	const unsigned char *newline = memchr(t->head, '\n', t->len);

	return newline ? (size_t)(newline - t->head) : t->len;
}

static void cut_dollar(struct text *t)
{
	if (t->len && t->line[t->len - 1] == '$')
		t->line[--t->len] = '\0';
	if (t->len > 1 && !strcmp(t->line + t->len - 2, "^M"))
		t->line[t->len -= 2] = '\0';
}

/* ---- what a line may be ---- */

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

static void add_row(struct text *t, int pid, bool sure)
{
	unsigned long before = t->maps.number;

	textmaps_add(&t->maps, &t->row, pid, sure);
	announce(t, before);
	t->strange = false;
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
	add_row(t, 0, false);
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

	if (!t->maps.map->nregions)
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
			t->left_out[PREFIX] += in_front;
			return true;
		}
	}
	return false;
}

static bool find_row(struct text *t)
{
	size_t before;
	bool sure;
	int pid;

	if (!textline_row(&t->forms, t->line, &t->row, &before))
		return false;
	pid = textline_pid(t->line, before, &sure);
	t->left_out[PREFIX] += textline_is_visible(t->line, before);
	t->column = before;
	add_row(t, pid, sure);
	return true;
}

static void leave_out(struct text *t, enum kind kind)
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
		leave_out(t, HEADING);
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
		leave_out(t, FOREIGN);
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
		t->damaged = t->damaged ? t->damaged : t->number;
		leave_out(t, FOREIGN);
	} else if (textform_heading(&t->forms, t->line)) {
		t->strange = true;
	} else if (textline_heading(t->line, &heading)) {
		take_heading(t, &heading);
	} else if (!textline_is_blank(t->line)) {
		leave_out(t, FOREIGN);
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

/* A last line without a newline: it may have been the beginning of a longer one. */
static bool is_cut(struct text *t)
{
	bool counters = vmv_smaps_progress(t->maps.parser) || t->maps.map->nfields;
	size_t before;

	if (!t->in.unended || !t->maps.map->nregions || strlen(t->line) != t->len)
		return false;
	if (isupper((unsigned char)*t->line))
		return counters && !t->strange && vmv_smaps_is_cut(t->line, t->len);
	if (textline_row(&t->forms, t->line, &t->row, &before))
		return vmv_name_is_cut(&t->row.region, t->row.name, t->row.len,
				       t->len > 1 && !strcmp(t->line + t->len - 2, "  "));
	return textline_is_part(t->line, t->column);
}

static void begin_line(struct text *t)
{
	t->number++;
	t->passed += t->len;
	if (t->number == 1 && !strncmp(t->line, "\xef\xbb\xbf", 3)) {
		t->line += 3;
		t->len -= 3;
	}
	if (t->dollar)
		cut_dollar(t);
	while (t->padded && t->len && t->line[t->len - 1] == ' ')
		t->line[--t->len] = '\0';
}

static int read_lines(struct text *t)
{
	const char *bytes;
	size_t len;
	int rc = 0;

	while (!t->maps.done && (rc = vmv_reader_line(&t->in, &t->line, &t->len)) > 0) {
		begin_line(t);
		if (is_cut(t))
			return fail_line(t, t->number, "this line is cut short");
		if (!take_kernels(t))
			take_other(t);
		if (!t->maps.number && t->passed > PREFACE_MAX)
			return 0;
		if (!t->strange && !t->dollar && !t->maps.done &&
		    vmv_reader_bytes(&t->in, &bytes, &len) > 0)
			vmv_reader_skip(&t->in,
					vmv_smaps_counters(t->maps.parser, bytes, len, &t->number));
	}
	if (rc < 0)
		return vmv_fail(t->err, -rc, "cannot read %.120s: %m", vmv_target_name(t->target));
	return 0;
}

/* ---- what the user should know ---- */

/* "FILE: 2 maps in it, this is the last; left out: 2 headings, 1 line that is not a map" */
static void tell(struct text *t)
{
	static const char alternate[] =
		"; numbers in brackets alternate: if they are processes, select "
		"the lines of one with grep";
	/* clang-format off */
	static const struct {
		const char *of, *one, *many;
	} kinds[KINDS] = {
		[HEADING] = { "", "heading", "headings" },
		[FOREIGN] = { "", "line that is not a map", "lines that are not a map" },
		[PREFIX]  = { "the beginning of ", "line", "lines" },
	};
	/* clang-format on */
	char text[512];
	size_t name = (size_t)snprintf(text, sizeof(text), "%.200s: ", vmv_target_name(t->target));
	size_t len = name;
	const char *between = "left out: ";

	if (!t->target->which && t->maps.number > 1) {
		between = "; left out: ";
		len += (size_t)snprintf(text + len, sizeof(text) - len,
					"%lu maps in it, this is the last (the first is @1)",
					t->maps.number);
	}
	for (size_t i = 0; i < KINDS; i++) {
		if (!t->left_out[i])
			continue;
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s%lu %s", between,
					kinds[i].of, t->left_out[i],
					t->left_out[i] == 1 ? kinds[i].one : kinds[i].many);
		between = ", ";
	}
	if (t->maps.alternate)
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", alternate);
	if (len > name && t->maps.map->nregions)
		t->maps.map->notice = vmv_strdup(text);
}

static int fail_empty(struct text *t)
{
	if (t->first)
		return vmv_fail(t->err, EINVAL, "%.120s: no map in it; line %lu is '%s'",
				vmv_target_name(t->target), t->first, t->quoted);
	return vmv_fail(t->err, EINVAL, "%.120s: no map in it", vmv_target_name(t->target));
}

/* Is what was read what was asked for, and whole? */
static int check(struct text *t)
{
	unsigned long number = t->maps.number;

	if (!number)
		return fail_empty(t);
	if (t->target->which && t->target->which != number) {
		vmv_map_keep(t->maps.map, 0, 0);
		return vmv_fail(t->err, ENOENT, "%.120s: there %s %lu map%s in it",
				vmv_target_name(t->target), number == 1 ? "is" : "are", number,
				number == 1 ? "" : "s");
	}
	if (t->damaged)
		return fail_line(t, t->damaged, "a damaged line of a map");
	if (textmaps_is_cut(&t->maps))
		return fail_line(t, t->number, "it ends within the counters of a region");
	return 0;
}

/* ---- the source ---- */

/* A log that a crash left unfinished may have NULs, but does not begin with them. */
static bool claims(const struct vmv_target *t)
{
	return !otherfile_advice(t->head, t->len) && !memchr(t->head, '\0', first_line(t));
}

static void done(struct text *t)
{
	textmaps_free(&t->maps);
	textforms_done(&t->forms);
	vmv_reader_done(&t->in);
	free(t->command);
	free(t);
}

static int load(struct vmv_target *target, struct vmv_live *live, unsigned needs,
		struct vmv_map *map, struct vmv_error *err)
{
	struct text *t = vmv_calloc(1, sizeof(*t));
	int rc;

	(void)live;
	t->target = target;
	t->err = err;
	t->in = (struct vmv_reader){ .fd = target->fd, .longest = 1 << 20 };
	t->dollar = all_end_with(target, "$");
	t->padded = all_end_with(target, "  ");
	t->in.crlf = textline_ends_with(target->head, first_line(target), "\r") ||
		     count_ends(target, "\r") > count_ends(target, "") / 2; /* script(1) */
	vmv_reader_unread(&t->in, target->head, target->len);
	map->wanted = vmv_needed_stats(needs);
	textmaps_begin(&t->maps, map, target->which);
	rc = read_lines(t);
	if (rc == 0)
		rc = check(t);
	textmaps_end(&t->maps);
	map->torn = rc < 0;
	tell(t);
	done(t);
	if (needs & VMV_NEED_CLASS)
		vmv_classify(map);
	return rc;
}

const struct vmv_source vmv_source_text = {
	.name = "a text of maps or smaps",
	.claims = claims,
	.load = load,
};
