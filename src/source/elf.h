/*
 * elf.h - the program headers of mapped files (private to source)
 *
 * Mapped files belong to the process that is looked at, and may lie about anything.
 */
#ifndef VMV_SOURCE_ELF_H
#define VMV_SOURCE_ELF_H

#include <stdbool.h>
#include <stddef.h>

struct apart;
struct mounts;
struct vmv_elf;
struct vmv_map;

/**
 * headers_parse - set the segments of @to from the first @size bytes of a file
 *
 * elf_version(3) must have been called.  @page may be written to.
 *
 * Return: whether it has any.
 */
bool headers_parse(char *page, size_t size, struct vmv_elf *to);

/**
 * headers_find - fill map->elves for the files that may be loaded programs
 *
 * @dir is the /proc/PID directory, @mounts that process's.  Of a file that can't
 * be opened (mapped.h), @apart reads the first page in memory, if it is there.  A
 * file that somebody else has to answer for, such as a FUSE's, is left out.
 */
void headers_find(int dir, struct vmv_map *map, struct mounts *mounts, struct apart *apart);

#endif
