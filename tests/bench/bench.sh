#!/bin/bash
# make bench: what vmapview costs, as ratios to cat of the same file in /proc and to pmap.
#
#	tests/bench/bench.sh [FILE.json]
#
# Runs all commands in rounds (BENCH_ROUNDS, 15), each of them a few times in each round
# (BENCH_RUNS, 3), so that what else the machine does falls on all alike.  A ratio is that of the
# medians of one round; printed is the median of the rounds and, as spread, the lowest and the
# highest.  Exit status 1 if something could not be measured: a slow program is no failure here.
set -euo pipefail

: "${VMAPVIEW:=./vmapview}" "${BENCH_DIR:=tests/bench}" "${BENCH_ROUNDS:=15}" "${BENCH_RUNS:=3}"
: "${PMAP:=/usr/bin/pmap}"
json=${1:-bench.json}
work=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-bench.XXXXXX")
trap 'exec 9>&-; jobs -p | xargs -r kill 2> /dev/null; rm -rf "$work"' EXIT

for tool in hyperfine jq "$PMAP" /usr/bin/time; do
	command -v "$tool" > /dev/null || { echo "bench: $tool is not installed" >&2; exit 1; }
done

mkfifo "$work/hold"
exec 9<> "$work/hold"

# process COUNT [FILE...]: start one with so many regions; its number is in $pid
process() {
	"$BENCH_DIR/regions" "$@" < "$work/hold" > "$work/ready.$1.$#" &
	pid=$!
	until grep -q ready "$work/ready.$1.$#"; do
		kill -0 "$pid" || exit 1
	done
}

libraries() {
	sed -n 's,^[^/]*\(/.*\.so[.0-9]*\)$,\1,p' /proc/self/maps /proc/$$/maps | sort -u
	find /usr/lib* -name 'lib*.so.*' -type f 2> /dev/null | sort | head -100
}

# rounds NAME [COMMAND-NAME COMMAND]...: the times of the commands, in $work/NAME.ROUND.json
rounds() {
	local name=$1 round measured=()
	shift
	while (($#)); do
		measured+=("--command-name=$1" "$2")
		shift 2
	done
	for ((round = 1; round <= BENCH_ROUNDS; round++)); do
		printf '\r%s: round %d of %d ' "$name" "$round" "$BENCH_ROUNDS" >&2
		hyperfine --shell=none --warmup 1 --runs "$BENCH_RUNS" --style none \
			--export-json "$work/$name.$round.json" "${measured[@]}" > "$work/log" 2>&1 ||
			{ cat "$work/log" >&2; exit 1; }
	done
	printf '\r%40s\r' '' >&2
}

# Before there are large processes, which --all would read, too.
rollups=()
for _ in {1..500}; do
	sleep infinity &
	rollups+=("/proc/$!/smaps_rollup")
done
rounds all "cat rollups" "cat ${rollups[*]}" "--all" "$VMAPVIEW --all"
jobs -p | xargs kill
wait 2> /dev/null || :

process 60000; large=$pid
mapfile -t files < <(libraries)
process 60000 "${files[@]}"; mixed=$pid
process 6000; middle=$pid
process 1000; little=$pid
process 30; small=$pid

rounds one \
	"cat maps" "cat /proc/$large/maps" \
	"default" "$VMAPVIEW $large" \
	"pmap" "$PMAP $large" \
	"cat smaps" "cat /proc/$large/smaps" \
	"-x" "$VMAPVIEW -x $large" \
	"pmap -x" "$PMAP -x $large" \
	"-XX" "$VMAPVIEW -XX $large" \
	"pmap -XX" "$PMAP -XX $large" \
	"--json" "$VMAPVIEW --json $large" \
	"--summary" "$VMAPVIEW --summary $large" \
	"files: cat maps" "cat /proc/$mixed/maps" \
	"files: default" "$VMAPVIEW $mixed" \
	"files: pmap" "$PMAP $mixed" \
	"files: cat smaps" "cat /proc/$mixed/smaps" \
	"files: -x" "$VMAPVIEW -x $mixed" \
	"files: pmap -x" "$PMAP -x $mixed" \
	"files: --json" "$VMAPVIEW --json $mixed" \
	"files: --summary" "$VMAPVIEW --summary $mixed" \
	"small: default" "$VMAPVIEW $small" \
	"small: pmap" "$PMAP $small" \
	"small: -x" "$VMAPVIEW -x $small" \
	"small: pmap -x" "$PMAP -x $small" \
	"1000: default" "$VMAPVIEW $little" \
	"6000: default" "$VMAPVIEW $middle" \
	"1000: -x" "$VMAPVIEW -x $little" \
	"6000: -x" "$VMAPVIEW -x $middle"
for ((round = 1; round <= BENCH_ROUNDS; round++)); do
	jq -s '{ results: map(.results) | add }' "$work/all.$round.json" "$work/one.$round.json"
done > "$work/rounds"

# Peak memory in KiB: peak COMMAND...
peak() {
	/usr/bin/time -f %M -o "$work/peak" "$@" > /dev/null
	cat "$work/peak"
}

jq -n --arg version "$("$VMAPVIEW" --version)" --arg pmap "$("$PMAP" --version)" \
	--arg kernel "$(uname -r)" --arg cpus "$(nproc)" \
	--argjson default "$(peak "$VMAPVIEW" "$large")" \
	--argjson XX "$(peak "$VMAPVIEW" -XX "$large")" \
	--argjson json "$(peak "$VMAPVIEW" --json "$large")" \
	--argjson frame "$("$BENCH_DIR/frame" "$large")" \
	--slurpfile rounds "$work/rounds" -f "$(dirname "$0")/ratios.jq" > "$json.new"
mv "$json.new" "$json"
jq -r -f "$(dirname "$0")/table.jq" "$json"
