/* optcheck.c - which options go together; see optrow.h */
#include "message.h"
#include "optrow.h"
#include "optwords.h"
#include "vmapview/kind.h"
#include "vmapview/map.h"
#include "vmapview/tui.h"

#include <string.h>

/* Said in full: no need to repeat the usage. */
static enum vmv_action refused(struct vmv_options *o, const char *why)
{
	say("%s", why);
	return o->action = VMV_USAGE_ERROR;
}

/* Of the options of lists, those that say how they are shown, and not where. */
static bool only_chooses(const struct vmv_tables *t)
{
	return !(t->group || t->format || t->file || t->summary || t->bytes || t->bare || t->json);
}

/* What the view is to list first. */
static bool take_view(const struct vmv_options *o)
{
	const char *list = o->tables.list;
	int word = list ? option_word("list", list) : 0;
	const struct vmv_kind *kind = word < 0 ? NULL : vmv_kind_at((size_t)word);

	if (!kind)
		return false;
	if (!vmv_tui_lists(kind))
		say("--list %s: the interactive view has no screen of that", list);
	else if (kind->looks == 0 && o->ntargets)
		say("--list %s takes no target", list);
	else if (!kind->of_map && o->tables.filter)
		say("--list %s takes no --filter with -i", list);
	else
		return true;
	return false;
}

static enum vmv_action check_interactive(struct vmv_options *o, int modes)
{
	if (modes || o->diff || o->all || o->watch || o->record)
		return refused(o, "option -i can't be combined with other ways of output");
	if (!only_chooses(&o->tables))
		return refused(o,
			       "of the options of lists, -i takes -o, --list, --sort and --filter");
	if (o->ntargets > 1)
		return refused(o, "option -i takes one target");
	return o->action = take_view(o) ? VMV_INTERACTIVE : VMV_USAGE_ERROR;
}

static bool is_of_json(const char *name)
{
	return !strcmp(name, "json") || !strcmp(name, "format");
}

/* What shows no list takes few of the options of lists. */
static bool takes_tables(struct vmv_options *o)
{
	const struct vmv_tables *t = &o->tables;

	if (o->diff || o->all)
		return !t->summary;
	if (t->format && !strcmp(t->format, "json"))
		o->tables.json = true;
	else if (t->format && strcmp(t->format, "table") != 0)
		return false;
	for (size_t i = 0; i < noption_rows; i++)
		if (option_is_of_tables(&option_rows[i], o) && !is_of_json(option_rows[i].name))
			return false;
	return true;
}

/* What works on whole maps. */
struct whole {
	enum vmv_action action;
	int ntargets;
	const char *option, *takes; /* to complain about another number of targets */
};

static const struct whole *whole_of(const struct vmv_options *o)
{
	static const struct whole diff = { VMV_DIFF, 2, "--diff", "takes two targets" };
	static const struct whole all = { VMV_ALL, 0, "--all", "takes no target" };
	static const struct whole watch = { VMV_WATCH, 1, "--watch and --record",
					    "take one target" };

	return o->diff ? &diff : o->all ? &all : &watch;
}

static enum vmv_action refuse_targets(struct vmv_options *o, const struct whole *whole)
{
	if (o->tables.list)
		say("--list %s %s", o->tables.list, whole->takes);
	else
		say("%s %s", whole->option, whole->takes);
	return o->action = VMV_USAGE_ERROR;
}

static enum vmv_action check_whole(struct vmv_options *o, int modes)
{
	const struct whole *whole = whole_of(o);

	if (o->diff + o->all + (o->watch || o->record) > 1)
		return refused(
			o, "options --diff, --all and --watch or --record are mutually exclusive");
	if (modes || !takes_tables(o))
		return refused(o,
			       "--watch and --record take --json but no other option of listings; "
			       "--diff and --all take those of tables but --summary");
	if (o->count && !o->watch)
		return refused(o, "--count goes with --watch");
	if (o->ntargets != whole->ntargets)
		return refuse_targets(o, whole);
	return o->action = whole->action;
}

static enum vmv_action check_create(struct vmv_options *o)
{
	if (o->pmap.quiet || o->pmap.path)
		return refused(o, "options -p, -q are mutually exclusive with -n, -N");
	if (o->ntargets)
		return refused(o, "too many arguments");
	return o->action = VMV_CREATE_RC;
}

static enum vmv_action check_listing(struct vmv_options *o, const struct given *given)
{
	if (o->count)
		return refused(o, "--count goes with --watch");
	if (!o->ntargets)
		return refused(o, "argument missing");

	if (given->c || given->C)
		o->pmap.layout = VMV_PMAP_CHOSEN;
	else if (given->d)
		o->pmap.layout = VMV_PMAP_DEVICE;
	else if (given->x)
		o->pmap.layout = VMV_PMAP_EXTENDED;
	else if (given->X)
		o->pmap.layout = given->X == 1 ? VMV_PMAP_MORE : VMV_PMAP_ALL;
	return o->action = VMV_SHOW;
}

/* What a list is made of is as if it was asked for: --all, --diff. */
static bool take_kind(struct vmv_options *o)
{
	int word = option_word("list", o->tables.list);
	const struct vmv_kind *kind = word < 0 ? NULL : vmv_kind_at((size_t)word);

	if (!kind)
		return false;
	if ((o->diff && kind->looks != 2) || (o->all && kind->looks == 2)) {
		say("--%s does not list %s", o->diff ? "diff" : "all", kind->name);
		return false;
	}
	o->diff = kind->looks == 2;
	o->all |= kind->looks == 0;
	return true;
}

enum vmv_action options_check(struct vmv_options *o, const struct given *given)
{
	int modes = given->c + given->C + given->d + given->n + given->N + given->x + !!given->X;

	if (o->interactive)
		return check_interactive(o, modes);
	if (o->at != VMV_UNKNOWN)
		return refused(o, "option --at needs -i");
	if (modes > 1)
		return refused(o, "options -c, -C, -d, -n, -N, -x, -X are mutually exclusive");
	if (modes && o->own)
		return refused(
			o, "options -c, -C, -d, -n, -N, -x, -X can't be combined with those "
			   "of tables (-o, --list, --sort, --filter, --group, --summary, --bytes, "
			   "--no-headings, --format, --json, --output-file)");
	if (given->n || given->N)
		return check_create(o);
	if (o->tables.list && !take_kind(o))
		return o->action = VMV_USAGE_ERROR;
	if (o->diff || o->all || o->watch || o->record)
		return check_whole(o, modes);
	return check_listing(o, given);
}
