/*
 * vmflags.h - the kernel's two-letter VmFlags in words
 */
#ifndef VMV_VMFLAGS_H
#define VMV_VMFLAGS_H

#include <stddef.h>

/** vmv_vmflag_help - what a flag means, NULL if it is not known here; only the first
 *  two characters count.  See Documentation/filesystems/proc.rst. */
const char *vmv_vmflag_help(const char *flag);

/** struct vmv_flag_note - a flag that is worth a word in a list; what is usual has none */
struct vmv_flag_note {
	char flag[3];
	const char *word;
};

extern const struct vmv_flag_note vmv_flag_notes[];
extern const size_t vmv_nflag_notes;

#endif
