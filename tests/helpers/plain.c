/*
 * plain.c - a small program that tells where its own pieces lie
 *
 *	plain [code] [threads] [crowd] [cut] [arenas]
 *
 * prints the truth about its image, heap and stack, and about what it was asked
 * to make, as zoo/zoo.h describes; then it waits for the end of its input.  The
 * tests build it in several ways: static, at a fixed address, with a library
 * that they delete while it runs.
 */
#include "zoo/zoo.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Something for every part of the image, more than a page of each. */
extern const char plain_rodata[10000];
extern const char *const plain_relro[1200];
extern char plain_data[10000];
extern char plain_bss[100000];

const char plain_rodata[10000] = "constant";
const char *const plain_relro[1200] = { plain_rodata, plain_data, plain_bss };
char plain_data[10000] = "variable";
char plain_bss[100000];

/** struct eater - a thread that fills its arena
 *  @bytes: how much it takes, in pieces of @piece; only their heads are touched
 *  @keep:  false to give all but the first piece back */
struct eater {
	const char *name;
	size_t bytes, piece;
	bool keep;
	char *first, *last;
	pthread_barrier_t *full;
};

static void *eat(void *data)
{
	struct eater *e = data;
	char **piece = NULL;

	for (size_t got = 0; got < e->bytes; got += e->piece) {
		char **next = malloc(e->piece);

		if (!next)
			zoo_exit("malloc");
		*next = (char *)piece;
		piece = next;
		if (!e->first)
			e->first = (char *)piece;
	}
	e->last = (char *)piece;
	while (!e->keep && piece != (char **)e->first) {
		char **older = (char **)*piece;

		free(piece);
		piece = older;
	}
	pthread_barrier_wait(e->full);
	for (;;)
		pause();
	return NULL;
}

static bool same_arena_heap(const struct eater *e)
{
	return ((uintptr_t)e->first ^ (uintptr_t)e->last) >> 26 == 0;
}

static void make_arenas(struct zoo *z)
{
	static pthread_barrier_t full;
	static struct eater eaters[] = {
		{ .name = "a small arena", .bytes = 1000, .piece = 1000, .keep = true },
		{ .name = "a large arena", .bytes = 20 << 20, .piece = 60000, .keep = true },
		{ .name = "an arena of two heaps",
		  .bytes = 80 << 20,
		  .piece = 60000,
		  .keep = true },
		{ .name = "an arena given back", .bytes = 20 << 20, .piece = 60000 },
	};
	pthread_t thread;

	(void)z;
	pthread_barrier_init(&full, NULL, ARRAY_SIZE(eaters) + 1);
	for (size_t i = 0; i < ARRAY_SIZE(eaters); i++) {
		eaters[i].full = &full;
		if (pthread_create(&thread, NULL, eat, &eaters[i]))
			zoo_exit("pthread_create");
	}
	pthread_barrier_wait(&full);
	for (size_t i = 0; i < ARRAY_SIZE(eaters); i++) {
		zoo_arena(eaters[i].first, eaters[i].name);
		if (eaters[i].keep && !same_arena_heap(&eaters[i]))
			zoo_arena(eaters[i].last, eaters[i].name);
	}
}

static void make(struct zoo *z, const char *what)
{
	static const struct {
		const char *what;
		void (*make)(struct zoo *);
	} things[] = {
		{ "code", zoo_code },      { "threads", zoo_threads }, { "crowd", zoo_crowd },
		{ "cut", zoo_cut_stacks }, { "arenas", make_arenas },
	};

	for (size_t i = 0; i < ARRAY_SIZE(things); i++) {
		if (strcmp(what, things[i].what) == 0) {
			things[i].make(z);
			return;
		}
	}
	fprintf(stderr, "plain: no such thing: %s\n", what);
	exit(2);
}

int main(int argc, char **argv)
{
	struct zoo z;
	char c;

	zoo_init(&z, NULL);
	plain_data[5000] = plain_bss[50000] = plain_rodata[0];
	for (int i = 1; i < argc; i++)
		make(&z, argv[i]);
	zoo_images(&z);
	zoo_kernel(&z);
	zoo_stack(&z);
	zoo_heap(&z);
	zoo_ready();
	while (read(STDIN_FILENO, &c, 1) > 0)
		;
	zoo_done(&z);
	return 0;
}
