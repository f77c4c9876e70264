/* explain.c - classes, parts and evidence in words; see class.h */
#include "vmapview/class.h"

#include "vmapview/map.h"

#include <stdio.h>
#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

const char *const vmv_parts[VMV_PARTS] = {
	[VMV_PART_TEXT] = "text", [VMV_PART_RODATA] = "rodata", [VMV_PART_RELRO] = "relro",
	[VMV_PART_DATA] = "data", [VMV_PART_BSS] = "bss",       [VMV_PART_PAD] = "pad",
};

static const char *const evidence_text[VMV_EVIDENCES] = {
	[VMV_BY_NAME] = "the kernel says so",
	[VMV_BY_AUXV] = "the kernel told the program so at its start",
	[VMV_BY_HEADERS] = "the headers of the ELF file put it there",
	[VMV_BY_CONTENT] = "its contents say so",
	[VMV_BY_THREAD] = "the thread was seen using it",
	[VMV_BY_DEVICE] = "it is on the kernel's internal file system",
	[VMV_BY_FLAGS] = "its VmFlags say so",
	[VMV_BY_FILE] = "known from the file",
	[VMV_BY_PERMS] = "known from its permissions",
	[VMV_BY_SHAPE] = "it looks like it: address, size and neighbours fit",
	[VMV_BY_REST] = "nothing tells more",
};

const char *const vmv_evidence_words[VMV_EVIDENCES] = {
	[VMV_BY_NAME] = "name",       [VMV_BY_AUXV] = "auxv",     [VMV_BY_HEADERS] = "headers",
	[VMV_BY_CONTENT] = "content", [VMV_BY_THREAD] = "thread", [VMV_BY_DEVICE] = "device",
	[VMV_BY_FLAGS] = "flags",     [VMV_BY_FILE] = "file",     [VMV_BY_PERMS] = "perms",
	[VMV_BY_SHAPE] = "shape",     [VMV_BY_REST] = "rest",
};

static const char *const part_text[VMV_PARTS] = {
	[VMV_PART_TEXT] = "; this part is its code",
	[VMV_PART_RODATA] = "; this part is its headers or constants",
	[VMV_PART_RELRO] = "; this part was made read-only once it was relocated",
	[VMV_PART_DATA] = "; this part is its initialised variables",
	[VMV_PART_BSS] = "; this part is its variables that start as zero",
	[VMV_PART_PAD] = "; this part only keeps its segments apart",
};

static const char *explain_part(const struct vmv_region *r)
{
	if (r->part == VMV_PART_BSS && r->evidence == VMV_BY_SHAPE)
		return "; this part, right behind its data, may be its variables that start as "
		       "zero";
	return part_text[r->part] ? part_text[r->part] : "";
}

/* Only the kernel makes such names, so one that is new is still the kernel's. */
static bool is_new_name(const struct vmv_region *r)
{
	static const char *const known[] = { "[vdso]",     "[vvar]",    "[vvar_vclock]",
					     "[vsyscall]", "[uprobes]", "[sigpage]",
					     "[vectors]",  "[mpx]" };

	if (*r->name != '[' || strcmp(vmv_classes[r->class].name, "kernel") != 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (!strcmp(r->name, known[i]))
			return false;
	return true;
}

/* Which of the stacks it is, with a blank before it. */
static void explain_thread(const struct vmv_region *r, char *text, size_t size)
{
	if (r->tid)
		snprintf(text, size, " %d", r->tid);
	else if (r->evidence == VMV_BY_THREAD && !strcmp(vmv_classes[r->class].name, "thread"))
		snprintf(text, size, ", together with those of others");
}

void vmv_explain(const struct vmv_region *r, char *text, size_t size)
{
	const char *new = is_new_name(r) ? "; a name this version does not know" : "";
	char who[32] = "";

	explain_thread(r, who, sizeof(who));
	snprintf(text, size, "%s%s%s%s (%s)", vmv_classes[r->class].help, who, explain_part(r), new,
		 evidence_text[r->evidence]);
}
