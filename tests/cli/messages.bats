#!/usr/bin/env bats
# Each failure is reported as what it is, in one line, and shows in the exit status.

# shellcheck disable=SC2154 # common.bash sets started; run --separate-stderr sets stderr
bats_require_minimum_version 1.5.0
load common

setup() {
	make_play
	cd "$PLAY" || return
	grep -v '^ffff' /proc/self/maps > saved
}

teardown() { drop_play; }

# says STATUS REGEX COMMAND... - check its status, and its one line on standard error.
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
	# In a record, only the wanted snapshot counts.
	python3 -c 'import json, sys
for name in sys.argv[1:]: print(json.dumps(json.load(open(name))))' torn.json whole.json > record.json
	"$VMAPVIEW" record.json > /dev/null
	says 1 'record\.json@1: an incomplete' "$VMAPVIEW" record.json@1
	# The snapshot says so, wherever "torn" stands in it.
	python3 -c 'import json
d = json.load(open("torn.json")); torn = d.pop("torn"); d["torn"] = torn
json.dump(d, open("torn.json", "w"), indent=3)'
	says 1 "$incomplete" "$VMAPVIEW" torn.json
}

@test "a process whose counters can't be read to their end makes an incomplete snapshot" {
	make_small_world
	sed -i '30i this is no line of smaps' "$WORLD/10/smaps"
	frozen_run vmapview --json 10
	[[ $status == 1 && $output == *'"torn":true'* ]]
	printf '%s\n' "$output" > torn.json
	says 1 'torn\.json: an incomplete snapshot' "$VMAPVIEW" torn.json
}

@test "--diff: trouble of any kind is 2, never \"they differ\"" {
	says 2 'takes two targets' "$VMAPVIEW" --diff saved
	run --separate-stderr "$VMAPVIEW" --nonsense --diff saved saved
	[[ $status == 2 ]]
	run --separate-stderr "$VMAPVIEW" --at -- --diff # of another command
	[[ $status == 1 ]]
	# A file that is not a library, under the name that the program asks for.
	local library
	library=$(grep -aom 1 'libjson-c\.so\.[0-9]*' "$VMAPVIEW" | head -n 1)
	[[ -n $library ]]
	mkdir lib
	echo 'no library' > "lib/$library"
	"$VMAPVIEW" --json saved > whole.json
	says 2 'cannot load a library: ' env LD_LIBRARY_PATH="$PLAY/lib" "$VMAPVIEW" --diff whole.json saved
	says 1 'cannot load a library: ' env LD_LIBRARY_PATH="$PLAY/lib" "$VMAPVIEW" whole.json
}

@test "--diff: without memory it is 2" {
	[[ ${SANITIZERS:-no} != yes ]] || skip "the sanitizers take all of it"
	awk 'BEGIN { for (i = 1; i < 400000; i++)
		printf "%08x-%08x rw-p 00000000 00:00 0 /a/name/of/some/length/%d\n", i * 8192, i * 8192 + 4096, i }' > many
	# shellcheck disable=SC2016 # expanded in there
	says 2 '^vmapview: out of memory$' bash -c 'ulimit -v 60000; exec "$0" --diff many many' "$VMAPVIEW"
}

@test "too few descriptors are not a lack of rights, nor an empty list" {
	local most option lacking=0
	"$VMAPVIEW" --json saved > whole.json
	for most in 3 4 5 6 7; do
		for option in '--summary saved' '-x saved' '-x whole.json' '--diff saved whole.json' \
			'--json --output-file file saved' '--record record saved' --all; do
			status=0
			# shellcheck disable=SC2086 # words
			prlimit --nofile=$most "$VMAPVIEW" $option > output 2> errors 3>&- || status=$?
			if ((status)); then
				# The dynamic linker has words of its own.
				lacking=$((lacking + 1))
				((status == 127)) || grep -q 'Too many open files' errors ||
					{ echo "$most: $option: $status, $(cat errors)"; return 1; }
			elif [[ $option == --all ]]; then
				grep -q 'bats' output
			fi
		done
	done
	((lacking > 5))
}

@test "too few descriptors never lower evidence without a word" {
	local most same=0 told=0
	start python3 -c 'import mmap, sys, threading, time
m = mmap.mmap(-1, 8192)
for i in range(2): threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()
open(sys.argv[1], "w").close()
time.sleep(1000)' "$PLAY/up"
	wait_until test -e "$PLAY/up"
	stop_process "$started"
	"$VMAPVIEW" -o address,class,part,why "$started" > whole
	for ((most = 3; same < 8; most++)); do
		((most < 64))
		status=0
		prlimit --nofile=$most "$VMAPVIEW" -o address,class,part,why "$started" \
			> output 2> errors 3>&- || status=$?
		if cmp -s output whole; then
			same=$((same + 1))
			[[ $status == 0 && ! -s errors ]] || grep -q 'Too many open files' errors
		elif ((status == 0)); then
			told=$((told + 1))
			[[ $(cat errors) == "vmapview: $started: some facts could not be read,"*": Too many open files" ]]
		fi
	done
	((told > 0))
	# Whoever sees the map hears of it, once.
	for most in 7 8; do
		prlimit --nofile=$most "$VMAPVIEW" --summary "$started" 2> errors 3>&- || continue
		[[ $(grep -c 'less certain' errors) == 1 ]]
	done
}

@test "a terminal that nobody named" {
	local unnamed='unknown terminal: TERM is not set'
	# shellcheck disable=SC2016
	on_terminal() {
		run python3 -c 'import os, pty, sys
sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))' env "$@" "$VMAPVIEW" -i saved < /dev/null
		output=${output%$'\r'}
	}
	on_terminal -u TERM
	[[ $status == 1 && $output == "vmapview: $unnamed" ]]
	on_terminal TERM=
	[[ $status == 1 && $output == "vmapview: $unnamed" ]]
	on_terminal TERM=nonsense
	[[ $status == 1 && $output == "vmapview: the terminal 'nonsense' is not known"* ]]
}

@test "files need no /proc" {
	[[ ${SANITIZERS:-no} != yes ]] || skip "the sanitizers need /proc themselves"
	mkdir -p "$WORLD/.real"
	skip_unless_frozen
	"$VMAPVIEW" --json saved > whole.json
	local option
	for option in '-x saved' '--summary whole.json' '--diff saved whole.json' \
		'--json --output-file file saved' '--record record saved'; do
		# shellcheck disable=SC2086 # words
		frozen_run vmapview $option
		[[ $status == 0 && -z $errors ]] || { echo "$option: $status, $errors"; return 1; }
	done
	cmp file whole.json
	[[ $(wc -l < record) == 1 ]]
	for option in "$$" "--diff saved $$" "--record record $$" --all; do
		# shellcheck disable=SC2086 # words
		frozen_run vmapview $option
		[[ $status != 0 && $errors == *"/proc"* ]]
	done
}

@test "memory of a core file that can't be read is said" {
	command -v gcore || skip "no gcore"
	command -v strace || skip "no strace"
	[[ ${SANITIZERS:-no} != yes ]] || skip "no leak check under strace"
	start sleep 1000
	wait_until in_state "$started" S
	timeout 60 gcore -o core "$started" < /dev/null > gcore.log 2>&1 || skip "gcore: $(tail -n 1 gcore.log)"
	strace -f -o trace -e trace=pread64 "$VMAPVIEW" -o why "core.$started" > output ||
		skip "strace: it may not trace here"
	# The first page of an ELF file, and all after it.
	local first
	first=$(grep pread64 trace | grep -n '"\\177ELF.*, 4096, ' | head -n 1 | cut -d : -f 1)
	[[ -n $first ]]
	says 1 "cannot read memory in core\.$started: Input/output error" strace -f -o trace -e trace=pread64 \
		-e "inject=pread64:error=EIO:when=$first+" "$VMAPVIEW" -o why "core.$started"
	[[ ${#lines[@]} == "$(wc -l < output)" ]]
}

# name_map FILE NAME... - a saved map of regions with these names.
name_map() {
	local start=4096 name
	for name in "${@:2}"; do
		printf '%08x-%08x r--p 00000000 fe:00 %d /tmp/%s\n' $start $((start + 4096)) $start "$name"
		((start += 8192))
	done > "$1"
}

@test "the locale decides about names, wherever text goes" {
	local option
	name_map names $'sch\303\266n' $'b\377d'
	for option in -p -x -d '-o path' --summary '--group object -o object' '--diff saved' sch$'\303\266'n; do
		# shellcheck disable=SC2086 # words
		LC_ALL=C "$VMAPVIEW" $option names > output 2> errors || :
		[[ -s output && -z $(LC_ALL=C grep -a $'[\200-\377]' output errors) ]] ||
			{ echo "C: $option"; cat output errors; return 1; }
	done
	for option in -X '-o path' '--group object -o object' '--diff saved'; do
		# shellcheck disable=SC2086 # words
		LC_ALL=C.UTF-8 "$VMAPVIEW" $option names > output || :
		grep -q 'schön' output
		[[ -z $(LC_ALL=C grep -a $'\377' output) ]]
	done
	# The rest is for programs.
	for option in --json '--format csv -o path' '--format prometheus' '--diff -J saved'; do
		# shellcheck disable=SC2086 # words
		{
			LC_ALL=C "$VMAPVIEW" $option names > output || :
			LC_ALL=C.UTF-8 "$VMAPVIEW" $option names > other || :
		}
		cmp output other
	done
	"$VMAPVIEW" --format csv -o path names | grep -q 'schön'
	# A file gets the same as a pipe.
	LC_ALL=C "$VMAPVIEW" -o path --output-file file names
	LC_ALL=C "$VMAPVIEW" -o path names | cmp - file
}

@test "an eight-bit locale has its own letters" {
	localedef -i en_US -f ISO-8859-1 "$PLAY/latin1" > why 2>&1 || [[ -e latin1/LC_CTYPE ]] ||
		skip "no such locale can be made here: $(tail -n 1 why)"
	name_map names $'sch\366n\205\255'
	LOCPATH=$PLAY LC_ALL=latin1 "$VMAPVIEW" -o path names > output
	LC_ALL=C grep -qa $'^/tmp/sch\366n\\\\205\\\\255' output
}

@test "what is invisible is shown, as Unicode lists it" {
	perl -CS -e 'for my $c (0x80 .. 0x10ffff) {
		next if $c >= 0xd800 && $c < 0xe000 || chr($c) !~ /\p{Default_Ignorable_Code_Point}/;
		$n += 4096;
		printf "%08x-%08x r--p 00000000 fe:00 %d /tmp/name%s\n", $n, $n + 4096, $c, chr $c }' > names || skip "this perl does not know Unicode"
	(($(wc -l < names) > 4000))
	"$VMAPVIEW" -o path --no-headings names > output
	[[ $(wc -l < output) == $(wc -l < names) ]]
	grep -vE '^/tmp/name(\\[0-7]{3})+$' output && return 1
	"$VMAPVIEW" -Xq names > output
	[[ -z $(LC_ALL=C grep -a $'[\200-\377]' output) ]]
}
