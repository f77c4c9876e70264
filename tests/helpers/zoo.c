/*
 * zoo.c - a process with one region of every class this machine allows
 *
 *	zoo [DIRECTORY]
 *
 * prints the truth about its regions (see zoo/zoo.h for the lines), then
 * "ready PID", and obeys one-word commands on standard input until "q" or the
 * end of it.  The commands change one region, the subject; each prints the
 * truth about what is left of it (or "gone START-END") and "done COMMAND".
 * Temporary files live in DIRECTORY, or in one it makes, and go at the end.
 */
#include "zoo/zoo.h"

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define RW     (PROT_READ | PROT_WRITE)
#define LENGTH 16u /* pages of the subject at first, and what it grows by */

/** struct subject - the region the commands change
 *  @start: NULL while it is unmapped
 *  @slot:  its place, with room to grow
 *  @split: where a page in the middle is read only, 0 when it is whole */
struct subject {
	size_t page;
	char *slot;
	char *start;
	size_t len;
	size_t split;
};

static volatile sig_atomic_t stopped;

static void tell(const struct subject *s)
{
	if (!s->split) {
		zoo_is(s->start, s->len, "anon", "rw-p", "the subject");
		return;
	}
	zoo_is(s->start, s->split, "anon", "rw-p", "the subject, first piece");
	zoo_is(s->start + s->split, s->page, "anon", "r--p", "the subject, middle piece");
	zoo_is(s->start + s->split + s->page, s->len - s->split - s->page, "anon", "rw-p",
	       "the subject, last piece");
}

static void join(struct subject *s)
{
	if (s->split && mprotect(s->start, s->len, RW))
		zoo_exit("mprotect");
	s->split = 0;
}

static void split(struct subject *s)
{
	join(s);
	s->split = s->len / s->page / 2 * s->page;
	if (mprotect(s->start + s->split, s->page, PROT_READ))
		zoo_exit("mprotect");
}

static void resize(struct subject *s, size_t len)
{
	join(s);
	if (mremap(s->start, s->len, len, 0) == MAP_FAILED)
		zoo_exit("mremap");
	s->len = len;
}

static void grow(struct subject *s)
{
	resize(s, s->len + LENGTH * s->page);
}

static void shrink(struct subject *s)
{
	resize(s, s->len / s->page / 2 * s->page);
}

static void touch(struct subject *s)
{
	join(s);
	zoo_touch(s->start, s->len, s->page);
}

static void unmap(struct subject *s)
{
	munmap(s->start, s->len);
	printf("gone %lx-%lx\n", (unsigned long)s->start, (unsigned long)(s->start + s->len));
	s->start = NULL;
	s->split = 0;
}

static void map(struct subject *s)
{
	if (s->start)
		unmap(s);
	s->len = LENGTH * s->page;
	s->start =
		mmap(s->slot, s->len, RW, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
	if (s->start == MAP_FAILED)
		zoo_exit("mmap");
}

/* Returns false when @word is no command or makes no sense now. */
static bool obey(struct subject *s, const char *word)
{
	static const struct {
		const char *word;
		void (*act)(struct subject *);
		bool needs_it;
	} commands[] = {
		{ "map", map, false },    { "grow", grow, true }, { "shrink", shrink, true },
		{ "split", split, true }, { "join", join, true }, { "touch", touch, true },
		{ "unmap", unmap, true },
	};

	for (size_t i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(word, commands[i].word) != 0)
			continue;
		if (commands[i].needs_it && (!s->start || s->len < 4 * s->page))
			return false;
		commands[i].act(s);
		if (s->start)
			tell(s);
		return true;
	}
	return false;
}

static void on_signal(int sig)
{
	(void)sig;
	stopped = 1;
}

static sigset_t catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGTERM };
	struct sigaction act = { .sa_handler = on_signal };
	sigset_t block, open;

	sigemptyset(&block);
	for (size_t i = 0; i < ARRAY_SIZE(signals); i++) {
		sigaction(signals[i], &act, NULL);
		sigaddset(&block, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &block, &open);
	return open;
}

/* One word from standard input; false at its end or on a signal. */
static bool next_word(char *word, size_t size, const sigset_t *open)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };
	size_t n = 0;
	char c;

	while (!stopped) {
		if (ppoll(&in, 1, NULL, open) < 0)
			continue;
		if (read(STDIN_FILENO, &c, 1) != 1)
			return false;
		if (c == '\n') {
			word[n] = '\0';
			return true;
		}
		if (n + 1 < size)
			word[n++] = c;
	}
	return false;
}

static void serve(struct zoo *z, const sigset_t *open)
{
	struct subject s = { .page = z->page, .slot = zoo_slot(z) };
	char word[32];

	map(&s);
	tell(&s);
	zoo_ready();
	while (next_word(word, sizeof(word), open) && strcmp(word, "q") != 0) {
		printf("%s %s\n", obey(&s, word) ? "done" : "cannot", word);
		if (fflush(stdout))
			return;
	}
}

static void make_everything(struct zoo *z)
{
	zoo_plugins(z);
	zoo_files(z);
	zoo_memory(z);
	zoo_code(z);
	zoo_shared(z);
	zoo_huge(z);
	zoo_devices(z);
	zoo_threads(z);
	zoo_images(z);
	zoo_kernel(z);
	zoo_stack(z);
	zoo_heap(z); /* last: it must not grow any more */
}

int main(int argc, char **argv)
{
	const char *tmp = getenv("TMPDIR");
	char made[4096] = "";
	struct zoo z;
	sigset_t open = catch_signals();

	if (argc > 2)
		errx(1, "usage: zoo [DIRECTORY]");
	if (argc < 2) {
		snprintf(made, sizeof(made), "%s/zoo.XXXXXX", tmp ? tmp : "/tmp");
		if (!mkdtemp(made))
			zoo_exit(made);
	}
	zoo_init(&z, argc < 2 ? made : argv[1]);
	make_everything(&z);
	serve(&z, &open);
	zoo_done(&z);
	if (*made && rmdir(made))
		zoo_exit(made);
	return 0;
}
