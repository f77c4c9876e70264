#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets status and output
# Colours are added to pmap's text and change nothing else of it; no name reaches a terminal raw.

load common

setup() { make_play; }

teardown() { drop_play; }

strip_sgr() { sed 's/\x1b\[[0-9;]*m//g'; }

# on_terminal COMMAND... - run it with a terminal as standard output; sets output.
on_terminal() {
	output=$(script -qec "$(printf '%q ' "$@")" /dev/null < /dev/null | tr -d '\r')
}

# map_file NAME - start a process that maps a file of that name; its PID is in $started.
map_file() {
	printf x > "$1"
	start python3 -c 'import mmap, os, sys, time
f = open(os.fsencode(sys.argv[1]), "rb")
m = mmap.mmap(f.fileno(), 0, prot=mmap.PROT_READ)
open(sys.argv[2], "w").close()
time.sleep(1000)' "$1" "$PLAY/mapped"
	wait_until test -e "$PLAY/mapped"
	wait_until in_state "$started" S # it maps nothing more
}

@test "every format is the same once the colours are stripped" {
	start sleep 1000
	wait_until in_state "$started" S
	for how in '' -p -q -d -A0,7fffffffffff; do
		# shellcheck disable=SC2086
		"$VMAPVIEW" --color=always $how "$started" > "$PLAY/colored"
		# shellcheck disable=SC2086
		"$VMAPVIEW" --color=never $how "$started" > "$PLAY/plain"
		grep -q $'\x1b' "$PLAY/colored"
		diff <(strip_sgr < "$PLAY/colored") "$PLAY/plain"
	done
	stop_process "$started"
	for how in -x -X -XX; do
		diff <("$VMAPVIEW" --color=always $how "$started" | strip_sgr | cut -d ' ' -f 1) \
			<("$VMAPVIEW" $how "$started" | cut -d ' ' -f 1)
	done
}

@test "the class decides: the heap and the stack are not alike" {
	start sleep 1000
	wait_until in_state "$started" S
	"$VMAPVIEW" -k --color=always "$started" > "$PLAY/colored"
	[ "$(grep -o $'^\x1b\[[0-9;]*m.*\[heap\]' "$PLAY/colored" | cut -d m -f 1)" != \
		"$(grep -o $'^\x1b\[[0-9;]*m.*stack' "$PLAY/colored" | cut -d m -f 1)" ]
}

@test "auto: colours on a terminal, none in a pipe, with NO_COLOR, on a dumb one or as pmap" {
	start sleep 1000
	wait_until in_state "$started" S
	on_terminal env TERM=xterm NO_COLOR= "$VMAPVIEW" "$started"
	[[ $output == *$'\x1b[32m'* ]]
	on_terminal env TERM=xterm NO_COLOR=1 "$VMAPVIEW" "$started"
	[[ $output != *$'\x1b'* ]]
	on_terminal env TERM=dumb "$VMAPVIEW" "$started"
	[[ $output != *$'\x1b'* ]]
	on_terminal env TERM=xterm "$PLAY/ours/pmap" "$started"
	[[ $output != *$'\x1b'* ]]
	on_terminal env TERM=xterm NO_COLOR=1 "$VMAPVIEW" --color=always "$started"
	[[ $output == *$'\x1b[32m'* ]]
	run env TERM=xterm "$VMAPVIEW" "$started"
	[[ $output != *$'\x1b'* ]]
}

@test "a wrong word after --color is refused" {
	run "$VMAPVIEW" --color=maybe $$
	[ "$status" -eq 1 ]
	[[ $output == "vmapview: --color: 'maybe' "* ]]
}

@test "hostile names: no control, no broken UTF-8, no bidi reaches the output in any format" {
	cd "$PLAY"
	map_file $'evil \x1b]0;title\x07\x1b[31m\x7f\xff\xc2\x9b\xe2\x80\xae\tend'
	for how in '' -p -x -d -k -X -Xp -XX -XXp '-o mapping' '-o path,object,why'; do
		for color in never always; do
			# shellcheck disable=SC2086
			"$VMAPVIEW" --color=$color $how "$started" | strip_sgr > out
			grep -q 'evil .*end' out
			python3 - <<-'END'
			import sys, unicodedata
			text = open("out", "rb").read().decode("utf-8")
			for c in text.replace("\n", ""):
			    if unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp"):
			        sys.exit("raw U+%04X" % ord(c))
			END
		done
	done
}

@test "a name with a newline is one row, as the kernel writes it" {
	cd "$PLAY"
	map_file $'one\ntwo'
	"$VMAPVIEW" "$started" | grep -q ' one\\012two$'
	[ "$("$VMAPVIEW" -q "$started" | wc -l)" -eq $(($(wc -l < "/proc/$started/maps") + 1)) ]
}

@test "without UTF-8 in the locale, terminals and pipes get ASCII only" {
	cd "$PLAY"
	map_file 'Grün und ↑'
	on_terminal env LC_ALL=C TERM=xterm "$VMAPVIEW" -X "$started"
	[[ $output == *'Gr??n und ???'* ]]
	on_terminal env LC_ALL=C.UTF-8 TERM=xterm "$VMAPVIEW" -X "$started"
	[[ $output == *'Grün und ↑'* ]]
	LC_ALL=C "$VMAPVIEW" -X "$started" | grep -q 'Gr??n und ???'
	LC_ALL=C.UTF-8 "$VMAPVIEW" -X "$started" | grep -q 'Grün und ↑'
}
