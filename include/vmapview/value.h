/*
 * value.h - what a column has, as text and compared
 */
#ifndef VMV_VALUE_H
#define VMV_VALUE_H

#include <stddef.h>
#include <stdint.h>

struct vmv_column;
struct vmv_value;

/** How a value is written. */
enum vmv_style {
	VMV_SHORT,  /* "1.3M"; 0 of what is added up is ".", so that what is there stands out */
	VMV_PLAIN,  /* "1363148", "0": for programs */
	VMV_NARROW, /* as VMV_SHORT, but offsets without zeros before them */
};

/**
 * vmv_value_put - write a value that is no text: "-", ".", "1.3M", "+4K", "7f0000001000"
 *
 * What is not known is "-".  There is room for VMV_NUMBER_ROOM bytes (units.h) at @to.  Returns
 * the length.
 */
size_t vmv_value_put(char *to, const struct vmv_column *column, const struct vmv_value *value,
		     enum vmv_style style);

/** vmv_value_compare - order of two values of one column: negative, 0 or positive;
 *  the unknown come first. */
int vmv_value_compare(const struct vmv_column *column, const struct vmv_value *a,
		      const struct vmv_value *b);

#endif
