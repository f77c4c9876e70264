/* emergency.c - see emergency.h */
#include "emergency.h"

#include "vmapview/tui.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

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
void emergency_add(const char *s)
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
		tcsetattr(STDOUT_FILENO, TCSADRAIN, &e->modes);
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

void emergency_arm(const struct termios *modes)
{
	struct sigaction act = { .sa_handler = on_crash, .sa_flags = SA_NODEFER };
	struct emergency *e = emergency();

	e->modes = *modes;
	for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &act, &e->before[i]);
	e->armed = 1;
}

void emergency_disarm(void)
{
	struct emergency *e = emergency();

	e->armed = 0;
	e->len = 0;
	for (size_t i = 0; i < ARRAY_SIZE(crashes); i++)
		sigaction(crashes[i], &e->before[i], NULL);
}
