/* names.c - see names.h: a hash table with open addressing */
#include "vmapview/names.h"

#include "vmapview/alloc.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

struct slot {
	char *name; /* NULL: free */
	size_t len;
	uint64_t hash;
	size_t number;
};

struct vmv_names {
	struct slot *slots;
	size_t nslots; /* a power of two */
	size_t used;
	uint64_t secret[2];
};

enum { FIRST_SLOTS = 64 };

struct vmv_names *vmv_names_new(void)
{
	struct vmv_names *names = vmv_calloc(1, sizeof(*names));
	/* NOLINTNEXTLINE(performance-no-int-to-ptr): addresses come so */
	const void *random = (const void *)getauxval(AT_RANDOM);

	if (random)
		memcpy(names->secret, random, sizeof(names->secret));
	names->secret[1] |= UINT64_C(1) << 63 | 1;
	names->nslots = FIRST_SLOTS;
	names->slots = vmv_calloc(names->nslots, sizeof(*names->slots));
	return names;
}

/* The product of both, its upper half folded onto its lower one. */
static uint64_t fold(uint64_t a, uint64_t b)
{
	uint64_t a0 = (uint32_t)a, a1 = a >> 32, b0 = (uint32_t)b, b1 = b >> 32;
	uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), cross = a0 * b1 + (uint32_t)middle;

	return (cross << 32 | (uint32_t)low) ^ (a1 * b1 + (middle >> 32) + (cross >> 32));
}

/*
 * Eight bytes at a time: names are looked up for each region.  Both factors are
 * secret, or a process or file could have as many names as it likes in one slot.
 */
static uint64_t hash_of(const struct vmv_names *names, const char *s, size_t len)
{
	uint64_t hash = names->secret[0] + len, word;

	for (; len >= sizeof(word); s += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, s, sizeof(word));
		hash = fold(hash ^ word, names->secret[1]);
	}
	word = 0;
	memcpy(&word, s, len);
	return fold(hash ^ word, names->secret[1]);
}

/* The slot that holds the string, or the free one where it belongs. */
static struct slot *find(const struct vmv_names *names, const char *s, size_t len, uint64_t hash)
{
	size_t i = hash & (names->nslots - 1);

	for (;; i = (i + 1) & (names->nslots - 1)) {
		struct slot *slot = &names->slots[i];

		if (!slot->name)
			return slot;
		if (slot->hash == hash && slot->len == len && !memcmp(slot->name, s, len))
			return slot;
	}
}

static void widen(struct vmv_names *names)
{
	struct slot *old = names->slots;
	size_t nold = names->nslots;

	names->nslots *= 2;
	names->slots = vmv_calloc(names->nslots, sizeof(*names->slots));
	for (size_t i = 0; i < nold; i++)
		if (old[i].name)
			*find(names, old[i].name, old[i].len, old[i].hash) = old[i];
	free(old);
}

static const struct slot *get(struct vmv_names *names, const char *s, size_t len)
{
	uint64_t hash = hash_of(names, s, len);
	struct slot *slot = find(names, s, len, hash);

	if (slot->name)
		return slot;
	if (names->used >= names->nslots / 2) {
		widen(names);
		slot = find(names, s, len, hash);
	}
	slot->name = vmv_realloc(NULL, len + 1, 1);
	memcpy(slot->name, s, len);
	slot->name[len] = '\0';
	slot->len = len;
	slot->hash = hash;
	slot->number = names->used++;
	return slot;
}

const char *vmv_names_get(struct vmv_names *names, const char *s, size_t len)
{
	return get(names, s, len)->name;
}

size_t vmv_names_number(struct vmv_names *names, const char *s, size_t len)
{
	return get(names, s, len)->number;
}

void vmv_names_free(struct vmv_names *names)
{
	if (!names)
		return;
	for (size_t i = 0; i < names->nslots; i++)
		free(names->slots[i].name);
	free(names->slots);
	free(names);
}
