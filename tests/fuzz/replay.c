/*
 * replay.c - a fuzz target without a fuzzer: it is given files
 *
 * replay FILE...: names each, and tries it.  What crashes, leaks or fails ends it.
 */
#include "target.h"

#include "vmapview/alloc.h"

#include <stdio.h>
#include <stdlib.h>

/* Just as many bytes as there are, for the sanitizers. */
static uint8_t *read_all(FILE *file, size_t *len)
{
	uint8_t *bytes = NULL;
	size_t room = 0;
	int c;

	*len = 0;
	while ((c = getc_unlocked(file)) != EOF) {
		bytes = vmv_grow(bytes, *len, &room, 1);
		bytes[(*len)++] = (uint8_t)c;
	}
	return vmv_realloc(bytes, *len ? *len : 1, 1);
}

int main(int argc, char **argv)
{
	LLVMFuzzerInitialize(&argc, &argv);
	for (int i = 1; i < argc; i++) {
		FILE *file = fopen(argv[i], "re");
		uint8_t *bytes;
		size_t len;

		if (!file) {
			fprintf(stderr, "cannot open %s\n", argv[i]);
			return 1;
		}
		puts(argv[i]);
		fflush(stdout);
		bytes = read_all(file, &len);
		fclose(file);
		LLVMFuzzerTestOneInput(bytes, len);
		free(bytes);
	}
	return 0;
}
