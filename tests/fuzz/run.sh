#!/bin/bash
# run.sh TARGET [SECONDS]: let libFuzzer run a target; what it learns stays in fuzz/corpus and what
#	breaks the target in fuzz/, both in the build directory.  With FUZZ_SEED it does the same work each
#	time, however long that takes.
# run.sh --report: a line for each target that ran; fails if one of them did.
set -euo pipefail
cd "$TOP_BUILDDIR"
fuzzers=$TOP_BUILDDIR/tests/fuzz

# Words of the program's own tables and formats, as libFuzzer wants them.
dictionary() {
	{
		"$VMAPVIEW" --list-columns | awk '{ print $1 }'
		tests/helpers/words | cut -f 2
		sed -n 's/^ *"\([a-z_]*\)": {.*/\1/p' "$TOP_SRCDIR/docs/vmapview.schema.json"
		sed -n 's/^\([A-Za-z_]*:\).*/\1/p' "$TOP_SRCDIR/tests/fixtures/proc/newkernel/smaps"
		printf '%s\n' and or not null '[heap]' '[stack]' ' kB' vmapview-snapshot ShowPath
	} | grep . | sort -u | sed 's/.*/"&"/'
}

# closing NAME LOG: a number of libFuzzer's closing statistics
closing() {
	sed -n "s/^stat::$1: *//p" "$2"
}

# reached WHAT LOG: the last number of its progress lines
reached() {
	grep -oE "$1: [0-9]+" "$2" | tail -n 1 | cut -d ' ' -f 2
}

# As long as the seeds at most, so that an execution stays short.
max_len() {
	case $1 in
	filter) echo 400 ;;
	rc) echo 2000 ;;
	view) echo 4000 ;;
	*) echo 12000 ;;
	esac
}

# What the usual 30 seconds do on a machine of today.
executions() {
	case $1 in
	filter) echo 50000 ;;
	rc) echo 100000 ;;
	core | snapshot) echo 8000 ;;
	*) echo 3000 ;;
	esac
}

run() {
	local target=$1 log=fuzz/$1.log status=0 fixed=() limit=(-max_total_time="$2")
	mkdir -p "fuzz/corpus/$target"
	rm -f "fuzz/$target.failed"

	"$TOP_SRCDIR/tests/fuzz/seeds.sh" "$target" "fuzz/seeds/$target"
	dictionary > "fuzz/$target.dict"
	if [ -n "${FUZZ_SEED-}" ]; then
		limit=(-seed="$FUZZ_SEED" -runs="$(executions "$target")" -reload=0)
		# libFuzzer learns from what is compared, addresses among it.
		setarch -R true 2> /dev/null && fixed=(setarch -R)
	fi
	"${fixed[@]}" "$fuzzers/fuzz_$target" "${limit[@]}" -timeout=25 -rss_limit_mb=2048 \
		-malloc_limit_mb=512 -max_len="$(max_len "$target")" -dict="fuzz/$target.dict" -print_final_stats=1 \
		-artifact_prefix="fuzz/$target-" "fuzz/corpus/$target" "fuzz/seeds/$target" \
		> "$log" 2>&1 || status=$?
	if [ "$status" != 0 ]; then
		touch "fuzz/$target.failed"
		tail -n 40 "$log"
		echo "fuzz $target: failed; the input is the file named above, in $PWD"
	fi
}

report() {
	local log target rc=0
	for log in fuzz/*.log; do
		target=${log#fuzz/} target=${target%.log}
		printf '%-9s %9s executions, %6s edges, %6s features\n' "$target" \
			"$(closing number_of_executed_units "$log")" "$(reached cov "$log")" "$(reached ft "$log")"
		if [ -e "fuzz/$target.failed" ]; then
			echo "$target: failed, see $PWD/$log"
			rc=1
		fi
	done
	return $rc
}

case $1 in
--report) report ;;
*) run "$1" "${2:-30}" ;;
esac
