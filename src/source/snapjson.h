/*
 * snapjson.h - json-c as we want it (private to source)
 */
#ifndef VMV_SNAPJSON_H
#define VMV_SNAPJSON_H

struct json_tokener;

/**
 * snapjson_new - a parser of JSON, as strict as this json-c can be
 * @depth: how many objects and arrays may be in each other
 * @flags: JSON_TOKENER_ALLOW_TRAILING_CHARS or 0
 *
 * Invalid UTF-8 is an error.  Release it with json_tokener_free().
 */
struct json_tokener *snapjson_new(int depth, int flags);

#endif
