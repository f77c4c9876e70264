/*
 * message.h - one line to the user, on stderr (private to cli)
 */
#ifndef VMV_MESSAGE_H
#define VMV_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_out;

/** say - print "PROGRAM: ..." and a newline; the program's name is the one
 *  it was called by. */
void say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** say_flushed - write what is left in @out; false if that or an earlier write failed, which it
 *  says. */
bool say_flushed(struct vmv_out *out);

/** harmless - @text as it may be printed, whoever chose it; to be freed. */
char *harmless(const char *text);

/** point_at - print @text and a caret under its byte @where. */
void point_at(const char *text, size_t where);

#endif
