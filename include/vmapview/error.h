/*
 * error.h - why something failed, ready to show to the user
 *
 * Functions below the command line never print.  They return 0 or a negative
 * errno, and on failure fill a struct vmv_error that the caller may show.
 */
#ifndef VMV_ERROR_H
#define VMV_ERROR_H

/**
 * struct vmv_error - one failure
 * @code: errno value, always positive
 * @text: one sentence without a newline, e.g. "cannot read smaps: Permission denied"
 *
 * A function that can fail takes it as its last argument and writes it only on
 * failure.  Callers that do not care pass NULL.
 */
struct vmv_error {
	int code;
	char text[256];
};

/**
 * vmv_fail - record a failure
 *
 * @err may be NULL.  In @fmt, "%m" is the text of @code.
 *
 * Return: -@code, so that callers can write `return vmv_fail(err, EINVAL, ...)`.
 */
int vmv_fail(struct vmv_error *err, int code, const char *fmt, ...)
	__attribute__((cold, format(printf, 3, 4)));

#endif
