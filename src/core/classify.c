/*
 * classify.c - vmv_classify() of class.h: the first row of the table that matches
 */
#include "context.h"
#include "vmapview/alloc.h"
#include "vmapview/class.h"
#include "vmapview/map.h"
#include "vmapview/parallel.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORTH_A_THREAD = 4000 }; /* regions that take longer to classify than it takes to start */

/* One that large needs more than a pointer: a heap may have been taken for a stack. */
static bool may_be_stack_of(const struct vmv_context *c, const struct vmv_region *r,
			    const struct vmv_thread *thread)
{
	return may_be_thread(r) && (thread->stack != VMV_UNKNOWN || size_of(r) <= THREAD_MAX ||
				    has_guard(c, (size_t)(r - c->map->regions)));
}

/* The region that holds the thread's stack or at least its stack pointer, or NULL. */
static struct vmv_region *home_of(const struct vmv_map *map, const struct vmv_thread *thread)
{
	uint64_t at = thread->stack != VMV_UNKNOWN ? thread->stack : thread->sp;
	const struct vmv_region *r = at == VMV_UNKNOWN ? NULL : vmv_map_at(map, at);

	return r ? &map->regions[r - map->regions] : NULL;
}

static void place_threads(struct vmv_context *c)
{
	const struct vmv_map *map = c->map;

	for (size_t t = 0; t < map->nthreads; t++) {
		const struct vmv_thread *thread = &map->threads[t];
		struct vmv_region *r = home_of(map, thread);
		struct place *place;

		if (thread->tid == map->process.tgid)
			continue;
		if (!r || !may_be_stack_of(c, r, thread)) {
			c->loose_threads += !r;
			continue;
		}
		place = &c->places[r - map->regions];
		place->threads++;
		place->proved |= thread->stack != VMV_UNKNOWN;
		r->tid = thread->tid;
	}
}

/* A stack pointer in a region proves a stack, if only one thread's is there. */
static void prove_threads(struct vmv_context *c)
{
	struct vmv_map *map = c->map;

	c->threads_known = map->nthreads > 0;
	place_threads(c);
	for (size_t i = 0; i < map->nregions; i++)
		if (c->places[i].threads != 1)
			map->regions[i].tid = named_thread(&map->regions[i]);
	for (size_t t = 0; t < map->nthreads; t++) {
		struct vmv_thread *thread = &map->threads[t];
		const struct vmv_region *r = home_of(map, thread);

		if (r && thread->tid != map->process.tgid && may_be_stack_of(c, r, thread) &&
		    holds_stacks(&c->places[r - map->regions]))
			thread->stack = r->start;
	}
}

static void find_places(struct vmv_context *c)
{
	const struct vmv_map *map = c->map;

	for (size_t t = 0; t < map->nthreads; t++) {
		const struct vmv_region *r = vmv_map_at(map, map->threads[t].sp);

		if (r && map->threads[t].tid == map->process.tgid)
			c->places[r - map->regions].in_use = true;
	}
	/* mprotect() splits the main stack, which grows down; nothing else is mapped so close. */
	for (size_t i = map->nregions; i-- > 0;) {
		const struct vmv_region *r = region(c, i), *next = above(c, i);

		if (next && (named(next, "[stack]") || c->places[i + 1].below_stack))
			c->places[i].below_stack =
				r->flags ? vmv_has_flag(r, "gd") : vmv_is_anon(r);
	}
}

static void classify_region(const struct vmv_context *c, size_t i)
{
	struct vmv_region *r = &c->map->regions[i];
	bool known = *r->name || r->inode || c->images.of[i] >= 0;

	for (size_t k = 0; k < vmv_nclasses; k++) {
		enum vmv_evidence evidence;

		if (vmv_classes[k].known && !known) /* most regions are nothing but memory */
			continue;
		evidence = vmv_classes[k].match(c, i);
		if (evidence == VMV_EVIDENCE_NONE)
			continue;
		r->class = (uint8_t)k;
		r->evidence = (uint8_t)evidence;
		if (evidence == VMV_BY_DEVICE && !vmv_file_is_known(r))
			r->evidence = VMV_BY_FILE;
		/* The part is the weaker claim where it is inferred. */
		if (c->images.of[i] >= 0 && c->images.part_evidence[i] == VMV_BY_SHAPE)
			r->evidence = VMV_BY_SHAPE;
		return;
	}
}

/* "[heap]" and the like, for regions of no file. */
static void name_classes(struct vmv_context *c)
{
	c->class_objects = vmv_calloc(vmv_nclasses, sizeof(*c->class_objects));
	for (size_t k = 0; k < vmv_nclasses; k++) {
		char text[32];
		int len = snprintf(text, sizeof(text), "[%s]", vmv_classes[k].name);

		c->class_objects[k] = vmv_map_intern(c->map, text, (size_t)len);
	}
}

/* Regions of a file belong together, also those that only hold its variables. */
static const char *object_of(const struct vmv_context *c, size_t i)
{
	const struct vmv_region *r = region(c, i);
	bool part = c->images.of[i] >= 0;

	if (part)
		r = region(c, c->images.list[c->images.of[i]].first);
	return *r->name == '/' || part ? r->name : c->class_objects[region(c, i)->class];
}

/* What a predicate asks of neighbours is not what is set here. */
static void classify_piece(void *data, unsigned piece)
{
	const struct vmv_context *c = data;
	size_t n = c->map->nregions, end = vmv_piece_start(n, c->npieces, piece + 1);

	for (size_t i = vmv_piece_start(n, c->npieces, piece); i < end; i++) {
		classify_region(c, i);
		c->map->regions[i].object = object_of(c, i);
	}
}

void vmv_classify(struct vmv_map *map)
{
	struct vmv_context c = { .map = map, .npieces = vmv_pieces(map->nregions, WORTH_A_THREAD) };

	for (size_t i = 0; i < map->nregions; i++) {
		map->regions[i].part = VMV_PART_NONE;
		map->regions[i].tid = 0;
		c.access_known |= !(map->regions[i].perms & VMV_ACCESS_UNKNOWN);
		c.stack_named |= named(&map->regions[i], "[stack]");
	}
	name_classes(&c);
	images_find(&c.images, map);
	c.places = vmv_calloc(map->nregions, sizeof(*c.places));
	prove_threads(&c);
	find_places(&c);
	c.after_program = images_heap(&c.images, map);
	vmv_in_pieces(c.npieces, classify_piece, &c);
	vmv_marks_find(map);
	images_done(&c.images);
	free(c.class_objects);
	free(c.places);
}
