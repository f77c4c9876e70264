/*
 * confine.c - see confine.h, landlock(7)
 *
 * The numbers are the kernel's interface; its header may be older than the
 * kernel that we run on.
 */
#include "confine.h"

#include "vmapview/error.h"
#include "vmapview/source.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* For C libraries that are older than these; the same numbers on all machines but alpha. */
#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule       445
#define SYS_landlock_restrict_self  446
#endif

#define READ_FILE (UINT64_C(1) << 2)
#define READ_DIR  (UINT64_C(1) << 3)

/** struct ruleset - landlock_ruleset_attr: what is forbidden unless a rule allows it */
struct ruleset {
	uint64_t files, net, scoped;
};

/** struct beneath - landlock_path_beneath_attr: what is allowed on a file, or below a directory */
struct beneath {
	uint64_t allowed;
	int32_t fd;
} __attribute__((packed));

/* What each version added; a kernel refuses rules with what it does not know. */
static const struct ruleset versions[] = {
	{ .files = 0x1fff },  /* execute, write, read, make and remove everything */
	{ .files = 1 << 13 }, /* link and rename to another directory */
	{ .files = 1 << 14 }, /* truncate */
	{ .net = 0x3 },       /* bind and connect TCP sockets */
	{ .files = 1 << 15 }, /* control devices */
	{ .scoped = 0x3 },    /* sockets without a file; signals */
};

static const char *const common[] = { "/usr", "/lib", "/lib64", "/proc/self" };

static int open_target(const char *spec)
{
	struct vmv_target t = { .spec = spec, .fd = -1 };

	int rc = vmv_target_open_file(&t, O_PATH | O_CLOEXEC);

	free(t.path);
	errno = -rc;
	return t.fd;
}

static int landlock_version(void)
{
	enum { ASK_VERSION = 1 };

	return (int)syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_VERSION);
}

static int create(const struct ruleset *rules)
{
	return (int)syscall(SYS_landlock_create_ruleset, rules, sizeof(*rules), 0);
}

/* What else is wrong with a file is said when it is opened for reading. */
static int lack_of_means(void)
{
	return errno == EMFILE || errno == ENFILE || errno == ENOMEM ? -errno : 0;
}

static int allow(int ruleset, int fd, uint64_t what)
{
	enum { PATH_BENEATH = 1 };
	struct beneath rule = { what, fd };

	if (fd < 0)
		return lack_of_means();
	/* It fails for pipes, which need no rule. */
	syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH, &rule, 0);
	close(fd);
	return 0;
}

/* A directory is no target, but has files below it, if the name leads to one by now. */
static int allow_target(int ruleset, const char *spec)
{
	int fd = open_target(spec);
	struct stat st;

	if (fd < 0 || (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode)))
		return allow(ruleset, fd, READ_FILE);
	close(fd);
	return 0;
}

static int allow_all(int ruleset, char *const *targets, int n)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < ARRAY_SIZE(common); i++)
		rc = allow(ruleset, open(common[i], O_PATH | O_CLOEXEC), READ_FILE | READ_DIR);
	for (int i = 0; rc == 0 && i < n; i++)
		rc = allow_target(ruleset, targets[i]);
	return rc;
}

static void restrict_self(int ruleset)
{
	syscall(SYS_landlock_restrict_self, ruleset, 0);
}

static int restrict_files(char *const *targets, int n)
{
	int version = landlock_version(), ruleset, rc;
	struct ruleset rules = { 0 };

	for (int i = 0; i < version && i < (int)ARRAY_SIZE(versions); i++) {
		rules.files |= versions[i].files;
		rules.net |= versions[i].net;
		rules.scoped |= versions[i].scoped;
	}
	if (version <= 0)
		return 0;
	ruleset = create(&rules);
	if (ruleset < 0)
		return lack_of_means();
	rc = allow_all(ruleset, targets, n);
	if (rc == 0)
		restrict_self(ruleset);
	close(ruleset);
	return rc;
}

/* Of root's powers, what opening the files for reading may still take; there are containers that
 * have the greater one only. */
static void drop_capabilities(void)
{
	enum { READING = 1 << CAP_DAC_READ_SEARCH, READING_TOO = 1 << CAP_DAC_OVERRIDE };
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

	if (syscall(SYS_capget, &header, data) < 0)
		return;
	data[0].permitted &= data[0].permitted & READING ? READING : READING_TOO;
	for (size_t i = 0; i < ARRAY_SIZE(data); i++) {
		data[i].permitted = i == 0 ? data[i].permitted : 0;
		data[i].effective &= data[i].permitted;
		data[i].inheritable = 0;
	}
	syscall(SYS_capset, &header, data);
}

void confine_always(void)
{
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
}

static bool is_proc(const char *dir)
{
	struct statfs fs;

	return statfs(dir, &fs) == 0 && fs.f_type == PROC_SUPER_MAGIC;
}

static bool is_one_of(const char *s, size_t len, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(words[i]) == len && !memcmp(s, words[i], len))
			return true;
	return false;
}

/*
 * What the kernel says of a process: /proc/1234/smaps, or smaps where that directory is ours.  By
 * its name only, as links of others lead anywhere, and elsewhere by the time it is opened; and no
 * other file, as the process itself says what is in /proc/1234/environ.
 */
static bool is_kernels_word(const char *spec)
{
	static const char *const dirs[] = { "self", "thread-self", "task" };
	static const char *const files[] = { "maps", "smaps", "smaps_rollup" };
	bool absolute = !strncmp(spec, "/proc/", 6);
	const char *s = absolute ? spec + 6 : spec;
	size_t len;

	while (s[len = strcspn(s, "/")]) {
		if (!absolute ||
		    (strspn(s, "0123456789") != len && !is_one_of(s, len, dirs, ARRAY_SIZE(dirs))))
			return false;
		s += len + 1;
	}
	return is_one_of(s, len, files, ARRAY_SIZE(files)) && is_proc(absolute ? "/proc" : ".");
}

static bool is_of_process(const char *spec)
{
	return vmv_target_is_process(spec) || is_kernels_word(spec);
}

bool confine_possible(char *const *targets, int n)
{
	for (int i = 0; i < n; i++)
		if (is_of_process(targets[i]))
			return false;
	return true;
}

int confine(char *const *targets, int n, struct vmv_error *err)
{
	int rc;

	if (!confine_possible(targets, n))
		return 0;
	vmv_source_prepare();
	rc = restrict_files(targets, n);
	if (rc < 0)
		return vmv_fail(err, -rc, "cannot confine itself before reading: %m");
	drop_capabilities();
	return 1;
}

int confine_apart(int (*work)(void *data), void *data, struct vmv_error *err)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		return vmv_fail(err, errno, "cannot start a reading process: %m");
	if (child == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		exit(work(data));
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return vmv_fail(err, errno, "cannot wait for the reading process: %m");
	if (WIFEXITED(status))
		return WEXITSTATUS(status);
	return vmv_fail(err, ECANCELED, "the reading process was ended by a signal: %s",
			strsignal(WTERMSIG(status)));
}
