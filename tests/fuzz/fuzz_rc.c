/* fuzz_rc.c - pmap's file of fields, read and used */
#include "fuzz.h"
#include "vmapview/pmap.h"
#include "vmapview/rc.h"
#include "vmapview/text.h"
#include "vmapview/writer.h"

/* Warnings go to the terminal as they are. */
static void warn(const char *text)
{
	assert_true(*text && vmv_is_clean(text, strlen(text), true));
}

static void print_chosen(const struct vmv_map *map, const struct vmv_rc *rc)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));
	const struct vmv_pmap pmap = {
		.layout = VMV_PMAP_CHOSEN, .path = rc->toggle_path, .high = UINT64_MAX, .rc = rc
	};

	out->fd = unit_file("", 0);
	vmv_pmap_list(out, map, &pmap);
	assert_int_equal(vmv_out_flush(out), 0);
	close(out->fd);
	free(out);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct vmv_rc rc = { 0 };
	struct vmv_map map;
	char path[32];
	int fd = unit_file(bytes, len);

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	assert_int_equal(vmv_rc_read(path, &rc, warn, NULL), 0);
	close(fd);
	for (size_t i = 0; i < rc.nfields; i++) {
		assert_true(*rc.fields[i] && !strpbrk(rc.fields[i], " \t\n"));
		assert_true(vmv_rc_has(&rc, rc.fields[i]));
	}
	unit_map(&map, "10000-20000 rw-p 00000000 fe:01 7 /a/file\nRss: 4 kB\nVmFlags: rd wr\n");
	print_chosen(&map, &rc);
	vmv_map_done(&map);
	vmv_rc_done(&rc);
	return 0;
}
