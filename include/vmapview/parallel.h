/*
 * parallel.h - work on many items in several pieces at the same time
 *
 * Once all is read, a processor that read ahead has nothing left to do.  The items are cut into as
 * many pieces as there are processors; each piece has what it changes to itself.
 */
#ifndef VMV_PARALLEL_H
#define VMV_PARALLEL_H

#include <stddef.h>

/** More pieces than this gain little: what is done in them is short. */
enum { VMV_PIECES_MAX = 4 };

/** vmv_pieces - into how many pieces to cut @items, each of @least of them or more; 1 to
 *  VMV_PIECES_MAX. */
unsigned vmv_pieces(size_t items, size_t least);

/** vmv_piece_start - the first item of a piece; that of piece number @pieces is @items. */
static inline size_t vmv_piece_start(size_t items, unsigned pieces, unsigned piece)
{
	return items / pieces * piece + (items % pieces) * piece / pieces;
}

/**
 * vmv_in_pieces - do all pieces, and return when they are done
 *
 * Piece 0 is done in the caller's thread, each other one in a thread of its own if there can be
 * one, which blocks all signals, and on another processor than the caller's.
 */
void vmv_in_pieces(unsigned pieces, void (*work)(void *data, unsigned piece), void *data);

#endif
