#!/usr/bin/env bats
# What the view does to its terminal: takes it, and gives it back whatever happens.

load tui.bash
load ../cli/wait.bash

# Only our own process: among the jobs is also what watches the test's time.
teardown() {
	tui_stop
	[[ -z ${target-} ]] || kill "$target" 2> /dev/null || :
}

on_self() {
	# tmux's own shell is as good a process as any.
	sleep 1000 3>&- &
	target=$!
	tui_start "$@" "$VMAPVIEW" -i "$target"
	tui_wait '1 Regions'
}

# ends_with KEY-OR-SIGNAL STATUS
ends_with() {
	on_self
	case $1 in
	SIG*) kill -s "${1#SIG}" "$(view_pid)" ;;
	*) tui_keys "$1" ;;
	esac
	tui_wait "^exit=$2"
	terminal_is_whole
	kill "$target"
}

@test "q" { ends_with q 0; }
@test "F10" { ends_with F10 0; }
@test "Ctrl-C" { ends_with C-c 130; }
@test "SIGTERM" { ends_with SIGTERM 143; }
@test "SIGHUP" { ends_with SIGHUP 129; }
@test "SIGQUIT" { ends_with SIGQUIT 131; }
@test "SIGINT" { ends_with SIGINT 130; }
@test "a crash" {
	[[ ${SANITIZERS-no} == no ]] || skip 'the sanitizers catch it'
	ends_with SIGSEGV 139
}
@test "an abort" { ends_with SIGABRT 134; }

# left_while_reading KEY-OR-SIGNAL STATUS - from the view of what gives nothing to read: a FIFO that
# nobody has open for writing, and one that somebody has.
left_while_reading() {
	local fifo=$BATS_TEST_TMPDIR/fifo writer
	mkfifo "$fifo"
	for writer in nobody somebody; do
		[[ $writer == nobody ]] || exec 8<> "$fifo"
		tui_start "$VMAPVIEW" -i "$fifo"
		tui_wait ' reading$'
		case $1 in
		SIG*) kill -s "${1#SIG}" "$(view_pid)" ;;
		*) tui_keys "$1" ;;
		esac
		tui_wait "^exit=$2"
		terminal_is_whole
		tui_stop
	done
	exec 8>&-
}

@test "q while a read hangs" { left_while_reading q 0; }
@test "F10 while a read hangs" { left_while_reading F10 0; }
@test "Ctrl-C while a read hangs" { left_while_reading C-c 130; }
@test "SIGTERM while a read hangs" { left_while_reading SIGTERM 143; }
@test "SIGHUP while a read hangs" { left_while_reading SIGHUP 129; }

@test "suspended and continued" {
	sleep 1000 3>&- &
	target=$!
	vt new-session -d -x 80 -y 24 'exec bash --norc --noprofile -i'
	tui_keys 'PS1=ready\>; cd; clear; stty -g > '"$BATS_TEST_TMPDIR/modes.before" Enter
	tui_wait '^ready>'
	tui_keys "'$VMAPVIEW' -i $target" Enter
	tui_wait '1 Regions'
	tui_keys C-z
	tui_wait 'Stopped'
	tui_keys "stty -g > '$BATS_TEST_TMPDIR/modes.after'; echo d''one" Enter
	tui_wait '^done'
	cmp "$BATS_TEST_TMPDIR/modes.before" "$BATS_TEST_TMPDIR/modes.after"
	vt resize-window -x 100 -y 30
	tui_keys fg Enter
	tui_wait '1 Regions'
	tui_tab Classes
	tui_wait 'exe: the program itself|lib: a shared library|file: a mapped'
	[[ $(tui_screen | wc -l) == 30 ]]
	tui_keys q
	tui_gone '1 Regions'
	kill "$target"
}

# SIGSTOP can't be caught, so a shell writes over the view; what is seen after is drawn anew.
@test "stopped from outside and continued" {
	sleep 1000 3>&- &
	target=$!
	vt new-session -d -x 80 -y 24 'exec bash --norc --noprofile -i'
	tui_keys 'PS1=ready\>; cd; clear' Enter
	tui_wait '^ready>'
	tui_keys "'$VMAPVIEW' -i $target" Enter
	tui_wait '1 Regions'
	kill -STOP "$(view_pid)"
	tui_wait 'Stopped'
	tui_keys 'echo over''written' Enter
	tui_wait '^overwritten'
	tui_keys fg Enter
	tui_gone 'overwritten|Stopped'
	tui_wait '^ 1 Regions'
	tui_keys q
	tui_gone '1 Regions'
	kill "$target"
}

@test "poor terminals" {
	local term
	for term in vt100 linux xterm-mono xterm-256color screen; do
		# The Linux console's mouse comes from libgpm, which leaks.
		[[ $term == linux && ${SANITIZERS-no} != no ]] && continue
		on_self env TERM=$term
		tui_tab Classes
		tui_wait '^ *lib +[0-9]+'
		tui_keys 1 Enter
		tui_wait '^Region '
		tui_keys F10 q q
		tui_wait '^exit=0'
		tui_stop
		kill "$target"
	done
}

@test "NO_COLOR takes the colours, and nothing else" {
	on_self env NO_COLOR=1 TERM=xterm-256color
	tui_wait 'Perms Class'
	[[ -z $(vt capture-pane -p -e | grep $'\e\\[[0-9;]*[34][0-7]m') ]]
	kill "$target"
}

# line_with TEXT [N] - the line of the screen that has the text, or the Nth below it, with its attributes.
line_with() {
	vt capture-pane -p -e -N | grep -A9 -F -m 1 -- "$1" | sed -n "$((1 + ${2-0}))p"
}

# is_one_bar LINE - its attributes are set once, and reversal is one of them.
is_one_bar() {
	local sgr=$'\e\\[[0-9;]*m'
	[[ $1 =~ ^(($sgr)+)[^$'\e']*($sgr)*$ && ${BASH_REMATCH[1]} =~ [\[\;]7[m\;] ]]
}

@test "with and without colours, the selected line is one bar and not like the heading" {
	local colors heading
	for colors in '' 1; do
		on_self env NO_COLOR=$colors TERM=xterm-256color
		tui_wait 'Perms Class'
		heading=$(line_with 'Perms Class')
		[[ $heading =~ $'\e'\[[0-9\;]*4m && ! $heading =~ [\[\;]7[m\;] ]]
		is_one_bar "$(line_with 'Perms Class' 1)"
		if is_one_bar "$(line_with 'Perms Class' 2)"; then false; fi
		tui_tab Classes
		tui_wait 'Regions  Size'
		tui_keys g
		tui_wait ' 1/[0-9]+$'
		tui_wait '▒▒▒▒▒$'
		is_one_bar "$(line_with 'Regions  Size' 1)"
		tui_stop
		kill "$target"
	done
}

@test "without UTF-8 only ASCII is written" {
	on_self env LC_ALL=C
	tui_tab Classes
	tui_wait '####'
	[[ -z $(tui_screen | LC_ALL=C grep '[^ -~]') ]]
	kill "$target"
}

@test "the Linux console gets signs that its font has" {
	[[ ${SANITIZERS-no} == no ]] || skip 'libgpm, which its mouse comes from, leaks'
	on_self env TERM=linux
	tui_tab Classes
	tui_wait '####'
	[[ -z $(tui_screen | LC_ALL=C grep '[^ -~]') ]]
	kill "$target"
}

@test "no terminal, no view" {
	run "$VMAPVIEW" -i $$ < /dev/null
	[[ $status == 1 && $output == *'needs a terminal'* ]]
	tui_start env TERM=dumb "$VMAPVIEW" -i $$
	tui_wait "the terminal 'dumb'"
	tui_wait '^exit=1'
	tui_stop
	tui_start env TERM=no-such "$VMAPVIEW" -i $$
	tui_wait "the terminal 'no-such'"
	tui_wait '^exit=1'
}

@test "a process that is not there" {
	tui_start "$VMAPVIEW" -i 4194304
	tui_wait '^exit=42'
	tui_wait 'no such process'
	terminal_is_whole
}

@test "without a target, a process is chosen" {
	local command="sleep 1234.$BASHPID" # there is no other one
	$command 3>&- &
	target=$!
	tui_start "$VMAPVIEW"
	tui_wait 'Which process'
	tui_keys / "$command"
	tui_wait "^ *$target .*$command"
	tui_keys Enter
	tui_wait "^$target $command"
	tui_keys P
	tui_wait 'Which process'
	tui_keys Escape
	tui_wait "^$target $command"
	kill "$target"
}

@test "what has no command line is called by its name" {
	# A child that ends once its parent is a program that does not wait for it.
	mkfifo "$BATS_TEST_TMPDIR/die"
	# shellcheck disable=SC2016 # expanded in there
	bash -c 'head -n 1 <> "$1"/die > "$1"/out & echo $! > "$1"/zombie; exec sleep 1000' \
		- "$BATS_TEST_TMPDIR" 3>&- &
	target=$!
	wait_until grep -qx sleep "/proc/$target/comm"
	zombie=$(cat "$BATS_TEST_TMPDIR/zombie")
	wait_until grep -qx head "/proc/$zombie/comm"
	echo now > "$BATS_TEST_TMPDIR/die"
	wait_until grep -q '^State:.Z' "/proc/$zombie/status"
	tui_start "$VMAPVIEW"
	tui_wait 'Which process'
	tui_keys / '[head]'
	tui_wait "^ *$zombie .* \[head\] <defunct>\$"
	kill "$target"
}

@test "make demo ends in the view, at the demo's message" {
	tui_start env VMAPVIEW="$VMAPVIEW" DEMO="$DEMO" MESSAGE="$MESSAGE" sh "$TOP_SRCDIR/src/demo/demo.sh"
	tui_wait 'Perms Class' # the first picture is there
	tui_keys Enter
	tui_wait '^Region .* message\.txt$'
	tui_wait ' [Hh][Ee]llo world from$' # its keys are pressed meanwhile
	tui_keys q q
	tui_wait '^exit=0'
	terminal_is_whole
}

@test "random keys at random sizes" {
	local i keys='jkgGnNIopbB12345xhJK[]f<>+-r' special=(Up Down Left Right Enter Escape Tab PageUp
		PageDown Home End BSpace F1 F2 F3 F4 F5 F6) view key
	on_self
	view=$(view_pid)
	RANDOM=4711
	for ((i = 0; i < 200; i++)); do
		if ((i % 20 == 0)); then
			vt resize-window -x $((RANDOM % 150 + 1)) -y $((RANDOM % 50 + 1))
		fi
		if ((RANDOM % 3)); then
			key=${keys:RANDOM % ${#keys}:1}
		else
			key=${special[RANDOM % ${#special[@]}]}
		fi
		tui_keys "$key"
	done
	vt resize-window -x 80 -y 24
	tui_keys C-g C-g Left 3 # out of a prompt, off a screen that has no digits
	tui_wait '3 Classes'
	[[ $(view_pid) == "$view" ]]
	kill "$target"
}
