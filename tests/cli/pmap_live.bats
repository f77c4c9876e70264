#!/usr/bin/env bats
# shellcheck disable=SC2154 # common.bash sets started
# Byte for byte what the real pmap prints, on the processes of this machine as they are now.
#
# A live map may change between two looks at it, so pmap runs before and after ours, and only where
# these two agree is ours held against them.  What never agrees in five tries counts as unstable.

load common

setup_file() {
	make_play
}

teardown_file() {
	tell_counts
	drop_play
}

# Modes in which nothing drifts while a process sleeps; the counters of -x and -X do, since pmap
# itself shares pages with everybody.
steady=('' -d -p -q -dp '-A 400000,7fffffffffff' '-d -A 7f0000000000,')

# find_others - fills programs and kernel_threads with every PID but those below this test; on a
# machine that is very busy with the first few hundred.
find_others() {
	local dir pid up
	programs=() kernel_threads=()
	for dir in /proc/[0-9]*; do
		pid=${dir#/proc/}
		up=$pid
		while [[ -n $up ]] && ((up > 1 && up != $$)); do
			up=$(sed -n 's/^PPid:\t//p' "/proc/$up/status" 2> /dev/null) || up=
		done
		if [[ $up == "$$" && $pid != "$$" ]]; then
			continue
		elif grep -q ' ' "$dir/maps" 2> /dev/null; then
			programs+=("$pid")
		elif ! two_threads "$pid" 2> /dev/null; then # else we show what the living ones have
			kernel_threads+=("$pid")
		fi
	done
	programs=("${programs[@]:0:300}")
	kernel_threads=("${kernel_threads[@]:0:150}")
}

# compare_all FIX SET... -- PID... - as many as a minute is enough for: on a machine under load one
# comparison can take seconds.
compare_all() {
	local fix=$1 pid set sets=() end=$((SECONDS + 60))
	shift
	while [[ $1 != -- ]]; do
		sets+=("$1")
		shift
	done
	shift
	for pid; do
		((SECONDS < end)) || break
		for set in "${sets[@]}"; do
			# shellcheck disable=SC2086 # several options
			live "$fix" $set "$pid"
		done
	done
}

as_nobody() {
	AS=("${AS_NOBODY[@]}")
	compare_all "$@"
}

# a_thread_of - start a process of two threads; sets pid and tid.
start_threads() {
	start "$(helper deadleader)" "$@"
	pid=$started
	wait_until two_threads "$pid"
	tid=$(for task in "/proc/$pid/task"/*; do echo "${task##*/}"; done | grep -vx "$pid")
}

two_threads() { (($(find "/proc/$1/task" -mindepth 1 -maxdepth 1 | wc -l) >= 2)); }

# start_stopped COMMAND... - a process that cannot move, once it sleeps.
start_stopped() {
	start "$@"
	pid=$started
	wait_until in_state "$pid" S
	stop_process "$pid"
}

@test "every program on this machine" {
	find_others
	batch compare_all - "${steady[@]}" -- "${programs[@]}"
}

@test "every program on this machine, in the C locale" {
	export LC_ALL=C
	find_others
	batch compare_all - '' -dp -- "${programs[@]}"
}

@test "every kernel thread, zombie and closed process on this machine" {
	find_others
	((${#kernel_threads[@]} > 0)) || skip "there is none"
	batch compare_all - '' -- "${kernel_threads[@]}"
}

@test "every program on this machine, seen by nobody" {
	skip_unless_root
	find_others
	batch as_nobody - '' -x -- "${programs[@]}"
}

@test "a process of nobody, seen by nobody and by root" {
	skip_unless_root
	start_stopped "${AS_NOBODY[@]}" sleep 1000
	batch as_nobody - "${steady[@]}" -qp -- "$pid"
	batch compare_all - "${steady[@]}" -qp -- "$pid"
}

@test "several processes in one call" {
	local pids=() i
	for ((i = 0; i < 5; i++)); do
		start_stopped sleep 1000
		pids+=("$pid")
	done
	in_one_call() {
		live - "$@"
		live - -q "$@"
		live - -d "$@"
		live - -x -q "$@"
	}
	batch in_one_call "${pids[@]}" "${pids[0]}" $$
}

# static_helper NAME - the helper program linked statically: it shares no page with pmap or us, so
# that looking at it does not change its counters.
static_helper() {
	"${CC:-cc}" -static -pthread -o "$PLAY/bin/static-$1" "$HELPERS/$1.c" 2> /dev/null ||
		skip "cannot link statically"
}

@test "counters of a stopped process" {
	static_helper deadleader
	start_stopped "$PLAY/bin/static-deadleader" stay
	batch compare_all - -x -xq -xp -Xq -XXq -Xqp -- "$pid"
	batch compare_all without_page_sizes -X -Xp -XX -XXp -- "$pid"
}

@test "counters of a stopped process of nobody" {
	skip_unless_root
	static_helper deadleader
	start_stopped "${AS_NOBODY[@]}" "$PLAY/bin/static-deadleader" stay
	batch as_nobody - -x -xq -Xq -XXq -- "$pid"
	batch as_nobody without_page_sizes -X -XX -- "$pid"
}

@test "sizes and dirty pages of a stopped python3" {
	start_stopped python3 -c 'import mmap, time
m = mmap.mmap(-1, 1 << 20)
m.write(b"x" * 300000)
time.sleep(1000)'
	batch compare_all - -x -xq -xp -- "$pid"
}

@test "threads" {
	start_threads stay
	batch compare_all - '' -d -q -p -x -- "$tid" "$pid"
	mixed() {
		live - "$pid" "$tid"
		live - "$tid" "$tid"
	}
	batch mixed
}

@test "a kernel thread" {
	[[ $(cat /proc/2/comm) == kthreadd ]] || skip "no kernel threads in this PID namespace"
	batch compare_all - '' -q -d -dq -p -x -xq -X -XX -XXq -- 2
	! is_root || batch as_nobody - '' -d -x -X -- 2
}

@test "a zombie" {
	# a parent that waits for nobody, once it is sleep; bash would wait
	mkfifo "$PLAY/die"
	# shellcheck disable=SC2016 # expanded in there
	start bash -c 'read -r < "$PLAY/die" & echo $! > "$PLAY/zombie"; exec sleep 1000'
	wait_until grep -qx sleep "/proc/$started/comm"
	zombie=$(cat "$PLAY/zombie")
	echo now > "$PLAY/die"
	wait_until in_state "$zombie" Z
	batch compare_all - '' -q -d -dq -p -x -xq -X -XX -XXq -- "$zombie"
	! is_root || batch as_nobody - '' -d -x -X -- "$zombie"
}

@test "the shell that runs this" {
	batch compare_all - '' -x -d -p -- $$
}
