/* test_target.c - targets that are asked again: their maps, and what is in their memory */
#include "maker.h"
#include "source.h"

#include "vmapview/live.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

/** struct file - a target that is a file */
struct file {
	int fd;
	char spec[64];
	struct vmv_target target;
};

static void open_bytes(struct file *f, const void *bytes, size_t len, const char *which)
{
	struct vmv_error err;

	f->fd = unit_file(bytes, len);
	snprintf(f->spec, sizeof(f->spec), "/proc/self/fd/%d%s", f->fd, which);
	if (vmv_target_open(&f->target, f->spec, NULL, &err) < 0)
		fail_msg("%s", err.text);
}

static void close_file(struct file *f)
{
	vmv_target_close(&f->target);
	close(f->fd);
}

static size_t load_regions(struct vmv_target *t)
{
	struct vmv_error err;
	struct vmv_map map;
	size_t n;

	if (vmv_target_load(t, 0, &map, &err) < 0)
		fail_msg("%s", err.text);
	n = map.nregions;
	vmv_map_done(&map);
	return n;
}

/* What is at @address; the @size bytes are in @to if it was read. */
static enum vmv_page peek(struct vmv_target *t, uint64_t address, void *to, size_t size)
{
	struct vmv_peek piece = { .address = address, .size = size, .to = to };
	struct vmv_error err;

	if (vmv_target_peek(t, &piece, 1, &err) < 0)
		fail_msg("%s", err.text);
	return piece.page;
}

/* ---- files ---- */

/* More than the first look takes. */
static void files_are_read_again(void **state)
{
	enum { REGIONS = 1000 };
	char *text = vmv_calloc(REGIONS, 64), *end = text;
	struct file f;

	(void)state;
	for (unsigned i = 1; i <= REGIONS; i++)
		end += sprintf(end, "%x000-%x800 rw-p 0 00:00 0\n", i, i);
	open_bytes(&f, text, (size_t)(end - text), "");
	for (int i = 0; i < 3; i++)
		assert_int_equal(load_regions(&f.target), REGIONS);
	close_file(&f);
	free(text);
}

static void pipes_are_read_once(void **state)
{
	static const char text[] = "1000-2000 rw-p 0 00:00 0\n";
	struct vmv_target t;
	struct vmv_error err;
	struct vmv_map map;
	char spec[64];
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	snprintf(spec, sizeof(spec), "/proc/self/fd/%d", ends[0]);
	assert_int_equal(vmv_target_open(&t, spec, NULL, &err), 0);
	assert_int_equal(load_regions(&t), 1);
	assert_int_equal(vmv_target_load(&t, 0, &map, &err), -ESPIPE);
	assert_non_null(strstr(err.text, "read only once"));
	vmv_map_done(&map);
	vmv_target_close(&t);
	close(ends[0]);
}

/* Each of the maps in a file, in any order; 0 is the last. */
static void check_moments(const void *bytes, size_t len, const uint64_t *starts, unsigned long n)
{
	const unsigned long order[] = { 2, 1, 0, n, 1 };
	struct vmv_error err;
	struct vmv_map map;
	struct file f;

	open_bytes(&f, bytes, len, "@1");
	for (size_t i = 0; i < ARRAY_SIZE(order); i++) {
		unsigned long which = order[i];

		if (vmv_target_moment(&f.target, which, 0, &map, &err) < 0)
			fail_msg("%lu: %s", which, err.text);
		assert_int_equal(map.regions[0].start, starts[which ? which - 1 : n - 1]);
		vmv_map_done(&map);
	}
	assert_int_equal(vmv_target_moment(&f.target, n + 1, 0, &map, &err), -ENOENT);
	vmv_map_done(&map);
	assert_int_equal(vmv_target_load(&f.target, 0, &map, &err), 0); /* that of its name */
	assert_int_equal(map.regions[0].start, starts[0]);
	vmv_map_done(&map);
	close_file(&f);
}

#define SNAPSHOT(at)                                                                               \
	"{\"schema\":\"vmapview-snapshot\",\"version\":1,\"regions\":"                             \
	"[{\"start\":\"0x" #at "000\",\"end\":\"0x" #at "fff\",\"perms\":\"r--p\"}]}\n"

static void moments_are_found_in_any_order(void **state)
{
	static const char record[] = SNAPSHOT(1) SNAPSHOT(5) SNAPSHOT(3);
	static const char text[] = "1000-2000 rw-p 0 00:00 0\n9000-a000 rw-p 0 00:00 0\n\n"
				   "5000-6000 rw-p 0 00:00 0\n9000-a000 rw-p 0 00:00 0\n\n"
				   "3000-6000 rw-p 0 00:00 0\n";
	const uint64_t starts[] = { 0x1000, 0x5000, 0x3000 };

	(void)state;
	check_moments(record, strlen(record), starts, ARRAY_SIZE(starts));
	check_moments(text, strlen(text), starts, ARRAY_SIZE(starts));
}

static void what_a_target_lacks_is_said(void **state)
{
	static const char text[] = "1000-2000 rw-p 0 00:00 0\n", record[] = SNAPSHOT(1);
	const struct {
		const void *bytes;
		size_t len;
	} saved[] = { { text, strlen(text) }, { record, strlen(record) } };
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct vmv_peek piece = { .address = 0x1000, .size = 16 };
	struct vmv_error err;
	struct vmv_map map;
	struct file f;

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(saved); i++) {
		open_bytes(&f, saved[i].bytes, saved[i].len, "");
		load_regions(&f.target);
		assert_int_equal(vmv_target_peek(&f.target, &piece, 1, &err), -ENOTSUP);
		assert_string_equal(err.text, "a saved map has no memory to look at");
		close_file(&f);
	}
	make(m, &machines[0], PAGE);
	open_bytes(&f, m->bytes, m->len, "@2");
	assert_int_equal(vmv_target_load(&f.target, 0, &map, &err), -ENOENT);
	assert_non_null(strstr(err.text, "@2: there is 1 map in it"));
	vmv_map_done(&map);
	assert_int_equal(vmv_target_file(&f.target, NULL, &err), -ENOTSUP);
	assert_string_equal(err.text, "the files of an ELF core file are not at hand");
	assert_int_equal(vmv_target_moment(&f.target, 1, 0, &map, &err), -ENOTSUP);
	assert_string_equal(err.text, "an ELF core file has no moments to choose from");
	vmv_map_done(&map);
	close_file(&f);
	free(m);
}

/* ---- cores ---- */

enum { DUMPED = 0x30000, PART = PAGE + PAGE / 2 };

/* A core with one and a half pages of the region of four at DUMPED; byte i is i % 251. */
static void make_dump(struct maker *m)
{
	make(m, &machines[0], PAGE);
	m->len = 2 * PAGE;
	header(m, PT_LOAD, PF_R | PF_W, (uint64_t[]){ m->len, DUMPED, 0, PART, 4 * PAGE });
	for (size_t i = 0; i < PART; i++)
		m->bytes[m->len + i] = (unsigned char)(i % 251);
	m->len += PART;
}

static void check_dump(struct vmv_target *t)
{
	static const struct {
		uint64_t at;
		size_t size;
		enum vmv_page page;
	} table[] = {
		{ DUMPED, PAGE, VMV_PAGE_READ },
		{ DUMPED + 100, 50, VMV_PAGE_READ },
		{ DUMPED + PAGE, PAGE / 2, VMV_PAGE_READ },
		{ DUMPED + PAGE, PAGE / 2 + 1, VMV_PAGE_UNSAVED },
		{ DUMPED + 2 * PAGE, 16, VMV_PAGE_UNSAVED },
		{ DUMPED - 1, 1, VMV_PAGE_UNSAVED },
		{ HEAP, 16, VMV_PAGE_UNSAVED },
		{ UINT64_MAX, 1, VMV_PAGE_UNSAVED },
	};
	struct vmv_peek pieces[ARRAY_SIZE(table)];
	unsigned char bytes[ARRAY_SIZE(table)][PAGE];
	struct vmv_error err;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		pieces[i] = (struct vmv_peek){ .address = table[i].at,
					       .size = table[i].size,
					       .to = bytes[i] };
	assert_int_equal(vmv_target_peek(t, pieces, ARRAY_SIZE(table), &err), 0);
	for (size_t i = 0; i < ARRAY_SIZE(table); i++) {
		if (pieces[i].page != table[i].page)
			fail_msg("%zu: %d", i, (int)pieces[i].page);
		for (size_t k = 0; pieces[i].page == VMV_PAGE_READ && k < table[i].size; k++)
			assert_int_equal(bytes[i][k], (table[i].at - DUMPED + k) % 251);
	}
}

static void cores_hold_memory(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	unsigned char bytes[16];
	struct file f;

	(void)state;
	make_dump(m);
	open_bytes(&f, m->bytes, m->len, "");
	assert_int_equal(peek(&f.target, DUMPED, bytes, 16), VMV_PAGE_UNSAVED); /* not loaded yet */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(load_regions(&f.target), 8);
		check_dump(&f.target);
	}
	assert_int_equal(ftruncate(f.fd, 2 * PAGE + 8), 0);
	assert_int_equal(peek(&f.target, DUMPED, bytes, 16), VMV_PAGE_FAULT);
	assert_int_equal(peek(&f.target, DUMPED, bytes, 8), VMV_PAGE_READ);
	close_file(&f);
	free(m);
}

static void pieces_are_of_one_page(void **state)
{
	static const struct vmv_peek wrong[] = {
		{ .address = DUMPED, .size = 0 },
		{ .address = DUMPED, .size = PAGE + 1 },
		{ .address = DUMPED + 1, .size = PAGE },
		{ .address = UINT64_MAX, .size = 2 },
	};
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct file f;

	(void)state;
	make_dump(m);
	open_bytes(&f, m->bytes, m->len, "");
	load_regions(&f.target);
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct vmv_peek piece = wrong[i];
		struct vmv_error err;

		assert_int_equal(vmv_target_peek(&f.target, &piece, 1, &err), -EINVAL);
	}
	close_file(&f);
	free(m);
}

/* ---- processes ---- */

/**
 * struct child - a process that does as it is told by a byte
 * @known: a page of its own that it has filled with 'c'; ours has 'p'
 * @empty: one that it has not touched
 */
struct child {
	pid_t pid;
	int orders, answers;
	unsigned char *known, *empty;
	struct vmv_live *live;
	char spec[16];
	struct vmv_target target;
};

static unsigned char *new_page(void)
{
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(page != MAP_FAILED);
	return page;
}

/* 'x': become cat, which answers what it is sent. */
static _Noreturn void obey(const struct child *c, int orders, int answers)
{
	char order;

	memset(c->known, 'c', PAGE);
	if (write(answers, "!", 1) == 1 && read(orders, &order, 1) == 1 && order == 'x') {
		dup2(orders, STDIN_FILENO);
		dup2(answers, STDOUT_FILENO);
		execlp("cat", "cat", NULL);
	}
	_exit(0);
}

/* Where there are few processes, the PID is free again once it was waited for. */
static pid_t fork_as(pid_t pid)
{
	struct {
		uint64_t flags, pidfd, child_tid, parent_tid, exit_signal, stack, stack_size, tls;
		uint64_t set_tid, set_tid_size;
	} args = { .exit_signal = SIGCHLD, .set_tid = (uintptr_t)&pid, .set_tid_size = 1 };

	return pid ? (pid_t)syscall(SYS_clone3, &args, sizeof(args)) : fork();
}

/* False if it can't have this PID. */
static bool start(struct child *c, pid_t pid)
{
	int orders[2], answers[2];
	char answer;

	assert_int_equal(pipe2(orders, O_CLOEXEC), 0);
	assert_int_equal(pipe2(answers, O_CLOEXEC), 0);
	c->pid = fork_as(pid);
	if (c->pid == 0) {
		close(orders[1]); /* it is to see when we close it */
		obey(c, orders[0], answers[1]);
	}
	close(orders[0]);
	close(answers[1]);
	c->orders = orders[1];
	c->answers = answers[0];
	if (c->pid < 0)
		return false;
	assert_int_equal(read(c->answers, &answer, 1), 1);
	return true;
}

static void stop(struct child *c)
{
	close(c->orders);
	close(c->answers);
	if (c->pid > 0)
		assert_int_equal(waitpid(c->pid, NULL, 0), c->pid);
}

static int setup(void **state)
{
	struct child *c = vmv_calloc(1, sizeof(*c));
	struct vmv_error err;

	c->known = new_page();
	c->empty = new_page();
	memset(c->known, 'p', PAGE);
	c->live = vmv_live_open(&err);
	assert_non_null(c->live);
	assert_true(start(c, 0));
	snprintf(c->spec, sizeof(c->spec), "%d", c->pid);
	if (vmv_target_open(&c->target, c->spec, c->live, &err) < 0)
		fail_msg("%s", err.text);
	*state = c;
	return 0;
}

static int teardown(void **state)
{
	struct child *c = *state;

	stop(c);
	vmv_target_close(&c->target);
	vmv_live_close(c->live);
	munmap(c->known, PAGE);
	munmap(c->empty, PAGE);
	free(c);
	return 0;
}

static void check_known(const struct child *c, struct vmv_target *t)
{
	unsigned char bytes[PAGE] = "";

	assert_int_equal(peek(t, (uintptr_t)c->known, bytes, PAGE), VMV_PAGE_READ);
	for (size_t i = 0; i < PAGE; i++)
		assert_int_equal(bytes[i], 'c');
}

static void the_memory_of_a_process_is_looked_at(void **state)
{
	struct child *c = *state;
	unsigned char bytes[16];

	assert_int_equal(peek(&c->target, (uintptr_t)c->known, bytes, 16), VMV_PAGE_GONE);
	for (int i = 0; i < 3; i++) {
		assert_true(load_regions(&c->target) > 5);
		check_known(c, &c->target);
		assert_int_equal(peek(&c->target, (uintptr_t)c->empty, bytes, 16), VMV_PAGE_ABSENT);
	}
	assert_int_equal(peek(&c->target, UINT64_MAX, bytes, 1), VMV_PAGE_FAULT);
}

/* What is read of a program ends with it, until the next map: also without any randomisation,
 * where the next one may have something at the same address. */
static void exec_ends_what_is_seen(void **state)
{
	struct child *c = *state;
	unsigned char bytes[16];
	struct vmv_error err;
	struct vmv_map map;
	char answer;

	load_regions(&c->target);
	check_known(c, &c->target);
	assert_int_equal(write(c->orders, "x!", 2), 2);
	assert_int_equal(read(c->answers, &answer, 1), 1); /* by cat */
	assert_int_equal(peek(&c->target, (uintptr_t)c->known, bytes, 16), VMV_PAGE_GONE);
	assert_int_equal(vmv_target_load(&c->target, 0, &map, &err), 0);
	assert_int_equal(map.process.pid, c->pid);
	assert_int_equal(peek(&c->target, map.regions[0].start, bytes, 16), VMV_PAGE_READ);
	assert_memory_equal(bytes, ELFMAG, SELFMAG);
	vmv_map_done(&map);
}

/* The exec comes before anybody has looked. */
static void a_map_is_not_mixed_with_the_memory_of_another_program(void **state)
{
	struct child *c = *state;
	unsigned char bytes[16];
	char answer;

	load_regions(&c->target);
	assert_int_equal(write(c->orders, "x!", 2), 2);
	assert_int_equal(read(c->answers, &answer, 1), 1);
	for (int i = 0; i < 2; i++)
		assert_int_equal(peek(&c->target, (uintptr_t)c->known, bytes, 16), VMV_PAGE_GONE);
}

static void check_gone(struct child *c)
{
	unsigned char bytes[16];
	struct vmv_error err;
	struct vmv_map map;

	assert_int_equal(peek(&c->target, (uintptr_t)c->known, bytes, 16), VMV_PAGE_GONE);
	assert_int_equal(vmv_target_load(&c->target, 0, &map, &err), -ESRCH);
	assert_string_equal(err.text, "no such process");
	assert_int_equal(map.nregions, 0);
	vmv_map_done(&map);
	assert_int_equal(peek(&c->target, (uintptr_t)c->known, bytes, 16), VMV_PAGE_GONE);
}

static void a_process_that_is_gone_stays_so(void **state)
{
	struct child *c = *state;

	load_regions(&c->target);
	check_known(c, &c->target);
	stop(c);
	check_gone(c);
	assert_true(start(c, 0)); /* for teardown */
}

/* Another has its number, and the same at the same place. */
static void a_pid_that_is_used_again_is_another_process(void **state)
{
	struct child *c = *state;
	struct vmv_target other;
	pid_t pid = c->pid;
	struct vmv_error err;

	load_regions(&c->target);
	check_known(c, &c->target);
	stop(c);
	if (!start(c, pid)) /* only root may choose it; cmocka's skip() is a failure to automake */
		return;
	assert_int_equal(c->pid, pid);
	check_gone(c);
	assert_int_equal(vmv_target_open(&other, c->spec, c->live, &err), 0);
	load_regions(&other);
	check_known(c, &other);
	vmv_target_close(&other);
}

/* ---- at the same time ---- */

enum { LOOKERS = 3, LOADS = 30 };

/** struct looker - @check is called over and over until @end */
struct looker {
	pthread_t thread;
	const atomic_bool *end;
	struct child *child;
	struct vmv_target *target;
};

static void *look(void *data)
{
	const struct looker *l = data;

	do {
		if (l->child)
			check_known(l->child, l->target);
		else
			check_dump(l->target);
	} while (!atomic_load(l->end));
	return NULL;
}

static void load_while_others_look(struct child *c, struct vmv_target *t)
{
	struct looker lookers[LOOKERS];
	atomic_bool end = false;

	load_regions(t);
	for (size_t i = 0; i < LOOKERS; i++) {
		lookers[i] = (struct looker){ .end = &end, .child = c, .target = t };
		assert_int_equal(pthread_create(&lookers[i].thread, NULL, look, &lookers[i]), 0);
	}
	for (int i = 0; i < LOADS; i++)
		load_regions(t);
	atomic_store(&end, true);
	for (size_t i = 0; i < LOOKERS; i++)
		pthread_join(lookers[i].thread, NULL);
}

static void maps_are_loaded_while_others_look(void **state)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));
	struct child *c = *state;
	struct file f;

	load_while_others_look(c, &c->target);
	make_dump(m);
	open_bytes(&f, m->bytes, m->len, "");
	load_while_others_look(NULL, &f.target);
	close_file(&f);
	free(m);
}

/** struct shared - a file that we have mapped, on a file system that answers */
struct shared {
	char name[64];
	void *page;
	struct stat stat;
};

static int make_shared(const struct shared *s)
{
	int fd = shm_open(s->name, O_RDWR | O_CREAT | O_EXCL, 0600);

	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, PAGE), 0);
	return fd;
}

static void map_shared(struct shared *s)
{
	int fd;

	snprintf(s->name, sizeof(s->name), "/vmapview-target.%d", getpid());
	fd = make_shared(s);
	s->page = mmap(NULL, PAGE, PROT_READ, MAP_SHARED, fd, 0);
	assert_true(s->page != MAP_FAILED);
	assert_int_equal(fstat(fd, &s->stat), 0);
	close(fd);
}

/* Opens the file of the region at @at. */
static int open_mapped(struct vmv_target *t, const void *at, struct vmv_error *err)
{
	struct vmv_map map;
	const struct vmv_region *r;
	int fd;

	assert_int_equal(vmv_target_load(t, 0, &map, err), 0);
	r = vmv_map_at(&map, (uintptr_t)at);
	assert_non_null(r);
	fd = vmv_target_file(t, r, err);
	vmv_map_done(&map);
	return fd;
}

static bool is_shared(const struct shared *s, int fd)
{
	struct stat stat;

	assert_int_equal(fstat(fd, &stat), 0);
	close(fd);
	return stat.st_dev == s->stat.st_dev && stat.st_ino == s->stat.st_ino;
}

static void only_the_mapped_file_is_opened(void **state)
{
	struct vmv_error err;
	struct vmv_live *live = vmv_live_open(&err);
	struct vmv_target t;
	struct shared s;
	char spec[16];
	int fd;

	(void)state;
	map_shared(&s);
	snprintf(spec, sizeof(spec), "%d", getpid());
	assert_int_equal(vmv_target_open(&t, spec, live, &err), 0);
	assert_int_equal(open_mapped(&t, &fd, &err), -ENOENT); /* the stack */
	fd = open_mapped(&t, s.page, &err);
	assert_true(fd >= 0 && is_shared(&s, fd));

	/* Another file takes its name: only those who may see map_files can have the first. */
	assert_int_equal(shm_unlink(s.name), 0);
	close(make_shared(&s));
	fd = open_mapped(&t, s.page, &err);
	assert_true(fd == -ENOENT || (fd >= 0 && is_shared(&s, fd)));
	assert_int_equal(shm_unlink(s.name), 0);
	munmap(s.page, PAGE);
	vmv_target_close(&t);
	vmv_live_close(live);
}

static void *stay(void *data)
{
	for (;;)
		pause();
	return data;
}

/* A process whose first thread is gone. */
static pid_t start_leaderless(void)
{
	pid_t pid = fork();
	char path[32], state = 0;
	pthread_t thread;

	if (pid == 0) {
		pthread_create(&thread, NULL, stay, NULL);
		pthread_exit(NULL);
	}
	assert_true(pid > 0);
	snprintf(path, sizeof(path), "/proc/%d/stat", pid);
	while (state != 'Z') {
		FILE *f = fopen(path, "re");

		assert_non_null(f);
		assert_int_equal(fscanf(f, "%*d (%*[^)]) %c", &state), 1);
		fclose(f);
	}
	return pid;
}

/* Old kernels and valgrind lack what opens a file by its name without waiting. */
static bool has_openat2(void)
{
	struct open_how how = { .flags = O_PATH | O_CLOEXEC };
	int fd = (int)syscall(SYS_openat2, AT_FDCWD, ".", &how, sizeof(how));

	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

/* Only the directories of its other threads tell what it has mapped; they have no map_files. */
static void files_of_a_process_without_its_first_thread(void **state)
{
	struct vmv_error err;
	struct vmv_live *live = vmv_live_open(&err);
	struct vmv_target t;
	struct shared s;
	char spec[16];
	pid_t pid;
	int fd;

	(void)state;
	map_shared(&s);
	pid = start_leaderless();
	snprintf(spec, sizeof(spec), "%d", pid);
	assert_int_equal(vmv_target_open(&t, spec, live, &err), 0);
	fd = open_mapped(&t, s.page, &err);
	if (has_openat2())
		assert_true(fd >= 0 && is_shared(&s, fd));
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(shm_unlink(s.name), 0);
	munmap(s.page, PAGE);
	vmv_target_close(&t);
	vmv_live_close(live);
}

#define OF_CHILD(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_read_again),
		cmocka_unit_test(pipes_are_read_once),
		cmocka_unit_test(moments_are_found_in_any_order),
		cmocka_unit_test(what_a_target_lacks_is_said),
		cmocka_unit_test(cores_hold_memory),
		cmocka_unit_test(pieces_are_of_one_page),
		OF_CHILD(the_memory_of_a_process_is_looked_at),
		OF_CHILD(exec_ends_what_is_seen),
		OF_CHILD(a_map_is_not_mixed_with_the_memory_of_another_program),
		OF_CHILD(a_process_that_is_gone_stays_so),
		OF_CHILD(a_pid_that_is_used_again_is_another_process),
		OF_CHILD(maps_are_loaded_while_others_look),
		cmocka_unit_test(only_the_mapped_file_is_opened),
		cmocka_unit_test(files_of_a_process_without_its_first_thread),
	};

	return cmocka_run_group_tests_name("target", tests, NULL, NULL);
}
