/*
 * intruder.c - what a mistake in a parser could be used for (a library for LD_PRELOAD)
 *
 * When the program reads from a file called INTRUDER_AT, it tries to do harm
 * in the directory INTRUDER_DIR, and tells on standard error what succeeded.
 * Without INTRUDER_AT, it only pretends to be a kernel with version
 * INTRUDER_LANDLOCK of Landlock, 0 for none.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static int open_and_close(const char *name, int flags)
{
	int fd = open(name, flags, 0644);

	return fd < 0 ? -1 : close(fd);
}

static int read_other(void)
{
	return open_and_close("precious", O_RDONLY);
}

static int write_other(void)
{
	return open_and_close("precious", O_WRONLY);
}

static int truncate_other(void)
{
	return truncate("precious", 0);
}

static int make_file(void)
{
	return open_and_close("new", O_WRONLY | O_CREAT | O_EXCL);
}

static int make_directory(void)
{
	return mkdir("newdir", 0755);
}

static int make_link(void)
{
	return symlink("precious", "newlink");
}

static int rename_other(void)
{
	return rename("precious", "moved");
}

static int remove_other(void)
{
	return unlink("dispensable");
}

static int list_directory(void)
{
	return open_and_close(".", O_RDONLY | O_DIRECTORY);
}

static int execute(void)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		char *const argv[] = { "true", NULL };

		unsetenv("LD_PRELOAD");
		execv("/usr/bin/true", argv);
		_exit(errno);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return -1;
	errno = WEXITSTATUS(status);
	return errno ? -1 : 0;
}

static int connect_somewhere(void)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(9) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), rc;

	to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	rc = connect(fd, (struct sockaddr *)&to, sizeof(to));
	if (rc < 0 && errno == ECONNREFUSED)
		rc = 0;
	close(fd);
	return rc;
}

static int signal_parent(void)
{
	return kill(atoi(getenv("INTRUDER_OTHER")), 0);
}

static int read_memory(void)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%s/mem", getenv("INTRUDER_OTHER"));
	return open_and_close(path, O_RDONLY);
}

static const struct {
	const char *name;
	int (*try)(void);
} harms[] = {
	{ "read", read_other },      { "write", write_other },    { "truncate", truncate_other },
	{ "create", make_file },     { "mkdir", make_directory }, { "symlink", make_link },
	{ "list", list_directory },  { "exec", execute },         { "connect", connect_somewhere },
	{ "signal", signal_parent }, { "memory", read_memory },   { "rename", rename_other },
	{ "remove", remove_other },
};

static void do_harm(const char *dir)
{
	char said[1024] = "intruder:";
	int back = open(".", O_PATH | O_DIRECTORY);

	if (chdir(dir) < 0)
		abort();
	for (size_t i = 0; i < ARRAY_SIZE(harms); i++)
		if (harms[i].try() == 0)
			strcat(strcat(said, " "), harms[i].name);
	strcat(said, "\n");
	if (write(STDERR_FILENO, said, strlen(said)) < 0 || fchdir(back) < 0)
		abort();
	close(back);
}

ssize_t read(int fd, void *buf, size_t size)
{
	ssize_t (*real)(int, void *, size_t) = dlsym(RTLD_NEXT, "read");
	const char *at = getenv("INTRUDER_AT"), *slash;
	char link[64], path[PATH_MAX];
	static int done;
	ssize_t len;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	len = done || !at ? -1 : readlink(link, path, sizeof(path) - 1);
	if (len > 0) {
		path[len] = '\0';
		slash = strrchr(path, '/');
		done = strcmp(slash ? slash + 1 : path, at) == 0;
		if (done)
			do_harm(getenv("INTRUDER_DIR"));
	}
	return real(fd, buf, size);
}

long syscall(long number, ...)
{
	long (*real)(long, ...) = dlsym(RTLD_NEXT, "syscall"), a[6];
	const char *version = getenv("INTRUDER_LANDLOCK");
	va_list ap;

	va_start(ap, number);
	for (size_t i = 0; i < ARRAY_SIZE(a); i++)
		a[i] = va_arg(ap, long);
	va_end(ap);
	if (version && number == SYS_landlock_create_ruleset) {
		if (!atoi(version)) {
			errno = ENOSYS;
			return -1;
		}
		if (!a[0])
			return atoi(version);
	}
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
