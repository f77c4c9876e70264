#!/usr/bin/env bats
# The view of what is no process: each kind of target can be browsed, and says what it can't do.

load tui.bash

teardown() { tui_stop; }

# browse TARGET SEEN... - it opens, shows these, answers keys, and ends with 0.
browse() {
	local seen
	tui_start "$VMAPVIEW" -i "$1"
	tui_wait '1 Regions'
	for seen in "${@:2}"; do tui_wait "$seen"; done
	tui_keys 3
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
	tui_start "$VMAPVIEW" -i README.md
	tui_wait '^exit=1'
	tui_screen | grep -q "vmapview: .*README\.md"
}
