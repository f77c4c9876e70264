/*
 * alloc.h - memory that is there or ends the program
 *
 * A viewer can do nothing useful without memory, so no caller checks.  What
 * happens then (restore the terminal, say so, leave) is for the program to
 * decide: it defines vmv_no_memory().
 */
#ifndef VMV_ALLOC_H
#define VMV_ALLOC_H

#include <stdarg.h>
#include <stddef.h>

/** vmv_no_memory - called when memory has run out; defined by each program. */
_Noreturn void vmv_no_memory(void);

/** vmv_realloc - resize @p to @count items of @size bytes; the product is checked. */
void *vmv_realloc(void *p, size_t count, size_t size);

/** vmv_enlarge - the same for an array of which @used items count, when the others are about to be
 *  filled in: the memory of a large one is got from the kernel at once. */
void *vmv_enlarge(void *p, size_t used, size_t count, size_t size);

/** vmv_calloc - @count zeroed items of @size bytes; release with free(). */
void *vmv_calloc(size_t count, size_t size);

/** vmv_strdup - a copy of @s, which may be NULL (the copy then is NULL too). */
char *vmv_strdup(const char *s);

/** vmv_asprintf - what printf(3) would print, as a string; release with free(). */
char *vmv_asprintf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** vmv_vasprintf - what vprintf(3) would print, as a string; release with free(). */
char *vmv_vasprintf(const char *fmt, va_list ap) __attribute__((format(printf, 1, 0)));

/**
 * vmv_grow - make room for one more item in a growing array
 *
 * @p holds @used items of @size bytes and has room for *@room.  The room
 * doubles when it is full.
 *
 * Return: the array, which may have moved.
 */
void *vmv_grow(void *p, size_t used, size_t *room, size_t size);

#endif
