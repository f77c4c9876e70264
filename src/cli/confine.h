/*
 * confine.h - files from others are parsed without the right to do harm (private to cli)
 *
 * What a file says is taken apart by a good deal of code, and a mistake in it may
 * be somebody's way in.  So the program first gives up what it does not need,
 * by Landlock(7).  docs/security.md says what is promised.
 */
#ifndef VMV_CONFINE_H
#define VMV_CONFINE_H

#include <stdbool.h>

struct vmv_error;

/** confine_always - what every invocation can do without: no more rights by executing anything. */
void confine_always(void);

/**
 * confine_possible - are all @n targets files?
 *
 * Not maps and smaps in /proc: other processes can't be looked at from inside.
 */
bool confine_possible(char *const *targets, int n);

/**
 * confine - if all @n targets are files, be able to open nothing but them from now on
 *
 * For reading; besides, what the system has for everyone (libraries and
 * locales, which are loaded when they are first needed) and our own /proc.
 * What is open stays open.  Where the kernel has no Landlock, or an older one, it
 * is done as far as it goes, without a word.
 *
 * Call it while there is one thread only, and once.
 *
 * Return: 1 if so, 0 if it is not confine_possible(), or a negative errno with @err set if we lack
 * the means (descriptors): nothing can be read then.
 */
int confine(char *const *targets, int n, struct vmv_error *err);

/**
 * confine_apart - work(@data) in a child, which may confine itself, while we wait
 *
 * For what has to be done afterwards with what the child has written to open
 * files.
 *
 * Return: what work() returns, 0 to 255, or a negative errno with @err set if there
 * was no child or it was killed.
 */
int confine_apart(int (*work)(void *data), void *data, struct vmv_error *err);

#endif
