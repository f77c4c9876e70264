#!/usr/bin/env bats
# What could not be read or done is said for what it is, in one line, and the exit status says so too.

# shellcheck disable=SC2154 # common.bash sets started; run --separate-stderr sets stderr
bats_require_minimum_version 1.5.0
load common

setup() {
	make_play
	cd "$PLAY" || return
	grep -v '^ffff' /proc/self/maps > saved
}

teardown() { drop_play; }

# says STATUS REGEX COMMAND... - it ends so, with one line on standard error that matches.
says() {
	run --separate-stderr "${@:3}"
	[[ $status == "$1" && $stderr =~ $2 && $stderr != *$'\n'* ]] || {
		echo "${*:3}: $status, $stderr"
		return 1
	}
}

@test "an incomplete snapshot is never taken for a whole one" {
	local option incomplete='^vmapview: torn\.json(@1)?: an incomplete snapshot: '
	"$VMAPVIEW" --json saved > whole.json
	sed 's/"torn": *false/"torn":true/' whole.json > torn.json
	for option in -q -x -X -XX -d --summary --json '-o address' '--format csv' '--format prometheus' \
		'--filter size>0 -o size'; do
		# shellcheck disable=SC2086 # words
		says 1 "$incomplete" "$VMAPVIEW" $option torn.json
		[[ -n $output ]] # what is there is shown all the same
	done
	says 1 "$incomplete" "$VMAPVIEW" saved torn.json
	says 1 'standard input: an incomplete' "$VMAPVIEW" - < torn.json
	says 2 "$incomplete" "$VMAPVIEW" --diff torn.json whole.json
	says 2 "$incomplete" "$VMAPVIEW" --diff whole.json torn.json
	says 1 "$incomplete" "$VMAPVIEW" --record record.json torn.json
	[[ ! -e record.json ]]
	says 1 "$incomplete" "$VMAPVIEW" --json --output-file file torn.json
	[[ ! -e file ]]
	# Of a record, the one that is asked for.
	python3 -c 'import json, sys
for name in sys.argv[1:]: print(json.dumps(json.load(open(name))))' torn.json whole.json > record.json
	"$VMAPVIEW" record.json > /dev/null
	says 1 'record\.json@1: an incomplete' "$VMAPVIEW" record.json@1
	# It says so of itself wherever "torn" is.
	python3 -c 'import json
d = json.load(open("torn.json")); torn = d.pop("torn"); d["torn"] = torn
json.dump(d, open("torn.json", "w"), indent=3)'
	says 1 "$incomplete" "$VMAPVIEW" torn.json
}

@test "a process whose counters can't be read to their end makes an incomplete snapshot" {
	export WORLD=$PLAY/world
	make_world "$WORLD"
	skip_unless_frozen
	add_process "$WORLD" 10 <<- 'EOF2'
		cmdline: prog\0
		00400000-00402000 r-xp 00000000 08:01 7 /usr/bin/prog
		01000000-01800000 rw-p 00000000 00:00 0 [heap]
		7f0000000000-7f0000010000 rw-s 00001000 08:01 123456 /srv/data
	EOF2
	sed -i '30i this is no line of smaps' "$WORLD/10/smaps"
	frozen_run vmapview --json 10
	[[ $status == 1 && $output == *'"torn":true'* ]]
	printf '%s\n' "$output" > torn.json
	says 1 'torn\.json: an incomplete snapshot' "$VMAPVIEW" torn.json
}
