/* snapjson.c - see snapjson.h */
#include "snapjson.h"

#include "vmapview/alloc.h"

#include <json.h>
#include <stdbool.h>

/* json-c 0.18 with JSON_TOKENER_STRICT takes all bytes above 0x7f for control characters.  Some
 * systems have fixed theirs, so try it instead of asking for its version. */
static bool takes_utf8(struct json_tokener *tokener)
{
	static const char text[] = "\"\xc3\xa4\"";
	struct json_object *o = json_tokener_parse_ex(tokener, text, sizeof(text) - 1);
	bool taken = o != NULL;

	json_object_put(o);
	json_tokener_reset(tokener);
	return taken;
}

struct json_tokener *snapjson_new(int depth, int flags)
{
	struct json_tokener *tokener = json_tokener_new_ex(depth);

	if (!tokener)
		vmv_no_memory();
	flags |= JSON_TOKENER_VALIDATE_UTF8;
	json_tokener_set_flags(tokener, flags | JSON_TOKENER_STRICT);
	if (!takes_utf8(tokener))
		json_tokener_set_flags(tokener, flags);
	return tokener;
}
