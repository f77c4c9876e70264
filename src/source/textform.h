/*
 * textform.h - the forms in which programs print a map, a line for each region (private to source)
 *
 * The kernel's own form comes first.  What a form lacks stays unknown.
 */
#ifndef VMV_TEXTFORM_H
#define VMV_TEXTFORM_H

#include "vmapview/map.h"

#include <stdbool.h>
#include <stddef.h>

/** struct textcounter - one counter of a line; its name is borrowed from a heading or a constant */
struct textcounter {
	const char *name;
	size_t len;
	uint64_t value;
	bool bytes;
};

/**
 * struct textrow - what a line says about a region
 * @region:   complete except for its name
 * @name:     @len bytes of the line, or a constant
 * @flags:    @flags_len bytes of the line, or NULL
 * @by_name:  only the name tells which file it is
 * @stack:    it is the main stack
 * @counters: the first @ncounters are set
 */
struct textrow {
	struct vmv_region region;
	const char *name, *flags;
	size_t len, flags_len;
	bool by_name, stack;
	size_t ncounters;
	struct textcounter counters[VMV_FIELDS_MAX];
};

/**
 * struct textforms - what headings say about the lines below them; begin with zeros
 * @words:   words of the last heading with columns, with a NUL; owned
 * @columns: the first @ncolumns of them
 * @name_at: where in the line the last one stands
 */
struct textforms {
	char *words;
	const char *columns[VMV_FIELDS_MAX];
	size_t ncolumns, name_at;
};

/**
 * textform_parse - parse the line @text as a region, from its byte @at on
 *
 * Return: false if no form matches; *@row is then undefined.
 */
bool textform_parse(const struct textforms *forms, const char *text, size_t at,
		    struct textrow *row);

/** textform_heading - do such programs print this line around regions?  Keeps its columns. */
bool textform_heading(struct textforms *forms, const char *text);

/** textform_perms - take "rw-p" or "RW-P", or the first @n letters of it, with "?" for what is
 *  unknown. */
bool textform_perms(const char **s, size_t n, uint8_t *perms);

/** textform_device - take "08:01". */
bool textform_device(const char **s, struct vmv_region *r);

/** textform_size - set the end of a region whose start is known. */
bool textform_size(struct vmv_region *r, uint64_t size);

/** textform_name - take the string at @s as the name; nothing else identifies the file. */
void textform_name(struct textrow *row, const char *s);

/** textforms_done - release what was kept. */
void textforms_done(struct textforms *forms);

#endif
