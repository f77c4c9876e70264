# Processes that know what they are made of, and what vmapview says about them.
#
# VMAPVIEW, DEMO and ZOO are the programs; TOP_SRCDIR has the sources of more helpers, which are
# built here with CC because some need flags of their own (-static, -no-pie).
#
# A process under test ("animal") reads commands from a fifo that the test holds open, so it ends
# when the test does.  Its lines are in zoo/zoo.h.

: "${TOP_SRCDIR:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${TOP_BUILDDIR:=$TOP_SRCDIR}"
: "${VMAPVIEW:=$TOP_BUILDDIR/vmapview}"
: "${DEMO:=$TOP_BUILDDIR/vmapview-demo}"
: "${ZOO:=$TOP_BUILDDIR/tests/zoo}"
export VMAPVIEW DEMO

# shellcheck source=tests/cli/wait.bash
. "$TOP_SRCDIR/tests/cli/wait.bash"

PATIENCE=30 # seconds to wait for a line that must come
CLASSES='exe lib ld.so file heap arena stack thread guard reserve shm memfd shared huge device jit kernel named anon'

# start_animal COMMAND... - run it; then $animal is its PID, ${ask[1]} where it listens, ${ask[0]}
# what it says.
start_animal() {
	local dir
	dir=$(mktemp -d "$BATS_TEST_TMPDIR/animal.XXXXXX")
	mkfifo "$dir/in" "$dir/out"
	"$@" < "$dir/in" > "$dir/out" 2> "$dir/errors" 3>&- &
	animal=$!
	exec {to_animal}> "$dir/in" {from_animal}< "$dir/out"
	ask=("$from_animal" "$to_animal")
	errors=$dir/errors
}

# at_rest PID PATTERN - wait until the process is a program of that name, and sleeps: what it has
# mapped stays as it is.  Before that it may be our shell, which sleeps, too, where it opens a fifo.
at_rest() {
	local last=$((SECONDS + PATIENCE)) exe
	until
		exe=$(readlink "/proc/$1/exe")
		# shellcheck disable=SC2053 # it is a pattern
		[[ ${exe##*/} == $2 ]] && grep -q '^State:.S' "/proc/$1/status"
	do
		((SECONDS < last)) || { echo "$1 is not $2 at rest" >&2; return 1; }
	done
}

# hear WORD - print what it says up to the line that begins with WORD, including that.
hear() {
	local line
	while IFS= read -r -t "$PATIENCE" -u "${ask[0]}" line; do
		printf '%s\n' "$line"
		[[ $line != "$1"* ]] || return 0
	done
	echo "no line with $1; standard error:" >&2
	cat "$errors" >&2
	return 1
}

tell() { printf '%s\n' "$1" >&"${ask[1]}"; }

# end_animal - close its input; the exit status is the animal's.
end_animal() {
	local status=0
	exec {to_animal}>&-
	# The end of its output is its own end.
	while ((status == 0)) && [[ -n ${from_animal:-} ]]; do
		read -r -t "$PATIENCE" -u "$from_animal" || status=$?
	done
	((status <= 128)) || kill -KILL "$animal"
	[[ -z ${from_animal:-} ]] || exec {from_animal}<&-
	from_animal=
	status=0
	wait "$animal" || status=$?
	animal=
	return $status
}

# drop_animal - the same in a teardown, where it may be in any state or not there.
drop_animal() {
	[[ -n ${animal:-} ]] || return 0
	# Only if we stopped it: one that exits may be stopped by its own leak check, which waits for ever
	# when somebody else makes it go on.
	if grep -q '^State:.T (stopped' "/proc/$animal/status" 2> /dev/null; then
		kill -CONT "$animal" 2> /dev/null || :
	fi
	kill -TERM "$animal" 2> /dev/null || :
	end_animal 2> /dev/null || :
}

# meet COMMAND... - start an animal and keep the truth it tells in $truth, the rest in $skips.
meet() {
	start_animal "$@"
	hear ready > "$BATS_TEST_TMPDIR/told"
	truth=$BATS_TEST_TMPDIR/truth
	skips=$BATS_TEST_TMPDIR/skips
	grep -a '^[0-9a-f]*-[0-9a-f]* ' "$BATS_TEST_TMPDIR/told" > "$truth"
	grep -a '^skip ' "$BATS_TEST_TMPDIR/told" > "$skips" || :
}

# look PID - all rows as "ADDRESS END CLASS PART PERMS MAPPING" in $rows.
look() {
	rows=$BATS_TEST_TMPDIR/rows
	"$VMAPVIEW" -o address,end,class,part,perms,mapping "$1" > "$BATS_TEST_TMPDIR/table"
	rows_of < "$BATS_TEST_TMPDIR/table" > "$rows"
}

# rows_of - no heading, one blank between columns.
rows_of() { tr -s ' ' | awk '$1 ~ /^[0-9a-f]+$/ && $2 ~ /^[0-9a-f]+$/' | sed 's/^ //'; }

# look_as_nobody DIR PID - the same with a copy of the program in DIR, as a user without rights.
NOBODY=(setpriv --reuid=65534 --regid=65534 --clear-groups)
look_as_nobody() {
	rows=$BATS_TEST_TMPDIR/rows
	cp "$VMAPVIEW" "$1/vmapview"
	"${NOBODY[@]}" "$1/vmapview" -o address,end,class,part,perms,mapping "$2" > "$BATS_TEST_TMPDIR/table"
	rows_of < "$BATS_TEST_TMPDIR/table" > "$rows"
}

# need_nobody - make $play, a directory that nobody can enter; skips where we can't be him.
need_nobody() {
	((EUID == 0)) || skip "only root can become somebody else"
	command -v setpriv || skip "no setpriv"
	play=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-zoo.XXXXXX")
	chmod 755 "$play"
}

# check_truth - $rows against $truth; prints each difference.  A part "*" is not compared.
check_truth() {
	LC_ALL=C awk '
	function pad(hex) { return "x" substr("0000000000000000" hex, length(hex) + 1) }
	function bad(why) { print why ": told   " told; print "        shown  " shown; failed = 1 }
	NR == FNR {
		start[NR] = pad($1); end[NR] = pad($2)
		class[NR] = $3; part[NR] = $4; perms[NR] = $5
		line[NR] = $0; n = NR
		next
	}
	{
		told = $0; shown = "nothing"; checked++
		split($1, at, "-"); from = pad(at[1]); to = pad(at[2])
		within = index($0, "# within: ")
		for (i = 1; i <= n; i++)
			if (start[i] <= from && from < end[i])
				break
		if (i > n) {
			bad("missing")
			next
		}
		shown = line[i]
		if (start[i] != from && !within || end[i] < to)
			bad("place")
		else if (class[i] != $2)
			bad("class")
		else if ($3 != "*" && part[i] != $3)
			bad("part")
		else if (perms[i] != $4)
			bad("perms")
	}
	END {
		if (!checked) {
			print "nothing was told"
			failed = 1
		}
		exit failed
	}' "$rows" "$truth"
}

# check_known - every region the kernel has is a row, and its class is one of ours.
check_known() {
	local mapped shown
	mapped=$(wc -l < "/proc/$1/maps")
	shown=$(wc -l < "$rows")
	if ((mapped != shown)); then
		echo "$mapped regions in maps, $shown rows"
		return 1
	fi
	awk -v classes=" $CLASSES " '!index(classes, " " $3 " ") { print; bad = 1 } END { exit bad }' "$rows"
}

# truth_from_maps PID - the truth about a program that tells none, as far as the names in its maps
# go: a file that is mapped to run somewhere is an image, the rest of files are files.
truth_from_maps() {
	truth=$BATS_TEST_TMPDIR/truth
	awk -v exe="$(readlink "/proc/$1/exe")" '
	function class(name) {
		if (!image[name])
			return "file"
		return name == exe ? "exe" : name ~ /\/ld-[^\/]*$/ ? "ld.so" : "lib"
	}
	NR == FNR { if ($2 ~ /x/) image[$6] = 1; next }
	$6 == "[heap]" || $6 == "[stack]" { print $1, substr($6, 2, length($6) - 2), "*", $2, "#" }
	$6 ~ /^\[v/ { print $1, "kernel * ", $2, "#" }
	$6 ~ /^\/(usr|lib|etc|opt)/ { print $1, class($6), "*", $2, "#" }
	' "/proc/$1/maps" "/proc/$1/maps" > "$truth"
}

# build_plain NAME FLAGS... - helpers/plain.c as $BATS_TEST_TMPDIR/NAME; skips the test where the
# compiler can't.
build_plain() {
	local name=$1 dir=$TOP_SRCDIR/tests/helpers
	shift
	"${CC:-cc}" -std=gnu11 -O1 -o "$BATS_TEST_TMPDIR/$name" "$dir/plain.c" \
		"$dir"/zoo/{image,memory,thread,truth}.c -pthread "$@" 2> "$BATS_TEST_TMPDIR/cc" ||
		skip "cannot be built here: ${CC:-cc} $*: $(tail -n 1 "$BATS_TEST_TMPDIR/cc")"
}

# counter PID ADDRESS NAME... - of the region that holds the address, in kB, one a line; nothing when
# there is none.
counter() {
	LC_ALL=C awk -v at="$2" -v names=" ${*:3} " '
	function pad(hex) { return "x" substr("0000000000000000" hex, length(hex) + 1) }
	$1 ~ /^[0-9a-f]+-[0-9a-f]+$/ {
		split($1, a, "-")
		here = pad(a[1]) <= pad(at) && pad(at) < pad(a[2])
	}
	here && index(names, " " substr($1, 1, length($1) - 1) " ") { print $2 }' "/proc/$1/smaps"
}
