/* corenotes.c - see corenotes.h */
#include "corenotes.h"

#include "corememory.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"

#include <elf.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SIGNAL_MAX = 128 }; /* MIPS has most */

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/** struct desc - the contents of a note, of which every number is read by get() */
struct desc {
	const struct corenotes *of;
	const unsigned char *at;
	size_t len;
};

/* The number of @size bytes at @offset, VMV_UNKNOWN if the note ends before. */
static uint64_t get(const struct desc *d, size_t offset, size_t size)
{
	if (offset > d->len || size > d->len - offset)
		return VMV_UNKNOWN;
	return core_number(d->at + offset, size, d->of->big);
}

static int get_pid(const struct desc *d, size_t offset)
{
	uint64_t pid = get(d, offset, 4);

	return pid <= INT_MAX ? (int)pid : 0;
}

/** struct registers - which of the general registers of NT_PRSTATUS are the two that count */
struct registers {
	uint16_t machine;
	bool wide;
	size_t sp, pc;
};

static const struct registers *registers_of(const struct corenotes *notes)
{
	static const struct registers rows[] = {
		{ EM_X86_64, true, 19, 16 }, /* struct user_regs_struct */
		{ EM_386, false, 15, 12 },   /* the same */
		{ EM_AARCH64, true, 31, 32 }, { EM_ARM, false, 13, 15 }, { EM_RISCV, true, 2, 0 },
		{ EM_RISCV, false, 2, 0 },    { EM_PPC64, true, 1, 32 }, { EM_PPC, false, 1, 32 },
		{ EM_S390, true, 17, 1 }, /* the PSW, its mask before its address, comes first */
	};

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (rows[i].machine == notes->machine && rows[i].wide == notes->wide)
			return &rows[i];
	return NULL;
}

/* Of both notes that begin with one; 0 if there is none. */
static int take_signal(const struct desc *d)
{
	uint64_t n = get(d, 0, 4);

	return n <= SIGNAL_MAX ? (int)n : 0;
}

/*
 * siginfo_t: number, errno, code, and then, if the processor and no process sent it (sigaction(2)),
 * the address.
 */
static void take_siginfo(struct corenotes *notes, const struct desc *d)
{
	enum { SENT = 0x80 }; /* SI_KERNEL, and none has a code of its own above it */
	static const int about_address[] = { 4, 5, 7, 8, 11 }; /* ILL, TRAP, BUS, FPE, SEGV */
	struct vmv_process *p = &notes->map->process;
	uint64_t code = get(d, 8, 4);
	int number = take_signal(d);

	if (!number || p->fault != VMV_UNKNOWN)
		return;
	p->signal = number;
	for (size_t i = 0; i < ARRAY_SIZE(about_address); i++)
		if (number == about_address[i] && code && code < SENT)
			p->fault = get(d, notes->wide ? 16 : 12, notes->wide ? 8 : 4);
}

/* struct elf_prstatus: signals, four IDs, four times, registers. */
static void take_thread(struct corenotes *notes, const struct desc *d)
{
	struct vmv_map *map = notes->map;
	size_t word = notes->wide ? 8 : 4, ids = 16 + 2 * word, registers = ids + 16 + 8 * word;
	const struct registers *which = registers_of(notes);
	struct vmv_thread thread = { get_pid(d, ids), VMV_UNKNOWN, VMV_UNKNOWN, VMV_UNKNOWN };

	if (thread.tid <= 0)
		return;
	if (which) {
		thread.sp = get(d, registers + which->sp * word, word);
		thread.pc = get(d, registers + which->pc * word, word);
	}
	if (!map->nthreads) /* the one that got the signal is the first */
		map->process.signal = take_signal(d);
	map->threads =
		vmv_grow(map->threads, map->nthreads, &map->threads_room, sizeof(*map->threads));
	map->threads[map->nthreads++] = thread;
}

/* A text of at most @size bytes, without the blanks at its end; NULL if there is none. */
static char *get_text(const struct desc *d, size_t offset, size_t size)
{
	const char *s = (const char *)d->at + offset;
	size_t len;
	char *text;

	if (offset > d->len || size > d->len - offset)
		return NULL;
	len = strnlen(s, size);
	while (len && s[len - 1] == ' ')
		len--;
	if (!len)
		return NULL;
	text = vmv_calloc(len + 1, 1);
	memcpy(text, s, len);
	return text;
}

/* struct elf_prpsinfo: of 32 bits, some machines have short user IDs. */
static void take_process(struct corenotes *notes, const struct desc *d)
{
	enum { COMM = 16, ARGS = 80 };
	struct vmv_process *p = &notes->map->process;
	size_t ids = notes->wide ? 24 : d->len >= 128 ? 16 : 12;

	if (p->name)
		return;
	p->pid = p->tgid = get_pid(d, ids);
	p->name = get_text(d, ids + 16, COMM);
	p->command = get_text(d, ids + 16 + COMM, ARGS);
	if (!p->command && p->name)
		p->command = vmv_asprintf("[%s]", p->name);
}

static void take_auxv_entry(struct corenotes *notes, uint64_t type, uint64_t value)
{
	struct vmv_process *p = &notes->map->process;

	procfile_take_auxv(p, type, value);
	if (type == AT_RANDOM) /* bytes that the kernel put on the main stack */
		p->stack_start = value;
	if (type == AT_EXECFN)
		notes->execfn = value;
}

static void take_auxv(struct corenotes *notes, const struct desc *d)
{
	struct vmv_process *p = &notes->map->process;
	size_t word = notes->wide ? 8 : 4;

	if (d->len < 2 * word)
		return;
	p->entry = p->phdr = p->base = p->vdso = 0;
	for (size_t at = 0; d->len - at >= 2 * word; at += 2 * word)
		take_auxv_entry(notes, get(d, at, word), get(d, at + word, word));
}

/* The name as maps has it: there the kernel writes a newline as "\\012". */
static const char *intern_name(struct vmv_map *map, const char *name, size_t len)
{
	static const char newline[] = { '\\', '0', '1', '2' };
	const char *interned;
	char *text, *to;

	if (!memchr(name, '\n', len))
		return vmv_map_intern(map, name, len);
	text = to = vmv_realloc(NULL, 4 * len, 1);
	for (size_t i = 0; i < len; i++) {
		if (name[i] == '\n')
			to = mempcpy(to, newline, sizeof(newline));
		else
			*to++ = name[i];
	}
	interned = vmv_map_intern(map, text, (size_t)(to - text));
	free(text);
	return interned;
}

void corenotes_add_file(struct corenotes *notes, const struct corefile_range *file)
{
	notes->files = vmv_grow(notes->files, notes->nfiles, &notes->room, sizeof(*notes->files));
	notes->files[notes->nfiles++] = *file;
}

/* NT_FILE: count, page size, that many start, end, offset in pages; then the names. */
static void take_files(struct corenotes *notes, const struct desc *d)
{
	size_t word = notes->wide ? 8 : 4, names;
	uint64_t count = get(d, 0, word), page = get(d, word, word);

	notes->broken = "its list of files is cut short";
	if (page == VMV_UNKNOWN || count > (d->len - 2 * word) / (3 * word))
		return;
	notes->page = page;
	names = (2 + 3 * (size_t)count) * word;
	for (size_t i = 0; i < count; i++) {
		const char *name = (const char *)d->at + names;
		const char *end = memchr(name, '\0', d->len - names);
		struct corefile_range file = {
			.start = get(d, (2 + 3 * i) * word, word),
			.end = get(d, (3 + 3 * i) * word, word),
		};

		if (!end)
			return;
		names += (size_t)(end - name) + 1;
		if (file.start >= file.end ||
		    __builtin_mul_overflow(get(d, (4 + 3 * i) * word, word), page, &file.offset)) {
			notes->broken = "its list of files makes no sense";
			return;
		}
		file.name = intern_name(notes->map, name, (size_t)(end - name));
		corenotes_add_file(notes, &file);
	}
	notes->broken = NULL;
}

/* The system whose notes have that name, which may go on with "@" and the number of a thread. */
static const struct corenotes_system *find_system(const struct corenote *note)
{
	static const struct corenotes_system systems[] = {
		{ "VMCOREINFO", "the memory of a whole kernel (VMCOREINFO)", true },
		{ "QEMU", "the memory of a virtual machine (QEMU)", true },
		{ "Xen", "the memory of a virtual machine (Xen)", true },
		{ "NetBSD-CORE", "a core file of NetBSD", false },
		{ "FreeBSD", "a core file of FreeBSD", false },
		{ "OpenBSD", "a core file of OpenBSD", false },
	};

	for (size_t i = 0; i < ARRAY_SIZE(systems); i++) {
		size_t len = strlen(systems[i].note);

		if (note->name_len > len && !memcmp(note->name, systems[i].note, len) &&
		    (note->name[len] == '\0' || note->name[len] == '@'))
			return &systems[i];
	}
	return NULL;
}

static void take_linux(struct corenotes *notes, uint32_t type, const struct desc *d)
{
	notes->linux_notes = true;
	switch (type) {
	case NT_PRSTATUS:
		take_thread(notes, d);
		break;
	case NT_PRPSINFO:
		take_process(notes, d);
		break;
	case NT_AUXV:
		take_auxv(notes, d);
		break;
	case NT_SIGINFO:
		take_siginfo(notes, d);
		break;
	case NT_FILE:
		if (!notes->nfiles)
			take_files(notes, d);
		break;
	}
}

void corenotes_take(struct corenotes *notes, const struct corenote *note)
{
	const struct desc d = { notes, note->desc, note->len };
	const struct corenotes_system *system = find_system(note);

	if (note->name_len == sizeof("CORE") && !memcmp(note->name, "CORE", sizeof("CORE")))
		take_linux(notes, note->type, &d);
	else if (system && (!notes->system || system->machine))
		notes->system = system;
}

void corenotes_done(struct corenotes *notes)
{
	free(notes->files);
}
