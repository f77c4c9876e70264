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

enum { USUAL = 0644 };

/* As open(2) would have made it, but for nobody who could not read the old one: mkstemp(3) lets
 * only the owner in. */
static int open_beside(struct outfile *f, mode_t most, struct vmv_error *err)
{
	mode_t mask = umask(0);

	umask(mask);
	if (asprintf(&f->temp, "%s.XXXXXX", f->path) < 0)
		vmv_no_memory();
	f->fd = mkostemp(f->temp, O_CLOEXEC);
	if (f->fd >= 0 && fchmod(f->fd, most & ~mask) == 0)
		return 0;
	vmv_fail(err, errno, "cannot write %.200s: %m", f->temp);
	if (f->fd < 0) { /* nothing was made */
		free(f->temp);
		f->temp = NULL;
	}
	return -err->code;
}

static int fail(const char *path, struct vmv_error *err)
{
	return vmv_fail(err, errno, "cannot write %.200s: %m", path);
}

static int replace(struct outfile *f, char *path, mode_t most, struct vmv_error *err)
{
	int rc;

	f->path = path;
	rc = open_beside(f, most, err);
	if (rc < 0)
		outfile_close(f, false, NULL);
	return rc;
}

/* A link stays a link: its target, which is @old, is what is replaced. */
static int replace_old(struct outfile *f, const char *name, const struct stat *old,
		       struct vmv_error *err)
{
	char *path = realpath(name, NULL);
	struct stat st;

	if (path && stat(path, &st) == 0 && st.st_dev == old->st_dev && st.st_ino == old->st_ino)
		return replace(f, path, old->st_mode & USUAL, err);
	free(path);
	return vmv_fail(err, EAGAIN, "cannot write %.200s: it leads to another file by now", name);
}

/* The old one is opened as the shell would: the kernel keeps root from writing through links that
 * somebody left in /tmp, but not from renaming to where they lead. */
int outfile_open(struct outfile *f, const char *path, struct vmv_error *err)
{
	struct stat st;
	int fd, rc;

	*f = (struct outfile){ .fd = STDOUT_FILENO };
	if (!path)
		return 0;
	fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return errno == ENOENT ? replace(f, vmv_strdup(path), USUAL, err) : fail(path, err);
	if (fstat(fd, &st) == 0 && !S_ISREG(st.st_mode)) {
		f->fd = fd;
		return 0;
	}
	rc = replace_old(f, path, &st, err);
	close(fd);
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
