/* outfile.c - see outfile.h */
#include "outfile.h"

#include "access.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef RENAME_NOREPLACE
#define RENAME_NOREPLACE 1
#endif

enum {
	PRIVATE = 0600, /* until it has the old one's */
	USUAL = 0644,
	TRIES = 100,
};

/* Without a name as long as it is not whole: if we are killed, nothing is left of it. */
static int open_nameless(const char *path, mode_t mode)
{
	const char *slash = strrchr(path, '/');
	char *dir = slash ? vmv_strdup(path) : NULL;
	int fd = -1;

	if (dir)
		dir[slash - path + 1] = '\0';
	if (access("/proc/self/fd", X_OK) == 0) /* where it can get one */
		fd = open(dir ? dir : ".", O_TMPFILE | O_WRONLY | O_CLOEXEC, mode);
	free(dir);
	return fd;
}

/* A name beside the file that is to be. */
static void choose_name(struct outfile *f, int i)
{
	free(f->temp);
	f->temp = vmv_asprintf("%s.%d-%d", f->path, (int)getpid(), i);
}

static void forget_name(struct outfile *f)
{
	free(f->temp);
	f->temp = NULL;
}

static int open_named(struct outfile *f, mode_t mode)
{
	int fd = -1, error = EEXIST;

	for (int i = 0; i < TRIES && fd < 0 && error == EEXIST; i++) {
		choose_name(f, i);
		fd = open(f->temp, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
		error = errno;
	}
	if (fd < 0) { /* nothing was made */
		forget_name(f);
		errno = error;
	}
	return fd;
}

static int fail(const char *path, struct vmv_error *err)
{
	return vmv_fail(err, errno, "cannot write %.200s: %m", path);
}

static int open_beside(struct outfile *f, mode_t mode, struct vmv_error *err)
{
	f->fd = open_nameless(f->path, mode);
	if (f->fd < 0) /* not every file system has that */
		f->fd = open_named(f, mode);
	return f->fd < 0 ? fail(f->path, err) : 0;
}

/* One of its own first, since a file that is there can't be replaced in the same step. */
static int give_name(struct outfile *f)
{
	char self[64];
	int rc = -EEXIST;

	snprintf(self, sizeof(self), "/proc/self/fd/%d", f->fd);
	for (int i = 0; i < TRIES && rc == -EEXIST; i++) {
		choose_name(f, i);
		rc = linkat(AT_FDCWD, self, AT_FDCWD, f->temp, AT_SYMLINK_FOLLOW) < 0 ? -errno : 0;
	}
	if (rc < 0)
		forget_name(f);
	return rc;
}

/* ---- open ---- */

/* The kernel made it as open(2) does, but not each applies the umask to a file without a name.
 * Never more: the directory's default list (acl(5)) may have left others less. */
static int apply_umask(int fd)
{
	mode_t mask = umask(0);
	struct stat st;

	umask(mask);
	return fstat(fd, &st) < 0 ? -1 : fchmod(fd, st.st_mode & USUAL & ~mask);
}

static int make_new(struct outfile *f, const char *path, struct vmv_error *err)
{
	struct stat st;

	if (lstat(path, &st) == 0)
		return vmv_fail(err, ENOENT, "cannot write %.200s: a link that leads nowhere",
				path);
	f->path = vmv_strdup(path);
	if (open_beside(f, USUAL, err) < 0)
		return -err->code;
	return apply_umask(f->fd) < 0 ? fail(path, err) : 0;
}

static bool is_same(const struct stat *a, const struct stat *b)
{
	return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Is the old file at that place?  @path is none of a link. */
static bool is_in_place(const struct outfile *f)
{
	struct stat old, st;

	return fstat(f->old, &old) == 0 && lstat(f->path, &st) == 0 && is_same(&old, &st);
}

static int hand_on(const struct outfile *f, struct vmv_error *err)
{
	struct vmv_error why;

	if (!is_in_place(f))
		return vmv_fail(err, EAGAIN, "cannot write %.200s: it now leads to another file",
				f->path);
	if (access_hand_on(f->old, f->fd, &why) == 0)
		return 0;
	return vmv_fail(err, why.code, "cannot write %.80s: %s", f->path, why.text);
}

/* A link stays a link: what it leads to is what is replaced. */
static int replace_old(struct outfile *f, const char *path, struct vmv_error *err)
{
	f->path = realpath(path, NULL);
	if (!f->path)
		return fail(path, err);
	if (open_beside(f, PRIVATE, err) < 0)
		return -err->code;
	return hand_on(f, err);
}

/*
 * In a directory like /tmp, a file that neither we nor the directory's owner put there: it would be
 * its owner's with what we write, as it was.  Where the kernel is asked to, it keeps shells from
 * that, too (fs.protected_regular and fs.protected_fifos of proc(5)).
 */
static bool is_bait(const char *path, const struct stat *old)
{
	char *real = realpath(path, NULL), *slash = real ? strrchr(real, '/') : NULL;
	struct stat dir;
	bool bait = false;

	if (slash) {
		slash[slash == real] = '\0';
		bait = stat(real, &dir) == 0 && dir.st_mode & S_ISVTX &&
		       dir.st_mode & (S_IWGRP | S_IWOTH) && old->st_uid != geteuid() &&
		       old->st_uid != dir.st_uid;
	}
	free(real);
	return bait;
}

static int take_old(struct outfile *f, const char *path, int fd, struct vmv_error *err)
{
	struct stat st;
	bool regular;

	if (fstat(fd, &st) < 0)
		return fail(path, err);
	regular = S_ISREG(st.st_mode);
	if ((regular || S_ISFIFO(st.st_mode)) && is_bait(path, &st))
		return vmv_fail(err, EACCES, "cannot write %.200s: somebody else put it there",
				path);
	if (regular)
		return replace_old(f, path, err);
	f->fd = fd;
	f->old = -1;
	return fcntl(fd, F_SETFL, O_WRONLY) < 0 ? fail(path, err) : 0;
}

static int fail_open(const char *path, struct vmv_error *err)
{
	int error = errno;
	struct stat st;

	if (error == ENXIO && stat(path, &st) == 0 && S_ISFIFO(st.st_mode))
		return vmv_fail(err, ENXIO, "cannot write %.200s: no process reads from it", path);
	errno = error;
	return fail(path, err);
}

/* The old one is opened as the shell would: the kernel keeps root from writing through links that
 * somebody left in /tmp, but not from renaming to where they lead. */
int outfile_open(struct outfile *f, const char *path, struct vmv_error *err)
{
	int fd, rc;

	*f = (struct outfile){ .fd = STDOUT_FILENO, .old = -1 };
	if (!path)
		return 0;
	f->fd = -1;
	fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0 && errno != ENOENT)
		return fail_open(path, err);
	f->old = fd;
	rc = fd < 0 ? make_new(f, path, err) : take_old(f, path, fd, err);
	if (rc < 0)
		outfile_close(f, false, NULL);
	return rc;
}

/* ---- close ---- */

/* Where there was none, none must have come meanwhile: it may not be for all to read. */
static int put_in_place(const struct outfile *f)
{
	if (f->old < 0) {
		if (syscall(SYS_renameat2, AT_FDCWD, f->temp, AT_FDCWD, f->path,
			    RENAME_NOREPLACE) == 0)
			return 0;
		if (errno != EINVAL && errno != ENOSYS) /* not every file system can do that */
			return -errno;
		if (access(f->path, F_OK) == 0)
			return -EEXIST;
	}
	return rename(f->temp, f->path) < 0 ? -errno : 0;
}

static int make_ready(struct outfile *f, struct vmv_error *err)
{
	int rc = f->old >= 0 ? hand_on(f, err) : 0;

	if (rc == 0 && !f->temp && (rc = give_name(f)) < 0)
		vmv_fail(err, -rc, "cannot write %.200s: %m", f->path);
	return rc;
}

int outfile_close(struct outfile *f, bool keep, struct vmv_error *err)
{
	int rc = 0;

	keep = keep && f->path && f->fd >= 0;
	if (keep)
		rc = make_ready(f, err);
	if (f->fd >= 0 && f->fd != STDOUT_FILENO && close(f->fd) < 0 && rc == 0)
		rc = vmv_fail(err, errno, "write error: %m");
	if (rc == 0 && keep && (rc = put_in_place(f)) < 0)
		vmv_fail(err, -rc, "cannot write %.200s: %m", f->path);
	if (f->temp && (rc < 0 || !keep))
		unlink(f->temp);
	if (f->old >= 0)
		close(f->old);
	free(f->temp);
	free(f->path);
	*f = (struct outfile){ .fd = -1, .old = -1 };
	return rc;
}
