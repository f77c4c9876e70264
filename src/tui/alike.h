/*
 * alike.h - what tells names in a list apart, so that it is not cut (private to tui)
 */
#ifndef VMV_ALIKE_H
#define VMV_ALIKE_H

#include <stddef.h>

/** alike_differs - from which byte of its last name on @path differs from the most similar last
 *  name of the @n in @others, which may be NULL; 0 if there are none to tell it from. */
size_t alike_differs(const char *path, const char *const *others, size_t n);

#endif
