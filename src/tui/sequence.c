/* sequence.c - see sequence.h */
#include "sequence.h"

#include "keys.h"

#include <stddef.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum {
	BEL = 0x07,
	C1_FIRST = 0x80, /* ESC and a letter in one: C1_FIRST + n is ESC '@' + n */
	C1_LAST = 0x9f,
	MOUSE_BYTES = 3, /* after CSI M: button, column, line */
	NUMBER_MAX = 9999,
	PASTE_BEGINS = 200,
	PASTE_ENDS = 201,
};

/* What follows ESC; anything else was pressed together with Alt. */
static void begin(struct sequence *q, int code)
{
	static const struct {
		int code;
		enum sequence_state state;
	} introducers[] = {
		{ VK_ESC, SEQUENCE_ESC }, { '[', SEQUENCE_CSI },    { 'O', SEQUENCE_CSI },
		{ 'P', SEQUENCE_STRING }, { 'X', SEQUENCE_STRING }, { ']', SEQUENCE_STRING },
		{ '^', SEQUENCE_STRING }, { '_', SEQUENCE_STRING },
	};

	q->state = SEQUENCE_NONE;
	q->number = 0;
	q->length = code != '['; /* SS3 has parameters too, but none of CSI's oddities */
	for (size_t i = 0; i < ARRAY_SIZE(introducers); i++)
		if (introducers[i].code == code)
			q->state = introducers[i].state;
}

static bool take_plain(struct sequence *q, int code, struct key *key)
{
	q->state = SEQUENCE_NONE;
	if (code == VK_ESC) {
		q->state = SEQUENCE_ESC;
		return false;
	}
	if (code >= C1_FIRST && code <= C1_LAST) {
		begin(q, code - C1_FIRST + '@');
		return false;
	}
	if (q->pasting && code >= VK_OTHER)
		return false;
	key->code = q->pasting ? code | VK_PASTED : code;
	return true;
}

/* "[[A" is F1 on the Linux console; "[M" and three more is the mouse of old. */
static void end(struct sequence *q, int final)
{
	q->state = SEQUENCE_NONE;
	if (!q->length && (final == '[' || final == 'M')) {
		q->state = SEQUENCE_REST;
		q->rest = final == 'M' ? MOUSE_BYTES : 1;
	}
	if (final == '~' && q->number == PASTE_BEGINS)
		q->pasting = true;
	if (final == '~' && q->number == PASTE_ENDS)
		q->pasting = false;
}

static void take_csi(struct sequence *q, int code)
{
	bool digit = code >= '0' && code <= '9';

	if (code >= '@') {
		end(q, code);
		return;
	}
	q->length++;
	q->number = digit ? q->number * 10 + (unsigned)(code - '0') : NUMBER_MAX;
	if (q->number > NUMBER_MAX)
		q->number = NUMBER_MAX;
}

static void take_string(struct sequence *q, int code)
{
	if (code == BEL)
		q->state = SEQUENCE_NONE;
	if (code == VK_ESC) /* of the terminator */
		q->state = SEQUENCE_ESC;
}

bool sequence_take(struct sequence *q, int code, struct key *key)
{
	bool inside = code >= ' ' && code <= '~';

	switch (q->state) {
	case SEQUENCE_ESC:
		begin(q, code);
		return false;
	case SEQUENCE_STRING:
		take_string(q, code);
		return false;
	case SEQUENCE_CSI:
		if (inside)
			take_csi(q, code);
		return inside ? false : take_plain(q, code, key);
	case SEQUENCE_REST:
		if (inside && --q->rest == 0)
			q->state = SEQUENCE_NONE;
		return inside ? false : take_plain(q, code, key);
	default:
		return take_plain(q, code, key);
	}
}

/* A sequence that came in two pieces goes on later; a string or a paste could wait for ever. */
bool sequence_quiet(struct sequence *q, struct key *key)
{
	bool escape = q->state == SEQUENCE_ESC && !q->pasting;

	if (q->state == SEQUENCE_ESC)
		q->pasting = false;
	if (q->state == SEQUENCE_ESC || q->state == SEQUENCE_STRING)
		q->state = SEQUENCE_NONE;
	if (escape)
		key->code = VK_ESC;
	return escape;
}
