/*
 * usagetable.h - one row per process, as a table or JSON
 */
#ifndef VMV_USAGETABLE_H
#define VMV_USAGETABLE_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_out;
struct vmv_usages;

/** vmv_usagetable_print - print headings and rows.  @ascii: the locale does not
 *  have UTF-8.  @width: columns of the terminal, 0 if it is none. */
void vmv_usagetable_print(struct vmv_out *out, const struct vmv_usages *usages, bool ascii,
			  size_t width);

/**
 * vmv_usagejson_print - print one document
 *
 *	{"schema":"vmapview-processes","version":1,"generator":"vmapview 1.0",
 *	 "time":"2026-11-22T20:00:00Z","kernel":"6.18.44","unreadable":0,"processes":[
 *	{"pid":1,"user":"root","rss_bytes":4096,"pss_bytes":null,...}]}
 */
void vmv_usagejson_print(struct vmv_out *out, const struct vmv_usages *usages);

#endif
