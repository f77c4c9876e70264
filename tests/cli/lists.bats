#!/usr/bin/env bats
# Lists of any kind: one filter, one order, one set of formats for all of them.

# shellcheck disable=SC2154 # zoo.bash sets animal and play
bats_require_minimum_version 1.5.0

load zoo

setup() { mkdir "$BATS_TEST_TMPDIR/files"; }
teardown() {
	drop_animal
	[[ -z ${play:-} ]] || rm -rf "$play"
}

# The kernel's own sums of the animal are the truth; what else runs comes and goes.
@test "processes: filter, order and columns are those of tables" {
	local rss
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	rss=$(($(awk '$1 == "Rss:" { print $2 }' "/proc/$animal/smaps_rollup") * 1024))
	run --separate-stderr "$VMAPVIEW" --all --format csv -o pid,rss,regions,command \
		--filter "user = $(id -un) and pid = $animal and rss >= $rss and pss > 0"
	[[ $status == 0 && ${#lines[@]} == 2 ]]
	[[ ${lines[0]} == $'pid,rss,regions,command\r' ]]
	[[ ${lines[1]} == "$animal,$rss,$(wc -l < "/proc/$animal/maps"),$ZOO "* ]]
	run --separate-stderr "$VMAPVIEW" --list processes --format csv -o pid --no-headings \
		--filter "pid = $animal and '$ZOO '"
	[[ $output == "$animal"$'\r' ]]
	run --separate-stderr "$VMAPVIEW" --list processes --format csv -o pid --no-headings \
		--filter "pid = $animal and nosuchword"
	[[ $status == 0 && -z $output ]]
	run --separate-stderr "$VMAPVIEW" --all --filter "pid != $animal" --format csv -o pid
	[[ $status == 0 && ${#lines[@]} -gt 1 && " ${lines[*]} " != *" $animal"$'\r'* ]]
}

@test "processes: groups and totals add up" {
	run --separate-stderr "$VMAPVIEW" --all --group user --json
	[[ $status == 0 ]]
	python3 -c '
import json, sys
d = json.load(sys.stdin)
assert d["schema"] == "vmapview-table" and d["list"] == "processes" and d["group"] == "user", d
assert sum(r["processes"] for r in d["rows"]) == d["totals"]["processes"] > 1
for key in "rss_bytes", "pss_bytes", "regions":
    assert sum(r[key] or 0 for r in d["rows"]) == d["totals"][key], key
assert len({r["user"] for r in d["rows"]}) == len(d["rows"])
' <<< "$output"
	# The table ends with the totals of what it shows.
	run --separate-stderr "$VMAPVIEW" --all --bytes --filter 'regions > 0'
	awk 'NR > 1 && $1 != "total" && $1 != "near" { regions += $7 }
		$1 == "total" { exit $6 != regions } ' <<< "$output"
	[[ $output == *$'\n'*total* ]]
	run --separate-stderr "$VMAPVIEW" --all --no-headings -o pid,rss --filter 'pid = 1'
	[[ ${#lines[@]} == 1 && ${lines[0]} =~ ^1\ +[0-9.]+[KMG]$ ]]
}

@test "who maps a file: regions of all processes" {
	local libc
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	libc=$(awk '/libc\.so/ { print $6; exit }' "/proc/$animal/maps")
	run --separate-stderr "$VMAPVIEW" --all --list regions --format csv -o address,path \
		--filter "object = '$libc'"
	[[ $status == 0 && ${lines[0]} == $'target,address,path\r' ]]
	grep -c "^$animal,.*$libc" <<< "$output"
	diff <(sed -n "s,^$animal\,0x0*\([0-9a-f]*\)\,$libc.*,\1,p" <<< "$output") \
		<(sed -n "s,^\([0-9a-f]*\)-.* $libc\$,\1,p" "/proc/$animal/maps")
	# Who has nothing to show is not named.
	run --separate-stderr "$VMAPVIEW" --all --list regions --filter "path = '$BATS_TEST_TMPDIR/*'"
	[[ $(grep -c ':   ' <<< "$output") == 1 && $output == "$animal:"* ]]
	run --separate-stderr "$VMAPVIEW" --all --list classes --filter "path = /nowhere"
	[[ $status == 0 && -z $output ]]
}

@test "objects and classes are the groups of these names" {
	local saved=$BATS_TEST_TMPDIR/smaps
	meet "$ZOO" "$BATS_TEST_TMPDIR/files"
	cat "/proc/$animal/smaps" > "$saved"
	diff <("$VMAPVIEW" --list objects "$saved") <("$VMAPVIEW" --group object "$saved")
	diff <("$VMAPVIEW" --list classes "$saved") <("$VMAPVIEW" --group class "$saved")
	diff <("$VMAPVIEW" --list regions "$saved") <("$VMAPVIEW" -o +address "$saved")
	diff <("$VMAPVIEW" --list classes --json "$saved") <("$VMAPVIEW" --summary --json "$saved")
}

@test "changes: filter, order and columns are those of tables" {
	local before=$BATS_TEST_TMPDIR/before.json
	printf '1000-3000 rw-p 00000000 00:00 0 [heap]\nRss: 8 kB\n5000-6000 rw-p 00000000 00:00 0\nRss: 4 kB\n' > "$before.1"
	printf '1000-9000 rw-p 00000000 00:00 0 [heap]\nRss: 4 kB\nb000-d000 rw-p 00000000 00:00 0\nRss: 8 kB\n' > "$before.2"
	run --separate-stderr "$VMAPVIEW" --diff --sort=-rss --json "$before.1" "$before.2"
	[[ $status == 1 ]]
	python3 -c '
import json, sys
d = json.load(sys.stdin)
assert d["list"] == "changes", d
assert d["before"].endswith(".1") and d["target"].endswith(".2")
assert [r["rss_bytes"] for r in d["rows"]] == sorted((r["rss_bytes"] for r in d["rows"]), reverse=True)
grown = [r for r in d["rows"] if r["kind"] == "grown"]
assert grown[0]["size_bytes"] == 0x6000 and grown[0]["rss_bytes"] == -4096, grown
' <<< "$output"
	run --separate-stderr "$VMAPVIEW" --diff --filter 'rss < 0' --format csv -o kind,address,rss \
		"$before.1" "$before.2"
	[[ $status == 1 && ${lines[1]} == $'grown,0x000000001000,-4096\r' ]]
	run --separate-stderr "$VMAPVIEW" --diff --filter 'size > +5K and rss = -4K' --format csv -o kind \
		--no-headings "$before.1" "$before.2"
	[[ $output == $'grown\r' ]]
	# What is not shown is different all the same.
	run --separate-stderr "$VMAPVIEW" --diff --filter 'kind = split' "$before.1" "$before.2"
	[[ $status == 1 ]]
	run --separate-stderr "$VMAPVIEW" --list balance --format csv -o class,size "$before.1" "$before.2"
	[[ $status == 1 && $output == *$'heap,24576\r'* ]]
}

# The words of this column are made for each row.
@test "changes: groups of what is different" {
	printf '1000-3000 rw-p 00000000 00:00 0 [heap]\n5000-6000 rw-p 00000000 00:00 0\n' > "$BATS_TEST_TMPDIR/1"
	printf '1000-3000 r--p 00000000 00:00 0 [heap]\n5000-6000 r-xp 00000000 00:00 0\n' > "$BATS_TEST_TMPDIR/2"
	run --separate-stderr "$VMAPVIEW" --diff --group note --sort note --format csv -o after \
		"$BATS_TEST_TMPDIR/1" "$BATS_TEST_TMPDIR/2"
	[[ $status == 1 && ${#lines[@]} == 3 ]]
	[[ ${lines[1]} == $'rw-p>r--p,8192\r' && ${lines[2]} == $'rw-p>r-xp,4096\r' ]]
}

@test "what does not go together is said" {
	run "$VMAPVIEW" --list nonsense $$
	[[ $status == 1 && $output == *"'nonsense' is none of $("$VMAPVIEW" --list-kinds | awk '{ printf "%s%s", sep, $1; sep = ", " }')" ]]
	run "$VMAPVIEW" --list processes $$
	[[ $status == 1 && $output == *"--list processes takes no target" ]]
	run "$VMAPVIEW" --list changes $$
	[[ $status == 2 && $output == *"--list changes takes two targets" ]]
	run "$VMAPVIEW" --all --list changes
	[[ $status == 1 && $output == *"--all does not list changes" ]]
	run "$VMAPVIEW" --diff --list objects $$ $$
	[[ $status == 2 && $output == *"--diff does not list objects" ]]
	run "$VMAPVIEW" --all --group nonsense
	[[ $status == 1 && $output == *"'nonsense' is not a text column of processes"* ]]
	run "$VMAPVIEW" --list-columns=nonsense
	[[ $status == 1 && $output == *"is none of"* ]]
	run --separate-stderr "$VMAPVIEW" --all --list regions -o rss,nonsense
	[[ $status == 1 && -z $output && $stderr == *"no such column: 'nonsense'"* ]]
	run "$VMAPVIEW" --all --filter 'address > 0'
	[[ $status == 1 && $output == *"no such column"* ]]
	run "$VMAPVIEW" --all --format prometheus
	[[ $status == 1 && $output == *"--format=prometheus cannot list processes" ]]
}

@test "every kind has columns, a help and words of its own" {
	local kind help
	while read -r kind help; do
		[[ -n $help ]]
		run "$VMAPVIEW" --list-columns="$kind"
		[[ $status == 0 && ${#lines[@]} -gt 0 ]]
	done < <("$VMAPVIEW" --list-kinds)
	diff <("$VMAPVIEW" --list-columns) <("$VMAPVIEW" --list-columns=regions)
}

# What was the only option that began so in 0.1, or is in pmap, still is.
@test "abbreviations that worked go on working" {
	local short
	for short in list-k list-ke list-c list-co; do
		run "$VMAPVIEW" --$short
		[[ $status == 0 && ${#lines[@]} -gt 10 ]]
	done
	run "$VMAPVIEW" --list-kin
	[[ $status == 0 && $output == regions* ]]
	# Not on standard output, which has the command lines of all processes.
	for short in su sum sor fil gr by no form js output- inter at dif wat cou rec al col; do
		run --separate-stderr "$VMAPVIEW" --$short
		[[ $stderr != *ambiguous* ]]
	done
	for short in ex de qu sh us ra he ve s e d q u h; do
		run --separate-stderr "$VMAPVIEW" --$short
		[[ $stderr != *ambiguous* ]]
	done
}
