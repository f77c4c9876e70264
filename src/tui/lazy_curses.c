/* lazy_curses.c - the functions of ncursesw that we use; see lazy.h */
#include "lazy_curses.h"

#include "vmapview/lazy.h"

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library is, too */
static struct vmv_lazy curses = { .file = LIBCURSES_FILE };

/* clang-format off */
VMV_LAZY(&curses, SCREEN *, newterm, (const char *type, FILE *out, FILE *in), (type, out, in))
VMV_LAZY_VOID(&curses, delscreen, (SCREEN *s), (s))
VMV_LAZY(&curses, int, endwin, (void), ())
VMV_LAZY(&curses, int, def_prog_mode, (void), ())
VMV_LAZY(&curses, int, reset_prog_mode, (void), ())
VMV_LAZY(&curses, int, resizeterm, (int lines, int columns), (lines, columns))
VMV_LAZY(&curses, char *, tigetstr, (const char *name), (name))

VMV_LAZY(&curses, int, cbreak, (void), ())
VMV_LAZY(&curses, int, noecho, (void), ())
VMV_LAZY(&curses, int, nonl, (void), ())
VMV_LAZY(&curses, int, keypad, (WINDOW *w, bool on), (w, on))
VMV_LAZY(&curses, int, nodelay, (WINDOW *w, bool on), (w, on))
VMV_LAZY(&curses, int, intrflush, (WINDOW *w, bool on), (w, on))
VMV_LAZY(&curses, int, set_escdelay, (int ms), (ms))
VMV_LAZY(&curses, int, curs_set, (int visibility), (visibility))
VMV_LAZY(&curses, mmask_t, mousemask, (mmask_t wanted, mmask_t *before), (wanted, before))
VMV_LAZY(&curses, int, mouseinterval, (int ms), (ms))
VMV_LAZY(&curses, int, getmouse, (MEVENT *event), (event))
VMV_LAZY(&curses, int, wget_wch, (WINDOW *w, wint_t *key), (w, key))

VMV_LAZY(&curses, bool, has_colors, (void), ())
VMV_LAZY(&curses, int, start_color, (void), ())
VMV_LAZY(&curses, int, use_default_colors, (void), ())
VMV_LAZY(&curses, int, init_pair, (NCURSES_PAIRS_T pair, NCURSES_COLOR_T text, NCURSES_COLOR_T back),
	 (pair, text, back))

VMV_LAZY(&curses, int, getmaxx, (const WINDOW *w), (w))
VMV_LAZY(&curses, int, getmaxy, (const WINDOW *w), (w))
VMV_LAZY(&curses, int, clearok, (WINDOW *w, bool on), (w, on))
VMV_LAZY(&curses, int, werase, (WINDOW *w), (w))
VMV_LAZY(&curses, int, wmove, (WINDOW *w, int y, int x), (w, y, x))
VMV_LAZY(&curses, int, wrefresh, (WINDOW *w), (w))
VMV_LAZY(&curses, int, wadd_wch, (WINDOW *w, const cchar_t *c), (w, c))
VMV_LAZY(&curses, int, setcchar,
	 (cchar_t *to, const wchar_t *chars, const attr_t look, NCURSES_PAIRS_T pair, const void *more),
	 (to, chars, look, pair, more))
/* clang-format on */

WINDOW *curses_screen(void)
{
	VMV_LAZY_FIND(&curses, stdscr)
	return *real;
}

int curses_colors(void)
{
	VMV_LAZY_FIND(&curses, COLORS)
	return *real;
}

int curses_pairs(void)
{
	VMV_LAZY_FIND(&curses, COLOR_PAIRS)
	return *real;
}
