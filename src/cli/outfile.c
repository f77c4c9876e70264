/* outfile.c - see outfile.h */
#include "outfile.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { USUAL = 0644 };

/* Without a name as long as it is not whole: if we are killed, nothing is left of it. */
static int open_nameless(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? vmv_strdup(path) : NULL;
	int fd = -1;

	if (dir)
		dir[slash - path + 1] = '\0';
	if (access("/proc/self/fd", X_OK) == 0) /* where it can get one */
		fd = open(dir ? dir : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
	free(dir);
	return fd;
}

static int open_named(struct outfile *f)
{
	int fd, error;

	if (asprintf(&f->temp, "%s.XXXXXX", f->path) < 0)
		vmv_no_memory();
	fd = mkostemp(f->temp, O_CLOEXEC);
	if (fd < 0) { /* nothing was made */
		error = errno;
		free(f->temp);
		f->temp = NULL;
		errno = error;
	}
	return fd;
}

static int fail(const char *path, struct vmv_error *err)
{
	return vmv_fail(err, errno, "cannot write %.200s: %m", path);
}

/* As open(2) would have made it, but for nobody who could not read the old one: mkstemp(3) lets
 * only the owner in. */
static int open_beside(struct outfile *f, mode_t most, struct vmv_error *err)
{
	mode_t mask = umask(0);

	umask(mask);
	f->fd = open_nameless(f->path);
	if (f->fd < 0) /* not every file system has that */
		f->fd = open_named(f);
	if (f->fd >= 0 && fchmod(f->fd, most & ~mask) == 0)
		return 0;
	return fail(f->path, err);
}

/* A name beside the old file, since one that is there can't be replaced in the same step. */
static int give_name(struct outfile *f)
{
	enum { TRIES = 100 };
	char self[64];
	int rc = -EEXIST;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->fd);
	for (int i = 0; i < TRIES; i++) {
		if (asprintf(&f->temp, "%s.%d-%d", f->path, (int)getpid(), i) < 0)
			vmv_no_memory();
		if (linkat(AT_FDCWD, self, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) == 0)
			return 0;
		rc = -errno;
		free(f->temp);
		f->temp = NULL;
		if (rc != -EEXIST)
			break;
	}
	return rc;
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
	if (fd < 0 && errno != ENOENT)
		return fail(path, err);
	if (fd < 0 && lstat(path, &st) == 0)
		return vmv_fail(err, ENOENT, "cannot write %.200s: a link to what is not there",
				path);
	if (fd < 0)
		return replace(f, vmv_strdup(path), USUAL, err);
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

	keep = keep && f->path && f->fd >= 0;
	if (keep && !f->temp && (rc = give_name(f)) < 0)
		vmv_fail(err, -rc, "cannot write %.200s: %m", f->path);
	if (f->fd >= 0 && f->fd != STDOUT_FILENO && close(f->fd) < 0 && rc == 0)
		rc = vmv_fail(err, errno, "write error: %m");
	if (rc == 0 && keep && rename(f->temp, f->path) < 0)
		rc = vmv_fail(err, errno, "cannot write %.200s: %m", f->path);
	if (f->temp && (rc < 0 || !keep))
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct outfile){ .fd = -1 };
	return rc;
}
