/*
 * textsplit.c - see textsplit.h
 *
 * A mark is a number or a name that may be a process.  One that no log has for anything else is
 * believed.  Any other has to come with several regions; and if it comes back after others, the
 * regions of each mark must be better in order than the lines as they stand: those of a processor,
 * a level or a time are in order already.  Numbers of lines, which begin again with the next map,
 * are known by the order that the lines have between two returns.
 */
#include "textsplit.h"

#include "scan.h"
#include "textline.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum {
	MOST_BYTES = 256 << 20,
	PID_MAX = 4 << 20, /* PID_MAX_LIMIT of 64-bit kernels; times since 1970 are greater */
};

/** struct span - part of a line */
struct span {
	const char *s;
	size_t len;
};

/* ---- marks ---- */

static bool take_pid(const char **s, struct span *mark)
{
	uint64_t n;

	*s += scan_blank(*s);
	mark->s = *s;
	if (!scan_dec(s, &n) || !n || n > PID_MAX)
		return false;
	mark->len = (size_t)(*s - mark->s);
	return true;
}

/* A PID between @open and @close; @word: it goes on a word, or else does not. */
static bool find_between(struct span in, const char *open, const char *close, int word,
			 struct span *mark)
{
	const char *at = in.s, *stop = in.s + in.len, *s;

	for (; (at = memmem(at, (size_t)(stop - at), open, strlen(open))); at++) {
		bool behind =
			at > in.s && (isalnum((unsigned char)at[-1]) || strchr(")_-.", at[-1]));

		s = at + strlen(open);
		if ((word < 0 || behind == word) && take_pid(&s, mark) && scan_word(&s, close) &&
		    s <= stop)
			return true;
	}
	return false;
}

static bool find_path(struct span in, struct span *mark)
{
	return find_between(in, "/proc/", "/", -1, mark);
}

static bool find_strace(struct span in, struct span *mark)
{
	return find_between(in, "[pid ", "]", -1, mark);
}

static bool find_valgrind(struct span in, struct span *mark)
{
	return find_between(in, "==", "==", -1, mark);
}

static bool find_tag(struct span in, struct span *mark)
{
	return find_between(in, "[", "]", true, mark);
}

static bool find_logcat(struct span in, struct span *mark)
{
	return find_between(in, "(", "):", -1, mark);
}

/* "11-25 10:00:00.000  4242  4243 I app: ": the process and one of its threads */
static bool find_threadtime(struct span in, struct span *mark)
{
	const char *s = in.s + strspn(in.s, "0123456789-");
	uint64_t thread;

	if (s == in.s || !scan_blanks(&s) || !isdigit((unsigned char)*s))
		return false;
	s += strspn(s, "0123456789:.");
	return scan_blanks(&s) && take_pid(&s, mark) && scan_blanks(&s) && scan_dec(&s, &thread) &&
	       scan_blanks(&s) && isupper((unsigned char)*s) && s[1] == ' ' && s <= in.s + in.len;
}

static bool find_number(struct span in, struct span *mark)
{
	return find_between(in, "[", "]", false, mark);
}

/* "web-1  | " of containers */
static bool find_container(struct span in, struct span *mark)
{
	size_t n = 0, blanks, color;

	while ((color = textline_color(in.s)) && color < in.len)
		in = (struct span){ in.s + color, in.len - color };
	while (n < in.len && (isalnum((unsigned char)in.s[n]) || strchr("_-.", in.s[n])))
		n++;
	blanks = scan_blank(in.s + n);
	*mark = (struct span){ in.s, n };
	return n && blanks && n + blanks < in.len && in.s[n + blanks] == '|';
}

/* "[pod/web-1/app] " of kubectl */
static bool find_pod(struct span in, struct span *mark)
{
	static const char open[] = "[pod/";
	const char *s = memmem(in.s, in.len, open, strlen(open)), *end;

	end = s ? memchr(s, ']', (size_t)(in.s + in.len - s)) : NULL;
	if (!end)
		return false;
	*mark = (struct span){ s, (size_t)(end - s) };
	return true;
}

/** How sure it is that a mark is a process. */
enum trust { SURE, LIKELY, DOUBTFUL };

static const struct form {
	bool (*find)(struct span in, struct span *mark);
	enum trust trust;
} forms[] = {
	{ find_path, SURE },     /* /proc/4242/maps: */
	{ find_strace, SURE },   /* [pid 4242] */
	{ find_valgrind, SURE }, /* ==4242== */
	{ find_tag, LIKELY },    /* app[4242]: */
	{ find_logcat, LIKELY }, /* I/app ( 4242): */
	{ find_threadtime, LIKELY }, { find_container, DOUBTFUL },
	{ find_number, DOUBTFUL }, /* [4242] */
	{ find_pod, DOUBTFUL },
};

bool textsplit_marks(const char *s, size_t len)
{
	struct span mark;

	for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
		if (forms[i].find((struct span){ s, len }, &mark))
			return true;
	return false;
}

/* ---- lines ---- */

/**
 * struct kept - a line
 * @text:    where its text begins in all bytes
 * @before:  what precedes the region; @end is 0 if there is none
 * @section: how many headings came so far
 * @process: the index of the first region with the same mark
 */
struct kept {
	size_t text, len, before, section, index, process;
	unsigned long number;
	uint64_t start, end;
	bool cut;
};

/**
 * struct process - all regions with the same mark
 * @first: index of the first one
 * @last:  the last one
 */
struct process {
	struct span mark;
	size_t first, rows;
	const struct kept *last;
};

struct textsplit {
	char *bytes;
	size_t used, room;
	struct kept *lines;
	size_t nlines, lines_room, section, next;
	struct process *processes;
	size_t nprocesses;
};

struct textsplit *textsplit_new(void)
{
	return vmv_calloc(1, sizeof(struct textsplit));
}

bool textsplit_keep(struct textsplit *s, const struct splitline *line, const struct vmv_region *r,
		    size_t before, bool heading)
{
	struct kept *kept;

	if (s->room - s->used <= line->len) {
		s->room = 2 * s->room + line->len + 1;
		s->bytes = vmv_realloc(s->bytes, s->room, 1);
	}
	s->lines = vmv_grow(s->lines, s->nlines, &s->lines_room, sizeof(*s->lines));
	s->section += heading;
	kept = &s->lines[s->nlines];
	*kept = (struct kept){ .text = s->used,
			       .len = line->len,
			       .before = before,
			       .section = s->section,
			       .index = s->nlines++,
			       .number = line->number,
			       .start = r ? r->start : 0,
			       .end = r ? r->end : 0,
			       .cut = line->cut };
	memcpy(s->bytes + s->used, line->text, line->len + 1);
	s->used += line->len + 1;
	return s->used + s->nlines * sizeof(*kept) < MOST_BYTES;
}

/* ---- whose they are ---- */

static int compare_marks(const void *a, const void *b)
{
	const struct span *x = &((const struct process *)a)->mark,
			  *y = &((const struct process *)b)->mark;
	int order = memcmp(x->s, y->s, x->len < y->len ? x->len : y->len);

	return order ? order : (x->len > y->len) - (x->len < y->len);
}

static int compare_processes(const void *a, const void *b)
{
	const struct process *x = a, *y = b;
	int order = compare_marks(a, b);

	return order ? order : (x->first > y->first) - (x->first < y->first);
}

/* Find the mark in what precedes the region; in other lines, anywhere. */
static bool find_mark(const struct textsplit *s, const struct form *form, const struct kept *line,
		      struct span *mark)
{
	return form->find(
		(struct span){ s->bytes + line->text, line->end ? line->before : line->len }, mark);
}

static size_t merge_processes(struct process *p, size_t n)
{
	size_t unique = 0;

	for (size_t i = 0; i < n; i++) {
		if (unique && !compare_marks(&p[unique - 1], &p[i]))
			p[unique - 1].rows += p[i].rows;
		else
			p[unique++] = p[i];
	}
	return unique;
}

static void list_processes(struct textsplit *s, const struct form *form)
{
	size_t room = 0;
	struct span mark;

	s->nprocesses = 0;
	free(s->processes);
	s->processes = NULL;
	for (size_t i = 0; i < s->nlines; i++) {
		if (!s->lines[i].end || !find_mark(s, form, &s->lines[i], &mark))
			continue;
		s->processes = vmv_grow(s->processes, s->nprocesses, &room, sizeof(*s->processes));
		s->processes[s->nprocesses++] =
			(struct process){ .mark = mark, .first = i, .rows = 1 };
	}
	if (!s->nprocesses)
		return;
	qsort(s->processes, s->nprocesses, sizeof(*s->processes), compare_processes);
	s->nprocesses = merge_processes(s->processes, s->nprocesses);
}

static struct process *find_process(const struct textsplit *s, const struct form *form,
				    const struct kept *line)
{
	struct process key = { .first = 0 };

	if (!find_mark(s, form, line, &key.mark))
		return NULL;
	return bsearch(&key, s->processes, s->nprocesses, sizeof(*s->processes), compare_marks);
}

/** What a text's addresses may mostly do. */
enum direction { UP, DOWN, DIRECTIONS };

/**
 * struct order - how often regions with marks are out of order
 * @rows:    how many there are
 * @returns: times that an earlier mark came again after others
 * @across:  times that the order is broken from one mark to another
 * @onward:  of those, from a mark to one that was first seen later
 * @within:  times that it is broken between two regions with the same mark
 */
struct order {
	size_t rows, returns;
	size_t across[DIRECTIONS], onward[DIRECTIONS], within[DIRECTIONS];
};

static bool is_broken(enum direction d, const struct kept *before, const struct kept *line)
{
	return d == UP ? line->start < before->end : line->end > before->start;
}

static void note_order(struct order *o, const struct kept *line, const struct process *p,
		       const struct process *before)
{
	o->rows++;
	o->returns += p->last && p != before;
	for (enum direction d = UP; d < DIRECTIONS; d++) {
		bool across = before && p != before && is_broken(d, before->last, line);

		o->across[d] += across;
		o->onward[d] += across && p->first > before->first;
		o->within[d] += p->last && is_broken(d, p->last, line);
	}
}

static struct order look_at_order(struct textsplit *s, const struct form *form)
{
	struct order o = { 0 };
	const struct process *before = NULL;

	for (size_t i = 0; i < s->nlines; i++) {
		struct process *p = s->lines[i].end ? find_process(s, form, &s->lines[i]) : NULL;

		if (!p)
			continue;
		note_order(&o, &s->lines[i], p, before);
		p->last = &s->lines[i];
		before = p;
	}
	return o;
}

static bool are_processes(struct textsplit *s, const struct form *form)
{
	struct order o;
	enum direction d;
	size_t n;

	list_processes(s, form);
	n = s->nprocesses;
	if (n < 2 || form->trust == SURE)
		return n >= 2;
	o = look_at_order(s, form);
	if (o.rows < 2 * n)
		return false;
	if (!o.returns)
		return form->trust == LIKELY;
	d = o.within[DOWN] < o.within[UP] ? DOWN : UP;
	return o.within[d] < o.across[d] && (o.onward[d] || o.rows / n >= n);
}

/* What has no mark belongs to the process before it. */
static void mark_lines(struct textsplit *s, const struct form *form)
{
	size_t process = 0;

	for (size_t i = 0; i < s->nlines; i++) {
		const struct process *p = find_process(s, form, &s->lines[i]);

		if (p)
			process = p->first;
		s->lines[i].process = process;
	}
}

static int compare_lines(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->process != y->process)
		return x->process < y->process ? -1 : 1;
	return (x->index > y->index) - (x->index < y->index);
}

size_t textsplit_sort(struct textsplit *s)
{
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++) {
		if (!are_processes(s, &forms[i]))
			continue;
		mark_lines(s, &forms[i]);
		qsort(s->lines, s->nlines, sizeof(*s->lines), compare_lines);
		return s->nprocesses;
	}
	return 0;
}

/* ---- public ---- */

bool textsplit_next(struct textsplit *s, struct splitline *line, bool *other)
{
	const struct kept *kept = &s->lines[s->next];

	if (s->next == s->nlines)
		return false;
	*line = (struct splitline){ s->bytes + kept->text, kept->len, kept->number, kept->cut };
	*other =
		s->next && (kept->process != kept[-1].process || kept->section != kept[-1].section);
	s->next++;
	return true;
}

void textsplit_free(struct textsplit *s)
{
	if (!s)
		return;
	free(s->bytes);
	free(s->lines);
	free(s->processes);
	free(s);
}
