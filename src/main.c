/*
 * main.c - vmapview: what is this process's memory made of?
 */
#include "vmapview/alloc.h"
#include "vmapview/lazy.h"
#include "vmapview/options.h"
#include "vmapview/run.h"
#include "vmapview/tui.h"

#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What to end with where nothing can be handed back.
 * NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): nothing else gets there */
static int trouble = VMV_EXIT_TROUBLE;

_Noreturn void vmv_no_memory(void)
{
	static const char text[] = "vmapview: out of memory\n";

	vmv_tui_restore();
	/* Nothing is left to do if even this can't be written. */
	if (write(STDERR_FILENO, text, sizeof(text) - 1) < 0)
		_exit(trouble);
	_exit(trouble);
}

_Noreturn void vmv_no_library(const char *why)
{
	vmv_tui_restore();
	fprintf(stderr, "vmapview: cannot load a library: %s\n", why);
	exit(trouble);
}

/* What was closed would be the next file that is opened, and have our messages in it. */
static void occupy_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_PATH) < 0)
			open("/", O_PATH); /* neither can be read or written */
}

/* Nobody should have given us more rights than the user has. */
static void drop_setuid(void)
{
	uid_t uid = getuid();
	gid_t gid = getgid();

	if (geteuid() == uid && getegid() == gid)
		return;
	if (setresgid(gid, gid, gid) < 0 || setresuid(uid, uid, uid) < 0)
		_exit(EXIT_FAILURE);
}

/* A file that may not grow is a write error like a full disk, and undone like one. */
static void report_file_limit(void)
{
	signal(SIGXFSZ, SIG_IGN);
}

int main(int argc, char **argv)
{
	struct vmv_options options;

	occupy_streams();
	drop_setuid();
	report_file_limit();
	/* Each further category is a file to map; nothing here depends on them. */
	setlocale(LC_CTYPE, "");
	setlocale(LC_MESSAGES, "");
	vmv_options_parse(&options, argc, argv);
	trouble = vmv_trouble(&options);
	return vmv_run(&options);
}
