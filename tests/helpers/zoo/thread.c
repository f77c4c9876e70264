/*
 * thread.c - threads: their stacks, the guards below them, their arenas
 */
#include "zoo.h"

#include <errno.h>
#include <gnu/libc-version.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/types.h>
#include <unistd.h>

#define HEAP_MAX  ((size_t)64 << 20) /* glibc's limit and alignment of an arena's heap */
#define OWN_STACK ((size_t)256 << 10)

/** struct worker - a thread and what it wants to be known for
 *  @busy:  runs instead of sleeping
 *  @alloc: bytes to take from its arena
 *  @own:   uses a stack that the program gave it
 *  @stack: where that is, once it is known
 *  @ran:   has nothing to do any more but to sleep */
struct worker {
	const char *name;
	bool busy;
	bool own;
	size_t alloc;
	void *stack;
	pthread_attr_t attr;
	char *block;
	pid_t tid;
	atomic_bool ran;
};

static pthread_barrier_t everybody_runs;

static void spin(void)
{
	static atomic_ulong count;

	for (;;)
		atomic_fetch_add_explicit(&count, 1, memory_order_relaxed);
}

static void *work(void *data)
{
	struct worker *w = data;

	pthread_setname_np(pthread_self(), w->name);
	w->block = malloc(w->alloc);
	if (!w->block)
		zoo_exit("malloc");
	memset(w->block, 1, w->alloc);
	pthread_getattr_np(pthread_self(), &w->attr);
	w->tid = gettid();
	pthread_barrier_wait(&everybody_runs);
	atomic_store(&w->ran, true);
	if (w->busy)
		spin();
	for (;;)
		pause();
	return NULL;
}

static char *place_stacks(struct zoo *z, size_t n)
{
	char *stacks = zoo_place(z, n * OWN_STACK, PROT_READ | PROT_WRITE,
				 MAP_PRIVATE | MAP_ANONYMOUS, -1);

	if (!stacks)
		zoo_exit("mmap");
	return stacks;
}

static void start(struct zoo *z, struct worker *w)
{
	pthread_attr_t attr;
	pthread_t thread;

	pthread_attr_init(&attr);
	if (w->own && !w->stack)
		w->stack = place_stacks(z, 1);
	if (w->stack)
		pthread_attr_setstack(&attr, w->stack, OWN_STACK);
	errno = pthread_create(&thread, &attr, work, w);
	if (errno)
		zoo_exit("pthread_create");
	pthread_attr_destroy(&attr);
}

static bool sleeps(const struct worker *w)
{
	char path[64], state = 0;
	FILE *stat;

	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", w->tid);
	stat = fopen(path, "r");
	if (!stat || fscanf(stat, "%*[^)]) %c", &state) != 1)
		zoo_exit(path);
	fclose(stat);
	return state == 'S';
}

/* The kernel tells where the stack of a thread is only while it does not run. */
static void wait_until_asleep(struct worker *w)
{
	while (!atomic_load(&w->ran) || !sleeps(w))
		sched_yield();
}

/* Since 2.42 the guard is a mark on the pages of the stack, not a region. */
static bool guards_are_regions(void)
{
	int major = 0, minor = 0;

	sscanf(gnu_get_libc_version(), "%d.%d", &major, &minor);
	return major == 2 && minor < 42;
}

static void say_stack(struct worker *w)
{
	void *stack;
	size_t size, guard = 0;

	pthread_attr_getstack(&w->attr, &stack, &size);
	pthread_attr_getguardsize(&w->attr, &guard);
	if (w->own) {
		zoo_is(stack, size, "thread", "rw-p", "stack the program gave to a thread");
	} else if (guards_are_regions()) {
		zoo_is((char *)stack - guard, guard, "guard", "---p", "guard of a thread's stack");
		zoo_is(stack, size, "thread", "rw-p", w->name);
	} else {
		zoo_is(stack, size, "thread", "rw-p", "within: a thread's stack");
	}
}

/* What glibc writes at the start of each heap of an arena. */
struct heap_info {
	void *arena;
	struct heap_info *prev;
	size_t size;
	size_t accessible;
};

void zoo_arena(const void *block, const char *note)
{
	const struct heap_info *heap;

	if (ZOO_ASAN) {
		printf("skip arena the sanitizer has its own malloc\n");
		return;
	}
	heap = (const void *)((uintptr_t)block & ~(uintptr_t)(HEAP_MAX - 1));
	zoo_is(heap, heap->accessible, "arena", "rw-p", note);
	if (heap->accessible < HEAP_MAX)
		zoo_is((const char *)heap + heap->accessible, HEAP_MAX - heap->accessible,
		       "reserve", "---p", "the rest of an arena's address space");
}

static void start_all(struct zoo *z, struct worker *workers, size_t n)
{
	pthread_barrier_init(&everybody_runs, NULL, (unsigned)n + 1);
	for (size_t i = 0; i < n; i++)
		start(z, &workers[i]);
	pthread_barrier_wait(&everybody_runs);
	for (size_t i = 0; i < n; i++)
		if (!workers[i].busy)
			wait_until_asleep(&workers[i]);
}

void zoo_threads(struct zoo *z)
{
	static struct worker workers[] = {
		{ .name = "sleeper", .alloc = 1 },
		{ .name = "runner", .busy = true, .alloc = 1 },
		{ .name = "eater", .alloc = 100000 },
		{ .name = "big eater", .alloc = 120000 },
		{ .name = "guest", .own = true, .alloc = 1 },
	};

	start_all(z, workers, ARRAY_SIZE(workers));
	for (size_t i = 0; i < ARRAY_SIZE(workers); i++) {
		say_stack(&workers[i]);
		zoo_arena(workers[i].block, workers[i].name);
	}
}

void zoo_crowd(struct zoo *z)
{
	static struct worker workers[] = {
		{ .name = "lowest", .alloc = 1 },
		{ .name = "runner", .busy = true, .alloc = 1 },
		{ .name = "between", .alloc = 1 },
		{ .name = "highest", .alloc = 1 },
	};
	char *stacks = place_stacks(z, ARRAY_SIZE(workers));

	for (size_t i = 0; i < ARRAY_SIZE(workers); i++)
		workers[i].stack = stacks + i * OWN_STACK;
	start_all(z, workers, ARRAY_SIZE(workers));
	zoo_is(stacks, ARRAY_SIZE(workers) * OWN_STACK, "thread", "rw-p",
	       "stacks of threads, one above the other");
}

static int wait_on_heap(void *unused)
{
	(void)unused;
	for (;;)
		pause();
	return 0;
}

void zoo_cut_stacks(struct zoo *z)
{
	enum { THREADS = 2, SHARED = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND };
	char *heap = place_stacks(z, THREADS);

	for (size_t i = 1; i <= THREADS; i++) {
		struct worker w = { .ran = true };

		w.tid = clone(wait_on_heap, heap + i * (OWN_STACK / 2), SHARED | CLONE_THREAD,
			      NULL);
		if (w.tid < 0)
			zoo_exit("clone");
		wait_until_asleep(&w);
	}
	zoo_is(heap, THREADS * OWN_STACK, "anon", "rw-p", "a heap that stacks are cut from");
}
