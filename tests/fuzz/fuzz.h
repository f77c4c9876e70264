/*
 * fuzz.h - what the fuzz targets share
 *
 * A target is one function that takes any bytes and lives.  libFuzzer makes them
 * up (make fuzz), replay.c takes them from files (make check).  What it asserts
 * holds for all bytes.  Each target is one source file; see also unit.h.
 */
#ifndef VMV_FUZZ_H
#define VMV_FUZZ_H

#include "source.h"
#include "target.h"

#include <locale.h>
#include <stdint.h>

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	setlocale(LC_ALL, "C.UTF-8");
	return 0;
}

/** fuzz_text - the bytes before the first NUL as a string; free() it. */
static inline char *fuzz_text(const uint8_t *bytes, size_t len)
{
	char *text = vmv_calloc(len + 1, 1);

	memcpy(text, bytes, len);
	return text;
}

#endif
