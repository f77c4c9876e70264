#!/usr/bin/env bats
# What terminals send that is no key of ours: sequences that terminfo does not tell of, and pastes.

load tui.bash

setup() {
	sleep 1000 3>&- &
	target=$!
}

teardown() {
	tui_stop
	kill "$target"
}

start_as() {
	tui_start env TERM="$1" "$VMAPVIEW" -i "$target"
	tui_wait 'Perms Class'
	tui_wait ' 1/[0-9]+$'
}

# send BYTES - as the terminal does.
send() { vt send-keys -l -- "$1"; }

# nothing_happened - once a prompt shows that all before was taken: it is the first region of the
# first screen, and no other column, order or message.
nothing_happened() {
	tui_keys / zzz
	tui_wait '^Search: zzz'
	tui_keys Escape
	tui_gone '^Search:'
	tui_screen > "$BATS_TEST_TMPDIR/after"
	diff <(sed 1,2d "$BATS_TEST_TMPDIR/before") <(sed 1,2d "$BATS_TEST_TMPDIR/after")
}

@test "sequences that nobody knows run nothing, whatever TERM is" {
	local term bytes
	for term in xterm-256color linux vt100 screen rxvt; do
		# The Linux console's mouse comes from libgpm, which leaks.
		[[ $term == linux && ${SANITIZERS-no} != no ]] && continue
		start_as "$term"
		tui_keys Space # no picture that changes meanwhile
		tui_wait 'frozen: Space goes on'
		tui_keys C-g
		tui_wait 'no such key here'
		tui_keys / zzz Escape
		tui_gone 'no such key here'
		tui_gone '^Search:'
		tui_screen > "$BATS_TEST_TMPDIR/before"
		# Alt-b, Alt-5, Alt-q; Ctrl-Right, Ctrl-Shift-PgDn; Ctrl-Up and Ctrl-Right of rxvt; F13;
		# what begins as F1 of the Linux console; the mouse, of old and of now; the focus; who
		# the terminal is
		for bytes in $'\eb' $'\e5' $'\eq' $'\e[1;5C' $'\e[6;6~' $'\eOa' $'\eO5C' $'\e[25~' $'\e[[F' \
			$'\e[M bb' $'\e[<64;2;2M' $'\e[I' $'\e[?1;2c' $'\e]11;rgb:2/2/2\a' $'\eP1+r2\e\\'; do
			send "$bytes"
		done
		nothing_happened
		tui_stop
	done
}

@test "a paste runs no commands" {
	start_as xterm-256color
	vt set-buffer $'2Bb\nqq\n'
	vt paste-buffer -p
	tui_wait 'a paste runs no commands'
	tui_wait '^ 1 Regions'
	tui_wait 'Perms Class'
	tui_keys q
	tui_wait '^exit=0'
}

@test "a paste into a prompt is its text, and the newline does not run it" {
	start_as xterm-256color
	vt set-buffer $'class = stack\nor class = heap\n'
	tui_keys '\'
	tui_wait '^Filter:'
	vt paste-buffer -p
	tui_wait '^Filter: class = stack or class = heap$'
	tui_keys ' '
	tui_wait '^Filter: class = stack or class = heap'
	tui_keys Enter
	tui_gone '^Filter:'
	tui_wait 'filter: cla.* = heap +1/2$'
}

# The shell's cat shows what it gets.
@test "whoever has the terminal next gets pastes without brackets" {
	local end
	for end in q SIGTERM SIGSEGV; do
		[[ $end == SIGSEGV && ${SANITIZERS-no} != no ]] && continue
		start_as xterm-256color
		case $end in
		SIG*) kill -s "${end#SIG}" "$(view_pid)" ;;
		*) tui_keys "$end" ;;
		esac
		tui_wait '^done'
		vt set-buffer 'plain'
		vt paste-buffer -p
		tui_keys Enter
		tui_wait 'plain'
		[[ $(tui_screen) != *200* ]]
		tui_stop
	done
}
