#!/bin/bash
# seeds.sh TARGET DIRECTORY: put what a fuzz target starts from there: fixtures, what else the
# tests use, and all that once broke it (tests/fixtures/fuzz).
set -euo pipefail
target=$1 to=$2
fixtures=$TOP_SRCDIR/tests/fixtures
n=0

# One seed from standard input; large ones only slow the fuzzer down.
seed() {
	n=$((n + 1))
	head -c 12000 > "$to/seed-$n"
}

seed_files() {
	local file
	for file; do
		seed < "$file"
	done
}

seed_saved() {
	seed_files "$fixtures"/maps/* "$fixtures"/smaps/* "$fixtures"/cases/* "$fixtures"/proc/*/maps \
		"$fixtures"/proc/*/smaps
	local maps=$fixtures/cases/plain.maps smaps=$fixtures/cases/one.smaps prefix
	# Of two processes that wrote at the same time; of one, with numbers of lines.
	for prefix in 'app[11]: ' '[pid 11] ' 'I/app( 11): ' 'web-1 | ' '[11] '; do
		seed < <(paste -d '\n' <(sed "s#^#$prefix#" "$maps") <(sed "s#^#${prefix/1/2}#" "$smaps"))
	done
	seed < <(awk '{ print "[" FNR "] " $0 }' "$maps" "$maps")
	# With capital letters.
	seed < <(sed -E 's/^([^-]*)-([^ ]* [^ ]*)/\U0x\1-0x\2/' "$maps")
	# In one line.
	seed < <(tr '\n' '\r' < "$smaps")
	seed < <(sed ':a; N; $!ba; s/\n/\\n/g; s/.*/"&"/' "$maps")
}

seed_snapshot() {
	seed_files "$fixtures"/json/* "$fixtures"/golden/*.json
}

seed_core() {
	"$TOP_BUILDDIR/tests/fuzz/cores" "$to"
}

seed_rc() {
	local template=$to/template
	rm -f "$template"
	"$VMAPVIEW" -N "$template" 2> /dev/null
	seed < <(sed 's/^#\([A-Z]\)/\1/' "$template")
	seed < <(printf '[Mapping]\nShowPath\n[Fields Display] Rss x\n[Other]\nRss\n[\n%01100d\n' 0)
}

# What the manual and the tests filter by; not their logs, which are written beside them meanwhile.
seed_filter() {
	local expression
	grep -hoE -- "filter '[^']+'|\\\\\\\\[a-z][^\\\\]+" "$TOP_SRCDIR"/docs/*.md \
		"$TOP_SRCDIR"/tests/cli/*.ba* |
		sed "s/^filter '\\(.*\\)'/\\1/; s/^\\\\\\\\*//" | sort -u |
		while IFS= read -r expression; do
			n=$((n + 1))
			printf %s "$expression" > "$to/seed-$n"
		done
	printf '"a b" or not (rss >= 1.5M and path !~ "^/usr/(bin|lib)") and newfield = 3' > "$to/longest"
}

# Keys, then the maps that they are pressed over: see fuzz_view.c.
seed_view() {
	local keys
	for keys in 'jjkkgG\204\206\0101234554321' '\rjjpf\033\300\312\033' '/lib\rnN\\rss > 1K\r<>>I' \
		'o  jj \rb\3125r\312\3122B' '@7f00\r4jj++--Z\320 ' 'P/prog\r\033q' 'h/a\rnq\341\034\012jj' \
		'wfile\r?heap\r\215\002\004\216\217\340\000\000j' '3\r\r\rjj\t\t\t\217\217'; do
		seed < <(
			printf '%b\0' "$keys"
			head -c 1500 "$fixtures/proc/names/smaps"
			printf '\0'
			head -c 1500 "$fixtures/proc/newkernel/smaps"
			printf '\0'
			head -c 800 "$fixtures/maps/linux44-threads.txt"
		)
	done
}

mkdir -p "$to"
"seed_$target"
for file in "$fixtures/fuzz/$target"/*; do
	[ -e "$file" ] && cp "$file" "$to/${file##*/}"
done
exit 0
