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
		[[ $status == 1 && $output == *'no number of seconds'* ]] || { echo "took '$bad'"; return 1; }
	done
	for bad in 0 -1 1x '' 0x3; do
		run "$VMAPVIEW" --watch 1 --count "$bad" "$animal"
		[[ $status == 1 && $output == *'no number from 1 on'* ]] || { echo "took '$bad'"; return 1; }
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
	local program=$BATS_TEST_TMPDIR/files/sh]}]}
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
	run bash -c 'trap "" XFSZ; ulimit -f "$1"; "$0" --record "$2" "$3"' "$VMAPVIEW" \
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
