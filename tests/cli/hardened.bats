#!/usr/bin/env bats
# What the compiler and the linker do against mistakes is in the programs as they are built.

: "${TOP_BUILDDIR:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${VMAPVIEW:=$TOP_BUILDDIR/vmapview}"
: "${DEMO:=$TOP_BUILDDIR/vmapview-demo}"

setup() {
	command -v readelf || skip "no readelf"
	cd "$BATS_TEST_TMPDIR" || return
}

# in_both OPTION REGEX - what readelf shows of both programs has it
in_both() {
	local program
	for program in "$VMAPVIEW" "$DEMO"; do
		readelf -W "$1" "$program" > shown
		grep -qE "$2" shown || { echo "$program: no $2"; cat shown; return 1; }
	done
}

@test "position independent" { in_both -h 'Type: +DYN '; }

@test "tables are read-only after the start, and so filled then" {
	in_both -l '^ +GNU_RELRO '
	in_both -d '\(FLAGS\).* BIND_NOW|\(BIND_NOW\)|\(FLAGS_1\).* NOW'
}

@test "no stack is executable, and no segment writable and executable" {
	in_both -l '^ +GNU_STACK .* RW +0x'
	local program
	for program in "$VMAPVIEW" "$DEMO"; do
		readelf -W -l "$program" > shown
		grep -E '^ +LOAD .* (RWE|WE) ' shown && return 1
	done
	true
}

@test "stacks are guarded" { in_both --dyn-syms '__stack_chk_(fail|guard)'; }

@test "calls that may write too far are checked" {
	[[ ${SANITIZERS:-no} == no ]] || skip "the sanitizers check them"
	grep -qE '^CFLAGS = .*-O[1-3s]' "$TOP_BUILDDIR/Makefile" || skip "built without an optimiser"
	in_both --dyn-syms ' __(sn|vsn|f|vf)?printf_chk'
}

@test "neither program is setuid" {
	[[ ! -u $VMAPVIEW && ! -g $VMAPVIEW && ! -u $DEMO && ! -g $DEMO ]]
}
