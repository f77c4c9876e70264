/*
 * message.h - one line to the user, on stderr (private to cli)
 */
#ifndef VMV_MESSAGE_H
#define VMV_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_out;

/** vmv_say - print "PROGRAM: ..." and a newline; the program's name is the one
 *  it was called by. */
void vmv_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** vmv_say_flushed - write what is left in @out; false if that or an earlier write failed, which it
 *  says. */
bool vmv_say_flushed(struct vmv_out *out);

/** vmv_harmless - @text as it may be printed, whoever chose it; to be freed. */
char *vmv_harmless(const char *text);

/** vmv_point_at - print @text and a caret under its byte @where. */
void vmv_point_at(const char *text, size_t where);

#endif
