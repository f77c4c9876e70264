#!/usr/bin/env bats
# Files are parsed by a program that could do nothing else.  tests/helpers/intruder.c takes it over
# when it begins to read one, and tells which harm it could do.

# shellcheck disable=SC2154 # zoo.bash sets animal, common.bash started
bats_require_minimum_version 1.5.0
load common
load ../tui/tui

setup() {
	make_play
	cd "$PLAY" || return
	mkdir victim out
	cp "$TOP_SRCDIR/tests/fixtures/maps/aarch64.txt" saved
	cp "$TOP_SRCDIR/tests/fixtures/json/small.json" snapshot
	"$VMAPVIEW" --json saved > other.json
	"${CC:-cc}" -shared -fPIC -o intruder.so "$HELPERS/intruder.c" -ldl
	version=$(python3 -c 'import ctypes; print(max(0, ctypes.CDLL(None).syscall(444, 0, 0, 1)))')
	((version > 7)) && version=7 # the last one that brought something of this
	export ASAN_OPTIONS=verify_asan_link_order=0 INTRUDER_DIR=$PLAY/victim INTRUDER_OTHER=$$
}

teardown() {
	tui_stop
	drop_play
}

# What no version up to this one keeps from an intruder.
left=('' 'truncate connect signal' 'truncate connect signal' 'connect signal' signal signal '' '')

need_landlock() { ((version > 0)) || skip "the kernel has no Landlock"; }

# invade FILE COMMAND... - the harm done when FILE is read is in $harm
invade() {
	echo precious > victim/precious
	echo dispensable > victim/dispensable
	rm -rf victim/new* victim/moved
	status=0
	env LD_PRELOAD="$PLAY/intruder.so" INTRUDER_AT="$1" "${@:2}" > output 2> errors || status=$?
	harm=$(sed -n 's/^intruder: \?//p' errors)
	[[ $(grep -c '^intruder:' errors) == 1 ]]
}

# harmless FILE COMMAND... - it could do nothing, and the command does what it does otherwise
harmless() {
	invade "$@"
	[[ $harm == "${left[version]}" ]] || { echo "${*:2}: $harm"; return 1; }
	((version < 3)) || [[ $(cat victim/precious) == precious ]]
	[[ -e victim/dispensable && $(ls victim | wc -l) == 2 ]]
	grep -v '^intruder:' errors && return 1
	# shellcheck disable=SC2094 # not the same run
	"${@:2}" | cmp - output
}

# A small core file, which tells of one region.
make_core() {
	python3 - "$1" <<-'END'
	import struct, sys
	head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH",
	    4, 62, 1, 0, 64, 0, 0, 64, 56, 2, 0, 0, 0)
	auxv = struct.pack("<III8s16s", 5, 16, 6, b"CORE", b"") # its end only
	note = struct.pack("<IIQQQQQQ", 4, 0, 64 + 2 * 56, 0, 0, len(auxv), 0, 4)
	load = struct.pack("<IIQQQQQQ", 1, 6, 0, 0x400000, 0, 0, 0x1000, 0x1000)
	open(sys.argv[1], "wb").write(head + note + load + auxv)
	END
}

@test "without it, an intruder can do all of that" {
	INTRUDER_LANDLOCK=0 invade saved "$VMAPVIEW" saved
	[[ $harm == 'read write truncate create mkdir symlink list exec connect signal'*' rename remove' ]]
	((status == 0))
}

@test "texts, snapshots and core files, in every format" {
	need_landlock
	make_core core
	local file how
	for file in saved snapshot core; do
		for how in '' -x -XX --json '-o +class' --summary; do
			# shellcheck disable=SC2086 # several words
			harmless $file "$VMAPVIEW" $how $file
		done
	done
}

@test "standard input, a pipe, one of many, one in a record" {
	need_landlock
	invade saved "$VMAPVIEW" - < saved
	[[ $status == 0 && $harm == "${left[version]}" ]]
	harmless saved "$VMAPVIEW" saved snapshot
	harmless snapshot "$VMAPVIEW" saved snapshot
	cat other.json other.json > twice
	harmless twice "$VMAPVIEW" --summary twice@2
	"$VMAPVIEW" saved > want
	"$VMAPVIEW" - < <(cat saved) | tail -n +2 | diff - <(tail -n +2 want)
	"$VMAPVIEW" <(cat saved) | tail -n +2 | diff - <(tail -n +2 want)
}

@test "--diff of two files, and of a file and a process" {
	need_landlock
	invade saved "$VMAPVIEW" --diff saved other.json
	[[ $harm == "${left[version]}" ]]
	invade other.json "$VMAPVIEW" --diff saved other.json
	[[ $harm == "${left[version]}" ]]
	start sleep 1000
	wait_until in_state "$started" S
	invade saved "$VMAPVIEW" --diff saved "$started"
	[[ $status == 1 && $harm == "${left[version]}" ]]
	grep -q sleep output
	invade saved "$VMAPVIEW" --diff "$started" saved
	[[ $status == 1 && $harm == "${left[version]}" ]]
}

@test "--output-file and --record are written by one that parses nothing" {
	need_landlock
	invade saved "$VMAPVIEW" --summary --output-file out/table saved
	[[ $status == 0 && $harm == "${left[version]}" ]]
	"$VMAPVIEW" --summary saved | diff - out/table
	invade saved "$VMAPVIEW" --record out/record saved
	[[ $status == 0 && $harm == "${left[version]}" ]]
	invade snapshot "$VMAPVIEW" --record out/record snapshot
	[[ $status == 0 && $(wc -l < out/record) == 2 ]]
	[[ $(ls out) == $'record\ntable' ]]
}

@test "what can't be read leaves --output-file and --record as they were" {
	local file
	echo 'no line of maps' > nothing
	head -c 60 snapshot > cut.json
	echo old > out/table
	for file in nothing missing; do
		run "$VMAPVIEW" --summary --output-file out/table "$file"
		[[ $status == 1 && $(cat out/table) == old ]]
	done
	for file in nothing missing cut.json; do
		run "$VMAPVIEW" --record out/record "$file"
		[[ $status == 1 && ! -e out/record ]]
	done
	[[ $(ls out) == table ]]
}

# The reader is killed in the middle of it.
@test "a reader that dies leaves --output-file as it was" {
	echo old > out/table
	mkfifo pipe
	"$VMAPVIEW" --summary --output-file out/table pipe 2> errors 3>&- &
	local parent=$! status=0
	exec 8> pipe
	cat saved >&8
	wait_until pgrep -P "$parent"
	pkill -KILL -P "$parent"
	wait "$parent" || status=$?
	exec 8>&-
	cat errors
	grep -q 'the reading process was ended by a signal: Killed' errors
	[[ $status == 1 && $(wc -l < errors) == 1 && $(ls out) == table && $(cat out/table) == old ]]
}

@test "the view of a file" {
	need_landlock
	echo precious > victim/precious
	echo dispensable > victim/dispensable
	# shellcheck disable=SC2016 # expanded in there
	tui_start env -u ASAN_OPTIONS bash -c 'ASAN_OPTIONS=verify_asan_link_order=0 INTRUDER_DIR=$1 \
		INTRUDER_OTHER=$$ INTRUDER_AT=saved LD_PRELOAD=$2 "$0" -i saved 2> errors' \
		"$VMAPVIEW" "$INTRUDER_DIR" "$PLAY/intruder.so"
	tui_wait 'libc\.so'
	[[ $(cat errors) == "intruder:${left[version]:+ ${left[version]}}" ]]
	tui_keys w
	tui_wait 'the view of a file cannot write'
	tui_wait 'F1Help' # is not hidden by it
	[[ $(tui_screen) != *PProcess* ]]
	tui_keys P
	tui_wait 'not from the view of a file'
	tui_keys q
}

@test "files of /proc tell of processes" {
	start sleep 1000
	wait_until in_state "$started" S
	"$VMAPVIEW" -o size "/proc/$started/smaps" > output
	diff output <("$VMAPVIEW" -o size "$started")
	"$VMAPVIEW" -o size "/proc/$started/smaps" "$started" saved > output
	"$VMAPVIEW" -o size "/proc/$started/task/$started/smaps" > output
	diff output <("$VMAPVIEW" -o size "$started")
	(cd "/proc/$started" && "$VMAPVIEW" -o size smaps) > output
	diff output <("$VMAPVIEW" -o size "$started")
	"$VMAPVIEW" -o size - < "/proc/$started/smaps" > output
	diff output <("$VMAPVIEW" -o size "$started")
}

# A process says what is in some of them, and a link may lead to them, or to them first.
@test "other files of /proc, and links into it, are not taken for the kernel's word" {
	need_landlock
	local name
	start env -i "$(cat snapshot)=" "$(command -v sleep)" 1000
	wait_until in_state "$started" S
	ln -s "/proc/$started/environ" environ
	ln -s "/proc/$started/smaps" smaps
	ln -s "/proc/$started" process
	ln -s "$PWD/snapshot" maps
	for name in environ smaps process/smaps "/proc/$started/environ" "/proc/$started/../$started/smaps" \
		"/proc/$started/cwd/smaps"; do
		run "$VMAPVIEW" "$name"
		[[ $status == 1 && $output == "vmapview: cannot open $name: Permission denied" ]]
	done
	harmless snapshot "$VMAPVIEW" maps
	invade environ "$VMAPVIEW" - < "/proc/$started/environ"
	[[ $harm == "${left[version]}" ]]
}

@test "a target that is a directory lets nothing below it be read" {
	need_landlock
	INTRUDER_AT=saved run -1 env LD_PRELOAD="$PLAY/intruder.so" "$VMAPVIEW" "$PLAY" saved
	[[ $output == *intruder:* && $output != *' read'* && $output != *' list'* ]]
	[[ $output == *"'$PLAY' is a directory"* ]]
}

@test "any version of Landlock will do" {
	local fake
	"$VMAPVIEW" -o +class saved > want
	for ((fake = 0; fake <= version; fake++)); do
		INTRUDER_LANDLOCK=$fake invade saved "$VMAPVIEW" -o +class saved
		((status == 0))
		diff want output
		((fake == 0)) || [[ $harm == "${left[fake]}" ]]
	done
	# One that does not know what it says it does.
	INTRUDER_LANDLOCK=99 invade saved "$VMAPVIEW" -o +class saved
	diff want output
}

@test "root's powers are given up" {
	skip_unless_root
	mkfifo pipe
	"$VMAPVIEW" pipe > output 3>&- &
	local viewer=$!
	exec 8> pipe
	wait_until grep -q '^CapEff:.000000000000000[24]$' "/proc/$viewer/status"
	grep -q '^CapPrm:.000000000000000[24]$' "/proc/$viewer/status"
	grep -q '^NoNewPrivs:.1$' "/proc/$viewer/status"
	cat saved >&8
	exec 8>&-
	wait "$viewer"
}

@test "setuid and setgid are given up" {
	skip_unless_root
	cp "$VMAPVIEW" setuid
	cp saved secret
	chmod 6755 setuid
	chmod 600 secret
	run "${AS_NOBODY[@]}" ./setuid secret
	[[ $status == 1 && $output == 'setuid: cannot open secret: Permission denied' ]]
	run "${AS_NOBODY[@]}" ./setuid saved
	((status == 0))
}

@test "no invocation gets more rights by executing something" {
	"$VMAPVIEW" --watch 0.01 $$ > output 3>&- &
	local viewer=$!
	wait_until grep -q '^NoNewPrivs:.1$' "/proc/$viewer/status"
	kill "$viewer"
}
