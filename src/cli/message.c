/* message.c - see message.h */
#include "message.h"

#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/text.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

char *harmless(const char *text)
{
	size_t len = strlen(text);
	char *clean = vmv_realloc(NULL, 4 * len + 1, 1);

	vmv_clean(clean, text, len, VMV_CLEAN_OCTAL, !knows_utf8());
	return clean;
}

/* What is quoted comes from users and processes: it must not drive the terminal. */
void say(const char *fmt, ...)
{
	char *raw, *clean, *name = harmless(program_invocation_short_name);
	va_list ap;

	va_start(ap, fmt);
	raw = vmv_vasprintf(fmt, ap);
	va_end(ap);
	clean = harmless(raw);
	fprintf(stderr, "%s: %s\n", name, clean);
	free(clean);
	free(raw);
	free(name);
}

bool say_flushed(struct vmv_out *out)
{
	int rc = vmv_out_flush(out);

	if (rc < 0)
		say("write error: %s", strerror(-rc));
	return rc == 0;
}

void point_at(const char *text, size_t where)
{
	bool ascii = !knows_utf8();
	size_t len = strlen(text);
	char *clean = vmv_realloc(NULL, 4 * len + 1, 1);
	size_t before = vmv_clean(clean, text, where, VMV_CLEAN_OCTAL, ascii);
	int column = (int)vmv_text_width(clean, before);

	vmv_clean(clean, text, len, VMV_CLEAN_OCTAL, ascii);
	fprintf(stderr, "  %s\n  %*s^\n", clean, column, "");
	free(clean);
}
