#!/bin/sh
# Capture a live process as a fixture: capture-proc.sh PID DIR [NEW_PID]
#
# The process is stopped meanwhile, so that maps and smaps tell the same story.  It gets
# NEW_PID (4242 unless told) and init as its parent, and looks asleep.  Start it with a
# neutral command line from /, since everything in its files is kept.
set -eu

pid=$1 dir=$2 new=${3:-4242}
mkdir -p "$dir"

kill -STOP "$pid"
trap 'kill -CONT "$pid"' EXIT
until grep -q '^State:.T' "/proc/$pid/status"; do :; done

for file in cmdline comm maps smaps smaps_rollup statm; do
	cat "/proc/$pid/$file" > "$dir/$file"
done
sed -E "s/^[0-9]+ (\(.*\)) . [0-9]+ [0-9]+ [0-9]+/$new \1 S 1 $new $new/" \
	"/proc/$pid/stat" > "$dir/stat"
sed -E -e "s/^(Tgid|Pid|NStgid|NSpid|NSpgid|NSsid):.*/\1:\t$new/" \
	-e 's/^PPid:.*/PPid:\t1/' -e 's/^State:.*/State:\tS (sleeping)/' \
	"/proc/$pid/status" > "$dir/status"
