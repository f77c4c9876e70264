/* rc.c - see rc.h */
#include "vmapview/rc.h"

#include "vmapview/alloc.h"
#include "vmapview/error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	MAX_LINE = 1024,    /* pmap's; what is longer is cut */
	MAX_FILE = 1 << 20, /* a device may have no end */
};

enum section { NO_SECTION, FIELDS, MAPPING, OTHER_SECTION };

struct parse {
	struct vmv_rc *rc;
	void (*warn)(const char *text);
	unsigned long lineno;
	enum section section;
};

static void warn_line(const struct parse *p, const char *what)
{
	char text[96];

	snprintf(text, sizeof(text), "%s - line %lu", what, p->lineno);
	p->warn(text);
}

static const char *skip_blanks(const char *s)
{
	return s + strspn(s, " \t");
}

static bool is_over(const char *s)
{
	return !*s || *s == '#';
}

/* "[Fields Display]": returns what follows on the line. */
static const char *take_section(struct parse *p, const char *s)
{
	static const struct {
		const char *title;
		enum section section;
	} known[] = { { "[Fields Display]", FIELDS }, { "[Mapping]", MAPPING } };
	const char *end;

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		size_t len = strlen(known[i].title);

		if (!strncmp(s, known[i].title, len)) {
			p->section = known[i].section;
			return skip_blanks(s + len);
		}
	}
	end = strchr(s, ']');
	if (!end) {
		warn_line(p, "syntax error found in the config");
		return "";
	}
	p->section = OTHER_SECTION;
	warn_line(p, "unsupported section found in the config");
	return skip_blanks(end + 1);
}

static void add_field(struct vmv_rc *rc, const char *s, size_t len)
{
	char *name = vmv_realloc(NULL, len + 1, 1);

	memcpy(name, s, len);
	name[len] = '\0';
	rc->fields = vmv_grow(rc->fields, rc->nfields, &rc->fields_room, sizeof(*rc->fields));
	rc->fields[rc->nfields++] = name;
}

static void take_entry(struct parse *p, const char *s)
{
	size_t len = strcspn(s, " \t");

	if (p->section == OTHER_SECTION)
		return;
	if (p->section == NO_SECTION) {
		warn_line(p, "syntax error found in the config");
		return;
	}
	if (!is_over(skip_blanks(s + len)))
		warn_line(p, "syntax error found in the config");
	if (p->section == FIELDS)
		add_field(p->rc, s, len);
	else if (len == 8 && !memcmp(s, "ShowPath", 8))
		p->rc->toggle_path = !p->rc->toggle_path;
}

static void take_line(struct parse *p, char *line)
{
	const char *s;

	p->lineno++;
	if (strlen(line) >= MAX_LINE) {
		warn_line(p, "config line too long");
		line[MAX_LINE] = '\0';
	}
	s = skip_blanks(line);
	if (is_over(s))
		return;
	if (*s == '[') {
		s = take_section(p, s);
		if (is_over(s))
			return;
		warn_line(p, "syntax error found in the config");
	}
	take_entry(p, s);
}

/* 0 or a negative errno. */
static int take_lines(struct parse *p, FILE *file)
{
	char line[MAX_LINE + 2];
	size_t len = 0, all = 0;
	int c;

	while ((c = getc(file)) != EOF) {
		if (all++ == MAX_FILE)
			return -EFBIG;
		if (c != '\n') {
			if (len < sizeof(line) - 1)
				line[len++] = (char)c;
			continue;
		}
		line[len] = '\0';
		take_line(p, line);
		len = 0;
	}
	line[len] = '\0';
	if (len)
		take_line(p, line);
	return ferror(file) ? -errno : 0;
}

int vmv_rc_read(const char *path, struct vmv_rc *rc, void (*warn)(const char *text),
		struct vmv_error *err)
{
	struct parse p = { .rc = rc, .warn = warn };
	FILE *file = fopen(path, "re");
	int code;

	if (!file)
		return vmv_fail(err, errno, "cannot read %s: %m", path);
	code = take_lines(&p, file);
	fclose(file);
	return code < 0 ? vmv_fail(err, -code, "cannot read %s: %m", path) : 0;
}

bool vmv_rc_has(const struct vmv_rc *rc, const char *name)
{
	for (size_t i = 0; i < rc->nfields; i++)
		if (!strcmp(rc->fields[i], name))
			return true;
	return false;
}

/* pmap's own words, so that either program's file serves both. */
static const char template[] =
	"# pmap's Config File\n"
	"\n"
	"# All the entries are case sensitive.\n"
	"# Unsupported entries are ignored!\n"
	"\n"
	"[Fields Display]\n"
	"\n"
	"# To enable a field uncomment its entry\n"
	"\n"
	"#Perm\n#Offset\n#Device\n#Inode\n#Size\n#Rss\n#Pss\n"
	"#Shared_Clean\n#Shared_Dirty\n#Private_Clean\n#Private_Dirty\n"
	"#Referenced\n#Anonymous\n#AnonHugePages\n#Swap\n"
	"#KernelPageSize\n#MMUPageSize\n#Locked\n#VmFlags\n#Mapping\n"
	"\n"
	"\n"
	"[Mapping]\n"
	"\n"
	"# to show paths in the mapping column uncomment the following line\n"
	"#ShowPath\n"
	"\n";

int vmv_rc_create(const char *path, struct vmv_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	int code;

	if (!file)
		return vmv_fail(err, errno, "cannot create %s: %m", path);
	code = fputs(template, file) == EOF ? errno : 0;
	if (fclose(file) == EOF && !code)
		code = errno;
	if (!code)
		return 0;
	unlink(path);
	return vmv_fail(err, code, "cannot write %s: %m", path);
}

void vmv_rc_done(struct vmv_rc *rc)
{
	for (size_t i = 0; i < rc->nfields; i++)
		free(rc->fields[i]);
	free(rc->fields);
	*rc = (struct vmv_rc){ 0 };
}
