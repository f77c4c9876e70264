#!/usr/bin/env bats
# One row per process.

# shellcheck disable=SC2154 # zoo.bash sets animal and play
bats_require_minimum_version 1.5.0

# shellcheck disable=SC2154 # zoo.bash sets animal and play
load zoo

setup() { mkdir "$BATS_TEST_TMPDIR/files"; }
teardown() {
	drop_animal
	[[ -z ${play:-} ]] || rm -rf "$play"
}

# rolled NAME... - the sum of counters of $animal's smaps_rollup, in bytes.
rolled() {
	local name sum=0
	for name; do
		sum=$((sum + $(awk -v name="$name:" '$1 == name { print $2 }' "/proc/$animal/smaps_rollup") * 1024))
	done
	echo $sum
}

# row FIELD - of $animal in the JSON document "$output".
row() {
	python3 -c '
import json, sys
for p in json.load(sys.stdin)["processes"]:
    if p["pid"] == int(sys.argv[1]):
        print(p[sys.argv[2]])' "$animal" "$1" <<< "$output"
}

# A static program: of what it maps, only its file can be mapped by others too.
@test "the numbers are the kernel's" {
	build_plain static -static
	meet "$BATS_TEST_TMPDIR/static"
	stop_process "$animal"
	run --separate-stderr "$VMAPVIEW" --all --json
	[[ $(row rss_bytes) == $(rolled Rss) ]]
	[[ $(row pss_bytes) == $(rolled Pss) ]]
	[[ $(row uss_bytes) == $(rolled Private_Clean Private_Dirty) ]]
	[[ $(row swap_bytes) == $(rolled Swap) ]]
	[[ $(row regions) == $(wc -l < "/proc/$animal/maps") ]]
	[[ $(row user) == $(id -un) ]]
	[[ $(row command) == "$BATS_TEST_TMPDIR/static" ]]
}

@test "the table has the same rows" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	run "$VMAPVIEW" --all
	[[ $status == 0 ]]
	grep -qE "^ *$animal +$(id -un) .* $(wc -l < "/proc/$animal/maps") +$ZOO " <<< "$output"
	[[ ${lines[0]} =~ ^\ *PID\ +User\ +Rss\ +Pss\ +Uss\ +Swap\ +Regions\ +Command$ ]]
	# A zero is quiet.
	if [[ $(rolled Swap) == 0 ]]; then
		awk -v pid="$animal" '$1 == pid { exit $6 != "." } END { if (!NR) exit 1 }' <<< "$output"
	fi
}

# column NAME - of all rows of the JSON document "$output".
column() {
	python3 -c '
import json, sys
for p in json.load(sys.stdin)["processes"]:
    print(p[sys.argv[1]] if p[sys.argv[1]] is not None else -1)' "$1" <<< "$output"
}

@test "it is sorted by Pss, or as asked for" {
	run --separate-stderr "$VMAPVIEW" --all --json
	column pss_bytes | sort -c -n -r
	run --separate-stderr "$VMAPVIEW" --all --json --sort pid
	column pid | sort -c -n
	run --separate-stderr "$VMAPVIEW" --all --json --sort user,-regions
	column user | LC_ALL=C sort -c
	run --separate-stderr "$VMAPVIEW" --all --json --sort rss
	column rss_bytes | sort -c -n
	run "$VMAPVIEW" --all --sort pid,nonsense
	[[ $status == 1 && $output == *"'nonsense'"* ]]
}

@test "who may not read them is told how many" {
	need_nobody
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	cp "$VMAPVIEW" "$play/vmapview"
	run "${NOBODY[@]}" "$play/vmapview" --all --json
	[[ $status == 0 ]]
	[[ ${lines[-1]} =~ ^vmapview:\ ([0-9]+)\ of\ ([0-9]+)\ processes\ may\ not\ be\ read$ ]]
	((BASH_REMATCH[1] > 0))
	output=$(printf '%s\n' "$output" | grep -v '^vmapview: ')
	[[ $(row pss_bytes) == None && $(row regions) == None && $(row rss_bytes) -gt 0 ]]
}

@test "a full disk is told" {
	run bash -c '"$0" --all > /dev/full' "$VMAPVIEW"
	[[ $status == 1 && $output == *'No space left'* ]]
}
