/*
 * run.h - do what the command line asks for
 */
#ifndef VMV_RUN_H
#define VMV_RUN_H

struct vmv_options;

/** Exit status: bits, since several targets can fail in several ways. */
enum vmv_exit {
	VMV_EXIT_OK = 0,
	VMV_EXIT_TROUBLE = 1,
	VMV_EXIT_NOT_FOUND = 42, /* pmap's */
};

/** vmv_trouble - the exit status for what went wrong: 1, or 2 with --diff, where 1 means that the
 *  targets differ. */
int vmv_trouble(const struct vmv_options *o);

/**
 * vmv_run - carry out @o
 *
 * Return: the exit status: 0, 1 for trouble, 42 (pmap's) if a process was not
 * found; 43 is both.
 */
int vmv_run(const struct vmv_options *o);

#endif
