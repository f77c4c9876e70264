/*
 * class.h - what a region is
 *
 * Two axes: the class says what a region is, the part which piece of a program
 * image it is.  One table holds all classes; the first row that matches wins.
 * Where a class is inferred and not told by the kernel, the evidence says from
 * what, so that no output needs to claim more than is known.
 */
#ifndef VMV_CLASS_H
#define VMV_CLASS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_map;
struct vmv_region;

/** Which piece of a program, library or dynamic linker a region is. */
enum vmv_part {
	VMV_PART_NONE,
	VMV_PART_TEXT,
	VMV_PART_RODATA,
	VMV_PART_RELRO,
	VMV_PART_DATA,
	VMV_PART_BSS,
	VMV_PART_PAD,
	VMV_PARTS
};

/** How the class of a region is known, from told to guessed. */
enum vmv_evidence {
	VMV_EVIDENCE_NONE, /* does not match */
	VMV_BY_NAME,       /* the kernel names it so */
	VMV_BY_AUXV,       /* the auxiliary vector points into it (getauxval(3)) */
	VMV_BY_HEADERS,    /* ELF program headers put it there */
	VMV_BY_CONTENT,    /* its contents say so */
	VMV_BY_THREAD,     /* the stack pointer or control block of a thread is in it */
	VMV_BY_DEVICE,     /* it is a file of the kernel's internal tmpfs or hugetlbfs */
	VMV_BY_FLAGS,      /* VmFlags */
	VMV_BY_FILE,       /* the program file, or a file's name */
	VMV_BY_PERMS,      /* its permissions */
	VMV_BY_SHAPE,      /* address, size and neighbours: it looks like it */
	VMV_BY_REST,       /* nothing else explains it */
	VMV_EVIDENCES
};

/** What a class is coloured by.  Themes give each role a colour of its own, and with six to give
 * there can be no more roles. */
enum vmv_role {
	VMV_ROLE_PLAIN,   /* memory of the process's own */
	VMV_ROLE_PROGRAM, /* its program */
	VMV_ROLE_LIBRARY, /* code that it was linked with */
	VMV_ROLE_FILE,    /* the page cache: other files, and what is shared as files are */
	VMV_ROLE_HEAP,    /* where malloc() takes small blocks */
	VMV_ROLE_STACK,
	VMV_ROLE_ALARM, /* unusual, worth a look */
	VMV_ROLE_FAINT, /* takes no memory */
	VMV_ROLES
};

struct vmv_context;

/**
 * struct vmv_class - one row of the table
 * @name:  the word in columns, filters and JSON
 * @help:  one sentence for users
 * @role:  see enum vmv_role
 * @match: evidence that region @i is one; private to class.c
 * @known: only a region that has a name, a file, or a place in a program's image can be one
 */
struct vmv_class {
	const char *name, *help;
	enum vmv_role role;
	enum vmv_evidence (*match)(const struct vmv_context *c, size_t i);
	bool known;
};

/** All classes in the order in which they are tried; region->class is an index. */
extern const struct vmv_class vmv_classes[];
extern const size_t vmv_nclasses;

/** Words for region->part; NULL for VMV_PART_NONE. */
extern const char *const vmv_parts[VMV_PARTS];

/** Words for region->evidence in machine formats; NULL for VMV_EVIDENCE_NONE. */
extern const char *const vmv_evidence_words[VMV_EVIDENCES];

/**
 * vmv_classify - set class, part, evidence and tid of every region of @map
 *
 * Uses what the map has: more is known with counters (VmFlags), process facts
 * (auxv), threads and ELF headers.  Proved thread stacks are noted in
 * map->threads.
 */
void vmv_classify(struct vmv_map *map);

/**
 * vmv_explain - say what a region is and how that is known
 *
 * One or two sentences without a newline, cut to @size bytes.  The region must
 * have been classified.
 */
void vmv_explain(const struct vmv_region *r, char *text, size_t size);

#endif
