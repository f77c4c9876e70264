/*
 * access.h - who may do what with a file, handed on to another (private to cli)
 */
#ifndef VMV_ACCESS_H
#define VMV_ACCESS_H

struct vmv_error;

/**
 * access_hand_on - let exactly those use the open file @to who may use @from
 *
 * Owner, group, permissions, access control lists and security labels; not the set-ID bits, which
 * writing takes from a file.
 *
 * Return: 0, or a negative errno with @err set to what could not be kept.
 */
int access_hand_on(int from, int to, struct vmv_error *err);

#endif
