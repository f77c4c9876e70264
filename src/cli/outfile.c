/* outfile.c - see outfile.h */
#include "outfile.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int open_as_is(struct outfile *f, const char *path, struct vmv_error *err)
{
	f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	return f->fd < 0 ? vmv_fail(err, errno, "cannot write %.200s: %m", path) : 0;
}

/* As open(2) would have made it: mkstemp(3) lets only the owner in. */
static int open_beside(struct outfile *f, struct vmv_error *err)
{
	mode_t mask = umask(0);

	umask(mask);
	if (asprintf(&f->temp, "%s.XXXXXX", f->path) < 0)
		vmv_no_memory();
	f->fd = mkostemp(f->temp, O_CLOEXEC);
	if (f->fd >= 0 && fchmod(f->fd, 0644 & ~mask) == 0)
		return 0;
	vmv_fail(err, errno, "cannot write %.200s: %m", f->temp);
	if (f->fd < 0) { /* nothing was made */
		free(f->temp);
		f->temp = NULL;
	}
	return -err->code;
}

int outfile_open(struct outfile *f, const char *path, struct vmv_error *err)
{
	struct stat st;
	bool exists;
	int rc;

	*f = (struct outfile){ .fd = STDOUT_FILENO };
	if (!path)
		return 0;
	exists = stat(path, &st) == 0;
	if (exists && !S_ISREG(st.st_mode))
		return open_as_is(f, path, err);
	/* A link stays a link: its target is what is replaced. */
	f->path = exists ? realpath(path, NULL) : vmv_strdup(path);
	if (!f->path)
		return vmv_fail(err, errno, "cannot write %.200s: %m", path);
	rc = open_beside(f, err);
	if (rc < 0)
		outfile_close(f, false, NULL);
	return rc;
}

int outfile_close(struct outfile *f, bool keep, struct vmv_error *err)
{
	int rc = 0;

	if (f->fd >= 0 && f->fd != STDOUT_FILENO && close(f->fd) < 0)
		rc = vmv_fail(err, errno, "write error: %m");
	if (rc == 0 && keep && f->temp && rename(f->temp, f->path) < 0)
		rc = vmv_fail(err, errno, "cannot write %.200s: %m", f->path);
	if (f->temp && (rc < 0 || !keep))
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct outfile){ .fd = -1 };
	return rc;
}
