# shellcheck shell=bash
# Run the real pmap and ours on the same thing and compare bytes.  Sourced by bats files (live
# processes) and by frozen.bash (frozen ones).
#
# Wanted in the environment: PLAY, a directory that everybody may enter, with
#   real/pmap            the installed pmap
#   ours/vmapview, ours/pmap   our program and a link to it
#   scratch/             writable for everybody
#   counts               one line "MADE FAILED UNSTABLE" for each batch
# AS, an array, is put before each command (setpriv ...).
#
# Nothing is normalised but what the table of versions says: standard output and exit code are equal
# or it is a failure.

# What differs from one version of pmap to another, and which way ours goes: mostly the newest's.
#   FIRST LAST  the versions that it is true of, "-" for no limit
#   LOCALE      utf8: where the locale has it; other: where not; any
#   WHOSE       whose output SCRIPT, of sed, makes equal to the other's: real or ours
VERSIONS=(
# FIRST LAST  LOCALE WHOSE SCRIPT
# Until 4.0.4 a name had "?" for each byte that is not ASCII; since then characters are kept.
'-      4.0.4 utf8   ours  /^[0-9a-f]{16} /s/[\x80-\xff]/?/g'
# In other locales each version prints such bytes with -X, -XX and -c as they are, and we never.
'-      -     other  real  /^ *[0-9a-f]{8,16} /s/[\x80-\xff]/?/g'
# Since 4.0.5 control characters are sent as they are.
'4.0.5  -     any    real  /^[0-9a-f]{16} /s/[\x01-\x1f\x7f]/?/g'
# -k is new.
'-      4.0.5 any    ours  /^ -k, --use-kernel-name /d'
)

declare -a edits_real=() edits_ours=()

# version_is FIRST LAST - is the real pmap one of these?
version_is() {
	local first=$1 last=$2
	[[ $first != - ]] || first=0
	[[ $last != - ]] || last=$version
	printf '%s\n' "$first" "$version" "$last" | sort -CV
}

# choose_edits - fill edits_real and edits_ours with what the table says of this pmap and locale.
choose_edits() {
	local row first last locale whose script has=other
	[[ $(locale charmap 2> /dev/null) != UTF-8 ]] || has=utf8
	edits_real=() edits_ours=()
	for row in "${VERSIONS[@]}"; do
		read -r first last locale whose script <<< "$row"
		version_is "$first" "$last" && [[ $locale == any || $locale == "$has" ]] || continue
		if [[ $whose == real ]]; then
			edits_real+=(-e "$script")
		else
			edits_ours+=(-e "$script")
		fi
	done
}

# as_versions_differ - edit what was printed last as the table says.
as_versions_differ() {
	local sed=(env -u POSIXLY_CORRECT LC_ALL=C sed -Ei)
	((!${#edits_real[@]})) || "${sed[@]}" "${edits_real[@]}" "$T/real.out" "$T/real.err"
	((!${#edits_ours[@]})) || "${sed[@]}" "${edits_ours[@]}" "$T/ours.out" "$T/ours.err"
}

declare -i made=0 failed=0 unstable=0
declare -a AS=()
T=
version=

# begin - start a batch of comparisons; end - book it, fail if one failed or none was made.
begin() {
	made=0 failed=0 unstable=0
	T=$(mktemp -d "$PLAY/scratch/batch.XXXXXX")
	chmod 755 "$T"
	mkdir "$T/home"
	export HOME=$T/home
	version=$("$PLAY/real/pmap" -V)
	version=${version##* }
	choose_edits
}

end() {
	echo "$made $failed $unstable" >> "$PLAY/counts"
	rm -rf "$T"
	if ((made == 0)); then
		echo "no comparison was made"
		return 1
	fi
	((failed == 0)) || echo "$failed of $made comparisons failed"
	return $((failed != 0))
}

# run_real/run_ours NAME ARG... - leaves $T/WHO.out, $T/WHO.err and the exit code in real_rc, ours_rc.
run_real() {
	real_rc=0
	PATH=$PLAY/real:$PATH "${AS[@]}" "$@" > "$T/real.out" 2> "$T/real.err" < /dev/null || real_rc=$?
}

run_ours() {
	ours_rc=0
	PATH=$PLAY/ours:$PATH "${AS[@]}" "$@" > "$T/ours.out" 2> "$T/ours.err" < /dev/null || ours_rc=$?
}

# differ WHAT NAME ARG... - book and show a failure; the first few of a batch in detail.
differ() {
	local what=$1
	shift
	failed+=1
	printf 'DIFFER in %s:' "$what"
	printf ' %q' "$@"
	printf '   [LC_ALL=%s%s]\n' "${LC_ALL:-}" "${AS[*]:+ $(id -u nobody)}"
	((failed <= 8)) || return 0
	case $what in
	exit*) echo "  pmap $real_rc, ours $ours_rc"; head -n 3 "$T/ours.err" ;;
	stderr) diff -a "$T/real.err" "$T/ours.err" | head -n 6 ;;
	*) diff -a "$T/real.out" "$T/ours.out" | head -n 10 | cat -v ;;
	esac
}

# check_ours NAME ARG... - ours against what run_real left; true if equal.
check_ours() {
	run_ours "$@"
	made+=1
	as_versions_differ
	if ! cmp -s "$T/real.out" "$T/ours.out"; then
		differ stdout "$@"
	elif ((real_rc != ours_rc)); then
		differ "exit code" "$@"
	else
		return 0
	fi
	return 1
}

# same ARG... - under both names output and exit code are pmap's; as pmap the messages, too.
same() {
	run_real pmap "$@"
	check_ours vmapview "$@" || :
	same_as_pmap_checked "$@"
}

# same_as_pmap ARG... - the same under the name pmap only.
same_as_pmap() {
	run_real pmap "$@"
	same_as_pmap_checked "$@"
}

same_as_pmap_checked() {
	check_ours pmap "$@" || return 0
	cmp -s "$T/real.err" "$T/ours.err" || differ stderr pmap "$@"
}

# told LINES ARG... - output and exit code are pmap's, who keeps silent, and so do we as pmap.  Under
# our own name we say why: LINES lines on standard error, each beginning with the program's name.
told() {
	local lines=$1
	shift
	run_real pmap "$@"
	[[ ! -s $T/real.err ]] || differ stderr pmap "$@"
	same_as_pmap_checked "$@"
	check_ours vmapview "$@" || return 0
	if (($(wc -l < "$T/ours.err") != lines)) ||
		(($(grep -c "^vmapview: ." "$T/ours.err") != lines)); then
		differ stderr vmapview "$@"
	fi
}

# same_but_page_sizes ARG... - for -XX with a footer: as pmap the same; under our own name we do not
# add up page sizes and keys, so these total cells hold "-".  For one process at a time.
same_but_page_sizes() {
	run_real pmap "$@"
	same_as_pmap_checked "$@"
	without_page_sizes < "$T/real.out" > "$T/real.fix"
	mv "$T/real.fix" "$T/real.out"
	check_ours vmapview "$@" || :
}

# The cells stand under the run of "=" that ends where the heading ends.
without_page_sizes() {
	LC_ALL=C awk '
	{ line[NR] = $0 }
	END {
		last = line[NR]
		if (line[NR - 1] ~ /^ *=[= ]*$/ && last ~ /KB $/) {
			n = split("KernelPageSize MMUPageSize ProtectionKey", name, " ")
			for (i = 1; i <= n; i++) {
				if (!(at = index(line[2], name[i])))
					continue
				to = at + length(name[i]) - 1
				from = to
				while (substr(line[NR - 1], from - 1, 1) == "=")
					from--
				last = substr(last, 1, from - 1) \
					sprintf("%" (to - from + 1) "s", "-") substr(last, to + 1)
			}
			line[NR] = last
		}
		for (i = 1; i <= NR; i++)
			print line[i]
	}'
}

# live FIX ARG... - pmap, ours under both names, pmap: where the two pmaps agree, ours must too.  FIX
# is the filter that makes of pmap's output ours under our own name, or "-".  Up to five tries, since something may change and change
# back between two pmaps; one that agrees is enough.  Where none does and the pmaps were at odds, even
# once, it changes all the time: it is counted as unstable and proves nothing.
live() {
	local fix=$1 tries before name changes=no
	shift
	for ((tries = 0; tries < 5; tries++)); do
		run_real pmap "$@"
		before=$real_rc
		mv "$T/real.out" "$T/before.out"
		for name in vmapview pmap; do
			run_ours $name "$@"
			mv "$T/ours.out" "$T/$name.out"
			echo "$ours_rc" > "$T/$name.rc"
		done
		run_real pmap "$@"
		if ((before != real_rc)) || ! cmp -s "$T/before.out" "$T/real.out"; then
			changes=yes
			continue
		fi
		cp "$T/real.out" "$T/real.pmap"
		cp "$T/real.out" "$T/real.vmapview"
		if [[ $fix != - ]]; then
			"$fix" < "$T/before.out" > "$T/real.vmapview"
		fi
		if live_equal vmapview && live_equal pmap; then
			made+=2
			return
		fi
	done
	if [[ $changes == yes ]]; then
		unstable+=1
		return
	fi
	made+=2
	for name in vmapview pmap; do
		live_equal $name || differ "stdout or exit code" $name "$@"
	done
}

# live_equal NAME - what ours wrote under NAME is in the files of the last try.
live_equal() {
	cp "$T/$1.out" "$T/ours.out"
	cp "$T/real.$1" "$T/real.out"
	as_versions_differ
	ours_rc=$(< "$T/$1.rc")
	((ours_rc == real_rc)) && cmp -s "$T/real.out" "$T/ours.out"
}
