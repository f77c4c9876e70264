/*
 * interrupt.h - an interrupt (^C) that comes between two steps, not in one (private to cli)
 */
#ifndef VMV_INTERRUPT_H
#define VMV_INTERRUPT_H

/**
 * interrupt_open - let SIGINT no longer end the program, but make a descriptor readable
 *
 * So that what is being written is written whole.  But no wait outlasts it: a program that has not
 * ended a moment later, or at a second interrupt, is ended with VMV_EXIT_TROUBLE.
 *
 * Return: the descriptor, which stays open, or -1 where interrupts are ignored, or end the program
 * as usual because there are no means.
 */
int interrupt_open(void);

#endif
