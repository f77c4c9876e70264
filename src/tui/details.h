/*
 * details.h - state of the screen of one region (private to tui)
 */
#ifndef VMV_DETAILS_H
#define VMV_DETAILS_H

#include "list.h"
#include "vmapview/error.h"
#include "vmapview/page.h"

#include <stdbool.h>
#include <stdint.h>

enum { HEX_ROOM = 4096, HEX_PAGES = HEX_ROOM / VMV_SMALLEST_PAGE + 1 };

/**
 * struct detail_line - one line of the text
 * @pen:  see surface.h
 * @label: left of it, may be NULL; static
 * @text: owned
 */
struct detail_line {
	unsigned pen;
	const char *label;
	int indent;
	char *text;
};

/**
 * struct hex - what is seen of the memory
 * @first:  address of the first byte; VMV_UNKNOWN: it is to be chosen anew
 * @spot:   address that the user went to, VMV_UNKNOWN if none
 * @known:  that which @bytes and @pages are of, VMV_UNKNOWN for nothing
 * @count:  how many are shown
 * @bytes:  of these; valid where the page was read
 * @pages:  for each page that they are in, from that of @first on
 * @shown:  how many bytes fitted on the screen when it was drawn
 * @err:    why there is no memory to look at, if its code is not 0
 * @fetch:  the user wants pages that are not in memory, too
 * @wanted: it is to be read; @asked: that is under way
 */
struct hex {
	uint64_t first, spot, known;
	size_t count, shown;
	unsigned char bytes[HEX_ROOM];
	enum vmv_page pages[HEX_PAGES];
	struct vmv_error err;
	bool fetch, wanted, asked;
};

/**
 * struct seek - a search for text in the memory of a region
 * @on:     it is under way
 * @number: tells it from those before
 * @low, @high: the region
 * @at:     the byte to go on from or, backwards, the one after it
 * @left:   how many bytes it was not yet seen not to begin with
 * @text, @len: what is searched for, in any case
 * @hit:    where it was found, else VMV_UNKNOWN
 * @err:    why there is no memory to search, if its code is not 0
 */
struct seek {
	bool on, backward;
	unsigned number;
	uint64_t low, high, at, left, hit;
	char text[1024];
	size_t len;
	struct vmv_error err;
};

enum hex_size { HEX_HALF, HEX_WHOLE, HEX_OFF, HEX_SIZES };

/**
 * struct details - the screen
 * @lines:  the text; made again when not @built
 * @start:  the region they are about
 * @ascii:  nothing else can be shown
 * @hex:    the memory pane; asked for again when not @read
 * @bytes:  its lines, as far as each has all the bytes it can; the cursor keys move them where the
 *          pane is all of the screen
 * @seek:   the search in it
 * @line:   the first one on the screen, before the keys moved them
 */
struct details {
	struct list list, bytes;
	size_t line;
	struct detail_line *lines;
	size_t nlines, room;
	uint64_t start;
	int width;
	bool built, read, ascii;
	enum hex_size size;
	struct hex hex;
	struct seek seek;
};

struct app;
struct box;
struct surface;

/** details_build - make the text of the region the user is at, unless that is done. */
void details_build(struct app *a);

/** details_matches - does a line of the text contain @text, in any case? */
bool details_matches(const struct details *d, size_t line, const char *text);

/** details_draw - draw the text; @found is what was searched for, or NULL. */
void details_draw(struct details *d, struct surface *s, struct box box, const char *found);

/** details_done - release what it owns. */
void details_done(struct details *d);

#endif
