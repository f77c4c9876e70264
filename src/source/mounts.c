/* mounts.c - see mounts.h */
#include "mounts.h"

#include "means.h"
#include "vmapview/alloc.h"
#include "vmapview/map.h"
#include "vmapview/reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#ifndef STATX_MNT_ID /* Linux 5.8 */
#define STATX_MNT_ID 0x1000U
#endif

/* Local file systems; not overlayfs or ecryptfs, whose layers may be anything. */
static const char *const local_types[] = {
	"bcachefs", "btrfs",  "cramfs", "devtmpfs", "erofs",     "exfat",   "ext2",   "ext3",
	"ext4",     "f2fs",   "hfs",    "hfsplus",  "hugetlbfs", "iso9660", "jffs2",  "jfs",
	"minix",    "nilfs2", "ntfs3",  "ramfs",    "reiserfs",  "romfs",   "rootfs", "squashfs",
	"tmpfs",    "ubifs",  "udf",    "ufs",      "vfat",      "xfs",     "zfs",
};

/* "fuse", "fuseblk" and "fuse.sshfs" all begin alike. */
static const char *const remote_types[] = {
	"9p",     "afs",    "autofs", "beegfs", "ceph",   "cifs",     "coda",     "gfs2",
	"gpfs",   "lustre", "ncpfs",  "nfs",    "nfs4",   "ocfs2",    "orangefs", "panfs",
	"prl_fs", "pvfs2",  "smb3",   "smbfs",  "vboxsf", "virtiofs", "vmhgfs",
};

static bool is_among(const char *type, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(type, list[i]))
			return true;
	return false;
}

static enum mount_kind kind_of(const char *type)
{
	if (is_among(type, local_types, ARRAY_SIZE(local_types)))
		return MOUNT_LOCAL;
	if (!strncmp(type, "fuse", strlen("fuse")) ||
	    is_among(type, remote_types, ARRAY_SIZE(remote_types)))
		return MOUNT_REMOTE;
	return MOUNT_UNKNOWN;
}

/* "36 35 98:0 /root /point rw,noatime shared:1 - ext3 /dev/root rw"; spaces in names are escaped.
 */
static bool take_line(char *line, struct mount *mount)
{
	char *type = strstr(line, " - "), *s = line;

	if (!type)
		return false;
	mount->id = strtoull(s, &s, 10);
	strtoull(s, &s, 10); /* its parent */
	mount->major = (uint32_t)strtoul(s, &s, 10);
	if (*s != ':')
		return false;
	mount->minor = (uint32_t)strtoul(s + 1, NULL, 10);
	type += strlen(" - ");
	type[strcspn(type, " ")] = '\0';
	mount->kind = kind_of(type);
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct mount *x = a, *y = b;
	uint64_t left = vmv_device(x->major, x->minor), right = vmv_device(y->major, y->minor);

	return (left > right) - (left < right);
}

static void add(struct mounts *m, int dir, const char *path)
{
	struct vmv_reader in = { .fd = openat(dir, path, O_RDONLY | O_CLOEXEC) };
	struct mount mount;
	char *line;
	size_t len;

	if (in.fd < 0) {
		means_note(&m->lacking, errno);
		return;
	}
	while (vmv_reader_line(&in, &line, &len) > 0) {
		if (!take_line(line, &mount))
			continue;
		m->list = vmv_grow(m->list, m->n, &m->room, sizeof(*m->list));
		m->list[m->n++] = mount;
	}
	vmv_reader_done(&in);
	close(in.fd);
	if (m->n)
		qsort(m->list, m->n, sizeof(*m->list), compare);
}

static void add_ours(struct mounts *m)
{
	add(m, AT_FDCWD, "/proc/self/mountinfo");
	m->ours = true;
}

static void read_again(struct mounts *m)
{
	m->n = 0;
	m->ours = false;
	add(m, m->dir, "mountinfo");
}

void mounts_open(struct mounts *m, int dir)
{
	*m = (struct mounts){ .dir = dir };
	read_again(m);
}

void mounts_close(struct mounts *m)
{
	while (m->npins > 0)
		close(m->pins[--m->npins].fd);
	free(m->list);
	*m = (struct mounts){ 0 };
}

/*
 * In a chroot that is not a mount, nobody lists the file system of "/".  Whatever
 * it is, we would not be running if it did not answer.
 */
static enum mount_kind kind_unlisted(uint32_t major, uint32_t minor)
{
	struct statx st;

	if (statx(AT_FDCWD, "/", AT_STATX_DONT_SYNC, STATX_TYPE, &st) == 0 &&
	    st.stx_dev_major == major && st.stx_dev_minor == minor)
		return MOUNT_LOCAL;
	return MOUNT_UNKNOWN;
}

/* The process may have got a file from our mount namespace, through an open descriptor. */
enum mount_kind mounts_kind(struct mounts *m, uint32_t major, uint32_t minor)
{
	const struct mount key = { .major = major, .minor = minor }, *found = NULL;

	for (;;) {
		if (m->n)
			found = bsearch(&key, m->list, m->n, sizeof(key), compare);
		if (found || m->ours)
			return found ? found->kind : kind_unlisted(major, minor);
		add_ours(m);
	}
}

static const struct mount *by_id(struct mounts *m, uint64_t id)
{
	size_t i = 0;

	for (;;) {
		for (; i < m->n; i++)
			if (m->list[i].id == id)
				return &m->list[i];
		if (m->ours)
			return NULL;
		add_ours(m);
		i = 0;
	}
}

/*
 * Device and mount numbers are used again.  While a file on a mount is open, its
 * numbers belong to that mount.
 */
static const struct mount *pin(struct mounts *m, int handle, uint64_t id)
{
	const struct mount *found;
	struct pinned *new = &m->pins[m->npins];

	for (unsigned i = 0; i < m->npins; i++)
		if (m->pins[i].mount.id == id)
			return &m->pins[i].mount;
	if (m->npins == ARRAY_SIZE(m->pins))
		return NULL;
	new->fd = fcntl(handle, F_DUPFD_CLOEXEC, 0);
	if (new->fd < 0) {
		means_note(&m->lacking, errno);
		return NULL;
	}
	read_again(m);
	found = by_id(m, id);
	if (!found) {
		close(new->fd);
		return NULL;
	}
	new->mount = *found;
	m->npins++;
	return &new->mount;
}

bool mounts_identify(struct mounts *m, int handle, struct identity *id)
{
	const struct mount *mount = NULL;
	struct statx st;

	if (statx(handle, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC,
		  STATX_TYPE | STATX_INO | STATX_MNT_ID, &st) < 0 ||
	    !(st.stx_mask & STATX_INO))
		return false;
	if (st.stx_mask & STATX_MNT_ID)
		mount = pin(m, handle, st.stx_mnt_id);
	id->mount = mount ? *mount
			  : (struct mount){
				    .major = st.stx_dev_major,
				    .minor = st.stx_dev_minor,
				    .kind = kind_unlisted(st.stx_dev_major, st.stx_dev_minor),
			    };
	id->inode = st.stx_ino;
	id->regular = S_ISREG(st.stx_mode);
	return true;
}
