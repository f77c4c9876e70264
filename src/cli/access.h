/*
 * access.h - give a file the owner and access rights of another (private to cli)
 */
#ifndef VMV_ACCESS_H
#define VMV_ACCESS_H

struct vmv_error;

/**
 * access_hand_on - give the open file @to exactly the access rights of @from
 *
 * These are owner, group, permissions, access control lists and security labels; not the set-ID
 * bits, which the kernel clears when a file is written.
 *
 * Return: 0, or a negative errno with @err set to what could not be kept.
 */
int access_hand_on(int from, int to, struct vmv_error *err);

#endif
