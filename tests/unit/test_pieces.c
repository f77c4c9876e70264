/* test_pieces.c - work in pieces at the same time, and that nobody can tell from its results */
#include "unit.h"

#include "vmapview/class.h"
#include "vmapview/column.h"
#include "vmapview/parallel.h"
#include "vmapview/pmap.h"
#include "vmapview/view.h"

#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* ---- pieces ---- */

static void pieces_take_every_item_once(void **state)
{
	static const size_t counts[] = { 0, 1, 2, 3, 4, 5, 7, 100, 60001, SIZE_MAX / 8 };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
		for (unsigned pieces = 1; pieces <= VMV_PIECES_MAX; pieces++) {
			assert_int_equal(vmv_piece_start(counts[i], pieces, 0), 0);
			assert_int_equal(vmv_piece_start(counts[i], pieces, pieces), counts[i]);
			for (unsigned p = 0; p < pieces; p++)
				assert_true(vmv_piece_start(counts[i], pieces, p) <=
					    vmv_piece_start(counts[i], pieces, p + 1));
		}
	}
}

static void little_work_is_one_piece(void **state)
{
	(void)state;
	assert_int_equal(vmv_pieces(0, 10), 1);
	assert_int_equal(vmv_pieces(19, 10), 1);
	assert_in_range(vmv_pieces(29, 10), 1, 2);
	assert_in_range(vmv_pieces(SIZE_MAX, 10), 1, VMV_PIECES_MAX);
}

static void count_piece(void *data, unsigned piece)
{
	atomic_uint *done = data;

	atomic_fetch_add(&done[piece], 1);
}

static bool all_done(unsigned pieces)
{
	atomic_uint done[VMV_PIECES_MAX + 1] = { 0 };

	vmv_in_pieces(pieces, count_piece, done);
	for (unsigned i = 0; i <= VMV_PIECES_MAX; i++)
		if (done[i] != (i < pieces))
			return false;
	return true;
}

static void every_piece_is_done(void **state)
{
	(void)state;
	for (unsigned pieces = 1; pieces <= VMV_PIECES_MAX; pieces++)
		assert_true(all_done(pieces));
}

/* A limit that is none for root. */
static void every_piece_is_done_without_threads(void **state)
{
	int status;
	pid_t child = fork();

	(void)state;
	assert_true(child >= 0);
	if (child == 0) {
		if ((getuid() == 0 && setuid(65534) < 0) ||
		    setrlimit(RLIMIT_NPROC, &(struct rlimit){ 0, 0 }) < 0)
			_exit(2);
		_exit(!all_done(VMV_PIECES_MAX));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

/* ---- maps that are worth it ---- */

enum { MANY = 24000, FEW = 500 };

/* Numbers that differ but are as long, so that all columns are as wide in each part. */
static void put_region(FILE *text, size_t i, const char *name)
{
	uint64_t start = 0x7f0000000000 + i * 0x10000;

	fprintf(text, "%llx-%llx %s 00001000 fd:00 %zu %s\n", (unsigned long long)start,
		(unsigned long long)start + 0x1000 * (1 + i % 9), i % 3 ? "rw-p" : "r--s",
		10000 + i, i % 2 ? name : "/usr/lib/odd one");
	fprintf(text, "Rss: %zu kB\nPrivate_Clean: %zu kB\nPrivate_Dirty: %zu kB\n", 10 + i % 90,
		i % 10, 10 + i % 80);
	fprintf(text, "VmFlags: rd mr\n");
}

static void make_map(struct vmv_map *map, size_t first, size_t count, const char *name)
{
	size_t len;
	char *bytes;
	FILE *text = open_memstream(&bytes, &len);

	for (size_t i = first; i < first + count; i++)
		put_region(text, i, name);
	fclose(text);
	unit_map(map, bytes);
	assert_int_equal(map->nregions, count);
	free(bytes);
}

/* ---- listings ---- */

static void list(struct vmv_out *out, size_t first, size_t count, const char *name,
		 enum vmv_layout layout)
{
	const struct vmv_pmap how = {
		.layout = layout, .quiet = true, .path = true, .high = UINT64_MAX
	};
	struct vmv_map map;

	make_map(&map, first, count, name);
	vmv_pmap_list(out, &map, &how);
	vmv_map_done(&map);
}

static void check_listing(size_t many, const char *name, enum vmv_layout layout)
{
	struct vmv_out *whole = unit_out(), *parts = unit_out();
	char *one, *other;

	list(whole, 0, many, name, layout);
	for (size_t i = 0; i < many; i += FEW)
		list(parts, i, FEW, name, layout);
	one = unit_printed(whole);
	other = unit_printed(parts);
	assert_true(strlen(one) > many * 40);
	assert_true(!strcmp(one, other));
	free(one);
	free(other);
}

static void long_listings_are_made_of_short_ones(void **state)
{
	static const enum vmv_layout layouts[] = { VMV_PMAP_PLAIN, VMV_PMAP_EXTENDED,
						   VMV_PMAP_DEVICE, VMV_PMAP_MORE, VMV_PMAP_ALL };

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(layouts); i++)
		check_listing(MANY, "/usr/lib/even", layouts[i]);
}

/* More than a piece may keep until its turn comes. */
static void so_are_those_of_long_names(void **state)
{
	char name[4000];

	(void)state;
	memset(name, 'x', sizeof(name));
	name[0] = '/';
	name[sizeof(name) - 1] = '\0';
	check_listing(MANY / 4, name, VMV_PMAP_PLAIN);
	check_listing(MANY / 4, name, VMV_PMAP_ALL);
}

/* The sums of all, in the footer. */
static void totals_are_of_all_pieces(void **state)
{
	const struct vmv_pmap how = { .layout = VMV_PMAP_EXTENDED, .high = UINT64_MAX };
	struct vmv_out *out = unit_out();
	unsigned long size = 0, rss = 0, dirty = 0;
	char *text, footer[80];
	struct vmv_map map;

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		size += 4 * (1 + i % 9);
		rss += 10 + i % 90;
		dirty += 10 + i % 80;
	}
	make_map(&map, 0, MANY, "/x");
	vmv_pmap_list(out, &map, &how);
	text = unit_printed(out);
	snprintf(footer, sizeof(footer), "\ntotal kB         %7lu %7lu %7lu\n", size, rss, dirty);
	assert_non_null(strstr(text, footer));
	free(text);
	vmv_map_done(&map);
}

/* ---- sums ---- */

static uint64_t get(const struct vmv_view *view, const struct vmv_row *row, const char *column)
{
	struct vmv_value value;

	vmv_view_get(view, row, vmv_column_find(&vmv_kind_regions, column, strlen(column)), &value);
	assert_true(value.known);
	return value.number;
}

static void sums_are_of_all_pieces(void **state)
{
	const struct vmv_column *columns[] = { vmv_column_find(&vmv_kind_regions, "rss", 3),
					       vmv_column_find(&vmv_kind_regions, "uss", 3) };
	struct vmv_query query;
	struct vmv_view view;
	struct vmv_map map;
	uint64_t rss[2] = { 0 }, uss[2] = { 0 };

	(void)state;
	for (size_t i = 0; i < MANY; i++) {
		rss[i % 3 == 0] += (10 + i % 90) * 1024;
		uss[i % 3 == 0] += (i % 10 + 10 + i % 80) * 1024;
	}
	make_map(&map, 0, MANY, "/x");
	vmv_query_all(&query);
	query.group = vmv_column_find(&vmv_kind_regions, "perms", 5);
	query.columns = columns;
	query.ncolumns = ARRAY_SIZE(columns);
	vmv_view_map(&view, &map, &query);
	assert_int_equal(view.nrows, 2);
	for (size_t k = 0; k < 2; k++) { /* in the order in which they come up: i % 3 == 0 first */
		assert_int_equal(get(&view, &view.rows[k], "rss"), rss[!k]);
		assert_int_equal(get(&view, &view.rows[k], "uss"), uss[!k]);
	}
	assert_int_equal(get(&view, &view.total, "rss"), rss[0] + rss[1]);
	assert_int_equal(get(&view, &view.total, "uss"), uss[0] + uss[1]);
	vmv_view_done(&view);
	vmv_map_done(&map);
}

/* ---- classes ---- */

static void classes_are_those_of_neighbours(void **state)
{
	struct vmv_map map;

	(void)state;
	vmv_map_init(&map);
	for (size_t i = 0; i < MANY; i++) { /* a guard below each second one */
		struct vmv_region r = { .start = 0x10000 * (i / 2 + 1) + 0x1000 * (i % 2),
					.name = vmv_map_intern(&map, "", 0),
					.perms = i % 2 ? VMV_READ | VMV_WRITE : 0 };

		r.end = r.start + 0x1000;
		vmv_map_add(&map, &r);
	}
	vmv_classify(&map);
	for (size_t i = 0; i < MANY; i++) {
		const struct vmv_region *r = &map.regions[i];

		assert_string_equal(vmv_classes[r->class].name, i % 2 ? "anon" : "guard");
		assert_string_equal(r->object, i % 2 ? "[anon]" : "[guard]");
	}
	vmv_map_done(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_take_every_item_once),
		cmocka_unit_test(little_work_is_one_piece),
		cmocka_unit_test(every_piece_is_done),
		cmocka_unit_test(every_piece_is_done_without_threads),
		cmocka_unit_test(long_listings_are_made_of_short_ones),
		cmocka_unit_test(so_are_those_of_long_names),
		cmocka_unit_test(totals_are_of_all_pieces),
		cmocka_unit_test(sums_are_of_all_pieces),
		cmocka_unit_test(classes_are_those_of_neighbours),
	};

	return cmocka_run_group_tests_name("pieces", tests, NULL, NULL);
}
