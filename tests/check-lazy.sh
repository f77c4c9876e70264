#!/bin/sh
# Libraries that are loaded later: this system's library has each function that has a stub, and
# linking the program names each function without one.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# library SOURCE : print the file of the library that it loads, as configure found it
library() {
	name=$(sed -n 's/.*\.file = \([A-Z0-9]*_FILE\).*/\1/p' "$1")
	sed -n "s/^#define ${name:-none} \"\(.*\)\"/\1/p" "$TOP_BUILDDIR/config.h"
}

# exports FILE NAME... : say which of these the library does not have
exports() {
	python3 -c 'import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
missing = [name for name in sys.argv[2:] if not hasattr(library, name)]
if missing:
    sys.exit(f"{sys.argv[1]} has no " + ", ".join(missing))' "$@"
}

# check_stubs SOURCE : the getters of curses' variables are ours
check_stubs() {
	object=${1#"$TOP_SRCDIR"/}
	object=$TOP_BUILDDIR/${object%.c}.o
	file=$(library "$1")
	stubs=$(nm -g --defined-only "$object" | awk '$2 == "T" && $3 !~ /^curses_/ { print $3 }')
	[ -n "$file" ] || { echo "$1 names no library of config.h"; return 1; }
	[ -n "$stubs" ] || { echo "$object has no stubs"; return 1; }
	# shellcheck disable=SC2086 # words
	exports "$file" $stubs
}

for source in "$TOP_SRCDIR"/src/*/lazy_*.c; do
	check_stubs "$source"
done

echo 'int beep(void); int main(void) { return beep(); }' > "$work/beep.c"
if (cd "$work" && sh "$TOP_SRCDIR/src/link.sh" "${CC:-cc}" -o beep beep.c 2> said); then
	echo "a program without its library was linked"
	exit 1
fi
grep -qx 'link.sh: no stub in src/\*/lazy_\*.c for: beep' "$work/said" || { cat "$work/said"; exit 1; }
