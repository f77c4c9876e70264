/*
 * list.h - a cursor in rows, of which some are on the screen (private to tui)
 */
#ifndef VMV_LIST_H
#define VMV_LIST_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct list - where the user is
 * @count:  rows that there are
 * @cursor: the selected one, below @count unless there are none
 * @top:    the first on the screen
 * @page:   how many fit there, as of the last list_fit()
 * @text:   no row is selected: the keys move the text, and the cursor is its top
 * @first_y: where on the screen the first is, for the mouse
 */
struct list {
	size_t count, cursor, top, page;
	bool text;
	int first_y;
};

/** list_resize - there are @count rows now. */
void list_resize(struct list *l, size_t count);

/** list_fit - the screen shows @page rows: scroll so that the cursor is on it. */
void list_fit(struct list *l, size_t page);

/** list_go - select row @to, or the last. */
void list_go(struct list *l, size_t to);

/** list_move - go @by rows down, or up if negative. */
void list_move(struct list *l, long by);

/** list_scroll - move the text and leave the cursor where it was on the screen. */
void list_scroll(struct list *l, long by);

#endif
