#!/bin/bash
# Make screens.md: every screen of the interactive view, as a terminal shows it, and its keys.
#
#	docs/screens.sh > docs/screens.md
#
# VMAPVIEW and DEMO are the programs; the process shown is the demo.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
: "${VMAPVIEW:=$here/../vmapview}" "${DEMO:=$here/../vmapview-demo}"
play=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-screens.XXXXXX")
export TMUX_TMPDIR=$play SHELL=/bin/sh LC_ALL=C.UTF-8
cp "$VMAPVIEW" "$play/vmapview"
cp "$DEMO" "$play/vmapview-demo"
cp "$here/../src/demo/message.txt" "$play"
cd "$play"
PATH=$play:$PATH

mkfifo keys
vmapview-demo message.txt < keys > words &
demo=$!
exec 3> keys

cleanup() {
	tmux kill-server 2> /dev/null || :
	kill "$demo" 2> /dev/null || :
	rm -rf "$play"
}
trap cleanup EXIT

vt() { tmux -f /dev/null "$@"; }

# await REGEX - until it is on the screen.
await() {
	local i
	for ((i = 0; i < 200; i++)); do
		vt capture-pane -p | grep -qE -- "$1" && return
		sleep 0.05
	done
	echo "screens.sh: not seen: $1" >&2
	exit 1
}

# picture TITLE REGEX TEXT - the screen, once the regex is on it.
picture() {
	await "$2"
	printf '\n## %s\n\n%s\n\n```\n' "$1" "$3"
	vt capture-pane -p
	printf '```\n'
}

press() { vt send-keys "$@"; }

act() { echo "$1" >&3; }

until grep -q '^  q ' words; do sleep 0.02; done
message=$(awk '$1 == "message" { print $2 }' words)
untouched=$(awk '$1 == "untouched" { print $2 }' words)

cat << END
# The screens

What \`vmapview -i PID\` shows, here of \`vmapview-demo\`. Made by \`docs/screens.sh\`; the keys at the end are
those of \`vmapview --list-keys\`, and F1 shows those of a screen.
END

vt new-session -d -x 80 -y 24 "vmapview -i $demo --at $message"
picture Regions 'message\.txt' 'One line per region. The bar shows Rss by class and is the legend of the colours.'
press b '@' "$untouched" Enter
await "${untouched#0000} .* \. "
act t
act w
act a
await '▲ .*4K'
picture 'Regions, compared' '\+256K' 'After `b`, `+Rss` tells what changed since; marks on the left tell what changed just now.'
press '@' "$message" Enter Enter
picture Details 'Hello world|hello world' 'All about one region; below it its memory, of which only those pages are read that are there.'
press x
picture 'Details, all memory' 'Memory from' '`x` gives the memory more room, or none.'
press q 2 g Enter
picture Objects '▾' 'All regions of a file, or of a kind, in one line that opens.'
press 3
picture Classes '█' 'How much of each class there is; Enter shows its regions.'
press 4
picture 'Address space' 'largest free' 'The whole of it to a logarithmic scale, with what is free.'
press 5
picture Changes 'new|grown' 'What changed since `b`.'
press 1 o
picture Columns 'pss_dirty' 'Which columns the list has.'
press Escape
await qQuit # with P, it would begin a sequence of the terminal's
press P / 'vmapview-demo m'
picture 'Processes' '[0-9][KM] +vmapview-dem[o] message' '`vmapview` alone begins here.'

printf '\n## Keys\n\n```\n'
vmapview --list-keys
printf '```\n'
