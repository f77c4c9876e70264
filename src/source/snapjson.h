/*
 * snapjson.h - set up json-c for snapshots (private to source)
 */
#ifndef VMV_SNAPJSON_H
#define VMV_SNAPJSON_H

struct json_tokener;

/**
 * snapjson_new - a parser of JSON, as strict as this json-c can be
 * @depth: how deeply objects and arrays may be nested
 * @flags: JSON_TOKENER_ALLOW_TRAILING_CHARS or 0
 *
 * Invalid UTF-8 is an error.  Release it with json_tokener_free().
 */
struct json_tokener *snapjson_new(int depth, int flags);

#endif
