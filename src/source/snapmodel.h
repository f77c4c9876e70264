/*
 * snapmodel.h - from the JSON objects of a snapshot to the model (private to source)
 *
 * The format is described in docs/json.md.  What is absent, null or of a type
 * that it should not have in a place that may be unknown is unknown; keys that
 * nobody knows are left alone.
 */
#ifndef VMV_SNAPMODEL_H
#define VMV_SNAPMODEL_H

#include <stdbool.h>
#include <stddef.h>

struct json_object;
struct vmv_map;

/**
 * struct snapmodel - what is known while a snapshot is read
 * @map:     where it goes
 * @schema:  "schema" and "version" were seen and are ours
 * @bare:    a region had no class that we know, or no object
 * @fields:  index in the map of each of the snapshot's counters; owned
 */
struct snapmodel {
	struct vmv_map *map;
	bool schema, bare;
	size_t *fields, nfields;
};

/** snapmodel_document - learn from the members of the document, or some of them;
 *  returns NULL, or what is wrong. */
const char *snapmodel_document(struct snapmodel *m, struct json_object *o);

/** snapmodel_region - add a region to the map; returns NULL, or what is wrong. */
const char *snapmodel_region(struct snapmodel *m, struct json_object *o);

/** snapmodel_done - release @fields. */
void snapmodel_done(struct snapmodel *m);

#endif
