/*
 * hex.h - the memory pane of the details screen (private to tui)
 */
#ifndef VMV_HEX_H
#define VMV_HEX_H

#include "surface.h"

#include <stdbool.h>
#include <stdint.h>

struct app;
struct hex;
struct job;
struct seek;
struct vmv_memory;
struct vmv_region;

/** hex_start - show the memory of another region: from where the user went to, or its start. */
void hex_start(struct app *a, const struct vmv_region *r);

/** hex_go - have @address in view. */
void hex_go(struct app *a, uint64_t address);

/** hex_list - the lines of memory, for the keys that move in lists. */
struct list *hex_list(struct app *a);

/** hex_moved - these keys may have moved them. */
void hex_moved(struct app *a);

/** hex_read - have read what is to be shown, unless that was done. */
void hex_read(struct app *a);

/** hex_ask - true with *@job filled in if there is memory to look at. */
bool hex_ask(struct app *a, struct job *job);

/** hex_look - look at the memory, which may take any time. */
void hex_look(struct hex *hex, const struct vmv_memory *memory);

/** hex_take - what hex_ask() asked for has come. */
void hex_take(struct app *a, const struct job *job);

/** hex_draw - a heading, and as many lines as fit. */
void hex_draw(struct app *a, struct surface *s, struct box box);

/** hex_line - the address of the first byte of a line. */
uint64_t hex_line(const struct app *a, const struct vmv_region *r, size_t line);

/** hex_reveal - have @address on the screen, which stays as it is if it is. */
void hex_reveal(struct app *a, uint64_t address);

/** hex_byte - byte @at; false if it was not read. */
bool hex_byte(const struct hex *hex, size_t at, unsigned char *byte);

/** hex_find - search for what the user searches for, in the region that is shown; false if there is
 *  no memory to search.  What came of it, the screen shows when it is known. */
bool hex_find(struct app *a, bool backward);

/** seek_ask - true with *@job filled in if there is memory to search. */
bool seek_ask(struct app *a, struct job *job);

/** seek_run - search some of it, which may take any time. */
void seek_run(struct seek *s, const struct vmv_memory *memory);

/** seek_take - what seek_ask() asked for has come. */
void seek_take(struct app *a, const struct seek *got);

void command_hex_size(struct app *a);
void command_hex_forward(struct app *a);
void command_hex_backward(struct app *a);
void command_hex_fetch(struct app *a);
void command_next_region(struct app *a);
void command_previous_region(struct app *a);

#endif
