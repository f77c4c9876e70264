/*
 * term.c - see term.h; the only file that knows curses
 */
#include "term.h"

#include "emergency.h"
#include "keys.h"
#include "lazy_curses.h"
#include "sequence.h"
#include "surface.h"
#include "theme.h"
#include "vmapview/alloc.h"
#include "vmapview/error.h"
#include "vmapview/tui.h"

#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

enum { ESC_DELAY = 25 }; /* ms to wait for the rest of an escape sequence */

struct term {
	SCREEN *screen;
	FILE *keys;
	bool color, ascii, plain, redraw;
	int signals;
	sigset_t waiting; /* the signal mask that was there before */
	struct sequence sequence;
	struct surface shown;
};

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

/* ---- opening and closing ---- */

/* NULL also for what is no string: terminfo says so with -1. */
static const char *capability(const char *name)
{
	const char *s = tigetstr(name);

	return (intptr_t)s == -1 ? NULL : s;
}

/* Few terminfo entries tell of bracketed pastes; who takes ANSI's sequences ignores a mode that it
 * does not have. */
static bool may_bracket(void)
{
	const char *cup = capability("cup");

	return cup && cup[0] == '\033' && cup[1] == '[';
}

static void arm(const struct termios *modes)
{
	static const char *const capabilities[] = { "sgr0", "cnorm", "rmkx", "rmcup" };
	static const char mouse_off[] = "\033[?1006l\033[?1000l";

	if (capability("kmous"))
		emergency_add(mouse_off);
	if (may_bracket())
		emergency_add(paste_off);
	for (size_t i = 0; i < ARRAY_SIZE(capabilities); i++) {
		const char *s = capability(capabilities[i]);

		if (s)
			emergency_add(s);
	}
	emergency_arm(modes);
}

/* Those that are ignored, as nohup wants it, stay so. */
static int hold_signals(sigset_t *before)
{
	static const int held[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH };
	struct sigaction act;
	sigset_t set;

	sigemptyset(&set);
	for (size_t i = 0; i < ARRAY_SIZE(held); i++) {
		sigaction(held[i], NULL, &act);
		if (act.sa_handler != SIG_IGN)
			sigaddset(&set, held[i]);
	}
	sigprocmask(SIG_BLOCK, &set, before);
	return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

/* One pair of colours per look; pair 0 is curses' own. */
static bool set_colors(void)
{
	if (!has_colors() || start_color() == ERR || curses_colors() < 8 || curses_pairs() <= LOOKS)
		return false;
	use_default_colors();
	for (int look = 0; look < LOOKS; look++) {
		const struct style *style = theme_style((enum look)look);

		init_pair((short)(look + 1), style->color, style->back);
	}
	return true;
}

/* Past curses, which does not know of it: nothing of its own is waiting to be written. */
static void bracket_pastes(bool on)
{
	const char *bytes = on ? paste_on : paste_off;

	/* A terminal that is gone shows when its keys are asked for. */
	if (may_bracket() && write(STDOUT_FILENO, bytes, strlen(bytes)) < 0)
		return;
}

static void set_modes(struct term *t, bool color)
{
	cbreak();
	noecho();
	nonl();
	keypad(curses_screen(), TRUE);
	nodelay(curses_screen(), TRUE);
	intrflush(curses_screen(), FALSE);
	curs_set(0);
	mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
	mouseinterval(0);
	t->color = color && set_colors();
	bracket_pastes(true);
}

struct term *term_open(bool color, FILE *keys, struct vmv_error *err)
{
	const char *name = getenv("TERM");
	struct termios modes;
	struct term *t;

	if (!isatty(fileno(keys)) || !isatty(STDOUT_FILENO) || tcgetattr(fileno(keys), &modes)) {
		vmv_fail(err, ENOTTY, "the interactive view needs a terminal");
		return NULL;
	}
	if (!name || !*name) {
		vmv_fail(err, ENOTTY, "unknown terminal: TERM is not set");
		return NULL;
	}
	t = vmv_calloc(1, sizeof(*t));
	t->keys = keys;
	t->signals = hold_signals(&t->waiting);
	if (t->signals < 0) {
		vmv_fail(err, errno, "cannot take signals: %m");
		term_close(t);
		return NULL;
	}
	set_escdelay(ESC_DELAY);
	t->screen = newterm(NULL, stdout, keys);
	if (!t->screen || !capability("cup")) {
		vmv_fail(err, ENOTTY, "the terminal '%s' is not known or can't move its cursor",
			 name);
		term_close(t);
		return NULL;
	}
	arm(&modes);
	t->ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	t->plain = strstr(name, "linux"); /* also "screen.linux" */
	set_modes(t, color);
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	if (t->screen) {
		bracket_pastes(false);
		endwin();
		delscreen(t->screen);
		emergency_disarm();
	}
	if (t->signals >= 0)
		close(t->signals);
	sigprocmask(SIG_SETMASK, &t->waiting, NULL);
	surface_done(&t->shown);
	free(t);
}

bool term_ascii(const struct term *t)
{
	return t->ascii;
}

bool term_plain(const struct term *t)
{
	return t->plain;
}

void term_size(const struct term *t, int *width, int *height)
{
	(void)t;
	*height = getmaxy(curses_screen());
	*width = getmaxx(curses_screen());
}

/* ---- showing ---- */

static attr_t attributes(unsigned pen)
{
	static const struct {
		unsigned pen;
		attr_t attr;
	} table[] = {
		{ PEN_BOLD, A_BOLD },
		{ PEN_REVERSE, A_REVERSE },
		{ PEN_DIM, A_DIM },
		{ PEN_UNDERLINE, A_UNDERLINE },
	};
	attr_t attrs = A_NORMAL;

	for (size_t i = 0; i < ARRAY_SIZE(table); i++)
		if (pen & table[i].pen)
			attrs |= table[i].attr;
	return attrs;
}

static void show_cell(const struct term *t, int x, int y, const struct cell *cell)
{
	const struct style *style = theme_style((enum look)(cell->pen & PEN_LOOK));
	unsigned pen = cell->pen | (t->color ? style->attrs : style->plain);
	/* Some terminals show no other attribute of what has a colour, be it their own. */
	bool colored = t->color && (style->color != COLOR_OWN || style->back != COLOR_OWN);
	unsigned pair = colored ? (cell->pen & PEN_LOOK) + 1U : 0;
	wchar_t text[3] = { cell->ch, cell->mark, 0 };
	cchar_t out;

	if (setcchar(&out, text, attributes(pen), (short)pair, NULL) == OK &&
	    wmove(curses_screen(), y, x) != ERR)
		wadd_wch(curses_screen(), &out);
}

static bool equal_cells(const struct cell *a, const struct cell *b)
{
	return a->ch == b->ch && a->mark == b->mark && a->pen == b->pen;
}

void term_redraw(struct term *t)
{
	t->redraw = true;
}

void term_show(struct term *t, const struct surface *s)
{
	bool all = t->redraw || s->width != t->shown.width || s->height != t->shown.height;

	if (all)
		surface_resize(&t->shown, s->width, s->height);
	if (t->redraw)
		clearok(curses_screen(), TRUE);
	if (all)
		werase(curses_screen());
	for (int i = 0; i < s->width * s->height; i++) {
		if (!all && equal_cells(&s->cells[i], &t->shown.cells[i]))
			continue;
		if (s->cells[i].ch)
			show_cell(t, i % s->width, i / s->width, &s->cells[i]);
		t->shown.cells[i] = s->cells[i];
	}
	t->redraw = false;
	if (s->cursor_x >= 0)
		wmove(curses_screen(), s->cursor_y, s->cursor_x);
	curs_set(s->cursor_x >= 0);
	wrefresh(curses_screen());
}

/* ---- keys and signals ---- */

static int mouse_key(struct key *key)
{
	static const struct {
		mmask_t mask;
		int code;
	} buttons[] = {
		{ BUTTON1_PRESSED, VK_CLICK },
		{ BUTTON4_PRESSED, VK_WHEEL_UP },
		{ BUTTON5_PRESSED, VK_WHEEL_DOWN },
	};
	MEVENT event;

	if (getmouse(&event) != OK)
		return VK_OTHER;
	key->x = event.x;
	key->y = event.y;
	for (size_t i = 0; i < ARRAY_SIZE(buttons); i++)
		if (event.bstate & buttons[i].mask)
			return buttons[i].code;
	return VK_OTHER;
}

static int special_key(wint_t code, struct key *key)
{
	static const struct {
		wint_t curses;
		int code;
	} keys[] = {
		{ KEY_UP, VK_UP },
		{ KEY_DOWN, VK_DOWN },
		{ KEY_LEFT, VK_LEFT },
		{ KEY_RIGHT, VK_RIGHT },
		{ KEY_HOME, VK_HOME },
		{ KEY_END, VK_END },
		{ KEY_PPAGE, VK_PAGE_UP },
		{ KEY_NPAGE, VK_PAGE_DOWN },
		{ KEY_BACKSPACE, VK_BACKSPACE },
		{ KEY_DC, VK_DELETE },
		{ KEY_BTAB, VK_BACK_TAB },
		{ KEY_ENTER, VK_ENTER },
	};

	if (code == KEY_MOUSE)
		return mouse_key(key);
	if (code > KEY_F0 && code <= KEY_F(12))
		return VK_F + (int)(code - KEY_F0);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].curses == code)
			return keys[i].code;
	return VK_OTHER;
}

static int plain_key(wint_t code)
{
	if (code == '\n')
		return VK_ENTER;
	return code == 0x7f || code == CTRL('H') ? VK_BACKSPACE : (int)code;
}

bool term_key(struct term *t, struct key *key)
{
	wint_t code;
	int got;

	while ((got = wget_wch(curses_screen(), &code)) != ERR)
		if (sequence_take(&t->sequence,
				  got == OK ? plain_key(code) : special_key(code, key), key))
			return true;
	return sequence_quiet(&t->sequence, key);
}

int term_key_fd(const struct term *t)
{
	return fileno(t->keys);
}

int term_signal_fd(const struct term *t)
{
	return t->signals;
}

int term_signal(struct term *t)
{
	struct signalfd_siginfo info;
	struct winsize size;

	if (read(t->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return 0;
	if (info.ssi_signo == SIGCONT) { /* who stopped us by SIGSTOP left a shell here */
		reset_prog_mode();
		bracket_pastes(true);
		term_redraw(t);
	}
	if (info.ssi_signo == SIGWINCH && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
	    size.ws_col && size.ws_row) {
		resizeterm(size.ws_row, size.ws_col);
		term_redraw(t);
	}
	return (int)info.ssi_signo;
}

void term_stop(struct term *t)
{
	struct sigaction act = { .sa_handler = SIG_DFL }, before;
	struct winsize size;
	sigset_t stop;

	def_prog_mode();
	bracket_pastes(false);
	endwin();
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &act, &before);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigaction(SIGTSTP, &before, NULL);
	reset_prog_mode();
	bracket_pastes(true);
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row)
		resizeterm(size.ws_row, size.ws_col);
	term_redraw(t);
}
