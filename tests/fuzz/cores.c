/*
 * cores.c - core files to start fuzzing from
 *
 * cores DIRECTORY: writes one of each machine there.
 */
#include "maker.h"

static void write_core(const char *directory, const struct maker *m)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/machine%u", directory, m->machine);
	file = fopen(path, "we");
	if (!file || fwrite(m->bytes, m->len, 1, file) != 1 || fclose(file) == EOF) {
		perror(path);
		exit(1);
	}
}

/* The first page of the program, dumped with it: two segments, code and data. */
static void dump_image(struct maker *m)
{
	struct maker *image = vmv_calloc(1, sizeof(*image));

	begin(image, m->machine, m->wide, m->big);
	header(image, PT_LOAD, PF_R | PF_X, (uint64_t[]){ 0, 0, 0, PAGE, PAGE });
	header(image, PT_LOAD, PF_R | PF_W, (uint64_t[]){ PAGE, DATA - TEXT, 0, PAGE, PAGE });
	header(m, PT_LOAD, PF_R, (uint64_t[]){ m->len, TEXT, 0, PAGE, PAGE });
	memcpy(m->bytes + m->len, image->bytes, PAGE);
	m->len += PAGE;
	free(image);
}

int main(int argc, char **argv)
{
	struct maker *m = vmv_calloc(1, sizeof(*m));

	if (argc != 2)
		return 1;
	for (size_t i = 0; i < ARRAY_SIZE(machines); i++) {
		make(m, &machines[i], i % 2 ? 1 : PAGE);
		if (machines[i].machine == EM_AARCH64)
			dump_image(m);
		write_core(argv[1], m);
	}
	free(m);
	return 0;
}
