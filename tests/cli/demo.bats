#!/usr/bin/env bats
# The demo's keys do with its memory what the demo says they do: measured by the kernel, not by it.

# shellcheck disable=SC2154,SC2030,SC2031 # zoo.bash sets animal; each test is a process
load zoo

message=$TOP_SRCDIR/src/demo/message.txt

setup() {
	page=$(($(getconf PAGESIZE) / 1024))
	cp --no-preserve=mode "$message" "$BATS_TEST_TMPDIR/message.txt"
	cd "$BATS_TEST_TMPDIR" || return
	chmod 644 message.txt
}

teardown() { drop_animal; }

# start_demo [FILE] - and keep where it mapped things.
start_demo() {
	start_animal "$DEMO" "$@"
	hear '  q ' > intro
	cat intro
	pid=$(awk '$1 == "pid" { print $2 }' intro)
	at_message=$(awk '$1 == "message" { print $2 }' intro)
	at_untouched=$(awk '$1 == "untouched" { print $2 }' intro)
	at_shared=$(awk '$1 == "shared" { print $2 }' intro)
	[[ $pid == "$animal" ]]
}

press() {
	tell "$1"
	said=$(hear "$1:")
	echo "$said"
}

# count AREA NAME... - the sum of these counters of the region that an area is in, in kB, at one time.
count() { counter "$animal" "$@" | awk '{ kb += $1; n++ } END { if (n) print kb }'; }

@test "the text comes through the mapping, and ends where the file ends" {
	printf 'A 0 in the text, and no newline at its end' > message.txt
	start_demo
	[[ $(head -n 1 intro) == 'A 0 in the text, and no newline at its end' ]]
	[[ $(sed -n 2p intro) == '' ]]
	end_animal
}

@test "vmapview and the kernel see message.txt, private and read-only" {
	start_demo
	grep -q ' r--p .*/message.txt$' "/proc/$animal/maps"
	"$VMAPVIEW" "$animal" | grep ' r---- message.txt$'
	"$VMAPVIEW" "$animal" | grep "^$at_message "
}

@test "t: each press brings one page" {
	start_demo
	local n
	[[ $(count "$at_untouched" Rss) == 0 ]]
	for n in 1 2 3 4; do
		press t
		[[ $(count "$at_untouched" Rss) == $((n * page)) ]]
	done
	[[ $(count "$at_untouched" Anonymous) == 0 ]]
}

@test "t: the second time around nothing changes" {
	start_demo
	local n
	for ((n = 0; n < 64; n++)); do press t > /dev/null; done
	[[ $(count "$at_untouched" Rss) == $((64 * page)) ]]
	press t
	[[ $said == *"which was there"* ]]
	[[ $said =~ minor\ ([0-9]+)\ -\>\ ([0-9]+),\ major\ ([0-9]+)\ -\>\ ([0-9]+) ]]
	[[ ${BASH_REMATCH[1]} == "${BASH_REMATCH[2]}" && ${BASH_REMATCH[3]} == "${BASH_REMATCH[4]}" ]]
}

@test "w: a page is copied, the file stays" {
	start_demo
	[[ $(count "$at_message" Anonymous) == 0 ]]
	# A file system in memory writes its pages nowhere, so that they are dirty from the start.
	[[ $(stat -f -c %T .) == tmpfs || $(count "$at_message" Private_Dirty) == 0 ]]
	press w
	[[ $(count "$at_message" Anonymous) == "$page" ]]
	[[ $(count "$at_message" Private_Dirty) == "$page" ]]
	press w
	[[ $(count "$at_message" Anonymous) == "$page" ]]
	cmp message.txt "$message"
}

@test "w: in a file of several pages each press copies the next" {
	local n
	for ((n = 0; n < 500; n++)); do echo 'a line of some length, again'; done > message.txt
	cp message.txt copy
	start_demo
	for n in 1 2 3; do
		press w
		[[ $(count "$at_message" Anonymous) == $((n * page)) ]]
	done
	cmp message.txt copy
}

@test "s: the file has what was written, no copy is made" {
	start_demo
	local n
	for n in 1 2; do
		press s
		[[ $said == *"the file has them, too"* ]]
		[[ $(count "$at_shared" Rss) == $((n * page)) ]]
		[[ $(count "$at_shared" Anonymous) == 0 ]]
		# Dirty until the kernel has written it back, which it may do at any time.
		[[ $(count "$at_shared" Private_Dirty Private_Clean) == $((n * page)) ]]
	done
	((EUID == 0)) || return 0 # nobody else can open it that way
	local file
	file=$(find "/proc/$animal/map_files" -name "$(printf '%x' "0x$at_shared")-*")
	tr -d '\0' < "$file" | grep -x 'press 2 of key s'
}

# in_memory ADDRESS COUNT - how many of the pages from there on are in memory, or in swap.
in_memory() {
	python3 - "$animal" "$1" "$2" "$((page * 1024))" <<- 'END'
		import struct, sys
		at, count, page = int(sys.argv[2], 16), int(sys.argv[3]), int(sys.argv[4])
		with open(f"/proc/{sys.argv[1]}/pagemap", "rb") as f:
		    f.seek(at // page * 8)
		    print(sum(entry >> 62 != 0 for entry, in struct.iter_unpack("<Q", f.read(8 * count))))
	END
}

# The sum over the process would not do: a sanitizer's runtime gives memory back when it likes.
@test "a: memory is allocated and used" {
	start_demo
	local n
	for n in 1 2; do
		cat "/proc/$animal/maps" > before
		press a
		[[ $said =~ used\ ([0-9]+)\ kB\;\ row\ ([0-9a-f]+) ]]
		[[ ${BASH_REMATCH[1]} == $((64 * page)) ]]
		[[ $(in_memory "${BASH_REMATCH[2]}" 64) == 64 ]]
		# It is new.
		awk -v at="${BASH_REMATCH[2]}" '
			function pad(hex) { return "x" substr("0000000000000000" hex, length(hex) + 1) }
			{ split($1, a, "-") }
			pad(a[1]) <= pad(at) && pad(at) < pad(a[2]) { exit 1 }' before
	done
}

@test "u: the region is gone" {
	start_demo
	grep -q '/message.txt$' "/proc/$animal/maps"
	press u
	[[ $(grep -c '/message.txt$' "/proc/$animal/maps") == 0 ]]
	press u
	[[ $said == *"unmapped already"* ]]
	press w
	[[ $said == *"nothing to write to"* ]]
}

@test "q and the end of input leave with 0, nothing stays behind" {
	mkdir tmp
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
	start_demo
	tell q
	end_animal
	start_demo
	end_animal
	[[ -z $(ls -A tmp) ]]
}

@test "several keys on a line, blanks, and keys that are none" {
	printf ' tt\n\nx\nw q u\n' | "$DEMO" > out
	[[ $(grep -c '^t:' out) == 2 ]]
	[[ $(grep -c '^no such key' out) == 1 ]]
	[[ $(grep -c '^w:' out) == 1 ]]
	[[ $(grep -c '^u:' out) == 0 ]]
}

@test "the file is truncated under the mapping: a message, no crash" {
	start_demo
	: > message.txt
	press w
	[[ $said == *"the file ends before it"* ]]
	press t
	tell q
	end_animal
}

# on_terminal KEY - run the demo on a terminal of its own, press t, w and KEY; leaves its exit
# status in the file status, and what stty says in the files before and after.
on_terminal() {
	local key
	command -v script || skip "no script"
	# Who is started in the background ignores Ctrl-C, and the demo leaves it at that.
	env --default-signal=INT true || skip "env can't"
	mkfifo keys
	cat > session <<- END
		stty -a > before
		env --default-signal=INT "$DEMO"
		echo \$? > status
		stty -a > after
	END
	# In this order, out is there as soon as somebody reads the keys.
	script -qec "sh session" /dev/null > out < keys 2> script.errors 3>&- &
	animal=$!
	exec {to_animal}> keys
	for key in '  q ' t: w:; do
		[[ $key == '  q ' ]] || printf '%s' "${key%:}" >&"$to_animal"
		timeout "$PATIENCE" tail -n +1 -f out 2> /dev/null | grep -q "^$key"
	done
	printf '%b' "$1" >&"$to_animal"
	wait_for_file after
	cmp before after
}

# wait_for_file NAME - until it has content.
wait_for_file() {
	local end=$((SECONDS + PATIENCE))
	until [[ -s $1 ]]; do ((SECONDS < end)) || return; done
}

@test "a terminal gives each key at once, and is put back" {
	on_terminal q
	[[ $(cat status) == 0 ]]
}

@test "Ctrl-D leaves as on any terminal" {
	on_terminal '\004'
	[[ $(cat status) == 0 ]]
}

@test "Ctrl-C leaves a terminal as it was" {
	on_terminal '\003'
	[[ $(cat status) == 130 ]]
}

@test "a signal ends it with the signal's status" {
	local status=0
	start_demo
	kill -TERM "$animal"
	wait "$animal" || status=$?
	[[ $status == 143 ]]
}

@test "FILE is mapped when given" {
	echo "another text" > other
	start_demo other
	[[ $(head -n 1 intro) == "another text" ]]
	grep -q '/other$' "/proc/$animal/maps"
}

# fails MESSAGE ARG... - status 1, nothing on standard output, one line on standard error.
fails() {
	local status=0 message=$1
	shift
	"$DEMO" "$@" < /dev/null > out 2> errors || status=$?
	cat out errors
	[[ $status == 1 && ! -s out && $(cat errors) == "$message" ]]
}

@test "files that can't be mapped" {
	: > empty
	mkfifo fifo
	fails "vmapview-demo: missing: No such file or directory" missing
	fails "vmapview-demo: empty: the file is empty, there is nothing to map" empty
	fails "vmapview-demo: .: Is a directory" .
	fails "vmapview-demo: fifo: not a regular file" fifo
	fails "vmapview-demo: /dev/zero: not a regular file" /dev/zero
}

@test "no message here and none installed" {
	rm message.txt
	local status=0
	"$DEMO" < /dev/null > out 2> errors || status=$?
	# It may be installed on this machine; then that one is shown.
	[[ $status == 0 && -s out ]] ||
		[[ $status == 1 && $(cat errors) == "vmapview-demo: message.txt: No such file or directory" ]]
}

@test "no place for temporary files" {
	TMPDIR=$BATS_TEST_TMPDIR/missing run "$DEMO" < /dev/null
	[[ $status == 1 && $output == *"No such file or directory" ]]
}

@test "--help, --version, wrong use" {
	run "$DEMO" --help
	[[ $status == 0 && $output == "Usage: vmapview-demo [FILE]"* ]]
	run "$DEMO" --version
	[[ $status == 0 && $output =~ ^vmapview-demo\ [0-9] ]]
	run "$DEMO" --nonsense
	[[ $status == 1 && $output == *"Try 'vmapview-demo --help'." ]]
	run "$DEMO" one two
	[[ $status == 1 && $output == *"Try 'vmapview-demo --help'." ]]
}

@test "a full disk and a closed pipe are errors" {
	[[ -c /dev/full ]] || skip "no /dev/full"
	run bash -c '"$DEMO" < /dev/null > /dev/full'
	[[ $status == 1 && $output == "vmapview-demo: standard output: No space left on device" ]]
	run bash -c '"$DEMO" --help > /dev/full'
	[[ $status == 1 && $output == "vmapview-demo: standard output: No space left on device" ]]
}

@test "nobody reads what it says: an error" {
	local status=0
	start_demo
	exec {from_animal}<&-
	from_animal=
	tell t
	end_animal || status=$?
	[[ $status == 1 && $(cat "$errors") == "vmapview-demo: standard output: Broken pipe" ]]
}

@test "demo.sh shows message.txt and what the keys did" {
	run sh "$TOP_SRCDIR/src/demo/demo.sh"
	echo "$output"
	[[ $status == 0 ]]
	[[ $(grep -c ' r---- message.txt$' <<< "$output") == 2 ]] # the listing, and before w
	grep -E "^  before  0[0-9a-f]{15} +256 +0 +0 r----" <<< "$output"
	grep -E "^  after   0[0-9a-f]{15} +256 +$page +0 r----" <<< "$output"
	grep -E "^  after   0[0-9a-f]{15} +4 +4 +4 rw--- message.txt" <<< "$output"
	[[ $(grep -c '^  after   not mapped$' <<< "$output") == 1 ]]
}

@test "demo.sh fails without the file or the program, and leaves nothing behind" {
	mkdir tmp
	export TMPDIR=$BATS_TEST_TMPDIR/tmp
	MESSAGE=missing run sh "$TOP_SRCDIR/src/demo/demo.sh"
	[[ $status == 1 && $output == *"missing: No such file or directory"* ]]
	DEMO=/bin/false run sh "$TOP_SRCDIR/src/demo/demo.sh"
	[[ $status == 1 ]]
	VMAPVIEW=/bin/true run sh "$TOP_SRCDIR/src/demo/demo.sh"
	echo "$output"
	[[ $status == 1 && $output == *"message.txt is not in the listing" ]]
	[[ -z $(ls -A tmp) ]]
}
