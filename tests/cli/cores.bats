#!/usr/bin/env bats
# What a core file tells of a process that knows what it is made of.

# shellcheck disable=SC2154 # zoo.bash sets animal, truth and rows
load zoo

setup() {
	mkdir "$BATS_TEST_TMPDIR/files"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() { drop_animal; }

# meet_mortal COMMAND... - meet an animal that may leave a core file in the test's directory.
meet_mortal() {
	[[ $(cat /proc/sys/kernel/core_pattern) == core ]] || skip "core_pattern is not 'core'"
	(ulimit -c unlimited) 2> /dev/null || skip "no core files: ulimit -c $(ulimit -H -c)"
	# shellcheck disable=SC2016 # expanded in there
	meet bash -c 'ulimit -c unlimited && exec "$@"' mortal "$@"
}

# keep_maps - what the kernel says, for later.
keep_maps() { cp "/proc/$animal/maps" maps; }

# kill_mortal - make the kernel write $core.
kill_mortal() {
	local shm=/dev/shm/vmapview-zoo.$animal
	keep_maps
	kill -ABRT "$animal"
	end_animal || :
	rm -f "$shm" # it cannot any more
	core=$(echo core*)
	[[ -s $core ]]
}

# look_into CORE - its rows; nothing of what it cannot know is claimed in the truth any more.
look_into() {
	look "$1"
	sed -i -E 's/^([^ ]* [^ ]* [^ ]* ...)./\1?/' "$truth"
}

# check_ranges [REGEX] - the same regions as the kernel had, but the lines with REGEX.
check_ranges() {
	grep -avE "${1:-^$}" maps | awk '{ split($1, a, "-"); print a[1], a[2] }' > mapped
	awk '{ print $1, $2 }' "$rows" > shown
	diff mapped shown
}

# check_names - each file is mapped where the kernel had it.
check_names() {
	sed -nE 's,^([0-9a-f]+)-([0-9a-f]+) .* (/[A-Za-z0-9._/-]+)$,\1 \2 \3,p' maps > mapped
	"$VMAPVIEW" -o address,end,path "$1" | awk '$3 ~ /^\// { print $1, $2, $3 }' > shown
	[[ -s mapped ]]
	diff mapped <(grep -F -x -f mapped shown)
}

@test "the zoo's core file, by the kernel" {
	meet_mortal "$ZOO" "$BATS_TEST_TMPDIR/files"
	kill_mortal
	look_into "$core"
	check_truth
	check_ranges
	check_names "$core"
}

@test "threads and arenas, by the kernel" {
	build_plain threads
	meet_mortal ./threads threads
	kill_mortal
	look_into "$core"
	check_truth
	check_ranges
}

@test "threads whose stacks are one region, by the kernel" {
	build_plain crowd
	meet_mortal ./crowd crowd cut
	kill_mortal
	look_into "$core"
	check_truth
	check_ranges
}

# meet_and_dump COMMAND... - meet an animal and let gdb write $core.  A library that was loaded from
# /proc/self/fd must not make gdb read a descriptor of its own: it finds no library here.
meet_and_dump() {
	command -v gdb || skip "no gdb"
	meet "$@"
	keep_maps
	core=$PWD/saved
	timeout 120 gdb -nx -batch -iex 'set sysroot /nowhere' -p "$animal" -ex "gcore $core" < /dev/null > gdb.log 2>&1
	[[ -s $core ]] || skip "gcore: $(tail -n 1 gdb.log)"
	look_into "$core"
	# It leaves out what the kernel does not let it read or the program does not let it dump, says
	# nothing of the access to what is as it was mapped, and that all else can be read.
	grep -vE ' kernel | # (within: vvar|not in a core dump)' "$truth" |
		awk 'NR == FNR { if ($5 == "-") unsaid[$1]; next }
			{ split($1, at, "-"); if (at[1] in unsaid || $4 !~ /w/) $4 = "-"; print }' \
			"$rows" - > "$truth.gcore"
	mv "$truth.gcore" "$truth"
	sed -i -E 's/ r-x\? / - /' "$rows"
}

@test "threads and arenas, by gcore" {
	build_plain threads
	meet_and_dump ./threads threads
	check_truth
	check_ranges '\[vvar'
	check_names "$core"
	end_animal
}

@test "the zoo's core file, by gcore" {
	local hidden
	meet_and_dump "$ZOO" "$BATS_TEST_TMPDIR/files"
	hidden=$(sed -nE 's/^([0-9a-f-]+) .* # not in a core dump$/\1/p' "$BATS_TEST_TMPDIR/told")
	# Without its access, memory that is only read can't be told from a reservation.
	sed -i 's/ anon - - # anonymous, read only/ reserve - - # anonymous, read only/' "$truth"
	check_truth
	check_ranges "\[vvar|^$hidden "
	check_names "$core"
}

@test "gdb finds the same files in a core file" {
	command -v gdb || skip "no gdb"
	build_plain threads
	meet_mortal ./threads
	kill_mortal
	# Since version 16, addresses have leading zeros and the last column is padded, too.
	gdb -nx -batch -ex 'info proc mappings' ./threads "$core" 2> gdb.log |
		sed -nE 's/^ *0x0*([0-9a-f]+) +0x0*([0-9a-f]+) +0x[0-9a-f]+ +0x[0-9a-f]+ +(.*[^ ]) *$/\1 \2 \3/p' > mapped
	[[ -s mapped ]]
	"$VMAPVIEW" -o address,end,path "$core" | awk '$3 ~ /^\// { print $1, $2, $3 }' > shown
	diff mapped shown
}

@test "a core file is compared with the process, and with itself" {
	local shm
	meet_mortal "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	"$VMAPVIEW" --json "$animal" > before.json
	keep_maps
	kill -ABRT "$animal"
	kill -CONT "$animal"
	shm=/dev/shm/vmapview-zoo.$animal
	end_animal || :
	rm -f "$shm" # it cannot any more
	core=$(echo core*)
	# What a core file leaves open is no difference.
	run "$VMAPVIEW" --diff before.json "$core"
	echo "$output"
	[[ $status == 0 && -z $output ]]
	run "$VMAPVIEW" --diff "$core" before.json
	[[ $status == 0 && -z $output ]]
	run "$VMAPVIEW" --diff "$core" "$core"
	[[ $status == 0 && -z $output ]]
	"$VMAPVIEW" --json "$core" > core.json
	run "$VMAPVIEW" --diff "$core" core.json
	[[ $status == 0 && -z $output ]]
}

@test "what is gone since is told, and no class that is in neither" {
	build_plain threads
	meet_mortal ./threads
	"$VMAPVIEW" --json "$animal" > before.json
	kill_mortal
	jq -c '.regions += [{start: "0xfffffffffffe0000", end: "0xfffffffffffe1000", perms: "r--s",
		offset: 0, device: "08:01", inode: 7, path: "/gone", flags: null, counters: []}]' \
		before.json > was.json
	run "$VMAPVIEW" --diff was.json "$core"
	echo "$output"
	[[ $status == 1 ]]
	[[ $(awk '!NF { exit } NR > 1 { print $1, $NF }' <<< "$output") == "gone gone" ]]
	awk '!NF { on = 1 } on && $1 == "file" { file = 1 } on && $2 == "." { none = 1 }
		END { exit !file || none }' <<< "$output"
}

@test "counters are not known, and nothing is said to be zero" {
	build_plain threads
	meet_mortal ./threads
	kill_mortal
	"$VMAPVIEW" -o rss,pss,swap "$core" | tail -n +2 | tr -d ' -' | grep . && return 1
	"$VMAPVIEW" -x "$core" > shown
}

@test "a core file that is cut short" {
	build_plain threads
	meet_mortal ./threads
	kill_mortal
	"$VMAPVIEW" -o address,end,class "$core" > whole
	truncate -s -5000 "$core"
	run "$VMAPVIEW" -o address,end,class "$core"
	((status == 1))
	[[ $output == *"the file is cut short"* ]]
	"$VMAPVIEW" -o address,end,class "$core" > rest 2> message || :
	diff whole rest
	[[ $(wc -l < message) == 1 ]]
	# Contents are missing, no regions.
	"$VMAPVIEW" --json "$core" > torn.json || :
	grep -q '"torn":false' torn.json
}

# forget_files CORE - without the note that lists the files, as kernels before 3.7 and others write
# them: its type, "FILE", is another.
forget_files() {
	LC_ALL=C sed 's/ELIFCORE/ELIFcore/' "$1" > unnamed
	! cmp -s "$1" unnamed
}

# images CORE - where the program, the linker and libraries are, and what their parts are.
images() { "$VMAPVIEW" -o address,end,class,part "$1" | tr -s ' ' | grep -E ' (exe|lib|ld\.so|jit|kernel) '; }

@test "a core file that does not tell files: the same program, linker and libraries" {
	build_plain threads
	meet_mortal ./threads threads
	kill_mortal
	forget_files "$core"
	images "$core" > named
	grep -q ' ld.so ' named
	diff named <(images unnamed)
	# The linker's list has their names.
	"$VMAPVIEW" -o class,path unnamed | grep '^lib .*/libc\.so'
	# What the kernel says of its own is true of all: one of them is the program's, by the vector.
	[[ $("$VMAPVIEW" --json unnamed | jq -r '.regions[] | select(.class == "exe").evidence' | sort -u) == auxv ]]
}

@test "a core file that tells neither files nor headers" {
	build_plain threads
	[[ -w /proc/self/coredump_filter ]] || skip "no coredump_filter"
	echo 0x23 > /proc/self/coredump_filter # inherited
	meet_mortal ./threads
	kill_mortal
	forget_files "$core"
	images "$core" > named
	images unnamed > shown
	diff named shown
	[[ $("$VMAPVIEW" --json unnamed | jq -r '.regions[] | select(.class == "lib").evidence' | sort -u) == shape ]]
}

@test "a core file tells where it stopped, and what it holds" {
	[[ $(cat /proc/sys/kernel/core_pattern) == core ]] || skip "core_pattern is not 'core'"
	(ulimit -c unlimited) 2> /dev/null || skip "no core files: ulimit -c $(ulimit -H -c)"
	cat > stop.c <<- 'END'
		#include <stdio.h>
		#include <sys/mman.h>
		int main(void)
		{
			volatile char *p = mmap(0, 5 << 12, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

			printf("%lx\n", (unsigned long)p + 5000);
			fflush(stdout);
			p[5000] = 1;
			return 0;
		}
	END
	"${CC:-cc}" -o stop stop.c || skip "no compiler"
	(ulimit -c unlimited && exec ./stop) > fault || :
	core=$(echo core*)
	[[ -s $core ]]
	"$VMAPVIEW" --json "$core" > core.json
	[[ $(jq -r '"\(.process.signal) \(.process.fault)"' core.json) == "11 0x$(cat fault)" ]]
	"$VMAPVIEW" -o class,part,marks "$core" > marks
	grep -E '^anon +- +fault$' marks
	grep -E '^exe +text +pc:[0-9]+$' marks
	grep -E '^stack +- +sp:[0-9]+$' marks
	"$VMAPVIEW" -o class,why "$core" | grep "the fault that raised signal 11 is at $(cat fault)"
	# The segments' lengths, as readelf has them, are what it holds.
	LC_ALL=C readelf -lW "$core" | awk '$1 == "LOAD" { print substr($3, 3), $5 }' | sed 's/^0*//' |
		while read -r address size; do echo "$address $((size))"; done > held
	"$VMAPVIEW" --bytes -o address,dumped "$core" | awk '$1 ~ /^[0-9a-f]+$/ { print $1, $2 == "." ? 0 : $2 }' > shown
	diff held shown
	# A snapshot of it tells all of that, too.
	diff <("$VMAPVIEW" -o address,dumped,marks,why "$core") <("$VMAPVIEW" -o address,dumped,marks,why core.json)
	run "$VMAPVIEW" -o dumped "$$"
	[[ $output != *[0-9]* ]]
}

@test "a core file that is cut within its notes" {
	build_plain threads
	meet_mortal ./threads
	kill_mortal
	images "$core" > whole
	truncate -s "$(LC_ALL=C grep -abo ELIF "$core" | head -n 1 | cut -d : -f 1)" "$core"
	run "$VMAPVIEW" -o address,class "$core"
	echo "$output"
	((status == 1))
	[[ $output == *"notes are cut short"* ]]
	[[ $output == *" stack"* && $output == *" kernel"* && $output != *" jit"* ]]
	[[ $("$VMAPVIEW" --json "$core" 2> /dev/null | jq -r .process.name) == threads ]]
}
