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

# Nine tenths of what the kernel lets it have: every other page is read-only.
@test "who is near the limit of regions is named" {
	local limit
	limit=$(< /proc/sys/vm/max_map_count)
	run --separate-stderr "$VMAPVIEW" --all --json
	[[ $(jq .max_regions <<< "$output") == "$limit" ]]
	((limit < 200000)) || skip "vm.max_map_count is $limit: too many to make"
	start_animal python3 -c 'import ctypes, sys
c = ctypes.CDLL(None)
c.mmap.restype = ctypes.c_void_p
n = int(sys.argv[1]) * 9 // 10
a = c.mmap(None, ctypes.c_size_t(n * 4096), 3, 34, -1, ctypes.c_long(0))
for i in range(0, n, 2):
    if c.mprotect(ctypes.c_void_p(a + i * 4096), 4096, 1): break
print("ready", flush=True)
sys.stdin.read()' "$limit"
	hear ready
	run --separate-stderr "$VMAPVIEW" --all
	[[ $status == 0 ]]
	[[ ${lines[-1]} =~ ^near\ the\ limit\ of\ $limit\ regions\ \(vm.max_map_count\):\ ([0-9]+\ \([0-9]+\ %\),\ )*$animal\ \(9[0-9]\ %\)(,|$) ]]
	run --separate-stderr "$VMAPVIEW" --summary "$animal"
	[[ ${lines[-1]} == *" of at most $limit regions (9"?" % of vm.max_map_count)" ]]
	run --separate-stderr "$VMAPVIEW" --summary $$
	[[ $output != *"at most"* ]]
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
