#!/bin/bash
# Run each line of cookbook.md that starts with "$"; fail, and name it, if one fails.
#
#	docs/cookbook.sh [WORD]		only those lines that have the word
#
# The process in question is a shell with a little memory of its own, which doubles before the
# snapshot after.json.  Its core is made by gcore; where that is missing, lines about cores are left
# out.
set -u

here=$(cd "$(dirname "$0")" && pwd)
: "${VMAPVIEW:=$here/../vmapview}"
play=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-cookbook.XXXXXX")
cd "$play" || exit 1
mkdir bin
ln -s "$(realpath "$VMAPVIEW")" bin/vmapview
PATH=$play/bin:$PATH

mkfifo hold
bash -c 'data=$(head -c 3000000 /dev/zero | tr "\0" x); echo ready
	while read -r; do data+=$data; echo grown; done < hold' > told &
pid=$!
trap 'kill $pid 2> /dev/null; rm -rf "$play"' EXIT
until grep -q ready told; do
	kill -0 $pid || exit 1
done

exec 9> hold
grow() {
	echo >&9
	until grep -q grown told; do
		kill -0 $pid || exit 1
	done
}

core=
if command -v gcore > /dev/null && gcore -o core $pid < /dev/null > gcore.log 2>&1; then
	core=$play/core.$pid
fi
export pid core

failed=() ran=0
while IFS= read -r line; do
	line=${line#*\$ }
	case $line in
	*"${1-}"*) ;;
	*) continue ;;
	esac
	case $line in
	*'$core'*) [ -n "$core" ] || { echo "left out, no gcore: $line"; continue; } ;;
	esac
	[[ $line != *'> after.json' ]] || grow
	echo "\$ $line"
	if bash -c "$line" < /dev/null; then
		ran=$((ran + 1))
	else
		failed+=("$line (exit status $?)")
	fi
	echo
done < <(grep '^    \$ ' "$here/cookbook.md")

[ "$ran" -gt 0 ] || failed+=("no line ran")
for line in "${failed[@]}"; do
	echo "cookbook.sh: failed: $line" >&2
done
[ ${#failed[@]} = 0 ]
