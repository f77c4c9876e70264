#!/usr/bin/env bats
# What changes in a process is told, exactly.

# shellcheck disable=SC2154 # zoo.bash and watch.bash set animal, ask and so on
load zoo
load watch

setup() { mkdir "$BATS_TEST_TMPDIR/files"; }
teardown() {
	drop_watch
	drop_animal
	if [[ -n ${other:-} ]]; then
		kill "$other"
		wait "$other" || :
	fi
}

# start_other - another process, at rest; it is $other.
start_other() {
	sleep 1000 3>&- &
	other=$!
	at_rest "$other" '@(sleep|coreutils)'
}

# order WORD - the zoo obeys; $was and $is are its subject's ranges by its own account.
order() {
	was=${is:-}
	tell "$1"
	is=$(hear 'done' | sed -n 's/^\([0-9a-f]*-[0-9a-f]*\) .*/\1/p' | paste -sd ' ')
}

# step WORD KIND DELTA - it obeys, and that is the one thing that we tell.
step() {
	local told
	order "$1"
	told=$(next_changes)
	is_told "$told" "$@"
}

# is_told CHANGES WORD KIND DELTA - these are that one thing.
is_told() {
	echo "$2: told   $1"
	echo "$2: wanted $3 $4 anon $was > $is"
	[[ $1 == "$3 $4 anon $was > $is" ]]
}

@test "the zoo grows, shrinks, splits, joins and unmaps, and that is what we tell" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	order map
	start_watch
	step grow grown +65536
	step split split +0
	step join merged +0
	step shrink shrunk -65536
	step unmap gone -65536
	step map new +65536
	step split split +0
	# To join it and to let it grow are two calls; who watches may look between them.
	"$VMAPVIEW" --json "$animal" > "$BATS_TEST_TMPDIR/before"
	order grow
	is_told "$("$VMAPVIEW" --json --diff "$BATS_TEST_TMPDIR/before" "$animal" | tr -d '\n' | changes)" \
		grow merged +65536
}

@test "memory that is touched is told with its size" {
	local touched=0
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	order map
	start_watch
	order touch
	# One page after the other: a look may come between them.
	while ((touched < 65536)) && look=$(next_look); do
		[[ $look != *'"changes":[]'* ]] || continue
		grown=$(python3 -c '
import json, sys
start = "0x" + sys.argv[1].split("-")[0]
for c in json.load(sys.stdin)["changes"]:
    if c["after"] and c["after"][0]["start"] == start:
        print(c["kind"], c["differs"], c["size_bytes"]["delta"], c["rss_bytes"]["delta"])
' "$is" <<< "$look")
		[[ -n $grown ]] || continue # it is another region's
		echo "$grown"
		[[ $grown == "changed ['memory'] 0 "* ]]
		touched=$((touched + ${grown##* }))
	done
	((touched == 65536))
}

@test "the table says the same as JSON" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	start_other
	run "$VMAPVIEW" --diff "$animal" "$other"
	[[ $status == 1 ]]
	# A change of 0 is quiet.
	printf '%s\n' "$output" | awk '$1 == "Kind" { on = 1; next } !NF { on = 0 }
		on { print $1, $2, $5 == "." ? "as it was" : "", $6 == "." ? "as it was" : "" }' \
		> "$BATS_TEST_TMPDIR/table"
	[[ ! $output =~ [[:space:]]0[[:space:]] ]]
	run "$VMAPVIEW" --json --diff "$animal" "$other"
	[[ $status == 1 ]]
	python3 -c '
import json, sys
for c in json.load(sys.stdin)["changes"]:
    print(c["kind"], (c["after"] or c["before"])[0]["start"][2:].rjust(12, "0"),
          *("as it was" if c[what]["delta"] == 0 else "" for what in ("size_bytes", "rss_bytes")))
' <<< "$output" > "$BATS_TEST_TMPDIR/json"
	diff "$BATS_TEST_TMPDIR/table" "$BATS_TEST_TMPDIR/json"
	(($(wc -l < "$BATS_TEST_TMPDIR/table") > 50))
}

@test "totals are those of the two processes" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	start_other
	run "$VMAPVIEW" --json --diff "$animal" "$other"
	python3 -c '
import json, sys
d = json.load(sys.stdin)
for side, pid in ("before", sys.argv[1]), ("after", sys.argv[2]):
    n = size = 0
    for line in open("/proc/%s/maps" % pid, "rb"):
        start, end = (int(x, 16) for x in line.split()[0].split(b"-"))
        n += 1
        size += end - start
    assert d["total"]["regions"][side] == n, (d["total"], n)
    assert d["total"]["size_bytes"][side] == size, (d["total"], size)
    for what in "regions", "size_bytes", "rss_bytes", "uss_bytes":
        assert d["total"][what][side] == sum(c[what][side] for c in d["classes"].values()), what
for what in "size_bytes", "rss_bytes":
    same = sum(c[what]["delta"] for c in d["changes"])
    assert d["total"][what]["delta"] == same, (what, d["total"], same)
' "$animal" "$other" <<< "$output"
}

@test "nothing changed: no output, status 0" {
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	run "$VMAPVIEW" --diff "$animal" "/proc/$animal"
	[[ $status == 0 && -z $output ]]
	run "$VMAPVIEW" --json --diff "$animal" "$animal"
	[[ $status == 0 && $output == *'"changes":[]'* ]]
}

@test "two runs of one program have the same regions" {
	local one
	start_other
	one=$other
	start_other
	run "$VMAPVIEW" --json --diff "$one" "$other"
	kill "$one"
	echo "$output"
	[[ $output != *'"kind":"new"'* && $output != *'"kind":"gone"'* ]]
}

@test "trouble is status 2" {
	local gone
	start_other # a shell that is not yet sleep may not heed a signal
	gone=$other
	kill "$gone"
	wait "$gone" || :
	other=
	run "$VMAPVIEW" --diff $$ $gone
	[[ $status == 2 && $output == *"$gone: no such process"* ]]
	run "$VMAPVIEW" --diff $$
	[[ $status == 2 && $output == *'two targets'* ]]
	run "$VMAPVIEW" --diff $$ $$ $$
	[[ $status == 2 ]]
	run "$VMAPVIEW" --diff -x $$ $$
	[[ $status == 2 ]]
	run bash -c '"$0" --diff 1 $$ > /dev/full' "$VMAPVIEW"
	[[ $status == 2 ]]
}
