#!/usr/bin/env bats
# vmapview-demo --compare: its numbers against those of strace, the kernel and python.

# shellcheck disable=SC2030,SC2031 # each test is a process
load common
: "${DEMO:=$TOP_BUILDDIR/vmapview-demo}"
export DEMO

RUNS=5 # of each row
BUFFER=131072

setup() {
	page=$(getconf PAGESIZE)
	PLAY=$BATS_TEST_TMPDIR
	cd "$PLAY" || return
	size=1000003 # neither whole pages nor whole words
	head -c $size /dev/urandom > data
	pages=$(((size + page - 1) / page))
}

# compare [FILE] - run it; the table without its heading is in the file rows.
compare() {
	"$DEMO" --compare "${1:-data}" > out
	cat out
	grep -E '^(sequential|random) ' out > rows
}

# cell ORDER CACHE WAY COLUMN - of the table; columns are counted from 1.
cell() { awk -v n="$4" '$1 == "'"$1"'" && $2 == "'"$2"'" && $4 == "'"$3"'" { print $n }' rows; }
CACHED=3 MEDIAN=5 LOWEST=6 HIGHEST=7 CALLS=8 MINOR=9 MAJOR=10

@test "one row for each way, each in ten columns below their headings" {
	compare
	[[ $(head -n 1 out) == "data: $size bytes in $pages pages of $page" ]]
	awk '{ print $1, $2, $4 }' rows > have
	cat > want <<- 'END'
		sequential cold read
		sequential cold mmap
		sequential warm read
		sequential warm mmap
		random cold read
		random cold mmap
		random warm read
		random warm mmap
	END
	diff want have
	awk 'NF != 10 { exit 1 }' rows
	# Aligned: all rows end where the heading ends.
	[[ $(awk '/^(Order|sequential|random) / { print length($0) }' out | sort -u | wc -l) == 1 ]]
	awk -v m=$MEDIAN -v l=$LOWEST -v h=$HIGHEST \
		'!($l > 0 && $l <= $m && $m <= $h) { exit 1 }' rows
}

@test "the sum is that of the bytes" {
	local sum
	for size in 1 7 8 9 $BUFFER $((BUFFER + 13)); do
		head -c "$size" /dev/urandom > data
		sum=$(python3 -c '
import sys
print("%016x" % (sum(b << 8 * (i % 8) for i, b in enumerate(open("data", "rb").read())) % 2**64))')
		compare
		grep -x "The sum of the file was $sum each time." out
	done
}

@test "system calls are those that the kernel sees" {
	command -v strace || skip "no strace"
	local expected=$(((size + BUFFER - 1) / BUFFER + 1))
	ASAN_OPTIONS=detect_leaks=0 strace -y -o trace -e trace=read,pread64,mmap,munmap \
		"$DEMO" --compare data > out
	grep -E '^(sequential|random) ' out > rows
	cat out
	[[ $(cell sequential cold read $CALLS) == "$expected" ]]
	[[ $(cell sequential warm read $CALLS) == "$expected" ]]
	[[ $(cell random cold read $CALLS) == "$pages" ]]
	[[ $(cell random warm read $CALLS) == "$pages" ]]
	# Two rows of each way, each of five runs.  What else is done with the file, to put it into the
	# cache and to look there, is done in other units.
	[[ $(grep -c "^read([0-9]*<.*/data>, .*, $BUFFER)" trace) == $((2 * RUNS * expected)) ]]
	[[ $(grep -cE "^pread64\([0-9]*<.*/data>, .*, ($page|$((size % page))), [0-9]+\)" trace) == $((2 * RUNS * pages)) ]]
	# mmap: the one call that maps, and the one that unmaps that address.
	awk -v size=$size -v rows=$((4 * RUNS)) '
		/^mmap\(NULL, / && /MAP_PRIVATE, [0-9]+<.*\/data>, 0\)/ { maps++; at = $NF; next }
		/^munmap\(/ && at != "" && index($0, "(" at ", " size ")") { unmaps++; at = "" }
		END { print maps, unmaps; exit !(maps == rows && unmaps == rows) }' trace
	[[ $(awk '$4 == "mmap" { print $8 }' rows | sort -u) == 2 ]]
}

@test "reading faults for nothing, a mapping for pages" {
	local order cache
	compare
	for order in sequential random; do
		for cache in cold warm; do
			# Not one for each page: the buffer is there.
			(($(cell $order $cache read $MINOR) + $(cell $order $cache read $MAJOR) <= 4))
			(($(cell $order $cache mmap $MINOR) + $(cell $order $cache mmap $MAJOR) >= 1))
			(($(cell $order $cache mmap $MINOR) + $(cell $order $cache mmap $MAJOR) <= pages + 4))
		done
		[[ $(cell $order warm mmap $MAJOR) == 0 ]]
		[[ $(cell $order warm read $MAJOR) == 0 ]]
		if [[ $(cell $order cold mmap $CACHED) == 0 ]]; then
			(($(cell $order cold mmap $MAJOR) >= 1))
		fi
	done
}

# What the kernel read from disk for a process is told when it has ended.
@test "cold means that the disk was asked, warm that it is in the cache" {
	case $(stat -f -c %T .) in
	ext2/ext3 | xfs | btrfs) ;;
	*) skip "no file system on a disk of its own" ;;
	esac
	python3 -c '
import os, resource, subprocess
subprocess.run([os.environ["DEMO"], "--compare", "data"], stdout=open("out", "w"), check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_inblock * 512)' > disk
	grep -E '^(sequential|random) ' out > rows
	cat out disk
	[[ $(awk '$2 == "cold" { print $3 }' rows | sort -u) == 0 ]]
	[[ $(awk '$2 == "warm" { print $3 }' rows | sort -u) == "$pages" ]]
	(($(cat disk) >= 4 * RUNS * size))
	[[ $(grep -c '^Not ' out) == 0 ]]
}

@test "what can't be had is told" {
	[[ $(stat -f -c %T /dev/shm) == tmpfs && -w /dev/shm ]] || skip "no tmpfs"
	local file
	file=$(mktemp /dev/shm/vmapview-compare.XXXXXX)
	cp data "$file"
	compare "$file" || { rm "$file"; false; }
	rm "$file"
	[[ $(awk '{ print $3 }' rows | sort -u) == "$pages" ]]
	grep '^Not cold: ' out
	[[ $(grep -c '^Not warm: ' out) == 0 ]]
}

@test "a file of somebody else: the kernel claims all of it" {
	((EUID == 0)) || skip "only root can become somebody else"
	command -v setpriv || skip "no setpriv"
	play=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-compare.XXXXXX")
	cp "$DEMO" data "$play"
	chmod 755 "$play"
	chmod 644 "$play/data"
	run setpriv --reuid=65534 --regid=65534 --clear-groups "$play/vmapview-demo" --compare "$play/data"
	rm -r "$play"
	echo "$output"
	[[ $status == 0 && $output == *'Not cold: '* ]]
}

# fails MESSAGE ARG... - status 1, nothing on standard output, one line on standard error.
fails() {
	local status=0 message=$1
	shift
	"$DEMO" --compare "$@" > out 2> errors || status=$?
	cat out errors
	[[ $status == 1 && ! -s out && $(cat errors) == "$message" ]]
}

@test "files that can't be compared" {
	: > empty
	mkfifo fifo
	truncate -s 8T huge || rm huge
	fails "vmapview-demo: missing: No such file or directory" missing
	fails "vmapview-demo: empty: the file is empty, there is nothing to map" empty
	fails "vmapview-demo: .: Is a directory" .
	fails "vmapview-demo: fifo: not a regular file" fifo
	[[ ! -e huge ]] || fails "vmapview-demo: huge: too big to hold in memory" huge
	run "$DEMO" --compare data data
	[[ $status == 1 && $output == *"Try 'vmapview-demo --help'." ]]
}

# meddled N COMMAND - run it, stopped before its Nth read of the file, where COMMAND is done.
meddled() {
	make_pause
	stop_at "read:data:$1" "$DEMO" --compare data
	eval "$2"
	go
	cat output errors
	[[ $status == 1 && ! -s output ]]
}

@test "a file that shrinks while it is read" {
	meddled 3 'truncate -s 1 data'
	[[ $(cat errors) == "vmapview-demo: data: the file was truncated while we read it" ]]
}

@test "a file that shrinks before it is mapped: no crash" {
	# Before the read that finds the end, so that the first way has seen all.
	meddled $(((size + BUFFER - 1) / BUFFER + 1)) ': > data'
	[[ $(cat errors) == "vmapview-demo: data: the file was truncated while we read it" ]]
}

@test "a file that grows, and one whose bytes change" {
	meddled 3 'echo more >> data'
	[[ $(cat errors) == "vmapview-demo: data: the file changed while we read it" ]]
	head -c $size /dev/zero > data
	meddled $(((size + BUFFER - 1) / BUFFER + 1)) 'printf x | dd of=data conv=notrunc status=none'
	[[ $(cat errors) == "vmapview-demo: data: the file changed while we read it" ]]
}

@test "a full disk is told" {
	[[ -c /dev/full ]] || skip "no /dev/full"
	run bash -c '"$DEMO" --compare data > /dev/full'
	[[ $status == 1 && $output == "vmapview-demo: standard output: No space left on device" ]]
}
