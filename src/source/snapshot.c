/*
 * snapshot.c - a source of its own: JSON snapshots, and records of many
 *
 * A snapshot of 60,000 regions has 25 MB, so it never is in memory as a whole:
 * what comes before and after the regions is small, and they are parsed one by
 * one.  No layout of white space is asked for.
 */
#include "otherfile.h"
#include "snapdocs.h"
#include "snapjson.h"
#include "snapmodel.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/error.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/reader.h"
#include "vmapview/source.h"
#include "vmapview/text.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	DEPTH = 8,              /* of objects and arrays in each other; we write 4 */
	MEMBERS_MAX = 16 << 20, /* bytes of all that is not regions */
	REGION_MAX = 1 << 20,   /* bytes of one; json-c takes 35 times as much for some */
};

/** struct loading - where in document number @which we are; @text is what was kept of it */
struct loading {
	const struct vmv_target *target;
	unsigned long which;
	struct vmv_error *err;
	struct vmv_reader in;
	unsigned long line;
	struct snapmodel model;
	char *text;
	size_t len, room;
};

static int fail(struct loading *l, const char *why)
{
	return vmv_fail(l->err, EINVAL, "%.120s:%lu: %s", vmv_target_name(l->target), l->line, why);
}

static int fail_read(struct loading *l, int rc)
{
	if (rc == 0)
		return fail(l, "it ends in the middle");
	return vmv_fail(l->err, -rc, "cannot read %.120s: %m", vmv_target_name(l->target));
}

static void use(struct loading *l, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		l->line += bytes[i] == '\n';
	vmv_reader_skip(&l->in, len);
}

/* The next byte, not used yet; 0 at the end, or a negative errno. */
static int peek(struct loading *l, char *c)
{
	const char *bytes;
	size_t len;
	int rc = vmv_reader_bytes(&l->in, &bytes, &len);

	*c = '\0';
	if (rc > 0)
		*c = *bytes;
	return rc;
}

static int peek_past_space(struct loading *l, char *c)
{
	int rc;

	while ((rc = peek(l, c)) > 0 && *c && strchr(" \t\r\n", *c))
		use(l, c, 1);
	return rc;
}

/* ---- what is not regions ---- */

static int keep(struct loading *l, char c)
{
	if (l->len >= MEMBERS_MAX)
		return fail(l, "this is too long for a snapshot");
	l->text = vmv_grow(l->text, l->len, &l->room, 1);
	l->text[l->len++] = c;
	return 0;
}

/** struct scan - brackets and strings seen so far; @key is the last string of the document itself
 */
struct scan {
	unsigned depth;
	bool in_string, escaped;
	size_t key, key_end;
};

static void scan_in_string(struct scan *s, char c, size_t at)
{
	if (c == '"' && !s->escaped) {
		s->in_string = false;
		if (s->depth == 1)
			s->key_end = at;
	}
	s->escaped = c == '\\' && !s->escaped;
}

static void scan_char(struct scan *s, char c, size_t at)
{
	if (s->in_string) {
		scan_in_string(s, c, at);
	} else if (c == '"') {
		s->in_string = true;
		if (s->depth == 1)
			s->key = at + 1;
	} else if (c == '{' || c == '[') {
		s->depth++;
	} else if ((c == '}' || c == ']') && s->depth) {
		s->depth--;
	}
}

/* Was that the opening bracket of "regions": [? */
static bool opens_regions(const struct loading *l, const struct scan *s)
{
	const char *text = l->text;
	size_t at = s->key_end + 1;

	if (s->in_string || s->depth != 2 || text[l->len - 1] != '[' || s->key_end - s->key != 7 ||
	    memcmp(text + s->key, "regions", 7) != 0)
		return false;
	while (at < l->len && strchr(" \t\r\n", text[at]))
		at++;
	if (text[at++] != ':')
		return false;
	while (at < l->len && strchr(" \t\r\n", text[at]))
		at++;
	return at == l->len - 1;
}

static int parse_members(struct loading *l)
{
	struct json_tokener *tokener = snapjson_new(DEPTH, 0);
	struct json_object *o = json_tokener_parse_ex(tokener, l->text, (int)l->len);
	const char *why;

	if (o)
		why = snapmodel_document(&l->model, o);
	else
		why = json_tokener_error_desc(json_tokener_get_error(tokener));
	json_object_put(o);
	json_tokener_free(tokener);
	l->len = 0;
	return why ? fail(l, why) : 0;
}

/*
 * The members from here to the end of the document or, then *@regions is set,
 * to the first region.  @depth is 1 if its opening brace is behind us.
 */
static int read_members(struct loading *l, unsigned depth, bool *regions)
{
	struct scan scan = { .depth = depth };
	int rc;
	char c;

	*regions = false;
	if (depth)
		keep(l, '{');
	do {
		rc = peek(l, &c);
		if (rc <= 0)
			return fail_read(l, rc);
		use(l, &c, 1);
		rc = keep(l, c);
		if (rc < 0)
			return rc;
		scan_char(&scan, c, l->len - 1);
		*regions = c == '[' && opens_regions(l, &scan);
	} while (scan.depth && !*regions);
	if (*regions) {
		keep(l, ']');
		keep(l, '}');
	}
	return parse_members(l);
}

/* ---- regions ---- */

/* How many of the last bytes at @s begin a character that goes on behind them. */
static size_t cut_char(const char *s, size_t len)
{
	for (size_t n = 1; n <= len && n < 4; n++) {
		unsigned char c = (unsigned char)s[len - n];

		if ((c & 0xc0) != 0x80)
			return n < vmv_utf8_length(c) ? n : 0;
	}
	return 0;
}

/* What comes next, up to the end of a character: json-c takes the parts of one for invalid. */
static int whole_chars(struct loading *l, const char **bytes, size_t *len)
{
	for (;;) {
		int rc = vmv_reader_bytes(&l->in, bytes, len);
		size_t cut = rc > 0 ? cut_char(*bytes, *len) : 0;

		if (rc <= 0 || cut < *len) {
			*len -= cut;
			return rc;
		}
		rc = vmv_reader_more(&l->in);
		if (rc <= 0)
			return rc;
	}
}

static int parse_region(struct loading *l, struct json_tokener *tokener)
{
	struct json_object *o = NULL;
	size_t whole = 0;
	const char *why;

	json_tokener_reset(tokener);
	while (!o) {
		const char *bytes;
		size_t len, used;
		int rc = whole_chars(l, &bytes, &len);

		if (rc <= 0)
			return fail_read(l, rc);
		o = json_tokener_parse_ex(tokener, bytes, (int)len);
		used = json_tokener_get_parse_end(tokener);
		use(l, bytes, used);
		whole += used;
		if (!o && (json_tokener_get_error(tokener) != json_tokener_continue || used < len))
			return fail(l, json_tokener_error_desc(json_tokener_get_error(tokener)));
		if (!o && whole > REGION_MAX)
			return fail(l, "a region is too long");
	}
	why = snapmodel_region(&l->model, o);
	json_object_put(o);
	return why ? fail(l, why) : 0;
}

/* Go to the next region; 0 after the closing bracket, which is used. */
static int next_region(struct loading *l, bool first)
{
	char c;
	int rc = peek_past_space(l, &c);

	if (rc > 0 && c == ']') {
		use(l, &c, 1);
		return 0;
	}
	if (rc > 0 && !first) {
		if (c != ',')
			return fail(l, "no comma between regions");
		use(l, &c, 1);
		rc = peek_past_space(l, &c);
	}
	if (rc <= 0)
		return fail_read(l, rc);
	return c == '{' ? 1 : fail(l, "not a region");
}

static int read_regions(struct loading *l, struct json_tokener *tokener)
{
	int rc = next_region(l, true);

	while (rc > 0) {
		rc = parse_region(l, tokener);
		if (rc == 0)
			rc = next_region(l, false);
	}
	return rc;
}

static int read_all_regions(struct loading *l)
{
	struct json_tokener *tokener = snapjson_new(DEPTH, JSON_TOKENER_ALLOW_TRAILING_CHARS);
	int rc = read_regions(l, tokener);

	json_tokener_free(tokener);
	return rc;
}

/* What follows the regions: "}", or more members. */
static int read_rest(struct loading *l)
{
	bool again;
	char c;
	int rc = peek_past_space(l, &c);

	if (rc <= 0)
		return fail_read(l, rc);
	if (c == '}') {
		use(l, &c, 1);
		return 0;
	}
	if (c != ',')
		return fail(l, "no comma after the regions");
	use(l, &c, 1);
	rc = peek_past_space(l, &c);
	if (rc > 0 && c != '"')
		return fail(l, "no member after the comma");
	rc = read_members(l, 1, &again);
	return rc == 0 && again ? fail(l, "a second list of regions") : rc;
}

/* In a file, a document may follow on the next line; what can't be read twice has one. */
static int check_end(struct loading *l, bool only)
{
	int rc;
	char c;

	while ((rc = peek(l, &c)) > 0 && c && strchr(" \t\r\n", c)) {
		if (c == '\n' && !only)
			return 0;
		use(l, &c, 1);
	}
	if (rc < 0)
		return fail_read(l, rc);
	return rc ? fail(l, "there is more after the end of the snapshot") : 0;
}

static int read_document(struct loading *l, bool only)
{
	bool regions;
	char c;
	int rc = peek_past_space(l, &c);

	if (rc <= 0)
		return fail_read(l, rc);
	rc = read_members(l, 0, &regions);
	if (rc == 0 && regions)
		rc = read_all_regions(l);
	if (rc == 0 && regions)
		rc = read_rest(l);
	if (rc == 0 && !l->model.schema)
		rc = fail(l, "JSON, but not a vmapview snapshot; jq -r takes a text out of it");
	if (rc == 0 && !regions)
		rc = fail(l, "a snapshot without regions");
	return rc == 0 ? check_end(l, only) : rc;
}

/* ---- records ---- */

/* Go to the wanted document; *@cut, 0 before, is the number of an unfinished one after it. */
static int find_document(struct loading *l, unsigned long *cut, unsigned long *number)
{
	const struct vmv_target *t = l->target;
	struct snapdocs docs = { .fd = t->fd, .from = (uint64_t)t->start, .which = l->which };
	int rc;

	if (t->start < 0) {
		if (l->which)
			return vmv_fail(l->err, ESPIPE, "%.120s: not a file, so it has no parts",
					vmv_target_name(t));
		vmv_reader_unread(&l->in, t->head, t->len);
		return 0;
	}
	rc = snapdocs_find(&docs);
	if (rc == -ENOENT)
		return vmv_fail(l->err, ENOENT, "%.120s: there %s %lu snapshot%s in it",
				vmv_target_name(t), docs.count == 1 ? "is" : "are", docs.count,
				docs.count == 1 ? "" : "s");
	if (rc == 0 && lseek(t->fd, (off_t)docs.found.at, SEEK_SET) < 0)
		rc = -errno;
	if (rc < 0)
		return vmv_fail(l->err, -rc, "cannot read %.120s: %m", vmv_target_name(t));
	l->line = docs.found.line;
	l->model.map->look = *number = docs.found.number;
	l->model.map->looks = l->which ? 0 : docs.count;
	*cut = docs.cut;
	return 1;
}

static int load_document(struct loading *l)
{
	unsigned long cut = 0, number = 0;
	int rc = find_document(l, &cut, &number);

	if (rc < 0)
		return rc;
	rc = read_document(l, rc == 0);
	l->model.map->torn |= rc < 0;
	if (rc == 0 && cut)
		return vmv_fail(l->err, EINVAL,
				"%.120s: snapshot %lu is cut short; this is number %lu",
				vmv_target_name(l->target), cut, number);
	/* Sums of what was not all there are no sums of it, whoever made them. */
	if (rc == 0 && l->model.map->torn)
		return vmv_fail(
			l->err, EINVAL,
			"%.120s: an incomplete snapshot: its target could not be read to the "
			"end",
			vmv_target_name(l->target));
	return rc;
}

static void prepare(void)
{
	json_tokener_error_desc(json_tokener_success);
}

static bool claims(const struct vmv_target *t)
{
	size_t i = 0;

	while (i < t->len && t->head[i] && strchr(" \t\r\n", t->head[i]))
		i++;
	return i < t->len && t->head[i] == '{' && !otherfile_advice(t->head, t->len);
}

static int moment(struct vmv_target *t, unsigned long n, unsigned needs, struct vmv_map *map,
		  struct vmv_error *err)
{
	struct loading l = { .target = t,
			     .which = n,
			     .err = err,
			     .in = { .fd = t->fd },
			     .line = 1,
			     .model = { .map = map } };
	int rc = load_document(&l);

	if (needs & VMV_NEED_CLASS && l.model.bare)
		vmv_classify(map);
	else
		vmv_marks_find(map);
	vmv_reader_done(&l.in);
	snapmodel_done(&l.model);
	free(l.text);
	return rc;
}

const struct vmv_source vmv_source_json = {
	.name = "a JSON snapshot",
	.prepare = prepare,
	.claims = claims,
	.moment = moment,
};
