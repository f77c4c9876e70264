/*
 * pattern.c - see pattern.h
 *
 * PCRE2 counts its steps anew at each place of the text that it tries.  So a text is tried with few
 * steps for each place first, which nearly always is enough, and then as ".*?(?:pattern)", which
 * is tried once, at the beginning.
 */
#include "pattern.h"

#include "ere.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum {
	STEPS = 100000,
	STEPS_PER_BYTE = 4,  /* a text may be a MiB, and be passed over */
	CHARS_PER_STEP = 16, /* of an expression that looks at more, there are fewer steps */
	HEAP_KIB = 16 * 1024,
};

/**
 * struct pattern - @quick is tried at each place, @whole from the beginning
 * @cost: of a step
 */
struct pattern {
	pcre2_code *quick, *whole;
	pcre2_match_data *data;
	pcre2_match_context *limits;
	size_t cost;
	bool utf8;
};

/* Of valid UTF-8: each is tried for itself. */
static size_t count_pieces(const char *s, size_t left)
{
	size_t pieces = 1, len;
	uint32_t ch;

	for (; left; s += len, left -= len) {
		len = vmv_utf8_next(s, left, &ch);
		pieces += !len;
		len += !len;
	}
	return pieces;
}

/* What is wrong with its parts is known before: the whole is. */
static void refuse(int why, struct vmv_error *err)
{
	char text[128] = "";

	if (why == PCRE2_ERROR_PATTERN_TOO_LARGE || why == PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP) {
		vmv_fail(err, EINVAL, "this regular expression is too large");
		return;
	}
	pcre2_get_error_message(why, (PCRE2_UCHAR *)text, sizeof(text));
	vmv_fail(err, EINVAL, "cannot use this regular expression: %s", text);
}

/* Without the library's shortcut that makes steps that are not counted, and without what it would
 * read as its own in the expression. */
static pcre2_code *compile(const char *text, bool utf8, struct vmv_error *err)
{
	uint32_t options = PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_NO_AUTO_POSSESS |
			   PCRE2_NEVER_BACKSLASH_C;
	PCRE2_SIZE end;
	pcre2_code *code;
	int why;

	options |= utf8 ? PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF : PCRE2_NEVER_UTF;
	code = pcre2_compile((PCRE2_SPTR)text, strlen(text), options, &why, &end, NULL);
	if (code)
		return code;
	if (why == PCRE2_ERROR_HEAP_FAILED)
		vmv_no_memory();
	refuse(why, err);
	return NULL;
}

static pcre2_code *compile_whole(const char *text, bool utf8, struct vmv_error *err)
{
	char *whole = vmv_asprintf(".*?(?:%s)", text);
	pcre2_code *code = compile(whole, utf8, err);

	free(whole);
	return code;
}

struct pattern *pattern_new(const char *text, size_t *where, struct vmv_error *err)
{
	bool utf8 = count_pieces(text, strlen(text)) == 1;
	size_t chars;
	char *perl = ere_translate(text, utf8, &chars, where, err);
	struct pattern *p;

	if (!perl)
		return NULL;
	*where = 0;
	p = vmv_calloc(1, sizeof(*p));
	p->utf8 = utf8;
	p->cost = 1 + chars / CHARS_PER_STEP;
	p->quick = compile(perl, utf8, err);
	p->whole = p->quick ? compile_whole(perl, utf8, err) : NULL;
	free(perl);
	if (!p->whole) {
		pattern_free(p);
		return NULL;
	}
	p->data = pcre2_match_data_create(1, NULL);
	p->limits = pcre2_match_context_create(NULL);
	if (!p->data || !p->limits)
		vmv_no_memory();
	pcre2_set_heap_limit(p->limits, HEAP_KIB);
	return p;
}

/* In so many steps for each place. */
static int match(const struct pattern *p, const pcre2_code *code, const char *text, size_t len,
		 size_t steps)
{
	uint32_t limit = steps < UINT32_MAX ? (uint32_t)steps : UINT32_MAX;

	pcre2_set_match_limit(p->limits, limit);
	pcre2_set_depth_limit(p->limits, limit);
	return pcre2_match(code, (PCRE2_SPTR)text, len, 0, 0, p->data, p->limits);
}

static int match_whole(const struct pattern *p, const char *text, size_t len)
{
	size_t pieces = p->utf8 ? count_pieces(text, len) : 1;

	return match(p, p->whole, text, len, (STEPS + STEPS_PER_BYTE * len) / p->cost / pieces);
}

int pattern_match(const struct pattern *p, const char *text)
{
	size_t len = strlen(text);
	int rc = match(p, p->quick, text, len, STEPS / p->cost / (len + 1));

	if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
		rc = match_whole(p, text, len);
	if (rc == PCRE2_ERROR_NOMEMORY)
		vmv_no_memory();
	if (rc == PCRE2_ERROR_NOMATCH)
		return 0;
	return rc < 0 ? -E2BIG : 1;
}

void pattern_free(struct pattern *p)
{
	if (!p)
		return;
	pcre2_code_free(p->quick);
	pcre2_code_free(p->whole);
	pcre2_match_data_free(p->data);
	pcre2_match_context_free(p->limits);
	free(p);
}

void pattern_prepare(void)
{
	uint32_t width;

	pcre2_config(PCRE2_CONFIG_LINKSIZE, &width);
}
