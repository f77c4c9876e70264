/* source.c - see source.h */
#include "vmapview/source.h"

#include "otherfile.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/map.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

/* To add a kind of target, add it here.  Texts are last: they have no magic number. */
static const struct vmv_source *const sources[] = {
	&vmv_source_live,
	&vmv_source_json,
	&vmv_source_core,
	&vmv_source_text,
};

int vmv_parse_pid(const char *s)
{
	char self[16];
	long pid = 0;

	if (!strncmp(s, "/proc/", 6)) {
		s += 6;
		if (!strcmp(s, "self")) {
			ssize_t len = readlink("/proc/self", self, sizeof(self) - 1);

			if (len <= 0)
				return 0;
			self[len] = '\0';
			s = self;
		}
	}
	if (!*s || strlen(s) > 10)
		return 0;
	for (; *s; s++) {
		if (*s < '0' || *s > '9')
			return 0;
		pid = pid * 10 + (*s - '0');
	}
	return pid <= INT_MAX ? (int)pid : 0;
}

bool vmv_target_is_process(const char *spec)
{
	return vmv_parse_pid(spec) > 0;
}

const char *vmv_target_name(const struct vmv_target *t)
{
	return strcmp(t->spec, "-") ? t->spec : "standard input";
}

/* "FILE@3" or "FILE@last": cut the path there and set which.  False if it is neither. */
static bool cut_which(struct vmv_target *t)
{
	char *at = strrchr(t->path, '@'), *end;

	if (!at || at == t->path)
		return false;
	if (strcmp(at + 1, "last") != 0) {
		if (at[1] < '1' || at[1] > '9')
			return false;
		errno = 0;
		t->which = strtoul(at + 1, &end, 10);
		if (*end || errno)
			return false;
	}
	*at = '\0';
	return true;
}

/* The whole name first: a file may well be called "a@2". */
int vmv_target_open(struct vmv_target *t, int flags)
{
	if (!strcmp(t->spec, "-")) {
		t->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0);
		return t->fd < 0 ? -errno : 0;
	}
	t->path = vmv_strdup(t->spec);
	t->fd = open(t->path, flags);
	if (t->fd < 0 && errno == ENOENT) {
		if (!cut_which(t))
			return -ENOENT;
		t->fd = open(t->path, flags);
	}
	return t->fd < 0 ? -errno : 0;
}

static int open_file(struct vmv_target *t, struct vmv_error *err)
{
	int rc = vmv_target_open(t, O_RDONLY | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (rc == -ENOENT)
		return vmv_fail(err, ENOENT, "'%s' is neither a process nor a file", t->spec);
	/* Confined, we may not even open one. */
	if ((rc < 0 ? stat(t->spec, &st) : fstat(t->fd, &st)) == 0 && S_ISDIR(st.st_mode))
		return vmv_fail(
			err, EISDIR,
			"'%.120s' is a directory: name a file in it, or a process by its number",
			t->spec);
	if (rc < 0)
		return vmv_fail(err, -rc, "cannot open %s: %m", vmv_target_name(t));
	return 0;
}

/* The first bytes, by which the sources know their own. */
static int peek(struct vmv_target *t, struct vmv_error *err)
{
	while (t->len < sizeof(t->head)) {
		ssize_t got = read(t->fd, t->head + t->len, sizeof(t->head) - t->len);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return vmv_fail(err, errno, "cannot read %s: %m", vmv_target_name(t));
		if (got == 0)
			break;
		t->len += (size_t)got;
	}
	return t->len ? 0 : vmv_fail(err, EINVAL, "%s is empty", vmv_target_name(t));
}

void vmv_source_prepare(void)
{
	for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
		if (sources[i]->prepare)
			sources[i]->prepare();
}

static const struct vmv_source *find_source(const struct vmv_target *t)
{
	for (size_t i = 0; i < ARRAY_SIZE(sources); i++)
		if (sources[i]->claims(t))
			return sources[i];
	return NULL;
}

/* "a.txt is neither a process, a JSON snapshot, ... nor a maps or smaps text" */
static int fail_unknown(const struct vmv_target *t, struct vmv_error *err)
{
	const char *advice = otherfile_advice(t->head, t->len);
	char tried[256] = "";
	size_t len = 0;

	if (advice)
		return vmv_fail(err, EINVAL, "%.120s is %s", vmv_target_name(t), advice);
	for (size_t i = 0; i < ARRAY_SIZE(sources) && len < sizeof(tried); i++) {
		const char *before = i == 0 ? "" : i + 1 < ARRAY_SIZE(sources) ? ", " : " nor ";

		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): none is NULL */
		const char *name = sources[i]->name;

		len += (size_t)snprintf(tried + len, sizeof(tried) - len, "%s%s", before, name);
	}
	return vmv_fail(err, EINVAL, "%.80s is neither %s", vmv_target_name(t), tried);
}

/* Open the target, if it is no process, and see what it is. */
static int recognise(struct vmv_target *t, const struct vmv_source **source, struct vmv_error *err)
{
	int rc = 0;

	t->pid = vmv_parse_pid(t->spec);
	if (t->pid <= 0)
		rc = open_file(t, err);
	if (rc == 0 && t->pid <= 0)
		rc = peek(t, err);
	if (rc < 0)
		return rc;
	*source = find_source(t);
	return *source ? 0 : fail_unknown(t, err);
}

int vmv_source_load(const char *spec, struct vmv_live *live, unsigned needs, struct vmv_map *map,
		    const struct vmv_source **source, struct vmv_error *err)
{
	struct vmv_target t = { .spec = spec, .fd = -1 };
	const struct vmv_source *found = NULL;
	int rc;

	vmv_map_init(map);
	rc = recognise(&t, &found, err);
	if (rc == 0 && found)
		rc = found->load(&t, live, needs, map, err);
	if (source)
		*source = found;
	if (t.fd >= 0)
		close(t.fd);
	free(t.path);
	return rc;
}
