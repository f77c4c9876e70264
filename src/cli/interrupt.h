/*
 * interrupt.h - take an interrupt (^C) between two steps, not within one (private to cli)
 */
#ifndef VMV_INTERRUPT_H
#define VMV_INTERRUPT_H

/**
 * interrupt_open - let SIGINT make a descriptor readable instead of ending the program
 *
 * So a document that is being written is written to its end.  But no wait may outlast the
 * interrupt: after ten seconds, or at a second interrupt, the program ends with VMV_EXIT_TROUBLE.
 *
 * Return: the descriptor, which stays open, or -1 if interrupts are ignored, or still end the
 * program as usual because the descriptor could not be set up.
 */
int interrupt_open(void);

#endif
