/* apart.c - see apart.h; bits and errors are those of proc_pid_pagemap(5), proc_pid_mem(5) */
#include "apart.h"

#include "means.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#define PM_PRESENT (UINT64_C(1) << 63)
#define PM_SWAPPED (UINT64_C(1) << 62)
#define PM_GUARD   (UINT64_C(1) << 58) /* Linux 6.15; swapped is set too */

/** struct answer - written by the child; it sends @bytes only if it read the piece, and @code if it
 *  lacked something itself */
struct answer {
	uint32_t page, code;
	unsigned char bytes[APART_MOST];
};

enum { HEAD = offsetof(struct answer, bytes) };

enum vmv_page apart_page(int code)
{
	errno = code;
	switch (code) {
	case EACCES:
	case EPERM:
		return VMV_PAGE_DENIED;
	case ESRCH:
	case ENOENT:
		return VMV_PAGE_GONE;
	default:
		return means_lack(code) ? VMV_PAGE_LACKING : VMV_PAGE_FAULT;
	}
}

/* ---- the child: it must not take locks, which other threads may have held at the fork ---- */

/** struct eyes - what it looks with; @code: errno if that could not be opened */
struct eyes {
	int pagemap, mem, code;
};

static ssize_t read_entry(const struct eyes *eyes, uint64_t number, uint64_t *entry)
{
	return pread(eyes->pagemap, entry, sizeof(*entry), (off_t)(number * sizeof(*entry)));
}

/* Returns VMV_PAGE_READ if the page is there. */
static enum vmv_page look(const struct eyes *eyes, uint64_t address)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), entry = 0;
	ssize_t got = read_entry(eyes, address / page, &entry);

	if (got < 0)
		return apart_page(errno);
	if (got != sizeof(entry)) /* the kernel's memory, or there is none at all any more */
		return read_entry(eyes, 0, &entry) ? VMV_PAGE_FAULT : VMV_PAGE_GONE;
	if (entry & PM_GUARD)
		return VMV_PAGE_GUARD;
	if (entry & PM_PRESENT)
		return VMV_PAGE_READ;
	return entry & PM_SWAPPED ? VMV_PAGE_SWAPPED : VMV_PAGE_ABSENT;
}

/* Read @size bytes of one page. */
static enum vmv_page read_page(const struct eyes *eyes, uint64_t address, size_t size, bool fetch,
			       unsigned char *to)
{
	enum vmv_page page = look(eyes, address);
	ssize_t got;

	if (page != VMV_PAGE_READ &&
	    !(fetch && (page == VMV_PAGE_ABSENT || page == VMV_PAGE_SWAPPED)))
		return page;
	got = pread(eyes->mem, to, size, (off_t)address);
	if (got < 0)
		return apart_page(errno);
	if (!got)
		return VMV_PAGE_GONE;
	return (size_t)got == size ? VMV_PAGE_READ : VMV_PAGE_FAULT;
}

static enum vmv_page read_piece(const struct eyes *eyes, const struct vmv_peek *piece,
				unsigned char *to)
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE), len;
	enum vmv_page all = VMV_PAGE_ABSENT;

	if (eyes->code)
		return apart_page(eyes->code);
	memset(to, 0, piece->size);
	for (size_t at = 0; at < piece->size; at += len) {
		uint64_t address = piece->address + at;
		enum vmv_page page;

		len = size - (size_t)(address % size);
		if (len > piece->size - at)
			len = piece->size - at;
		page = read_page(eyes, address, len, piece->fetch, to + at);
		if (page == VMV_PAGE_READ)
			all = VMV_PAGE_READ;
		else if (page != VMV_PAGE_ABSENT)
			return page;
	}
	return all;
}

static bool send(int fd, const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len) {
		ssize_t sent = write(fd, from, len);

		if (sent < 0 && errno == EINTR)
			continue;
		if (sent <= 0)
			return false;
		from += sent;
		len -= (size_t)sent;
	}
	return true;
}

static void open_eyes(struct eyes *eyes, int dir, const struct apart_files *files)
{
	*eyes = (struct eyes){ .mem = -1 };
	if (files) {
		eyes->pagemap = files->pagemap;
		eyes->mem = files->mem;
		return;
	}
	eyes->pagemap = openat(dir, "pagemap", O_RDONLY | O_CLOEXEC);
	if (eyes->pagemap >= 0)
		eyes->mem = openat(dir, "mem", O_RDONLY | O_CLOEXEC);
	eyes->code = eyes->mem < 0 ? errno : 0;
}

/* Close the rest: a child left behind must not keep readers of our output waiting. */
static void keep_only(int *out, struct eyes *eyes)
{
	int *const kept[] = { out, &eyes->pagemap, &eyes->mem };

	for (int i = 0; i < (int)ARRAY_SIZE(kept); i++) {
		if (*kept[i] < 0 || dup2(*kept[i], i) < 0)
			close(i);
		*kept[i] = i;
	}
	syscall(SYS_close_range, ARRAY_SIZE(kept), ~0U, 0); /* Linux 5.9 */
}

static _Noreturn void serve(int out, const struct apart_job *job)
{
	struct answer answer;
	struct eyes eyes;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	open_eyes(&eyes, job->dir, job->files);
	keep_only(&out, &eyes);
	for (size_t i = 0; i < job->n; i++) {
		size_t len = HEAD;

		answer.page = read_piece(&eyes, &job->pieces[i], answer.bytes);
		answer.code = answer.page == VMV_PAGE_LACKING ? (uint32_t)errno : 0;
		if (answer.page == VMV_PAGE_READ)
			len += job->pieces[i].size;
		if (!send(out, &answer, len))
			break;
	}
	_exit(0);
}

/* ---- the parent ---- */

/* A free slot for another child, or NULL. */
static pid_t *find_place(struct apart *apart)
{
	pid_t *place = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(apart->lost); i++) {
		pid_t *lost = &apart->lost[i];

		if (*lost && waitpid(*lost, NULL, WNOHANG) != 0)
			*lost = 0;
		if (!*lost)
			place = lost;
	}
	return place;
}

/* Read all @len bytes, unless none arrive for as long as we wait. */
static bool receive(int fd, int patience, void *bytes, size_t len)
{
	char *to = bytes;

	while (len) {
		struct pollfd wait = { .fd = fd, .events = POLLIN };
		int ready = poll(&wait, 1, patience);
		ssize_t got = ready > 0 ? read(fd, to, len) : 0;

		if ((ready < 0 || got < 0) && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		to += got;
		len -= (size_t)got;
	}
	return true;
}

/* Hand on the pieces with an answer. */
static size_t receive_all(struct apart *apart, int in, const struct apart_job *job)
{
	struct answer answer;
	size_t i;

	for (i = 0; i < job->n; i++) {
		if (!receive(in, apart->patience, &answer, HEAD))
			break;
		if (answer.page == VMV_PAGE_LACKING)
			means_note(&apart->lacking, (int)answer.code);
		if (answer.page == VMV_PAGE_READ &&
		    !receive(in, apart->patience, answer.bytes, job->pieces[i].size))
			break;
		job->take(job->data, i, (enum vmv_page)answer.page, answer.bytes);
	}
	return i;
}

/* Start the child that does @job; its answers come from *@in.  Returns it, or a negative errno. */
static pid_t start_child(const struct apart_job *job, int *in)
{
	pid_t child;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -errno;
	child = fork();
	if (child == 0)
		serve(ends[1], job);
	if (child < 0)
		child = -errno;
	close(ends[1]);
	if (child < 0)
		close(ends[0]);
	*in = ends[0];
	return child;
}

/* Returns how many pieces were answered, and in *@rest what the others are. */
static size_t read_in_child(struct apart *apart, const struct apart_job *job, enum vmv_page *rest)
{
	pid_t *place = find_place(apart), child;
	size_t answered;
	int in = -1;

	*rest = VMV_PAGE_SILENT;
	if (!place)
		return 0;
	child = start_child(job, &in);
	if (child < 0) {
		*rest = VMV_PAGE_LACKING;
		if (!apart->lacking)
			apart->lacking = -child;
		return 0;
	}
	answered = receive_all(apart, in, job);
	kill(child, SIGKILL);
	if (answered < job->n || waitpid(child, NULL, 0) < 0)
		*place = child;
	close(in);
	return answered;
}

void apart_read(struct apart *apart, const struct apart_job *job)
{
	enum vmv_page rest = VMV_PAGE_SILENT;
	size_t i = job->n ? read_in_child(apart, job, &rest) : 0;
	unsigned char none[APART_MOST];

	for (; i < job->n; i++)
		job->take(job->data, i, rest, none);
}
