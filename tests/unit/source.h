/*
 * source.h - what the tests of targets share
 */
#ifndef VMV_UNIT_SOURCE_H
#define VMV_UNIT_SOURCE_H

#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/need.h"
#include "vmapview/source.h"

/** load_bytes - load a target that is a file of these @len bytes. */
static inline int load_bytes(struct vmv_map *map, const void *bytes, size_t len, const char *which,
			     struct vmv_error *err)
{
	int fd = unit_file(bytes, len);
	char spec[64];
	int rc;

	snprintf(spec, sizeof(spec), "/proc/self/fd/%d%s", fd, which);
	*err = (struct vmv_error){ 0 };
	rc = vmv_source_load(spec, NULL, VMV_NEED_COUNTERS | VMV_NEED_CLASS, map, NULL, err);
	close(fd);
	return rc;
}

/** check_sound - whatever was read: what it promises holds. */
static inline void check_sound(const struct vmv_map *map, int rc, const struct vmv_error *err)
{
	uint64_t end = 0;

	assert_true(rc <= 0);
	assert_int_equal(rc, -err->code);
	assert_true(rc == 0 || *err->text);
	for (size_t i = 0; i < map->nregions; i++) {
		const struct vmv_region *r = &map->regions[i];

		assert_true(map->rollup || (r->start >= end && r->start < r->end));
		assert_non_null(r->name);
		assert_non_null(r->object);
		assert_true(r->class < vmv_nclasses && r->part < VMV_PARTS);
		assert_in_range(r->evidence, 1, VMV_EVIDENCES - 1);
		end = r->end;
	}
}

/** damage - load the file cut at many places, and with bytes changed. */
static inline void damage(const char *bytes, size_t len, unsigned rounds)
{
	char *copy = vmv_realloc(NULL, len, 1);
	uint64_t seed = len;

	for (unsigned i = 0; i < rounds; i++) {
		unsigned changes = i % 4;
		size_t cut = len;
		struct vmv_error err;
		struct vmv_map map;

		memcpy(copy, bytes, len);
		seed = seed * 6364136223846793005 + 1442695040888963407;
		if (!changes)
			cut = (seed >> 33) % len;
		while (changes--) {
			seed = seed * 6364136223846793005 + 1442695040888963407;
			copy[(seed >> 33) % len] = (char)(seed >> 25);
		}
		check_sound(&map, load_bytes(&map, copy, cut, "", &err), &err);
		vmv_map_done(&map);
	}
	free(copy);
}

/** fixture - all bytes of a file below tests/fixtures; free() them. */
static inline char *fixture(const char *name, size_t *len)
{
	const char *top = getenv("TOP_SRCDIR");
	char path[4096], *bytes;
	FILE *file;

	snprintf(path, sizeof(path), "%s/tests/fixtures/%s", top ? top : ".", name);
	file = fopen(path, "r");
	if (!file)
		fail_msg("no fixture %s", path);
	bytes = vmv_realloc(NULL, 1 << 20, 1);
	*len = fread(bytes, 1, (1 << 20) - 1, file);
	bytes[*len] = '\0';
	fclose(file);
	return bytes;
}

/** load_fixture - load it with "@N" or "" after its name. */
static inline int load_fixture(struct vmv_map *map, const char *name, const char *which,
			       struct vmv_error *err)
{
	size_t len;
	char *bytes = fixture(name, &len);
	int rc = load_bytes(map, bytes, len, which, err);

	free(bytes);
	check_sound(map, rc, err);
	return rc;
}

/** class_at - the class of the region with this address, "" if there is none. */
static inline const char *class_at(const struct vmv_map *map, uint64_t address)
{
	const struct vmv_region *r = vmv_map_at(map, address);

	return r ? vmv_classes[r->class].name : "";
}

#endif
