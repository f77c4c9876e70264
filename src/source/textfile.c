/*
 * textfile.c - a source of its own: texts with maps in them, from whatever kernel or program
 *
 * What people saved, copied and logged has more in it than a map.
 */
#include "otherfile.h"
#include "textline.h"
#include "textread.h"
#include "textsplit.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/smaps.h"
#include "vmapview/source.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LONGEST = 1 << 20,
	PREFACE_MAX = 256 << 20, /* no map comes so late in a text that people would name */
};

static const char within_counters[] = "it ends within the counters of a region";

static int fail_line(struct text *t, unsigned long line, const char *why)
{
	return vmv_fail(t->err, EINVAL, "%.120s:%lu: %s", vmv_target_name(t->target), line, why);
}

/* ---- lines of several processes ---- */

/* Read what was kept, process by process. */
static void take_kept(struct text *t)
{
	unsigned long last = t->number;
	struct textsplit *kept = t->kept;
	struct splitline line;
	bool other;

	t->sorted = true;
	while (!t->maps.done && textsplit_next(kept, &line, &other)) {
		if (other && textmaps_is_cut(&t->maps))
			textread_broken(t, within_counters);
		t->line = line.text;
		t->len = line.len;
		t->number = line.number;
		t->unended = line.cut;
		t->headless |= other;
		t->maps.heading |= other;
		textread_line(t);
	}
	t->sorted = false;
	t->number = last;
	t->kept = NULL;
	textsplit_free(kept);
}

static bool find_kept_row(struct text *t, size_t *before)
{
	if (strlen(t->line) != t->len)
		return false;
	if (textline_row(&t->forms, t->line, &t->row, before))
		return true;
	textform_heading(&t->forms, t->line);
	if (!strchr(t->line, 0x1b))
		return false;
	textline_plain(t->line);
	t->len = strlen(t->line);
	return textline_row(&t->forms, t->line, &t->row, before);
}

static int keep_line(struct text *t)
{
	size_t before = 0;
	bool row = find_kept_row(t, &before);
	int rc = 0;

	if (textread_keep(t, row ? &t->row : NULL, before))
		return 0;
	if (textsplit_sort(t->kept))
		rc = fail_line(
			t, t->number,
			"too many lines of several processes: select those of one with grep");
	take_kept(t);
	return rc;
}

static int take_line(struct text *t)
{
	if (t->kept)
		return keep_line(t);
	textread_line(t);
	return 0;
}

/* ---- the file ---- */

static void begin_line(struct text *t)
{
	t->number++;
	t->passed += t->len;
	t->unended = t->in.unended;
	if (t->number == 1 && !strncmp(t->line, "\xef\xbb\xbf", 3)) {
		t->line += 3;
		t->len -= 3;
	}
	textends_cut(&t->ends, t->line, &t->len);
}

/* Lines in one are read apart only if the file has no others; else they may be a file's name. */
static int split_line(struct text *t)
{
	char *copy = vmv_strdup(t->line), *rest = NULL, *first = copy;
	bool last = t->unended;
	const char *bytes;
	size_t len;
	int rc = 0;

	if (vmv_reader_bytes(&t->in, &bytes, &len) == 0) {
		rest = copy;
		first = textends_split(&rest);
	}
	for (t->line = first; rc == 0 && t->line && !t->maps.done;
	     t->line = textends_split(&rest)) {
		t->unended = !rest && !textends_unquote(first, t->line) && last;
		t->len = strlen(t->line);
		rc = take_line(t);
	}
	free(copy);
	return rc;
}

static int take_next(struct text *t)
{
	begin_line(t);
	if (t->number == 1 && strlen(t->line) == t->len && textends_joined(&t->forms, t->line))
		return split_line(t);
	return take_line(t);
}

static int fail_read(struct text *t, int rc)
{
	if (rc == -EMSGSIZE)
		return fail_line(
			t, t->number + 1,
			"more than a megabyte in one line: if \\n, carriage returns or the like "
			"end the lines of a map, put each on a line of its own");
	return vmv_fail(t->err, -rc, "cannot read %.120s: %m", vmv_target_name(t->target));
}

static int read_lines(struct text *t)
{
	const char *bytes;
	size_t len;
	int rc = 0;

	while (!t->maps.done && (rc = vmv_reader_line(&t->in, &t->line, &t->len)) > 0) {
		rc = take_next(t);
		if (rc < 0)
			return rc;
		if (!t->maps.number && !t->kept && t->passed > PREFACE_MAX)
			return 0;
		if (!t->strange && !t->kept && !t->ends.dollar && !t->maps.done &&
		    vmv_reader_bytes(&t->in, &bytes, &len) > 0)
			vmv_reader_skip(&t->in,
					vmv_smaps_counters(t->maps.parser, bytes, len, &t->number));
	}
	if (t->kept) {
		textsplit_sort(t->kept);
		take_kept(t);
	}
	return t->maps.done || rc == 0 ? 0 : fail_read(t, rc);
}

/* ---- what the user should know ---- */

/* One line: what is wrong and what was left out, or either. */
static void tell(struct text *t, int rc)
{
	struct vmv_map *map = t->maps.map;
	char lost[256];

	if (!map->nregions ||
	    !textlost_say(t->left_out, t->which ? 0 : t->maps.number, lost, sizeof(lost)))
		return;
	if (rc == 0) {
		char text[512];

		snprintf(text, sizeof(text), "%.200s: %s", vmv_target_name(t->target), lost);
		map->notice = vmv_strdup(text);
	} else if (t->err) {
		size_t len = strlen(t->err->text);

		snprintf(t->err->text + len, sizeof(t->err->text) - len, "; %s", lost);
	}
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

	if (!number && !t->broken)
		return fail_empty(t);
	if (number && t->which && t->which != number) {
		vmv_map_keep(t->maps.map, 0, 0);
		return vmv_fail(t->err, ENOENT, "%.120s: there %s %lu map%s in it",
				vmv_target_name(t->target), number == 1 ? "is" : "are", number,
				number == 1 ? "" : "s");
	}
	if (t->broken)
		return fail_line(t, t->broken, t->why);
	if (textmaps_is_cut(&t->maps))
		return fail_line(t, t->number, within_counters);
	return 0;
}

/* ---- the source ---- */

/* A log that a crash left unfinished may have NULs, but does not begin with them. */
static bool claims(const struct vmv_target *t)
{
	return !otherfile_advice(t->head, t->len) &&
	       !memchr(t->head, '\0', textends_first(t->head, t->len));
}

static void done(struct text *t)
{
	textmaps_free(&t->maps);
	textforms_done(&t->forms);
	vmv_reader_done(&t->in);
	textsplit_free(t->kept);
	free(t->command);
	free(t);
}

static int moment(struct vmv_target *target, unsigned long n, unsigned needs, struct vmv_map *map,
		  struct vmv_error *err)
{
	struct text *t = vmv_calloc(1, sizeof(*t));
	int rc;

	t->target = target;
	t->which = n;
	t->err = err;
	t->in = (struct vmv_reader){ .fd = target->fd, .longest = LONGEST };
	textends_find(&t->ends, target->head, target->len);
	t->in.crlf = t->ends.crlf;
	vmv_reader_unread(&t->in, target->head, target->len);
	map->wanted = vmv_needed_stats(needs);
	textmaps_begin(&t->maps, map, n);
	rc = read_lines(t);
	if (rc == 0)
		rc = check(t);
	textmaps_end(&t->maps);
	map->torn = rc < 0;
	map->look = n ? n : t->maps.number;
	map->looks = n ? 0 : t->maps.number;
	tell(t, rc);
	done(t);
	if (needs & VMV_NEED_CLASS)
		vmv_classify(map);
	return rc;
}

const struct vmv_source vmv_source_text = {
	.name = "a text of maps or smaps",
	.claims = claims,
	.moment = moment,
};
