/*
 * hostile.c - a process that makes it hard to be looked at
 *
 * hostile KIND does in the working directory what the table at the end says,
 * prints "ready", and waits for a signal or goes on with it.
 */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum { PAGES = 4, PAGE = 4096 };

#define EVIL                                                                                       \
	"\033]0;pwned\007\033[2J\rx\302\233"                                                       \
	"31m\233\342\200\256cod\342\201\246\377\nb\\012\t\177"

static const char *const names[] = { "lib" EVIL ".so", "[heap]", "x (deleted)",
				     "\xff\xfe",       " ",      "\n" };

static void die(const char *what)
{
	perror(what);
	exit(1);
}

static void ready(void)
{
	puts("ready");
	if (fflush(stdout))
		die("ready");
}

/* Looks like a library, wherever somebody goes by its name or access. */
static void map(int fd)
{
	if (mmap(NULL, PAGES * PAGE, PROT_READ | PROT_EXEC, MAP_PRIVATE, fd, 0) == MAP_FAILED)
		die("mmap");
}

static int make(const char *name, const void *bytes, size_t len, off_t size)
{
	int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0755);

	if (fd < 0 || write(fd, bytes, len) != (ssize_t)len || ftruncate(fd, size))
		die(name);
	return fd;
}

static int make_plain(const char *name)
{
	return make(name, ELFMAG, SELFMAG, PAGES * PAGE);
}

/* ---- names ---- */

static void wear_names(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		map(make_plain(names[i]));
		map(memfd_create(names[i], 0));
	}
	prctl(PR_SET_NAME, "\033[31m\n)\377 R 1");
	ready();
	pause();
}

/* Far below any path that can be named in one go. */
static void go_deep(void)
{
	char name[251];

	memset(name, 'd', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	for (int i = 0; i < 40; i++)
		if (mkdir(name, 0755) || chdir(name))
			die("mkdir");
	map(make_plain("deep.so"));
	map(make_plain("gone.so"));
	unlink("gone.so");
	ready();
	pause();
}

/* ---- files that are something else by the time one looks ---- */

static void replace_files(void)
{
	static const char *const targets[] = { "/dev/zero", "/dev/tty", "fifo.so", "/proc/self/mem",
					       "loop.so" };
	char name[32];

	map(make_plain("fifo.so"));
	unlink("fifo.so");
	if (mkfifo("fifo.so", 0666))
		die("fifo.so");
	for (size_t i = 0; i < ARRAY_SIZE(targets); i++) {
		snprintf(name, sizeof(name), "link%zu.so", i);
		map(make_plain(name));
		unlink(name);
		if (symlink(targets[i], name))
			die(name);
	}
	map(make_plain("directory.so"));
	unlink("directory.so");
	mkdir("directory.so", 0755);
	map(open("/dev/zero", O_RDONLY));
	ready();
	pause();
}

/* ---- ELF files that lie ---- */

struct lie {
	uint64_t phoff, shoff, offset, filesz, memsz;
	uint16_t phnum, phentsize, shnum;
	int64_t size;
};

static const struct lie lies[] = {
	{ .phoff = UINT64_MAX, .phnum = 1, .phentsize = 56, .size = PAGES * PAGE },
	{ .phoff = UINT64_MAX - 55, .phnum = 255, .phentsize = 56, .size = PAGES * PAGE },
	{ .phoff = 64, .phnum = 0xffff, .phentsize = 56, .size = PAGES * PAGE },
	{ .phoff = 64, .phnum = 0xffff, .phentsize = 56, .shoff = PAGE, .size = INT64_C(1) << 40 },
	{ .phoff = 64, .phnum = 1, .phentsize = 0, .size = PAGES * PAGE },
	{ .phoff = 64,
	  .phnum = 1,
	  .phentsize = 56,
	  .offset = UINT64_MAX,
	  .filesz = UINT64_MAX,
	  .memsz = UINT64_MAX,
	  .size = PAGES * PAGE },
	{ .phoff = 64,
	  .phnum = 200,
	  .phentsize = 56,
	  .filesz = 1,
	  .memsz = UINT64_MAX,
	  .size = PAGES * PAGE },
	{ .phoff = INT64_C(1) << 39, .phnum = 9, .phentsize = 56, .size = INT64_C(1) << 40 },
	{ .phoff = 64,
	  .phnum = 1,
	  .phentsize = 56,
	  .shoff = PAGE,
	  .shnum = 0xff00,
	  .size = INT64_C(1) << 40 },
	/* No number of sections: the first one, at PAGE, tells. */
	{ .phoff = 64, .phnum = 1, .phentsize = 56, .shoff = PAGE, .size = INT64_C(1) << 40 },
};

static void tell_lie(const char *name, const struct lie *lie)
{
	Elf64_Ehdr ehdr = { .e_ident = { ELFMAG0, ELFMAG1, ELFMAG2, ELFMAG3, ELFCLASS64,
					 ELFDATA2LSB, EV_CURRENT },
			    .e_type = ET_DYN,
			    .e_machine = EM_X86_64,
			    .e_version = EV_CURRENT,
			    .e_phoff = lie->phoff,
			    .e_shoff = lie->shoff,
			    .e_ehsize = sizeof(ehdr),
			    .e_phentsize = lie->phentsize,
			    .e_phnum = lie->phnum,
			    .e_shentsize = sizeof(Elf64_Shdr),
			    .e_shnum = lie->shnum };
	const Elf64_Phdr phdr = { .p_type = PT_LOAD,
				  .p_flags = PF_R | PF_X,
				  .p_offset = lie->offset,
				  .p_filesz = lie->filesz,
				  .p_memsz = lie->memsz };
	const Elf64_Shdr first = { .sh_size = UINT64_C(1) << 28, .sh_info = 1 << 28 };
	char bytes[2 * PAGE] = { 0 };
	int fd;

	memcpy(bytes, &ehdr, sizeof(ehdr));
	for (size_t i = 0; i < 50; i++)
		memcpy(bytes + sizeof(ehdr) + i * sizeof(phdr), &phdr, sizeof(phdr));
	memcpy(bytes + PAGE, &first, sizeof(first));
	fd = make(name, bytes, sizeof(bytes), lie->size);
	map(fd);
	close(fd);
}

static void tell_lies(void)
{
	char name[32];

	for (size_t i = 0; i < ARRAY_SIZE(lies); i++) {
		snprintf(name, sizeof(name), "lie%zu.so", i);
		tell_lie(name, &lies[i]);
	}
	ready();
	pause();
}

/* ---- what does not stay as it is ---- */

/* A file that is cut and grown again all the time. */
static void shrink(void)
{
	int fd = make_plain("shrinking.so");

	tell_lie("shrinking.so", &(struct lie){ .phoff = 64,
						.phnum = 20,
						.phentsize = 56,
						.memsz = PAGE,
						.size = PAGES * PAGE });
	ready();
	for (;;)
		if (ftruncate(fd, 0) || ftruncate(fd, 100) || ftruncate(fd, PAGES * PAGE))
			die("ftruncate");
}

static void storm(void)
{
	ready();
	for (;;) {
		char *at = mmap(NULL, 64 * PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

		if (at == MAP_FAILED)
			die("mmap");
		for (int i = 1; i < 64; i += 2)
			mprotect(at + i * PAGE, PAGE, PROT_NONE);
		munmap(at, 64 * PAGE);
	}
}

static void fork_on(void)
{
	ready();
	for (;;) {
		pid_t child = fork();

		if (child == 0)
			_exit(0);
		if (child > 0)
			waitpid(child, NULL, 0);
	}
}

/* Its command line is in the memory of the process, which may write there what it likes. */
static void rename_on(char *args, size_t len)
{
	unsigned n = 0;

	ready();
	for (;;) {
		for (size_t i = 0; i < len; i++)
			args[i] = EVIL[(i + n) % (sizeof(EVIL) - 1)];
		prctl(PR_SET_NAME, &EVIL[n % (sizeof(EVIL) - 1)]);
		n++;
	}
}

/* ---- threads ---- */

static int wait_on(void *unused)
{
	(void)unused;
	while (pause() < 0)
		;
	return 0;
}

/* Fill it with what looks like a thread's control block: its own address twice. */
static void fill_with_blocks(char *at, size_t size)
{
	memset(at, 0x7f, size);
	for (size_t i = 0; i < size; i += 64) {
		const uintptr_t self = (uintptr_t)(at + i);

		memcpy(at + i, &self, sizeof(self));
		memcpy(at + i + 16, &self, sizeof(self));
	}
}

/* A stack with a guard, full of blocks. */
static void map_blocks(void)
{
	enum { STACK = 4 * PAGE, GUARD = PAGE };
	char *at = mmap(NULL, GUARD + STACK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + GUARD, STACK, PROT_READ | PROT_WRITE))
		die("mmap");
	fill_with_blocks(at + GUARD + STACK / 2, STACK / 2);
}

/* One region, in which every other page could be the top of a stack. */
static void map_crowd(void)
{
	enum { CROWD = 16384 * PAGE };
	char *at = mmap(NULL, CROWD, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || madvise(at, CROWD, MADV_NOHUGEPAGE))
		die("mmap");
	for (size_t i = PAGE; i < CROWD; i += (size_t)2 * PAGE)
		fill_with_blocks(at + i, PAGE);
}

/* Many threads, one of which runs, so that their stacks have to be looked for; and many stacks. */
static void look_threaded(void)
{
	enum { THREADS = 2000, STACKS = 3000, SHARED = CLONE_VM | CLONE_FS | CLONE_FILES };
	static char stack[16384]; /* for all: they only wait */
	volatile bool run = true;

	for (unsigned i = 0; i < STACKS; i++)
		map_blocks();
	map_crowd();
	for (unsigned i = 0; i < THREADS; i++)
		if (clone(wait_on, stack + sizeof(stack), SHARED | CLONE_SIGHAND | CLONE_THREAD,
			  NULL) < 0)
			break;
	ready();
	while (run)
		;
}

static const struct {
	const char *name;
	void (*be)(void);
} kinds[] = {
	{ "names", wear_names }, /* files, memfds and itself have names that drive terminals */
	{ "deep", go_deep },     /* files whose paths are longer than PATH_MAX */
	{ "replaced", replace_files }, /* libraries that are FIFOs, devices or links by now */
	{ "lies", tell_lies },         /* ELF files whose headers promise too much */
	{ "shrink", shrink },          /* a library that is cut while it is read */
	{ "storm", storm },            /* maps and unmaps without end */
	{ "fork", fork_on },           /* forks without end */
	{ "threads", look_threaded },  /* memory that looks like thousands of stacks of threads */
};

int main(int argc, char **argv)
{
	if (argc < 2)
		return 2;
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		if (!strcmp(argv[1], kinds[i].name))
			kinds[i].be();
	/* Execs without end: a name that says so, and not yet "ready" for those who wait. */
	if (!strcmp(argv[1], "exec")) {
		if (argc == 2)
			ready();
		execl("/proc/self/exe", argv[0], argv[1], EVIL, (char *)NULL);
		die("exec");
	}
	/* Changes its command line and name without end. */
	if (!strcmp(argv[1], "rename"))
		rename_on(argv[0], (size_t)(argv[argc - 1] + strlen(argv[argc - 1]) - argv[0]));
	return 2;
}
