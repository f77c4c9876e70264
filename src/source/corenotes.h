/*
 * corenotes.h - what the notes of a core file tell (private to source)
 *
 * See core(5), <sys/procfs.h> and fs/binfmt_elf.c of the kernel.  The layouts
 * are those of the machine that wrote the core, not ours, and nothing in them
 * is to be believed.
 */
#ifndef VMV_CORENOTES_H
#define VMV_CORENOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_map;

/** struct corefile_range - one mapped file of NT_FILE; @name is interned in the map */
struct corefile_range {
	uint64_t start, end, offset;
	const char *name;
};

/**
 * struct corenotes - what was found
 * @map:     gets the process and its threads
 * @machine: EM_X86_64 and so on
 * @wide:    64 bits
 * @big:     most significant byte first
 * @files:   in the order of the note; owned
 * @page:    size of a page as NT_FILE says, 0 without it
 * @broken:  what was wrong with a note, or NULL
 */
struct corenotes {
	struct vmv_map *map;
	uint16_t machine;
	bool wide, big;
	struct corefile_range *files;
	size_t nfiles, room;
	uint64_t page;
	const char *broken;
};

/** corenotes_take - learn from one note named "CORE"; unknown ones are left out. */
void corenotes_take(struct corenotes *notes, uint32_t type, const void *desc, size_t len);

/** corenotes_done - release @files. */
void corenotes_done(struct corenotes *notes);

#endif
