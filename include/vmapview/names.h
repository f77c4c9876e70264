/*
 * names.h - one copy of each string of a map
 *
 * 60,000 regions share a few hundred names; equal names become equal pointers.
 */
#ifndef VMV_NAMES_H
#define VMV_NAMES_H

#include <stddef.h>

struct vmv_names;

/** vmv_names_new - an empty pool. */
struct vmv_names *vmv_names_new(void);

/** vmv_names_get - the pool's copy of the @len bytes at @s, with a NUL after them. */
const char *vmv_names_get(struct vmv_names *names, const char *s, size_t len);

/** vmv_names_number - which string of the pool it is: 0 for the first, 1 for the next; a new one is
 *  added. */
size_t vmv_names_number(struct vmv_names *names, const char *s, size_t len);

/** vmv_names_free - release the pool and all its strings; NULL is fine. */
void vmv_names_free(struct vmv_names *names);

#endif
