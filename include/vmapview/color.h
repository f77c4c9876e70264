/*
 * color.h - classes in colour
 */
#ifndef VMV_COLOR_H
#define VMV_COLOR_H

#include "vmapview/class.h"

/** vmv_role_sgr - the SGR parameters (ECMA-48) of a role, e.g. "1;31"; "" for none. */
const char *vmv_role_sgr(enum vmv_role role);

#endif
