/*
 * silentfs.c - a process that maps a file of a file system that stops answering
 *
 * silentfs fuse|overlay DIR FILE LOG: serves FILE as DIR/fuse/lib.so by a FUSE of its
 * own and, for overlay, shows it through DIR/merged; maps its code, reads the first
 * page, and from then on answers no question but notes it in LOG, one number a line
 * (enum fuse_opcode).  Then it prints "ready SERVER"; SIGKILL for SERVER frees whoever
 * waits for an answer.  On SIGUSR1 it drops the page from memory, and prints
 * "dropped"; on SIGUSR2 it takes the lock of its memory for good.
 *
 * Exit status 77 means that it may not mount anything here.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { ROOT = FUSE_ROOT_ID, LIBRARY, MAPPED = 65536 };

/* The server falls silent when @talk ends, and then closes @heard. */
struct server {
	int fuse, file, log, talk, heard;
	off_t size;
};

struct request {
	struct fuse_in_header head;
	char body[FUSE_MIN_READ_BUFFER + MAPPED];
};

struct reply {
	struct fuse_out_header head;
	char body[MAPPED];
};

static void skip(const char *what)
{
	fprintf(stderr, "silentfs: %s: %s\n", what, strerror(errno));
	exit(77);
}

static void fail(const char *what)
{
	fprintf(stderr, "silentfs: %s: %s\n", what, strerror(errno));
	exit(1);
}

static struct fuse_attr attr_of(const struct server *s, uint64_t node)
{
	struct fuse_attr attr = { .ino = node, .nlink = 1, .blksize = 4096 };

	attr.mode = node == ROOT ? S_IFDIR | 0755 : S_IFREG | 0755;
	attr.size = node == ROOT ? 0 : (uint64_t)s->size;
	return attr;
}

/* The kernel must cache nothing: it has to ask again each time. */
static long answer(const struct server *s, const struct request *r, void *to)
{
	const struct fuse_read_in *in = (const void *)r->body;
	struct fuse_init_out init = { .major = FUSE_KERNEL_VERSION,
				      .minor = FUSE_KERNEL_MINOR_VERSION,
				      .max_write = 4096 };
	struct fuse_entry_out entry = { .nodeid = LIBRARY, .attr = attr_of(s, LIBRARY) };
	struct fuse_attr_out attr = { .attr = attr_of(s, r->head.nodeid) };

	switch (r->head.opcode) {
	case FUSE_INIT:
		memcpy(to, &init, sizeof(init));
		return sizeof(init);
	case FUSE_LOOKUP:
		memcpy(to, &entry, sizeof(entry));
		return strcmp(r->body, "lib.so") == 0 ? (long)sizeof(entry) : -ENOENT;
	case FUSE_GETATTR:
		memcpy(to, &attr, sizeof(attr));
		return sizeof(attr);
	case FUSE_OPEN:
	case FUSE_OPENDIR:
		memset(to, 0, sizeof(struct fuse_open_out));
		return sizeof(struct fuse_open_out);
	case FUSE_STATFS:
		memset(to, 0, sizeof(struct fuse_statfs_out));
		return sizeof(struct fuse_statfs_out);
	case FUSE_READ:
		return pread(s->file, to, in->size < MAPPED ? in->size : MAPPED, (off_t)in->offset);
	default:
		return -ENOSYS;
	}
}

static int wants_answer(uint32_t opcode)
{
	return opcode != FUSE_FORGET && opcode != FUSE_BATCH_FORGET && opcode != FUSE_INTERRUPT &&
	       opcode != FUSE_RELEASE;
}

/* The next question that wants an answer; exits if no more can come. */
static void receive(const struct server *s, struct request *request)
{
	do {
		ssize_t got = read(s->fuse, request, sizeof(*request));

		if (got < 0 && (errno == EINTR || errno == ENOENT))
			request->head.opcode = FUSE_FORGET;
		else if (got <= 0)
			_exit(0);
	} while (!wants_answer(request->head.opcode));
}

static void reply_to(const struct server *s, const struct request *request)
{
	static struct reply reply;
	long len = answer(s, request, reply.body);

	reply.head.unique = request->head.unique;
	reply.head.error = len < 0 ? (int)len : 0;
	reply.head.len = (uint32_t)(sizeof(reply.head) + (size_t)(len < 0 ? 0 : len));
	if (write(s->fuse, &reply, reply.head.len) < 0 && errno != ENOENT)
		_exit(1);
}

static void serve(struct server *s)
{
	struct pollfd wait[] = { { .fd = s->fuse, .events = POLLIN }, { .fd = s->talk } };
	static struct request request;

	fcntl(s->fuse, F_SETFL, O_NONBLOCK);
	while (poll(wait, 2, -1) > 0 && !wait[1].revents) {
		request.head.opcode = FUSE_FORGET;
		if (read(s->fuse, &request, sizeof(request)) > 0 &&
		    wants_answer(request.head.opcode))
			reply_to(s, &request);
	}
	fcntl(s->fuse, F_SETFL, 0);
	close(s->heard);
	for (;;) {
		receive(s, &request);
		dprintf(s->log, "%u\n", request.head.opcode);
	}
}

static void mount_fuse(int fuse)
{
	char options[128];

	if (mkdir("fuse", 0755) < 0)
		fail("fuse");
	snprintf(options, sizeof(options),
		 "fd=%d,rootmode=40000,user_id=%u,group_id=%u,allow_other", fuse,
		 (unsigned)getuid(), (unsigned)getgid());
	if (mount("silentfs", "fuse", "fuse", MS_NOSUID | MS_NODEV, options) < 0)
		skip("cannot mount a FUSE");
}

static void mount_overlay(void)
{
	if (mkdir("empty", 0755) < 0 || mkdir("merged", 0755) < 0)
		fail("merged");
	if (mount("silentfs", "merged", "overlay", MS_RDONLY, "lowerdir=fuse:empty") < 0)
		skip("cannot mount an overlay");
}

static void *page;
static int file;

static void say(const char *what)
{
	puts(what);
	fflush(stdout);
}

static void drop(void)
{
	madvise(page, MAPPED, MADV_DONTNEED);
	posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	say("dropped");
}

/* The kernel needs the page, and keeps the lock until it has it. */
static void *read_own_memory(void *unused)
{
	int mem = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
	char byte;

	if (pread(mem, &byte, 1, (off_t)(uintptr_t)page) < 0)
		perror("silentfs: mem");
	return unused;
}

/* A waiting writer keeps all readers from taking the lock, too. */
static void hold_lock(int log)
{
	const struct timespec tick = { .tv_nsec = 1000000 };
	pthread_t thread;

	drop();
	if (pthread_create(&thread, NULL, read_own_memory, NULL))
		fail("thread");
	while (lseek(log, 0, SEEK_END) == 0)
		nanosleep(&tick, NULL);
	say("held");
	mmap(NULL, MAPPED, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

static void map_file(const char *path)
{
	close(open(path, O_RDONLY)); /* "no flush", so that the end of us needs no answer */
	file = open(path, O_RDONLY);
	page = mmap(NULL, MAPPED, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
	if (page == MAP_FAILED)
		fail(path);
	if (((volatile char *)page)[1] != 'E') /* of "\177ELF" */
		fail("no ELF file");
	posix_fadvise(file, 0, 0, POSIX_FADV_RANDOM);
}

static pid_t start_server(struct server *s, int *talk, int *heard)
{
	int talks[2], hears[2];
	pid_t server;

	if (pipe(talks) < 0 || pipe(hears) < 0)
		fail("pipe");
	server = fork();
	if (server < 0)
		fail("fork");
	s->talk = talks[server == 0 ? 0 : 1];
	s->heard = hears[server == 0 ? 1 : 0];
	close(talks[server == 0 ? 1 : 0]);
	close(hears[server == 0 ? 0 : 1]);
	if (server == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		serve(s);
	}
	*talk = s->talk;
	*heard = s->heard;
	close(s->fuse);
	return server;
}

static void open_all(struct server *s, char **argv)
{
	struct stat st;

	s->file = open(argv[3], O_RDONLY | O_CLOEXEC);
	s->log = open(argv[4], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (s->file < 0 || s->log < 0 || fstat(s->file, &st) < 0 || chdir(argv[2]) < 0)
		fail(argv[2]);
	s->size = st.st_size;
	s->fuse = open("/dev/fuse", O_RDWR | O_CLOEXEC);
	if (s->fuse < 0)
		skip("/dev/fuse");
}

int main(int argc, char **argv)
{
	int overlay, talk, heard, signal = 0;
	sigset_t orders;
	struct server s;
	pid_t server;
	char none;

	if (argc != 5)
		return 2;
	overlay = strcmp(argv[1], "overlay") == 0;
	open_all(&s, argv);
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		skip("no mount namespace");
	mount_fuse(s.fuse);
	server = start_server(&s, &talk, &heard);
	if (overlay)
		mount_overlay();
	map_file(overlay ? "merged/lib.so" : "fuse/lib.so");
	sigemptyset(&orders);
	sigaddset(&orders, SIGUSR1);
	sigaddset(&orders, SIGUSR2);
	sigprocmask(SIG_BLOCK, &orders, NULL);
	close(talk);
	if (read(heard, &none, 1) != 0)
		fail("server");
	printf("ready %d\n", (int)server);
	fflush(stdout);
	while (sigwait(&orders, &signal) == 0 && signal == SIGUSR1)
		drop();
	hold_lock(s.log);
	return 0;
}
