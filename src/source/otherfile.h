/*
 * otherfile.h - files that people take for maps, or that contain a compressed one (private to
 * source)
 */
#ifndef VMV_OTHERFILE_H
#define VMV_OTHERFILE_H

#include <stddef.h>

/**
 * otherfile_advice - what a file is that begins with the @len bytes at @head, and what to do
 *
 * Return: e.g. "packed with zstd: unpack it with zstd -d", or NULL for any other file.
 */
const char *otherfile_advice(const unsigned char *head, size_t len);

#endif
