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

/**
 * struct corefile_range - one mapped file of NT_FILE, or one that was found without that
 * @name:  interned in the map
 * @guessed: it only looks like one
 */
struct corefile_range {
	uint64_t start, end, offset;
	const char *name;
	bool guessed;
};

/** struct corenotes_system - a system that writes core files, too
 *  @note: name of its notes; @what: in words; @machine: not of a process */
struct corenotes_system {
	const char *note, *what;
	bool machine;
};

/**
 * struct corenotes - what was found
 * @map:     gets the process and its threads
 * @machine: EM_X86_64 and so on
 * @wide:    64 bits
 * @big:     most significant byte first
 * @files:   in the order of the note; owned
 * @page:    size of a page as NT_FILE says, 0 without it
 * @execfn:  AT_EXECFN: where the name of the program is
 * @linux_notes: there was a note of a Linux process
 * @system:  what wrote it, if it was not Linux; NULL otherwise
 * @broken:  what was wrong with a note, or NULL
 */
struct corenotes {
	struct vmv_map *map;
	uint16_t machine;
	bool wide, big;
	struct corefile_range *files;
	size_t nfiles, room;
	uint64_t page, execfn;
	bool linux_notes;
	const struct corenotes_system *system;
	const char *broken;
};

/** struct corenote - one note; its name and its contents are borrowed */
struct corenote {
	uint32_t type;
	const char *name;
	size_t name_len;
	const void *desc;
	size_t len;
};

/** corenotes_take - learn from a note; unknown ones are left out. */
void corenotes_take(struct corenotes *notes, const struct corenote *note);

/** corenotes_add_file - append to @files. */
void corenotes_add_file(struct corenotes *notes, const struct corefile_range *file);

/** corenotes_done - release @files. */
void corenotes_done(struct corenotes *notes);

#endif
