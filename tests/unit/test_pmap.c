/* test_pmap.c - maps as pmap prints them */
#include "unit.h"

#include "vmapview/pmap.h"
#include "vmapview/rc.h"
#include "vmapview/writer.h"

#include <locale.h>

#define BLOCK(size, rss, pss, shared, private, swap, thp, flags)                                   \
	"Size: " #size " kB\nKernelPageSize: 4 kB\nRss: " #rss " kB\nPss: " #pss                   \
	" kB\nShared_Dirty: " #shared " kB\nPrivate_Dirty: " #private " kB\nSwap: " #swap          \
								      " kB\nTHPeligible: " #thp    \
								      "\nVmFlags: " flags " \n"

/* clang-format off */
static const char example[] =
	"00400000-00402000 r-xp 00000000 fd:00 131      /usr/bin/my prog\n"
	BLOCK(8, 8, 4, 0, 0, 0, 0, "rd ex mr mw me")
	"00602000-00603000 rw-p 00002000 fd:00 131      /usr/bin/my prog\n"
	BLOCK(4, 4, 4, 0, 4, 0, 0, "rd wr mr mw me ac")
	"01000000-01021000 rw-p 00000000 00:00 0        [heap]\n"
	BLOCK(132, 100, 100, 0, 100, 12, 1, "rd wr mr mw me ac")
	"7f0000000000-7f0000010000 rw-s 00000000 00:01 32769      /SYSV00000000 (deleted)\n"
	BLOCK(64, 16, 8, 16, 0, 0, 0, "rd wr sh mr mw me ms")
	"7f0000020000-7f0000021000 rw-p 00000000 00:00 0 \n"
	BLOCK(4, 0, 0, 0, 0, 0, 0, "rd wr mr mw me ac")
	"7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0        [stack]\n"
	BLOCK(132, 12, 12, 0, 12, 0, 0, "rd wr mr mw me gd ac")
	"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0        [vsyscall]\n"
	BLOCK(4, 0, 0, 0, 0, 0, 0, "ex");
/* clang-format on */

/* Print what @text says to a string, to be freed. */
static char *print_map(const char *text, const struct vmv_pmap *how, bool title)
{
	struct vmv_out *out = unit_out();
	struct vmv_map map;
	char *printed;

	assert_int_equal(unit_read_for(&map, text, strlen(text), vmv_pmap_needs(how), NULL), 0);
	map.process.tgid = 42;
	map.process.command = vmv_strdup("/usr/bin/my prog --tab=\tx \033[31m m\303\251");
	map.process.stack_start = 0x7ffc00020f00;
	map.shm_dev = 1;
	map.huge_dev = 0xf;
	if (title)
		vmv_pmap_title(out, &map, how);
	else
		vmv_pmap_list(out, &map, how);
	printed = unit_printed(out);
	vmv_map_done(&map);
	return printed;
}

static void check_print(const char *text, const struct vmv_pmap *how, const char *want)
{
	char *printed = print_map(text, how, false);

	if (strcmp(printed, want) != 0)
		fail_msg("printed:\n%s\nwanted:\n%s", printed, want);
	free(printed);
}

static void check(const struct vmv_pmap *how, const char *want)
{
	check_print(example, how, want);
}

#define ALL .high = UINT64_MAX

/* The totals are of the same rows in all layouts: 348 kB, of which 64 shared and 272 private
 * and writable; 140 kB resident, 132 dirty. */

static void plain(void **state)
{
	(void)state;
	check(&(struct vmv_pmap){ ALL }, "0000000000400000      8K r-x-- my prog\n"
					 "0000000000602000      4K rw--- my prog\n"
					 "0000000001000000    132K rw---   [ anon ]\n"
					 "00007f0000000000     64K rw-s-   [ shmid=0x8001 ]\n"
					 "00007f0000020000      4K rw---   [ anon ]\n"
					 "00007ffc00000000    132K rw---   [ stack ]\n"
					 "ffffffffff600000      4K --x--   [ anon ]\n"
					 " total              348K\n");
}

static void plain_with_paths_and_kernel_names(void **state)
{
	(void)state;
	check(&(struct vmv_pmap){ ALL, .path = true, .kernel_names = true },
	      "0000000000400000      8K r-x-- /usr/bin/my prog\n"
	      "0000000000602000      4K rw--- /usr/bin/my prog\n"
	      "0000000001000000    132K rw--- [heap]\n"
	      "00007f0000000000     64K rw-s-   [ shmid=0x8001 ]\n"
	      "00007f0000020000      4K rw---   [ anon ]\n"
	      "00007ffc00000000    132K rw--- [stack]\n"
	      "ffffffffff600000      4K --x-- [vsyscall]\n"
	      " total              348K\n");
}

static void extended(void **state)
{
	(void)state;
	check(&(struct vmv_pmap){ ALL, .layout = VMV_PMAP_EXTENDED },
	      "Address           Kbytes     RSS   Dirty Mode  Mapping\n"
	      "0000000000400000       8       8       0 r-x-- my prog\n"
	      "0000000000602000       4       4       4 rw--- my prog\n"
	      "0000000001000000     132     100     100 rw---   [ anon ]\n"
	      "00007f0000000000      64      16      16 rw-s-   [ shmid=0x8001 ]\n"
	      "00007f0000020000       4       0       0 rw---   [ anon ]\n"
	      "00007ffc00000000     132      12      12 rw---   [ stack ]\n"
	      "ffffffffff600000       4       0       0 --x--   [ anon ]\n"
	      "---------------- ------- ------- ------- \n"
	      "total kB             348     140     132\n");
}

static void device(void **state)
{
	(void)state;
	check(&(struct vmv_pmap){ ALL, .layout = VMV_PMAP_DEVICE },
	      "Address           Kbytes Mode  Offset           Device    Mapping\n"
	      "0000000000400000       8 r-x-- 0000000000000000 0fd:00000 my prog\n"
	      "0000000000602000       4 rw--- 0000000000002000 0fd:00000 my prog\n"
	      "0000000001000000     132 rw--- 0000000000000000 000:00000   [ anon ]\n"
	      "00007f0000000000      64 rw-s- 0000000000000000 000:00001   [ shmid=0x8001 ]\n"
	      "00007f0000020000       4 rw--- 0000000000000000 000:00000   [ anon ]\n"
	      "00007ffc00000000     132 rw--- 0000000000000000 000:00000   [ stack ]\n"
	      "ffffffffff600000       4 --x-- 0000000000000000 000:00000   [ anon ]\n"
	      "mapped: 348K    writeable/private: 272K    shared: 64K\n");
}

/* clang-format off */
static const char more_text[] =
	"         Address Perm   Offset Device Inode Size Rss Pss Swap THPeligible Mapping\n"
	"        00400000 r-xp 00000000  fd:00   131    8   8   4    0           0 my prog\n"
	"        00602000 rw-p 00002000  fd:00   131    4   4   4    0           0 my prog\n"
	"        01000000 rw-p 00000000  00:00     0  132 100 100   12           1 [heap]\n"
	"    7f0000000000 rw-s 00000000  00:01 32769   64  16   8    0           0 SYSV00000000 (deleted)\n"
	"    7f0000020000 rw-p 00000000  00:00     0    4   0   0    0           0 \n"
	"    7ffc00000000 rw-p 00000000  00:00     0  132  12  12    0           0 [stack]\n"
	"ffffffffff600000 --xp 00000000  00:00     0    4   0   0    0           0 [vsyscall]\n"
	"                                            ==== === === ==== =========== \n"
	"                                             348 140 128   12           1 KB \n";

/* Without a heading the widths are those of the values; page sizes have no total anyway. */
static const char all_quiet[] =
	"        00400000 r-xp 00000000 fd:00   131   8 4   8   4  0   0  0 0       rd ex mr mw me my prog\n"
	"        00602000 rw-p 00002000 fd:00   131   4 4   4   4  0   4  0 0    rd wr mr mw me ac my prog\n"
	"        01000000 rw-p 00000000 00:00     0 132 4 100 100  0 100 12 1    rd wr mr mw me ac [heap]\n"
	"    7f0000000000 rw-s 00000000 00:01 32769  64 4  16   8 16   0  0 0 rd wr sh mr mw me ms SYSV00000000 (deleted)\n"
	"    7f0000020000 rw-p 00000000 00:00     0   4 4   0   0  0   0  0 0    rd wr mr mw me ac \n"
	"    7ffc00000000 rw-p 00000000 00:00     0 132 4  12  12  0  12  0 0 rd wr mr mw me gd ac [stack]\n"
	"ffffffffff600000 --xp 00000000 00:00     0   4 4   0   0  0   0  0 0                   ex [vsyscall]\n";
/* clang-format on */

static void more(void **state)
{
	(void)state;
	check(&(struct vmv_pmap){ ALL, .layout = VMV_PMAP_MORE }, more_text);
}

/* Page sizes do not add up, except for pmap. */
static void everything(void **state)
{
	static const char *const totals[] = {
		" 348              - 140 128           16           116   12           1 KB \n",
		" 348             28 140 128           16           116   12           1 KB \n",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(totals); i++) {
		struct vmv_pmap how = { ALL, .layout = VMV_PMAP_ALL, .as_pmap = i };
		char *printed = print_map(example, &how, false);

		assert_non_null(strstr(printed,
				       "Size KernelPageSize Rss Pss Shared_Dirty Private_Dirty "
				       "Swap THPeligible              VmFlags Mapping\n"));
		assert_non_null(strstr(printed, totals[i]));
		free(printed);
	}
}

static void quiet_has_rows_only(void **state)
{
	static const enum vmv_layout layouts[] = { VMV_PMAP_PLAIN, VMV_PMAP_EXTENDED,
						   VMV_PMAP_DEVICE };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(layouts); i++) {
		struct vmv_pmap how = { ALL, .layout = layouts[i] };
		char *full = print_map(example, &how, false), *rows, *end;

		rows = strstr(full, "0000000000400000");
		end = strchr(strstr(full, "ffffffffff600000"), '\n');
		assert_true(rows && end);
		end[1] = '\0';
		how.quiet = true;
		check(&how, rows);
		free(full);
	}
	check(&(struct vmv_pmap){ ALL, .layout = VMV_PMAP_ALL, .quiet = true }, all_quiet);
}

static void chosen(void **state)
{
	char *names[] = { (char *)"Pss", (char *)"Mapping", (char *)"Perm",
			  (char *)"KernelPageSize" };
	struct vmv_rc rc = { .fields = names, .nfields = ARRAY_SIZE(names) };
	struct vmv_pmap how = { ALL, .layout = VMV_PMAP_CHOSEN, .rc = &rc, .low = 0x7f0000000000,
				.path = true };

	(void)state;
	/* In the kernel's order, whatever that of the file. */
	check(&how, "         Address Perm KernelPageSize Pss Mapping\n"
		    "    7f0000000000 rw-s              4   8 /SYSV00000000 (deleted)\n"
		    "    7f0000020000 rw-p              4   0 \n"
		    "    7ffc00000000 rw-p              4  12 [stack]\n"
		    "ffffffffff600000 --xp              4   0 [vsyscall]\n"
		    "                      ============== === \n"
		    "                                   -  20 KB \n");
	rc.nfields = 0;
	how.high = 0x7f0000000000;
	check(&how, "         Address \n"
		    "    7f0000000000\n");
}

static void a_range_holds_what_has_an_address_in_it(void **state)
{
	static const struct {
		uint64_t low, high;
		const char *rows;
	} cases[] = {
		{ 0x602000, 0x602000,
		  "0000000000602000      4K rw--- my prog\n"
		  " total                4K\n" },
		{ 0x602fff, 0x602fff,
		  "0000000000602000      4K rw--- my prog\n"
		  " total                4K\n" },
		{ 0x603000, 0x603000, " total                0K\n" },
		{ 0x601fff, 0x601fff, " total                0K\n" },
		{ 0x401000, 0x1000000,
		  "0000000000400000      8K r-x-- my prog\n"
		  "0000000000602000      4K rw--- my prog\n"
		  "0000000001000000    132K rw---   [ anon ]\n"
		  " total              144K\n" },
		{ 0x7ffc00021000, UINT64_MAX,
		  "ffffffffff600000      4K --x--   [ anon ]\n"
		  " total                4K\n" },
		{ 0x602000, 0x400000, " total                0K\n" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++)
		check(&(struct vmv_pmap){ .low = cases[i].low, .high = cases[i].high },
		      cases[i].rows);
}

static void check_range(bool as_pmap, const char *total)
{
	struct vmv_pmap how = { .low = 0x1000000,
				.high = 0x7f0000000000,
				.layout = VMV_PMAP_EXTENDED,
				.as_pmap = as_pmap };
	char want[512];

	snprintf(want, sizeof(want),
		 "Address           Kbytes     RSS   Dirty Mode  Mapping\n"
		 "0000000001000000     132     100     100 rw---   [ anon ]\n"
		 "00007f0000000000      64      16      16 rw-s-   [ shmid=0x8001 ]\n"
		 "---------------- ------- ------- ------- \n"
		 "total kB             196 %7s\n",
		 total);
	check(&how, want);
}

/* pmap adds up the counters of what is below, too. */
static void totals_are_of_the_rows_shown(void **state)
{
	(void)state;
	check_range(false, "    116     116");
	check_range(true, "    128     120");
}

/* The stack began where a region ends; another is of the kernel's huge pages, as is its device. */
static void labels_that_pmap_gives_or_not(void **state)
{
	static const char text[] =
		"7f0000000000-7f0000200000 rw-s 00000000 00:0f 5      /SYSV00000000 (deleted)\n"
		"7f0000200000-7f0000201000 rw-s 00000000 00:01 6      /SYSV00000001 (deleted)\n"
		"7f0000201000-7f0000202000 rw-s 00000000 00:01 7      /memfd:x/SYSV00000001 "
		"(deleted)\n"
		"7ffc0001f000-7ffc00020f00 rw-p 00000000 00:00 0 \n";

	(void)state;
	check_print(text, &(struct vmv_pmap){ ALL, .quiet = true },
		    "00007f0000000000   2048K rw-s-   [ shmid=0x5 ]\n"
		    "00007f0000200000      4K rw-s-   [ shmid=0x6 ]\n"
		    "00007f0000201000      4K rw-s- memfd:x/SYSV00000001 (deleted)\n"
		    "00007ffc0001f000      7K rw---   [ anon ]\n");
	check_print(text, &(struct vmv_pmap){ ALL, .quiet = true, .as_pmap = true },
		    "00007f0000000000   2048K rw-s- SYSV00000000 (deleted)\n"
		    "00007f0000200000      4K rw-s-   [ shmid=0x6 ]\n"
		    "00007f0000201000      4K rw-s- memfd:x/SYSV00000001 (deleted)\n"
		    "00007ffc0001f000      7K rw---   [ stack ]\n");
}

/* One rule in all layouts: characters are kept, or without UTF-8 each byte is "?". */
static void names_that_are_not_ascii(void **state)
{
	static const char text[] =
		"00001000-00002000 r--p 00000000 08:01 5      /srv/sch\303\266n\377\n"
		"Rss: 4 kB\n";
	static const char *const names[] = { " sch\303\266n?\n", " sch??n?\n" };

	(void)state;
	for (enum vmv_layout layout = VMV_PMAP_PLAIN; layout <= VMV_PMAP_ALL; layout++) {
		for (size_t ascii = 0; ascii < ARRAY_SIZE(names); ascii++) {
			struct vmv_pmap how = { ALL, .layout = layout, .ascii = ascii };
			char *printed = print_map(text, &how, false);

			if (!strstr(printed, names[ascii]))
				fail_msg("layout %d: %s is not in:\n%s", layout, names[ascii],
					 printed);
			free(printed);
		}
	}
}

static void a_map_without_regions_has_totals_only(void **state)
{
	(void)state;
	check_print("", &(struct vmv_pmap){ ALL }, " total                0K\n");
	check_print("", &(struct vmv_pmap){ ALL, .quiet = true }, "");
	check_print("", &(struct vmv_pmap){ ALL, .layout = VMV_PMAP_EXTENDED },
		    "Address           Kbytes     RSS   Dirty Mode  Mapping\n"
		    "---------------- ------- ------- ------- \n"
		    "total kB               0       0       0\n");
	check_print("", &(struct vmv_pmap){ ALL, .layout = VMV_PMAP_MORE }, "");
	check_print("", &(struct vmv_pmap){ ALL, .layout = VMV_PMAP_ALL }, "");
}

/* One region without Swap: a dash, and the others are added up. */
static void missing_counters_are_no_zeros(void **state)
{
	(void)state;
	check_print("00001000-00002000 rw-p 00000000 00:00 0 \nRss: 4 kB\nSwap: 8 kB\n"
		    "00002000-00003000 rw-p 00000000 00:00 0 \nRss: 4 kB\n",
		    &(struct vmv_pmap){ ALL, .layout = VMV_PMAP_ALL },
		    " Address Perm   Offset Device Inode Rss Swap Mapping\n"
		    "00001000 rw-p 00000000  00:00     0   4    8 \n"
		    "00002000 rw-p 00000000  00:00     0   4    - \n"
		    "                                    === ==== \n"
		    "                                      8    8 KB \n");
}

/* They are in memory, but the kernel's Rss is without them, and so is all that we call RSS. */
static void huge_pages_are_not_in_rss(void **state)
{
	(void)state;
	check_print(
		"00200000-00400000 rw-p 00000000 00:0f 5      /anon_hugepage (deleted)\n"
		"Rss: 0 kB\nPrivate_Dirty: 0 kB\nPrivate_Hugetlb: 2048 kB\nShared_Hugetlb: 0 kB\n",
		&(struct vmv_pmap){ ALL, .layout = VMV_PMAP_EXTENDED, .quiet = true },
		"0000000000200000    2048       0       0 rw--- anon_hugepage (deleted)\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain),
		cmocka_unit_test(plain_with_paths_and_kernel_names),
		cmocka_unit_test(extended),
		cmocka_unit_test(device),
		cmocka_unit_test(more),
		cmocka_unit_test(everything),
		cmocka_unit_test(quiet_has_rows_only),
		cmocka_unit_test(chosen),
		cmocka_unit_test(a_range_holds_what_has_an_address_in_it),
		cmocka_unit_test(totals_are_of_the_rows_shown),
		cmocka_unit_test(a_map_without_regions_has_totals_only),
		cmocka_unit_test(missing_counters_are_no_zeros),
		cmocka_unit_test(labels_that_pmap_gives_or_not),
		cmocka_unit_test(names_that_are_not_ascii),
		cmocka_unit_test(huge_pages_are_not_in_rss),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("pmap", tests, NULL, NULL);
}
