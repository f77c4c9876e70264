/*
 * coreimages.h - programs and libraries of a core file that does not tell which files were mapped
 * (private to source)
 */
#ifndef VMV_COREIMAGES_H
#define VMV_COREIMAGES_H

struct corememory;
struct corenotes;

/**
 * coreimages_find - fill notes->files, which is empty, from what is in the memory
 *
 * Proof of an image is its ELF header with code where the program headers put it; its name is what
 * the dynamic linker, the kernel or its build-id call it.  Code that is not in the core file is no
 * code made at run time, which would be: it is of a file called
 * "unnamed:" and an address.  The segments are in
 * order, and so are the files afterwards.
 */
void coreimages_find(struct corenotes *notes, struct corememory *memory);

#endif
