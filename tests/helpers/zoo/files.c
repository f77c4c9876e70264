/*
 * files.c - mapped files, plain and loaded
 */
#include "zoo.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define PAGES 3u /* length of every plain file */

enum { TOUCH = 1, DELETE = 2, FOLLOWED = 4 };

/** struct file_kind - one way to map a file
 *  @extra: TOUCH to write to it, DELETE to remove it, FOLLOWED to put anonymous
 *          memory right behind it, as a loader does with zeros */
struct file_kind {
	const char *name;
	int prot, flags;
	const char *perms;
	unsigned extra;
	const char *note;
};

/* clang-format off */
static const struct file_kind kinds[] = {
	{ "private.txt", PROT_READ, MAP_PRIVATE, "r--p", 0, "private file" },
	{ "copied.txt", PROT_READ | PROT_WRITE, MAP_PRIVATE, "rw-p", TOUCH, "private file, written to" },
	{ "shared.txt", PROT_READ | PROT_WRITE, MAP_SHARED, "rw-s", TOUCH, "shared file" },
	{ "read-shared.txt", PROT_READ, MAP_SHARED, "r--s", 0, "shared file, read only" },
	{ "exec.bin", PROT_READ | PROT_EXEC, MAP_PRIVATE, "r-xp", 0, "executable file, no ELF image" },
	{ "none.txt", PROT_NONE, MAP_PRIVATE, "---p", 0, "file without access" },
	{ "deleted.txt", PROT_READ, MAP_PRIVATE, "r--p", DELETE, "deleted file" },
	{ "was there (deleted)", PROT_READ, MAP_PRIVATE, "r--p", 0, "file only named as if deleted" },
	{ "gone (deleted)", PROT_READ, MAP_PRIVATE, "r--p", DELETE, "deleted file named as if deleted" },
	{ "two  spaces and more ", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with spaces in its name" },
	{ "gr\303\274\303\237e \346\227\245\346\234\254.txt", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with a UTF-8 name" },
	{ "bad\377\302.txt", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with a name that is not UTF-8" },
	{ "esc\033[31mred\ttab\r.txt", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with escape bytes in its name" },
	{ "new\nline\\012.txt", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with a newline in its name" },
	{ "rtl\342\200\256txt.exe", PROT_READ, MAP_PRIVATE, "r--p", 0, "file with a name that runs right to left" },
	{ "[heap]", PROT_READ, MAP_PRIVATE, "r--p", 0, "file named as the heap" },
	{ "text.so", PROT_READ, MAP_PRIVATE, "r--p", 0, "file named as a library" },
	{ "followed.txt", PROT_READ | PROT_WRITE, MAP_PRIVATE, "rw-p", FOLLOWED, "file with anonymous memory behind it" },
};
/* clang-format on */

static int make_file(const char *path, size_t size)
{
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	if (fd < 0 || ftruncate(fd, (off_t)size) || write(fd, "zoo\n", 4) != 4)
		zoo_exit(path);
	return fd;
}

/* Anonymous memory right behind a file that is not an image is not its bss. */
static void follow(struct zoo *z, void *end, const char *note)
{
	void *p = mmap(end, 2 * z->page, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	if (p == MAP_FAILED) {
		zoo_skip("anon", note);
		return;
	}
	zoo_touch(p, z->page, z->page);
	zoo_is(p, 2 * z->page, "anon", "rw-p", note);
}

static void map_kind(struct zoo *z, const struct file_kind *k)
{
	const char *path = zoo_path(z, k->name);
	size_t len = PAGES * z->page;
	int fd = make_file(path, len);
	void *p = zoo_place(z, len, k->prot, k->flags, fd);

	close(fd);
	if (k->extra & DELETE)
		unlink(path);
	if (!p) {
		zoo_skip("file", k->note);
		return;
	}
	if (k->extra & TOUCH)
		zoo_touch(p, len, z->page);
	zoo_is(p, len, "file", k->perms, k->note);
	if (k->extra & FOLLOWED)
		follow(z, (char *)p + len, "anonymous memory behind a file");
}

static void copy_into(int to, const char *path)
{
	int from = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (from < 0 || to < 0 || fstat(from, &st))
		zoo_exit(path);
	for (off_t at = 0; at < st.st_size;)
		if (sendfile(to, from, &at, (size_t)(st.st_size - at)) <= 0)
			zoo_exit(path);
	close(from);
}

static void copy_file(const char *path, const char *copy)
{
	int to = open(copy, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);

	copy_into(to, path);
	close(to);
}

/* A program read as a file is a file: nothing of it is mapped to run. */
static void map_image_as_data(struct zoo *z)
{
	int fd = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t len;
	void *p;

	if (fd < 0 || fstat(fd, &st))
		zoo_exit("/proc/self/exe");
	len = ((size_t)st.st_size + z->page - 1) / z->page * z->page;
	close(fd);
	copy_file("/proc/self/exe", zoo_path(z, "image.dat"));
	fd = open(z->files[z->nfiles - 1], O_RDONLY | O_CLOEXEC);
	p = zoo_place(z, len, PROT_READ, MAP_PRIVATE, fd);
	close(fd);
	if (!p) {
		zoo_skip("file", "ELF image read as data");
		return;
	}
	zoo_is(p, len, "file", "r--p", "ELF image read as data");
	follow(z, (char *)p + len, "anonymous memory behind an ELF image read as data");
}

void zoo_files(struct zoo *z)
{
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		map_kind(z, &kinds[i]);
	map_image_as_data(z);
}

static bool load(const char *path)
{
	if (dlopen(path, RTLD_NOW | RTLD_LOCAL))
		return true;
	printf("skip lib %s\n", dlerror());
	return false;
}

static void load_from_memory(const char *library)
{
	int fd = memfd_create("plugin in memory", MFD_CLOEXEC);
	char path[64];

	if (fd < 0) {
		zoo_skip("lib", "memfd_create");
		return;
	}
	copy_into(fd, library);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	load(path);
	close(fd);
}

/* zoo_images tells the truth about them: they are images as any other. */
void zoo_plugins(struct zoo *z)
{
	void *library = dlopen("libm.so.6", RTLD_NOW);
	const struct link_map *map;
	const char *path;

	if (!library || dlinfo(library, RTLD_DI_LINKMAP, &map)) {
		printf("skip lib %s\n", dlerror());
		return;
	}
	path = zoo_path(z, "plugin.bin");
	copy_file(map->l_name, path);
	load(path);
	path = zoo_path(z, "libgone.so.1");
	copy_file(map->l_name, path);
	if (load(path))
		unlink(path);
	load_from_memory(map->l_name);
}
