/*
 * console.h - one key at a time from a terminal or a pipe
 *
 * On a terminal keys come without Enter, and the terminal is put back at the
 * end, on a signal and while the program is stopped.
 */
#ifndef VMV_DEMO_CONSOLE_H
#define VMV_DEMO_CONSOLE_H

/**
 * console_run - call @press for each character, until "q", Ctrl-D or the end
 *
 * Standard output is flushed before each wait.  A signal that ends the program
 * ends it here.
 */
void console_run(void (*press)(void *data, char key), void *data);

#endif
