#!/bin/sh
# Run the demo and look at it: the memory of a process before and after each key.  On a terminal,
# look with the interactive view, while a key is pressed for you every few seconds.
#
# VMAPVIEW and DEMO are the programs (default: ./vmapview and ./vmapview-demo), MESSAGE the file
# to map (default: the demo's own choice).  Fails when the file is not in the listing.
set -u

vmapview=${VMAPVIEW:-./vmapview}
demo=${DEMO:-./vmapview-demo}
message=${MESSAGE:-message.txt}
pid=

die() {
	echo "demo: $*" >&2
	exit 1
}

# shellcheck disable=SC2317 # called by trap
cleanup() {
	if [ -n "$pid" ]; then
		kill "$pid"
		wait "$pid"
	fi 2> /dev/null
	rm -rf "$dir"
}

# Read what the demo says up to the line that begins with $1, which stays in $line.
hear() {
	while IFS= read -r line <&3; do
		printf '%s\n' "$line" || exit 1
		case $line in
		"$1"*) return ;;
		esac
	done
	die "$demo ended before it said $1"
}

# The row of -x in file $1 that address $2 is in; addresses have 16 digits, so text compares.
row() {
	awk -v at="x$2" '$1 ~ /^[0-9a-f]+$/ && "x" $1 <= at { row = $0 } END { print row }' "$1" > "$dir/row"
	read -r start kbytes _ < "$dir/row"
	if [ $((0x$2 - 0x$start)) -lt $((kbytes * 1024)) ]; then
		cat "$dir/row"
	else
		echo "not mapped"
	fi
}

look() { "$vmapview" -x "$pid" > "$1" || die "$vmapview -x $pid failed"; }

# Press key $1; then show the row it names, as it was and as it is.
press() {
	look "$dir/before"
	printf '%s\n' "$1" >&4
	printf '\n'
	hear "$1:"
	look "$dir/after"
	at=$(expr "$line" : '.*; row \([0-9a-f]*\)') || die "no row in: $line"
	printf '  before  %s\n' "$(row "$dir/before" "$at")"
	printf '  after   %s\n' "$(row "$dir/after" "$at")"
}

# Press the keys one after the other, the first ones often, until the demo ends.
act() {
	sleep 4
	for key in t t t t w t s t a t u; do
		printf '%s\n' "$key" 2> /dev/null || return
		sleep 3
	done
}

# Show the message's region; afterwards, what the demo said meanwhile.
view() {
	act >&4 &
	actor=$!
	"$vmapview" -i "$pid" --at "$address"
	status=$?
	kill "$actor" 2> /dev/null
	wait "$actor" 2> /dev/null
	echo q >&4
	printf '\nMeanwhile, the demo said:\n'
	grep '^.: ' <&3
	wait "$pid"
	pid=
	exit $status
}

dir=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-demo.XXXXXX") || exit 1
trap cleanup EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 141' PIPE
trap 'exit 143' TERM
mkfifo "$dir/keys" "$dir/words" || exit 1

"$demo" ${MESSAGE+"$MESSAGE"} < "$dir/keys" > "$dir/words" &
pid=$!
exec 4> "$dir/keys" 3< "$dir/words"

echo "\$ vmapview-demo"
hear "pid "
hear "message"
address=$(echo "$line" | awk '{ print $2 }')
hear "  q "

printf '\n$ vmapview %s\n' "$pid"
"$vmapview" "$pid" > "$dir/list" || die "$vmapview $pid failed"
cat "$dir/list"
grep -qF " ${message##*/}" "$dir/list" || die "${message##*/} is not in the listing"

if [ -t 0 ] && [ -t 1 ]; then
	view
fi

printf '\n$ vmapview -x %s, before and after each key\n' "$pid"
look "$dir/before"
sed -n 's/^Address/          &/p' "$dir/before"
for key in t w s a u; do
	press $key
done

echo q >&4
wait "$pid"
status=$?
pid=
exit $status
