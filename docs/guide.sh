#!/bin/bash
# Act out guide.md: print it with the output that its commands, keys and screens have here and now.
#
#	docs/guide.sh > new && mv new docs/guide.md
#
# Indented blocks are commands, after "$", with their output.  A comment before a block says how to
# get it:
#
#	<!-- start -->			its command is the demo, which stays
#	<!-- press KEY... -->		what the demo says to these keys
#	<!-- screen KEY... ; REGEX -->	the view of the demo after these keys, once REGEX is on it
#	<!-- exits N -->		the exit status of its last command, if that is not 0
#	<!-- holds REGEX -->		what the text claims of the output
#	<!-- if COMMAND -->		without this, the block stays as it is
#
# Fails, and says what, if a command fails or a claim does not hold.  VMAPVIEW and DEMO are the
# programs.
# shellcheck disable=SC2317 # called by names in variables
set -u

here=$(cd "$(dirname "$0")" && pwd)
: "${VMAPVIEW:=$here/../vmapview}" "${DEMO:=$here/../vmapview-demo}"
export LC_ALL=C.UTF-8 ASAN_OPTIONS=detect_leaks=0
play=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-guide.XXXXXX")
mkdir -p "$play/bin" "$play/src/demo" "$play/.guide"
ln -s "$(realpath "$VMAPVIEW")" "$play/bin/vmapview"
ln -s "$(realpath "$DEMO")" "$play/vmapview-demo"
cat "$here/../src/demo/message.txt" > "$play/src/demo/message.txt"
cd "$play" || exit 1
PATH=$play/bin:$PATH
export TMUX_TMPDIR=$play/.guide SHELL=/bin/sh # that of tmux; the user's may be nologin
demo='' started=() terminal=0

cleanup() {
	vt kill-server 2> /dev/null
	kill ${demo:+"$demo"} "${started[@]}" 2> /dev/null
	rm -rf "$play"
}
trap cleanup EXIT

fail() {
	echo "guide.sh: $*" >&2
	: > .guide/failed
}

# await COMMAND... - until it succeeds, half a minute at most.
await() {
	local i
	for ((i = 0; i < 600; i++)); do
		"$@" && return
		sleep 0.05
	done
	fail "waited in vain for: $*"
	return 1
}

is_at_rest() { grep -q "^State:.S" "/proc/$1/status" && ! cmp -s "/proc/$1/exe" /proc/$$/exe; }

has_said() { (($(grep -c "$1" .guide/words) >= $2)); }

# start_demo COMMAND - with a fifo for its terminal; what it says is in .guide/words.
start_demo() {
	mkfifo .guide/keys
	: > .guide/words # it is looked at before the demo is there
	eval "$1 < .guide/keys > .guide/words 4<&- 5<&- &"
	demo=$!
	exec 3> .guide/keys
	await has_said '^  q ' 1
	cat .guide/words
}

press() {
	local key n
	for key; do
		n=$(($(grep -c "^$key: " .guide/words) + 1))
		echo "$key" >&3
		await has_said "^$key: " "$n"
		tail -n 1 .guide/words
	done
}

# A tmux server that was told to go still answers for a moment: each screen gets one of its own.
vt() { tmux -f /dev/null -L "screen$terminal" "$@"; }

shows() { vt capture-pane -p | grep -qE -- "$1"; }

# screen KEYS REGEX
screen() {
	vt new-session -d -x 80 -y 24 "vmapview -i $demo"
	await shows '^Size ' # the first picture is there
	eval "vt send-keys ${1#screen}"
	await shows "$2"
	vt capture-pane -p
	vt kill-server
}

# run COMMAND - in this shell, so that it may set variables and start processes.
run() {
	local last=${!-}
	eval "$1" 2>&1 3>&- 4<&- 5<&-
	status=$?
	if [[ ${!-} != "$last" ]]; then
		started+=($!)
		await is_at_rest $!
	fi
}

indent() { sed 's/^./    &/'; }

# run_block FUNCTION - call it for each command of the block, which is followed by its output.
run_block() {
	local line command status=0
	while IFS= read -r line <&4; do
		[[ $line == '    $ '* ]] || continue
		command=${line#*\$ }
		printf '%s\n' "$line"
		"$1" "$command" > .guide/output
		indent < .guide/output
	done 4< .guide/block
	((status == exits)) || fail "exit status $status, not $exits: $command"
}

act() {
	case $how in
	start) run_block start_demo ;;
	press*) eval "press ${how#press}" | indent ;;
	screen*)
		terminal=$((terminal + 1))
		screen "${how%% ;*}" "${how#*; }" | indent
		;;
	*) run_block run ;;
	esac
}

# flush - print the block anew.
flush() {
	[[ -s .guide/block ]] || return 0
	if [[ -z $how ]] && ! grep -q '^    \$ ' .guide/block; then
		cat .guide/block
	elif [[ -n $condition ]] && ! (eval "$condition") > /dev/null 2>&1; then
		echo "guide.sh: left out, without: $condition" >&2
		cat .guide/block
	else
		act > .guide/new
		cat .guide/new
		[[ -z $holds ]] || grep -qE -- "$holds" .guide/new || fail "does not hold: $holds"
	fi
	: > .guide/block
	how='' condition='' holds='' exits=0
}

how='' condition='' holds='' exits=0 blanks=''
while IFS= read -r line <&5; do
	case $line in
	'    '*)
		[[ -s .guide/block ]] || { printf '%s' "$blanks"; blanks=; }
		printf '%s%s\n' "$blanks" "$line" >> .guide/block
		blanks=
		continue
		;;
	'')
		blanks+=$'\n' # of the block, if it goes on behind them
		continue
		;;
	esac
	flush
	printf '%s%s\n' "$blanks" "$line"
	blanks=
	line=${line% -->}
	case $line in
	'<!-- start'* | '<!-- press'* | '<!-- screen'*) how=${line#<!-- } ;;
	'<!-- exits '*) exits=${line#<!-- exits } ;;
	'<!-- holds '*) holds=${line#<!-- holds } ;;
	'<!-- if '*) condition=${line#<!-- if } ;;
	esac
done 5< "$here/guide.md"
flush
[ ! -e .guide/failed ]
