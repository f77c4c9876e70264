#!/bin/bash
# Each fuzz target once with all it starts from, and all that ever broke it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CMOCKA_TEST_ABORT=1

for source in "$TOP_SRCDIR"/tests/fuzz/fuzz_*.c; do
	target=${source##*/fuzz_} target=${target%.c}
	"$TOP_SRCDIR/tests/fuzz/seeds.sh" "$target" "$work/$target"
	set -- "$work/$target"/*
	[ -e "$1" ] || { echo "$target has no seeds"; exit 1; }
	"$TOP_BUILDDIR/tests/fuzz/fuzz_$target" "$@"
	echo "$target: $# inputs"
done
