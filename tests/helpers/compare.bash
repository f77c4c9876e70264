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
# Nothing is normalised: standard output and exit code are equal or it is a failure.

declare -i made=0 failed=0 unstable=0
declare -a AS=()
T=

# begin - start a batch of comparisons; end - book it, fail if one failed or none was made.
begin() {
	made=0 failed=0 unstable=0
	T=$(mktemp -d "$PLAY/scratch/batch.XXXXXX")
	chmod 755 "$T"
	mkdir "$T/home"
	export HOME=$T/home
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

# told LINES ARG... - output and exit code are pmap's, who keeps silent where we say why: LINES
# lines on standard error, each beginning with the program's name.
told() {
	local lines=$1 name
	shift
	run_real pmap "$@"
	for name in vmapview pmap; do
		check_ours $name "$@" || continue
		if [[ -s $T/real.err ]] || (($(wc -l < "$T/ours.err") != lines)) ||
			(($(grep -c "^$name: ." "$T/ours.err") != lines)); then
			differ stderr $name "$@"
		fi
	done
}

# same_but_page_sizes ARG... - for -XX with a footer: we do not add up page sizes and keys, so these
# total cells hold "-" in ours.  Everything else is pmap's.  For one process at a time.
same_but_page_sizes() {
	run_real pmap "$@"
	without_page_sizes < "$T/real.out" > "$T/real.fix"
	mv "$T/real.fix" "$T/real.out"
	check_ours vmapview "$@" || :
	same_as_pmap_checked "$@"
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
# is the filter for pmap's output, or "-".  Up to five tries, since something may change and change
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
		if [[ $fix != - ]]; then
			"$fix" < "$T/before.out" > "$T/real.out"
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
	ours_rc=$(< "$T/$1.rc")
	((ours_rc == real_rc)) && cmp -s "$T/real.out" "$T/ours.out"
}
