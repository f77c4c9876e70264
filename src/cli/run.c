/* run.c - see run.h */
#include "vmapview/run.h"

#include "cmd.h"
#include "confine.h"
#include "message.h"
#include "tables.h"
#include "vmapview/need.h"
#include "vmapview/options.h"
#include "vmapview/tui.h"

#include <errno.h>
#include <string.h>

static int close_stdout(int status)
{
	if (fflush(stdout) == 0 && !ferror(stdout))
		return status;
	say("write error: %s", strerror(errno));
	return VMV_EXIT_TROUBLE;
}

int vmv_trouble(const struct vmv_options *o)
{
	return o->diff && !o->as_pmap ? (int)DIFF_TROUBLE : (int)VMV_EXIT_TROUBLE;
}

/* Who asks pmap for its version looks for the number behind procps-ng's name. */
static int version(const struct vmv_options *o)
{
	if (o->as_pmap)
		printf("pmap from vmapview %s, as pmap from procps-ng 4.0.7\n", PACKAGE_VERSION);
	else
		printf("vmapview %s\n", PACKAGE_VERSION);
	return close_stdout(VMV_EXIT_OK);
}

int vmv_run(const struct vmv_options *o)
{
	confine_always();
	switch (o->action) {
	case VMV_SHOW:
		return o->own ? show_tables(o) : pmap_targets(o);
	case VMV_INTERACTIVE:
		return view_target(o);
	case VMV_CREATE_RC:
		return pmap_create_rc(o);
	case VMV_HELP:
		vmv_options_usage(o, stdout);
		return close_stdout(VMV_EXIT_OK);
	case VMV_VERSION:
		return version(o);
	case VMV_LIST_KEYS:
		vmv_tui_list_keys(stdout);
		return close_stdout(VMV_EXIT_OK);
	case VMV_LIST_COLUMNS:
		return close_stdout(tables_list_columns(o->tables.list) ? VMV_EXIT_OK
									: VMV_EXIT_TROUBLE);
	case VMV_LIST_KINDS:
		tables_list_kinds();
		return close_stdout(VMV_EXIT_OK);
	case VMV_DIFF:
		return diff_targets(o);
	case VMV_WATCH:
		return watch_target(o);
	case VMV_ALL:
		return show_processes(o);
	case VMV_USAGE_ERROR:
		break;
	}
	return vmv_trouble(o);
}
