/*
 * truth.h - what regions are known to be, for tests of the classification
 */
#ifndef VMV_TRUTH_H
#define VMV_TRUTH_H

#include "unit.h"

#include "vmapview/class.h"

/**
 * struct truth - what the region at an address is
 * @part:     NULL if it is none
 * @evidence: VMV_EVIDENCE_NONE if it does not matter
 */
struct truth {
	uint64_t address;
	const char *class, *part;
	enum vmv_evidence evidence;
};

/** class_index - the index of the first class of that name. */
static inline size_t class_index(const char *name)
{
	for (size_t i = 0; i < vmv_nclasses; i++)
		if (!strcmp(vmv_classes[i].name, name))
			return i;
	fail_msg("there is no class %s", name);
	return 0;
}

/** check_truth - are regions of a classified map what they are? */
static inline void check_truth(const struct vmv_map *map, const char *what,
			       const struct truth *truth, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct vmv_region *r = vmv_map_at(map, truth[i].address);
		const char *part;

		assert_non_null(r);
		part = vmv_parts[r->part] ? vmv_parts[r->part] : "none";
		if (r->class != class_index(truth[i].class) ||
		    strcmp(part, truth[i].part ? truth[i].part : "none") != 0 ||
		    (truth[i].evidence && r->evidence != truth[i].evidence))
			fail_msg("%s: %llx is %s, part %s, by %d; not %s, %s, by %d", what,
				 (unsigned long long)truth[i].address, vmv_classes[r->class].name,
				 part, r->evidence, truth[i].class,
				 truth[i].part ? truth[i].part : "none", truth[i].evidence);
	}
}

#endif
