#!/usr/bin/env bats
# Processes that want to hang vmapview, to make it open other files, or to be taken for another
# program.

# shellcheck disable=SC2154 # common.bash sets started, run sets status
bats_require_minimum_version 1.5.0
load common
load ../tui/tui

setup() {
	make_play
	make_pause
	cd "$PLAY/scratch" || return
}

teardown() {
	cd / || return
	tui_stop
	[[ -z ${server-} ]] || kill -KILL "$server" 2> /dev/null || :
	drop_play
}

# make_library - lib.so, whose first page has both its headers and code
make_library() {
	echo 'int get(void) { return 5; }' > lib.c
	"${CC:-cc}" -shared -fPIC -Wl,-z,noseparate-code -o lib.so lib.c
	chmod 755 lib.so
}

# ---- file systems that do not answer ----

# silent KIND - start a process, in $started, that maps a file of a file system that does not answer;
# $PLAY/asked lists the questions.
silent() {
	make_library
	"$(helper silentfs)" "$1" "$PLAY/scratch" "$PWD/lib.so" "$PLAY/asked" \
		> "$PLAY/up" 2> "$PLAY/why" 3>&- &
	started=$!
	echo "$started" >> "$PLAY/started"
	said() { grep -q '^ready' "$PLAY/up" || ! kill -0 "$started" 2> /dev/null; }
	wait_until said
	if ! server=$(awk '$1 == "ready" { print $2; found = 1 } END { exit !found }' "$PLAY/up"); then
		status=0
		wait "$started" || status=$?
		((status == 77)) || { cat "$PLAY/why"; return 1; }
		skip "$(cat "$PLAY/why")"
	fi
	echo "$server" >> "$PLAY/started"
}

drop() {
	kill -USR1 "$started"
	wait_until grep -q '^dropped' "$PLAY/up"
}

# look ARG... - run the program into a pipe, which a child left behind must not keep open; does not
# wait for ever if it hangs; sets status
look() {
	rm -f "$PLAY/status"
	{
		"$VMAPVIEW" "$@" "$started" 2> "$PLAY/errors" | cat > "$PLAY/output"
		echo "${PIPESTATUS[0]}" > "$PLAY/status"
	} 3>&- &
	wait_until test -s "$PLAY/status"
	status=$(cat "$PLAY/status")
}

# answers - check that every format answers, and that nobody was asked anything
answers() {
	local how
	for how in '' -x '-o +class,part,why' --summary --json '--format prometheus'; do
		# shellcheck disable=SC2086 # several words
		look $how
		[[ $status == 0 && ! -s $PLAY/errors ]]
		grep -q 'lib\.so\|class="lib"' "$PLAY/output" || [[ $how == --summary ]]
	done
	[ ! -s "$PLAY/asked" ]
}

@test "a file of a FUSE that does not answer is not asked for" {
	skip_unless_root
	silent fuse
	answers
	look -o class,part,mapping,why
	grep -q '^lib *text *lib\.so .*(known from its permissions)' "$PLAY/output"
	drop
	answers
}

@test "nor through an overlay, where what is in memory tells as much as the file" {
	skip_unless_root
	silent overlay
	answers
	look -o class,part,mapping,why
	grep -q '^lib *text *lib\.so .*(the headers of the ELF file' "$PLAY/output"
	drop
	answers
}

@test "a page that goes between a look and the read holds up a child, not us" {
	skip_unless_root
	silent overlay
	for _ in 1 2 3; do # we may be too slow for the child, which has five seconds
		stop_at pread:mem:1 look -o +class
		drop
		go
		[[ $(cat "$PLAY/status") == 0 && ! -s $PLAY/errors ]]
		grep -q 'lib\.so' "$PLAY/output"
		[[ -s $PLAY/asked ]] && break
	done
	[[ $(cat "$PLAY/asked") == 15 ]] # FUSE_READ
}

@test "memory that does not answer does not hold up the view" {
	skip_unless_root
	silent fuse
	drop
	tui_start "$VMAPVIEW" -i "$started" --at "0x$(sed -n 's/-.*lib\.so$//p' "/proc/$started/maps")"
	tui_wait 'lib\.so'
	tui_keys Enter
	tui_wait 'not in memory'
	tui_keys f
	tui_wait 'no answer: gave up reading it'
	tui_keys Escape
	tui_wait 'Perms Class'
	tui_keys q
	tui_wait '^exit=0'
	terminal_is_whole
	grep -q '^15$' "$PLAY/asked"
}

@test "who waits for a process that keeps the lock of its memory can be ended" {
	skip_unless_root
	silent fuse
	kill -USR2 "$started"
	wait_until grep -q '^held' "$PLAY/up"
	wait_until in_state "$started" D
	for signal in TERM INT; do
		env --default-signal=INT "$VMAPVIEW" -x "$started" > "$PLAY/output" 3>&- &
		viewer=$!
		wait_until in_state "$viewer" D
		kill -s "$signal" "$viewer"
		wait "$viewer" || status=$?
		((status > 128))
	done
}

# ask_held STATUS OPTION... - look at it; the wait ends with this status, and a message.
ask_held() {
	local wanted=$1 errors status=0
	shift
	errors=$(mktemp -p "$PLAY")
	"$VMAPVIEW" "$@" > "$errors.out" 2> "$errors" || status=$?
	[[ $status == "$wanted" ]]
	[[ $(< "$errors") == *": no answer for 30 seconds: its memory map is locked" ]]
}

@test "such a wait also ends by itself" {
	local asked=() one
	skip_unless_root
	silent fuse
	kill -USR2 "$started"
	wait_until grep -q '^held' "$PLAY/up"
	wait_until in_state "$started" D
	ask_held 1 -x "$started" 3>&- & asked+=($!)
	ask_held 1 $$ --summary "$started" 3>&- & asked+=($!)
	ask_held 1 --watch 1 "$started" 3>&- & asked+=($!)
	ask_held 1 --all 3>&- & asked+=($!)
	ask_held 2 --diff "$started" "$started" 3>&- & asked+=($!)
	for one in "${asked[@]}"; do
		wait "$one"
	done
	# What was seen before it is shown.
	grep -q "^$$:" "$PLAY"/*.out
}

# ---- files that are not the mapped one ----

# Holds a lease on a file, which the kernel takes back when somebody opens it.
guard='import fcntl, signal, sys, time
signal.signal(signal.SIGIO, signal.SIG_IGN)
fd = open(sys.argv[1], "r+")
fcntl.fcntl(fd, fcntl.F_SETLEASE, fcntl.F_WRLCK)
open(sys.argv[2], "w").close()
time.sleep(1000)'

# guard_file FILE - watch from now on whether somebody opens it.
guard_file() {
	start python3 -c "$guard" "$1" "$PLAY/guarded"
	guard_pid=$started
	wait_until test -e "$PLAY/guarded"
	is_untouched
}

is_untouched() { grep -q "LEASE *ACTIVE *WRITE *$guard_pid " /proc/locks; }

# The guard would have noticed.
guard_works() {
	python3 -c 'import os, sys; os.open(sys.argv[1], os.O_RDONLY | os.O_NONBLOCK)' "$1" 2> /dev/null || :
	! is_untouched
}

# in_namespace PID COMMAND... - run it in the mount namespace of the process
in_namespace() { nsenter --target "$1" --mount --wd="$PWD" "${@:2}"; }

# start_apart - let user nobody map lib.so, called theirs.so in a mount namespace of its own; sets $pid
start_apart() {
	skip_unless_root
	make_library
	cp lib.so theirs.so
	echo 'int get(void), pause(void); int main(void) { return get() + pause(); }' > uses.c
	"${CC:-cc}" -o uses uses.c "$PWD/lib.so"
	# shellcheck disable=SC2016 # expanded in there
	start unshare --mount --propagation private sh -c \
		'mount --bind theirs.so lib.so && exec "$@"' sh "${AS_NOBODY[@]}" "$PWD/uses"
	pid=$started
	wait_until grep -q 'lib\.so' "/proc/$pid/maps"
	wait_until in_state "$pid" S
}

# are_told - check that root and the user know lib.so by its headers, in both namespaces
are_told() {
	local as where
	for as in env "${AS_NOBODY[*]}"; do
		for where in env "in_namespace $pid"; do
			# shellcheck disable=SC2086 # several words
			$where $as "$PLAY/ours/vmapview" -o class,mapping,why "$pid" > "$PLAY/output"
			grep -q '^lib *lib\.so .*the headers of the ELF file' "$PLAY/output"
		done
	done
}

@test "a file of that name where we are is not opened, the process's own is" {
	start_apart
	guard_file lib.so
	are_told
	is_untouched
	guard_works lib.so
}

@test "a file that was put over the mapped one is not opened" {
	start_apart
	cp lib.so over.so
	in_namespace "$pid" mount --bind over.so lib.so
	guard_file over.so
	are_told
	is_untouched
	guard_works over.so
}

# ---- exec ----

# twins SECOND [vfork] - start one of two programs with the same address space layout, the second a
# copy of SECOND; $pid is the first, which becomes the second once there is $PLAY/scratch/on.
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

# become WHERE CONTENT ARG... - run the program with ARG..., and stop it at WHERE until the first
# twin has become the second; $PWD/on holds CONTENT
become() {
	stop_at "$1" "$VMAPVIEW" "${@:3}" "$pid"
	echo "$2" > on.new
	mv on.new on
	wait_until grep -q twin-b "/proc/$pid/comm"
	wait_until in_state "$pid" S
	go
	[[ $status == 0 && -z $errors ]]
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
	for at in openat:mountinfo:1 openat:auxv:1 openat:task:1; do
		twins twin-a
		become "$at" '' --json
		[ "$(jq -r .process.name "$PLAY/output")" = twin-b ]
		jq -r '.regions[].path' "$PLAY/output" | grep -q '/twin-b$'
		! jq -r '.regions[].path' "$PLAY/output" | grep '/twin-a$'
	done
}

# The memory that maps was opened on lives on in the parent.
@test "exec of a child that had the memory of its parent" {
	mkfifo "$PLAY/fifo"
	for at in openat:maps:1 openat:status:1 openat:cmdline:1 read:maps:1; do
		twins "$(command -v sh)" vfork
		become "$at" "read line < '$PLAY/fifo'" -p
		! tail -n +2 "$PLAY/output" | grep twin-a
		grep -q '/twin-b$\| twin-b$' "$PLAY/output"
	done
}

@test "in a chroot that is not a mount, files are looked at as anywhere else" {
	skip_unless_root
	[[ ${SANITIZERS:-no} == no ]] || skip "sanitizers need more of a system than there is"
	cat > maps.c <<-'END'
		#include <fcntl.h>
		#include <sys/mman.h>
		#include <unistd.h>
		int main(void) { return mmap(0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, open("/text", O_RDONLY), 0) == MAP_FAILED || pause(); }
	END
	"${CC:-cc}" -o maps maps.c
	mkdir -p jail/proc
	echo 'no program' > jail/text
	cp maps "$VMAPVIEW" jail
	elf=$(PATH=$PATH:/sbin ldconfig -p | sed -n 's/.*libelf\.so\.1 .*=> //p' | head -n 1)
	{ ldd maps "$VMAPVIEW" "$elf" | sed -nE 's,.*[[:space:]](/[^ ]+) \(0x.*,\1,p' && echo "$elf"; } |
		sort -u | xargs -I '{}' cp -L --parents '{}' jail
	# shellcheck disable=SC2016 # expanded in there
	start unshare --mount --propagation private sh -c \
		'mount -t proc proc "$0/jail/proc" && exec chroot "$0/jail" /maps' "$PWD"
	wait_until grep -q '/text$' "/proc/$started/maps"
	in_namespace "$started" chroot "$PWD/jail" /vmapview -o class,mapping "$started" > "$PLAY/output"
	grep -qx 'file *text' "$PLAY/output"
}
