#!/bin/bash
# Run a command in a world where /proc shows frozen processes: frozen.bash WORLD COMMAND...
#
# WORLD is a directory of process directories made of plain files; it is mounted over /proc in a
# private mount namespace.  The real /proc stays reachable below WORLD/.real, and "self" and
# some system files lead there, so that programs find themselves as ever.
#
# As root, or with a user namespace; exits 77 where neither is allowed.
set -eu

if [[ ${1:-} == --inside ]]; then
	world=$2
	shift 2
	mount --make-rprivate /proc
	mount --rbind /proc "$world/.real"
	mount --rbind "$world" /proc
	# A build with sanitizers looks itself up in /proc by number when it searches for leaks.
	export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
	exec "$@"
fi

enter=()
for try in "-m" "-m --propagation=unchanged" "-rm"; do
	# shellcheck disable=SC2086 # options are words
	if unshare $try sh -c 'mount --make-rprivate /proc && mount --rbind /proc /proc' 2> /dev/null; then
		read -ra enter <<< "$try"
		break
	fi
done
if [[ -z ${enter[*]} ]]; then
	echo "no mount namespace allowed here" >&2
	exit 77
fi
exec unshare "${enter[@]}" "$BASH" "$0" --inside "$@"
