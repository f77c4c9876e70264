#!/bin/sh
# Unit tests and the program itself under valgrind: no errors and no leaks.
#
#	tests/valgrind.sh TEST...
#
# The environment is that of make check; make check-valgrind names the tests.
set -eu

dir=$(mktemp -d)
pid=
trap 'kill $pid 2> /dev/null || :; rm -rf "$dir"' EXIT

fixtures=$TOP_SRCDIR/tests/fixtures
export dir

# A target of every kind.
sleep 1000 &
pid=$!
cp "$fixtures/maps/linux44-threads.txt" "$dir/maps"
"$VMAPVIEW" --json "$dir/maps" > "$dir/snapshot"
cat "$dir/snapshot" "$dir/snapshot" > "$dir/record"
head -c 300 "$dir/snapshot" > "$dir/cut"
python3 - "$dir/core" <<'END'
import struct, sys
notes = b"".join(struct.pack("<III", 5, len(d), t) + b"CORE\0\0\0\0" + d + bytes(-len(d) % 4)
    for t, d in ((3, bytes(136)), (6, struct.pack("<4Q", 9, 4096, 0, 0)),
    (0x46494c45, struct.pack("<5Q", 1, 4096, 4096, 8192, 0) + b"/usr/lib/libx.so\0")))
head = b"\x7fELF\2\1\1" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 4, 62, 1, 0, 64, 0, 0, 64, 56, 3, 0, 0, 0)
segment = lambda kind, flags, at, va, size: struct.pack("<IIQQQQQQ", kind, flags, at, va, 0, size, size, 4)
open(sys.argv[1], "wb").write(head + segment(4, 0, 232, 0, len(notes)) +
    segment(1, 5, 4096, 4096, 4096) + segment(1, 6, 8192, 16384, 4096) + notes.ljust(12288 - 232, b"\0"))
END

# What is run: a status, and the command line.  Lines of valgrind about itself (old ones do not know
# landlock(7)) do not count, so there the program runs as with a kernel without it.
{
	for test; do
		echo "0 $test"
	done
	for how in '' -x -XX -d --json '--format csv' '--format prometheus' --summary \
		'-o +class,part,why' '--group object' '--filter rss>0 --sort -size'; do
		echo "0 $VMAPVIEW $how $pid"
		echo "0 $VMAPVIEW $how $dir/maps"
		echo "0 $VMAPVIEW $how $dir/core"
	done
	cat <<-END
	0 $VMAPVIEW -x $fixtures/smaps/android.txt
	0 $VMAPVIEW --summary $dir/snapshot
	0 $VMAPVIEW --summary $dir/record@2
	1 $VMAPVIEW $dir/cut
	1 $VMAPVIEW $fixtures/cases/cut-in-record.smaps
	1 $VMAPVIEW $dir/none
	1 $VMAPVIEW --filter rss>>1 $pid
	1 $VMAPVIEW -o nonsense $pid
	42 $VMAPVIEW 4194305
	0 $VMAPVIEW --diff $dir/maps $dir/snapshot
	1 $VMAPVIEW --diff $dir/maps $dir/core
	1 $VMAPVIEW --diff $dir/maps $pid
	0 $VMAPVIEW --watch 0.01 --count 3 --record $dir/new $pid
	0 $VMAPVIEW --record $dir/new $dir/maps
	0 $VMAPVIEW --summary --output-file $dir/out $dir/maps
	0 $VMAPVIEW --help
	0 $VMAPVIEW --list-keys
	0 $VMAPVIEW --list-columns
	END
} > "$dir/runs"

# shellcheck disable=SC2016 # expanded in there
xargs -P "$(nproc)" -d '\n' -n 1 sh -c '
	want=${1%% *} command=${1#* } log=$(mktemp "$dir/log.XXXXXX") status=0
	valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,possible \
		--errors-for-leak-kinds=definite,possible --child-silent-after-fork=yes \
		--log-file="$log" \
		$command < /dev/null > "$log.out" 2>&1 || status=$?
	if [ "$status" != "$want" ] || grep -q "^==" "$log"; then
		printf "%s\n" "status $status, not $want: $command"
		tail -n 20 "$log.out"
		cat "$log"
		exit 1
	fi' run < "$dir/runs" || { echo 'valgrind found something' >&2; exit 1; }
echo "$(wc -l < "$dir/runs") runs under valgrind without errors or leaks"
