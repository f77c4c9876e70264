/*
 * cores.c - core files to start fuzzing from
 *
 * cores DIRECTORY: writes one of each machine there.
 */
#include "maker.h"

static void write_core(const char *directory, const char *name, const struct maker *m)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s%u", directory, name, m->machine);
	file = fopen(path, "we");
	if (!file || fwrite(m->bytes, m->len, 1, file) != 1 || fclose(file) == EOF) {
		perror(path);
		exit(1);
	}
}

int main(int argc, char **argv)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	if (argc != 2)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		make(m, &machines[i], i % 2 ? 1 : PAGE);
		if (machines[i].machine == EM_AARCH64)
			dump_image(m, TEXT + 2 * PAGE, DATA);
		write_core(argv[1], "machine", m);
		make_unnamed(m, &machines[i]);
		write_core(argv[1], "unnamed", m);
	}
	free(m);
	return 0;
}
