# What vmapview --watch says about a process from zoo.bash, one JSON document a look.

# shellcheck disable=SC2154 # zoo.bash sets animal and to_animal
# start_watch OPTION... - watch $animal; $watcher is the PID, $from_watch what it says.
start_watch() {
	exec {from_watch}< <(exec env --default-signal=INT "$VMAPVIEW" --watch 0.02 --json "$@" \
		"$animal" 2> "$BATS_TEST_TMPDIR/watch.errors" 3>&- {to_animal}>&-)
	watcher=$!
	next_look > /dev/null
}

# next_look - the next document.
next_look() {
	local line
	IFS= read -r -t "$PATIENCE" -u "$from_watch" line || return
	printf '%s\n' "$line"
}

# end_watch - read to its end; the exit status is the watcher's.
end_watch() {
	local status=0
	cat <&"$from_watch" > /dev/null
	wait "$watcher" || status=$?
	exec {from_watch}<&-
	watcher=
	return $status
}

drop_watch() { [[ -z ${watcher:-} ]] || kill -KILL "$watcher" 2> /dev/null || :; }

# changes [all] - from documents, one line a change: "grown +65536 anon 10-20 > 10-30".  Without
# "all", not where only the contents changed.
changes() {
	python3 -c '
import json, sys

def ranges(side):
    return " ".join(r["start"][2:] + "-" + r["end"][2:] for r in side)

for line in sys.stdin:
    for c in json.loads(line)["changes"]:
        if c["kind"] == "changed" and c["differs"] == ["memory"] and sys.argv[1:] != ["all"]:
            continue
        print(" ".join([c["kind"], "%+d" % c["size_bytes"]["delta"], c["class"],
                        ranges(c["before"]), ">", ranges(c["after"])]))
' "$@"
}

# next_changes [all] - those of the next look that has any.
next_changes() {
	local look found
	while look=$(next_look); do
		[[ $look != *'"changes":[]'* ]] || continue
		found=$(changes "$@" <<< "$look")
		[[ -z $found ]] || break
	done
	printf '%s\n' "$found"
}
