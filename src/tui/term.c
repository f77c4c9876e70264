/*
 * term.c - see term.h; the only file that knows curses
 */
#include "term.h"

#include "keys.h"
#include "lazy_curses.h"
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
	bool color, ascii, redraw;
	int signals;
	sigset_t waiting; /* the signal mask that was there before */
	struct surface shown;
};

/* ---- the emergency exit ---- */

static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT };

/** struct emergency - what a signal handler needs to give the terminal back */
struct emergency {
	volatile sig_atomic_t armed;
	struct termios modes;
	char bytes[256];
	size_t len;
	struct sigaction before[ARRAY_SIZE(crashes)];
};

/* Signal handlers have no context: this one has to be static. */
static struct emergency *emergency(void)
{
	static struct emergency e;

	return &e;
}

/* Without the delays, "$<20/>", that only terminals of old needed. */
static void take_bytes(const char *s)
{
	struct emergency *e = emergency();

	while (*s && e->len < sizeof(e->bytes)) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>'))
			s = strchr(s, '>') + 1;
		else
			e->bytes[e->len++] = *s++;
	}
}

void vmv_tui_restore(void)
{
	struct emergency *e = emergency();
	int code = errno;

	if (!e->armed)
		return;
	e->armed = 0;
	/* If the terminal is gone there is nothing to restore. */
	if (write(STDOUT_FILENO, e->bytes, e->len) >= 0)
		tcsetattr(STDIN_FILENO, TCSADRAIN, &e->modes);
	errno = code;
}

static void on_crash(int sig)
{
	struct emergency *e = emergency();

	vmv_tui_restore();
	for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
		if (crashes[i] == sig)
			sigaction(sig, &e->before[i], NULL);
	raise(sig); /* delivered once we return */
}

/* NULL also for what is no string: terminfo says so with -1. */
static const char *capability(const char *name)
{
	const char *s = tigetstr(name);

	return (intptr_t)s == -1 ? NULL : s;
}

static void arm(const struct termios *modes)
{
	static const char *const capabilities[] = { "sgr0", "cnorm", "rmkx", "rmcup" };
	static const char mouse_off[] = "\033[?1006l\033[?1000l";
	struct sigaction act = { .sa_handler = on_crash, .sa_flags = SA_NODEFER };
	struct emergency *e = emergency();

	e->modes = *modes;
	e->len = 0;
	if (capability("kmous"))
		take_bytes(mouse_off);
	for (size_t i = 0; i < ARRAY_SIZE(capabilities); i++) {
		const char *s = capability(capabilities[i]);

		if (s)
			take_bytes(s);
	}
	for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &act, &e->before[i]);
	e->armed = 1;
}

static void disarm(void)
{
	struct emergency *e = emergency();

	e->armed = 0;
	for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &e->before[i], NULL);
}

/* ---- opening and closing ---- */

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
}

struct term *term_open(bool color, struct vmv_error *err)
{
	const char *name = getenv("TERM");
	struct termios modes;
	struct term *t;

	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &modes)) {
		vmv_fail(err, ENOTTY, "the interactive view needs a terminal");
		return NULL;
	}
	if (!name || !*name) {
		vmv_fail(err, ENOTTY, "unknown terminal: TERM is not set");
		return NULL;
	}
	t = vmv_calloc(1, sizeof(*t));
	t->signals = hold_signals(&t->waiting);
	if (t->signals < 0) {
		vmv_fail(err, errno, "cannot take signals: %m");
		term_close(t);
		return NULL;
	}
	set_escdelay(ESC_DELAY);
	t->screen = newterm(NULL, stdout, stdin);
	if (!t->screen || !capability("cup")) {
		vmv_fail(err, ENOTTY, "the terminal '%s' is not known or can't move its cursor",
			 name);
		term_close(t);
		return NULL;
	}
	arm(&modes);
	t->ascii = strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	set_modes(t, color);
	return t;
}

void term_close(struct term *t)
{
	if (!t)
		return;
	if (t->screen) {
		endwin();
		delscreen(t->screen);
		disarm();
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

bool term_key(struct term *t, struct key *key)
{
	wint_t code;

	(void)t;
	switch (wget_wch(curses_screen(), &code)) {
	case OK:
		key->code = (int)code;
		if (code == '\n')
			key->code = VK_ENTER;
		if (code == 0x7f || code == CTRL('H'))
			key->code = VK_BACKSPACE;
		return true;
	case KEY_CODE_YES:
		key->code = special_key(code, key);
		return true;
	default:
		return false;
	}
}

int term_key_fd(const struct term *t)
{
	(void)t;
	return STDIN_FILENO;
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
	endwin();
	sigemptyset(&stop);
	sigaddset(&stop, SIGTSTP);
	sigaction(SIGTSTP, &act, &before);
	raise(SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &stop, NULL);
	sigprocmask(SIG_BLOCK, &stop, NULL);
	sigaction(SIGTSTP, &before, NULL);
	reset_prog_mode();
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col && size.ws_row)
		resizeterm(size.ws_row, size.ws_col);
	term_redraw(t);
}
