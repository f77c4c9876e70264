#!/usr/bin/env bats
# On a process at rest our sums are the kernel's own: smaps_rollup, statm, and maps.

# shellcheck disable=SC2154 # zoo.bash sets animal and truth
load zoo

# A zoo of its own: whether pages of a program are shared is up to all who run it.
setup() {
	mkdir "$BATS_TEST_TMPDIR/files"
	cp "$ZOO" "$BATS_TEST_TMPDIR/zoo"
	meet "$BATS_TEST_TMPDIR/zoo" "$BATS_TEST_TMPDIR/files"
	stop_process "$animal"
	[[ -r /proc/$animal/smaps_rollup ]] || skip "no smaps_rollup"
	long=$BATS_TEST_TMPDIR/long
}

teardown() { drop_animal; }

# rolled NAME - the kernel's total.
rolled() { awk -v name="$1:" '$1 == name { print $2 }' "$rollup"; }

# own_numbers - those of the kernel's totals that do not depend on who else maps the same.
own_numbers() { grep -vE '^Pss|_Clean:' "/proc/$animal/smaps_rollup"; }

# look_long OPTION... - $long, $rollup and $smaps of a time when the kernel wrote no dirty page to a
# disk, and neither put pages together to a huge one nor took any away.
look_long() {
	local before
	rollup=$BATS_TEST_TMPDIR/rollup smaps=$BATS_TEST_TMPDIR/smaps
	until
		before=$(own_numbers)
		"$VMAPVIEW" "$@" "$animal" > "$long"
		cat "/proc/$animal/smaps_rollup" > "$rollup"
		cat "/proc/$animal/smaps" > "$smaps"
		[[ $(own_numbers) == "$before" ]]
	do :; done
}

# region_lines FILE - the rows of regions, without headings, rules and totals.
region_lines() { awk '$1 ~ /^[0-9a-f]+$/ && length($1) >= 8' "$1"; }

# long_column NAME - the cells of one column of -X or -XX, one a line, then "total N".
long_column() {
	awk -v name="$1" '
	$1 == "Address" { for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
	!at { next }
	/^ *=[= ]*$/ { rule = 1; next }
	rule { last = $0; next }
	$1 ~ /^[0-9a-f]+$/ { print $at }
	END { split(last, t, " "); print "total", t[at - 5 ] }' "$2"
}

sum() { awk '$1 != "total" { s += $1 } END { printf "%.0f\n", s }'; }

@test "RSS and Dirty of -x are the kernel's" {
	look_long -x
	local rss dirty total
	rss=$(region_lines "$long" | awk '{ s += $3 } END { printf "%.0f", s }')
	dirty=$(region_lines "$long" | awk '{ s += $4 } END { printf "%.0f", s }')
	echo "RSS $rss, dirty $dirty; the kernel's $(rolled Rss)"
	[[ $rss -eq $(rolled Rss) ]]
	[[ $dirty -eq $(($(rolled Shared_Dirty) + $(rolled Private_Dirty))) ]]
	total=$(awk '$1 == "total" { print $3, $4, $5 }' "$long")
	[[ $total == "$(region_lines "$long" | awk '{ s += $2 } END { printf "%.0f", s }') $rss $dirty" ]]
}

@test "Rss and all other counters of -XX are the kernel's" {
	local name
	look_long -XX
	for name in Rss Shared_Dirty Private_Dirty Anonymous LazyFree AnonHugePages ShmemPmdMapped \
		Shared_Hugetlb Private_Hugetlb Swap; do
		[[ -n $(rolled $name) ]] || continue
		echo "$name: ours $(long_column $name "$long" | sum), the kernel's $(rolled $name)"
		[[ $(long_column $name "$long" | sum) -eq $(rolled $name) ]]
	done
}

@test "Rss of -X is the kernel's" {
	look_long -X
	[[ $(long_column Rss "$long" | sum) -eq $(rolled Rss) ]]
}

@test "the totals below -X and -XX are the sums above" {
	local option name
	for option in -X -XX; do
		"$VMAPVIEW" $option "$animal" > "$long"
		for name in Size Rss Pss Anonymous; do
			[[ $(long_column $name "$long" | awk '$1 == "total" { print $2 }') -eq \
				$(long_column $name "$long" | sum) ]]
		done
	done
}

# of_smaps NAME - the kernel's value for each region.
of_smaps() { awk -v name="$1:" '$1 == name { print $2 }' "$smaps"; }

@test "each region's Rss, Anonymous and Private_Hugetlb are the kernel's" {
	local name
	look_long -XX
	for name in Size Rss Anonymous Private_Hugetlb; do
		diff <(of_smaps $name) <(long_column $name "$long" | grep -v total)
	done
}

# own_pss - the kernel's Pss for each region, "-" where the pages are of a file that is not ours:
# those who map the same libraries come and go, and each reader is one of them.
own_pss() {
	awk -v ours="$BATS_TEST_TMPDIR/" '
		/^[0-9a-f]+-/ { others = $6 ~ /^\// && !index($0, ours) }
		$1 == "Pss:" { print others ? "-" : $2 }' "$smaps"
}

@test "each region's Pss is the kernel's" {
	look_long -XX
	own_pss | paste - <(long_column Pss "$long" | grep -v total) | awk '
		$1 != "-" { seen++; if ($1 != $2) { print; bad = 1 } }
		END { print seen " of " NR " regions are its own"; exit bad || seen < NR / 3 }'
}

# A static program shares no page with anybody.  The kernel rounds each region's share down to a
# kB, its total only once, so ours is at most a kB per region less.
@test "Pss is the kernel's within a kB per region" {
	local ours kernel regions
	kill -CONT "$animal"
	end_animal
	build_plain static -static
	meet "$BATS_TEST_TMPDIR/static"
	stop_process "$animal"
	look_long -XX
	kernel=$(rolled Pss)
	ours=$(long_column Pss "$long" | sum)
	regions=$(region_lines "$long" | wc -l)
	echo "the kernel's $kernel kB, ours $ours kB in $regions regions"
	((ours <= kernel && ours >= kernel - regions))
}

@test "the total is the sum over maps" {
	local kb=0 range from to
	while read -r range _; do
		from=${range%-*} to=${range#*-}
		kb=$((kb + (0x$to - 0x$from) / 1024))
	done < "/proc/$animal/maps"
	"$VMAPVIEW" "$animal" > "$long"
	echo "maps has $kb kB, we say $(tail -n 1 "$long")"
	[[ $(awk '$1 == "total" { print $2 }' "$long") == "${kb}K" ]]
	[[ $("$VMAPVIEW" -x "$animal" | awk '$1 == "total" { print $3 }') -eq $kb ]]
}

# Larger numbers are rounded to be read by people.
@test "Rss of our own table is the kernel's" {
	look_long -o rss,mapping
	of_smaps Rss | paste - <(tail -n +2 "$long") | awk '
		$2 ~ /^[0-9]+K?$/ { seen++; if ($1 != $2 + 0) { print; bad = 1 } }
		END { exit bad || seen < NR / 2 }'
}
