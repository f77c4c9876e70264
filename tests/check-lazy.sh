#!/bin/sh
# Libraries that are loaded later: this system's library has each function that has a stub, and
# linking the program names each function without one.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# library NAME : print its file, as configure found it
library() {
	sed -n "s/^#define LIB$1_FILE \"\(.*\)\"/\1/p" "$TOP_BUILDDIR/config.h"
}

# exports FILE NAME... : say which of these the library does not have
exports() {
	python3 -c 'import ctypes, sys
library = ctypes.CDLL(sys.argv[1])
missing = [name for name in sys.argv[2:] if not hasattr(library, name)]
if missing:
    sys.exit(f"{sys.argv[1]} has no " + ", ".join(missing))' "$@"
}

# The getters of curses' variables are ours.
check_stubs() {
	stubs=$(nm -g --defined-only "$TOP_BUILDDIR/$2" | awk '$2 == "T" && $3 !~ /^curses_/ { print $3 }')
	[ -n "$stubs" ] || { echo "$2 has no stubs"; return 1; }
	# shellcheck disable=SC2086 # words
	exports "$(library "$1")" $stubs
}

check_stubs CURSES src/tui/lazy_curses.o
check_stubs PCRE2 src/core/lazy_pcre2.o
check_stubs ELF src/source/lazy_elf.o
check_stubs JSONC src/source/lazy_json.o
check_stubs PROC2 src/source/lazy_proc.o

echo 'int beep(void); int main(void) { return beep(); }' > "$work/beep.c"
if (cd "$work" && sh "$TOP_SRCDIR/src/link.sh" "${CC:-cc}" -o beep beep.c 2> said); then
	echo "a program without its library was linked"
	exit 1
fi
grep -qx 'link.sh: no stub in src/\*/lazy_\*.c for: beep' "$work/said" || { cat "$work/said"; exit 1; }
