/* list.c - see list.h */
#include "list.h"

void list_go(struct list *l, size_t to)
{
	l->cursor = to < l->count ? to : l->count ? l->count - 1 : 0;
	if (l->text)
		l->top = l->cursor;
}

void list_resize(struct list *l, size_t count)
{
	l->count = count;
	list_go(l, l->cursor);
	list_fit(l, l->page);
}

void list_fit(struct list *l, size_t page)
{
	size_t last;

	l->page = page;
	if (!page)
		return;
	if (l->cursor < l->top)
		l->top = l->cursor;
	if (l->cursor - l->top >= page)
		l->top = l->cursor - page + 1;
	/* No empty lines below while there are rows above. */
	last = l->count > page ? l->count - page : 0;
	if (l->top > last)
		l->top = last;
	if (l->text)
		l->cursor = l->top;
}

static size_t moved(size_t from, long by, size_t count)
{
	size_t step = by < 0 ? -(size_t)by : (size_t)by;

	if (by < 0)
		return from > step ? from - step : 0;
	return count - from > step ? from + step : count ? count - 1 : 0;
}

void list_move(struct list *l, long by)
{
	list_go(l, moved(l->cursor, by, l->count));
}

void list_scroll(struct list *l, long by)
{
	if (!l->text)
		l->top = moved(l->top, by, l->count);
	list_move(l, by);
	list_fit(l, l->page);
}
