/*
 * lock.h - one writer of a file at a time (private to cli)
 */
#ifndef VMV_LOCK_H
#define VMV_LOCK_H

struct vmv_error;

/** What lock_for_writing() returns if it does not fail. */
enum lock {
	LOCK_NONE, /* no lock: not supported, or a reader holds one; others may write, too */
	LOCK_HELD, /* locked until the file is closed */
};

/**
 * lock_for_writing - lock the file @fd, which is open for writing, against other writers
 *
 * Only a process that may write to the file can keep us waiting, and only for some seconds.
 *
 * Return: enum lock, or -EBUSY with @err set if another process goes on writing.
 */
int lock_for_writing(int fd, struct vmv_error *err);

#endif
