/*
 * abbrev.h - short forms of long options that go on working (private to cli)
 *
 * getopt_long(3) takes any beginning of a long name that only one name has.
 * Names of our own would take some of these from pmap's users: "--s" is
 * "--show-path" to pmap, but could be "--sort" here.  So these are spelled out,
 * for an exact match comes first; likewise those of earlier versions of ours.
 */
#ifndef VMV_ABBREV_H
#define VMV_ABBREV_H

#include <getopt.h>
#include <stddef.h>

enum { ABBREV_ROOM = 64, ABBREV_LEN = 20 };

/** struct abbrevs - the short forms; lives as long as the options that name them */
struct abbrevs {
	char text[ABBREV_ROOM][ABBREV_LEN];
	size_t n;
};

/**
 * abbrev_add - append to @names, which has @n entries and room for ABBREV_ROOM
 * more, each beginning that only one of its first @nold names has, but others
 * have, too
 *
 * @abbrevs is all zero at first.  Returns the new number of entries.
 */
size_t abbrev_add(struct abbrevs *abbrevs, struct option *names, size_t n, size_t nold);

#endif
