/*
 * coreimages.h - programs and libraries of a core file that does not tell which files were mapped
 * (private to source)
 */
#ifndef VMV_COREIMAGES_H
#define VMV_COREIMAGES_H

struct corememory;
struct corenotes;

/**
 * coreimages_find - fill the empty notes->files by searching the memory
 *
 * An ELF header with code where its program headers put it proves an image.  Its name comes from
 * the dynamic linker, the kernel or its build-id.  Code made at run time would be in the core file;
 * code that is missing there belongs to a file, which is called "unnamed:" and an address.  The
 * segments must be sorted; the files then are, too.
 */
void coreimages_find(struct corenotes *notes, struct corememory *memory);

#endif
