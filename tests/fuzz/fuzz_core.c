/* fuzz_core.c - a core file; others that these bytes may be are left to their own targets */
#include "check.h"
#include "fuzz.h"

#include <elf.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct vmv_error err;
	struct vmv_map map;
	int rc;

	if (len < SELFMAG || memcmp(bytes, ELFMAG, SELFMAG) != 0)
		return 0;
	rc = load_bytes(&map, bytes, len, "", &err);
	check_sound(&map, rc, &err);
	if (map.nregions) {
		check_printed(&map, len);
		check_snapshot(&map);
	}
	vmv_map_done(&map);
	return 0;
}
