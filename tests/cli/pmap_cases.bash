# shellcheck shell=bash
# The batches of comparisons with pmap on frozen processes; run by frozen() of common.bash, with
# the functions of compare.bash at hand.

# One word: the options.  Split at blanks.
PLAIN_SETS=(
	'' -q -p -qp -pq '-q -p' --quiet --show-path '--quiet --show-path'
	-x -xq -qx -xp -px -xqp '-x -q -p' --extended '--extended --quiet' '-x -x'
	-d -dq -qd -dp -pd -dqp '-d -q -p' --device '--device --show-path' '-d -d'
	-Xq -qX -Xqp '-X -q -p' '-X --quiet'
	-XXq -qXX -XXqp '-XX -q' '-X -X -q' '-X -q -X' '-XXX -q'
)
# With a footer that adds up whatever is shown, keys and page sizes too.
FOOTER_SETS=(-X -Xp -pX '-X -p' -XX -XXp -pXX '-X -X' '-X -p -X' '-XX --show-path' -XXX)

# every_option_set PID...
every_option_set() {
	local pid set
	for pid; do
		for set in "${PLAIN_SETS[@]}"; do
			# shellcheck disable=SC2086 # several options
			same $set "$pid"
		done
		for set in "${FOOTER_SETS[@]}"; do
			# shellcheck disable=SC2086
			same_but_page_sizes $set "$pid"
		done
	done
}

# shellcheck disable=SC2154 # compare.bash sets ours_rc
# same_in_colour COLOURED OPTION... - what $T/real.out says, once the colours are off; COLOURED: there
# are rows to colour.
same_in_colour() {
	local coloured=$1
	shift
	run_ours vmapview --color=always "$@"
	made+=1
	[[ $coloured == no ]] || grep -q $'\x1b' "$T/ours.out" || differ colours vmapview "$@"
	sed -i 's/\x1b\[[0-9;]*m//g' "$T/ours.out"
	as_versions_differ
	cmp -s "$T/real.out" "$T/ours.out" || differ stdout vmapview --color=always "$@"
	((real_rc == ours_rc)) || differ "exit code" vmapview --color=always "$@"
}

# in_colour COLOURED PID...
in_colour() {
	local coloured=$1 pid set
	shift
	for pid; do
		for set in '' -q -p -x -xq -d -dp -Xq -XXqp -A0,ffffffffffffffff; do
			# shellcheck disable=SC2086 # several options
			run_real pmap $set "$pid"
			# shellcheck disable=SC2086
			same_in_colour "$coloured" $set "$pid"
		done
		for set in -X -XXp; do
			run_real pmap $set "$pid"
			without_page_sizes < "$T/real.out" > "$T/real.fix"
			mv "$T/real.fix" "$T/real.out"
			same_in_colour "$coloured" $set "$pid"
		done
	done
}

# A short form of every_option_set for a second user.
some_option_sets() {
	local pid set
	for pid; do
		for set in '' -x -d -Xq -XXq -p -q -xp; do
			# shellcheck disable=SC2086
			same $set "$pid"
		done
		same_but_page_sizes -X "$pid"
		same_but_page_sizes -XXp "$pid"
	done
}

# every_range PID SET... - below, at, in, between, above regions; in the modes where each version
# has ranges.  With -x as pmap only: its totals count the regions below the range, too.
every_range() {
	local pid=$1 low mid end high set range
	shift
	read -r low mid end high < <(awk '
		{ split($1, a, "-"); start[NR] = a[1]; stop[NR] = a[2] }
		END { m = int((NR + 1) / 2); print start[1], start[m], stop[m], start[NR] }' \
		"/proc/$pid/maps")
	for range in "$low" "0x$low" "$mid" "$end" "$high" "${mid%???}abc" "${mid^^}" \
		0 1 "$low," "$mid," "$end," "$high," ",$low" ",$mid" ",$end" ",$high" \
		"$low,$mid" "$mid,$high" "$mid,$mid" "$mid,$end" "0x$mid,0x$high" \
		"${mid%???}fff,${end%???}001" "$high,$low" "$low,$high" \
		0,ffffffffffffffff 'ffffffffffffffff,' ,0 ',' 1000,2000; do
		for set; do
			# shellcheck disable=SC2086
			same $set -A "$range" "$pid"
		done
		same --range="$range" "$pid"
		same_as_pmap -x -A "$range" "$pid"
		! version_is 4.0.7 - || same_as_pmap -XX -A "$range" "$pid"
	done
	same "-A$mid" "$pid"
	same --range "$mid" "$pid"
	same -A '' "$pid"
	same -A "$mid," -A ",$high" "$pid"
	for set in '' -q -p; do
		# shellcheck disable=SC2086
		same -x $set -A 0,ffffffffffffffff "$pid"
		# shellcheck disable=SC2086
		same -x $set -A , "$pid"
	done
	same -x -q -A "$low,$mid" "$pid"
	same -xq -A "$mid" "$pid"
}

bad_ranges() {
	local range
	for range in zz 12,zz zz,12 1,2,3 12x 0x1g ',' '12,,' ',,' ' ' '12 ' 1-2 0x,0xx; do
		same -A "$range" 4242
		same -d -A "$range" 4242
	done
	same_as_pmap -A
	same_as_pmap --range
	same_as_pmap -x -A
}

# What strtoul takes beyond plain hex.
odd_ranges() {
	local range
	for range in ' 400000' +400000 400000,+500000 -1 ,-1 'fffffffffffffffff,' \
		fffffffffffffffff -fffffffffffffffff ,fffffffffffffffff 0X400000,0X500000 0x; do
		same -A "$range" 4242
		same -A "$range" 3232
	done
}

# Processes in one call.  Not -X: there pmap carries widths and totals over to the next process.
several_processes() {
	local set
	for set in '' -q -p -x -xq -xp -d -dq -dp; do
		# shellcheck disable=SC2086
		{
			same $set 4242 3232
			same $set 3232 4242 1500
			same $set 3232 3232
			same $set 2 777 3232 2 777
			same $set 1500 2 1500
			same $set 4242 4243
			same $set 4243 4243
			told 1 $set 9999
			told 1 $set 9999 3232
			told 1 $set 3232 9999 777
			told 2 $set 9998 3232 9999
		}
	done
	told 1 -X 9999
	told 1 -XX 9999
	told 1 2147483647
	told 2 9999 9999
}

# A thread's map is its process's.
threads() {
	local set
	for set in '' -x -d -Xq -XXq -xq; do
		# shellcheck disable=SC2086
		same $set 4243
	done
}

# numbers - PIDs as strtoul(3) takes them with any base: 0x as hexadecimal, 0 as octal.
numbers() {
	local word
	for word in 0xca0 0XCA0 06240 006240 /proc/0xca0 /proc/06240 0xCa0; do
		same_as_pmap "$word"
		same_as_pmap -xq 1500 "$word" 0x5dc
	done
	for word in 010 0x10 0xfffff 017777777777; do # not there
		same_as_pmap "$word"
		same_as_pmap "$word" 3232
	done
	for word in 0x 0xg 08 09 0x0 020000000000 0x80000000 0xca0x 0xffffffffffffffffff; do
		same_as_pmap "$word"
		same_as_pmap 3232 "/proc/$word"
	done
}

# The ways to say which process.
arguments() {
	local set
	for set in '' -x -d -Xq; do
		# shellcheck disable=SC2086
		{
			same $set /proc/3232
			same 3232 -q $set
			same 3232 $set
			same $set -- 3232
		}
	done
	same 3232 -q /proc/1500 -p
	same /proc/2
	told 1 /proc/9999
	POSIXLY_CORRECT=1 same -q 3232
}

# What a shell makes of "/proc/*" beside processes is left out.
left_out() {
	local word
	for word in /proc/ /proc/self /proc/cpuinfo /proc/self/maps /proc/thread-self /proc//3232 /proc/-1 \
		/proc/+3232 '/proc/ 3232' /proc/x3232; do
		same_as_pmap "$word" 3232
		same_as_pmap -xq 3232 "$word" /proc/1500
		same_as_pmap -n "$word"
		same_as_pmap "$word"
		same_as_pmap -x "$word" "$word"
	done
	same_as_pmap -d /proc/bus /proc/1500 /proc/cpuinfo /proc/3232 /proc/version
}

# Words that are no process: usage, nothing printed.
bad_arguments() {
	local word
	for word in self abc 12abc 3232x +3232 -3232 0 00 2147483648 4294967296 99999999999999999999 \
		'' ' ' ' 3232' '3232 ' 3232,1500 3232/ 1.5 /proc/3232/ /proc/3232/maps \
		/proc/3232x /proc/0 /proc/2147483648 ./3232 //proc/3232; do
		same_as_pmap "$word"
		same_as_pmap -x "$word"
		same_as_pmap 3232 "$word"
		same_as_pmap "$word" 3232
	done
}

usage_errors() {
	local set
	same_as_pmap
	same_as_pmap -z
	same_as_pmap -a 3232
	same_as_pmap -F 3232
	same_as_pmap -l 3232
	same_as_pmap -L 3232
	same_as_pmap -s 3232
	same_as_pmap -S 3232
	same_as_pmap --bogus 3232
	same_as_pmap --extended=1 3232
	same_as_pmap --help=yes
	same_as_pmap -C
	same_as_pmap -N
	same_as_pmap --read-rc-from
	same_as_pmap --create-rc-to
	same_as_pmap --re 3232
	same_as_pmap --r 3232
	same_as_pmap --read 3232
	same_as_pmap --c
	same_as_pmap --create
	same_as_pmap --
	same_as_pmap -
	same_as_pmap - 3232
	same_as_pmap -xz 3232
	for set in -x -X -XX -d -q -p -c -A1 --extended '-x -q' '-C /dev/null'; do
		# shellcheck disable=SC2086
		same_as_pmap $set
	done
}

# The same under our own name, as far as only the program's name and its longer usage differ.
usage_errors_by_name() {
	local set
	for set in -z --bogus --extended=1 -A -C --range -x -d -q '-A zz 3232' '-x -d 3232' '-X -x 3232' \
		'-xz 3232' '-x' '-d -q'; do
		# shellcheck disable=SC2086
		same $set
	done 2> /dev/null
}

exclusive_options() {
	local a b
	for a in -x -X -XX -d -c '-C /dev/null' -n "-N $T/none"; do
		for b in -x -X -d -c '-C /dev/null' -n "-N $T/none"; do
			[[ ${a:1:1} != "${b:1:1}" ]] || continue
			# shellcheck disable=SC2086
			{
				same_as_pmap $a $b 3232
				same_as_pmap $a $b
			}
		done
	done
	same_as_pmap -x -d -X 3232
	for a in -q -p -qp; do
		same_as_pmap -n $a
		same_as_pmap -N "$T/none" $a
		same_as_pmap $a -N "$T/none" 3232
	done
	same_as_pmap -n 3232
	same_as_pmap -N "$T/none" 3232
	same_as_pmap -N "$T/none" abc
	same_as_pmap --create-rc 3232
}

help() {
	same_as_pmap -h
	same_as_pmap --help
	same_as_pmap -x -h
	same_as_pmap -h 3232
	same_as_pmap -h -z
	same_as_pmap --he
	same_as_pmap -r -h
}

ignored_r() {
	same_as_pmap -r 3232
	same_as_pmap -rx 3232
	same_as_pmap -r -r -d 3232
	same_as_pmap -r
}

# LONG_NAMES of 4.0.2 and whether an argument follows.
abbreviations_of() {
	local name rest short other n
	local names=(extended device quiet range help version read-rc read-rc-from create-rc \
		create-rc-to show-path)
	for name in "${names[@]}"; do
		[[ $name != version && $name != create-rc* && $name != help ]] || continue
		rest=
		[[ $name != range ]] || rest=,f7747000
		[[ $name != read-rc-from ]] || rest=$T/all.rc
		for ((n = 1; n <= ${#name}; n++)); do
			short=${name:0:n}
			for other in "${names[@]}"; do
				[[ $other == "$name" || $other != "$short"* || $short == "$name" ]] || continue 2
			done
			echo "--$short${rest:+=$rest}"
		done
	done
}

# abbreviations COMPARE - each unambiguous beginning of each long name; COMPARE is same_as_pmap or
# same.
abbreviations() {
	local option
	printf '%s\n' '[Fields Display]' Perm Rss Mapping > "$T/all.rc"
	cp "$T/all.rc" "$HOME/.pmaprc"
	cp "$T/all.rc" "$HOME/.vmapviewrc"
	for option in $(abbreviations_of); do
		"$1" "$option" 3232
	done
}

# rc_file TEXT - put it where -c and -C find it.
rc_file() {
	printf '%b' "$1" > "$T/test.rc"
	cp "$T/test.rc" "$HOME/.pmaprc"
	cp "$T/test.rc" "$HOME/.vmapviewrc"
}

# Fields to show, in files of all sorts.
rc_files() {
	local text pid
	local all='Perm\nOffset\nDevice\nInode\nSize\nRss\nPss\nShared_Clean\nShared_Dirty\n'
	all+='Private_Clean\nPrivate_Dirty\nReferenced\nAnonymous\nAnonHugePages\nSwap\nLocked\nVmFlags\n'
	run_real pmap -N "$T/default.rc"
	local default
	default=$(sed 's/\\/\\\\/g' "$T/default.rc")
	[[ $default == *ShowPath* ]] || differ "pmap -N" pmap -N default.rc

	for text in \
		"$default" "${default//#Rss/Rss}" "${default//#ShowPath/ShowPath}" "${default//#Mapping/Mapping}" \
		"[Fields Display]\n${all}Mapping\n" "[Fields Display]\n$all" \
		"[Fields Display]\n${all}Mapping\n[Mapping]\nShowPath\n" \
		'[Fields Display]\nPerm\nMapping\n' '[Fields Display]\nMapping\n' \
		'[Fields Display]\nRss\n' '[Fields Display]\nMapping\nRss\nPerm\n' \
		'[Fields Display]\nVmFlags\n' '[Fields Display]\nVmFlags\nMapping\n' \
		'[Fields Display]\nInode\nDevice\nOffset\n' \
		'[Mapping]\nShowPath\n[Fields Display]\nMapping\nSize\n' \
		'[Mapping]\nShowPath\nShowPath\n[Fields Display]\nMapping\n' \
		'[Fields Display]\nMapping\nNoSuchField\nRss\n' '[Fields Display]\nrss\nmapping\nMAPPING\n' \
		'[Fields Display]\nRss Pss\nMapping\n' '[Fields Display]\nRss # resident\nMapping #x\n' \
		'[Fields Display]\n  Rss\n\t\tPss\n \t Mapping \t\n' \
		'[Fields Display] # what\n# Rss\n  #Pss\nSwap\n' '[Fields Display] what\nRss\n' \
		'[Fields Display]Rss\nPss\n' '[Fields Display\nRss\n' 'Rss\n[Fields Display]\nPss\n' \
		'[Unknown]\nRss\n[Fields Display]\nPss\n' '[Unknown\nRss\n' '[Unknown] x\nRss\n' \
		'[Mapping]\nshowpath\nNothing\nShowPath x\n[Fields Display]\nMapping\n' \
		'[Fields Display]\nRss\nRss\nMapping\n' '[Fields Display]\nRss\r\nMapping\r\n' \
		'[Fields Display]\nRss' '[Fields Display]' '' '\n\n' '#\n' '[]\n' ']\n' \
		'[Fields Display]\nLocked\nReferenced\nAnonymous\nShared_Clean\n' \
		'[Fields Display]\nOffset\nTHPeligible\nMapping\n' \
		"[Fields Display]\nRss\n$(printf 'x%.0s' {1..1023})\nPss\n" \
		"[Fields Display]\nRss\n$(printf 'x%.0s' {1..1024})\nPss\n" \
		"[Fields Display]\nRss\n$(printf 'x%.0s' {1..1025})\nPss\n" \
		"[Fields Display]\nRss\n#$(printf 'x%.0s' {1..3000})\nPss\n" \
		"[Fields Display]\nA_name_longer_than_any_that_a_kernel_has_Rss\nPss\n"; do
		rc_file "$text"
		same -c 3232
		same -cq 3232
		same -c -p 3232
		same -C "$T/test.rc" 1500
		same -p "-C$T/test.rc" 1500
		same "--read-rc-from=$T/test.rc" 2632
		same --read-rc 2
	done

	# Page sizes can be asked for, but have no total under our own name.
	rc_file "[Fields Display]\n${all}KernelPageSize\nMMUPageSize\nProtectionKey\nMapping\n"
	for pid in 3232 1500 2632 7000; do
		same_but_page_sizes -c $pid
		same_but_page_sizes -p -C "$T/test.rc" $pid
		same -cq $pid
	done
}

rc_files_missing() {
	same_as_pmap -C "$T/none" 3232
	same_as_pmap -c 3232
	same -C "$T/none" 3232
	same -c 3232
	same_as_pmap -C "$T" 3232 # a directory
	same_as_pmap -q -C "$T" 3232 1500
	AS=(env -u HOME)
	same_as_pmap -c 3232
	same_as_pmap -n
	AS=()
}

# -n and -N write the same file, and do not write over one.
rc_files_written() {
	local real=$T/real.home ours=$T/ours.home
	mkdir "$real" "$ours"
	written "$real" "$ours" .pmaprc -n
	written "$real" "$ours" .pmaprc -n # there already
	written "$real" "$ours" .pmaprc --create-rc
	rm "$real/.pmaprc" "$ours/.pmaprc"
	written "$real" "$ours" .pmaprc --create-rc
	rm "$real/.pmaprc" "$ours/.pmaprc"
	written "$real" "$ours" .pmaprc --create-rc -r
	written "$real" "$ours" named -N named
	written "$real" "$ours" named -N named
	written "$real" "$ours" other --create-rc-to=other
	written "$real" "$ours" none/there -N none/there
	written "$real" "$ours" '' -N ''
}

# written REAL_HOME OURS_HOME FILE ARG... - each in its home; what they say and FILE are equal.
written() {
	local real=$1 ours=$2 file=$3
	shift 3
	cd "$real" && HOME=$real run_real pmap "$@"
	cd "$ours" && HOME=$ours check_ours pmap "$@" && {
		cmp -s "$T/real.err" "$T/ours.err" || differ stderr pmap "$@"
	}
	cd "$T" || return
	if [[ -f $real/$file || -f $ours/$file ]]; then
		cmp "$real/$file" "$ours/$file" || differ "the file written" pmap "$@"
	fi
}

# For somebody who may not read it: the line of the process, and nothing else.  5000 is closed.
denied() {
	local set
	told 1 -XX 5000
	for set in '' -q -p -x -xq -d -X -XXq; do
		# shellcheck disable=SC2086
		{
			told 1 $set 5000
			told 2 $set 9999 5000
			told 2 $set 5000 5000
			told 1 $set 5000 3232
			told 1 $set 3232 5000
			told 2 $set 5000 9999 3232
		}
	done
	rc_file '[Fields Display]\nRss\n'
	told 1 -c 5000
}

# Only smaps is closed (5001): maps are shown, counters not.
denied_counters() {
	local set
	for set in '' -q -p -d; do
		# shellcheck disable=SC2086
		same $set 5001
	done
	for set in -x -X -XX -xq; do
		# shellcheck disable=SC2086
		told 1 $set 5001
	done
}

# The harness itself: a blank too many and another exit code are found.
differences_are_found() {
	local shown
	run_real pmap 3232
	printf ' ' >> "$T/real.out"
	shown=$(check_ours vmapview 3232)
	[[ $shown == *"DIFFER in stdout"* ]] || failed+=1
	run_real pmap 3232
	real_rc=1
	shown=$(check_ours pmap 3232)
	[[ $shown == *"DIFFER in exit code"* ]] || failed+=1
	shown=$(same_as_pmap -x 3232)
	[[ -z $shown ]] || failed+=1
	made+=3
}

# The kernel's names, which pmap has since 4.0.6.
kernel_names() {
	local pid set
	for pid in 4242 3232 1500 2 777 2632 7000; do
		for set in -k -xk -dk -kq -kp -qkp --use-kernel-name -kX -kXXq; do
			same_as_pmap $set "$pid"
			same_but_page_sizes $set "$pid"
		done
	done
	same_as_pmap --use 3232
	same_as_pmap --u 3232
}
