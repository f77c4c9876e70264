#!/usr/bin/env bats
# Our own tables: columns, filters, groups, formats.  On frozen processes against golden files, on
# a stopped one against the kernel's own sums.
#
# 1500 names of all sorts, 3232 a 32-bit process, 4242 a large one, 2632 an old kernel's, 7000 one of
# the future.  UPDATE_GOLDEN=1 writes the golden files anew.

# shellcheck disable=SC2154 # common.bash sets errors and started
load common

GOLDEN=$TOP_SRCDIR/tests/fixtures/golden

setup_file() {
	local name
	make_play
	make_world "$WORLD"
	for name in names thirtytwo large oldkernel newkernel kthread; do
		add_fixture "$WORLD" $name
	done
}

teardown_file() { drop_play; }

# shown OPTION... - what we print of frozen processes, in $output; must succeed.
shown() {
	skip_unless_frozen
	frozen_run vmapview "$@"
	[[ $status -eq 0 ]] || { cat "$PLAY/errors"; return 1; }
}

# same_everywhere - without what is the machine's: time, kernel, minor numbers, our version.
same_everywhere() {
	sed -E 's/"(time|kernel|generator)":("[^"]*"|null)/"\1":"-"/g; s/"(shm|huge)_minor":[0-9]+/"\1_minor":0/
		s/"device":"00:[0-9a-f]+"/"device":"00:00"/' "$PLAY/output"
}

# golden NAME OPTION... - the output is that of the file.
golden() {
	local name=$1
	shift
	shown "$@"
	same_everywhere > "$PLAY/got"
	[[ -z ${UPDATE_GOLDEN:-} ]] || cp "$PLAY/got" "$GOLDEN/$name"
	diff -u "$GOLDEN/$name" "$PLAY/got"
}

@test "golden: the default table, plain and human" {
	golden names.table --format table 1500
	golden names.bytes --bytes 1500
}

@test "golden: summaries, groups, several targets" {
	golden large.summary --summary 4242
	golden large.object --group object --no-headings 4242
	golden two.part --group part -o size,rss 3232 1500
}

@test "LazyFree is in a summary where there is any, and always where programs read it" {
	local head=$'1000-9000 rw-p 00000000 00:00 0 \nSize: 32 kB\nRss: 16 kB\nLazyFree: '
	echo "$head"'8 kB' > "$BATS_TEST_TMPDIR/some"
	echo "$head"'0 kB' > "$BATS_TEST_TMPDIR/none"
	run "$VMAPVIEW" --summary "$BATS_TEST_TMPDIR/some"
	[[ ${lines[0]} == *' LazyFree'* && ${lines[1]} == 'anon '*' 8K '* ]]
	run "$VMAPVIEW" --summary "$BATS_TEST_TMPDIR/none"
	[[ $status -eq 0 && $output != *LazyFree* ]]
	# Each of several has its own.
	run "$VMAPVIEW" --summary "$BATS_TEST_TMPDIR"/{none,some,none}
	[[ $(grep -c LazyFree <<< "$output") == 1 ]]
	run "$VMAPVIEW" -o notes --no-headings "$BATS_TEST_TMPDIR/some"
	[[ $output == lazyfree ]]
	diff <("$VMAPVIEW" --format csv --summary "$BATS_TEST_TMPDIR/some" | head -n 1) \
		<("$VMAPVIEW" --format csv --summary "$BATS_TEST_TMPDIR/none" | head -n 1)
}

# limit NUMBER - let the kernel of the frozen processes have that vm.max_map_count.
limit() {
	[[ ! -L $WORLD/sys ]] || rm "$WORLD/sys"
	mkdir -p "$WORLD/sys/vm"
	echo "$1" > "$WORLD/sys/vm/max_map_count"
}

@test "a process near the limit of its regions" {
	local regions how
	regions=$(wc -l < "$WORLD/1500/maps")
	limit $((regions * 5 / 4))
	shown --summary 1500
	[[ $(tail -n 1 "$PLAY/output") == "$regions of at most $((regions * 5 / 4)) regions ($((regions * 100 / (regions * 5 / 4))) % of vm.max_map_count)" ]]
	# What is filtered is not what is counted.
	shown --summary --filter heap 1500
	[[ $(tail -n 1 "$PLAY/output") == "$regions of at most "* ]]
	for how in '-o class' '--summary --no-headings' '--format csv' '--summary --json'; do
		# shellcheck disable=SC2086 # options
		shown $how 1500
		[[ $(grep -c 'at most' "$PLAY/output") == 0 ]]
	done
	limit $((regions * 5 / 4 + 2))
	shown --summary 1500
	[[ $(grep -c 'at most' "$PLAY/output") == 0 ]]
	shown --format prometheus -o regions 1500
	grep -qx "vmapview_max_regions $((regions * 5 / 4 + 2))" "$PLAY/output"
	grep -qx '# TYPE vmapview_max_regions gauge' "$PLAY/output"
	rm -r "$WORLD/sys"
	shown --format prometheus -o regions 1500
	[[ $(grep -c max_regions "$PLAY/output") == 0 ]]
}

@test "golden: JSON" {
	golden names.json --json 1500
	golden names.rows.json --json -o address,size,rss,path,class 1500
}

@test "golden: CSV" {
	golden names.csv --format csv -o address,size,rss,perms,inode,path 1500
}

@test "golden: Prometheus" {
	limit 65530
	golden two.prom --format prometheus 3232 1500
}

@test "what is cut on a terminal is whole in a pipe" {
	shown -o address,path 1500
	[[ $(grep -c '…' <<< "$output") -eq 0 ]]
	[[ $(wc -l < "$PLAY/output") -eq $(($(wc -l < "$WORLD/1500/maps") + 1)) ]]
}

@test "a terminal's lines are as wide as it, at most" {
	command -v script || skip "no script(1)"
	skip_unless_frozen
	frozen_run script -qec "stty cols 50; vmapview --color=never -o address,size,rss,path 1500" /dev/null
	[[ $status -eq 0 ]]
	tr -d '\r' < "$PLAY/output" > "$PLAY/screen"
	[[ $(wc -l < "$PLAY/screen") -gt 5 && $(LC_ALL=C.UTF-8 wc -L < "$PLAY/screen") -le 50 ]]
	grep -q '…' "$PLAY/screen"
}

@test "so are those of a diff and of the processes, and what is cut is marked" {
	command -v script || skip "no script(1)"
	skip_unless_frozen
	# The last column has eight columns at least, those before it are never cut.
	frozen_run env LC_ALL=C.UTF-8 script -qec "stty cols 80; vmapview --diff 3232 4242" /dev/null
	tr -d '\r' < "$PLAY/output" > "$PLAY/screen"
	[[ $(wc -l < "$PLAY/screen") -gt 20 && $(LC_ALL=C.UTF-8 wc -L < "$PLAY/screen") -le 80 ]]
	grep -q '…$' "$PLAY/screen"
	start bash -c 'exec -a "$(printf "%0300d" 1)" sleep 1000'
	wait_until grep -q 0000 "/proc/$started/cmdline"
	LC_ALL=C.UTF-8 script -qec "stty cols 80; '$VMAPVIEW' --all" /dev/null < /dev/null |
		tr -d '\r' > "$PLAY/screen"
	[[ $(LC_ALL=C.UTF-8 wc -L < "$PLAY/screen") -eq 80 ]]
	grep -q '…$' "$PLAY/screen"
	LC_ALL=C script -qec "stty cols 80; '$VMAPVIEW' --all" /dev/null < /dev/null |
		tr -d '\r' > "$PLAY/screen"
	grep -q '\.\.\.$' "$PLAY/screen"
}

@test "zero is quiet, unknown is a dash, and --bytes says 0" {
	shown -o rss,ksm,size 2632
	[[ $(awk 'NR > 1 { print $2 }' "$PLAY/output" | sort -u) == - ]]
	shown -o swap,size --filter 'swap = 0' 4242
	[[ $(awk 'NR > 1 { print $1 }' "$PLAY/output" | sort -u) == . ]]
	shown --bytes -o swap,size --filter 'swap = 0' 4242
	[[ $(awk 'NR > 1 { print $1 }' "$PLAY/output" | sort -u) == 0 ]]
}

@test "the total row adds up what can be added up" {
	local column
	for column in size rss pss uss; do
		shown --bytes -o "$column,address" 4242
		awk 'NR == 1 { next } $2 == "total" { total = $1; next } { sum += $1 }
			END { print sum, total; exit sum != total + 0 || !sum }' "$PLAY/output"
	done
}

@test "groups add up to the whole" {
	local group whole
	shown --bytes --no-headings -o size,rss,pss,swap 4242
	whole=$(awk '{ for (i = 1; i <= 4; i++) s[i] += $i } END { print s[1], s[2], s[3], s[4] }' "$PLAY/output")
	for group in class object part perms; do
		shown --bytes --no-headings --group "$group" -o size,rss,pss,swap,"$group" 4242
		echo "$group: $(wc -l < "$PLAY/output") rows"
		[[ $(awk '{ for (i = 1; i <= 4; i++) s[i] += $i } END { print s[1], s[2], s[3], s[4] }' \
			"$PLAY/output") == "$whole" ]]
	done
}

@test "filters take what smaps says they should" {
	shown --bytes --no-headings -o rss --filter 'rss > 100K' 4242
	diff <(sort -n "$PLAY/output" | tr -d ' ') \
		<(awk '$1 == "Rss:" && $2 > 100 { print $2 * 1024 }' "$WORLD/4242/smaps" | sort -n)
}

@test "-A limits tables as it limits pmap's text" {
	local low high
	low=$(awk -F- 'NR == 3 { print $1 }' "$WORLD/3232/maps")
	high=$(awk -F- 'NR == 6 { print $1 }' "$WORLD/3232/maps")
	shown --no-headings -o address -A "$low,$high" 3232
	diff <(sed 's/^0*//' "$PLAY/output") <(sed -n '3,6s/-.*//; 3,6s/^0*//p' "$WORLD/3232/maps")
}

@test "sorting" {
	shown --bytes --no-headings -o size --sort=-size 4242
	sort -rnc "$PLAY/output"
	shown --bytes --no-headings -o class,rss --sort class,-rss 4242
	LC_ALL=C sort -c -k1,1 -k2,2rn "$PLAY/output"
}

@test "counters that we do not know are columns, too" {
	local field
	field=$(awk -F: '/kB$/ { print $1 }' "$WORLD/7000/smaps" | sort -u |
		while read -r name; do
			"$VMAPVIEW" --list-columns | awk -v n="${name,,}" '$1 == n { found = 1 } END { exit found }' &&
				echo "$name"
		done | grep -v '^Size$' | head -n 1)
	[[ -n $field ]] || skip "the fixture has none"
	shown --bytes --no-headings -o "${field^^}" 7000
	diff <(tr -d ' ' < "$PLAY/output") <(awk -v n="$field:" '$1 == n { print $2 * 1024 }' "$WORLD/7000/smaps")
}

@test "columns that are nowhere are refused" {
	skip_unless_frozen
	frozen_run vmapview -o nosuch 4242
	[[ $status -eq 1 && -z $output && $errors == *"no such column: 'nosuch'"* ]]
	frozen_run vmapview --sort 'no such' 4242
	[[ $status -eq 1 && -z $output && $errors == *"no such column to sort by"* ]]
}

@test "an error in a filter has a caret under its place" {
	run "$VMAPVIEW" --filter 'rss > 1M and (class = anon' 1
	[[ $status -eq 1 ]]
	[[ $output == *"this is not closed"*$'\n  rss > 1M and (class = anon\n               ^' ]]
	# Under the character, however wide what stands before is, and however it is spelled.
	run env LC_ALL=C.UTF-8 "$VMAPVIEW" --filter $'path = "\t日本\xff" rss' 1
	[[ $output == *$'\n  path = "\\011日本\\377" rss\n                        ^' ]]
	run "$VMAPVIEW" --filter 'rss > 1 or clas = lib' 1
	[[ $output == *"no such column"*$'\n  rss > 1 or clas = lib\n             ^' ]]
	# Within a regular expression, too.
	run "$VMAPVIEW" --filter 'path ~ "so|[[:foo:]]"' 1
	[[ $output == *"there is no such character class"*$'\n  path ~ "so|[[:foo:]]"\n              ^' ]]
}

@test "tables and pmap's modes exclude each other" {
	local mode option
	for mode in -x -X -XX -d -c; do
		for option in '-o rss' --summary --json --bytes '--filter rss>1'; do
			# shellcheck disable=SC2086
			run "$VMAPVIEW" $mode $option $$
			[[ $status -eq 1 && $output == *"can't be combined"* ]]
		done
	done
}

@test "only what is shown is read" {
	command -v strace || skip "no strace"
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=openat -o "$PLAY/trace" "$VMAPVIEW" -o address,perms,path $$ > /dev/null
	grep -q '"maps"' "$PLAY/trace"
	[[ $(grep -c '"smaps"' "$PLAY/trace") -eq 0 ]]
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=openat -o "$PLAY/trace" "$VMAPVIEW" -o address --filter 'rss > 1' $$ > /dev/null
	grep -q '"smaps"' "$PLAY/trace"
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=openat -o "$PLAY/trace" "$VMAPVIEW" -o address --sort=-rss $$ > /dev/null
	grep -q '"smaps"' "$PLAY/trace"
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=openat -o "$PLAY/trace" "$VMAPVIEW" --group class -o size,regions --sort=-size $$ > /dev/null
	[[ $(grep -c '"smaps"' "$PLAY/trace") -eq 0 ]]
}

@test "exit status: one of two is not there" {
	skip_unless_frozen
	frozen_run vmapview --format csv -o address 3232 999999
	[[ $status -eq 42 && $errors == *"999999: no such process"* ]]
	[[ $(wc -l < "$PLAY/output") -eq $(($(wc -l < "$WORLD/3232/maps") + 1)) ]]
}

@test "--output-file replaces whole files, and only with something" {
	local file=$PLAY/scratch/out.csv
	echo old > "$file"
	run "$VMAPVIEW" --format csv --output-file "$file" 4194305 # no kernel gives that number
	[[ $status -eq 42 && $(cat "$file") == old ]]
	"$VMAPVIEW" --format csv --output-file "$file" $$
	[[ $(head -c 7 "$file") == address ]]
	[[ $(find "$PLAY/scratch" -name 'out.csv*' | wc -l) -eq 1 ]]
	run "$VMAPVIEW" --json --output-file "$PLAY/nowhere/x" $$
	[[ $status -eq 1 && $output == *"cannot write"* ]]
	"$VMAPVIEW" --json --output-file /dev/null $$
	[[ -c /dev/null ]]
}

@test "--output-file: what is closed stays closed, links stay links" {
	local dir=$PLAY/scratch
	echo secret > "$dir/closed"
	chmod 600 "$dir/closed"
	ln -s closed "$dir/link"
	"$VMAPVIEW" --json --output-file "$dir/link" $$
	[[ -L $dir/link && $(stat -c %a "$dir/closed") == 600 ]]
	grep -q vmapview-snapshot "$dir/closed"
	ln -s nowhere "$dir/dangling"
	run "$VMAPVIEW" --json --output-file "$dir/dangling" $$
	[[ $status -eq 1 && $output == *"cannot write"* && -L $dir/dangling && ! -e $dir/nowhere ]]
}

@test "--output-file takes processes and files together" {
	cat "/proc/$$/maps" > "$PLAY/scratch/saved"
	"$VMAPVIEW" --format csv --output-file "$PLAY/scratch/both" $$ "$PLAY/scratch/saved"
	[[ $(cut -d , -f 1 "$PLAY/scratch/both" | uniq) == "target"*"$$"*"$PLAY/scratch/saved" ]]
	"$VMAPVIEW" --format csv --output-file "$PLAY/scratch/both" "$PLAY/scratch/saved" $$
	[[ $(cut -d , -f 1 "$PLAY/scratch/both" | uniq) == "target"*"$PLAY/scratch/saved"*"$$" ]]
}

@test "--output-file: nothing is left of one that is killed" {
	local dir=$PLAY/scratch/killed victim
	mkdir "$dir"
	python3 -c 'import os, sys; os.open(sys.argv[1], os.O_TMPFILE | os.O_WRONLY)' "$dir" ||
		skip "this file system has no nameless files"
	echo old > "$dir/try"
	mkfifo "$PLAY/pipe"
	"$VMAPVIEW" --json --output-file "$dir/try" "$PLAY/pipe" 3>&- &
	victim=$!
	exec {hold}> "$PLAY/pipe" # it has opened what it reads, and so what it writes
	echo '00400000-00401000 r-xp 00000000 00:00 0' >&"$hold"
	kill -TERM "$victim"
	wait "$victim" || :
	exec {hold}>&-
	[[ $(ls -A "$dir") == try && $(cat "$dir/try") == old ]]
}

@test "a full disk is an error and leaves the old file" {
	[[ -w /dev/full ]] || skip "no /dev/full"
	run "$VMAPVIEW" --json --output-file /dev/full $$
	[[ $status -eq 1 && $output == *"write error"* ]]
	# A limit on the size of files stands for a full disk: part of the write succeeds.
	mkdir "$PLAY/scratch/full"
	echo old > "$PLAY/scratch/full/file"
	run bash -c 'ulimit -f 1; exec "$0" --json --output-file "$1" $$' \
		"$VMAPVIEW" "$PLAY/scratch/full/file"
	[[ $status -eq 1 && $output == *"File too large"* ]]
	[[ $(ls -A "$PLAY/scratch/full") == file && $(cat "$PLAY/scratch/full/file") == old ]]
}

@test "classes add up to the kernel's rollup" {
	local pid column field
	start sleep 1000
	pid=$started
	wait_until grep -q sleep "/proc/$pid/comm"
	stop_process "$pid"
	[[ -r /proc/$pid/smaps_rollup ]] || skip "no smaps_rollup"
	for column in rss:Rss anonymous:Anonymous swap:Swap private_dirty:Private_Dirty; do
		field=${column#*:} column=${column%:*}
		[[ $("$VMAPVIEW" --bytes --group class -o "$column,class" --no-headings "$pid" |
			awk '{ s += $1 } END { print s / 1024 }') -eq \
			$(awk -v n="$field:" '$1 == n { print $2 }' "/proc/$pid/smaps_rollup") ]]
	done
}

@test "the help fits a terminal and names all options" {
	local option
	"$VMAPVIEW" --help > "$PLAY/help"
	[[ $(wc -L < "$PLAY/help") -le 80 ]]
	for option in output sort filter group summary format json diff watch record all color; do
		grep -q -e "--$option" "$PLAY/help"
	done
}

@test "--output-file keeps a private file private" {
	local file=$PLAY/private mode
	for mode in 600 640 644; do
		echo old > "$file"
		chmod $mode "$file"
		"$VMAPVIEW" --json --output-file "$file" $$
		[[ $(stat -c %a "$file") == "$mode" && $(head -c 1 "$file") == '{' ]]
	done
}

@test "--output-file is led by no link of others in a directory like /tmp" {
	is_root || skip "not root"
	[[ $(cat /proc/sys/fs/protected_symlinks) == 1 ]] || skip "the kernel lets them"
	echo precious > "$PLAY/precious"
	"${AS_NOBODY[@]}" ln -s "$PLAY/precious" "$PLAY/scratch/link"
	run "$VMAPVIEW" --json --output-file "$PLAY/scratch/link" $$
	[[ $status == 1 && $output == *'Permission denied' ]]
	[[ $(cat "$PLAY/precious") == precious && -L $PLAY/scratch/link ]]
	ln -s "$PLAY/precious" "$PLAY/link"
	"$VMAPVIEW" --json --output-file "$PLAY/link" $$
	[[ $(head -c 1 "$PLAY/precious") == '{' && -L $PLAY/link ]]
}

@test "an ambiguous option could be those of the help, and no others" {
	local name n words ambiguous=0
	"$VMAPVIEW" --help | grep -oE -- '--[a-z-]+' | sort -u > "$PLAY/names"
	while read -r name; do
		for ((n = 3; n < ${#name}; n++)); do
			"$VMAPVIEW" "${name:0:n}" > "$PLAY/output" 2> "$PLAY/errors" < /dev/null || :
			words=$(sed -n "1s/.* is ambiguous; possibilities: //p" "$PLAY/errors" | tr -d "'")
			[[ -n $words ]] || continue
			tr ' ' '\n' <<< "$words" | sort > "$PLAY/words"
			grep "^${name:0:n}" "$PLAY/names" | diff - "$PLAY/words"
			ambiguous=$((ambiguous + 1))
		done
	done < "$PLAY/names"
	((ambiguous > 5))
}

@test "each line of the cookbook works" {
	run bash "$TOP_SRCDIR/docs/cookbook.sh"
	[ "$status" -eq 0 ] || { echo "$output"; return 1; }
}

# recipe WORD - run the line of the cookbook that has it, about $pid.
recipe() {
	local line
	line=$(grep -F -e "$1" "$TOP_SRCDIR/docs/cookbook.md" | sed -n 's/^    \$ vmapview//p')
	[[ -n $line && $line != *$'\n'* ]] || return 1
	pid=$pid bash -c "\"\$0\" $line" "$VMAPVIEW"
}

@test "the cookbook finds what it promises, and that only" {
	start python3 -c '
import ctypes, mmap, os, sys, time
f = open(sys.argv[1], "w+b")
f.truncate(65536)
kept = [mmap.mmap(f.fileno(), 65536), mmap.mmap(-1, 8192), mmap.mmap(-1, 4096, mmap.MAP_PRIVATE, 7)]
os.unlink(sys.argv[1])
memory = os.memfd_create("memory")
os.ftruncate(memory, 8192)
kept.append(mmap.mmap(memory, 8192))
ctypes.CDLL(None).prctl(15, b"ready", 0, 0, 0)
time.sleep(1000)' "$PLAY/scratch/old.log"
	pid=$started
	wait_until grep -q ready "/proc/$pid/comm"
	grep -q '/dev/zero (deleted)' "/proc/$pid/maps"
	recipe 'deleted' > "$PLAY/output"
	[[ $(awk 'NR > 1 { print $2, $3 }' "$PLAY/output" | xargs) == "64K $PLAY/scratch/old.log 64K" ]]
	recipe 'perms ~ wx' > "$PLAY/output"
	diff <(awk 'NR > 1 { print $1, $2 }' "$PLAY/output") \
		<(sed -nE 's/^([0-9a-f]+)-[^ ]+ (.wx.) .*/\1 \2/p' "/proc/$pid/maps")
	[[ $(wc -l < "$PLAY/output") -eq 2 ]]
	recipe 'inode = -' > "$PLAY/output"
	[[ $(grep -c '^ *[0-9a-f]* ' <(tail -n +2 "$PLAY/output" | grep -v total)) -eq \
		$(awk '$5 == 0' "/proc/$pid/maps" | wc -l) ]]
}
