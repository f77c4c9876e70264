/* cutline.c - is the last line of a text of maps or smaps only a part of one? see smaps.h */
#include "vmapview/map.h"
#include "vmapview/smaps.h"

#include <ctype.h>
#include <string.h>

bool vmv_name_is_cut(const struct vmv_region *r, const char *name, size_t len, bool padded)
{
	if (!len)
		return r->inode || padded;
	return *name == '[' && name[len - 1] != ']';
}

/*
 * A last line without a newline may be whole all the same, as where a text was
 * pasted.  It is not if it lacks what each of its kind has.
 */
bool vmv_smaps_is_cut(const char *text, size_t len)
{
	const char *s = text, *end = s + len;
	struct vmv_region region;
	const char *name;

	if (!isupper((unsigned char)*s))
		return vmv_parse_header(s, &region, &name) &&
		       vmv_name_is_cut(&region, name, strlen(name),
				       end[-1] == ' ' && end[-2] == ' ');
	if (!strncmp(s, "VmFlags:", 8)) /* they have two letters */
		return len < 10 || (end[-1] != ' ' && end[-2] == ' ');
	/* Numbers without a unit are never the last ones. */
	return len < 3 || strcmp(end - 3, " kB") != 0;
}
