#!/usr/bin/env bats
# Saved and read again: nothing is lost, nothing added.

# shellcheck disable=SC2154 # zoo.bash sets animal
bats_require_minimum_version 1.5.0

load zoo

setup() {
	mkdir "$BATS_TEST_TMPDIR/files"
	cd "$BATS_TEST_TMPDIR" || return
}

teardown() { drop_animal; }

# same_again TARGET - a snapshot of it gives the same snapshot, byte by byte, and is said to be
# incomplete if it is.
same_again() {
	"$VMAPVIEW" --json "$1" > first 2> errors || :
	[[ -s first ]] || return 0 # nothing of it could be read: other tests say which those are
	local status=0
	"$VMAPVIEW" --json first > second 2> errors || status=$?
	cmp first second
	((status == $(head -n 1 first | grep -c '"torn":true')))
	count=$((count + 1))
}

@test "every fixture, as a snapshot and back" {
	local file count=0
	for file in "$TOP_SRCDIR"/tests/fixtures/{maps,smaps}/*.txt "$TOP_SRCDIR"/tests/fixtures/json/*.json \
		"$TOP_SRCDIR"/tests/fixtures/proc/*/{maps,smaps}; do
		same_again "$file" || { echo "$file"; return 1; }
	done
	((count >= 20))
}

@test "what a broken file leaves is said to be torn" {
	local fixtures=$TOP_SRCDIR/tests/fixtures
	command -v jq || skip "no jq"
	for file in "$fixtures/cases/cut-in-record.smaps" "$fixtures/json/cut.json"; do
		run --separate-stderr "$VMAPVIEW" --json "$file"
		[[ $status == 1 ]]
		[[ $(jq -c '[.torn, (.regions | length > 0)]' <<< "$output") == '[true,true]' ]]
	done
	# What is shown is whole here; the one that is cut short is another.
	run --separate-stderr "$VMAPVIEW" --json "$fixtures/json/record-cut.json"
	[[ $status == 1 && $(jq .torn <<< "$output") == false ]]
	run --separate-stderr "$VMAPVIEW" --json "$fixtures/smaps/arm.txt"
	[[ $status == 0 && $(jq .torn <<< "$output") == false ]]
}

# dirty - the dirty memory of each region of $animal.
dirty() { awk '$1 == "Shared_Dirty:" { kb = $2 } $1 == "Private_Dirty:" { print kb + $2 }' "/proc/$animal/smaps"; }

@test "the zoo, as a snapshot and back; its tables are those of the process" {
	local format before
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	same_again "$animal"
	# Of a time when the kernel wrote no dirty page to a disk.
	until
		before=$(dirty)
		"$VMAPVIEW" --json "$animal" > first
		"$VMAPVIEW" -x "$animal" > shown
		[[ $(dirty) == "$before" ]]
	do :; done
	diff shown <("$VMAPVIEW" -x first)
	# Not Pss and Uss: others change what is shared, our own process first of all.
	for format in "--bytes --summary -o class,size,rss,swap" \
		"--format csv -o address,end,perms,rss,swap,offset,device,inode,class,part,object,notes,vmflags,why,path"; do
		# shellcheck disable=SC2086
		diff <("$VMAPVIEW" $format "$animal") <("$VMAPVIEW" $format first)
	done
}

@test "a core file, as a snapshot and back" {
	command -v gcore || skip "no gcore"
	local count=0
	start_animal sleep 1000
	at_rest "$animal" '@(sleep|coreutils)'
	timeout 60 gcore -o core "$animal" < /dev/null > gcore.log 2>&1 || skip "gcore: $(tail -n 1 gcore.log)"
	same_again "core.$animal"
	((count == 1))
	diff <("$VMAPVIEW" --format csv -o +class,part,object,why "core.$animal") \
		<("$VMAPVIEW" --format csv -o +class,part,object,why first)
}

@test "names that hide what they are" {
	local count=0
	# shellcheck disable=SC2059
	{
		printf '1000-2000 r--p 00000000 fe:00 1 /a\\012b\xff\n'
		printf '2000-3000 ---s ffffffffffffffff ff:fffff 18446744073709551615 /\x1b[31m"\\\xe2\x80\xae\n'
		printf '3000-4000 rwxp 00000000 00:00 0 [anon:\xc3\x28 {"regions":[}]\n'
		printf '4000-5000 rwxp 00000000 00:00 0 {"schema"\n'
	} > hostile
	same_again hostile
	((count == 1))
	python3 - first hostile <<- 'END'
	import json, re, sys
	regions = json.load(open(sys.argv[1], encoding="utf-8"))["regions"]
	lines = open(sys.argv[2], "rb").read().split(b"\n")[:-1]
	assert len(regions) == len(lines)
	for r, line in zip(regions, lines):
	    offset, inode, name = re.match(rb"\S+ \S+ (\S+) \S+ (\d+) (.*)$", line).groups()
	    assert r["offset"] == int(offset, 16) and r["inode"] == int(inode), r
	    assert (bytes.fromhex(r["path_hex"]) if "path_hex" in r else r["path"].encode()) == name, r
	END
}

@test "saved smaps and a snapshot are compared with the process" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	"$VMAPVIEW" --json "$animal" > a.json
	cat "/proc/$animal/smaps" > smaps.txt
	run -0 "$VMAPVIEW" --diff a.json "$animal"
	[[ -z $output ]]
	run "$VMAPVIEW" --json --diff smaps.txt "$animal"
	[[ $(jq '[.changes[] | select(.kind != "changed" or (.differs | index("memory")))] | length' <<< "$output") == 0 ]]
}

@test "a huge map is written and read in memory for itself only" {
	local regions=60000
	awk -v n=$regions 'BEGIN { for (i = 1; i <= n; i++) {
		printf "%08x-%08x rw-p 00000000 00:00 0 \n", i * 8192, i * 8192 + 4096
		print "Size: 4 kB\nRss: 4 kB\nPss: 4 kB\nShared_Clean: 0 kB\nShared_Dirty: 0 kB\nPrivate_Clean: 0 kB"
		print "Private_Dirty: 4 kB\nReferenced: 4 kB\nAnonymous: 4 kB\nSwap: 0 kB\nVmFlags: rd wr mr mw me ac"
	} }' > huge.smaps
	"$VMAPVIEW" --json huge.smaps > huge.json
	[[ $(grep -c '^{"start"' huge.json) == "$regions" ]]
	[[ ${SANITIZERS:-no} == yes ]] && skip "sanitizers keep what is freed"
	python3 - "$VMAPVIEW" <<- 'END'
	import os, subprocess, sys
	def peak(*args):
	    child = subprocess.Popen([sys.argv[1], *args], stdout=subprocess.DEVNULL)
	    _, status, usage = os.wait4(child.pid, 0)
	    assert status == 0, args
	    return usage.ru_maxrss
	# A table of all columns keeps as much of the process.
	list = subprocess.run([sys.argv[1], "--list-columns"], capture_output=True, text=True).stdout
	all = ",".join(line.split()[0] for line in list.splitlines())
	least = peak("--format", "csv", "-o", all, "huge.smaps")
	wrote, read = peak("--json", "huge.smaps"), peak("--json", "huge.json")
	size = os.stat("huge.json").st_size // 1024
	print(f"kB: table {least}, written {wrote}, read {read}; the file has {size}")
	assert wrote < least + 1024 and read < least + 2048
	END
}
