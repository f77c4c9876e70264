/* value.c - see value.h */
#include "vmapview/value.h"

#include "vmapview/column.h"
#include "vmapview/units.h"

#include <stdbool.h>
#include <string.h>

static size_t put_word(char *to, char word)
{
	to[0] = word;
	to[1] = '\0';
	return 1;
}

static size_t put_bytes(char *to, uint64_t n, bool plain)
{
	return plain ? vmv_put_dec(to, n) : vmv_put_human(to, n);
}

static size_t put_delta(char *to, uint64_t number, bool plain)
{
	bool less = (int64_t)number < 0;
	size_t len = 0;

	if (less || (number && !plain))
		to[len++] = less ? '-' : '+';
	return len + put_bytes(to + len, less ? -number : number, plain);
}

size_t vmv_value_put(char *to, const struct vmv_column *column, const struct vmv_value *value,
		     enum vmv_style style)
{
	bool plain = style == VMV_PLAIN;
	uint64_t n = value->number;

	if (!value->known)
		return put_word(to, '-');
	if (n == 0 && column->merge == VMV_SUM && !plain)
		return put_word(to, '.');
	switch (column->type) {
	case VMV_ADDRESS:
		return vmv_put_hex(to, n,
				   column->merge == VMV_SAME && style == VMV_NARROW ? 1 : 12);
	case VMV_BYTES:
		return put_bytes(to, n, plain);
	case VMV_DELTA:
		return put_delta(to, n, plain);
	case VMV_NUMBER:
	case VMV_TEXT:
		break;
	}
	return vmv_put_dec(to, n);
}

static int compare_deltas(uint64_t a, uint64_t b)
{
	return ((int64_t)a > (int64_t)b) - ((int64_t)a < (int64_t)b);
}

int vmv_value_compare(const struct vmv_column *column, const struct vmv_value *a,
		      const struct vmv_value *b)
{
	if (!a->known || !b->known)
		return a->known - b->known;
	if (column->type == VMV_TEXT)
		return strcmp(a->text, b->text);
	if (column->type == VMV_DELTA)
		return compare_deltas(a->number, b->number);
	return (a->number > b->number) - (a->number < b->number);
}
