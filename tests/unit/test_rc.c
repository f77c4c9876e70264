/* test_rc.c - pmap's file of fields */
#include "unit.h"

#include "vmapview/rc.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

enum { ROOM = 1024 };

/* The callback has no argument for it. */
static char *warnings(void)
{
	static char all[ROOM];

	return all;
}

static void append(char *to, const char *text, const char *end)
{
	size_t len = strlen(to);

	snprintf(to + len, ROOM - len, "%s%s", text, end);
}

static void warn(const char *text)
{
	append(warnings(), text, "\n");
}

/* Read @len bytes as a file into the empty *@rc. */
static void read_rc(struct vmv_rc *rc, const char *text, size_t len)
{
	int fd = unit_file(text, len);
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	*rc = (struct vmv_rc){ 0 };
	*warnings() = '\0';
	assert_int_equal(vmv_rc_read(path, rc, warn, NULL), 0);
	close(fd);
}

#define FIELDS       "[Fields Display]\n"
#define UNSUPPORTED  "unsupported section found in the config - line 1\n"
#define SYNTAX(line) "syntax error found in the config - line " #line "\n"

/** struct example - a file, and what pmap's config_read() makes of it */
/* clang-format off */
static const struct example {
	const char *text;
	const char *fields; /* with a blank after each */
	bool toggle;
	const char *warnings;
} examples[] = {
	{ "", "", false, "" },
	{ "\n# comment\n   # indented\n\t\n", "", false, "" },
	{ FIELDS "Rss\nPss\n", "Rss Pss ", false, "" },
	{ FIELDS "Rss", "Rss ", false, "" },                          /* no newline at the end */
	{ FIELDS " \t Rss \t\n", "Rss ", false, "" },
	{ FIELDS "#Rss\nPss # why\nSwap\t#why\n", "Pss Swap ", false, "" },
	{ FIELDS "Rss#Pss\n", "Rss#Pss ", false, "" },                /* no blank, no comment */
	{ FIELDS "rss\n", "rss ", false, "" },                        /* case matters */
	{ FIELDS "Unknown\n", "Unknown ", false, "" },
	{ FIELDS "Rss Pss\n", "Rss ", false, SYNTAX(2) },
	{ FIELDS FIELDS "Rss\n", "Rss ", false, "" },
	{ "  [Fields Display]  # here\nRss\n", "Rss ", false, "" },
	{ "[Fields Display]Rss\nPss\n", "Rss Pss ", false, SYNTAX(1) },
	{ "[Fields Display] Rss\n", "Rss ", false, SYNTAX(1) },
	{ "[Fields Display] Rss Pss\n", "Rss ", false, SYNTAX(1) SYNTAX(1) },
	{ "Rss\n", "", false, SYNTAX(1) },                            /* in no section */
	{ "ShowPath\n", "", false, SYNTAX(1) },
	{ "[fields display]\nRss\n", "", false, UNSUPPORTED },
	{ "[ Fields Display ]\nRss\nmore words here\n", "", false, UNSUPPORTED },
	{ "[Other] Rss\n", "", false, UNSUPPORTED SYNTAX(1) },
	{ "[Other]\nRss\n" FIELDS "Pss\n", "Pss ", false, UNSUPPORTED },
	{ "[Fields Display\nRss\n", "", false, SYNTAX(1) SYNTAX(2) },
	{ FIELDS "[Broken\nRss\n", "Rss ", false, SYNTAX(2) },        /* still in the section */
	{ "[Mapping]\nShowPath\n", "", true, "" },
	{ "[Mapping]\n#ShowPath\n", "", false, "" },
	{ "[Mapping]\nShowPath # yes\n", "", true, "" },
	{ "[Mapping]\nShowPath yes\n", "", true, SYNTAX(2) },
	{ "[Mapping]\nshowpath\nShowPaths\nShowPat\n", "", false, "" },
	{ "[Mapping]\nShowPath\nShowPath\n", "", false, "" },         /* turned and turned back */
	{ "[Mapping]\nShowPath\n" FIELDS "Rss\n[Mapping]\nShowPath\nShowPath\n", "Rss ", true, "" },
	{ "[Mapping] ShowPath\n", "", true, SYNTAX(1) },
	{ FIELDS "ShowPath\n[Mapping]\nRss\n", "ShowPath ", false, "" },
};
/* clang-format on */

static void lines_mean_what_they_mean_to_pmap(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
		struct vmv_rc rc;
		char fields[ROOM] = "";

		read_rc(&rc, examples[i].text, strlen(examples[i].text));
		for (size_t k = 0; k < rc.nfields; k++)
			append(fields, rc.fields[k], " ");
		if (strcmp(fields, examples[i].fields) != 0)
			fail_msg("fields \"%s\" in:\n%s", fields, examples[i].text);
		if (rc.toggle_path != examples[i].toggle)
			fail_msg("toggle %d in:\n%s", rc.toggle_path, examples[i].text);
		if (strcmp(warnings(), examples[i].warnings) != 0)
			fail_msg("warned \"%s\" in:\n%s", warnings(), examples[i].text);
		vmv_rc_done(&rc);
	}
}

static void has_compares_whole_names(void **state)
{
	static const char text[] = FIELDS "Rss\nPrivate_Dirty\n";
	struct vmv_rc rc;

	(void)state;
	read_rc(&rc, text, strlen(text));
	assert_true(vmv_rc_has(&rc, "Rss"));
	assert_true(vmv_rc_has(&rc, "Private_Dirty"));
	assert_false(vmv_rc_has(&rc, "Pss"));
	assert_false(vmv_rc_has(&rc, "Private"));
	assert_false(vmv_rc_has(&rc, "rss"));
	assert_false(vmv_rc_has(&rc, ""));
	vmv_rc_done(&rc);
	assert_false(vmv_rc_has(&rc, "Rss"));
}

/** struct long_line - how many bytes a line has, and how many of them count */
static const struct long_line {
	size_t len, used;
	const char *warnings;
} long_lines[] = {
	{ 1023, 1023, "" },
	{ 1024, 1024, "config line too long - line 2\n" },
	{ 1025, 1024, "config line too long - line 2\n" },
	{ 5000, 1024, "config line too long - line 2\n" },
};

static void long_lines_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(long_lines); i++) {
		const struct long_line *l = &long_lines[i];
		char *line = vmv_calloc(1, l->len + 1), *text;
		struct vmv_rc rc;
		int len;

		for (size_t k = 0; k < l->len; k++)
			line[k] = (char)('a' + k % 26);
		len = asprintf(&text, FIELDS "%s\nRss\n", line);
		assert_true(len > 0);
		read_rc(&rc, text, (size_t)len);
		assert_int_equal(rc.nfields, 2);
		assert_int_equal(strlen(rc.fields[0]), l->used);
		assert_memory_equal(rc.fields[0], line, l->used);
		assert_string_equal(rc.fields[1], "Rss"); /* the tail is no line of its own */
		assert_string_equal(warnings(), l->warnings);
		vmv_rc_done(&rc);
		free(text);
		free(line);
	}
}

static void what_can_not_be_read_is_told(void **state)
{
	struct vmv_rc rc = { 0 };
	struct vmv_error err;

	(void)state;
	*warnings() = '\0';
	assert_int_equal(vmv_rc_read("/nonexistent/rc", &rc, warn, &err), -ENOENT);
	assert_int_equal(err.code, ENOENT);
	assert_string_equal(err.text, "cannot read /nonexistent/rc: No such file or directory");
	assert_int_equal(vmv_rc_read("/", &rc, warn, &err), -EISDIR);
	assert_int_equal(vmv_rc_read("/dev/zero", &rc, warn, &err), -EFBIG);
	assert_int_equal(vmv_rc_read("/nonexistent/rc", &rc, warn, NULL), -ENOENT);
	assert_int_equal(rc.nfields, 0);
	assert_string_equal(warnings(), "");
	vmv_rc_done(&rc);
}

/** struct place - a directory of our own, and the file to be made in it */
struct place {
	char dir[2048], file[4096];
};

static int make_dir(void **state)
{
	const char *tmp = getenv("TMPDIR");
	struct place *place = vmv_calloc(1, sizeof(*place));

	snprintf(place->dir, sizeof(place->dir), "%s/vmapview-rc-XXXXXX",
		 tmp && *tmp ? tmp : "/tmp");
	if (!mkdtemp(place->dir))
		return -1;
	snprintf(place->file, sizeof(place->file), "%s/rc", place->dir);
	*state = place;
	return 0;
}

static int remove_dir(void **state)
{
	struct place *place = *state;

	unlink(place->file);
	rmdir(place->dir);
	free(place);
	return 0;
}

static void a_created_file_can_be_read_and_chooses_nothing(void **state)
{
	const char *path = ((const struct place *)*state)->file;
	struct vmv_rc rc = { 0 };

	*warnings() = '\0';
	assert_int_equal(vmv_rc_create(path, NULL), 0);
	assert_int_equal(vmv_rc_read(path, &rc, warn, NULL), 0);
	assert_int_equal(rc.nfields, 0);
	assert_false(rc.toggle_path);
	assert_string_equal(warnings(), "");
	vmv_rc_done(&rc);
}

/* Uncommenting a line is all that is needed. */
static void a_created_file_offers_every_field(void **state)
{
	static const char *const names[] = {
		"Perm",         "Offset",        "Device",        "Inode",
		"Size",         "Rss",           "Pss",           "Shared_Clean",
		"Shared_Dirty", "Private_Clean", "Private_Dirty", "Referenced",
		"Anonymous",    "AnonHugePages", "Swap",          "KernelPageSize",
		"MMUPageSize",  "Locked",        "VmFlags",       "Mapping",
	};
	const char *path = ((const struct place *)*state)->file;
	char text[4096] = { 0 };
	struct vmv_rc rc;
	size_t len;
	FILE *file;

	assert_int_equal(vmv_rc_create(path, NULL), 0);
	file = fopen(path, "r");
	assert_non_null(file);
	len = fread(text, 1, sizeof(text) - 1, file);
	fclose(file);
	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == '#' && text[i + 1] != ' ')
			text[i] = ' ';
	read_rc(&rc, text, len);
	assert_int_equal(rc.nfields, ARRAY_SIZE(names));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		assert_string_equal(rc.fields[i], names[i]);
	assert_true(rc.toggle_path);
	assert_string_equal(warnings(), "");
	vmv_rc_done(&rc);
}

static void create_leaves_an_existing_file_alone(void **state)
{
	const char *path = ((const struct place *)*state)->file;
	FILE *file = fopen(path, "w");
	struct vmv_error err;
	struct stat st;

	assert_non_null(file);
	fputs("mine", file);
	fclose(file);
	assert_int_equal(vmv_rc_create(path, &err), -EEXIST);
	assert_int_equal(err.code, EEXIST);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_size, 4);
}

static void create_follows_no_dangling_link(void **state)
{
	const char *path = ((const struct place *)*state)->file;

	assert_int_equal(symlink("elsewhere", path), 0);
	assert_int_equal(vmv_rc_create(path, NULL), -EEXIST);
}

static void create_tells_why_it_can_not(void **state)
{
	struct vmv_error err;

	(void)state;
	assert_int_equal(vmv_rc_create("/nonexistent/rc", &err), -ENOENT);
	assert_string_equal(err.text, "cannot create /nonexistent/rc: No such file or directory");
}

/* As on a full disk: the file can be made, but holds nothing. */
static void a_failed_create_leaves_no_file(void **state)
{
	const char *path = ((const struct place *)*state)->file;
	struct rlimit old, none;
	struct vmv_error err;
	int rc;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	none = old;
	none.rlim_cur = 0;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	rc = vmv_rc_create(path, &err);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	signal(SIGXFSZ, SIG_DFL);

	assert_int_equal(rc, -EFBIG);
	assert_int_equal(err.code, EFBIG);
	assert_int_equal(access(path, F_OK), -1);
}

#define WITH_DIR(test) cmocka_unit_test_setup_teardown(test, make_dir, remove_dir)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_mean_what_they_mean_to_pmap),
		cmocka_unit_test(has_compares_whole_names),
		cmocka_unit_test(long_lines_are_cut),
		cmocka_unit_test(what_can_not_be_read_is_told),
		WITH_DIR(a_created_file_can_be_read_and_chooses_nothing),
		WITH_DIR(a_created_file_offers_every_field),
		WITH_DIR(create_leaves_an_existing_file_alone),
		WITH_DIR(create_follows_no_dangling_link),
		cmocka_unit_test(create_tells_why_it_can_not),
		WITH_DIR(a_failed_create_leaves_no_file),
	};

	return cmocka_run_group_tests_name("rc", tests, NULL, NULL);
}
