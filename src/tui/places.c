/* places.c - which screen the user is at, and which address; see app.h */
#include "app.h"

#include "hex.h"
#include "picture.h"
#include "screen.h"
#include "vmapview/map.h"

const struct vmv_region *app_region(const struct app *a)
{
	return a->picture ? vmv_map_at(&a->picture->map, a->at) : NULL;
}

/* ---- screens ---- */

void app_enter(struct app *a, enum screen_id screen, bool back)
{
	if (screen != a->screen) /* what was asked there may make no sense here */
		a->prompt.label = NULL;
	a->screen = screen;
	narrow_return(a, screen, back);
	if (screen_of(screen)->settle)
		screen_of(screen)->settle(a);
	if (screen_of(screen)->enter)
		screen_of(screen)->enter(a);
}

void app_open(struct app *a, enum screen_id screen)
{
	if (a->screen == screen || a->nback == BACK_MAX)
		return;
	a->back[a->nback++] = a->screen;
	app_enter(a, screen, false);
}

void app_switch(struct app *a, enum screen_id screen)
{
	a->nback = 0;
	app_enter(a, screen, false);
}

bool app_back(struct app *a)
{
	if (!a->nback)
		return false;
	app_enter(a, a->back[--a->nback], true);
	return true;
}

void app_choose(struct app *a, uint64_t start, bool top)
{
	if (a->at == start)
		return;
	a->at = start;
	a->chosen = !top;
}

bool app_go(struct app *a, uint64_t address)
{
	const struct vmv_region *r = a->picture ? vmv_map_from(&a->picture->map, address) : NULL;

	if (!r)
		return false;
	a->at = r->start;
	a->chosen = true;
	hex_go(a, address);
	a->details.built = a->details.read = false;
	if (screen_of(a->screen)->places)
		app_enter(a, a->screen, false);
	else
		app_switch(a, SCREEN_REGIONS);
	return r->start <= address;
}
