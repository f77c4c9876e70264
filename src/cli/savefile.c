/* savefile.c - see savefile.h */
#include "savefile.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/output.h"
#include "vmapview/writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The name itself where there is no home. */
static char *expand(const char *name)
{
	const char *home = name[0] == '~' && (name[1] == '/' || !name[1]) ? getenv("HOME") : NULL;

	return home && *home ? vmv_asprintf("%s%s", home, name + 1) : vmv_strdup(name);
}

static int write_to(int fd, const struct vmv_map *map)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));
	int rc;

	out->fd = fd;
	vmv_snapshot_write(out, map, false);
	rc = vmv_out_flush(out);
	if (close(fd) < 0 && rc == 0)
		rc = -errno;
	free(out);
	return rc;
}

int savefile_write(const struct vmv_map *map, const char *name, struct vmv_error *err)
{
	char *path = expand(name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int rc = 0;

	if (fd < 0) {
		rc = vmv_fail(err, errno, "cannot create %.150s: %m", path);
	} else {
		rc = write_to(fd, map);
		if (rc < 0) {
			vmv_fail(err, -rc, "cannot write %.150s: %m", path);
			unlink(path);
		}
	}
	free(path);
	return rc;
}

bool savefile_is_taken(const char *name)
{
	char *path = expand(name);
	struct stat st;
	bool taken = lstat(path, &st) == 0;

	free(path);
	return taken;
}
