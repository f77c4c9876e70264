/* access.c - see access.h */
#include "access.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

enum {
	PERMISSIONS = 0777,
	OWNER_ONLY = 0600,
};

/** struct attribute - the bytes of an extended attribute; @len is 0 if the file lacks it */
struct attribute {
	char *bytes;
	size_t len;
};

/* Attributes that restrict access beyond the mode; no file system has all of them. */
static const char *const attributes[] = {
	"system.posix_acl_access", /* acl(5) */
	"system.nfs4_acl",
	"security.selinux",
	"security.SMACK64",
};

static int get(int fd, const char *name, struct attribute *a)
{
	ssize_t len = fgetxattr(fd, name, NULL, 0);

	*a = (struct attribute){ 0 };
	if (len > 0) {
		a->bytes = vmv_realloc(NULL, (size_t)len, 1);
		len = fgetxattr(fd, name, a->bytes, (size_t)len);
	}
	if (len < 0 && errno != ENODATA && errno != ENOTSUP)
		return -errno;
	a->len = len > 0 ? (size_t)len : 0;
	return 0;
}

static int set(int fd, const char *name, const struct attribute *a)
{
	int rc = a->len ? fsetxattr(fd, name, a->bytes, a->len, 0) : fremovexattr(fd, name);

	return rc < 0 ? -errno : 0;
}

static bool same(const struct attribute *a, const struct attribute *b)
{
	return a->len == b->len && (!a->len || !memcmp(a->bytes, b->bytes, a->len));
}

/* An attribute that @from lacks is removed: a directory may give new files a list of its own. */
static int hand_on_attribute(int from, int to, const char *name)
{
	struct attribute want, have;
	int rc = get(from, name, &want);
	int other = get(to, name, &have);

	if (rc == 0)
		rc = other;
	if (rc == 0 && !same(&want, &have))
		rc = set(to, name, &want);
	free(want.bytes);
	free(have.bytes);
	return rc;
}

static int hand_on_owner(int to, const struct stat *want)
{
	struct stat have;

	if (fstat(to, &have) < 0)
		return -errno;
	if (have.st_uid == want->st_uid && have.st_gid == want->st_gid)
		return 0;
	return fchown(to, want->st_uid, want->st_gid) < 0 ? -errno : 0;
}

/* First close the file to others.  Set the mode last: with a list, it holds the list's mask. */
int access_hand_on(int from, int to, struct vmv_error *err)
{
	struct stat want;
	int rc;

	if (fstat(from, &want) < 0 || fchmod(to, OWNER_ONLY) < 0)
		return vmv_fail(err, errno, "its permissions can't be kept: %m");
	rc = hand_on_owner(to, &want);
	if (rc < 0)
		return vmv_fail(err, -rc, "its owner and group can't be kept: %m");
	for (size_t i = 0; i < sizeof(attributes) / sizeof(*attributes); i++) {
		rc = hand_on_attribute(from, to, attributes[i]);
		if (rc < 0)
			return vmv_fail(err, -rc, "its %s can't be kept: %m", attributes[i]);
	}
	if (fchmod(to, want.st_mode & PERMISSIONS) < 0)
		return vmv_fail(err, errno, "its permissions can't be kept: %m");
	return 0;
}
