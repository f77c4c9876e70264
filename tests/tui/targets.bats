#!/usr/bin/env bats
# The view of what is no process: each kind of target can be browsed, and says what it can't do.

# shellcheck disable=SC2154 # demo and message come from demo_start
load tui.bash

teardown() {
	tui_stop
	demo_stop
}

# browse TARGET SEEN... - it opens, shows these, answers keys, and ends with 0.
browse() {
	local seen
	tui_start "$VMAPVIEW" -i "$1"
	tui_wait '1 Regions'
	for seen in "${@:2}"; do tui_wait "$seen"; done
	tui_tab Classes
	tui_wait '^ *(Class|Regions) '
	tui_keys 1 Enter
	tui_wait '^Region '
	tui_keys q q
	tui_wait '^exit=0'
	tui_stop
}

@test "saved maps and smaps" {
	browse "$TOP_SRCDIR/tests/fixtures/maps/linux44-threads.txt" 'Rss -' '\[heap\]'
	browse "$TOP_SRCDIR/tests/fixtures/smaps/android.txt" 'Rss [1-9]' '\[anon:'
	# What was left out is said, until a key is pressed.
	cd "$TOP_SRCDIR/tests/fixtures/cases" || return
	browse quoted.maps 'quoted\.maps: left out: the beginning of 10 lines' 'libc\.so\.6'
}

@test "snapshots, and one of a record" {
	browse "$TOP_SRCDIR/tests/fixtures/json/small.json" '^42 \./x -a'
	browse "$TOP_SRCDIR/tests/fixtures/json/record.json@1" '^100 '
	browse "$TOP_SRCDIR/tests/fixtures/json/record.json@last" '^102 '
}

@test "a core file" {
	"$TOP_BUILDDIR/tests/fuzz/cores" "$BATS_TEST_TMPDIR" # one of each machine
	browse "$BATS_TEST_TMPDIR/machine62" 'Rss -' # x86-64
}

# core_with BYTES - a core file with one region of two pages; the second one is not in it.
core_with() {
	python3 - "$1" <<-'END'
	import struct, sys
	head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH",
	    4, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
	auxv = struct.pack("<III8s16s", 5, 16, 6, b"CORE", b"") # its end only
	note = struct.pack("<IIQQQQQQ", 4, 0, 64 + 2 * 56, 0, 0, len(auxv), 0, 4)
	load = struct.pack("<IIQQQQQQ", 1, 6, 4096, 0x400000, 0, 4096, 0x2000, 0x1000)
	page = sys.argv[1].encode().ljust(4096, b"\0")
	sys.stdout.buffer.write((head + note + load + auxv).ljust(4096, b"\0") + page)
	END
}

@test "the memory in a core file, and where there is none in it" {
	core_with 'words in a core file' > "$BATS_TEST_TMPDIR/core"
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/core" --at 400000
	tui_wait '1 Regions'
	tui_keys Enter
	tui_wait '^000000400000 .* words in a core$'
	tui_wait '^000000400010 .* file\.'
	tui_keys r # the file is read anew
	for _ in {1..60}; do tui_keys ']'; done
	tui_wait '^000000401[0-9a-f]{3} not in the core file'
	for _ in {1..60}; do tui_keys '['; done
	tui_wait '^000000400000 .* words in a core$'
	tui_keys q q
	tui_wait '^exit=0'
}

@test "the memory in a process's core file is what it wrote" {
	command -v gdb || skip "no gdb"
	[[ ${SANITIZERS:-no} != yes ]] || skip "gdb takes minutes for the shadow memory of a sanitizer"
	demo_start
	demo_key w # it has a copy of that page, which gdb saves
	timeout 120 gdb -nx -batch -iex 'set sysroot /nowhere' -p "$demo" \
		-ex "gcore $BATS_TEST_TMPDIR/core" < /dev/null > "$BATS_TEST_TMPDIR/gdb.log" 2>&1 9>&-
	[[ -s $BATS_TEST_TMPDIR/core ]] || skip "gcore: $(tail -n 1 "$BATS_TEST_TMPDIR/gdb.log")"
	demo_stop
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/core" --at "$message"
	tui_wait '1 Regions'
	tui_keys Enter
	tui_wait ' hello world from$'
	tui_wait ' the virtual add$'
	tui_keys q q
	tui_wait '^exit=0'
}

@test "a broken file shows what could be read, and where it ends" {
	cd "$TOP_SRCDIR/tests/fixtures/json" || return # the message has room for short names
	tui_start "$VMAPVIEW" -i cut.json
	tui_wait '1 Regions'
	tui_wait 'cut\.json:6: it ends in the middle'
	tui_keys q
	tui_wait '^exit=0'
}

@test "what is no target at all" {
	cd "$TOP_SRCDIR" || return
	tui_start "$VMAPVIEW" -i COPYING
	tui_wait '^exit=1'
	tui_screen | grep -q 'vmapview: COPYING: no map in it; line 1 is'
	tui_stop
	# A rollup has no regions that could be browsed.
	tui_start "$VMAPVIEW" -i tests/fixtures/cases/rollup.txt
	tui_wait '^exit=1'
}

# costly_maps - regions whose names cost a pattern a millisecond each
costly_maps() {
	awk 'BEGIN {
		for (i = 1; i <= 60000; i++)
			printf "%x000-%x800 r--p 0 08:01 %d /%daaaaaaaaaaaaaaaaa\n", i, i, i, i
	}'
}

@test "a filter at work can be given up, changed, and left" {
	costly_maps > "$BATS_TEST_TMPDIR/maps"
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/maps"
	tui_wait '1/60000$'
	tui_keys '\' "path ~ '(a|aa)+[bc]'"
	tui_wait 'filtering: [0-9]+ %'
	tui_wait 'Filter: .*bc'
	tui_keys Escape
	tui_gone '^Filter:'
	tui_wait '1/60000$'
	tui_keys '\' "path ~ '(a|aa)+[bc]'" Enter
	tui_wait 'filtering: [0-9]+ %'
	tui_keys j j # what was shown before can still be moved through
	tui_wait '3/60000$'
	tui_keys '\' C-u 'path ~ /777a+$' Enter
	tui_wait 'filter: path ~ /777a\+\$ 1/1$'
	tui_keys '\' C-u "path ~ '(a|aa)+[bc]'" Enter
	tui_wait 'filtering: [0-9]+ %'
	tui_keys q
	tui_wait '^exit=0'
	terminal_is_whole
}

@test "a pattern that is too costly is said to be, and the filter of before stays" {
	{
		costly_maps | head -n 20
		echo "f0000000-f0001000 r--p 0 08:01 9 /$(printf 'a%.0s' {1..60})"
	} > "$BATS_TEST_TMPDIR/maps"
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/maps"
	tui_wait '1/21$'
	tui_keys '\' 'path ~ /1'
	tui_wait 'filter: path ~ /1 1/11$'
	tui_keys C-a "path ~ '(a|aa)+[bc]' and " # no expression before all is typed
	tui_wait "the pattern '\(a\|aa\)\+\[bc\]' is too costly"
	tui_wait 'filter: path ~ /1 1/11$'
	tui_keys C-e C-u 'path ~ /2' Enter
	tui_wait 'filter: path ~ /2 1/2$'
	tui_keys q
	tui_wait '^exit=0'
}

@test "a recording says which look it shows" {
	local look
	for look in 1 2 3; do
		"$VMAPVIEW" --json "$$" >> "$BATS_TEST_TMPDIR/record"
	done
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/record"
	tui_wait ' saved, look 3 of 3, [-0-9T:]+Z$'
	tui_stop
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/record@2"
	tui_wait ' saved, look 2, [-0-9T:]+Z$'
	tui_stop
	cat "/proc/$$/maps" "/proc/$$/maps" > "$BATS_TEST_TMPDIR/texts"
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/texts"
	tui_wait ' saved, look 2 of 2$'
	tui_stop
	"$VMAPVIEW" --json "$$" > "$BATS_TEST_TMPDIR/one"
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/one"
	tui_wait ' saved$'
	tui_gone PProcess
}
