/* test_safe.c - hostile names and colours: what reaches a terminal */
#include "table.h"

#include "vmapview/class.h"
#include "vmapview/color.h"
#include "vmapview/column.h"
#include "vmapview/pmap.h"
#include "vmapview/text.h"
#include "vmapview/writer.h"

#include <locale.h>

/* ESC and a control sequence, C1 as one byte and as UTF-8, CR, TAB, DEL, bidi, bytes that
 * are no character, and good ones. */
static const char text[] =
	"00400000-00402000 r-xp 00000000 fd:00 131      /dir\033[2J/a\033[31mb\n"
	"Rss: 4 kB\nVmFlags: rd ex \n"
	"00402000-00403000 rw-p 00000000 fd:00 132      /c1\2331;31m\302\2331m\r\t\177\n"
	"Rss: 4 kB\nVmFlags: rd wr \n"
	"00403000-00404000 rw-p 00000000 fd:00 133      /bidi\342\200\256\342\201\246cod.exe\n"
	"Rss: 4 kB\n"
	"00404000-00405000 rw-p 00000000 fd:00 134      /m\303\251\377\300\257\n"
	"Rss: 4 kB\n"
	"00405000-00406000 rw-p 00000000 00:00 0        [anon:\033]0;x\007]\n"
	"00406000-00407000 rw-p 00000000 00:00 0        [heap]\n"
	"00407000-00408000 rwxp 00000000 00:00 0 \n"
	"00408000-00409000 ---p 00000000 00:00 0 \n";

/* A saved file may come from anybody: what no kernel writes is refused, left out or made safe. */
static const char *const forged[] = {
	"1000-2000 r--p 00000000 00:00 0 \nEvil\033[5m: 4 kB\n",
	"1000-2000 r--p 00000000 00:00 0 \nEvil\302\2335m: 4\n",
	"1000-2000 r--p 00000000 00:00 0 \nRss: 4 kB\nVmFlags: rd \033[7m\n",
};

static void load(struct vmv_map *map)
{
	unit_map(map, text);
	map->process.tgid = 42;
	map->process.command = vmv_strdup("a\033[31mb\n\302\233c\342\200\256d\303\251");
	vmv_classify(map);
}

static char *print_map(const struct vmv_pmap *how)
{
	struct vmv_out *out = unit_out();
	struct vmv_map map;
	char *printed;

	load(&map);
	vmv_pmap_title(out, &map, how);
	vmv_pmap_list(out, &map, how);
	printed = unit_printed(out);
	vmv_map_done(&map);
	return printed;
}

static char *print_table(bool color, bool ascii)
{
	struct vmv_out *out = unit_out();
	const struct vmv_report report = { .headings = true, .color = color, .ascii = ascii };
	struct vmv_map map;
	char *printed;

	load(&map);
	unit_table(out, &map, "address,rss,path,class,mapping", &report);
	printed = unit_printed(out);
	vmv_map_done(&map);
	return printed;
}

/* Only clean lines may be there. */
static void check_safe(const char *printed, bool ascii)
{
	while (*printed) {
		size_t len = strcspn(printed, "\n");

		if (!vmv_is_clean(printed, len, ascii))
			fail_msg("not clean: %.*s", (int)len, printed);
		assert_int_equal(printed[len], '\n');
		printed += len + 1;
	}
}

/* All layouts with all that changes names. */
static struct vmv_pmap variant(unsigned i)
{
	return (struct vmv_pmap){ .layout = (enum vmv_layout)(i % 5), /* all but the chosen */
				  .path = i / 5 & 1,
				  .kernel_names = i / 10 & 1,
				  .ascii = i / 20 & 1,
				  .quiet = i / 40 & 1,
				  .high = UINT64_MAX };
}

enum { VARIANTS = 80 };

static void no_name_drives_the_terminal(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VARIANTS; i++) {
		struct vmv_pmap how = variant(i);
		char *printed = print_map(&how);

		check_safe(printed, how.ascii);
		free(printed);
	}
	for (unsigned i = 0; i < 2; i++) {
		char *printed = print_table(false, i);

		check_safe(printed, i);
		free(printed);
	}
}

static void no_counter_drives_the_terminal(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(forged); i++) {
		struct vmv_pmap how = { .layout = VMV_PMAP_ALL, .high = UINT64_MAX };
		struct vmv_map map;

		if (unit_read(&map, forged[i], strlen(forged[i]), NULL) == 0) {
			struct vmv_out *out = unit_out();
			char *printed;

			vmv_pmap_list(out, &map, &how);
			printed = unit_printed(out);
			check_safe(printed, false);
			free(printed);
		}
		vmv_map_done(&map);
	}
}

static void unsafe_bytes_are_marked_one_by_one(void **state)
{
	static const struct {
		struct vmv_pmap how;
		const char *lines[5];
	} cases[] = {
		{ { .high = UINT64_MAX },
		  { "42:   a?[31mb???c???d\303\251\n", " a?[31mb\n", " c1?1;31m??1m???\n",
		    " bidi??????cod.exe\n", " m\303\251???\n" } },
		{ { .high = UINT64_MAX, .layout = VMV_PMAP_MORE },
		  { "42:   a?[31mb???c???d\303\251\n", " a?[31mb\n", " c1?1;31m??1m???\n",
		    " bidi??????cod.exe\n", " m\303\251???\n" } },
		{ { .high = UINT64_MAX, .layout = VMV_PMAP_MORE, .ascii = true, .path = true },
		  { "42:   a?[31mb???c???d??\n", " /dir?[2J/a?[31mb\n", " /c1?1;31m??1m???\n",
		    " /bidi??????cod.exe\n", " /m?????\n" } },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		char *printed = print_map(&cases[i].how);

		for (size_t k = 0; k < ARRAY_SIZE(cases[i].lines); k++)
			if (!strstr(printed, cases[i].lines[k]))
				fail_msg("%s is not in:\n%s", cases[i].lines[k], printed);
		free(printed);
	}
}

/* Take out ESC [ ... m; returns how many there were. */
static size_t strip(char *s)
{
	size_t n = 0;
	char *to = s;

	while (*s) {
		if (s[0] == '\033' && s[1] == '[') {
			s += 2 + strspn(s + 2, "0123456789;");
			assert_int_equal(*s, 'm');
			s++;
			n++;
		} else {
			*to++ = *s++;
		}
	}
	*to = '\0';
	return n;
}

static void check_coloured(char *coloured, char *plain)
{
	assert_in_range(strip(coloured), 2, 100);
	assert_int_equal(strip(plain), 0);
	assert_string_equal(coloured, plain);
	free(coloured);
	free(plain);
}

static void colours_change_no_other_byte(void **state)
{
	(void)state;
	for (unsigned i = 0; i < VARIANTS; i++) {
		struct vmv_pmap plain = variant(i), coloured = plain;

		coloured.color = true;
		check_coloured(print_map(&coloured), print_map(&plain));
	}
	check_coloured(print_table(true, false), print_table(false, false));
}

/* So that a row that is cut off by the user's pager colours nothing but itself. */
static void colours_end_with_their_row(void **state)
{
	struct vmv_pmap how = { .high = UINT64_MAX, .color = true };
	char *printed = print_map(&how), *line = printed, *end;

	(void)state;
	for (; (end = strchr(line, '\n')); line = end + 1) {
		const char *first = memchr(line, '\033', (size_t)(end - line));

		if (first)
			assert_memory_equal(end - 4, "\033[0m", 4);
		if (first)
			assert_ptr_equal(first, line);
	}
	free(printed);
}

static void roles_have_sgr_parameters(void **state)
{
	(void)state;
	for (int role = 0; role < VMV_ROLES; role++) {
		const char *sgr = vmv_role_sgr((enum vmv_role)role);

		assert_non_null(sgr);
		assert_int_equal(strspn(sgr, "0123456789;"), strlen(sgr));
		assert_string_not_equal(sgr, "0"); /* that ends a colour */
	}
	assert_string_equal(vmv_role_sgr(VMV_ROLE_PLAIN), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_name_drives_the_terminal),
		cmocka_unit_test(no_counter_drives_the_terminal),
		cmocka_unit_test(unsafe_bytes_are_marked_one_by_one),
		cmocka_unit_test(colours_change_no_other_byte),
		cmocka_unit_test(colours_end_with_their_row),
		cmocka_unit_test(roles_have_sgr_parameters),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("safe", tests, NULL, NULL);
}
