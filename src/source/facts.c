/* facts.c - see facts.h */
#include "facts.h"

#include "means.h"
#include "proc.h"
#include "procfile.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/text.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static int read_status(int dir, struct vmv_process *p)
{
	enum { EFFECTIVE = 1 };
	uint64_t tgid, uid;
	char text[4096];
	long len = procfile_read(dir, "status", text, sizeof(text) - 1);

	if (len < 0)
		return (int)len;
	text[len] = '\0';
	/* The kernel escapes the newlines of a name. */
	if (!procfile_number(text, "\nTgid:", 0, &tgid) ||
	    !procfile_number(text, "\nUid:", EFFECTIVE, &uid))
		return -ESRCH;
	p->tgid = (int)tgid;
	p->uid = (unsigned)uid;
	return 0;
}

/* Nothing in it has to be made printable. */
static bool is_plain(const char *s, size_t len)
{
	return len > 0 && vmv_is_clean(s, len, true);
}

/* The arguments with spaces between them, or NULL if that is not all there is to do. */
static char *read_plain_command(int dir)
{
	char text[4096];
	long got = procfile_read(dir, "cmdline", text, sizeof(text));
	size_t len = got < 0 ? 0 : (size_t)got;

	if (len == sizeof(text)) /* there may be more */
		return NULL;
	while (len > 0 && !text[len - 1])
		len--;
	for (size_t i = 0; i < len; i++)
		if (!text[i])
			text[i] = ' ';
	/* libproc2 takes a space at the end for something else. */
	if (!is_plain(text, len) || text[len - 1] == ' ')
		return NULL;
	text[len] = '\0';
	return vmv_strdup(text);
}

static int read_words(struct vmv_proc *proc, int dir, const struct procfile_stat *stat,
		      struct vmv_process *p)
{
	free(p->command);
	free(p->name);
	p->command = read_plain_command(dir);
	p->name = is_plain(stat->name, strlen(stat->name)) ? vmv_strdup(stat->name) : NULL;
	return p->command && p->name ? 0 : proc_words(proc, p);
}

int facts_read(struct vmv_proc *proc, int dir, int pid, struct procfile_stat *stat,
	       struct vmv_process *p)
{
	int rc = procfile_stat(dir, stat);

	if (rc == 0)
		rc = read_status(dir, p);
	if (rc < 0)
		return rc == -EACCES || rc == -EPERM || means_lack(-rc) ? rc : -ESRCH;
	p->pid = pid;
	p->state = stat->state;
	p->start_ticks = stat->start_ticks;
	p->minor_faults = stat->minor_faults;
	p->major_faults = stat->major_faults;
	/* 0 is also what we get when we may not know. */
	p->stack_start = stat->stack_start ? stat->stack_start : VMV_UNKNOWN;
	return read_words(proc, dir, stat, p);
}
