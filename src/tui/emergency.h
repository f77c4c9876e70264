/*
 * emergency.h - give the terminal back when the program has to end at once (private to tui)
 *
 * Whatever crashes while it is armed gives it back first.  See also vmv_tui_restore().
 */
#ifndef VMV_EMERGENCY_H
#define VMV_EMERGENCY_H

struct termios;

/** emergency_add - what is to be written then, after what was added before; a string of terminfo.
 *  What there is no room for is left out. */
void emergency_add(const char *bytes);

/** emergency_arm - and these modes are to be set. */
void emergency_arm(const struct termios *modes);

/** emergency_disarm - the terminal is given back in good order; forget what was added. */
void emergency_disarm(void);

#endif
