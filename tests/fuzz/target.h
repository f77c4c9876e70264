/*
 * target.h - a fuzz target, by libFuzzer's names
 */
#ifndef VMV_FUZZ_TARGET_H
#define VMV_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/** LLVMFuzzerInitialize - called once before all else. */
int LLVMFuzzerInitialize(int *argc, char ***argv);

/** LLVMFuzzerTestOneInput - try these bytes; returns 0. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len);

#endif
