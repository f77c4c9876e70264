#!/usr/bin/env bats
# Processes that want to be taken for another program.

# shellcheck disable=SC2154 # common.bash sets started, run sets status
bats_require_minimum_version 1.5.0
load common

setup() {
	make_play
	PAUSE=$TOP_BUILDDIR/tests/helpers/pause.so
	if [[ ! -e $PAUSE ]]; then
		PAUSE=$PLAY/pause.so
		"${CC:-cc}" -shared -fPIC -o "$PAUSE" "$HELPERS/pause.c" -ldl
	fi
	cd "$PLAY/scratch" || return
}

teardown() {
	cd / || return
	drop_play
}

# twins SECOND [vfork] - two programs whose address spaces are laid out alike, the second a copy of
# SECOND; $pid is the first, which becomes the second when there is $PLAY/scratch/on.
twins() {
	rm -f twin-a twin-b "$PLAY/pid"
	cp "$(helper twin)" twin-a
	cp "$1" twin-b
	setarch -R true || skip "addresses can't be made the same"
	env -i setarch -R "$PWD/twin-a" "$PWD/on" 1 "${@:2}" > "$PLAY/pid" 3>&- &
	echo "$!" >> "$PLAY/started"
	wait_until test -s "$PLAY/pid"
	pid=$(cat "$PLAY/pid")
	echo "$pid" >> "$PLAY/started"
}

# become WHERE CONTENT ARG... - the program is run with ARG..., and stopped at WHERE until the first
# twin has become the second; $PWD/on holds CONTENT
become() {
	rm -f "$PLAY/reached" "$PLAY/go"
	LD_PRELOAD="$PAUSE" ASAN_OPTIONS=verify_asan_link_order=0 PAUSE_DIR="$PLAY" PAUSE_AT="$1" \
		"$VMAPVIEW" "${@:3}" "$pid" > "$PLAY/output" 2> "$PLAY/errors" 3>&- &
	viewer=$!
	wait_until test -e "$PLAY/reached"
	echo "$2" > on.new
	mv on.new on
	wait_until grep -q twin-b "/proc/$pid/comm"
	wait_until in_state "$pid" S
	touch "$PLAY/go"
	wait "$viewer"
	[ ! -s "$PLAY/errors" ]
	rm on
}

@test "exec without address randomisation: the command is that of the map" {
	for at in openat:maps:1 read:stat:1 read:stat:3 openat:status:1 openat:cmdline:1 read:cmdline:1 \
		openat:smaps:1 read:maps:1; do
		twins twin-a
		become "$at" '' "$([[ $at == *smaps* ]] && echo -x || echo -p)"
		head -n 1 "$PLAY/output" | grep "^$pid:   $PWD/twin-b "
		grep -q '/twin-b$\| twin-b$' "$PLAY/output"
		! tail -n +2 "$PLAY/output" | grep twin-a
	done
}

@test "exec while it is found out what the regions are: all of one program" {
	for at in openat:auxv:1 openat:task:1; do
		twins twin-a
		become "$at" '' --json
		[ "$(jq -r .process.name "$PLAY/output")" = twin-b ]
		jq -r '.regions[].path' "$PLAY/output" | grep -q '/twin-b$'
		! jq -r '.regions[].path' "$PLAY/output" | grep '/twin-a$'
	done
}

# The memory that maps was opened on lives on with the parent.
@test "exec of a child that had the memory of its parent" {
	mkfifo "$PLAY/fifo"
	for at in openat:maps:1 openat:status:1 openat:cmdline:1 read:maps:1; do
		twins "$(command -v sh)" vfork
		become "$at" "read line < '$PLAY/fifo'" -p
		! tail -n +2 "$PLAY/output" | grep twin-a
		grep -q '/twin-b$\| twin-b$' "$PLAY/output"
	done
}
