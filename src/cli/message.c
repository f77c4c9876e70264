/* message.c - see message.h */
#include "message.h"

#include "vmapview/alloc.h"
#include "vmapview/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is quoted comes from users and processes: it must not drive the terminal. */
void vmv_say(const char *fmt, ...)
{
	char *raw, *clean;
	va_list ap;
	size_t len;

	va_start(ap, fmt);
	raw = vmv_vasprintf(fmt, ap);
	va_end(ap);
	len = strlen(raw);
	clean = vmv_realloc(NULL, 4 * len + 1, 1);
	vmv_clean(clean, raw, len, VMV_CLEAN_OCTAL, false);
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, clean);
	free(clean);
	free(raw);
}

void vmv_point_at(const char *text, size_t where)
{
	size_t len = strlen(text);
	char *clean = vmv_realloc(NULL, 4 * len + 1, 1);
	size_t before = vmv_clean(clean, text, where, VMV_CLEAN_OCTAL, false);
	int column = (int)vmv_text_width(clean, before);

	vmv_clean(clean, text, len, VMV_CLEAN_OCTAL, false);
	fprintf(stderr, "  %s\n  %*s^\n", clean, column, "");
	free(clean);
}
