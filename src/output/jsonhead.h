/*
 * jsonhead.h - what snapshots and tables in JSON have in common (private to output)
 */
#ifndef VMV_JSONHEAD_H
#define VMV_JSONHEAD_H

#include <stdint.h>

struct json;
struct vmv_process;

/** json_head - open a document of @schema, made at @time on a machine with this @kernel. */
void json_head(struct json *j, const char *schema, const char *time, const char *kernel);

/** json_process - a member "process". */
void json_process(struct json *j, const struct vmv_process *p);

/** json_device - a member "device": "08:01". */
void json_device(struct json *j, uint32_t major, uint32_t minor);

/** json_end_lines - close an array whose members have a line each. */
void json_end_lines(struct json *j);

#endif
