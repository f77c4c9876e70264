/*
 * difftable.h - what changed, as a table and totals by class
 */
#ifndef VMV_DIFFTABLE_H
#define VMV_DIFFTABLE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_diff;
struct vmv_out;

/**
 * vmv_difftable_print - print all that is different, nothing if all is the same
 *
 * @ascii: the locale does not have UTF-8.  @width: columns of the terminal, 0 if it is none.
 */
void vmv_difftable_print(struct vmv_out *out, const struct vmv_diff *diff, bool ascii,
			 size_t width);

#endif
