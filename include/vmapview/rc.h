/*
 * rc.h - pmap's file of the fields that -c shows
 */
#ifndef VMV_RC_H
#define VMV_RC_H

#include <stdbool.h>
#include <stddef.h>

struct vmv_error;

/**
 * struct vmv_rc - what the file says
 * @fields: names of the fields to show, e.g. "Perm", "Rss"; owned
 * @toggle_path: "ShowPath" stands an odd number of times: turn -p around
 */
struct vmv_rc {
	char **fields;
	size_t nfields, fields_room;
	bool toggle_path;
};

/**
 * vmv_rc_read - read the file @path into the empty *@rc
 *
 * Lines that make no sense are told to @warn, one sentence each, and skipped.
 *
 * Return: 0, or a negative errno with @err set.
 */
int vmv_rc_read(const char *path, struct vmv_rc *rc, void (*warn)(const char *text),
		struct vmv_error *err);

/** vmv_rc_has - is the field @name to be shown? */
bool vmv_rc_has(const struct vmv_rc *rc, const char *name);

/**
 * vmv_rc_create - write a new file with every field as a comment
 *
 * Return: 0, or a negative errno with @err set; -EEXIST if there is one.  On
 * failure no file is left.
 */
int vmv_rc_create(const char *path, struct vmv_error *err);

/** vmv_rc_done - release what vmv_rc_read() made. */
void vmv_rc_done(struct vmv_rc *rc);

#endif
