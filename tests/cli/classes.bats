#!/usr/bin/env bats
# Every region is of the class that its maker says it is.

# shellcheck disable=SC2154 # zoo.bash sets animal, truth, skips and play
load zoo

setup() { mkdir "$BATS_TEST_TMPDIR/files"; }
teardown() {
	drop_animal
	[[ -z ${play:-} ]] || rm -rf "$play"
}

# told_right - what the animal said about itself is what we show.
told_right() {
	look "$animal"
	check_truth
	check_known "$animal"
}

@test "the zoo: one region of every class" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	told_right
	echo "# the zoo shows $(wc -l < "$truth") regions of:" \
		"$(cut -d ' ' -f 2 "$truth" | sort | uniq -c | awk '{ printf "%s %s, ", $2, $1 }')" >&3
	sed 's/^/# the zoo has no: /' "$skips" >&3
	end_animal
	[[ -z $(ls -A "$BATS_TEST_TMPDIR/files") ]]
}

@test "the zoo has what every machine has" {
	local class
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	for class in exe lib ld.so file heap arena stack thread guard reserve shm memfd shared jit kernel anon; do
		grep -q "^[^ ]* $class " "$truth" || { echo "no $class"; return 1; }
	done
	for class in text rodata relro data bss; do
		grep -q "^[^ ]* exe $class " "$truth" || { echo "no $class of exe"; return 1; }
	done
}

@test "the zoo while its subject changes" {
	local word
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	for word in grow split join shrink touch unmap map; do
		tell $word
		hear 'done' | grep -a '^[0-9a-f]*-[0-9a-f]* ' > "$truth" || [[ $word == unmap ]]
		look "$animal"
		check_known "$animal"
		[[ $word == unmap ]] || check_truth
	done
}

@test "the zoo of somebody who is not root" {
	need_nobody
	mkdir -m 1777 "$play/files"
	cp "$ZOO" "$play/zoo"
	meet "${NOBODY[@]}" "$play/zoo" "$play/files"
	look_as_nobody "$play" "$animal"
	check_truth
	check_known "$animal"
}

@test "a static program" {
	build_plain static -static
	meet "$BATS_TEST_TMPDIR/static"
	[[ $(grep -c ' ld.so ' "$truth") == 0 ]]
	told_right
}

@test "a static program that can move" {
	build_plain staticpie -static-pie
	meet "$BATS_TEST_TMPDIR/staticpie"
	told_right
}

@test "a program at a fixed address" {
	build_plain fixed -no-pie -fno-pie
	meet "$BATS_TEST_TMPDIR/fixed"
	told_right
}

@test "a program that leaves its parts unprotected" {
	build_plain unprotected -Wl,-z,norelro -Wl,-z,noseparate-code
	meet "$BATS_TEST_TMPDIR/unprotected"
	told_right
}

@test "a program whose pages are larger than the machine's" {
	build_plain large -Wl,-z,max-page-size=0x200000 -Wl,-z,separate-code
	meet "$BATS_TEST_TMPDIR/large"
	told_right
}

@test "a program that was deleted" {
	build_plain gone
	meet "$BATS_TEST_TMPDIR/gone"
	rm "$BATS_TEST_TMPDIR/gone"
	told_right
	grep -q ' exe text .*gone (deleted)$' "$rows"
}

@test "threads" {
	build_plain threads
	meet "$BATS_TEST_TMPDIR/threads" threads
	told_right
}

@test "threads whose stacks are one region, and stacks that are cut from a heap" {
	local start
	build_plain crowd
	meet "$BATS_TEST_TMPDIR/crowd" crowd cut
	told_right
	# Each thread has the region as its stack, also the one that runs.
	start=$(sed -n 's/^\([0-9a-f]*\)-.* stacks of threads, .*/\1/p' "$truth")
	[[ $("$VMAPVIEW" --json "$animal" |
		jq --arg at "0x$start" '[.threads[] | select(.stack == $at)] | length') == 4 ]]
	[[ $("$VMAPVIEW" -o address,why "$animal" | grep "^ *$start ") == *', together with those of others ('* ]]
}

@test "arenas: small, large, of two heaps, given back" {
	build_plain arenas
	meet "$BATS_TEST_TMPDIR/arenas" arenas
	[[ $(grep -c ' arena ' "$truth") -ge 5 ]]
	told_right
	[[ $("$VMAPVIEW" --json "$animal" | jq -r '.regions[] | select(.class == "arena").evidence' |
		sort -u) == content ]]
}

@test "a program that runs code it wrote" {
	build_plain writer
	meet "$BATS_TEST_TMPDIR/writer" code
	told_right
	grep -q ' jit ' "$rows"
}

# build_gone - a library and a program that needs it, in the test's directory.
build_gone() {
	local dir=$BATS_TEST_TMPDIR
	echo 'extern char gone[]; extern char *gone_at; char gone[9999] = "x", *gone_at = gone;' > "$dir/gone.c"
	"${CC:-cc}" -shared -fPIC -Wl,-soname,libgone.so.1 -o "$dir/libgone.so.1" \
		"$dir/gone.c" 2> "$dir/cc" ||
		skip "no shared libraries: $(tail -n 1 "$dir/cc")"
	# shellcheck disable=SC2016 # the loader knows what $ORIGIN is
	build_plain needy -Wl,--no-as-needed "$dir/libgone.so.1" '-Wl,-rpath,$ORIGIN'
}

@test "a library that was deleted" {
	build_gone
	meet "$BATS_TEST_TMPDIR/needy"
	rm "$BATS_TEST_TMPDIR/libgone.so.1"
	told_right
	grep -q ' lib text .*libgone.so.1 (deleted)$' "$rows"
}

@test "a library that was replaced, as an upgrade does" {
	build_gone
	meet "$BATS_TEST_TMPDIR/needy"
	echo "no library" > "$BATS_TEST_TMPDIR/new"
	mv "$BATS_TEST_TMPDIR/new" "$BATS_TEST_TMPDIR/libgone.so.1"
	told_right
	grep -q ' lib text .*libgone.so.1 (deleted)$' "$rows"
}

@test "a library that was deleted, seen by somebody who is not root" {
	need_nobody
	build_gone
	cp "$BATS_TEST_TMPDIR"/{needy,libgone.so.1} "$play"
	meet "${NOBODY[@]}" "$play/needy"
	rm "$play/libgone.so.1"
	look_as_nobody "$play" "$animal"
	check_truth
	check_known "$animal"
}

@test "python3" {
	[[ -x /usr/bin/python3 ]] || skip "no /usr/bin/python3"
	start_animal /usr/bin/python3 -c 'import ctypes, json, sys, threading, zlib
print("ready", flush=True)
sys.stdin.read()'
	hear ready
	at_rest "$animal" 'python3*'
	truth_from_maps "$animal"
	told_right
	grep -q '^[^ ]* exe ' "$truth"
	grep -q '^[^ ]* lib ' "$truth"
	grep -q ' exe text ' "$rows"
	grep -q ' heap ' "$rows"
}

@test "every process we may read has only known classes" {
	local dir pid seen=0
	rows=$BATS_TEST_TMPDIR/rows
	for dir in /proc/[0-9]*; do
		pid=${dir#/proc/}
		"$VMAPVIEW" -o address,end,class "$pid" > "$BATS_TEST_TMPDIR/table" 2> /dev/null || continue
		awk -v classes=" $CLASSES " '$1 ~ /^[0-9a-f]+$/ && !index(classes, " " $3 " ") {
			print; bad = 1 } END { exit bad }' "$BATS_TEST_TMPDIR/table"
		seen=$((seen + 1))
	done
	((seen > 0))
}
