#!/usr/bin/env bats
# shellcheck disable=SC2154 # common.bash sets started
# The process goes away, execs or is replaced while it is being read.  tests/helpers/pause.c stops
# the program at the moment in question.

load common

setup() {
	make_play
	make_pause
}

teardown() { drop_play; }

# Enough regions for several reads: one gives at most a page of text.
many='import ctypes, mmap, os, sys, time
maps = [mmap.mmap(-1, 8192) for i in range(300)]
libc = ctypes.CDLL(None)
for m in maps:
    libc.mprotect(ctypes.c_void_p(ctypes.addressof(ctypes.c_char.from_buffer(m))), 4096, 1)
open(sys.argv[1], "w").close()
sys.stdin.read()
os.execv("/bin/sleep", ["sleep", "1000"])'

# start_many - a process with many regions in $pid, which execs sleep when $PLAY/poke is written.
start_many() {
	mkfifo "$PLAY/poke"
	python3 -c "$many" "$PLAY/up" < "$PLAY/poke" 3>&- &
	pid=$!
	echo "$pid" >> "$PLAY/started"
	exec 9> "$PLAY/poke"
	wait_until test -e "$PLAY/up"
}

# start_unreaped - the same, with a parent that does not wait for it; bash would.
start_unreaped() {
	start python3 -c 'import subprocess, sys, time
p = subprocess.Popen(["python3", "-c", sys.argv[1], sys.argv[2]], stdin=subprocess.PIPE)
with open(sys.argv[3], "w") as f:
    print(p.pid, file=f)
time.sleep(1000)' "$many" "$PLAY/up" "$PLAY/pid"
	wait_until test -e "$PLAY/up" -a -s "$PLAY/pid"
	pid=$(cat "$PLAY/pid")
	echo "$pid" >> "$PLAY/started"
}

# paused WHERE ARG... - run the program in the background, stopped at WHERE.
paused() { stop_at "$1" "$VMAPVIEW" "${@:2}" 9>&-; }

# Killed and waited for: nothing of it is left.
reap() {
	kill -KILL "$1"
	wait "$1" || :
}

# footer_is_sum - the total is that of the rows above it.
footer_is_sum() {
	awk 'NR > 1 && $1 != "total" { sum += $2 } $1 == "total" { total = $2 + 0 }
		END { exit !(sum > 0 && sum == total) }' "$PLAY/output"
}

@test "gone between open and read: not found" {
	start_many
	paused read:maps:1 "$pid"
	reap "$pid"
	go
	[ "$status" -eq 42 ]
	[ -z "$output" ]
	[ "$errors" = "vmapview: $pid: no such process" ]
}

@test "gone before it is opened: not found" {
	start_many
	paused openat:maps:1 "$pid"
	reap "$pid"
	go
	[ "$status" -eq 42 ]
	[ "$errors" = "vmapview: $pid: no such process" ]
}

@test "gone during the read: what was read, its total, a message, status 1" {
	start_many
	paused read:maps:3 "$pid"
	reap "$pid"
	go
	[ "$status" -eq 1 ]
	[ "$errors" = "vmapview: $pid: the process went away while it was read" ]
	[ "$(wc -l < "$PLAY/output")" -gt 50 ]
	[ "$(wc -l < "$PLAY/output")" -lt 600 ]
	footer_is_sum
}

@test "gone during the read, as pmap: not a word, but status 1" {
	ln -s "$VMAPVIEW" "$PLAY/pmap"
	start_many
	VMAPVIEW=$PLAY/pmap paused read:maps:3 "$pid"
	reap "$pid"
	go
	[ "$status" -eq 1 ]
	[ -z "$errors" ]
	[ "$(wc -l < "$PLAY/output")" -gt 50 ]
	footer_is_sum
}

@test "gone during the read of smaps: the same" {
	start_many
	paused read:smaps:5 -x "$pid"
	reap "$pid"
	go
	[ "$status" -eq 1 ]
	[ "$errors" = "vmapview: $pid: the process went away while it was read" ]
	grep -q '^total kB' "$PLAY/output"
}

@test "gone during the read: a snapshot says so, and every reader of it" {
	start_many
	paused read:smaps:5 --json "$pid"
	reap "$pid"
	go
	[ "$status" -eq 1 ]
	grep -q '"torn":true' "$PLAY/output"
	mv "$PLAY/output" "$PLAY/torn.json"
	status=0
	"$VMAPVIEW" --summary "$PLAY/torn.json" > "$PLAY/output" 2> "$PLAY/errors" || status=$?
	[ "$status" -eq 1 ]
	grep -q '^vmapview: .*torn.json: an incomplete snapshot' "$PLAY/errors"
	grep -q '^anon\|^total' "$PLAY/output"
}

@test "a zombie in the middle of the read, which the kernel shows as a clean end of file" {
	start_unreaped
	paused read:maps:3 "$pid"
	kill -KILL "$pid"
	wait_until in_state "$pid" Z
	go
	[ "$status" -eq 1 ]
	[ "$errors" = "vmapview: $pid: the process went away while it was read" ]
	footer_is_sum
}

# execs WHERE - the process becomes another program when the viewer is there.
execs() {
	start_many
	paused "$1" "$pid"
	exec 9>&-
	wait_until grep -q sleep "/proc/$pid/comm"
	wait_until in_state "$pid" S
	go
	[ "$status" -eq 0 ]
	[ -z "$errors" ]
	[ "${output%%$'\n'*}" = "$pid:   sleep 1000" ]
	diff "$PLAY/output" <("$PMAP" "$pid")
}

@test "exec before the read: the new program with its stack" {
	execs openat:maps:1
	grep -q '\[ stack \]' "$PLAY/output"
}

@test "exec during the read: the new program, whole" {
	execs read:maps:3
}

# The parent forks until its child has the number again; its own PID namespace makes that quick.
again='import os, subprocess, sys, time
play = sys.argv[1]
def go_on(name):
    open(play + "/" + name, "w").close()
old = subprocess.Popen(["sleep", "1000"])
viewer = subprocess.Popen(["vmapview", str(old.pid)], env=dict(os.environ,
    LD_PRELOAD=sys.argv[2], ASAN_OPTIONS="verify_asan_link_order=0",
    PAUSE_AT=sys.argv[3], PAUSE_DIR=play), executable=sys.argv[4],
    stdout=open(play + "/output", "w"), stderr=open(play + "/errors", "w"))
while not os.path.exists(play + "/reached"):
    time.sleep(0.01)
old.kill()
old.wait()
with open("/proc/sys/kernel/ns_last_pid", "w") as f:
    f.write(str(old.pid - 1))
new = subprocess.Popen(["tail", "-f", "/dev/null"])
assert new.pid == old.pid, (new.pid, old.pid)
while b"tail" not in open("/proc/%d/cmdline" % new.pid, "rb").read():
    time.sleep(0.01)
go_on("go")
status = viewer.wait()
new.kill()
sys.exit(status)'

# reused WHERE - the PID is given to another program when the viewer is there.
reused() {
	skip_unless_root
	own_proc rw true || skip "no PID and mount namespace allowed here"
	status=0
	own_proc rw python3 -c "$again" "$PLAY" "$PAUSE" "$1" "$VMAPVIEW" || status=$?
	output=$(cat "$PLAY/output")
	[ "$status" -eq 0 ]
	[ ! -s "$PLAY/errors" ]
	[[ ${output%%$'\n'*} == *:'   tail -f /dev/null' ]]
	[[ $output == *' tail'* && $output != *' sleep'* ]]
}

@test "the PID is used again before maps is opened: all of the new process" {
	reused openat:maps:1
}

@test "the PID is used again before maps is read: all of the new process" {
	reused read:maps:1
}

@test "a process that execs all the time is read or given up, never waited for" {
	# shellcheck disable=SC2016
	echo 'exec sh "$0"' > "$PLAY/again"
	start sh "$PLAY/again"
	for _ in {1..50}; do
		status=0
		timeout 10 "$VMAPVIEW" -q "$started" > "$PLAY/output" 2> "$PLAY/errors" || status=$?
		case $status in
		0) [ ! -s "$PLAY/errors" ] ;;
		1) grep -q 'changed too fast\|went away' "$PLAY/errors" ;;
		*) false ;;
		esac
	done
}

@test "descriptors are given back: hundreds of processes with room for a few files" {
	start sleep 1000
	wait_until in_state "$started" S
	for how in '' -x '-o class,rss' --color=always --json; do
		# shellcheck disable=SC2046,SC2086 # many words
		(ulimit -n 32 && "$VMAPVIEW" $how $(yes "$started" | head -n 200) > "$PLAY/output")
		[ "$(grep -c sleep "$PLAY/output")" -ge 200 ]
	done
}
