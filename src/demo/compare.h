/*
 * compare.h - what reading a file costs, and what mapping it costs
 */
#ifndef VMV_DEMO_COMPARE_H
#define VMV_DEMO_COMPARE_H

struct area;

/**
 * compare_ways - sum up an open file in every way of passes.h, several times,
 * not in the page cache and in it, and print what each took
 *
 * Returns 0, or -1 having said what went wrong; the sums have to agree.
 */
int compare_ways(const struct area *file);

#endif
