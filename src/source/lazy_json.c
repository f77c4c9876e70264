/* lazy_json.c - the functions of json-c that we use; see lazy.h */
#include "vmapview/lazy.h"

#include <json.h>

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library is, too */
static struct vmv_lazy json = { .file = LIBJSONC_FILE };

/* clang-format off */
VMV_LAZY(&json, struct json_tokener *, json_tokener_new_ex, (int depth), (depth))
VMV_LAZY_VOID(&json, json_tokener_free, (struct json_tokener *t), (t))
VMV_LAZY_VOID(&json, json_tokener_reset, (struct json_tokener *t), (t))
VMV_LAZY_VOID(&json, json_tokener_set_flags, (struct json_tokener *t, int flags), (t, flags))
VMV_LAZY(&json, struct json_object *, json_tokener_parse_ex,
	 (struct json_tokener *t, const char *text, int len), (t, text, len))
VMV_LAZY(&json, size_t, json_tokener_get_parse_end, (struct json_tokener *t), (t))
VMV_LAZY(&json, enum json_tokener_error, json_tokener_get_error, (struct json_tokener *t), (t))
VMV_LAZY(&json, const char *, json_tokener_error_desc, (enum json_tokener_error e), (e))
VMV_LAZY(&json, int, json_object_put, (struct json_object *o), (o))
VMV_LAZY(&json, int, json_object_is_type, (const struct json_object *o, enum json_type type),
	 (o, type))
VMV_LAZY(&json, json_bool, json_object_object_get_ex,
	 (const struct json_object *o, const char *key, struct json_object **value),
	 (o, key, value))
VMV_LAZY(&json, size_t, json_object_array_length, (const struct json_object *o), (o))
VMV_LAZY(&json, struct json_object *, json_object_array_get_idx,
	 (const struct json_object *o, size_t i), (o, i))
VMV_LAZY(&json, json_bool, json_object_get_boolean, (const struct json_object *o), (o))
VMV_LAZY(&json, int64_t, json_object_get_int64, (const struct json_object *o), (o))
VMV_LAZY(&json, uint64_t, json_object_get_uint64, (const struct json_object *o), (o))
VMV_LAZY(&json, const char *, json_object_get_string, (struct json_object *o), (o))
VMV_LAZY(&json, int, json_object_get_string_len, (const struct json_object *o), (o))
/* clang-format on */
