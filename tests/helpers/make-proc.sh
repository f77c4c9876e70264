#!/bin/sh
# Write the /proc files of a process that never was: make-proc.sh SPEC DIR [PID]
#
# SPEC starts with "key: value" lines:
#   pid, comm, state, stack (start_stack, hex), cmdline (printf escapes, \0 between arguments),
#   fields (the counters of a smaps block, in order; VmFlags is one of them)
# and goes on with the lines of maps, the name behind one blank and padded here as the kernel
# does it.  " | Rss=4 Swap=8" behind a name sets counters of that region; those not set get
# values that follow from the region's size and number, so that every column has something.
set -eu

spec=$1 dir=$2
value() { sed -n "/^[0-9a-f]*-/q; s/^$1: //p" "$spec"; }

pid=${3:-$(value pid)}
comm=$(value comm)
state=$(value state)
stack=$(value stack)
fields=$(value fields)
: "${comm:=made}" "${state:=S}" "${stack:=0}"
: "${fields:=Size KernelPageSize MMUPageSize Rss Pss Pss_Dirty Shared_Clean Shared_Dirty \
Private_Clean Private_Dirty Referenced Anonymous KSM LazyFree AnonHugePages ShmemPmdMapped \
FilePmdMapped Shared_Hugetlb Private_Hugetlb Swap SwapPss Locked THPeligible VmFlags}"

mkdir -p "$dir"
printf '%s\n' "$comm" > "$dir/comm"
printf '%b' "$(value cmdline)" > "$dir/cmdline"

LC_ALL=C sed -n '/^[0-9a-f]*-[0-9a-f]* /p' "$spec" |
LC_ALL=C awk -v fields="$fields" -v maps="$dir/maps" -v smaps="$dir/smaps" '
function hex(s,	i, v) {
	v = 0
	for (i = 1; i <= length(s); i++)
		v = v * 16 + index("0123456789abcdef", substr(s, i, 1)) - 1
	return v
}
function least(a, b) { return a < b ? a : b }
function counter(name) {
	if (name in set)
		return set[name]
	if (name == "Size")
		return size
	if (name ~ /PageSize$/)
		return 4
	if (name == "THPeligible")
		return NR % 3 == 0
	if (name ~ /^(Rss|Referenced)$/)
		return rss
	if (name ~ /^(Pss|Locked)$/)
		return int(rss / 2)
	if (name ~ /^(Private_Dirty|Anonymous|Pss_Dirty)$/)
		return dirty
	if (name == "Shared_Dirty")
		return least(rss - dirty, 4)
	if (name ~ /_Clean$/)
		return int((rss - dirty - least(rss - dirty, 4)) / 8) * 4
	if (name ~ /^Swap/)
		return least(size - rss, 12)
	return 0
}
BEGIN { printf "" > maps; printf "" > smaps }
{
	split("", set)
	line = $0
	if ((i = index(line, " | "))) {
		n = split(substr(line, i + 3), pairs, " ")
		for (k = 1; k <= n; k++) {
			split(pairs[k], pair, "=")
			set[pair[1]] = pair[2]
		}
		line = substr(line, 1, i - 1)
	}

	split(line, word, " ")
	head = word[1] " " word[2] " " word[3] " " word[4] " " word[5] " "
	name = substr(line, length(head) + 1)
	line = name == "" ? head : sprintf("%-72s ", head) name
	print line > maps
	print line > smaps

	split(word[1], range, "-")
	size = (hex(range[2]) - hex(range[1])) / 1024
	rss = word[2] ~ /^---/ ? 0 : least(size, 4 + NR * 28 % 404)
	dirty = word[2] ~ /w/ ? int(rss / 8) * 4 : 0

	n = split(fields, field, " ")
	for (k = 1; k <= n; k++) {
		f = field[k]
		if (f == "VmFlags")
			printf "VmFlags: %s%s%smr mw me %s\n", word[2] ~ /^r/ ? "rd " : "",
				word[2] ~ /^.w/ ? "wr " : "", word[2] ~ /x/ ? "ex " : "",
				word[2] ~ /s$/ ? "sh " : "" > smaps
		else if (f == "THPeligible" || f == "ProtectionKey")
			printf "%s:%*d\n", f, 23 - length(f), counter(f) > smaps
		else
			printf "%s: %*d kB\n", f, 22 - length(f), counter(f) > smaps
	}
}'

# The rollup names the whole span and adds up what adds up.
LC_ALL=C awk '
/^[0-9a-f]+-[0-9a-f]+ / { split($1, range, "-"); if (!first) first = range[1]; last = range[2]; next }
$3 == "kB" && $1 !~ /^(Size|KernelPageSize|MMUPageSize):/ {
	if (!($1 in sum))
		order[++n] = $1
	sum[$1] += $2
}
END {
	if (!first)
		exit
	printf "%-72s [rollup]\n", first "-" last " ---p 00000000 00:00 0"
	for (i = 1; i <= n; i++)
		printf "%s %*d kB\n", order[i], 23 - length(order[i]), sum[order[i]]
}' "$dir/smaps" > "$dir/smaps_rollup"

printf '%s\n' "2000 500 300 20 0 400 0" > "$dir/statm"
printf '%d (%s) %s 1 %d %d 0 -1 4194304 420 0 7 0 3 1 0 0 20 0 1 0 4000 8192000 500 %s %d %d %d %s\n' \
	"$pid" "$comm" "$state" "$pid" "$pid" 18446744073709551615 4194304 4198400 \
	"$((0x$stack))" "0 0 0 0 0 0 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0" > "$dir/stat"
{
	printf 'Name:\t%s\nUmask:\t0022\n' "$comm"
	case $state in
	Z) printf 'State:\tZ (zombie)\n' ;;
	*) printf 'State:\tS (sleeping)\n' ;;
	esac
	printf 'Tgid:\t%d\nNgid:\t0\nPid:\t%d\nPPid:\t1\nTracerPid:\t0\n' "$pid" "$pid"
	printf 'Uid:\t0\t0\t0\t0\nGid:\t0\t0\t0\t0\nFDSize:\t64\nGroups:\t \n'
	[ ! -s "$dir/maps" ] ||
		printf 'VmPeak:\t    8000 kB\nVmSize:\t    8000 kB\nVmRSS:\t    2000 kB\nVmSwap:\t       0 kB\n'
	printf 'Threads:\t1\n'
} > "$dir/status"
