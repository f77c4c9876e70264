/* lazy_pcre2.c - the functions of PCRE2 that we use; see lazy.h */
#include "vmapview/lazy.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library is, too */
static struct vmv_lazy pcre2 = { .file = LIBPCRE2_FILE };

/* clang-format off */
VMV_LAZY(&pcre2, pcre2_code *, pcre2_compile,
	 (PCRE2_SPTR text, PCRE2_SIZE len, uint32_t options, int *code, PCRE2_SIZE *where,
	  pcre2_compile_context *context),
	 (text, len, options, code, where, context))
VMV_LAZY_VOID(&pcre2, pcre2_code_free, (pcre2_code *code), (code))
VMV_LAZY(&pcre2, int, pcre2_config, (uint32_t what, void *where), (what, where))
VMV_LAZY(&pcre2, int, pcre2_get_error_message, (int code, PCRE2_UCHAR *text, PCRE2_SIZE size),
	 (code, text, size))
VMV_LAZY(&pcre2, pcre2_match_context *, pcre2_match_context_create,
	 (pcre2_general_context *general), (general))
VMV_LAZY_VOID(&pcre2, pcre2_match_context_free, (pcre2_match_context *context), (context))
VMV_LAZY(&pcre2, int, pcre2_set_match_limit, (pcre2_match_context *context, uint32_t limit),
	 (context, limit))
VMV_LAZY(&pcre2, int, pcre2_set_depth_limit, (pcre2_match_context *context, uint32_t limit),
	 (context, limit))
VMV_LAZY(&pcre2, int, pcre2_set_heap_limit, (pcre2_match_context *context, uint32_t limit),
	 (context, limit))
VMV_LAZY(&pcre2, pcre2_match_data *, pcre2_match_data_create,
	 (uint32_t pairs, pcre2_general_context *general), (pairs, general))
VMV_LAZY_VOID(&pcre2, pcre2_match_data_free, (pcre2_match_data *data), (data))
VMV_LAZY(&pcre2, int, pcre2_match,
	 (const pcre2_code *code, PCRE2_SPTR text, PCRE2_SIZE len, PCRE2_SIZE from, uint32_t options,
	  pcre2_match_data *data, pcre2_match_context *context),
	 (code, text, len, from, options, data, context))
/* clang-format on */
