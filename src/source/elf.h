/*
 * elf.h - the program headers of mapped files (private to source)
 *
 * Mapped files belong to the process that is looked at: they may be FIFOs or
 * devices by the time we look, and may lie about anything.
 */
#ifndef VMV_SOURCE_ELF_H
#define VMV_SOURCE_ELF_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_elf;
struct vmv_map;

/**
 * vmv_elf_parse - set the segments of @to from the first @size bytes of a file
 *
 * elf_version(3) must have been called.  @page may be written to.
 *
 * Return: whether it has any.
 */
bool vmv_elf_parse(char *page, size_t size, struct vmv_elf *to);

/**
 * vmv_elf_find - fill map->elves for the files that may be loaded programs
 *
 * @dir is the /proc/PID directory.  A file is opened only if it still is the
 * regular file that is mapped; one that was deleted is reached through
 * map_files (root only) or its first mapped page (proc_pid_mem(5)).  A file
 * that can't be reached is left out.
 */
void vmv_elf_find(int dir, struct vmv_map *map);

#endif
