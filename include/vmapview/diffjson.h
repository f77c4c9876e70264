/*
 * diffjson.h - what changed, as JSON (schema "vmapview-diff")
 *
 *	{"schema":"vmapview-diff","version":1,"generator":"vmapview 1.0","rerun":false,
 *	 "before":{"target":"a.json","pid":42,"command":"cat",
 *	 "time":"2026-11-22T20:00:00Z","kernel":"6.18.44"},"after":{...},
 *	 "changes":[
 *	  {"kind":"grown","class":"heap","part":null,"object":"[heap]",
 *	   "path":"[heap]","differs":["memory"],
 *	   "before":[{"start":"0x1000","end":"0x2000","perms":"rw-p"}],
 *	   "after":[{"start":"0x1000","end":"0x3000","perms":"rw-p"}],
 *	   "size_bytes":{"before":4096,"after":8192,"delta":4096},
 *	   "rss_bytes":{...},"pss_bytes":{...},"uss_bytes":{...},"swap_bytes":{...}}],
 *	 "classes":{"heap":{"regions":{...},"size_bytes":{...},...},...},
 *	 "total":{"regions":{...},"size_bytes":{...},...}}
 *
 * What is not known is null.  Text is valid UTF-8; where that loses something of
 * a path, "path_hex" has its bytes.
 */
#ifndef VMV_DIFFJSON_H
#define VMV_DIFFJSON_H

#include <stdbool.h>

struct vmv_diff;
struct vmv_out;

/**
 * struct vmv_diffjson - what is said besides the diff
 * @before, @after: the targets as typed
 * @oneline: one document a line
 */
struct vmv_diffjson {
	const char *before, *after;
	bool oneline;
};

/** vmv_diffjson_print - print one document, with a newline. */
void vmv_diffjson_print(struct vmv_out *out, const struct vmv_diff *diff,
			const struct vmv_diffjson *how);

#endif
