/* vmflags.c - see vmflags.h */
#include "vmapview/vmflags.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

static const struct {
	char flag[3];
	const char *help;
} flags[] = {
	{ "rd", "may be read" },
	{ "wr", "may be written" },
	{ "ex", "may be executed" },
	{ "sh", "shared with others that map the same" },
	{ "mr", "mprotect() may allow reading" },
	{ "mw", "mprotect() may allow writing" },
	{ "me", "mprotect() may allow execution" },
	{ "ms", "may be shared" },
	{ "gd", "grows down when touched below its start, as stacks do" },
	{ "pf", "pages without descriptors (PFN map), mostly of a device" },
	{ "dw", "writing to the mapped file is denied" },
	{ "lo", "locked in memory (mlock)" },
	{ "io", "input and output memory of a device" },
	{ "sr", "read in order (MADV_SEQUENTIAL)" },
	{ "rr", "read at random (MADV_RANDOM): no read-ahead" },
	{ "dc", "not copied on fork (MADV_DONTFORK)" },
	{ "de", "does not grow with mremap()" },
	{ "ac", "counted against the memory commit limit" },
	{ "nr", "no swap space is reserved (MAP_NORESERVE)" },
	{ "ht", "huge pages of the hugetlb pool" },
	{ "sf", "page faults are synchronous (MAP_SYNC)" },
	{ "nl", "non-linear mapping" },
	{ "ar", "flag of this processor architecture" },
	{ "wf", "blank in a child after fork (MADV_WIPEONFORK)" },
	{ "dd", "left out of core dumps (MADV_DONTDUMP)" },
	{ "sd", "soft-dirty: written to since the bits were cleared" },
	{ "mm", "mixed map: pages with and without descriptors" },
	{ "hg", "huge pages are wanted (MADV_HUGEPAGE)" },
	{ "nh", "huge pages are not wanted (MADV_NOHUGEPAGE)" },
	{ "mg", "equal pages may be merged (KSM)" },
	{ "um", "userfaultfd is told of missing pages" },
	{ "uw", "userfaultfd is told of writes" },
	{ "ui", "userfaultfd is told of minor faults" },
	{ "mt", "memory tags (MTE) are on" },
	{ "bt", "only marked branch targets may be jumped to (BTI)" },
	{ "ss", "shadow stack: only the processor writes return addresses" },
	{ "sl", "sealed: can't be changed or unmapped (mseal)" },
	{ "dp", "may be dropped under memory pressure (MAP_DROPPABLE)" },
	{ "gu", "holds guard pages (MADV_GUARD_INSTALL)" },
	{ "lf", "locked when touched (MLOCK_ONFAULT)" },
};

const struct vmv_flag_note vmv_flag_notes[] = {
	{ "hg", "thp" },       { "nh", "nothp" },  { "ht", "huge" },      { "lo", "locked" },
	{ "nr", "nores" },     { "sl", "sealed" }, { "dd", "dontdump" },  { "dc", "nofork" },
	{ "wf", "wipefork" },  { "mg", "merge" },  { "dp", "droppable" }, { "gu", "guard" },
	{ "gd", "growsdown" }, { "um", "uffd" },   { "uw", "uffd" },      { "ui", "uffd" },
	{ "ss", "shadow" },
};
const size_t vmv_nflag_notes = ARRAY_SIZE(vmv_flag_notes);

const char *vmv_vmflag_help(const char *flag)
{
	for (size_t i = 0; flag[0] && i < ARRAY_SIZE(flags); i++)
		if (flags[i].flag[0] == flag[0] && flags[i].flag[1] == flag[1])
			return flags[i].help;
	return NULL;
}
