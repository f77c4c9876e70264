/* error.c - see error.h */
#include "vmapview/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

int vmv_fail(struct vmv_error *err, int code, const char *fmt, ...)
{
	va_list ap;

	if (!err)
		return -code;
	err->code = code;
	errno = code; /* for %m */
	va_start(ap, fmt);
	vsnprintf(err->text, sizeof(err->text), fmt, ap);
	va_end(ap);
	return -code;
}
