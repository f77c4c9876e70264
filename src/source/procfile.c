/* procfile.c - see procfile.h */
#include "procfile.h"

#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/units.h"

#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int procfile_open(int pid)
{
	char path[32];

	snprintf(path, sizeof(path), "/proc/%d", pid);
	return open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

long procfile_read(int dir, const char *name, void *buf, size_t size)
{
	int fd = openat(dir, name, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t got;

	if (fd < 0)
		return -errno;
	while (len < size && (got = read(fd, (char *)buf + len, size - len)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int code = errno;

			close(fd);
			return -code;
		}
		len += (size_t)got;
	}
	close(fd);
	return (long)len;
}

bool procfile_number(const char *text, const char *name, unsigned skip, uint64_t *value)
{
	const char *s = strstr(text, name);
	char *end;

	if (!s)
		return false;
	s += strlen(name);
	do {
		*value = strtoull(s, &end, 10);
		if (end == s)
			return false;
		s = end;
	} while (skip-- > 0);
	return true;
}

enum { /* fields of stat, numbered as in proc_pid_stat(5) */
       STATE = 3,
       FLAGS = 9,
       MINOR = 10,
       MAJOR = 12,
       START = 22,
       STACK = 28,
       FIELDS = 52
};

/* Those of the text after "(comm) "; 0 if there is none. */
static void take_fields(const char *s, uint64_t field[FIELDS])
{
	for (unsigned n = STATE; n < FIELDS; n++) {
		field[n] = strtoull(s, NULL, 10);
		s += strcspn(s, " ");
		s += strspn(s, " ");
	}
}

int procfile_stat(int dir, struct procfile_stat *st)
{
	/* startcode, endcode, start_data, end_data, start_brk, arg_start to env_end */
	static const unsigned char image[] = { 26, 27, 45, 46, 47, 48, 49, 50, 51 };
	enum { PF_KTHREAD = 0x00200000 };
	uint64_t field[FIELDS];
	char text[1024], *name, *s;
	long len = procfile_read(dir, "stat", text, sizeof(text) - 1);

	if (len < 0)
		return (int)len;
	text[len] = '\0';
	/* "1234 (comm) S ...": comm may hold anything, also parentheses. */
	name = strchr(text, '(');
	s = strrchr(text, ')');
	if (!name || !s || s < name || s[1] != ' ' || !s[2])
		return -ESRCH;
	*s = '\0';
	snprintf(st->name, sizeof(st->name), "%.63s", name + 1);
	s += 2;
	take_fields(s, field);
	st->state = *s;
	st->kernel_thread = field[FLAGS] & PF_KTHREAD;
	st->minor_faults = field[MINOR];
	st->major_faults = field[MAJOR];
	st->start_ticks = field[START];
	st->stack_start = field[STACK];
	for (size_t i = 0; i < sizeof(image); i++)
		st->image[i] = field[image[i]];
	return 0;
}

bool procfile_is_same_program(const struct procfile_stat *a, const struct procfile_stat *b)
{
	return a->stack_start == b->stack_start && !memcmp(a->image, b->image, sizeof(a->image));
}

int procfile_tid(const char *name)
{
	return (int)strtol(name, NULL, 10);
}

void procfile_take_auxv(struct vmv_process *p, uint64_t type, uint64_t value)
{
	switch (type) {
	case AT_ENTRY:
		p->entry = value;
		break;
	case AT_PHDR:
		p->phdr = value;
		break;
	case AT_BASE:
		p->base = value;
		break;
	case AT_SYSINFO_EHDR:
		p->vdso = value;
		break;
	}
}

int procfile_auxv(int dir, struct vmv_process *p)
{
	union {
		uint64_t wide[128];
		uint32_t narrow[256];
	} auxv = { { 0 } };
	long len = procfile_read(dir, "auxv", &auxv, sizeof(auxv));
	size_t words;

	if (len < (long)sizeof(uint64_t))
		return len < 0 ? (int)len : 0;
	p->entry = p->phdr = p->base = p->vdso = 0;
	/* Pairs of the process's own word size: of 32 bits, two make a huge type. */
	if (auxv.wide[0] <= UINT16_MAX) {
		words = (size_t)len / sizeof(uint64_t);
		for (size_t i = 0; i + 1 < words; i += 2)
			procfile_take_auxv(p, auxv.wide[i], auxv.wide[i + 1]);
	} else {
		words = (size_t)len / sizeof(uint32_t);
		for (size_t i = 0; i + 1 < words; i += 2)
			procfile_take_auxv(p, auxv.narrow[i], auxv.narrow[i + 1]);
	}
	return 0;
}

void procfile_user(struct vmv_process *p)
{
	const struct passwd *user = getpwuid(p->uid);
	char number[VMV_NUMBER_ROOM];

	vmv_put_dec(number, p->uid);
	free(p->user);
	p->user = vmv_strdup(user ? user->pw_name : number);
}

void procfile_stamp(char **when, char **kernel)
{
	char text[sizeof("2026-11-22T20:00:00Z") + 8];
	time_t now = time(NULL);
	struct utsname host;
	struct tm utc;

	if (gmtime_r(&now, &utc) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc))
		*when = vmv_strdup(text);
	if (uname(&host) == 0)
		*kernel = vmv_strdup(host.release);
}
