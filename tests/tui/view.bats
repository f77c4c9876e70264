#!/usr/bin/env bats
# The view on the live demo: what it shows, and that it shows what happens.

# shellcheck disable=SC2154 # demo, message, untouched come from demo_start
load tui.bash

setup() {
	demo_start
	tui_start "$VMAPVIEW" -i "$demo" --at "$message"
	tui_wait 'message\.txt'
}

teardown() {
	tui_stop
	demo_stop
}

@test "from the region to its details and its memory" {
	tui_keys Enter
	tui_wait '^Memory from'
	tui_wait 'a mapped file'
	# 16 characters in a line: "Hello world from the virtual address space!"
	tui_wait ' Hello world from$'
	tui_wait ' the virtual add$'
	tui_wait ' ress space!'
	tui_keys Escape
	tui_wait 'Perms Class'
}

@test "an address inside a region is in view of its memory" {
	tui_stop
	tui_start "$VMAPVIEW" -i "$demo" --at "$(printf %x $((0x$message + 0x15)))"
	tui_wait 'message\.txt'
	tui_keys Enter
	tui_wait "^Memory from $(printf %012x $((0x$message + 0x10)))"
	tui_wait '^[0-9a-f]{12} .* the virtual add$'
	tui_gone ' Hello world from$'
	tui_keys x '@' "$message" Enter
	tui_wait ' Hello world from$'
	tui_keys Down
	tui_gone ' Hello world from$'
	tui_keys Home
	tui_wait ' Hello world from$'
}

@test "the memory that fills the screen is searched" {
	tui_keys Enter
	tui_wait '^Memory from'
	tui_keys x
	tui_wait ' ress space!'
	tui_keys / 'VIRTUAL ADD' Enter
	tui_gone 'Search:'
	tui_gone 'not found'
	tui_keys / 'no such thing'
	tui_wait 'not found'
	tui_keys Escape
	tui_wait ' Hello world from$'
}

@test "demand paging is seen: Rss of the region grows" {
	tui_keys '@' "$untouched" Enter
	tui_wait "${untouched#0000} +256K +[.] "
	demo_key t
	tui_wait "${untouched#0000} +256K +4K "
	demo_key t
	tui_wait "${untouched#0000} +256K +8K "
}

@test "copy-on-write is seen in the memory pane" {
	tui_keys Enter
	tui_wait 'Hello world'
	demo_key w
	tui_wait 'hello world'
}

@test "a filter shows what matches, Escape all" {
	tui_keys '\' 'class = stack' Enter
	tui_wait 'filter: class'
	tui_wait '\[stack\]'
	tui_gone 'ld-linu'
	tui_keys '\' Escape
	tui_wait 'ld-linu'
}

@test "a frozen picture does not change" {
	tui_keys '@' "$untouched" Enter Space
	tui_wait 'frozen'
	demo_key t
	# A screen later it is still as it was.
	tui_keys j k
	tui_wait "${untouched#0000} +256K +[.] "
	tui_keys Space
	tui_wait "${untouched#0000} +256K +4K "
}

@test "changes since the baseline" {
	tui_keys b
	tui_tab Changes
	tui_wait 'Nothing has changed'
	demo_key a
	tui_wait '(new|grown) .*\+256K'
	demo_key u
	tui_wait 'gone .*message\.txt'
	tui_keys B
	tui_wait 'Press b'
}

@test "the snapshot that was written is one" {
	tui_keys w C-u "$BATS_TEST_TMPDIR/a.json" Enter
	tui_wait 'snapshot written'
	python3 - "$BATS_TEST_TMPDIR/a.json" "$demo" <<-'END'
	import json, sys
	snapshot = json.load(open(sys.argv[1]))
	assert snapshot["process"]["pid"] == int(sys.argv[2]), snapshot["process"]
	assert any(r["path"] and r["path"].endswith("message.txt") for r in snapshot["regions"])
	END
	tui_keys w C-u "$BATS_TEST_TMPDIR/a.json" Enter
	tui_wait 'File exists'
	tui_wait 'Write snapshot to: .*json'
	# And can be looked at again, at the same place.
	tui_stop
	tui_start "$VMAPVIEW" -i "$BATS_TEST_TMPDIR/a.json" --at "$message"
	tui_wait ' saved$'
	tui_keys Enter
	tui_wait '^Region .*message\.txt'
	tui_wait 'a saved map has no memory to look at'
}

@test "the keys of the help are those of --list-keys" {
	vt resize-window -x 200 -y 100
	tui_wait '2 Objects'
	tui_keys h
	tui_wait 'Classes$'
	while IFS= read -r line; do
		[[ $(tui_screen) == *"${line#  }"* ]]
	done < <("$VMAPVIEW" --list-keys | sed '/^Objects/,$d')
}

@test "a process that ends leaves its last picture, and keys still work" {
	demo_stop
	tui_wait 'The process has ended'
	tui_tab Classes
	tui_wait 'ld\.so'
	tui_keys q
	tui_wait '^exit=0'
}

@test "any size" {
	local size
	for size in '40 10' '1 1' '200 60' '20 5' '80 2' '120 40'; do
		vt resize-window -x "${size% *}" -y "${size#* }"
		tui_keys j k Enter q h h
	done
	tui_wait 'F1Help'
	tui_wait 'message\.txt'
	# It tells more on a machine that is slow now.
	tui_wait "^$demo .* every [0-9.]+s(: reading takes [0-9.]+s)?\$"
}

# read_again - have the view read the process, and wait until it has read all of smaps.
read_again() {
	local from
	from=$(bytes_read)
	tui_keys r
	until (($(bytes_read) >= from + smaps)); do kill -0 "$view"; done
}

bytes_read() { awk '/^rchar/ { print $2 }' "/proc/$view/io"; }

@test "descriptors and memory stay as they are" {
	local view before after memory smaps i
	view=$(view_pid)
	# Frozen, with one picture on request: while one is read, there are more.
	tui_keys '@' "$untouched" Enter Space
	tui_wait 'frozen'
	demo_key t
	tui_keys r
	tui_wait "${untouched#0000} +256K +4K "
	before=$(ls "/proc/$view/fd" | wc -l)
	memory=$(awk '/^VmData/ { print $2 }' "/proc/$view/status")
	for ((i = 2; i <= 40; i++)); do
		demo_key t
		tui_keys r
		tui_wait "${untouched#0000} +256K +$((4 * i))K "
	done
	smaps=$(wc -c < "/proc/$demo/smaps")
	for ((i = 0; i < 500; i++)); do read_again; done
	for ((i = 0; i < LOOKS; i++)); do # the last picture may not be finished
		after=$(ls "/proc/$view/fd" | wc -l)
		((after > before)) || break
		sleep 0.05
	done
	((after <= before))
	[[ ${SANITIZERS-no} != no ]] ||
		(($(awk '/^VmData/ { print $2 }' "/proc/$view/status") <= memory + 256))
}

@test "an exec is announced" {
	local stay=$BATS_TEST_TMPDIR/stay
	tui_stop
	mkfifo "$stay"
	# shellcheck disable=SC2016 # expanded in there
	bash -c 'read -r < "$1"; exec sleep 1000' - "$stay" 3>&- &
	tui_start "$VMAPVIEW" -i "$!"
	tui_wait "^$! bash -c"
	echo go > "$stay"
	tui_wait 'the process has executed another program: sleep 1000'
	tui_wait "^$! sleep 1000"
	tui_keys j
	tui_gone 'has executed'
	kill "$!"
}

@test "a process near the limit of its regions is warned of" {
	local limit most
	limit=$(< /proc/sys/vm/max_map_count)
	((limit < 200000)) || skip "vm.max_map_count is $limit: too many to make"
	tui_stop
	# 92 %: every other page is read-only.
	python3 -c 'import ctypes, sys, time
c = ctypes.CDLL(None)
c.mmap.restype = ctypes.c_void_p
n = int(sys.argv[1]) * 92 // 100 - len(open("/proc/self/maps").readlines()) + 20
a = c.mmap(None, ctypes.c_size_t(n * 4096), 3, 34, -1, ctypes.c_long(0))
for i in range(0, n, 2):
    if c.mprotect(ctypes.c_void_p(a + i * 4096), 4096, 1): break
open(sys.argv[2], "w").close()
time.sleep(1000)' "$limit" "$BATS_TEST_TMPDIR/made" 3>&- &
	most=$!
	until [[ -e $BATS_TEST_TMPDIR/made ]]; do kill -0 "$most"; done
	tui_start "$VMAPVIEW" -i "$most"
	tui_wait "^[0-9]+ of at most $limit regions \(9[12] % of vm.max_map_count\)"
	kill "$most"
}

@test "faults of all threads are counted, also when the first one is gone" {
	tui_stop
	"$TOP_BUILDDIR/tests/helpers/deadleader" fault > "$BATS_TEST_TMPDIR/ids" 3>&- &
	until grep -q '^State:.Z' "/proc/$!/status"; do :; done
	tui_start "$VMAPVIEW" -i "$!"
	tui_wait 'Faults [1-9][0-9.]*[KM]?/s'
	kill "$!"
}

@test "a name that is free is proposed, and ~ is the home directory" {
	tui_stop
	mkdir "$BATS_TEST_TMPDIR/home" "$BATS_TEST_TMPDIR/here"
	cd "$BATS_TEST_TMPDIR/here" || return
	tui_start env HOME="$BATS_TEST_TMPDIR/home" "$VMAPVIEW" -i "$demo"
	tui_wait 'Perms Class'
	tui_keys w Enter
	tui_wait "snapshot written to vmapview-$demo.json"
	tui_keys w
	tui_wait "Write snapshot to: vmapview-$demo-2.json"
	# shellcheck disable=SC2088 # that is what it has to expand
	tui_keys C-u '~/a.json' Enter
	tui_wait 'snapshot written to ~/a.json'
	[[ -s $BATS_TEST_TMPDIR/home/a.json ]]
	[[ $(ls) == "vmapview-$demo.json" ]]
	# shellcheck disable=SC2088
	tui_keys w C-u '~/none/a.json' Enter
	tui_wait 'cannot create .*/home/none/a.json: No such file'
	tui_wait 'Write snapshot to: ~/none/a.json'
}
