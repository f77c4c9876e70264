#!/usr/bin/env bats
# shellcheck disable=SC2154,SC2030,SC2031 # frozen_run sets output, errors and status; each test is
# a shell of its own
# Where pmap prints what is wrong we print what is right: one test for each of its bugs.  The truth is
# worked out here from the files the kernel would show, or written down.  Through a link named pmap we
# print what it prints, unless that is unsafe: docs/pmap-compat.md says of which kind each is.

bats_require_minimum_version 1.5.0
load common

setup_file() {
	make_play
	cp --no-preserve=mode "$BATS_TEST_DIRNAME/pmap_cases.bash" "$PLAY/bin"
}

teardown_file() {
	tell_counts
	drop_play
}

setup() {
	export WORLD=$BATS_TEST_TMPDIR/world
	make_world "$WORLD"
	skip_unless_frozen
}

ours() { frozen_run vmapview "$@"; }

as_pmap() { frozen_run pmap "$@"; }

# prints - standard input is what the last command printed, to the byte; it said nothing and
# succeeded.
prints() {
	diff -a - "$PLAY/output"
	[[ -z $errors ]]
	((status == 0))
}

# pmaps ARG... - through the link, all is as the real pmap's, to the byte.
pmaps() {
	local real=0
	as_pmap "$@"
	mv "$PLAY/output" "$PLAY/as_pmap"
	mv "$PLAY/errors" "$PLAY/as_pmap.errors"
	PATH=$PLAY/real:$PATH "$HELPERS/frozen.bash" "$WORLD" pmap "$@" > "$PLAY/real.output" \
		2> "$PLAY/errors" < /dev/null || real=$?
	diff -a "$PLAY/real.output" "$PLAY/as_pmap"
	diff -a "$PLAY/errors" "$PLAY/as_pmap.errors"
	((status == real))
}

# fails_with STATUS REGEX - printed nothing, one line on standard error.
fails_with() {
	((status == $1))
	[[ -z $output ]]
	(($(wc -l < "$PLAY/errors") == 1))
	[[ $errors =~ $2 ]]
}

# repeat STRING COUNT
repeat() { printf "%.0s$1" $(seq "$2"); }

# The address, size and mode columns of the default view, and its total, from a maps file.
truth() {
	LC_ALL=C awk '
	function hex(s,	i, v) {
		for (i = 1; i <= length(s); i++)
			v = v * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
		return v
	}
	{
		split($1, a, "-")
		kb = (hex(a[2]) - hex(a[1])) / 1024
		total += kb
		start = sprintf("%16s", a[1])
		gsub(/ /, "0", start)
		mode = substr($2, 1, 3) (substr($2, 4, 1) == "s" ? "s-" : "--")
		printf "%s %6dK %s\n", start, kb, mode
	}
	END { printf " total %16dK\n", total }' "$1"
}

# rows_are_true - the last output, in the default format, has exactly the regions of maps.
rows_are_true() {
	diff <(truth "$WORLD/$1/maps") <(sed 1d "$PLAY/output" | cut -c 1-30 | sed 's/ *$//')
	((status == 0))
}

one_region() {
	add_process "$WORLD" 10 <<-EOF2
		cmdline: prog\0
		00400000-00402000 r-xp 00000000 08:01 7 $1
		00402000-00403000 rw-p 00002000 08:01 7 /usr/bin/prog
	EOF2
}

@test "a long file name cannot forge a region" {
	local forged='00001000-7ffffffff000 rwxp 00000000 00:00 0'
	one_region "/$(repeat x 949)$forged /f"
	as_pmap 10
	rows_are_true 10
	ours 10
	rows_are_true 10
	[[ $output != *"0000000000001000"* ]]
	ours -p 10
	rows_are_true 10
	ours -x -q 10
	(($(wc -l < "$PLAY/output") == 3))
	ours -d -q 10
	(($(wc -l < "$PLAY/output") == 3))
	ours -Xq 10
	(($(wc -l < "$PLAY/output") == 3))
}

@test "names of any length are whole and make no rows of their own" {
	local length path
	for length in 300 900 948 949 950 951 952 1023 1024 1025 4000 5000 20000; do
		rm -rf "$WORLD/10"
		path=/srv/$(repeat a $((length / 2)))/$(repeat b $((length / 2 - 6)))
		one_region "$path"
		ours 10
		rows_are_true 10
		[[ $output == *" ${path##*/}"$'\n'* ]]
		ours -p 10
		[[ $output == *" $path"$'\n'* ]]
		ours -x -p 10
		[[ $output == *" $path"$'\n'* ]]
		ours -dp 10
		[[ $output == *" $path"$'\n'* ]]
	done
}

@test "-X shows the whole path with -p, else the name behind its last slash" {
	local path
	path=/srv/$(repeat deep/ 70)realfile.bin
	one_region "$path"
	as_pmap -Xq 10
	[[ $output == *" realfile.bin"$'\n'* ]]
	ours -Xq -p 10
	[[ $output == *" $path"$'\n'* ]]
	ours -Xq 10
	[[ $output == *" realfile.bin"$'\n'* ]]
	ours -XX -p 10
	[[ $output == *" $path"$'\n'* ]]
}

three_regions() {
	add_process "$WORLD" 10 <<-'EOF2'
		cmdline: prog\0
		fields: Size KernelPageSize MMUPageSize Rss Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Swap THPeligible ProtectionKey VmFlags
		00400000-00402000 r-xp 00000000 08:01 7 /usr/bin/prog | Rss=8 Pss=4 Shared_Clean=8 Shared_Dirty=0 Private_Clean=0 Private_Dirty=0 Swap=0 THPeligible=0
		01000000-01800000 rw-p 00000000 00:00 0 [heap] | Rss=4000 Pss=4000 Shared_Clean=0 Shared_Dirty=0 Private_Clean=0 Private_Dirty=4000 Swap=12 THPeligible=1
		7f0000000000-7f0000010000 rw-s 00001000 08:01 123456 /srv/data | Rss=60 Pss=30 Shared_Clean=20 Shared_Dirty=40 Private_Clean=0 Private_Dirty=0 Swap=0 THPeligible=1 ProtectionKey=3
	EOF2
}

@test "-x with a range: totals of the rows shown" {
	three_regions
	ours -x -A 1000000 10
	prints <<-'EOF2'
		10:   prog
		Address           Kbytes     RSS   Dirty Mode  Mapping
		0000000001000000    8192    4000    4000 rw---   [ anon ]
		---------------- ------- ------- ------- 
		total kB            8192    4000    4000
	EOF2
	ours -x -A 1000000, 10
	[[ $(tail -n 1 "$PLAY/output") == "total kB            8256    4060    4040" ]]
	ours -x -A 2000000,3000000 10
	prints <<-'EOF2'
		10:   prog
		Address           Kbytes     RSS   Dirty Mode  Mapping
		---------------- ------- ------- ------- 
		total kB               0       0       0
	EOF2
}

@test "as pmap: -x with a range counts what is below it, too" {
	three_regions
	pmaps -x -A 1000000 10
	[[ $(tail -n 1 "$PLAY/as_pmap") == "total kB            8192    4008    4000" ]]
	pmaps -x -A 1000000, 10
	pmaps -x -A ,1000000 10
	pmaps -x -A 2000000,3000000 10
	pmaps -x -A 2000000,300000 10
}

@test "-x with a range on a large process, against smaps" {
	local range low=7f0000000000 high=7fffffffffff
	add_fixture "$WORLD" large
	ours -x -A "$low,$high" 4242
	range=$(LC_ALL=C awk -v low=$low -v high=$high '
		/^[0-9a-f]+-/ { split($1, a, "-"); shown = length(a[1]) == 12 && a[1] >= low && a[1] <= high }
		shown && $1 == "Size:" { size += $2 }
		shown && $1 == "Rss:" { rss += $2 }
		shown && $1 ~ /_Dirty:/ && $1 !~ /Pss/ { dirty += $2 }
		END { printf "total kB         %7d %7d %7d\n", size, rss, dirty }' "$WORLD/4242/smaps")
	[[ $(tail -n 1 "$PLAY/output") == "$range" ]]
}

@test "-X with a range: rows and totals of the range, widths of all addresses" {
	three_regions
	ours -X -A 1000000,1800000 10
	prints <<-'EOF2'
		10:   prog
		     Address Perm   Offset Device  Inode Size  Rss  Pss Swap THPeligible ProtectionKey Mapping
		    01000000 rw-p 00000000  00:00      0 8192 4000 4000   12           1             0 [heap]
		                                         ==== ==== ==== ==== =========== ============= 
		                                         8192 4000 4000   12           1             - KB 
	EOF2
	ours -Xq -A 400000 10
	prints <<-'EOF2'
		10:   prog
		    00400000 r-xp 00000000 08:01      7 8 8 4 0 0 0 prog
	EOF2
	ours -XX -A ,1000 10
	((status == 0))
	(($(wc -l < "$PLAY/output") == 4))
	[[ $(sed -n 2p "$PLAY/output") == *" Address Perm   Offset Device  Inode Size"* ]]
	[[ $(tail -n 1 "$PLAY/output") =~ ^' '+0( +[0-]){11}' KB '$ ]]
}

@test "-XX: page sizes and keys have no total" {
	three_regions
	ours -XX 10
	prints <<-'EOF2'
		10:   prog
		     Address Perm   Offset Device  Inode Size KernelPageSize MMUPageSize  Rss  Pss Shared_Clean Shared_Dirty Private_Clean Private_Dirty Swap THPeligible ProtectionKey           VmFlags Mapping
		    00400000 r-xp 00000000  08:01      7    8              4           4    8    4            8            0             0             0    0           0             0    rd ex mr mw me prog
		    01000000 rw-p 00000000  00:00      0 8192              4           4 4000 4000            0            0             0          4000   12           1             0    rd wr mr mw me [heap]
		7f0000000000 rw-s 00001000  08:01 123456   64              4           4   60   30           20           40             0             0    0           1             3 rd wr mr mw me sh data
		                                         ==== ============== =========== ==== ==== ============ ============ ============= ============= ==== =========== ============= 
		                                         8264              -           - 4068 4034           28           40             0          4000   12           2             - KB 
	EOF2
}

@test "as pmap: page sizes and keys are added up" {
	three_regions
	pmaps -XX 10
	[[ $(tail -n 1 "$PLAY/as_pmap") =~ ^' '+8264' '+12' '+12' '+4068' ' ]]
}

@test "several processes with -X: each as if it were alone" {
	local set pid pids=(4242 3232 2 1500 3232 2632 7000 777 4242)
	for pid in large thirtytwo kthread names oldkernel newkernel zombie; do
		add_fixture "$WORLD" $pid
	done
	printf '[Fields Display]\nPerm\nRss\nVmFlags\nMapping\n' > "$PLAY/scratch/rc"
	for set in -X -XX -Xq -XXq -Xp "-C $PLAY/scratch/rc"; do
		for pid in "${pids[@]}"; do
			# shellcheck disable=SC2086
			ours $set "$pid"
			cat "$PLAY/output"
		done > "$PLAY/single"
		# shellcheck disable=SC2086
		ours $set "${pids[@]}"
		prints < "$PLAY/single"
	done
}

hostile_names() {
	printf '%b' 'cmdline: prog\\0\n' \
		'00400000-00401000 r-xp 00000000 08:01 7 /srv/esc\033[31mred\n' \
		'00401000-00402000 r-xp 00000000 08:01 7 /srv/tab\there\n' \
		'00402000-00403000 r-xp 00000000 08:01 7 /srv/cr\rover\n' \
		'00403000-00404000 r-xp 00000000 08:01 7 /srv/del\177bel\007\n' \
		'00404000-00405000 r-xp 00000000 08:01 7 /srv/bad\377\376bytes\n' \
		'00405000-00406000 r-xp 00000000 08:01 7 /srv/c1\0302\02332Jx\n' \
		'00406000-00407000 r-xp 00000000 08:01 7 /srv/bidi\0342\0200\0256gpj.exe\n' \
		'00407000-00408000 r-xp 00000000 08:01 7 /srv/isolate\0342\0201\0246x\n' \
		'00408000-00409000 r-xp 00000000 08:01 7 /srv/short\0303\n' \
		'00409000-0040a000 r-xp 00000000 08:01 7 /srv/long\0300\0257form\n' \
		'0040a000-0040b000 r-xp 00000000 08:01 7 /srv/surrogate\0355\0240\0200\n' \
		'0040b000-0040c000 r-xp 00000000 08:01 7 /srv/fine-é-地図\n' |
		add_process "$WORLD" 10
}

# The newest pmap's rule for what is no character, in all formats; safe also where it is one.
@test "unprintable names: never raw, and good UTF-8 as it is" {
	local option name
	hostile_names
	for option in -q -qp -xq -xqp -dq -dqp -Xq -XXq -Xqp; do
		for name in vmapview pmap; do
			LC_ALL=C.UTF-8 frozen_run $name $option 10
			sed 1d "$PLAY/output" | sed -E 's/.* (\/srv\/)?//' > "$PLAY/names.$name"
		done
		cmp "$PLAY/names.vmapview" "$PLAY/names.pmap"
		diff - "$PLAY/names.pmap" <<-'EOF2'
			esc?[31mred
			tab?here
			cr?over
			del?bel?
			bad??bytes
			c1??2Jx
			bidi???gpj.exe
			isolate???x
			short?
			long??form
			surrogate???
			fine-é-地図
		EOF2
	done
}

@test "unprintable names: nothing but ASCII in the C locale" {
	local option name
	hostile_names
	for option in -q -xp -d -X -XXp; do
		for name in vmapview pmap; do
			LC_ALL=C frozen_run $name $option 10
			((status == 0))
			run ! env LC_ALL=C grep -a $'[\x01-\x09\x0b-\x1f\x7f-\xff]' "$PLAY/output"
			grep -q 'fine-??-??????$' "$PLAY/output"
		done
	done
}

@test "names in an eight-bit locale: its letters, and no C1" {
	local option name
	export LOCPATH=$BATS_TEST_TMPDIR/locales
	mkdir "$LOCPATH"
	localedef -i C -f KOI8-R "$LOCPATH/xx.KOI8-R" 2> /dev/null || [[ -e $LOCPATH/xx.KOI8-R/LC_CTYPE ]] ||
		skip "cannot make a locale"
	printf 'cmdline: prog\\0\n00400000-00401000 r-xp 00000000 08:01 7 /srv/\xc1\xa0\x80\x9b\n' |
		add_process "$WORLD" 10
	for option in -q -xq -dq -Xq; do
		for name in vmapview pmap; do
			LC_ALL=xx.KOI8-R frozen_run $name $option 10
			LC_ALL=C grep -aq $' \xc1\xa0??$' "$PLAY/output"
		done
	done
}

# command_line PID BYTES - a frozen process, like 10, with this command line (escapes as for printf %b).
command_line() {
	[[ -d $WORLD/$1 ]] || cp -r "$WORLD/10" "$WORLD/$1"
	sed -i "s/\b10\b/$1/" "$WORLD/$1"/stat*
	printf '%b' "$2" > "$WORLD/$1/cmdline"
}

@test "strange command lines: as libproc2 gives them" {
	one_region /usr/bin/prog
	local long
	long=$(head -c 4090 /dev/zero | tr '\0' x)
	command_line 11 'é\0377é\0'
	command_line 12 "$(head -c 160000 /dev/zero | tr '\0' x)"
	command_line 13 '\0\0\0'
	command_line 14 'prog\0\0\0two\0\0\0'
	command_line 15 'a title \0\0'
	command_line 16 'a title '
	command_line 17 'prog\0 '
	command_line 18 '~ \\\\n%s\0\0177\0'
	command_line 19 ''
	command_line 20 ' prog'
	command_line 21 "${long}12345\0"
	command_line 22 "${long}123456\0"
	command_line 23 "${long}1234\0\0\0"
	command_line 10 'a\tb\0c\0033[31m\0\0two words\0new\nline\0'
	cat > "$PLAY/bin/pmap_cases.bash" <<-'EOF2'
		strange() {
			same 10 11 12 13 14 15 16 17 18 19 20 21 22 23
			same -x 13 12 11 10
			same -Xq 10 14 15 16 17 18 19 20
		}
	EOF2
	frozen root C.UTF-8 strange
	frozen root C strange
	grep -qx 'a title ' "$WORLD/16/cmdline"
	[[ $(wc -c < "$WORLD/22/cmdline") == 4097 ]]
}

@test "a missing process is named" {
	one_region /usr/bin/prog
	ours 4321
	fails_with 42 '^vmapview: .*4321.*'
	ours -q 4321 10
	((status == 42))
	[[ $output == "10:   prog"* && $errors == *4321* && $errors != *" 10"* ]]
}

@test "as pmap: what only vmapview has is refused as any wrong option is" {
	local option
	one_region /usr/bin/prog
	for option in --diff --all --summary --json; do
		as_pmap "$option" 10 10
		((status == 1))
	done
}

@test "as pmap: nothing is said about a missing process" {
	one_region /usr/bin/prog
	pmaps 4321
	((status == 42))
	[[ ! -s $PLAY/as_pmap && ! -s $PLAY/as_pmap.errors ]]
	pmaps -q 4321 10
	((status == 42))
}

@test "a closed process is named, its line is printed" {
	skip_unless_root
	one_region /usr/bin/prog
	chmod 000 "$WORLD/10/maps" "$WORLD/10/smaps"
	local option
	for option in -q -x -d -X; do
		frozen_run "${AS_NOBODY[@]}" vmapview $option 10
		((status == 1))
		[[ $output == "10:   prog" ]]
		[[ $errors =~ ^'vmapview: '.*10.*[Pp]ermission ]]
		(($(wc -l < "$PLAY/errors") == 1))
		frozen_run "${AS_NOBODY[@]}" pmap $option 10
		((status == 1))
		[[ $output == "10:   prog" && -z $errors ]]
	done
}

@test "PIDs are decimal" {
	one_region /usr/bin/prog
	ours 10
	cp "$PLAY/output" "$PLAY/ten"
	ours 010
	prints < "$PLAY/ten"
	ours 0000000010
	prints < "$PLAY/ten"
	ours /proc/010
	prints < "$PLAY/ten"
	local word
	for word in 0xa 0XA 0x10; do
		ours $word
		((status == 1))
		[[ -z $output && -n $errors ]]
	done
}

@test "as pmap: PIDs may be octal and hexadecimal" {
	one_region /usr/bin/prog
	local word
	for word in 10 0xa 0XA 012 /proc/0xa /proc/012; do
		pmaps $word
		((status == 0))
		grep -q '^10:   prog$' "$PLAY/as_pmap"
	done
	pmaps 010
	((status == 42))
	as_pmap 08
	((status == 1))
	[[ -z $output && $errors == *Usage:* ]]
}

@test "/proc/self is the process itself" {
	"$PLAY/ours/vmapview" -q /proc/self > "$PLAY/output"
	grep -q ' vmapview$' "$PLAY/output"
}

@test "as pmap: /proc/self is left out" {
	one_region /usr/bin/prog
	pmaps /proc/self 10
	(($(grep -c : "$PLAY/as_pmap") == 1))
	pmaps /proc/self
	((status == 1))
}

@test "huge pages are in no RSS, as in the kernel's own sum" {
	add_process "$WORLD" 10 <<-'EOF2'
		cmdline: prog\0
		00400000-00402000 r-xp 00000000 08:01 7 /usr/bin/prog | Rss=8 Shared_Dirty=0
		7f0000000000-7f0000a00000 rw-p 00000000 00:0f 99 /anon_hugepage (deleted) | Rss=0 Pss=0 Private_Dirty=0 Shared_Dirty=0 KernelPageSize=2048 MMUPageSize=2048 Private_Hugetlb=4096 Shared_Hugetlb=2048 Swap=0
	EOF2
	ours -x 10
	((status == 0))
	grep -qx '00007f0000000000   10240       0 *[0-9]* rw--- anon_hugepage (deleted)' "$PLAY/output"
	grep -qx 'total kB  *10248       8 *[0-9]*' "$PLAY/output"
	ours --summary --bytes -o class,rss,private_hugetlb,shared_hugetlb 10
	[[ $(tail -n 1 "$PLAY/output") =~ ' 8192 '+4194304' '+2097152 ]]
	pmaps -x 10
}

@test "SysV memory in huge pages is SysV memory" {
	local dev
	dev=$("$(helper shmdev)" huge) || skip "this kernel has no huge pages"
	add_process "$WORLD" 10 <<-EOF2
		cmdline: prog\0
		7f0000000000-7f0000200000 rw-s 00000000 $dev 5 /SYSV00000000 (deleted)
		7f0000200000-7f0000201000 rw-s 00000000 08:01 6 /SYSV00000000 (deleted)
	EOF2
	ours 10
	prints <<-'EOF2'
		10:   prog
		00007f0000000000   2048K rw-s-   [ shmid=0x5 ]
		00007f0000200000      4K rw-s- SYSV00000000 (deleted)
		 total             2052K
	EOF2
	pmaps 10
	grep -q ' SYSV00000000 (deleted)$' "$PLAY/as_pmap"
}

# stack_ends_there - the stack began at the very end of the first region.
stack_ends_there() {
	add_process "$WORLD" 10 <<-'EOF2'
		cmdline: prog\0
		stack: 7f0000001000
		7f0000000000-7f0000001000 rw-p 00000000 00:00 0
		7f0000001000-7f0000002000 rw-p 00000000 00:00 0
	EOF2
}

@test "the stack is where it began" {
	stack_ends_there
	ours 10
	prints <<-'EOF2'
		10:   prog
		00007f0000000000      4K rw---   [ anon ]
		00007f0000001000      4K rw---   [ stack ]
		 total                8K
	EOF2
}

@test "as pmap: what ends where the stack began is the stack, too" {
	stack_ends_there
	pmaps 10
	(($(grep -c 'stack' "$PLAY/as_pmap") == 2))
}

@test "a slash in the name of a memfd is part of the name" {
	local dev
	dev=$("$(helper shmdev)")
	add_process "$WORLD" 10 <<-EOF2
		cmdline: prog\0
		7f0000000000-7f0000001000 rw-s 00000000 $dev 5 /memfd:a/b (deleted)
		7f0000001000-7f0000002000 rw-s 00000000 $dev 6 /memfd:x/SYSV00000001 (deleted)
		7f0000002000-7f0000003000 rw-s 00000000 $dev 7 /memfd:plain (deleted)
	EOF2
	as_pmap -q 10
	cp "$PLAY/output" "$PLAY/as_pmap"
	ours -q 10
	cmp "$PLAY/output" "$PLAY/as_pmap"
	prints <<-'EOF2'
		10:   prog
		00007f0000000000      4K rw-s- memfd:a/b (deleted)
		00007f0000001000      4K rw-s- memfd:x/SYSV00000001 (deleted)
		00007f0000002000      4K rw-s- memfd:plain (deleted)
	EOF2
	ours -qp 10
	[[ $output == *" /memfd:a/b (deleted)"* ]]
	ours -Xq 10
	[[ $output == *" memfd:a/b (deleted)"* ]]
	ours -Xqp 10
	[[ $output == *" /memfd:a/b (deleted)"* ]]
}

@test "a slash in a name given to anonymous memory is no path" {
	add_process "$WORLD" 10 <<-'EOF2'
		cmdline: prog\0
		7f0000000000-7f0000001000 rw-p 00000000 00:00 0 [anon:cache/small]
	EOF2
	local option
	for option in -q -qp; do
		ours $option 10
		prints <<-'EOF2'
			10:   prog
			00007f0000000000      4K rw---   [ anon ]
		EOF2
	done
	for option in -Xq -Xqp; do
		ours $option 10
		[[ $output == *" [anon:cache/small]" ]]
	done
}

@test "a counter that one region lacks does not end the listing" {
	local option
	three_regions
	awk '/^[0-9a-f]+-/ { n++ } !(n == 2 && /^Pss:/)' "$WORLD/10/smaps" > "$WORLD/10/smaps.new"
	mv "$WORLD/10/smaps.new" "$WORLD/10/smaps"
	for option in -Xq -XXq; do
		ours $option 10
		((status == 0))
		[[ -z $errors ]]
		(($(wc -l < "$PLAY/output") == 4))
		grep -qE "01000000 .* 8192 .*4000 .* - .*\[heap\]" "$PLAY/output"
	done
	ours -X 10
	[[ $(tail -n 1 "$PLAY/output") =~ ^' '+8264' '+4068' '+34' ' ]]
}

@test "a counter that only a later region has gets its column" {
	three_regions
	awk '{ print } /^7f/ { n++ } n && /^Swap:/ { print "SwapPss:               7 kB" }' \
		"$WORLD/10/smaps" > "$WORLD/10/smaps.new"
	mv "$WORLD/10/smaps.new" "$WORLD/10/smaps"
	ours -X 10
	((status == 0))
	[[ $(sed -n 2p "$PLAY/output") == *" SwapPss "* ]]
	(($(wc -l < "$PLAY/output") == 7))
}

@test "-x without a Swap counter still has rows" {
	add_process "$WORLD" 10 <<-'EOF2'
		cmdline: prog\0
		fields: Size Rss Shared_Clean Shared_Dirty Private_Clean Private_Dirty
		00400000-00402000 r-xp 00000000 08:01 7 /usr/bin/prog | Rss=8 Shared_Dirty=4 Private_Dirty=0
	EOF2
	ours -x 10
	prints <<-'EOF2'
		10:   prog
		Address           Kbytes     RSS   Dirty Mode  Mapping
		0000000000400000       8       8       4 r-x-- prog
		---------------- ------- ------- ------- 
		total kB               8       8       4
	EOF2
}

@test "-k shows the kernel's names" {
	add_fixture "$WORLD" names
	ours -k 1500
	((status == 0))
	local name
	for name in heap stack vvar vdso uprobes vsyscall anon:plain 'anon:glibc: malloc' \
		anon_shmem:name; do
		grep -qF -- "- [$name]" "$PLAY/output"
	done
	grep -qF -- '-   [ anon ]' "$PLAY/output"
	grep -qF -- '-   [ shmid=0x8001 ]' "$PLAY/output"
	run ! grep -F '[ stack ]' "$PLAY/output"
	cp "$PLAY/output" "$PLAY/short"
	ours --use-kernel-name 1500
	prints < "$PLAY/short"
	ours 1500
	diff <(cut -c 1-30 "$PLAY/short") <(cut -c 1-30 "$PLAY/output")
	ours -X 1500
	cp "$PLAY/output" "$PLAY/short"
	ours -k -X 1500
	prints < "$PLAY/short"
}

@test "a directory is no rc file" {
	one_region /usr/bin/prog
	ours -C "$PLAY/scratch" 10
	fails_with 1 "couldn't read the rc file"
}

@test "as pmap: a directory is an rc file that chooses nothing" {
	one_region /usr/bin/prog
	pmaps -C "$PLAY/scratch" 10
	((status == 0))
}

@test "no rc file is written through a link that leads nowhere" {
	local name
	ln -s nowhere "$PLAY/scratch/link"
	for name in vmapview pmap; do
		run -1 "$PLAY/ours/$name" -N "$PLAY/scratch/link"
		[[ ! -e $PLAY/scratch/nowhere ]]
		[[ $output == "$name: the file already exists"*"$name: couldn't create the rc file" ]]
	done
}

@test "the version" {
	ours -V
	((status == 0))
	[[ $output =~ ^'vmapview '[0-9]+\.[0-9]+ ]]
	frozen_run pmap --version
	((status == 0))
	[[ $output =~ ^'pmap from vmapview '[0-9]+\.[0-9.]+', as pmap from procps-ng '[0-9]+(\.[0-9]+)+$ ]]
}

@test "no SysV segment is made" {
	command -v strace > /dev/null || skip "strace is not installed"
	ASAN_OPTIONS=detect_leaks=0 strace -f -o "$PLAY/trace" -e trace=shmget,shmat "$PLAY/ours/pmap" $$ > /dev/null
	run ! grep shmget "$PLAY/trace"
}

@test "a process whose first thread is gone has its map" {
	local pid tid thread name
	start_dead_leader
	for name in vmapview pmap; do
		for thread in "$pid" "$tid"; do
			has_its_map "$name" "$thread"
		done
	done
	"$PLAY/ours/vmapview" -x "$pid" > "$PLAY/output"
	grep -qE '^total kB +[1-9][0-9]* +[1-9][0-9]* +[1-9]' "$PLAY/output"
}

# has_its_map NAME THREAD - under this name, pid's map is shown for this thread.
has_its_map() {
	"$PLAY/ours/$1" -p "$2" > "$PLAY/output"
	diff <(truth "/proc/$pid/task/$tid/maps") \
		<(sed 1d "$PLAY/output" | cut -c 1-30 | sed 's/ *$//')
	[[ $(head -n 1 "$PLAY/output") == "$pid:   "* ]]
	grep -q 'libc\.so\.6$' "$PLAY/output"
}

# start_dead_leader - sets pid, a zombie, and tid, its living thread.
start_dead_leader() {
	"$(helper deadleader)" > "$PLAY/ids" < /dev/null 3>&- &
	pid=$!
	echo "$pid" >> "$PLAY/started"
	wait_until in_state "$pid" Z
	read -r _ tid < "$PLAY/ids"
}
