/* pmap_cells.c - what stands in the columns of pmap's listings; see pmap_listing.h */
#include "pmap_listing.h"

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

void listing_look(struct listing *l, const struct vmv_region *r)
{
	bool counted = l->map->nfields;

	l->row.counters = vmv_map_counters(l->map, r);
	l->row.resident = counted ? vmv_map_stat(l->map, r, VMV_STAT_RSS) : VMV_UNKNOWN;
	l->row.dirty = counted ? dirty(l->map, r) : VMV_UNKNOWN;
}

/* ---- values ---- */

void text_kb(struct pmap_text *to, uint64_t bytes)
{
	to->at = to->room;
	to->len = vmv_put_dec(to->room, bytes >> 10);
}

void text_string(struct pmap_text *to, const char *s)
{
	to->at = s;
	to->len = strlen(s);
}

void cell_address16(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		    struct pmap_text *to)
{
	(void)l;
	(void)c;
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->start, 16);
}

/* As the kernel pads it. */
void cell_address8(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		   struct pmap_text *to)
{
	(void)l;
	(void)c;
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->start, 8);
}

void cell_kbytes(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		 struct pmap_text *to)
{
	(void)l;
	(void)c;
	text_kb(to, r->end - r->start);
}

static void text_known_kb(struct pmap_text *to, uint64_t bytes)
{
	if (bytes == VMV_UNKNOWN)
		text_string(to, "-");
	else
		text_kb(to, bytes);
}

void cell_rss(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
	      struct pmap_text *to)
{
	(void)c;
	(void)r;
	text_known_kb(to, l->row.resident);
}

void cell_dirty(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		struct pmap_text *to)
{
	(void)c;
	(void)r;
	text_known_kb(to, l->row.dirty);
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

static void put_word(struct pmap_text *to, const struct word *word)
{
	memcpy(to->room, word->text, sizeof(word->text));
	to->at = to->room;
	to->len = word->len;
}

/* "r-xs-": private is the rule and gets a dash; the last was Solaris's. */
void cell_mode(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
	       struct pmap_text *to)
{
	/* clang-format off */
	static const struct word modes[] = {
		WORD("-----"), WORD("r----"), WORD("-w---"), WORD("rw---"),
		WORD("--x--"), WORD("r-x--"), WORD("-wx--"), WORD("rwx--"),
		WORD("---s-"), WORD("r--s-"), WORD("-w-s-"), WORD("rw-s-"),
		WORD("--xs-"), WORD("r-xs-"), WORD("-wxs-"), WORD("rwxs-"),
	};
	/* clang-format on */

	(void)l;
	(void)c;
	if (r->perms < sizeof(modes) / sizeof(*modes)) {
		put_word(to, &modes[r->perms]);
		return;
	}
	memcpy(to->room, vmv_perms_text(r->perms), 4);
	if (to->room[3] == 'l')
		to->room[3] = '-';
	to->room[4] = '-';
	to->at = to->room;
	to->len = 5;
}

/* Of a file known by its name, it may be untold; any other may have the largest there is. */
static void put_offset(struct pmap_text *to, const struct vmv_region *r, unsigned width)
{
	if (r->offset == VMV_UNKNOWN && !vmv_file_is_known(r)) {
		text_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->offset, width);
}

void cell_offset16(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		   struct pmap_text *to)
{
	(void)l;
	(void)c;
	put_offset(to, r, 16);
}

void cell_offset8(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		  struct pmap_text *to)
{
	(void)l;
	(void)c;
	put_offset(to, r, 8);
}

static void device(struct pmap_text *to, const struct vmv_region *r, unsigned major, unsigned minor)
{
	if (r->inode && !vmv_file_is_known(r)) {
		text_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_hex(to->room, r->major, major);
	to->room[to->len++] = ':';
	to->len += vmv_put_hex(to->room + to->len, r->minor, minor);
}

void cell_device9(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		  struct pmap_text *to)
{
	(void)l;
	(void)c;
	device(to, r, 3, 5);
}

void cell_device5(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		  struct pmap_text *to)
{
	(void)l;
	(void)c;
	device(to, r, 2, 2);
}

void cell_perm(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
	       struct pmap_text *to)
{
	(void)l;
	(void)c;
	text_string(to, vmv_perms_text(r->perms));
}

void cell_inode(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		struct pmap_text *to)
{
	(void)l;
	(void)c;
	if (r->inode && !vmv_file_is_known(r)) {
		text_string(to, "-");
		return;
	}
	to->at = to->room;
	to->len = vmv_put_dec(to->room, r->inode);
}

void cell_flags(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		struct pmap_text *to)
{
	(void)l;
	(void)c;
	text_string(to, r->flags ? r->flags : "");
}

/* ---- names ---- */

/* The region's name, made safe and cut to its base. */
static void put_name(struct listing *l, const struct vmv_region *r, struct pmap_text *to)
{
	if (l->clean_name != r->name) {
		const char *name = l->how->path ? r->name : vmv_base_name(r->name);
		size_t len = strlen(name), need = 4 * len + 1;

		if (need > l->clean_room) {
			l->clean = vmv_realloc(l->clean, need, 1);
			l->clean_room = need;
		}
		l->clean_len = vmv_clean(l->clean, name, len, VMV_CLEAN_MARK, l->how->ascii);
		l->clean_name = r->name;
	}
	to->at = l->clean;
	to->len = l->clean_len;
}

/* "[heap]", and also "[io_uring]" of "anon_inode:[io_uring]". */
static const char *kernel_name(const char *name)
{
	size_t len = strlen(name);

	return len && name[len - 1] == ']' ? strchr(name, '[') : NULL;
}

static void put_shmid(struct pmap_text *to, const struct vmv_region *r)
{
	int len = snprintf(to->room, sizeof(to->room), "  [ shmid=0x%llx ]",
			   (unsigned long long)r->inode);

	to->at = to->room;
	to->len = (size_t)len;
}

/* pmap knows one device of the kernel's own, not that of its huge pages. */
static bool is_shmid(const struct listing *l, const struct vmv_region *r)
{
	return vmv_is_sysv(l->map, r) && vmv_file_is_known(r) &&
	       !(l->how->as_pmap && r->minor == l->map->huge_dev);
}

/* pmap takes what ends where the stack began for the stack, too. */
static bool is_stack(const struct listing *l, const struct vmv_region *r)
{
	return vmv_is_main_stack(l->map, r) ||
	       (l->how->as_pmap && r->end == l->map->process.stack_start);
}

/* The mapping column of the short modes. */
void cell_label(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
		struct pmap_text *to)
{
	static const struct word anon = WORD("  [ anon ]"), stack = WORD("  [ stack ]");
	const char *name;

	(void)c;
	if (vmv_has_path(r)) {
		if (is_shmid(l, r))
			put_shmid(to, r);
		else
			put_name(l, r, to);
	} else if (l->how->kernel_names && (name = kernel_name(r->name))) {
		put_name(l, r, to);
		to->at += name - r->name;
		to->len -= (size_t)(name - r->name);
	} else if (vmv_is_pmap_word(r) && strcmp(r->name, "[ anon ]") != 0) {
		put_name(l, r, to);
	} else {
		put_word(to, is_stack(l, r) ? &stack : &anon);
	}
}

/* The mapping column of the long modes: the kernel's name as it is. */
void cell_name(struct listing *l, const struct pmap_column *c, const struct vmv_region *r,
	       struct pmap_text *to)
{
	(void)c;
	put_name(l, r, to);
}
