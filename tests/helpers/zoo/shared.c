/*
 * shared.c - memory shared through System V, POSIX, memfd or nothing, and huge pages
 */
#include "zoo.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/shm.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RW    (PROT_READ | PROT_WRITE)
#define PAGES 8u

static void share(struct zoo *z, int fd, const char *class, const char *note)
{
	size_t len = PAGES * z->page;
	void *p = NULL;

	if (fd >= 0 && !ftruncate(fd, (off_t)len))
		p = zoo_place(z, len, RW, MAP_SHARED, fd);
	if (fd >= 0)
		close(fd);
	if (!p) {
		zoo_skip(class, note);
		return;
	}
	zoo_touch(p, len / 2, z->page);
	zoo_is(p, len, class, "rw-s", note);
}

static void share_sysv(struct zoo *z)
{
	size_t len = PAGES * z->page;
	int id = shmget(IPC_PRIVATE, len, IPC_CREAT | 0600);
	void *p;

	if (id < 0) {
		zoo_skip("shm", "shmget");
		return;
	}
	p = shmat(id, zoo_slot(z), 0);
	shmctl(id, IPC_RMID, NULL); /* it lives as long as we are attached */
	if (p == (void *)-1) {
		zoo_skip("shm", "shmat");
		return;
	}
	zoo_touch(p, len / 2, z->page);
	zoo_is(p, len, "shm", "rw-s", "System V shared memory");
}

static void share_posix(struct zoo *z)
{
	char gone[sizeof(z->shm)];
	int fd;

	snprintf(z->shm, sizeof(z->shm), "/vmapview-zoo.%ld", (long)getpid());
	snprintf(gone, sizeof(gone), "/vmapview-zoo-gone.%ld", (long)getpid());
	share(z, shm_open(z->shm, O_RDWR | O_CREAT | O_EXCL, 0600), "shm", "POSIX shared memory");
	fd = shm_open(gone, O_RDWR | O_CREAT | O_EXCL, 0600);
	shm_unlink(gone);
	share(z, fd, "shm", "POSIX shared memory, unlinked");
}

static int open_secret(void)
{
#ifdef SYS_memfd_secret
	return (int)syscall(SYS_memfd_secret, 0);
#else
	errno = ENOSYS;
	return -1;
#endif
}

static void map_memfd_privately(struct zoo *z)
{
	size_t len = PAGES * z->page;
	int fd = memfd_create("private view", MFD_CLOEXEC);
	void *p = NULL;

	if (fd >= 0 && !ftruncate(fd, (off_t)len))
		p = zoo_place(z, len, PROT_READ, MAP_PRIVATE, fd);
	if (fd >= 0)
		close(fd);
	if (p)
		zoo_is(p, len, "memfd", "r--p", "memfd mapped privately");
	else
		zoo_skip("memfd", "memfd mapped privately");
}

/* /dev/zero is a device by name only. */
static void map_dev_zero(struct zoo *z, int flags, const char *class, const char *perms)
{
	size_t len = PAGES * z->page;
	int fd = open("/dev/zero", O_RDWR | O_CLOEXEC);
	void *p = fd < 0 ? NULL : zoo_place(z, len, RW, flags, fd);

	if (fd >= 0)
		close(fd);
	if (!p) {
		zoo_skip(class, "/dev/zero");
		return;
	}
	zoo_touch(p, len / 2, z->page);
	zoo_is(p, len, class, perms, "/dev/zero");
}

void zoo_shared(struct zoo *z)
{
	size_t len = PAGES * z->page;
	void *p = zoo_place(z, len, RW, MAP_SHARED | MAP_ANONYMOUS, -1);

	if (!p)
		zoo_exit("mmap");
	zoo_touch(p, len / 2, z->page);
	zoo_is(p, len, "shared", "rw-s", "shared anonymous");
	map_dev_zero(z, MAP_PRIVATE, "anon", "rw-p");
	map_dev_zero(z, MAP_SHARED, "shared", "rw-s");
	share(z, memfd_create("zoo", MFD_CLOEXEC), "memfd", "memfd");
	share(z, memfd_create("my mem\nfd (deleted)", MFD_CLOEXEC), "memfd",
	      "memfd with an odd name");
	share(z, open_secret(), "memfd", "secret memory");
	map_memfd_privately(z);
	share_sysv(z);
	share_posix(z);
}

static size_t huge_size(void)
{
	FILE *f = fopen("/proc/meminfo", "re");
	char line[128];
	size_t kb = 0;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "Hugepagesize: %zu kB", &kb) == 1)
			break;
	if (f)
		fclose(f);
	return kb << 10;
}

/* The sysctl's old value, or -1 when it can't be read or set. */
static long huge_pages(long set)
{
	FILE *f = fopen("/proc/sys/vm/nr_hugepages", set < 0 ? "re" : "r+e");
	long old = -1;

	if (!f)
		return -1;
	if (fscanf(f, "%ld", &old) != 1)
		old = -1;
	if (set >= 0) {
		rewind(f);
		fprintf(f, "%ld\n", set);
	}
	if (fclose(f))
		return -1;
	return old;
}

static void *place_huge(struct zoo *z, size_t size, int flags)
{
	uintptr_t slot = ((uintptr_t)zoo_slot(z) + size - 1) & ~(uintptr_t)(size - 1);
	void *p = mmap((void *)slot, size, RW, flags | MAP_HUGETLB | MAP_FIXED_NOREPLACE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

static void use_huge(struct zoo *z, size_t size, int flags, const char *perms)
{
	void *p = place_huge(z, size, flags);

	if (!p) {
		zoo_skip("huge", "a huge page in use");
		return;
	}
	zoo_touch(p, size, size);
	zoo_is(p, size, "huge", perms, "a huge page in use");
}

/* Pages in use stay ours when the pool shrinks again, and go when we go. */
static void use_huge_pages(struct zoo *z, size_t size)
{
	long old = huge_pages(-1);
	bool grown = old >= 0 && huge_pages(old + 2) >= 0;

	use_huge(z, size, MAP_PRIVATE | MAP_ANONYMOUS, "rw-p");
	use_huge(z, size, MAP_SHARED | MAP_ANONYMOUS, "rw-s");
	if (grown)
		huge_pages(old);
}

void zoo_huge(struct zoo *z)
{
	size_t size = huge_size();
	void *p;

	if (!size || size > 2u << 20) {
		printf("skip huge pages of %zu bytes\n", size);
		return;
	}
	p = place_huge(z, size, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE);
	if (p)
		zoo_is(p, size, "huge", "rw-p", "huge pages, none in use");
	else
		zoo_skip("huge", "huge pages, none in use");
	use_huge_pages(z, size);
}
