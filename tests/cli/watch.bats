#!/usr/bin/env bats
# Looking again and again, and recording what is seen.

# shellcheck disable=SC2154 # zoo.bash and watch.bash set animal, ask and so on
bats_require_minimum_version 1.5.0

load zoo
load watch

setup() {
	mkdir "$BATS_TEST_TMPDIR/files"
	record=$BATS_TEST_TMPDIR/record.json
	start_animal cat
	at_rest "$animal" '@(cat|coreutils)'
}
teardown() {
	drop_watch
	drop_animal
}

# documents FILE - how many it has; fails if a line is none.
documents() {
	python3 -c '
import json, sys
n = 0
for line in open(sys.argv[1], "rb"):
    assert line.endswith(b"\n")
    assert json.loads(line)["schema"] == "vmapview-snapshot"
    n += 1
print(n)' "$1"
}

@test "--count says how often to look" {
	run --separate-stderr "$VMAPVIEW" --watch 0.01 --count 3 --json "$animal"
	[[ $status == 0 && ${#lines[@]} == 3 ]]
	run --separate-stderr "$VMAPVIEW" --watch .01 --count 2 "$animal"
	echo "$output"
	[[ $status == 0 && ${lines[0]} =~ ^[0-9-]+T[0-9:+-]+\ \ $animal:\ [0-9]+\ regions$ ]]
	[[ $(grep -cE '^[0-9-]+T[0-9:+-]+' <<< "$output") == 3 ]]
}

@test "looks keep to the interval" {
	local start=${EPOCHREALTIME/[.,]/} took
	"$VMAPVIEW" --watch 0.1 --count 5 "$animal" > /dev/null
	took=$((${EPOCHREALTIME/[.,]/} - start))
	echo "$took us"
	((took >= 500000))
}

@test "it ends with the process" {
	start_watch
	end_animal
	end_watch
	grep -q 'the process is gone' "$BATS_TEST_TMPDIR/watch.errors"
}

@test "it ends with a zombie" {
	start_watch
	kill -KILL "$animal"
	end_watch
	grep -q 'the process is gone' "$BATS_TEST_TMPDIR/watch.errors"
}

@test "it ends on an interrupt" {
	start_watch
	kill -INT "$watcher"
	end_watch
	[[ $(grep -vc 'reading takes' "$BATS_TEST_TMPDIR/watch.errors") == 0 ]] # a busy machine
}

@test "it is told when a reader is full" {
	run bash -c '"$0" --watch 0.01 --count 3 "$1" > /dev/full' "$VMAPVIEW" "$animal"
	[[ $status == 1 && $output == *'No space left'* ]]
}

@test "wrong uses" {
	local bad
	for bad in 0 -1 1x '' . 1,5 nan 99999999999999999999; do
		run "$VMAPVIEW" --watch "$bad" "$animal"
		[[ $status == 1 && $output == *'not a number of seconds'* ]] || { echo "took '$bad'"; return 1; }
	done
	for bad in 0 -1 1x '' 0x3; do
		run "$VMAPVIEW" --watch 1 --count "$bad" "$animal"
		[[ $status == 1 && $output == *'not a number of at least 1'* ]] || { echo "took '$bad'"; return 1; }
	done
	run "$VMAPVIEW" --count 3 "$animal"
	[[ $status == 1 ]]
	run "$VMAPVIEW" --watch 1 "$animal" $$
	[[ $status == 1 ]]
	run "$VMAPVIEW" --watch 1 --all
	[[ $status == 1 ]]
}

@test "a process that is not there" {
	end_animal
	run "$VMAPVIEW" --watch 1 4194305
	[[ $status == 42 && $output == *'no such process'* ]]
	run "$VMAPVIEW" --record "$record" 4194305
	[[ $status == 42 && ! -e $record ]]
}

@test "--record appends a document each time" {
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 1 ]]
	"$VMAPVIEW" --watch 0.01 --count 3 --record "$record" "$animal"
	[[ $(documents "$record") == 5 ]]
}

@test "an unfinished line is removed before the next one" {
	"$VMAPVIEW" --record "$record" "$animal"
	printf '{"schema":"vmapview-snapshot","half' >> "$record"
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 2 ]]
	printf '{"schema":"vmap' > "$record"
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 1 ]]
}

# The end of a snapshot is "]}]}".
@test "a name that looks like the end of a document is none" {
	local program="$BATS_TEST_TMPDIR/files/sh]}]}"
	drop_animal
	cp "$(command -v bash)" "$program"
	start_animal "$program" -c 'read -r line'
	at_rest "$animal" 'sh\]}\]}'
	"$VMAPVIEW" --record "$record" "$animal"
	truncate -s "$(($(grep -abo 'sh\]}\]}' "$record" | head -n 1 | cut -d : -f 1) + 6))" "$record"
	[[ $(tail -c 4 "$record") == ']}]}' ]]
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 1 ]]
}

@test "a whole document stays, also without an end of line" {
	"$VMAPVIEW" --record "$record" "$animal"
	truncate -s -1 "$record"
	cp "$record" "$record.old"
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 2 ]]
	cmp -n "$(stat -c %s "$record.old")" "$record" "$record.old"
	# Nor is one written by another hand harmed.
	jq . "$record.old" > "$record"
	"$VMAPVIEW" --record "$record" "$animal"
	"$VMAPVIEW" --diff "$record@1" "$record.old"
}

@test "what is no record stays as it is" {
	echo 'dear diary' > "$record"
	run "$VMAPVIEW" --record "$record" "$animal"
	[[ $status == 1 && $output == *'not a record'* && $(cat "$record") == 'dear diary' ]]
	printf '{ "name": "diary",\n "private": true }' > "$record"
	cp "$record" "$record.old"
	run "$VMAPVIEW" --record "$record" "$animal"
	[[ $status == 1 && $output == *'not a record'* ]]
	cmp "$record" "$record.old"
}

# A limit on the size of files stands for a full disk: part of the write succeeds.
@test "a full disk loses only the new document" {
	"$VMAPVIEW" --watch 0.01 --count 5 --record "$record" "$animal"
	cp "$record" "$record.old"
	run bash -c 'ulimit -f "$1"; "$0" --record "$2" "$3"' "$VMAPVIEW" \
		$(($(stat -c %s "$record") / 1024 + 2)) "$record" "$animal"
	echo "$output"
	[[ $status == 1 && $output == *'File too large'* ]]
	cmp "$record" "$record.old"
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 7 ]]
	run "$VMAPVIEW" --record /dev/full "$animal"
	[[ $status == 1 && $output == *'No space left'* ]]
}

@test "recorders do not mix their lines" {
	local i pids=()
	for i in 1 2 3 4; do
		"$VMAPVIEW" --watch 0.005 --count 10 --record "$record" "$animal" > /dev/null 3>&- &
		pids+=($!)
	done
	wait "${pids[@]}"
	[[ $(documents "$record") == 44 ]]
}

# holder HOW - something that opened the record (HOW: r to read, a to write) and holds the lock named.
holder() {
	local held=$BATS_TEST_TMPDIR/held
	rm -f "$held"
	python3 -c 'import fcntl, sys, time
how, lock, name, held = sys.argv[1:]
file = open(name, how)
{"flock": fcntl.flock, "lockf": fcntl.lockf}[lock](file, fcntl.LOCK_SH if (how, lock) == ("r", "lockf")
    else fcntl.LOCK_EX)
open(held, "w").close()
time.sleep(1000)' "$1" "$2" "$record" "$held" < /dev/null > /dev/null 2>&1 3>&- {to_animal}>&- &
	holder=$!
	wait_for test -e "$held"
}

drop_holder() {
	kill -KILL "$holder"
	wait "$holder" || :
}

# wait_for COMMAND... - until it succeeds, for as long as the zoo is waited for.
wait_for() {
	local end=$((SECONDS + PATIENCE))
	until "$@"; do
		((SECONDS < end)) || { echo "waited in vain for: $*"; return 1; }
		sleep 0.02
	done
}

@test "no reader of the record can hold it up" {
	local lock
	"$VMAPVIEW" --record "$record" "$animal"
	chmod 644 "$record"
	for lock in flock lockf; do
		holder r $lock
		timeout 20 "$VMAPVIEW" --record "$record" "$animal"
		drop_holder
	done
	[[ $(documents "$record") == 3 ]]
	# What looks unfinished may be another's line: it is not cut off while that can't be known.
	printf '{"schema":"vmapview-snapshot","half' >> "$record"
	cp "$record" "$record.old"
	holder r lockf
	run timeout 20 "$VMAPVIEW" --record "$record" "$animal"
	drop_holder
	[[ $status == 1 && $output == "vmapview: $record: it has an unfinished line"* ]]
	cmp "$record" "$record.old"
}

@test "another writer is waited for a little, and then told" {
	"$VMAPVIEW" --record "$record" "$animal"
	holder a lockf
	run timeout 60 "$VMAPVIEW" --record "$record" "$animal"
	drop_holder
	[[ $status == 1 && $output == "vmapview: $record: another process is writing to it" ]]
	[[ $(documents "$record") == 1 ]]
	"$VMAPVIEW" --record "$record" "$animal"
	[[ $(documents "$record") == 2 ]]
}

# holds_interrupts PID - it has come so far as to take them.
holds_interrupts() {
	local mask
	mask=$(sed -n 's/^SigBlk:[[:space:]]*//p' "/proc/$1/status") && ((16#${mask:-0} & 2))
}

# interrupted COMMAND... - it is ended by ^C, and by SIGTERM, though its output can't be written.
interrupted() {
	local signal pid
	for signal in INT TERM; do
		env --default-signal=INT "$@" 2> "$BATS_TEST_TMPDIR/errors" 3>&- {to_animal}>&- &
		pid=$!
		wait_for holds_interrupts "$pid"
		kill -$signal "$pid"
		wait_for eval "! kill -0 $pid 2> /dev/null" || { kill -KILL "$pid"; return 1; }
		wait "$pid" && return 1
	done
	return 0
}

# full_pipe - a FIFO that somebody has open and nobody reads, with no room in it.
full_pipe() {
	mkfifo "$BATS_TEST_TMPDIR/pipe"
	exec {pipe}<> "$BATS_TEST_TMPDIR/pipe"
	python3 -c 'import os, sys
fd = int(sys.argv[1])
os.set_blocking(fd, False)
try:
    while True: os.write(fd, b"x")
except BlockingIOError:
    os.set_blocking(fd, True)' "$pipe"
}

@test "it ends on an interrupt, whatever it waits for" {
	local pipe
	full_pipe
	interrupted "$VMAPVIEW" --watch 0.01 "$animal" > "$BATS_TEST_TMPDIR/pipe"
	interrupted "$VMAPVIEW" --watch 0.01 --record "$BATS_TEST_TMPDIR/pipe" "$animal" > /dev/null
	"$VMAPVIEW" --record "$record" "$animal"
	holder a lockf
	interrupted "$VMAPVIEW" --watch 0.01 --record "$record" "$animal" > /dev/null
	drop_holder
	exec {pipe}>&-
}

@test "a FIFO that nobody reads is no record, and loses none" {
	mkfifo "$record"
	run timeout 20 "$VMAPVIEW" --record "$record" "$animal"
	[[ $status == 1 && $output == "vmapview: $record: no process reads from it" ]]
	cat "$record" > "$record.read" 3>&- {to_animal}>&- &
	wait_for eval 'timeout 20 "$VMAPVIEW" --record "$record" "$animal" 2> /dev/null'
	wait $!
	[[ $(documents "$record.read") == 1 ]]
}

@test "a reader that leaves the FIFO in the middle is told of" {
	mkfifo "$record"
	head -c 10 "$record" > /dev/null 3>&- {to_animal}>&- &
	run timeout 60 "$VMAPVIEW" --watch 0.001 --record "$record" "$animal"
	wait $! || :
	[[ $status == 1 ]]
	[[ $output == *"$record: Broken pipe" || $output == *"$record: no process reads from it" ]]
}
