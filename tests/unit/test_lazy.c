/* test_lazy.c - libraries that are loaded when they are needed, or not there */
#include "unit.h"

static void what_is_there_is_found(void **state)
{
	struct vmv_lazy library = { .file = LIBELF_FILE };
	const char *why = NULL;
	void *first = vmv_lazy_find(&library, "elf_version", &why);

	(void)state;
	assert_non_null(first);
	assert_null(why);
	assert_ptr_equal(vmv_lazy_find(&library, "elf_version", &why), first);
	assert_ptr_equal(vmv_lazy_symbol(&library, "elf_version"), first);
}

static void what_is_not_there_is_said(void **state)
{
	static const char absent[] = "libvmapview-has-none.so.1";
	struct vmv_lazy library = { .file = absent };
	const char *why = NULL;

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_null(vmv_lazy_find(&library, "elf_version", &why));
		assert_non_null(strstr(why, absent));
	}
	library = (struct vmv_lazy){ .file = LIBELF_FILE };
	assert_null(vmv_lazy_find(&library, "elf_of_another_version", &why));
	assert_non_null(strstr(why, "elf_of_another_version"));
	assert_non_null(vmv_lazy_find(&library, "elf_version", &why));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_is_found),
		cmocka_unit_test(what_is_not_there_is_said),
	};

	return cmocka_run_group_tests_name("lazy", tests, NULL, NULL);
}
