/*
 * area.h - files to map, and access to them that survives their truncation
 */
#ifndef VMV_DEMO_AREA_H
#define VMV_DEMO_AREA_H

#include <stdbool.h>
#include <stddef.h>

#define PROGRAM "vmapview-demo"
#define MESSAGE "message.txt"

/** struct area - a file and where it is mapped
 *  @start: NULL when it is not mapped
 *  @size:  bytes of the file that are mapped; the last page may hold less
 *  @uses:  how often a key worked on it
 *  @installed: room for the name of the installed message */
struct area {
	const char *name;
	int fd;
	char *start;
	size_t size;
	size_t uses;
	char installed[4096];
};

/** demo_fail - say what failed, and why; returns -1. */
int demo_fail(const char *what, const char *why);

/**
 * area_open - open a regular file that is not empty
 * @path: NULL for the message here, or the one that is installed
 *
 * Returns 0, or -1 having said why not.
 */
int area_open(struct area *a, const char *path);

/** catch_bus_errors - once, before guarded(). */
void catch_bus_errors(void);

/**
 * guarded - call @access, which reads or writes mapped files
 *
 * False when a file was truncated, or its disk is full, under our feet: then it
 * was left where it was.
 */
bool guarded(void (*access)(void *data), void *data);

/** copy_mapped - copy @len bytes from or to a mapped file; false as guarded() says. */
bool copy_mapped(char *to, const char *from, size_t len);

#endif
