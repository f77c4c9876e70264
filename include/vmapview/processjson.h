/*
 * processjson.h - one row per process, as JSON of its own (schema "vmapview-processes")
 *
 *	{"schema":"vmapview-processes","version":1,"generator":"vmapview 1.0",
 *	 "time":"2026-11-22T20:00:00Z","kernel":"6.18.44","unreadable":0,"processes":[
 *	{"pid":1,"user":"root","rss_bytes":4096,"pss_bytes":null,...}]}
 */
#ifndef VMV_PROCESSJSON_H
#define VMV_PROCESSJSON_H

struct vmv_out;
struct vmv_processes;
struct vmv_view;

/** vmv_processjson_print - print one document of the processes in @view. */
void vmv_processjson_print(struct vmv_out *out, const struct vmv_view *view);

/** vmv_limits_print - print a line about the processes in @view that are near the limit of regions
 *  (vm.max_map_count), if any is. */
void vmv_limits_print(struct vmv_out *out, const struct vmv_view *view);

#endif
