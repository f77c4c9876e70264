/*
 * keys.h - keys, as the program knows them (private to tui)
 *
 * A key that is a character is that character's number in Unicode; all others
 * are beyond it.  One that was not typed, but pasted, has VK_PASTED set.
 */
#ifndef VMV_KEYS_H
#define VMV_KEYS_H

#define CTRL(letter) ((letter)&0x1f)

enum {
	VK_NONE = 0,
	VK_TAB = '\t',
	VK_ENTER = '\r',
	VK_ESC = 0x1b,
	VK_OTHER = 0x110000, /* a key that we have no use for */
	VK_UP,
	VK_DOWN,
	VK_LEFT,
	VK_RIGHT,
	VK_HOME,
	VK_END,
	VK_PAGE_UP,
	VK_PAGE_DOWN,
	VK_BACKSPACE,
	VK_DELETE,
	VK_BACK_TAB,
	VK_CLICK, /* with a place */
	VK_WHEEL_UP,
	VK_WHEEL_DOWN,
	VK_F, /* VK_F + 1 is F1 */
	VK_LAST = VK_F + 12,
	VK_PASTED = 1 << 24,
};

/** struct key - one key, and for the mouse where */
struct key {
	int code, x, y;
};

#endif
