/* lazy_proc.c - the functions of libproc2 that we use; see lazy.h */
#include "vmapview/lazy.h"

#include <libproc2/pids.h>

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library is, too */
static struct vmv_lazy proc2 = { .file = LIBPROC2_FILE };

/* clang-format off */
VMV_LAZY(&proc2, int, procps_pids_new,
	 (struct pids_info **info, enum pids_item *items, int count), (info, items, count))
VMV_LAZY(&proc2, int, procps_pids_unref, (struct pids_info **info), (info))
VMV_LAZY(&proc2, struct pids_fetch *, procps_pids_reap,
	 (struct pids_info *info, enum pids_fetch_type which), (info, which))
VMV_LAZY(&proc2, struct pids_fetch *, procps_pids_select,
	 (struct pids_info *info, unsigned *ids, int count, enum pids_select_type which),
	 (info, ids, count, which))
/* clang-format on */
