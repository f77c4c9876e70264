#!/usr/bin/env bats
# What the command line says of the view's first list, and a map on standard input.

load tui.bash

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	cat > maps <<-END
	555500000000-555500004000 r-xp 00000000 08:01 11 /usr/bin/program
	555500010000-555500090000 rw-p 00000000 00:00 0 [heap]
	7f0000000000-7f0000002000 rw-s 00000000 00:00 0
	7ffd00000000-7ffd00021000 rw-p 00000000 00:00 0 [stack]
	END
}

teardown() {
	tui_stop
	[[ -z ${target-} ]] || kill "$target"
}

@test "-o and --sort are those of the list" {
	tui_start "$VMAPVIEW" -i maps -o size,perms,mapping --sort=perms,-size
	tui_wait '^ +Size Perms Mapping'
	[[ $(tui_screen | awk '$2 ~ /^r.*[ps]$/ { print $1, $2 }' | xargs) == \
		'16K r-xp 512K rw-p 132K rw-p 8K rw-s' ]]
	tui_keys q
	tui_wait '^exit=0'
	terminal_is_whole
}

@test "-o with a plus sign adds columns" {
	tui_start "$VMAPVIEW" -i maps -o +inode
	tui_wait 'Address .* Inode .* Mapping'
	tui_wait ' 11 .* program'
}

@test "--filter is that of the regions, and can be changed" {
	tui_start "$VMAPVIEW" -i maps --filter 'size > 100K'
	tui_wait 'filter: size > 100K 1/2$'
	tui_keys '\'
	tui_wait '^Filter: size > 100K'
	tui_keys Escape
	tui_wait ' 2/4$'
}

@test "--filter and -o hold for the process that is chosen first" {
	local command="sleep 1234.$BASHPID" # there is no other one
	$command 3>&- &
	target=$!
	tui_start "$VMAPVIEW" -i --filter 'class = stack' -o perms,class --list objects
	tui_wait 'Which process'
	tui_keys / "$command"
	tui_wait "^ *$target .*$command"
	tui_keys Enter
	tui_wait "^$target sleep"
	tui_wait 'filter: class = stack 1/1$'
	tui_wait '^ +Perms Class'
}

@test "--list opens the screen of that kind" {
	local kind
	for kind in regions=Part objects=Object classes='Class *Regions' changes='Press b' processes='PID User'; do
		if [[ $kind == processes=* ]]; then
			tui_start "$VMAPVIEW" -i --list processes
		else
			tui_start "$VMAPVIEW" -i --list "${kind%%=*}" maps
		fi
		tui_wait "${kind#*=}"
		tui_stop
	done
	tui_start "$VMAPVIEW" -i --list processes -o +uss --sort=pid
	tui_wait 'by PID$'
	tui_wait '^ +PID User .* Uss .*Command'
}

# refused WORDS ARGUMENT... - in one line, which has the words, before the terminal is taken.
refused() {
	local words=$1
	shift
	tui_start "$VMAPVIEW" -i "$@"
	tui_wait '^exit=1'
	[[ $(vt capture-pane -pJ | sed '/^exit=/,$d; s/ *$//') == "vmapview: $words" ]]
	terminal_is_whole
	tui_stop
}

@test "what is wrong is said in one line, and the terminal left alone" {
	refused '--list balance: the interactive view has no screen of that' --list balance maps
	refused "--list: 'x' is none of regions, objects, classes, processes, changes, balance" --list x maps
	refused '--list processes takes no target' --list processes maps
	refused '--list changes takes no --filter with -i' --list changes --filter 'rss > 1' maps
	refused "no such column: '' (see --list-columns)" -o '' maps
	refused "the interactive view has no column 'Nonsense' (see --list-columns)" -o Nonsense maps
	refused "no such column: 'nonsense' (see --list-columns)" --list changes -o nonsense maps
	refused 'of the options of lists, -i takes -o, --list, --sort and --filter' --json maps
	refused '-: standard input is the terminal, not a map' -
	tui_start "$VMAPVIEW" -i maps --filter 'size > x'
	tui_wait '^vmapview: --filter: '
	tui_wait '^exit=1'
}

@test "a map on standard input, and keys from the terminal" {
	local ways=('cat maps | "$0" -i -' '"$0" -i - < maps' '"$0" -i - --list classes < maps') way
	for way in "${ways[@]}"; do
		tui_start bash -c "$way" "$VMAPVIEW"
		tui_wait ' saved$'
		tui_tab Regions
		tui_wait '\[stack\]'
		tui_keys j
		tui_wait ' 2/4$'
		tui_keys q
		tui_wait '^exit=0'
		terminal_is_whole
		tui_stop
	done
}

@test "standard input without a terminal for keys" {
	run setsid -w "$VMAPVIEW" -i - < maps
	echo "$output"
	[[ $status == 1 && $output == 'vmapview: '*[Nn]'o such device or address' ]]
	run setsid -w "$VMAPVIEW" -i - < /dev/null
	[[ $status == 1 ]]
}
