/* test_mounts.c - who answers for the files of a device */
#include "unit.h"

#include "mounts.h"

#include <fcntl.h>
#include <sys/stat.h>

/* Majors that no machine has, since our own mounts are read, too. */
static const char text[] =
	"22 1 4001:1 / / rw,relatime shared:1 - ext4 /dev/sda rw,errors=continue\n"
	"23 22 4001:2 / /home\\040of\\040- rw - fuse.sshfs you@there:/a\\040-\\040ext4 rw\n"
	"24 22 4001:3 / /c rw shared:1 master:2 propagate_from:3 - overlay - rw,lowerdir=/a\n"
	"25 22 4001:4 /sub /d ro - nfs4 there:/ ro\n"
	"26 22 4001:5 / /e rw - fuseblk /dev/sdb rw\n"
	"27 22 4001:6 / /f rw - tmpfs - rw\n"
	"28 22 4001:7 / /g rw - xfsish /dev/sdc rw\n"
	"29 22 4001:8 / /h rw - 9p -\n"
	"30 22 4001:9 / /i rw - btrfs\n"
	"torn\n"
	"31 22 4001:10 / /j rw\n"
	"32 22 4001:1 /again /k rw - ext4 /dev/sda rw";

static const struct {
	uint32_t minor;
	enum mount_kind kind;
} truth[] = {
	{ 1, MOUNT_LOCAL },  { 2, MOUNT_REMOTE },   { 3, MOUNT_UNKNOWN },  { 4, MOUNT_REMOTE },
	{ 5, MOUNT_REMOTE }, { 6, MOUNT_LOCAL },    { 7, MOUNT_UNKNOWN },  { 8, MOUNT_REMOTE },
	{ 9, MOUNT_LOCAL },  { 10, MOUNT_UNKNOWN }, { 11, MOUNT_UNKNOWN },
};

static void kinds_follow_from_the_type(void **state)
{
	char path[] = "/tmp/vmapview-unit.XXXXXX";
	struct mounts m;
	int dir, fd;

	(void)state;
	assert_non_null(mkdtemp(path));
	dir = open(path, O_PATH | O_DIRECTORY | O_CLOEXEC);
	fd = openat(dir, "mountinfo", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, text, sizeof(text) - 1), sizeof(text) - 1);
	close(fd);
	mounts_open(&m, dir);
	for (size_t i = 0; i < ARRAY_SIZE(truth); i++)
		assert_int_equal(mounts_kind(&m, 4001, truth[i].minor), truth[i].kind);
	mounts_close(&m);
	unlinkat(dir, "mountinfo", 0);
	mounts_open(&m, dir); /* nothing is known */
	assert_int_equal(mounts_kind(&m, 4001, 1), MOUNT_UNKNOWN);
	mounts_close(&m);
	close(dir);
	rmdir(path);
}

/* The identity of a handle agrees with stat(2), and its device is in the table. */
static void handles_are_identified(void **state)
{
	int self = open("/proc/self", O_PATH | O_DIRECTORY | O_CLOEXEC);
	int files[] = { open("/proc/self/exe", O_PATH | O_CLOEXEC),
			open("/proc/self", O_PATH | O_CLOEXEC) };
	struct mounts m;

	(void)state;
	mounts_open(&m, self);
	for (int twice = 0; twice < 2; twice++) {
		for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
			struct identity id;
			struct stat st;

			assert_int_equal(fstat(files[i], &st), 0);
			assert_true(mounts_identify(&m, files[i], &id));
			assert_int_equal(id.inode, st.st_ino);
			assert_int_equal(id.regular, S_ISREG(st.st_mode));
			assert_int_equal(id.mount.kind,
					 mounts_kind(&m, id.mount.major, id.mount.minor));
		}
	}
	mounts_close(&m);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		close(files[i]);
	close(self);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds_follow_from_the_type),
		cmocka_unit_test(handles_are_identified),
	};

	return cmocka_run_group_tests_name("mounts", tests, NULL, NULL);
}
