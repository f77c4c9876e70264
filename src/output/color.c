/* color.c - see color.h: the eight base colours, so that the user's palette decides */
#include "vmapview/color.h"

const char *vmv_role_sgr(enum vmv_role role)
{
	static const char *const sgr[VMV_ROLES] = {
		[VMV_ROLE_PLAIN] = "",    [VMV_ROLE_PROGRAM] = "32", [VMV_ROLE_LIBRARY] = "36",
		[VMV_ROLE_FILE] = "1;34", [VMV_ROLE_HEAP] = "33",    [VMV_ROLE_STACK] = "35",
		[VMV_ROLE_FAINT] = "2",   [VMV_ROLE_ALARM] = "1;31",
	};

	return sgr[role];
}
