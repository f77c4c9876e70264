/*
 * optwords.c - see optwords.h
 */
#include "optwords.h"

#include "message.h"
#include "vmapview/kind.h"
#include "vmapview/output.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* In the order of enum vmv_color. */
static const char *color_at(size_t i)
{
	static const char *const words[] = { "auto", "always", "never" };

	return i < ARRAY_SIZE(words) ? words[i] : NULL;
}

static const char *format_at(size_t i)
{
	const struct vmv_format *format = vmv_format_at(i);

	return format ? format->name : NULL;
}

/* The first ones are columns. */
static const char *group_at(size_t i)
{
	static const char *const words[] = { "class", "object", "part", "perms", "none" };

	return i < ARRAY_SIZE(words) ? words[i] : NULL;
}

static const char *kind_at(size_t i)
{
	const struct vmv_kind *kind = vmv_kind_at(i);

	return kind ? kind->name : NULL;
}

static const struct {
	const char *option;
	const char *(*at)(size_t i);
} choices[] = {
	{ "color", color_at }, { "format", format_at },     { "group", group_at },
	{ "list", kind_at },   { "list-columns", kind_at },
};

const char *option_word_at(const char *option, size_t i)
{
	for (size_t k = 0; k < ARRAY_SIZE(choices); k++)
		if (!strcmp(option, choices[k].option))
			return choices[k].at(i);
	return NULL;
}

int option_word(const char *option, const char *value)
{
	char list[128] = "";
	size_t len = 0;
	const char *word;

	for (size_t i = 0; (word = option_word_at(option, i)); i++) {
		if (!strcmp(value, word))
			return (int)i;
		if (len < sizeof(list))
			len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%s",
						i ? ", " : "", word);
	}
	say("--%s: '%s' is none of %s", option, value, list);
	return -1;
}
