/* allcmd.c - see allcmd.h */
#include "allcmd.h"

#include "message.h"
#include "terminal.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/live.h"
#include "vmapview/options.h"
#include "vmapview/process.h"
#include "vmapview/run.h"
#include "vmapview/usagetable.h"
#include "vmapview/writer.h"

#include <stdlib.h>
#include <unistd.h>

static int print(const struct vmv_options *o, const struct vmv_usages *usages)
{
	struct vmv_out *out = vmv_calloc(1, sizeof(*out));
	int status;

	out->fd = STDOUT_FILENO;
	if (o->tables.json)
		vmv_usagejson_print(out, usages);
	else
		vmv_usagetable_print(out, usages, !vmv_knows_utf8(), vmv_terminal_width());
	status = vmv_say_flushed(out) ? VMV_EXIT_OK : VMV_EXIT_TROUBLE;
	free(out);
	return status;
}

/* That others have processes that we may not read is no failure. */
int show_processes(const struct vmv_options *o)
{
	struct vmv_usages usages = { 0 };
	struct vmv_usage_order order;
	struct vmv_error err;
	int status, rc;

	if (vmv_usage_order_parse(&order, o->tables.sort ? o->tables.sort : "-pss", &err) < 0) {
		vmv_say("%s", err.text);
		return VMV_EXIT_TROUBLE;
	}
	rc = vmv_live_list_measured(&usages, &err);
	vmv_usages_sort(&usages, &order);
	status = rc == 0 || usages.count ? print(o, &usages) : VMV_EXIT_OK;
	if (rc < 0) {
		vmv_say("%s", err.text);
		status = VMV_EXIT_TROUBLE;
	}
	if (usages.denied)
		vmv_say("%zu of %zu processes may not be read", usages.denied, usages.count);
	vmv_usages_done(&usages);
	return status;
}
