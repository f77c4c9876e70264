/* output.c - see output.h */
#include "vmapview/output.h"

#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static const struct vmv_format *const formats[] = {
	&vmv_format_table,
	&vmv_format_json,
	&vmv_format_csv,
	&vmv_format_prometheus,
};

const struct vmv_format *vmv_format_find(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(formats); i++)
		if (!strcmp(formats[i]->name, name))
			return formats[i];
	return NULL;
}

const struct vmv_format *vmv_format_at(size_t i)
{
	return i < ARRAY_SIZE(formats) ? formats[i] : NULL;
}
