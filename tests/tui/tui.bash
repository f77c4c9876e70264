# shellcheck shell=bash disable=SC2034 # the bats files use what is set here
# A private tmux in which the interactive view runs: keys go in, the screen is read back.
#
# Waiting is always for something to be seen, never for a time.  It may be long in coming: where
# reading a picture takes a second, the view waits ten for the next one.

: "${TOP_SRCDIR:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${TOP_BUILDDIR:=$TOP_SRCDIR}"
: "${VMAPVIEW:=$TOP_BUILDDIR/vmapview}"
: "${DEMO:=$TOP_BUILDDIR/vmapview-demo}"
MESSAGE=$TOP_SRCDIR/src/demo/message.txt

LOOKS=1200 # at the screen, 20 a second, before we give up

# A server that was told to go still answers for a moment: each start gets one of its own.
tui_server=0

vt() { SHELL=/bin/sh TMUX_TMPDIR=$BATS_TEST_TMPDIR LC_ALL=C.UTF-8 tmux -f /dev/null -L "tui$tui_server" "$@"; }

# tui_start COMMAND... - run it in a terminal of 80x24.  Before and after, the modes of the
# terminal are noted; then its status is on the screen as exit=N.
tui_start() {
	local quoted
	tui_server=$((tui_server + 1))
	printf -v quoted '%q ' "$@"
	cat > "$BATS_TEST_TMPDIR/run" <<-END
	trap : INT
	ulimit -c 0 # a crash that is wanted leaves no file
	stty -g > '$BATS_TEST_TMPDIR/modes.before'
	$quoted
	echo "exit=\$?"
	stty -g > '$BATS_TEST_TMPDIR/modes.after'
	echo done
	exec cat
	END
	vt new-session -d -x 80 -y 24 "exec bash '$BATS_TEST_TMPDIR/run'"
	vt set-option -g escape-time 0 > /dev/null
}

tui_stop() { vt kill-server 2> /dev/null || true; }

tui_keys() { vt send-keys "$@"; }

tui_screen() { vt capture-pane -p; }

# tui_wait REGEX - until it is on the screen.
tui_wait() {
	local i
	for ((i = 0; i < LOOKS; i++)); do
		tui_screen | grep -qE -- "$1" && return
		sleep 0.05
	done
	echo "waited in vain for: $1" >&2
	tui_screen >&2
	return 1
}

# tui_gone REGEX - until it is not on the screen any more.
tui_gone() {
	local i
	for ((i = 0; i < LOOKS; i++)); do
		tui_screen | grep -qE -- "$1" || return 0
		sleep 0.05
	done
	echo "still there: $1" >&2
	tui_screen >&2
	return 1
}

# tui_tab TITLE - press the digit of a tab, when it is there.
tui_tab() {
	tui_wait "[1-9] $1 "
	tui_keys "$(tui_screen | grep -oE "[1-9] $1 " | head -c 1)"
}

# view_pid - the PID of the view.
view_pid() {
	local shell
	shell=$(vt display-message -p '#{pane_pid}')
	pgrep -P "$shell" -f vmapview
}

# terminal_is_whole - its modes are those from before, and the text from before is back.
terminal_is_whole() {
	tui_wait '^done'
	cmp "$BATS_TEST_TMPDIR/modes.before" "$BATS_TEST_TMPDIR/modes.after"
	[[ $(vt display-message -p '#{alternate_on} #{cursor_flag} #{mouse_any_flag}') == '0 1 0' ]]
}

# demo_start - run the demo; its PID is in $demo, the address of its message in $message.
demo_start() {
	mkfifo "$BATS_TEST_TMPDIR/keys"
	"$DEMO" "$MESSAGE" < "$BATS_TEST_TMPDIR/keys" > "$BATS_TEST_TMPDIR/words" 3>&- &
	demo=$!
	exec 9> "$BATS_TEST_TMPDIR/keys"
	until grep -q '^  q ' "$BATS_TEST_TMPDIR/words"; do sleep 0.02; done
	message=$(awk '$1 == "message" { print $2 }' "$BATS_TEST_TMPDIR/words")
	untouched=$(awk '$1 == "untouched" { print $2 }' "$BATS_TEST_TMPDIR/words")
}

# demo_key KEY - press it, until the demo says what it did.
demo_key() {
	local said
	said=$(grep -c "^$1:" "$BATS_TEST_TMPDIR/words") || :
	echo "$1" >&9
	until (($(grep -c "^$1:" "$BATS_TEST_TMPDIR/words") > said)); do sleep 0.02; done
}

demo_stop() {
	[[ -n ${demo-} ]] || return 0
	exec 9>&-
	kill "$demo" 2> /dev/null || true
	wait "$demo" 2> /dev/null || true
	demo=
}
