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
int vmv_target_open_file(struct vmv_target *t, int flags)
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
	int rc = vmv_target_open_file(t, O_RDONLY | O_NOCTTY | O_CLOEXEC);
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
static int read_head(struct vmv_target *t, struct vmv_error *err)
{
	t->start = lseek(t->fd, 0, SEEK_CUR);
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

int vmv_target_open(struct vmv_target *t, const char *spec, struct vmv_live *live,
		    struct vmv_error *err)
{
	int rc = 0;

	*t = (struct vmv_target){ .spec = spec, .live = live, .fd = -1 };
	t->pid = vmv_parse_pid(spec);
	if (t->pid <= 0)
		rc = open_file(t, err);
	if (rc == 0 && t->pid <= 0)
		rc = read_head(t, err);
	if (rc < 0)
		return rc;
	t->source = find_source(t);
	if (!t->source)
		return fail_unknown(t, err);
	return t->source->open ? t->source->open(t, err) : 0;
}

/* Be behind the head again. */
static int rewind_file(struct vmv_target *t, struct vmv_error *err)
{
	bool again = t->spent;

	t->spent = true;
	if (t->fd < 0 || !again)
		return 0;
	if (t->start < 0)
		return vmv_fail(err, ESPIPE, "%.120s: not a file, so it can be read only once",
				vmv_target_name(t));
	if (lseek(t->fd, t->start + (off_t)t->len, SEEK_SET) < 0)
		return vmv_fail(err, errno, "cannot read %.120s: %m", vmv_target_name(t));
	return 0;
}

int vmv_target_load(struct vmv_target *t, unsigned needs, struct vmv_map *map,
		    struct vmv_error *err)
{
	int rc;

	if (t->source->moment)
		return vmv_target_moment(t, t->which, needs, map, err);
	vmv_map_init(map);
	if (t->which > 1)
		return vmv_fail(err, ENOENT, "%.120s: there is 1 map in it", vmv_target_name(t));
	rc = rewind_file(t, err);
	return rc < 0 ? rc : t->source->load(t, needs, map, err);
}

int vmv_target_moment(struct vmv_target *t, unsigned long n, unsigned needs, struct vmv_map *map,
		      struct vmv_error *err)
{
	int rc;

	vmv_map_init(map);
	if (!t->source->moment)
		return vmv_fail(err, ENOTSUP, "%s has no moments to choose from", t->source->name);
	rc = rewind_file(t, err);
	return rc < 0 ? rc : t->source->moment(t, n, needs, map, err);
}

/* Within one page, however small pages are. */
static bool is_piece(const struct vmv_peek *piece)
{
	return piece->size && piece->size <= VMV_SMALLEST_PAGE - piece->address % VMV_SMALLEST_PAGE;
}

int vmv_target_peek(struct vmv_target *t, struct vmv_peek *pieces, size_t n, struct vmv_error *err)
{
	if (!t->source->peek)
		return vmv_fail(err, ENOTSUP, "a saved map has no memory to look at");
	for (size_t i = 0; i < n; i++)
		if (!is_piece(&pieces[i]))
			return vmv_fail(err, EINVAL, "what is to be looked at is not in one page");
	t->source->peek(t, pieces, n);
	return 0;
}

int vmv_target_file(struct vmv_target *t, const struct vmv_region *r, struct vmv_error *err)
{
	if (!t->source->file)
		return vmv_fail(err, ENOTSUP, "the files of %s are not at hand", t->source->name);
	return t->source->file(t, r, err);
}

void vmv_target_close(struct vmv_target *t)
{
	if (t->source && t->source->close)
		t->source->close(t);
	if (t->fd >= 0)
		close(t->fd);
	free(t->path);
	*t = (struct vmv_target){ .fd = -1 };
}

static int open_and_load(struct vmv_target *t, const char *spec, struct vmv_live *live,
			 unsigned needs, struct vmv_map *map, struct vmv_error *err)
{
	int rc = vmv_target_open(t, spec, live, err);

	if (rc == 0)
		return vmv_target_load(t, needs, map, err);
	vmv_map_init(map);
	return rc;
}

int vmv_source_load(const char *spec, struct vmv_live *live, unsigned needs, struct vmv_map *map,
		    const struct vmv_source **source, struct vmv_error *err)
{
	struct vmv_target t;
	int rc = open_and_load(&t, spec, live, needs, map, err);

	/* It was there: by now, the PID may be that of another, which was named as well. */
	if (rc == -ESRCH && t.pid > 0 && t.own && !map->nregions) {
		vmv_target_close(&t);
		vmv_map_done(map);
		rc = open_and_load(&t, spec, live, needs, map, err);
	}
	if (source)
		*source = t.source;
	vmv_target_close(&t);
	return rc;
}
