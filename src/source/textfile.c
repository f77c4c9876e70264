/* textfile.c - a source of its own: saved maps and smaps, from whatever kernel */
#include "vmapview/class.h"
#include "vmapview/map.h"
#include "vmapview/need.h"
#include "vmapview/reader.h"
#include "vmapview/smaps.h"
#include "vmapview/source.h"

#include <string.h>

/* The first line as a string, without its end; false if it is none. */
static bool first_line(const struct vmv_target *t, char *line, bool *crlf)
{
	const unsigned char *newline = memchr(t->head, '\n', t->len);
	size_t len = newline ? (size_t)(newline - t->head) : t->len;

	memcpy(line, t->head, len);
	line[len] = '\0';
	*crlf = len && line[len - 1] == '\r';
	if (*crlf)
		line[len - 1] = '\0';
	return len > 0;
}

static bool claims(const struct vmv_target *t)
{
	char line[sizeof(t->head) + 1];
	struct vmv_region region;
	const char *name;
	bool crlf;

	return first_line(t, line, &crlf) && vmv_parse_header(line, &region, &name);
}

static int load(struct vmv_target *t, struct vmv_live *live, unsigned needs, struct vmv_map *map,
		struct vmv_error *err)
{
	struct vmv_reader in = { .fd = t->fd, .longest = 1 << 20 };
	char line[sizeof(t->head) + 1];
	int rc;

	(void)live;
	first_line(t, line, &in.crlf);
	vmv_reader_unread(&in, t->head, t->len);
	map->wanted = vmv_needed_stats(needs);
	rc = vmv_smaps_read(&in, vmv_target_name(t), map, err);
	map->torn = rc < 0;
	vmv_reader_done(&in);
	if (needs & VMV_NEED_CLASS)
		vmv_classify(map);
	return rc;
}

const struct vmv_source vmv_source_text = {
	.name = "a text of maps or smaps",
	.claims = claims,
	.load = load,
};
