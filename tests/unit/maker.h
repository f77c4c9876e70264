/*
 * maker.h - core files of several machines, made up
 */
#ifndef VMV_UNIT_MAKER_H
#define VMV_UNIT_MAKER_H

#include "unit.h"

#include <elf.h>
#include <endian.h>

enum { ROOM = 256 * 1024, PAGE = 4096 };

/** struct maker - a core file being made for a machine */
struct maker {
	uint16_t machine;
	bool wide, big;
	unsigned char bytes[ROOM];
	size_t len, notes_at;
	unsigned nheaders;
};

static inline void put(struct maker *m, size_t at, uint64_t n, size_t size)
{
	assert_true(at + size <= ROOM);
	for (size_t i = 0; i < size; i++)
		m->bytes[at + (m->big ? size - 1 - i : i)] = (unsigned char)(n >> 8 * i);
	if (m->len < at + size)
		m->len = at + size;
}

static inline void append(struct maker *m, uint64_t n, size_t size)
{
	put(m, m->len, n, size);
}

static inline size_t word(const struct maker *m)
{
	return m->wide ? 8 : 4;
}

static inline void begin(struct maker *m, uint16_t machine, bool wide, bool big)
{
	*m = (struct maker){ .machine = machine, .wide = wide, .big = big };
	memcpy(m->bytes, ELFMAG, SELFMAG);
	m->bytes[EI_CLASS] = wide ? ELFCLASS64 : ELFCLASS32;
	m->bytes[EI_DATA] = big ? ELFDATA2MSB : ELFDATA2LSB;
	m->bytes[EI_VERSION] = EV_CURRENT;
	put(m, 16, ET_CORE, 2);
	put(m, 18, machine, 2);
	put(m, 20, EV_CURRENT, 4);
	put(m, wide ? 32 : 28, wide ? 64 : 52, word(m)); /* e_phoff */
	put(m, wide ? 52 : 40, wide ? 64 : 52, 2);       /* e_ehsize */
	put(m, wide ? 54 : 42, wide ? 56 : 32, 2);       /* e_phentsize */
	m->len = m->notes_at = PAGE;
}

static inline void header(struct maker *m, uint32_t type, uint32_t flags, const uint64_t *values)
{
	size_t at = (m->wide ? 64 : 52) + m->nheaders++ * (m->wide ? 56u : 32u);
	size_t w = word(m), len = m->len;

	put(m, at, type, 4);
	at += 4;
	if (m->wide) {
		put(m, at, flags, 4);
		at += 4;
	}
	for (size_t i = 0; i < 5; i++, at += w) /* offset, vaddr, paddr, filesz, memsz */
		put(m, at, values[i], w);
	if (!m->wide) {
		put(m, at, flags, 4);
		at += 4;
	}
	put(m, at, 4, w);
	put(m, m->wide ? 56 : 44, m->nheaders, 2); /* e_phnum */
	m->len = len;
}

static inline void load(struct maker *m, uint64_t start, uint64_t end, uint32_t flags)
{
	header(m, PT_LOAD, flags, (uint64_t[]){ PAGE, start, 0, 0, end - start });
}

static inline void end_notes(struct maker *m)
{
	header(m, PT_NOTE, 0, (uint64_t[]){ m->notes_at, 0, 0, m->len - m->notes_at, 0 });
}

/* The head of a note of @size bytes, which the caller appends. */
static inline void note_of(struct maker *m, const char *name, uint32_t type, size_t size)
{
	size_t len = strlen(name) + 1;

	append(m, len, 4);
	append(m, size, 4);
	append(m, type, 4);
	memcpy(m->bytes + m->len, name, len);
	m->len += (len + 3) / 4 * 4;
}

static inline void note(struct maker *m, uint32_t type, size_t size)
{
	note_of(m, "CORE", type, size);
}

static inline void thread(struct maker *m, int tid, size_t sp_index, uint64_t sp)
{
	size_t ids = 16 + 2 * word(m), registers = ids + 16 + 8 * word(m), at;

	note(m, NT_PRSTATUS, registers + 40 * word(m));
	at = m->len;
	m->len += registers + 40 * word(m);
	put(m, at + ids, (uint64_t)tid, 4);
	put(m, at + registers + sp_index * word(m), sp, word(m));
}

static inline void process(struct maker *m, int pid)
{
	size_t size = m->wide ? 136 : 124, at;

	note(m, NT_PRPSINFO, size);
	at = m->len;
	m->len += size;
	put(m, at + (m->wide ? 24 : 12), (uint64_t)pid, 4);
	memcpy(m->bytes + at + size - 96, "prog", 5);
	memcpy(m->bytes + at + size - 80, "./prog -x ", 10);
}

static inline void auxv(struct maker *m, const uint64_t *pairs, size_t n)
{
	note(m, NT_AUXV, n * word(m));
	for (size_t i = 0; i < n; i++)
		append(m, pairs[i], word(m));
}

/* The signal @number with its siginfo_t: @code, and an address if that says so. */
static inline void siginfo(struct maker *m, unsigned number, unsigned code, uint64_t address)
{
	size_t at;

	note(m, NT_SIGINFO, 128);
	at = m->len;
	m->len += 128;
	put(m, at, number, 4);
	put(m, at + 8, code, 4);
	put(m, at + (m->wide ? 16 : 12), address, word(m));
}

/* Two pieces of one file, in units of @page bytes. */
static inline void files(struct maker *m, uint64_t text, uint64_t data, uint64_t page)
{
	static const char name[] = "/bin/prog";
	size_t w = word(m);

	note(m, NT_FILE, 8 * w + 2 * sizeof(name));
	append(m, 2, w);
	append(m, page, w);
	append(m, text, w);
	append(m, text + PAGE, w);
	append(m, 0, w);
	append(m, data, w);
	append(m, data + PAGE, w);
	append(m, PAGE / page, w);
	memcpy(m->bytes + m->len, name, sizeof(name));
	memcpy(m->bytes + m->len + sizeof(name), name, sizeof(name));
	m->len += 2 * sizeof(name);
}

/** struct machine - what a core of it has at which place */
struct machine {
	uint16_t machine;
	bool wide, big;
	size_t sp, pc;
};

static const struct machine machines[] = {
	{ EM_X86_64, true, false, 19, 16 },  { EM_386, false, false, 15, 12 },
	{ EM_AARCH64, true, false, 31, 32 }, { EM_ARM, false, false, 13, 15 },
	{ EM_S390, true, true, 17, 1 },      { EM_PPC64, true, true, 1, 32 },
};

enum {
	TEXT = 0x10000,
	DATA = 0x20000,
	HEAP = 0x40000,
	LINKER = 0x600000,
	LIBRARY = 0x620000,
	CODE = 0x640000, /* made at run time */
	STACK = 0x700000,
	VDSO = 0x800000
};

static inline void make(struct maker *m, const struct machine *of, uint64_t page)
{
	begin(m, of->machine, of->wide, of->big);
	thread(m, 77, of->sp, STACK + 0x1000);
	process(m, 77);
	auxv(m,
	     (uint64_t[]){ AT_ENTRY, TEXT + 16, AT_PHDR, TEXT + 64, AT_SYSINFO_EHDR, VDSO,
			   AT_RANDOM, STACK + 0x1800, AT_NULL, 0 },
	     10);
	files(m, TEXT, DATA, page);
	thread(m, 78, of->sp, 0x501000);
	end_notes(m);
	load(m, TEXT, TEXT + PAGE, PF_R | PF_X);
	load(m, DATA, DATA + PAGE, PF_R | PF_W);
	load(m, HEAP, HEAP + PAGE, PF_R | PF_W);
	load(m, 0x4ff000, 0x500000, 0);
	load(m, 0x500000, 0x510000, PF_R | PF_W);
	load(m, STACK, STACK + 0x2000, PF_R | PF_W);
	load(m, VDSO, VDSO + PAGE, PF_R | PF_X);
}

/*
 * The first page of a program, in the memory at @start: two segments, a page of code and one of
 * data at @data, and a build-id of two bytes.
 */
static inline void dump_image(struct maker *m, uint64_t start, uint64_t data)
{
	struct maker *image = vmv_calloc(1, sizeof(*image));
	const size_t notes = 512;

	begin(image, m->machine, m->wide, m->big);
	put(image, 16, ET_DYN, 2);
	header(image, PT_LOAD, PF_R | PF_X, (uint64_t[]){ 0, 0, 0, PAGE, PAGE });
	header(image, PT_LOAD, PF_R | PF_W, (uint64_t[]){ PAGE, data - start, 0, PAGE, 2 * PAGE });
	header(image, PT_NOTE, PF_R, (uint64_t[]){ notes, notes, 0, 18, 18 });
	image->len = notes;
	note_of(image, "GNU", NT_GNU_BUILD_ID, 2);
	append(image, 0xab, 1);
	append(image, 0xcd, 1);
	header(m, PT_LOAD, PF_R | PF_X, (uint64_t[]){ m->len, start, 0, PAGE, PAGE });
	memcpy(m->bytes + m->len, image->bytes, PAGE);
	m->len += PAGE;
	free(image);
}

/* A core file that tells no files, with the headers of a program and of its linker. */
static inline void make_unnamed(struct maker *m, const struct machine *of)
{
	begin(m, of->machine, of->wide, of->big);
	thread(m, 77, of->sp, STACK + 0x1000);
	process(m, 77);
	auxv(m,
	     (uint64_t[]){ AT_ENTRY, TEXT + 16, AT_PHDR, TEXT + (of->wide ? 64 : 52), AT_BASE,
			   LINKER, AT_SYSINFO_EHDR, VDSO, AT_NULL, 0 },
	     10);
	end_notes(m);
	dump_image(m, TEXT, DATA);
	load(m, DATA, DATA + PAGE, PF_R | PF_W);
	load(m, DATA + PAGE, DATA + 2 * PAGE, PF_R | PF_W);
	dump_image(m, LINKER, LINKER + 2 * PAGE);
	load(m, LINKER + 2 * PAGE, LINKER + 3 * PAGE, PF_R | PF_W);
	load(m, LIBRARY, LIBRARY + PAGE, PF_R);
	load(m, LIBRARY + PAGE, LIBRARY + 2 * PAGE, PF_R | PF_X);
	load(m, LIBRARY + 2 * PAGE, LIBRARY + 3 * PAGE, PF_R | PF_W);
	header(m, PT_LOAD, PF_R | PF_X, (uint64_t[]){ PAGE, CODE, 0, PAGE, PAGE });
	load(m, STACK, STACK + 0x2000, PF_R | PF_W);
	load(m, VDSO, VDSO + PAGE, PF_R | PF_X);
}

#endif
