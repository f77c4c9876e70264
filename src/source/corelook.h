/*
 * corelook.h - looking at the memory in a core file (private to source)
 *
 * What is kept of it in the target are its segments as they were read last; they are read in
 * another thread, perhaps, than the one that looks.
 */
#ifndef VMV_CORELOOK_H
#define VMV_CORELOOK_H

#include <stddef.h>

struct corememory;
struct vmv_error;
struct vmv_peek;
struct vmv_target;

/** corelook_open, corelook_peek, corelook_close - of a source, see source.h. */
int corelook_open(struct vmv_target *t, struct vmv_error *err);
void corelook_peek(struct vmv_target *t, struct vmv_peek *pieces, size_t n);
void corelook_close(struct vmv_target *t);

/** corelook_set - look at these segments from now on; takes over what @memory owns. */
void corelook_set(struct vmv_target *t, const struct corememory *memory);

#endif
