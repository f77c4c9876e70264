/*
 * otherfile.h - files that people take for maps, or that have one in them packed (private to
 * source)
 */
#ifndef VMV_OTHERFILE_H
#define VMV_OTHERFILE_H

#include <stddef.h>

/**
 * otherfile_advice - what the file that begins with the @len bytes at @head is, and what to do
 *
 * Return: e.g. "packed with zstd: unpack it with zstd -d", or NULL if it is none of those known.
 */
const char *otherfile_advice(const unsigned char *head, size_t len);

#endif
