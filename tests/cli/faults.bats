#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2030,SC2031,SC2094 # frozen_run sets output, errors and status; each
# test is a shell of its own; a fifo is opened from both ends
# What goes wrong around us ends in one clear line and the right exit code.

bats_require_minimum_version 1.5.0
load common

setup() { make_play; }

teardown() { drop_play; }

# one_line STATUS REGEX - the last frozen_run ended so, with one line on standard error.
one_line() {
	((status == $1))
	(($(wc -l < "$PLAY/errors") == 1))
	[[ $errors =~ $2 ]]
}

@test "/proc is not mounted" {
	[[ ${SANITIZERS:-no} != yes ]] || skip "the sanitizers need /proc themselves"
	mkdir -p "$WORLD/.real"
	skip_unless_frozen
	local option
	for option in -q -x -X -d; do
		frozen_run vmapview $option 10
		one_line 1 '^vmapview: .*/proc'
		[[ -z $output ]]
	done
	frozen_run vmapview 10 11 12
	one_line 1 '^vmapview: .*/proc'
	for option in -q -x -X -d; do # as pmap, nothing is found there
		frozen_run "$PLAY/real/pmap" $option 10 11
		((status == 42))
		frozen_run pmap $option 10 11
		((status == 42))
		[[ -z $output && -z $errors ]]
	done
}

@test "the device is full: as pmap" {
	local args ours real
	for args in "$$" "-x $$" "-X $$" "-d $$" "-q $$" -h --help "$$ $$ $$"; do
		# shellcheck disable=SC2086
		{
			ours=0 real=0
			PATH=$PLAY/ours:$PATH pmap $args > /dev/full 2> "$PLAY/errors" || ours=$?
			PATH=$PLAY/real:$PATH pmap $args > /dev/full 2> "$PLAY/real.errors" || real=$?
		}
		diff "$PLAY/real.errors" "$PLAY/errors"
		((ours == real && ours == 1))
		grep -q 'write error' "$PLAY/errors"
	done
}

@test "the device is full: under our own name" {
	local args
	for args in "$$" "-XX $$" "-x -q $$" -h -V --help --version; do
		status=0
		# shellcheck disable=SC2086
		"$PLAY/ours/vmapview" $args > /dev/full 2> "$PLAY/errors" || status=$?
		errors=$(cat "$PLAY/errors")
		one_line 1 '^vmapview: write error: '
	done
}

@test "the device is full: every other command" {
	local args saved=$TOP_SRCDIR/tests/fixtures/maps/aarch64.txt
	for args in "-o +class" --summary --json "--format csv" "--format prometheus" "--diff $saved" \
		"--diff -J $saved" "--watch 0.01 --count 2" "--output-file=/dev/full -J" \
		"--record=/dev/full" "$saved"; do
		status=0
		# shellcheck disable=SC2086
		"$PLAY/ours/vmapview" $args $$ > /dev/full 2> "$PLAY/errors" || status=$?
		[[ $status == 1 || ($status == 2 && $args == --diff*) ]]
		grep -q 'write error\|No space left' "$PLAY/errors" || { echo "$args"; cat "$PLAY/errors"; return 1; }
	done
	for args in --all "--all -J" --list-columns --list-keys; do
		status=0
		# shellcheck disable=SC2086
		"$PLAY/ours/vmapview" $args > /dev/full 2> "$PLAY/errors" || status=$?
		((status == 1))
		grep -q 'write error' "$PLAY/errors" || { echo "$args"; cat "$PLAY/errors"; return 1; }
	done
}

@test "the device is full and a process is missing: both are told" {
	status=0
	"$PLAY/ours/vmapview" $$ 2147483647 > /dev/full 2> "$PLAY/errors" || status=$?
	((status != 0))
	grep -q 2147483647 "$PLAY/errors"
	grep -q 'write error' "$PLAY/errors"
}

@test "standard output is closed: as pmap" {
	local option
	for option in -q -x -X; do
		local ours=0 real=0
		PATH=$PLAY/ours:$PATH pmap $option $$ >&- 2> "$PLAY/errors" || ours=$?
		PATH=$PLAY/real:$PATH pmap $option $$ >&- 2> "$PLAY/real.errors" || real=$?
		diff "$PLAY/real.errors" "$PLAY/errors"
		((ours == real && ours == 1))
	done
}

@test "too few descriptors: told, and not that there is no such process" {
	local most told=0
	for most in 3 4 5 6; do
		status=0
		prlimit --nofile=$most "$VMAPVIEW" -x $$ > "$PLAY/output" 2> "$PLAY/errors" 3>&- || status=$?
		((status <= 1 || status == 127))
		((status != 1)) || told=$((told + $(grep -c 'Too many open files' "$PLAY/errors")))
	done
	((told > 0))
}

@test "what is closed at the start is no file of ours" {
	local file=$PLAY/file saved=$TOP_SRCDIR/tests/fixtures/maps/aarch64.txt status=0
	"$VMAPVIEW" --summary --output-file "$file" $$ 2147483647 2>&- || status=$?
	[[ $status == 42 && ! -e $file ]]
	"$VMAPVIEW" --summary --output-file "$file" "$saved" <&- >&- 2>&-
	"$VMAPVIEW" --summary "$saved" | cmp - "$file"
	"$VMAPVIEW" --watch 0.01 --count 1 --record "$file.json" $$ >&- 2>&- && return 1
	[[ $(wc -l < "$file.json") == 1 ]]
	status=0
	"$VMAPVIEW" - <&- 2> "$PLAY/errors" || status=$?
	errors=$(cat "$PLAY/errors")
	one_line 1 'cannot read standard input: Bad file descriptor'
}

@test "the reader of the pipe is gone" {
	mkfifo "$PLAY/pipe"
	local option
	for option in -q -x -XX; do
		exec 7<> "$PLAY/pipe" 8> "$PLAY/pipe" 7<&-
		status=0
		timeout 20 "$PLAY/ours/vmapview" $option $$ >&8 2> "$PLAY/errors" || status=$?
		exec 8>&-
		# killed by SIGPIPE like any filter; or, where the caller ignores it, told so
		if ((status == 141)); then
			[[ ! -s $PLAY/errors ]]
		else
			errors=$(cat "$PLAY/errors")
			one_line 1 'write error: Broken pipe'
		fi
	done
}

@test "the reader of the pipe is gone, and SIGPIPE is ignored" {
	mkfifo "$PLAY/pipe"
	exec 7<> "$PLAY/pipe" 8> "$PLAY/pipe" 7<&-
	status=0
	# shellcheck disable=SC2016 # expanded in there
	bash -c 'trap "" PIPE; exec timeout 20 "$PLAY/ours/vmapview" $$' >&8 2> "$PLAY/errors" || status=$?
	exec 8>&-
	errors=$(cat "$PLAY/errors")
	one_line 1 '^vmapview: write error: Broken pipe'
}

@test "smaps closed, maps open" {
	skip_unless_root
	make_small_world
	chmod 000 "$WORLD/10/smaps" "$WORLD/10/smaps_rollup"
	local option
	for option in -q -d -p; do
		frozen_run "${AS_NOBODY[@]}" vmapview $option 10
		((status == 0))
		[[ -z $errors && $output == *data* ]]
	done
	for option in -x -X -XX -xq; do
		frozen_run "${AS_NOBODY[@]}" vmapview $option 10
		one_line 1 '^vmapview: .*10.*[Pp]ermission denied'
		[[ $output == "10:   prog" ]]
	done
}

@test "smaps missing, as with a kernel built without it" {
	make_small_world
	rm "$WORLD/10/smaps" "$WORLD/10/smaps_rollup"
	frozen_run vmapview 10
	((status == 0))
	[[ -z $errors && $output == *data* ]]
	frozen_run vmapview -x 10
	one_line 1 '^vmapview: .*10'
	[[ $output == "10:   prog" ]]
}

@test "a line of maps that is none" {
	make_small_world
	sed -i '2i this is no line of maps' "$WORLD/10/maps"
	frozen_run vmapview 10
	one_line 1 '^vmapview: .*10.*maps:2'
	[[ $output != *"this is no"* ]]
	sed -i '2d' "$WORLD/10/maps"
	frozen_run vmapview 10
	((status == 0))
}

@test "odd lines of maps: told, never a crash" {
	make_small_world
	local line
	for line in '' '-' '00400000' '00400000-' '00400000-00402000' '00400000-00402000 r-xp' \
		'00402000-00400000 r-xp 00000000 08:01 7 /back/wards' \
		'00400000-00402000 r-xp 00000000 08:01' \
		'zz400000-00402000 r-xp 00000000 08:01 7' \
		'fffffffffffffffff-00402000 r-xp 00000000 08:01 7' \
		'00400000-00402000 r-xp 00000000 0801 7'; do
		printf '%s\n' "$line" > "$WORLD/10/maps"
		frozen_run vmapview 10
		one_line 1 '^vmapview: .*10.*maps:1'
	done
}

@test "a line of smaps that is none" {
	make_small_world
	sed -i '30i this is no line of smaps' "$WORLD/10/smaps"
	local option
	for option in -x -X -XXq; do
		frozen_run vmapview $option 10
		one_line 1 '^vmapview: .*10.*smaps:30'
		[[ $output != *"this is no"* ]]
	done
}

@test "smaps ends early: what is there is shown, nothing invented" {
	make_small_world
	head -n 30 "$WORLD/10/smaps" > "$WORLD/10/smaps.new"
	mv "$WORLD/10/smaps.new" "$WORLD/10/smaps"
	chmod 644 "$WORLD/10/smaps"
	local option
	for option in -xq -Xq -XXq; do
		frozen_run vmapview $option 10
		((status <= 1))
		(($(wc -l < "$PLAY/output") == 3))
	done
	grep -qE '^ *01000000 rw-p .* 8192 .* - .*\[heap\]$' "$PLAY/output"
}

@test "smaps ends in the middle of a line: never a crash" {
	make_small_world
	local bytes size
	cp "$WORLD/10/smaps" "$PLAY/whole"
	size=$(wc -c < "$PLAY/whole")
	for ((bytes = 1; bytes < size; bytes += 37)); do
		head -c $bytes "$PLAY/whole" > "$WORLD/10/smaps"
		frozen_run vmapview -XX 10
		((status <= 1))
		((status == 0 || $(wc -l < "$PLAY/errors") == 1))
	done
}

@test "bytes that are no text: never a crash" {
	make_small_world
	local file seed
	for file in maps smaps stat status cmdline; do
		cp "$WORLD/10/$file" "$PLAY/whole"
		for seed in 1 2 3; do
			{
				head -c 100 "$PLAY/whole"
				printf 'x\0y\0\377\376%s\n\n\0' $seed
				tail -c +$((100 + seed)) "$PLAY/whole"
			} > "$WORLD/10/$file"
			frozen_run vmapview 10
			((status <= 1 || status == 42))
			frozen_run vmapview -X 10
			((status <= 1 || status == 42))
		done
		cp "$PLAY/whole" "$WORLD/10/$file"
	done
}

@test "a process that cannot be told from nothing: no stat" {
	make_small_world
	rm "$WORLD/10/stat" "$WORLD/10/status"
	frozen_run vmapview 10
	((status == 1 || status == 42))
	(($(wc -l < "$PLAY/errors") == 1))
}

# hidden COMMAND... - as nobody, where /proc has but the directories of the processes of others.
hidden() { own_proc hidepid=1 "${AS_NOBODY[@]}" "$@"; }

@test "a process of which only the directory is seen: as pmap, and it is told" {
	skip_unless_root
	hidden test -d /proc/1 -a ! -r /proc/1/stat || skip "no such /proc can be mounted here"
	local real=0 status=0
	hidden "$PLAY/real/pmap" 1 > "$PLAY/real.output" || real=$?
	hidden "$PLAY/ours/vmapview" 1 > "$PLAY/output" 2> "$PLAY/errors" || status=$?
	((status == 42 && status == real))
	cmp "$PLAY/real.output" "$PLAY/output"
	[[ $(cat "$PLAY/errors") == 'vmapview: 1: its files in /proc are hidden from us' ]]
	status=0
	hidden "$PLAY/ours/pmap" 1 > "$PLAY/output" 2> "$PLAY/errors" || status=$?
	((status == real))
	[[ ! -s $PLAY/output && ! -s $PLAY/errors ]]
}
