/*
 * sequence.h - escape sequences that curses does not know, and pastes (private to tui)
 *
 * Terminals send more than their terminfo entry says, and the entry may be that of another one.
 * The characters of such a sequence are not keys: it is taken to its end (ECMA-48) and dropped.
 */
#ifndef VMV_SEQUENCE_H
#define VMV_SEQUENCE_H

#include <stdbool.h>

struct key;

enum sequence_state { SEQUENCE_NONE, SEQUENCE_ESC, SEQUENCE_CSI, SEQUENCE_REST, SEQUENCE_STRING };

/**
 * struct sequence - what the characters so far have begun; starts as zeros
 * @number:  the parameter
 * @length:  characters since the introducer
 * @rest:    so many are left, whatever they are
 * @pasting: between the brackets of a paste
 */
struct sequence {
	enum sequence_state state;
	unsigned number, length, rest;
	bool pasting;
};

/** sequence_take - the terminal sent @code, see keys.h.  True if that is a key, which is in *@key;
 *  those of a paste have VK_PASTED set. */
bool sequence_take(struct sequence *q, int code, struct key *key);

/** sequence_quiet - nothing follows for now: true if the Esc before was a key, which is in *@key.
 */
bool sequence_quiet(struct sequence *q, struct key *key);

#endif
