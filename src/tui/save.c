/*
 * save.c - the key that writes a snapshot
 */
#include "picture.h"
#include "screen.h"

#include <stdio.h>

static const char save_label[] = "Write snapshot to:";

static void save_accepted(struct app *a)
{
	struct vmv_error err;

	if (!*a->prompt.text)
		return;
	if (a->world->save(a->world->data, &a->picture->map, a->prompt.text, &err) < 0)
		prompt_refuse(&a->prompt, save_label, err.text);
	else
		app_say(a, "snapshot written to %s", a->prompt.text);
}

/* The first name that is free, for any reasonable number of snapshots. */
static void propose_name(const struct app *a, char *name, size_t size)
{
	const struct vmv_tui_world *world = a->world;
	int pid = a->picture->map.process.tgid;

	snprintf(name, size, "vmapview-%d.json", pid);
	for (unsigned n = 2; n < 1000 && world->is_taken && world->is_taken(world->data, name); n++)
		snprintf(name, size, "vmapview-%d-%u.json", pid, n);
}

void command_save(struct app *a)
{
	char name[64];

	if (command_lacks_picture(a))
		return;
	if (!a->world->save) {
		app_say(a, "the view of a file cannot write: use vmapview --json");
		return;
	}
	propose_name(a, name, sizeof(name));
	prompt_open(&a->prompt, save_label, name);
	a->prompt.accept = save_accepted;
}
