/* textlost.c - see textlost.h */
#include "textlost.h"

#include <stdarg.h>
#include <stdio.h>

/** struct sentence - @len bytes so far */
struct sentence {
	char *text;
	size_t size, len;
};

static void __attribute__((format(printf, 2, 3))) add(struct sentence *s, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(s->text + s->len, s->size - s->len, fmt, ap);
	va_end(ap);
	s->len += n < 0 ? 0 : (size_t)n;
	if (s->len >= s->size)
		s->len = s->size - 1;
}

size_t textlost_say(const unsigned long counts[LOST_KINDS], unsigned long maps, char *text,
		    size_t size)
{
	/* clang-format off */
	static const struct {
		const char *of, *one, *many;
	} kinds[LOST_KINDS] = {
		[LOST_HEADING] = { "", "heading", "headings" },
		[LOST_FOREIGN] = { "", "line that is not a map", "lines that are not a map" },
		[LOST_PREFIX]  = { "the beginning of ", "line", "lines" },
	};
	/* clang-format on */
	struct sentence s = { text, size, 0 };
	const char *between = "left out: ";

	*text = '\0';
	if (maps > 1) {
		add(&s, "%lu maps in it, this is the last (the first is @1)", maps);
		between = "; left out: ";
	}
	for (size_t i = 0; i < LOST_KINDS; i++) {
		if (!counts[i])
			continue;
		add(&s, "%s%s%lu %s", between, kinds[i].of, counts[i],
		    counts[i] == 1 ? kinds[i].one : kinds[i].many);
		between = ", ";
	}
	return s.len;
}
