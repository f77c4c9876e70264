/* test_image.c - programs, libraries and their parts, with and without ELF headers */
#include "unit.h"

#include "vmapview/class.h"

#include "truth.h"

#include <elf.h>

/*
 * A library of five segments' worth of pages at 0x10000, as a linker of today lays
 * it out; its file goes on without a hole while its addresses have one.
 */
static const char library[] = "10000-15000 r--p 00000000 08:01 7 /lib/libx\n"
			      "15000-25000 r-xp 00005000 08:01 7 /lib/libx\n"
			      "25000-29000 r--p 00015000 08:01 7 /lib/libx\n"
			      "2a000-2b000 r--p 00019000 08:01 7 /lib/libx\n"
			      "2b000-2c000 rw-p 0001a000 08:01 7 /lib/libx\n"
			      "2c000-2f000 rw-p 00000000 00:00 0\n"
			      "2f000-31000 rw-p 00000000 00:00 0 [anon:next]\n";

/* clang-format off */
static const struct vmv_segment library_headers[] = {
	{ .type = PT_LOAD, .flags = PF_R, .filesz = 0x4800, .memsz = 0x4800 },
	{ .type = PT_LOAD, .flags = PF_R | PF_X, .offset = 0x5000, .vaddr = 0x5000,
	  .filesz = 0xf123, .memsz = 0xf123 },
	{ .type = PT_LOAD, .flags = PF_R, .offset = 0x15000, .vaddr = 0x15000,
	  .filesz = 0x3f00, .memsz = 0x3f00 },
	{ .type = PT_LOAD, .flags = PF_R | PF_W, .offset = 0x19800, .vaddr = 0x1a800,
	  .filesz = 0x1100, .memsz = 0x4800 }, /* .bss up to 0x1f000 */
	{ .type = PT_GNU_RELRO, .flags = PF_R, .offset = 0x19800, .vaddr = 0x1a800,
	  .filesz = 0x800, .memsz = 0x800 },
};
/* clang-format on */

/* Give the file 08:01 7 these headers; none at all is a file that is not ELF. */
static void add_elf(struct vmv_map *map, const struct vmv_segment *segments, size_t n)
{
	struct vmv_elf elf = { .major = 8, .minor = 1, .inode = 7, .nsegments = n };

	elf.segments = vmv_calloc(n, sizeof(*segments));
	if (n)
		memcpy(elf.segments, segments, n * sizeof(*segments));
	vmv_map_add_elf(map, &elf);
}

/* The process is known, and none of the images is its program or linker. */
static void load(struct vmv_map *map, const char *text)
{
	unit_map(map, text);
	map->process.entry = map->process.base = 0;
}

static void parts_are_as_the_headers_say(void **state)
{
	static const struct truth truth[] = {
		{ 0x10000, "lib", "rodata", VMV_BY_HEADERS },
		{ 0x15000, "lib", "text", VMV_BY_HEADERS },
		{ 0x25000, "lib", "rodata", VMV_BY_HEADERS },
		{ 0x2a000, "lib", "relro", VMV_BY_HEADERS },
		{ 0x2b000, "lib", "data", VMV_BY_HEADERS },
		{ 0x2c000, "lib", "bss", VMV_BY_HEADERS },
		{ 0x2f000, "named", NULL, VMV_BY_NAME },
	};
	struct vmv_map map;

	(void)state;
	load(&map, library);
	add_elf(&map, library_headers, ARRAY_SIZE(library_headers));
	vmv_classify(&map);
	check_truth(&map, "with headers", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

static void parts_are_guessed_without_headers(void **state)
{
	static const struct truth truth[] = {
		{ 0x10000, "lib", "rodata", VMV_BY_PERMS },
		{ 0x15000, "lib", "text", VMV_BY_PERMS },
		{ 0x25000, "lib", "rodata", VMV_BY_PERMS },
		{ 0x2a000, "lib", "relro", VMV_EVIDENCE_NONE },
		{ 0x2b000, "lib", "data", VMV_BY_PERMS },
		{ 0x2c000, "lib", "bss", VMV_BY_SHAPE },
		{ 0x2f000, "named", NULL, VMV_BY_NAME },
	};
	struct vmv_map map;

	(void)state;
	load(&map, library);
	vmv_classify(&map);
	check_truth(&map, "without headers", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* A segment begins in the page of what is before it, however large pages are on that machine. */
static void pages_may_be_larger_than_ours(void **state)
{
	static const char text[] = "100000-130000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "130000-140000 r--p 00020000 08:01 7 /lib/libx\n"
				   "140000-150000 rw-p 00030000 08:01 7 /lib/libx\n"
				   "150000-170000 rw-p 00000000 00:00 0\n"
				   "170000-180000 rw-p 00000000 00:00 0\n";
	static const struct vmv_segment headers[] = {
		{ .type = PT_LOAD, .flags = PF_R | PF_X, .filesz = 0x2f123, .memsz = 0x2f123 },
		{ .type = PT_LOAD,
		  .flags = PF_R | PF_W,
		  .offset = 0x2fd80,
		  .vaddr = 0x3fd80,
		  .filesz = 0x1500,
		  .memsz = 0x2f000 },
		{ .type = PT_GNU_RELRO,
		  .flags = PF_R,
		  .offset = 0x2fd80,
		  .vaddr = 0x3fd80,
		  .filesz = 0x280,
		  .memsz = 0x280 },
	};
	static const struct truth truth[] = {
		{ 0x100000, "lib", "text", VMV_BY_HEADERS },
		{ 0x130000, "lib", "relro", VMV_BY_HEADERS },
		{ 0x140000, "lib", "data", VMV_BY_HEADERS },
		{ 0x150000, "lib", "bss", VMV_BY_HEADERS },
		{ 0x170000, "anon", NULL, VMV_BY_REST },
	};
	struct vmv_map map;

	(void)state;
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "pages of 64 KiB", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* The file's data fills its pages: what follows is somebody else's. */
static void bss_ends_where_the_headers_say(void **state)
{
	static const char text[] = "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "15000-16000 rw-p 00005000 08:01 7 /lib/libx\n"
				   "16000-20000 rw-p 00000000 00:00 0\n";
	struct vmv_segment headers[] = {
		{ .type = PT_LOAD, .flags = PF_R | PF_X, .filesz = 0x5000, .memsz = 0x5000 },
		{ .type = PT_LOAD,
		  .flags = PF_R | PF_W,
		  .offset = 0x5000,
		  .vaddr = 0x5000,
		  .filesz = 0x1000,
		  .memsz = 0x1000 },
	};
	static const struct truth none = { 0x16000, "anon", NULL, VMV_BY_REST };
	static const struct truth bss = { 0x16000, "lib", "bss", VMV_BY_HEADERS };
	static const struct truth looks = { 0x16000, "lib", "bss", VMV_BY_SHAPE };
	struct vmv_map map;

	(void)state;
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "no bss", &none, 1);
	vmv_map_done(&map);

	headers[1].memsz++; /* one byte needs a page */
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "one byte of bss", &bss, 1);
	vmv_map_done(&map);

	load(&map, text);
	vmv_classify(&map);
	check_truth(&map, "no headers", &looks, 1);
	vmv_map_done(&map);
}

/* Also where no data are before it: none in the file at all, or all of them made read-only. */
static void bss_needs_no_data_before_it(void **state)
{
	static const char text[] = "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "15000-16000 r--p 00005000 08:01 7 /lib/libx\n"
				   "17000-18000 rw-p 00000000 00:00 0\n"
				   "18000-19000 r--p 00000000 00:00 0\n" /* mprotect() */
				   "19000-1a000 ---p 00000000 00:00 0\n"
				   "1a000-1b000 rw-p 00000000 00:00 0\n";
	struct vmv_segment headers[] = {
		{ .type = PT_LOAD, .flags = PF_R | PF_X, .filesz = 0x5000, .memsz = 0x5000 },
		{ .type = PT_LOAD,
		  .flags = PF_R,
		  .offset = 0x5000,
		  .vaddr = 0x5000,
		  .filesz = 0x100,
		  .memsz = 0x100 },
		{ .type = PT_LOAD, .flags = PF_R | PF_W, .vaddr = 0x7000, .memsz = 0x2ff0 },
	};
	static const struct truth truth[] = {
		{ 0x10000, "lib", "text", VMV_BY_HEADERS },
		{ 0x15000, "lib", "rodata", VMV_BY_HEADERS },
		{ 0x17000, "lib", "bss", VMV_BY_HEADERS },
		{ 0x18000, "lib", "bss", VMV_BY_HEADERS },
		{ 0x19000, "lib", "bss", VMV_BY_HEADERS },
		{ 0x1a000, "anon", NULL, VMV_BY_REST },
	};
	static const struct truth behind = { 0x17000, "anon", NULL, VMV_BY_REST };
	struct vmv_map map;

	(void)state;
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "bss alone", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);

	headers[2].vaddr = 0x8000; /* what is below it is somebody else's */
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "below the bss", &behind, 1);
	vmv_map_done(&map);
}

static void bss_is_private_writable_and_adjacent(void **state)
{
	static const char *const others[] = {
		"17000-20000 rw-p 0 00:00 0\n", /* a hole */
		"16000-20000 r--p 0 00:00 0\n", /* not writable */
		"16000-20000 rw-s 0 00:01 9 /dev/zero (deleted)\n",
		"16000-20000 rw-p 0 00:00 0 [heap]\n", /* without address randomisation */
	};
	static const char image[] = "10000-15000 r-xp 00000000 08:01 7 /bin/x\n"
				    "15000-16000 rw-p 00005000 08:01 7 /bin/x\n";

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
		char text[256];
		struct vmv_map map;

		snprintf(text, sizeof(text), "%s%s", image, others[i]);
		load(&map, text);
		vmv_classify(&map);
		if (map.regions[2].part != VMV_PART_NONE ||
		    map.regions[2].class == map.regions[1].class)
			fail_msg("taken for .bss: %s", others[i]);
		vmv_map_done(&map);
	}
}

/* Memory of others that grew together with it: a heap of a Python, say. */
static void bss_is_no_larger_than_is_likely(void **state)
{
	static const struct {
		const char *what, *end;
		const char *class;
	} rows[] = {
		{ "as most have at most", "56000", "lib" },
		{ "more", "57000", "anon" },
		{ "2.4 MB", "280000", "anon" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct truth truth = { 0x16000, rows[i].class, NULL, VMV_EVIDENCE_NONE };
		char text[256];
		struct vmv_map map;

		snprintf(text, sizeof(text),
			 "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
			 "15000-16000 rw-p 00005000 08:01 7 /lib/libx\n"
			 "16000-%s rw-p 00000000 00:00 0\n",
			 rows[i].end);
		load(&map, text);
		vmv_classify(&map);
		truth.part = i ? NULL : "bss";
		check_truth(&map, rows[i].what, &truth, 1);
		vmv_map_done(&map);
	}
}

/* Nobody else maps anything behind the program. */
static void the_program_may_have_a_large_bss(void **state)
{
	static const struct truth truth = { 0x16000, "exe", "bss", VMV_BY_SHAPE };
	struct vmv_map map;

	(void)state;
	unit_map(&map, "10000-15000 r-xp 00000000 08:01 7 /bin/x\n"
		       "15000-16000 rw-p 00005000 08:01 7 /bin/x\n"
		       "16000-5000000 rw-p 00000000 00:00 0\n");
	vmv_classify(&map);
	check_truth(&map, "large arrays", &truth, 1);
	vmv_map_done(&map);
}

/* Linkers of old left the hole between two segments to whatever was mapped next. */
static void others_may_be_in_the_hole_between_two_segments(void **state)
{
	static const char text[] = "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "20000-21000 rw-p 00000000 00:00 0\n"
				   "30000-31000 r--p 00000000 08:01 8 /etc/data\n"
				   "100000-101000 r--p 00004000 08:01 7 /lib/libx\n"
				   "101000-102000 rw-p 00005000 08:01 7 /lib/libx\n"
				   "102000-103000 rw-p 00000000 00:00 0\n";
	static const struct truth truth[] = {
		{ 0x10000, "lib", "text", VMV_BY_PERMS },
		{ 0x20000, "anon", NULL, VMV_BY_REST },
		{ 0x30000, "file", NULL, VMV_BY_NAME },
		{ 0x100000, "lib", "relro", VMV_BY_PERMS },
		{ 0x101000, "lib", "data", VMV_BY_PERMS },
		{ 0x102000, "lib", "bss", VMV_BY_SHAPE },
	};
	/* What the headers put elsewhere is another mapping of the file. */
	struct vmv_segment headers[] = {
		{ .type = PT_LOAD, .flags = PF_R | PF_X, .filesz = 0x5000, .memsz = 0x5000 },
		{ .type = PT_LOAD,
		  .flags = PF_R | PF_W,
		  .offset = 0x4800,
		  .vaddr = 0xf0800,
		  .filesz = 0x1800,
		  .memsz = 0x2800 },
	};
	static const struct truth there = { 0x101000, "lib", "data", VMV_BY_HEADERS };
	static const struct truth elsewhere = { 0x101000, "file", NULL, VMV_BY_NAME };
	struct vmv_map map;

	(void)state;
	load(&map, text);
	vmv_classify(&map);
	check_truth(&map, "hole", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);

	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "hole, with headers", &there, 1);
	vmv_map_done(&map);

	headers[1].vaddr += 0x10000;
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "not where the headers say", &elsewhere, 1);
	vmv_map_done(&map);
}

/** struct friend - a file that is mapped, but not loaded */
static const struct friend
{
	const char *what, *text;
	bool headers;
}
friends[] = {
	{ "ELF file mapped to be read", "10000-30000 r--p 00000000 08:01 7 /bin/sleep\n", true },
	{ "the same, private and writable", "10000-30000 rw-p 00000000 08:01 7 /bin/sleep\n",
	  true },
	{ "the same, shared", "10000-30000 r-xs 00000000 08:01 7 /bin/sleep\n", true },
	{ "only its first page", "10000-11000 r--p 00000000 08:01 7 /bin/sleep\n", true },
	{ "from its middle", "10000-30000 r-xp 00005000 08:01 7 /bin/sleep\n", true },
	{ "data with a library's name", "10000-30000 r--p 00000000 08:01 7 /lib/data.so\n", false },
};

static void a_file_that_is_only_read_is_no_library(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(friends); i++) {
		static const struct truth truth[] = {
			{ 0x10000, "file", NULL, VMV_BY_NAME },
			{ 0x30000, "anon", NULL, VMV_BY_REST }, /* not its .bss */
		};
		char text[256];
		struct vmv_map map;

		snprintf(text, sizeof(text), "%s30000-40000 rw-p 0 00:00 0\n", friends[i].text);
		load(&map, text);
		if (friends[i].headers)
			add_elf(&map, library_headers, ARRAY_SIZE(library_headers));
		vmv_classify(&map);
		check_truth(&map, friends[i].what, truth, ARRAY_SIZE(truth));
		vmv_map_done(&map);
	}
}

static void executable_data_is_no_library(void **state)
{
	static const struct truth truth = { 0x10000, "file", NULL, VMV_BY_NAME };
	struct vmv_map map;

	(void)state;
	load(&map, "10000-20000 r-xp 00000000 08:01 7 /tmp/code.bin\n");
	add_elf(&map, NULL, 0); /* it was read, and is not ELF */
	vmv_classify(&map);
	check_truth(&map, "not ELF", &truth, 1);
	vmv_map_done(&map);
}

static void a_library_needs_no_so_in_its_name(void **state)
{
	static const struct truth truth = { 0x15000, "lib", "text", VMV_BY_HEADERS };
	struct vmv_map map;

	(void)state;
	load(&map, library); /* "/lib/libx" */
	add_elf(&map, library_headers, ARRAY_SIZE(library_headers));
	for (size_t i = 0; i < 5; i++)
		map.regions[i].name = "/tmp/plugin.bin (deleted)";
	vmv_classify(&map);
	check_truth(&map, "plugin", &truth, 1);
	vmv_map_done(&map);
}

/* Linkers of old kept segments apart with pages of the file that nobody may touch. */
static void padding_between_segments_is_no_guard(void **state)
{
	static const char text[] = "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "15000-214000 ---p 00005000 08:01 7 /lib/libx\n"
				   "214000-215000 r--p 00004000 08:01 7 /lib/libx\n"
				   "215000-216000 rw-p 00005000 08:01 7 /lib/libx\n";
	static const struct truth truth[] = {
		{ 0x10000, "lib", "text", VMV_BY_PERMS },
		{ 0x15000, "lib", "pad", VMV_EVIDENCE_NONE },
	};
	struct vmv_map map;

	(void)state;
	load(&map, text);
	vmv_classify(&map);
	check_truth(&map, "padding", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* patchelf(1) adds a read-only segment behind the data: it was never relocated. */
static void relro_ends_where_the_headers_say(void **state)
{
	static const char text[] = "10000-15000 r-xp 00000000 08:01 7 /lib/libx\n"
				   "15000-16000 r--p 00005000 08:01 7 /lib/libx\n"
				   "16000-17000 rw-p 00006000 08:01 7 /lib/libx\n"
				   "17000-18000 r--p 00007000 08:01 7 /lib/libx\n";
	/* clang-format off */
	static const struct vmv_segment headers[] = {
		{ .type = PT_LOAD, .flags = PF_R | PF_X, .filesz = 0x5000, .memsz = 0x5000 },
		{ .type = PT_LOAD, .flags = PF_R | PF_W, .offset = 0x5000, .vaddr = 0x5000,
		  .filesz = 0x2000, .memsz = 0x2000 },
		{ .type = PT_LOAD, .flags = PF_R, .offset = 0x7000, .vaddr = 0x7000,
		  .filesz = 0x1000, .memsz = 0x1000 },
		{ .type = PT_GNU_RELRO, .flags = PF_R, .offset = 0x5000, .vaddr = 0x5000,
		  .filesz = 0x1000, .memsz = 0x1000 },
	};
	/* clang-format on */
	static const struct truth truth[] = {
		{ 0x15000, "lib", "relro", VMV_BY_HEADERS },
		{ 0x16000, "lib", "data", VMV_BY_HEADERS },
		{ 0x17000, "lib", "rodata", VMV_BY_HEADERS },
	};
	struct vmv_map map;

	(void)state;
	load(&map, text);
	add_elf(&map, headers, ARRAY_SIZE(headers));
	vmv_classify(&map);
	check_truth(&map, "patched", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* V8 maps its built-in code a second time, where no header puts it. */
static void the_program_mapped_again_is_still_the_program(void **state)
{
	static const char text[] = "10000-15000 r--p 00000000 08:01 7 /bin/node\n"
				   "15000-25000 r-xp 00005000 08:01 7 /bin/node\n"
				   "90000-94000 r-xp 00008000 08:01 7 /bin/node\n"
				   "a0000-a4000 r--p 00000000 08:01 7 /bin/node\n";
	static const struct truth truth[] = {
		{ 0x15000, "exe", "text", VMV_BY_AUXV },
		{ 0x90000, "exe", "text", VMV_EVIDENCE_NONE },
		{ 0xa0000, "file", NULL, VMV_BY_NAME }, /* no code: it reads itself */
	};
	struct vmv_map map;

	(void)state;
	unit_map(&map, text);
	add_elf(&map, library_headers, 2);
	map.process.entry = 0x15100;
	map.process.base = 0;
	map.process.exe_dev = 8ULL << 32 | 1;
	map.process.exe_inode = 7;
	vmv_classify(&map);
	check_truth(&map, "node", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);
}

/* libffi does it, in order to run a table of jumps next to data of its own. */
static void a_library_mapped_again_is_still_that_library(void **state)
{
	static const char again[] = "5000-7000 r-xp 00008000 08:01 7 /lib/libx\n"
				    "8000-9000 r--p 00008000 08:01 7 /lib/libx\n";
	static const struct truth truth[] = {
		{ 0x5000, "lib", "text", VMV_BY_PERMS },
		{ 0x8000, "file", NULL, VMV_BY_NAME },
		{ 0x15000, "lib", "text", VMV_BY_HEADERS },
	};
	static const struct truth alone = { 0x5000, "file", NULL, VMV_BY_NAME };
	char text[sizeof(again) + sizeof(library)];
	struct vmv_map map;

	(void)state;
	snprintf(text, sizeof(text), "%s%s", again, library);
	load(&map, text);
	add_elf(&map, library_headers, ARRAY_SIZE(library_headers));
	vmv_classify(&map);
	check_truth(&map, "again", truth, ARRAY_SIZE(truth));
	vmv_map_done(&map);

	load(&map, again);
	add_elf(&map, library_headers, ARRAY_SIZE(library_headers));
	vmv_classify(&map);
	check_truth(&map, "not loaded", &alone, 1);
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_are_as_the_headers_say),
		cmocka_unit_test(parts_are_guessed_without_headers),
		cmocka_unit_test(pages_may_be_larger_than_ours),
		cmocka_unit_test(bss_ends_where_the_headers_say),
		cmocka_unit_test(bss_needs_no_data_before_it),
		cmocka_unit_test(bss_is_private_writable_and_adjacent),
		cmocka_unit_test(bss_is_no_larger_than_is_likely),
		cmocka_unit_test(the_program_may_have_a_large_bss),
		cmocka_unit_test(others_may_be_in_the_hole_between_two_segments),
		cmocka_unit_test(a_file_that_is_only_read_is_no_library),
		cmocka_unit_test(executable_data_is_no_library),
		cmocka_unit_test(a_library_needs_no_so_in_its_name),
		cmocka_unit_test(relro_ends_where_the_headers_say),
		cmocka_unit_test(the_program_mapped_again_is_still_the_program),
		cmocka_unit_test(a_library_mapped_again_is_still_that_library),
		cmocka_unit_test(padding_between_segments_is_no_guard),
	};

	return cmocka_run_group_tests_name("image", tests, NULL, NULL);
}
