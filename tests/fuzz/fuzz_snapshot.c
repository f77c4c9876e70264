/* fuzz_snapshot.c - a JSON snapshot, or a record of several */
#include "check.h"
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const char *const which[] = { "", "@1", "@2" };

	for (size_t i = 0; i < ARRAY_SIZE(which); i++) {
		struct vmv_error err;
		struct vmv_map map;
		int rc = load_bytes(&map, bytes, len, which[i], &err);

		check_sound(&map, rc, &err);
		if (map.nregions) {
			check_printed(&map, len);
			check_snapshot(&map);
		}
		vmv_map_done(&map);
	}
	return 0;
}
