/* snapdocs.c - see snapdocs.h */
#include "snapdocs.h"

#include "vmapview/alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 256 * 1024 };

static const char opening[] = "{\"schema\"";

/** struct search - the document being passed, and how deep in it we are
 *  @match: how much of @opening stands on this line so far, or -1 */
struct search {
	struct snapdocs *docs;
	struct snapdoc now, whole;
	unsigned depth;
	bool in_string, escaped;
	int match;
	unsigned long line;
};

static void begin(struct search *s, uint64_t at)
{
	s->now = (struct snapdoc){ at, s->line, ++s->docs->count };
	if (s->now.number == s->docs->which)
		s->docs->found = s->now;
	s->depth = 1;
	s->in_string = s->escaped = false;
}

/* A document on a line of its own ends one that was left unfinished. */
static void match(struct search *s, char c, uint64_t at)
{
	if (c != opening[s->match]) {
		s->match = -1;
		return;
	}
	if (opening[++s->match])
		return;
	s->match = -1;
	at -= sizeof(opening) - 2;
	if (!s->depth || s->now.at != at)
		begin(s, at);
}

static void step_in_string(struct search *s, char c)
{
	if (c == '"' && !s->escaped)
		s->in_string = false;
	s->escaped = c == '\\' && !s->escaped;
}

static void step(struct search *s, char c, uint64_t at)
{
	if (s->in_string) {
		step_in_string(s, c);
	} else if (c == '"') {
		s->in_string = s->depth > 0;
	} else if (c == '{' || c == '[') {
		if (s->depth)
			s->depth++;
		else if (c == '{')
			begin(s, at);
	} else if ((c == '}' || c == ']') && s->depth && !--s->depth) {
		s->whole = s->now;
	}
	if (s->match >= 0)
		match(s, c, at);
	if (c == '\n') {
		s->line++;
		s->match = 0;
	}
}

static int search(struct search *s, char *chunk)
{
	uint64_t at = s->docs->from;
	ssize_t got;

	while (!s->docs->found.number && (got = pread(s->docs->fd, chunk, CHUNK, (off_t)at)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -errno;
		for (ssize_t i = 0; i < got; i++)
			step(s, chunk[i], at + (uint64_t)i);
		at += (uint64_t)got;
	}
	return 0;
}

int snapdocs_find(struct snapdocs *docs)
{
	struct search s = { .docs = docs, .line = 1 };
	char *chunk = vmv_realloc(NULL, CHUNK, 1);
	int rc = search(&s, chunk);

	free(chunk);
	if (rc < 0)
		return rc;
	if (docs->which)
		return docs->found.number ? 0 : -ENOENT;
	docs->found = s.whole.number ? s.whole : s.now;
	if (docs->found.number != docs->count)
		docs->cut = docs->count;
	return docs->found.number ? 0 : -ENOENT;
}
