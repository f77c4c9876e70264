/*
 * pmap.h - a map as pmap prints it, byte for byte
 *
 * One renderer, fed by layouts.  See pmap(1); docs/pmap-compat.md lists where
 * we differ and why.
 */
#ifndef VMV_PMAP_H
#define VMV_PMAP_H

#include <stdbool.h>
#include <stdint.h>

struct vmv_map;
struct vmv_out;
struct vmv_rc;

enum vmv_layout {
	VMV_PMAP_PLAIN,    /* no option */
	VMV_PMAP_EXTENDED, /* -x */
	VMV_PMAP_DEVICE,   /* -d */
	VMV_PMAP_MORE,     /* -X */
	VMV_PMAP_ALL,      /* -XX */
	VMV_PMAP_CHOSEN,   /* -c: the fields of @rc */
};

/**
 * struct vmv_pmap - how to print
 * @quiet:        no heading, no footer (-q)
 * @path:         whole paths (-p)
 * @kernel_names: "[heap]" and the like instead of "[ anon ]" (-k)
 * @color:        rows in the colours of their classes
 * @ascii:        the locale does not have UTF-8: see text.h
 * @as_pmap:      pmap's labels and sums also where they mislead; never what would be unsafe
 * @low, @high:   only regions that have an address in this range (-A)
 * @rc:           for VMV_PMAP_CHOSEN; borrowed
 */
struct vmv_pmap {
	enum vmv_layout layout;
	bool quiet, path, kernel_names, color, ascii, as_pmap;
	uint64_t low, high;
	const struct vmv_rc *rc;
};

/** vmv_pmap_needs - set of enum vmv_need (need.h) that printing so takes. */
unsigned vmv_pmap_needs(const struct vmv_pmap *pmap);

/** vmv_pmap_title - print "PID:   COMMAND", the line before each listing. */
void vmv_pmap_title(struct vmv_out *out, const struct vmv_map *map, const struct vmv_pmap *pmap);

/** vmv_pmap_title_of - the same for a target that tells no process: "SPEC:". */
void vmv_pmap_title_of(struct vmv_out *out, const char *spec, const struct vmv_pmap *pmap);

/** vmv_pmap_list - print heading, regions and totals. */
void vmv_pmap_list(struct vmv_out *out, const struct vmv_map *map, const struct vmv_pmap *pmap);

#endif
