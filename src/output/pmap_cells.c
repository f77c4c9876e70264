/* pmap_cells.c - what stands in the cells of pmap's listings; see pmap_print.h */
#include "pmap_print.h"

#include "vmapview/alloc.h"
#include "vmapview/column.h"
#include "vmapview/map.h"
#include "vmapview/pmap.h"
#include "vmapview/text.h"
#include "vmapview/writer.h"

#include <stdio.h>
#include <string.h>

static uint64_t known(uint64_t value)
{
	return value == VMV_UNKNOWN ? 0 : value;
}

static uint64_t dirty(const struct vmv_map *map, const struct vmv_region *r)
{
	uint64_t shared = vmv_map_stat(map, r, VMV_STAT_SHARED_DIRTY);
	uint64_t private = vmv_map_stat(map, r, VMV_STAT_PRIVATE_DIRTY);

	if (shared == VMV_UNKNOWN && private == VMV_UNKNOWN)
		return vmv_map_stat(map, r, VMV_STAT_DIRTY);
	return vmv_add(known(shared), known(private));
}

void print_look(struct print *p, const struct vmv_region *r)
{
	bool counted = p->map->nfields;

	p->row.resident = counted ? vmv_map_stat(p->map, r, VMV_STAT_RSS) : VMV_UNKNOWN;
	p->row.dirty = counted ? dirty(p->map, r) : VMV_UNKNOWN;
}

/* ---- values ---- */

void piece_kb(struct piece *to, uint64_t bytes)
{
	to->at = to->room;
	to->len = vmv_put_dec(to->room, bytes >> 10);
}

void piece_string(struct piece *to, const char *s)
{
	to->at = s;
	to->len = strlen(s);
}

void cell_address16(struct print *p, const struct cell *c, const struct vmv_region *r,
		    struct piece *to)
{
	(void)p;
	(void)c;
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->start, 16);
}

/* As the kernel pads it. */
void cell_address8(struct print *p, const struct cell *c, const struct vmv_region *r,
		   struct piece *to)
{
	(void)p;
	(void)c;
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->start, 8);
}

void cell_kbytes(struct print *p, const struct cell *c, const struct vmv_region *r,
		 struct piece *to)
{
	(void)p;
	(void)c;
	piece_kb(to, r->end - r->start);
}

static void piece_known_kb(struct piece *to, uint64_t bytes)
{
	if (bytes == VMV_UNKNOWN)
		piece_string(to, "-");
	else
		piece_kb(to, bytes);
}

void cell_rss(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)c;
	(void)r;
	piece_known_kb(to, p->row.resident);
}

void cell_dirty(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)c;
	(void)r;
	piece_known_kb(to, p->row.dirty);
}

/** struct word - what most regions are called; all of @text is copied, a size that is known here */
struct word {
	char text[VMV_OUT_SHORT];
	size_t len;
};

#define WORD(s)                                                                                    \
	{                                                                                          \
		s, sizeof(s) - 1                                                                   \
	}

static void put_word(struct piece *to, const struct word *word)
{
	memcpy(to->room, word->text, sizeof(word->text));
	to->at = to->room;
	to->len = word->len;
}

/* "r-xs-": private is the rule and gets a dash; the last was Solaris's. */
void cell_mode(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	/* clang-format off */
	static const struct word modes[] = {
		WORD("-----"), WORD("r----"), WORD("-w---"), WORD("rw---"),
		WORD("--x--"), WORD("r-x--"), WORD("-wx--"), WORD("rwx--"),
		WORD("---s-"), WORD("r--s-"), WORD("-w-s-"), WORD("rw-s-"),
		WORD("--xs-"), WORD("r-xs-"), WORD("-wxs-"), WORD("rwxs-"),
	};
	/* clang-format on */

	(void)p;
	(void)c;
	if (r->perms < sizeof(modes) / sizeof(*modes)) {
		put_word(to, &modes[r->perms]);
		return;
	}
	memcpy(to->room, vmv_perms_text(r->perms), 4);
	if (to->room[3] == 'p')
		to->room[3] = '-';
	to->room[4] = '-';
	to->at = to->room;
	to->len = 5;
}

/* Of a file known by its name, it may be untold; any other may have the largest there is. */
static void put_offset(struct piece *to, const struct vmv_region *r, unsigned width)
{
	if (r->offset == VMV_UNKNOWN && !vmv_file_is_known(r)) {
		piece_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->offset, width);
}

void cell_offset16(struct print *p, const struct cell *c, const struct vmv_region *r,
		   struct piece *to)
{
	(void)p;
	(void)c;
	put_offset(to, r, 16);
}

void cell_offset8(struct print *p, const struct cell *c, const struct vmv_region *r,
		  struct piece *to)
{
	(void)p;
	(void)c;
	put_offset(to, r, 8);
}

static void device(struct piece *to, const struct vmv_region *r, unsigned major, unsigned minor)
{
	if (r->inode && !vmv_file_is_known(r)) {
		piece_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->major, major);
	to->room[to->len++] = ':';
	to->len += vmv_put_hex(to->room + to->len, r->minor, minor);
}

void cell_device9(struct print *p, const struct cell *c, const struct vmv_region *r,
		  struct piece *to)
{
	(void)p;
	(void)c;
	device(to, r, 3, 5);
}

void cell_device5(struct print *p, const struct cell *c, const struct vmv_region *r,
		  struct piece *to)
{
	(void)p;
	(void)c;
	device(to, r, 2, 2);
}

void cell_perm(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)p;
	(void)c;
	piece_string(to, vmv_perms_text(r->perms));
}

void cell_inode(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)p;
	(void)c;
	if (r->inode && !vmv_file_is_known(r)) {
		piece_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_dec(to->room, r->inode);
}

void cell_flags(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)p;
	(void)c;
	piece_string(to, r->flags ? r->flags : "");
}

/* ---- names ---- */

/* The region's name, made safe and cut to its base. */
static void put_name(struct print *p, const struct vmv_region *r, struct piece *to)
{
	if (p->clean_name != r->name) {
		const char *name = p->how->path ? r->name : vmv_base_name(r->name);
		size_t len = strlen(name), need = 4 * len + 1;

		if (need > p->clean_room) {
			p->clean = vmv_realloc(p->clean, need, 1);
			p->clean_room = need;
		}
		p->clean_len = vmv_clean(p->clean, name, len, VMV_CLEAN_MARK, p->how->ascii);
		p->clean_name = r->name;
	}
	to->at = p->clean;
	to->len = p->clean_len;
}

/* "[heap]", and also "[io_uring]" of "anon_inode:[io_uring]". */
static const char *kernel_name(const char *name)
{
	size_t len = strlen(name);

	return len && name[len - 1] == ']' ? strchr(name, '[') : NULL;
}

static void put_shmid(struct piece *to, const struct vmv_region *r)
{
	int len = snprintf(to->room, sizeof(to->room), "  [ shmid=0x%llx ]",
			   (unsigned long long)r->inode);

	to->at = to->room;
	to->len = (size_t)len;
}

/* pmap knows one device of the kernel's own, not that of its huge pages. */
static bool is_shmid(const struct print *p, const struct vmv_region *r)
{
	return vmv_is_sysv(p->map, r) && vmv_file_is_known(r) &&
	       !(p->how->as_pmap && r->minor == p->map->huge_dev);
}

/* pmap takes what ends where the stack began for the stack, too. */
static bool is_stack(const struct print *p, const struct vmv_region *r)
{
	return vmv_is_main_stack(p->map, r) ||
	       (p->how->as_pmap && r->end == p->map->process.stack_start);
}

/* The mapping column of the short modes. */
void cell_label(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	static const struct word anon = WORD("  [ anon ]"), stack = WORD("  [ stack ]");
	const char *name;

	(void)c;
	if (vmv_has_path(r)) {
		if (is_shmid(p, r))
			put_shmid(to, r);
		else
			put_name(p, r, to);
	} else if (p->how->kernel_names && (name = kernel_name(r->name))) {
		put_name(p, r, to);
		to->at += name - r->name;
		to->len -= (size_t)(name - r->name);
	} else if (vmv_is_pmap_word(r) && strcmp(r->name, "[ anon ]") != 0) {
		put_name(p, r, to);
	} else {
		put_word(to, is_stack(p, r) ? &stack : &anon);
	}
}

/* The mapping column of the long modes: the kernel's name as it is. */
void cell_name(struct print *p, const struct cell *c, const struct vmv_region *r, struct piece *to)
{
	(void)c;
	put_name(p, r, to);
}
