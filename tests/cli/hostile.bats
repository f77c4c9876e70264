#!/usr/bin/env bats
# Processes and files of somebody who does not wish us well: it ends, in little time and memory, and
# nothing of theirs reaches the terminal.  Run as root, the processes are somebody else's.

# shellcheck disable=SC2154 # common.bash sets started
bats_require_minimum_version 1.5.0
load common
load ../tui/tui

setup() {
	make_play
	cp "$(helper hostile)" "$PLAY/hostile"
	mkdir -m 777 "$PLAY/den"
	cd "$PLAY/den" || return
}

teardown() {
	tui_stop
	drop_play
}

# beware KIND - a hostile process; its PID is in $started.
beware() {
	local as=()
	! is_root || as=("${AS_NOBODY[@]}")
	rm -f "$PLAY/up"
	"${as[@]}" "$PLAY/hostile" "$@" < /dev/null > "$PLAY/up" 2>&1 3>&- &
	started=$!
	echo "$started" >> "$PLAY/started"
	wait_until grep -q '^ready' "$PLAY/up"
}

FORMATS=('' -x -XX -d -p '-p -q' '-o +class,part,why,path' --summary '--group object'
	--json '--format csv' '--format prometheus')

# bounded COMMAND... - status, $PLAY/output and $PLAY/errors of what may take 30 seconds and, without
# the sanitizers, 256 MiB of address space
bounded() {
	status=0
	(
		[[ ${SANITIZERS:-no} != no ]] || ulimit -v 262144
		exec timeout -k 5 30 "$@" > "$PLAY/output" 2> "$PLAY/errors"
	) || status=$?
	((status < 124))
}

# harmless FILE... - text without anything that drives a terminal; CSV has its CR LF, and what is
# for programs may run right to left.
harmless() {
	python3 - "$@" <<-'END'
	import sys, unicodedata
	for name in sys.argv[1:]:
	    text = open(name, "rb").read().decode().replace("\r\n", "\n")
	    bad = {c for c in text if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Cn")}
	    if text.startswith(("{", '"', "Address,", "#")):
	        bad = {c for c in bad if unicodedata.category(c) == "Cc"}
	    assert not bad, (name, bad)
	END
}

# survive KIND STATUS... - in every format, with one of these statuses
survive() {
	local how n=0
	beware "$1"
	for how in "${FORMATS[@]}"; do
		# shellcheck disable=SC2086 # several words
		bounded "$VMAPVIEW" $how "$started"
		[[ " ${*:2} " == *" $status "* ]] || { echo "$1 $how: $status"; cat "$PLAY/errors"; return 1; }
		[[ $status != 0 || (-s $PLAY/output && ! -s $PLAY/errors) ]]
		mv "$PLAY/output" "$PLAY/output.$((++n))"
		mv "$PLAY/errors" "$PLAY/errors.$n"
	done
	harmless "$PLAY"/output.* "$PLAY"/errors.*
	kill -0 "$started"
}

@test "names" {
	survive names 0
	"$VMAPVIEW" -o path "$started" > "$PLAY/output"
	grep -q 'pwned.*b\\012b\?.*\.so' "$PLAY/output" # it was there, and is shown
	[[ $(grep -c 'pwned' "$PLAY/output") -ge 2 ]]
	"$VMAPVIEW" --all > "$PLAY/output"
	harmless "$PLAY/output"
	grep -q "^ *$started " "$PLAY/output"
}

@test "names, in the view" {
	local key
	beware names
	tui_start "$VMAPVIEW" -i "$started"
	tui_wait 'Regions' # whole: what is kept does not begin in the middle of a character
	vt pipe-pane -O "cat > '$PLAY/bytes'"
	tui_keys / pwned Enter
	for key in p Enter q 2 3 4 5 1 h h P; do tui_keys "$key"; done
	tui_wait 'Which process'
	tui_keys / "hostile names"
	tui_wait "^ *$started .*hostile"
	tui_keys Enter q
	tui_wait '^exit='
	wait_until grep -q 'exit=' "$PLAY/bytes"
	[[ $(vt display-message -p '#{pane_title}') != *pwned* ]]
	# What the view itself sends has no C1, no bidi, no title and no DEL.
	python3 - "$PLAY/bytes" <<-'END'
	import sys
	data = open(sys.argv[1], "rb").read()
	assert b"pwned" in data
	text = data.decode()
	assert not [c for c in text if c in "\x7f\u202e\u2066\ufffd" or "\x80" <= c < "\xa0"]
	assert "\x1b]" not in text
	END
}

@test "a command line and a name that change all the time" {
	survive rename 0
	for _ in 1 2 3 4 5; do
		bounded "$VMAPVIEW" "$started"
		harmless "$PLAY/output"
	done
}

@test "paths longer than a path can be" {
	survive deep 0
	"$VMAPVIEW" -o path "$started" > "$PLAY/output"
	grep -qE '(d{250}/){39}d{250}/deep\.so$' "$PLAY/output"
	grep -qE '/gone\.so \(deleted\)$' "$PLAY/output"
	bounded "$VMAPVIEW" -o +class "$started"
}

@test "libraries that are FIFOs, devices, links and directories by now" {
	survive replaced 0
	command -v strace || skip "no strace"
	[[ ${SANITIZERS:-no} == no ]] || skip "no leak check under strace"
	local as=(env)
	for ((;;)); do
		# Who owns the process has no map_files, and goes by the names.
		strace -f -e trace=open,openat,openat2 -o "$PLAY/trace" timeout 30 \
			"${as[@]}" "$PLAY/ours/vmapview" -o +class "$started" > "$PLAY/output"
		grep -q 'map_files/' "$PLAY/trace"
		# Nothing of theirs is opened but to see what it is...
		grep -E "\"($PLAY/den/|/dev/zero|/dev/tty|map_files/)" "$PLAY/trace" | grep -v 'O_PATH' && return 1
		grep -E "\"$PLAY/den/" "$PLAY/trace" | grep -v 'O_NOFOLLOW.*RESOLVE_NO_SYMLINKS' && return 1
		# ...and what is a file, never so that it could block.
		grep '/proc/self/fd/' "$PLAY/trace" | grep -v 'O_NONBLOCK' && return 1
		is_root && [[ ${as[0]} == env ]] || break
		as=("${AS_NOBODY[@]}")
	done
	grep -q "\"$PLAY/den/fifo\.so" "$PLAY/trace"
}

@test "ELF files that lie" {
	survive lies 0
	[[ $("$VMAPVIEW" -o mapping "$started" | grep -c '^lie') == 10 ]]
}

@test "program headers at the end of a library" {
	echo 'int data = 5, bss[5000]; int get(void) { return data + bss[3]; }' > lib.c
	"${CC:-cc}" -shared -fPIC -Wl,-z,relro,-z,now -o near.so lib.c
	python3 - <<-'END'
	import struct
	lib = bytearray(open("near.so", "rb").read())
	wide = lib[4] == 2
	at, = struct.unpack_from("<Q" if wide else "<I", lib, 32 if wide else 28)
	size, n = struct.unpack_from("<HH", lib, 54 if wide else 42)
	headers = lib[at:at + size * n]
	lib[at:at + size * n] = bytes(size * n)
	lib += bytes(-len(lib) % 65536)
	struct.pack_into("<Q" if wide else "<I", lib, 32 if wide else 28, len(lib))
	open("far.so", "wb").write(lib + headers)
	END
	start python3 -c 'import ctypes, time
a = ctypes.CDLL("./near.so"), ctypes.CDLL("./far.so")
open("up", "w").close()
time.sleep(1000)'
	wait_until test -e up
	"$VMAPVIEW" -o size,perms,class,part,path "$started" > "$PLAY/output"
	grep -q 'lib *relro.*far\.so' "$PLAY/output"
	diff <(grep 'near\.so' "$PLAY/output" | sed 's,/.*,,') <(grep 'far\.so' "$PLAY/output" | sed 's,/.*,,')
}

@test "a library that is cut while it is read" {
	beware shrink
	for _ in {1..30}; do
		bounded "$VMAPVIEW" -o +class "$started"
		((status == 0))
	done
}

@test "it maps and unmaps all the time" {
	survive storm 0
	for _ in {1..10}; do
		bounded "$VMAPVIEW" -XX "$started"
		((status == 0))
	done
	timeout 60 "$VMAPVIEW" --watch 0.01 --count 10 --json "$started" > "$PLAY/output" 2> "$PLAY/errors"
	[[ $(wc -l < "$PLAY/output") == 10 ]]
}

@test "memory that looks like the stacks of thousands of threads" {
	beware threads
	for _ in 1 2; do
		bounded "$VMAPVIEW" -o +class "$started"
		((status == 0))
	done
}

@test "it forks all the time" {
	survive fork 0
	for _ in 1 2 3; do
		bounded "$VMAPVIEW" --all
		((status == 0))
	done
	harmless "$PLAY/output"
}

@test "it execs all the time" {
	survive exec 0 1
	local looks
	timeout 60 "$VMAPVIEW" --watch 0.01 --count 10 --json "$started" > "$PLAY/output" 2> "$PLAY/errors" || looks=$?
	((${looks:-0} <= 1))
	harmless "$PLAY/output" "$PLAY/errors"
}

@test "it execs, forks, maps, and then ends, in the view" {
	local kind
	for kind in exec fork storm shrink; do
		beware $kind
		tui_start "$VMAPVIEW" -i "$started"
		tui_wait 'Regions'
		tui_keys 2 3 4 5 1 h
		tui_wait '^Searching'
		tui_keys h r r
		tui_wait '1 Regions'
		kill -KILL "$started"
		tui_wait 'The process has ended|no such process|^exit='
		tui_keys q
		tui_wait '^exit=(0|1|42)'
		tui_stop
	done
}

# lie_core FILE PHNUM SECTIONS SEGMENTS... - an ELF core file of 1 TiB, nearly all of it a hole;
# a segment is "type offset address size"
lie_core() {
	python3 - "$@" <<-'END'
	import struct, sys
	name, phnum, sections = sys.argv[1], int(sys.argv[2], 0), int(sys.argv[3], 0)
	f = open(name, "wb")
	f.write(b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 4, 62, 1, 0, 4096, 65536,
	    0, 64, 56, phnum, 64, 1 if phnum == 0xffff else 0, 0))
	f.seek(65536)
	f.write(struct.pack("<IIQQQQIIQQ", 0, 0, 0, 0, 0, sections, 0, sections, 0, 0))
	f.seek(4096)
	for segment in sys.argv[4:]:
	    kind, offset, address, size = (int(n, 0) for n in segment.split())
	    f.write(struct.pack("<IIQQQQQQ", kind, 5, offset, address, 0, size, size, 4))
	f.seek(131072)
	f.write(struct.pack("<III4sQ", 5, 1 << 31, 0x46494c45, b"CORE", 1 << 62))
	f.truncate(1 << 40)
	END
}

# lies REGEX - the core file is refused, in one line, quickly
lies() {
	bounded "$VMAPVIEW" -XX core
	((status == 1))
	[[ $(wc -l < "$PLAY/errors") == 1 ]]
	grep -qE "^vmapview: .*($1)" "$PLAY/errors"
	harmless "$PLAY/output" "$PLAY/errors"
}

@test "core files that lie" {
	lie_core core 1 0x10000000 '1 0 0x1000 0x1000'
	lies 'more sections'
	lie_core core 0xffff 0x10000000
	lies 'more segments|program headers'
	lie_core core 2 0 '1 0 0x1000 0x3000' '1 0 0x2000 0x3000'
	lies 'overlap'
	lie_core core 1 0 '1 0 0xfffffffffffff000 0x2000'
	lies 'beyond the end of memory'
	lie_core core 1 0 '1 0x7fffffffffffffff 0x1000 0x1000'
	lies 'cut short'
	lie_core core 1 0 '4 131072 0 0x7fffffffffffffff'
	lies 'notes are not in the file'
	lie_core core 1 0 '4 131072 0 0x3ffffff'
	lies 'no memory|cut short'
	lie_core core 1 0 '4 0xfffffffffff 0 4096'
	lies 'notes are'
}

@test "a core file that is cut while it is read" {
	lie_core core 2 0 '1 0x100000 0x1000 0x1000' '4 131072 0 65536'
	python3 -c 'import os
while True:
    os.truncate("core", 5000)
    os.truncate("core", 1 << 30)' 3>&- &
	started=$!
	echo "$started" >> "$PLAY/started"
	for _ in {1..30}; do
		bounded "$VMAPVIEW" -o +class core
		((status <= 1))
	done
}

# Kernels write these in plain ASCII, so they are not cleaned where they are printed.
@test "names that are too much for a pattern" {
	local word=aaaaaaaaaaaaaaaa format
	echo "1000-2000 r--p 0 08:01 7 /b" > fine
	echo "1000-2000 r--p 0 08:01 7 /$word$word$word$word" > costly
	for format in '-o path' --summary --json '--format csv' '--format prometheus'; do
		# shellcheck disable=SC2086
		bounded "$VMAPVIEW" $format --filter "path ~ '(a|aa)*[bc]'" costly fine
		((status == 1))
		[[ $(cat "$PLAY/errors") == *"costly: the pattern '(a|aa)*[bc]' is too costly" ]]
		[[ -s $PLAY/output ]]
		[[ $(cat "$PLAY/output") != *"$word"* ]]
	done
}

@test "counters and flags of a snapshot that would drive the terminal" {
	local seed how good=$TOP_SRCDIR/tests/fixtures/json/small.json
	printf '%s\n' '[Fields Display]' Rss VmFlags Mapping > rc
	for seed in counter flags; do
		cat "$TOP_SRCDIR/tests/fixtures/fuzz/snapshot/escape-in-$seed" > bad
		for how in '' -x -X -XX -d '-C rc' '-o address,rss,vmflags,path' '-o +notes,why' --json \
			'--format csv -o vmflags' "--diff $good" "--diff --json $good" -q; do
			# shellcheck disable=SC2086 # several words
			bounded "$VMAPVIEW" $how bad
			[[ $status == 1 || ($status == 2 && $how == --diff*) ]]
			grep -q '^vmapview: bad:1: ' "$PLAY/errors"
			harmless "$PLAY/output" "$PLAY/errors"
		done
	done
}

# A pattern of the shell makes the names of files to words of ours.
@test "words and a name of ours that would drive the terminal" {
	local name word evil=$'\e]0;pwned\a\x9b\u202e'
	for name in vmapview pmap "$evil" "/x/$evil"; do
		for word in "--$evil" "--sort=$evil" "--json=$evil" "-$evil" -$'\a' -$'\x9b' -z "-o$evil" \
			--filter="$evil" --at="$evil" --watch="$evil" "$evil" --help --rubbish -- ''; do
			(exec -a "$name" "$VMAPVIEW" "$word" "$$$evil" > "$PLAY/output" 2> "$PLAY/errors") || :
			harmless "$PLAY/output" "$PLAY/errors"
		done
	done
	(exec -a vmapview "$VMAPVIEW" --rubbish 1 2> "$PLAY/errors") || [[ $? == 1 ]]
	[[ $(head -n 1 "$PLAY/errors") == "vmapview: unrecognized option '--rubbish'" ]]
	(exec -a vmapview "$VMAPVIEW" -q$'\a' 1 2> "$PLAY/errors") || [[ $? == 1 ]]
	[[ $(head -n 1 "$PLAY/errors") == "vmapview: invalid option -- '?'" ]]
}

# U+015B in UTF-8 has 9b in it, which is C1 for a terminal of eight bits.
@test "messages on a terminal of eight bits" {
	LC_ALL=C python3 - "$VMAPVIEW" <<-'END'
	import os, pty, subprocess, sys
	for words in (["\u015b"], ["--filter", "\u015b =", "1"], ["--\u015b"], ["--diff", "\u015b", "1"]):
	    ours, theirs = pty.openpty()
	    subprocess.run([sys.argv[1]] + [w.encode() for w in words], stdin=theirs, stdout=theirs, stderr=theirs)
	    os.close(theirs)
	    text = b""
	    try:
	        for more in iter(lambda: os.read(ours, 65536), b""):
	            text += more
	    except OSError: # that is how a terminal ends
	        os.close(ours)
	    assert b"\\305\\233" in text and text.isascii() and b"\x1b" not in text, text
	END
}

# resources PID - kB of memory of its own, regions, and descriptors.  Not VmRSS: it has code that runs
# for the first time, and kernels count it only roughly.
resources() {
	awk '/^Anonymous:/ { print $2 }' "/proc/$1/smaps_rollup"
	wc -l < "/proc/$1/maps"
	find "/proc/$1/fd" -mindepth 1 | wc -l
}

# The documents come through a pipe, so the watcher is at most a pipe ahead of us.
@test "memory and descriptors are the same at look 50 and at look 500" {
	local early late
	start sleep 1000
	wait_until in_state "$started" S
	mkfifo "$PLAY/pipe"
	"$VMAPVIEW" --watch 0.01 --count 1000 --json "$started" > "$PLAY/pipe" 3>&- &
	local watcher=$!
	echo "$watcher" >> "$PLAY/started"
	exec 8< "$PLAY/pipe"
	head -n 50 <&8 > /dev/null
	mapfile -t early < <(resources "$watcher")
	head -n 450 <&8 > /dev/null
	mapfile -t late < <(resources "$watcher")
	exec 8<&-
	echo "# look 50: ${early[*]}; look 500: ${late[*]} (kB, regions, descriptors)" >&3
	# Some are there while it looks, which it may just do; one left by each look would be 450.
	((${late[1]} < ${early[1]} + 10))
	((${late[2]} < ${early[2]} + 10))
	# A look that is not freed is several kB.  How much of the heap is in pieces is another thing at
	# each moment, in the midst of a look or between two.
	[[ ${SANITIZERS:-no} != no ]] || ((${late[0]} < ${early[0]} + 450))
}
