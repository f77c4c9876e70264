/*
 * console.c - the terminal and the signals of the demo
 */
#include "console.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <termios.h>
#include <unistd.h>

#define CTRL_D 4

/* The signal that came while we waited, 0 for none. */
static volatile sig_atomic_t *pending(void)
{
	static volatile sig_atomic_t sig;

	return &sig;
}

static void on_signal(int sig)
{
	*pending() = sig;
}

/* They arrive only while we wait for a key, under the mask that is returned. */
static sigset_t catch_signals(void)
{
	static const int signals[] = { SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP };
	struct sigaction act = { .sa_handler = on_signal }, old;
	sigset_t block, waiting;

	signal(SIGPIPE, SIG_IGN); /* a failed write ends us, too, but puts the terminal back */
	sigemptyset(&block);
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		sigaction(signals[i], NULL, &old);
		if (old.sa_handler == SIG_IGN)
			continue; /* as nohup wants it */
		sigaction(signals[i], &act, NULL);
		sigaddset(&block, signals[i]);
	}
	sigprocmask(SIG_BLOCK, &block, &waiting);
	return waiting;
}

/* What the signal does by default; comes back when it was a stop. */
static void obey(int sig, const sigset_t *waiting)
{
	struct sigaction act = { .sa_handler = SIG_DFL }, ours;
	sigset_t blocked;

	sigaction(sig, &act, &ours);
	raise(sig);
	sigprocmask(SIG_SETMASK, waiting, &blocked);
	sigprocmask(SIG_SETMASK, &blocked, NULL);
	sigaction(sig, &ours, NULL);
}

/* True when standard input is a terminal, now giving each key at once; @old is what it was. */
static bool take_terminal(struct termios *old)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, old))
		return false;
	raw = *old;
	raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return tcsetattr(STDIN_FILENO, TCSADRAIN, &raw) == 0;
}

/* False when it is time to leave, or a signal is pending. */
static bool next_key(char *key, const sigset_t *waiting)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	if (fflush(stdout))
		return false;
	if (ppoll(&in, 1, NULL, waiting) < 0)
		return false;
	return read(STDIN_FILENO, key, 1) == 1 && *key != 'q' && *key != CTRL_D;
}

void console_run(void (*press)(void *data, char key), void *data)
{
	sigset_t waiting = catch_signals();
	int sig;

	do {
		struct termios old;
		bool terminal = take_terminal(&old);
		char key;

		*pending() = 0;
		while (next_key(&key, &waiting))
			press(data, key);
		if (terminal)
			tcsetattr(STDIN_FILENO, TCSADRAIN, &old);
		sig = *pending();
		if (sig)
			obey(sig, &waiting);
	} while (sig);
}
