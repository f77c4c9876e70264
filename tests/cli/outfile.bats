#!/usr/bin/env bats
# --output-file leaves the old file, or a complete new one with the same access rights; never
# anything in between.

# shellcheck disable=SC2154,SC2120 # common.bash sets started; "run" passes arguments
bats_require_minimum_version 1.5.0
load common

setup() {
	make_play
	dir=$PLAY/scratch/dir
	file=$dir/file
	mkdir "$dir"
	grep -v '^ffff' /proc/self/maps > "$PLAY/saved"
	make_pause
}

teardown() { drop_play; }

# replaced - check that the file has a complete snapshot, and nothing is beside it.
replaced() {
	[[ $(ls -A "$dir") == file ]]
	python3 -c 'import json, sys; assert json.load(open(sys.argv[1]))["torn"] == False' "$file"
}

# kept - check that the file is as it was, and nothing is beside it.
kept() { [[ $(ls -A "$dir") == file && $(cat "$file") == old ]]; }

# write [TARGET...] - write a new snapshot to the file.
write() { "$VMAPVIEW" --json --output-file "$file" "${@:-$PLAY/saved}"; }

# acl FILE [KIND ENTRY...] - print the ACL of a file, or set it: "access" or "default", with entries
# TAG:PERMISSIONS:ID of acl(5), in the kernel's numbers.  (There may be no setfacl.)
acl() {
	python3 - "$@" << 'END'
import errno, os, struct, sys
name = "system.posix_acl_"
if len(sys.argv) > 2:
    acl = struct.pack("<I", 2)
    for entry in sys.argv[3:]:
        acl += struct.pack("<HHI", *(int(n, 0) for n in entry.split(":")))
    os.setxattr(sys.argv[1], name + sys.argv[2], acl)
else:
    try:
        print(os.getxattr(sys.argv[1], name + "access").hex())
    except OSError as e:
        assert e.errno == errno.ENODATA, e
        print("none")
END
}

none=0xffffffff

# skip_unless_acl - skip if the file system has no ACLs, with its error.
skip_unless_acl() {
	acl "$dir" access 1:7:$none 2:5:$NOBODY 4:5:$none 0x10:5:$none 0x20:5:$none 2> "$PLAY/why" ||
		skip "no ACLs here: $(tail -n 1 "$PLAY/why")"
}

@test "the mode stays, whatever the umask" {
	local mode
	for mode in 600 640 664 666 755 444; do
		echo old > "$file"
		chmod $mode "$file"
		[[ -w $file ]] || continue
		(umask 077 && write)
		[[ $(stat -c %a "$file") == "$mode" ]]
		replaced
	done
	rm "$file"
	(umask 027 && write)
	[[ $(stat -c %a "$file") == 640 ]]
	replaced
}

@test "owner and group stay" {
	skip_unless_root
	local who
	for who in 0:$NOBODY $NOBODY:0 $NOBODY:$NOBODY 1234:4321; do
		echo old > "$file"
		chown $who "$file"
		chmod 660 "$file"
		write
		[[ $(stat -c %u:%g:%a "$file") == "$who:660" ]]
		replaced
	done
}

@test "a directory that sets the group of new files changes nothing" {
	skip_unless_root
	chgrp $NOBODY "$dir"
	chmod 2775 "$dir"
	echo old > "$file"
	chgrp 0 "$file"
	chmod 660 "$file"
	write
	[[ $(stat -c %g:%a "$file") == 0:660 ]]
	replaced
	run "${AS_NOBODY[@]}" cat "$file"
	[[ $status == 1 ]]
	rm "$file"
	write # but a new file is made as all are there
	[[ $(stat -c %g "$file") == "$NOBODY" ]]
}

@test "what can't be kept is refused" {
	skip_unless_root
	cp "$VMAPVIEW" "$PLAY/bin/vmapview"
	chmod 755 "$PLAY/bin" "$PLAY/bin/vmapview"
	chmod 777 "$dir"
	echo old > "$file"
	chmod 666 "$file"
	run "${AS_NOBODY[@]}" "$PLAY/bin/vmapview" --json --output-file "$file" "$PLAY/saved"
	[[ $status == 1 && $output == *"cannot write $file: its owner and group can't be kept: "* ]]
	kept
	chown $NOBODY "$file" # a group that he is not in
	run "${AS_NOBODY[@]}" "$PLAY/bin/vmapview" --json --output-file "$file" "$PLAY/saved"
	[[ $status == 1 && $output == *"can't be kept"* ]]
	kept
	chgrp $NOBODY "$file"
	run "${AS_NOBODY[@]}" "$PLAY/bin/vmapview" --json --output-file "$file" "$PLAY/saved"
	[[ $status == 0 ]]
	replaced
}

@test "access control lists stay, and none is inherited" {
	skip_unless_acl
	local before
	echo old > "$file"
	acl "$file" access 1:6:$none 2:4:$NOBODY 4:0:$none 0x10:4:$none 0x20:0:$none
	before=$(acl "$file")
	write
	[[ $(acl "$file") == "$before" && $(stat -c %a "$file") == 640 ]]
	replaced
	rm "$file"
	(umask 077 && echo old > "$file")
	acl "$dir" default 1:7:$none 2:7:$NOBODY 4:7:$none 0x10:7:$none 0x20:7:$none
	[[ $(acl "$file") == none ]]
	write
	[[ $(acl "$file") == none && $(stat -c %a "$file") == 600 ]]
	replaced
}

@test "a new file is for no more to read than its directory says" {
	skip_unless_acl
	acl "$dir" default 1:7:$none 4:5:$none 0x20:0:$none
	(umask 022 && : > "$dir/shell" && "$VMAPVIEW" --output-file "$dir/new" "$PLAY/saved")
	[[ $(stat -c %a "$dir/new") == 640 && $(stat -c %a "$dir/shell") == 640 ]]
	acl "$dir" default 1:7:$none 2:7:$NOBODY 4:5:$none 0x10:7:$none 0x20:0:$none
	(umask 022 && "$VMAPVIEW" --output-file "$dir/listed" "$PLAY/saved")
	[[ $(stat -c %A "$dir/listed") == -rw-r-----* && $(acl "$dir/listed") != none ]]
}

@test "security labels stay" {
	skip_unless_root
	local label
	echo old > "$file"
	python3 -c 'import os, sys; os.setxattr(sys.argv[1], "security.SMACK64", b"secret")' "$file" \
		2> "$PLAY/why" || skip "no labels here: $(tail -n 1 "$PLAY/why")"
	write
	label=$(python3 -c 'import os, sys; print(os.getxattr(sys.argv[1], "security.SMACK64"))' "$file")
	[[ $label == "b'secret'" ]]
	replaced
}

# paused WHERE TARGET... - write in the background, and stop at WHERE.
paused() { stop_at "$1" write "${@:2}"; }

@test "closed while it is written: the new one is closed, too" {
	echo old > "$file"
	chmod 644 "$file"
	paused openat:maps:1 "$$"
	chmod 600 "$file"
	go
	[[ $status == 0 && $(stat -c %a "$file") == 600 ]]
	replaced
}

@test "replaced while it is written: neither is harmed" {
	echo old > "$file"
	paused openat:maps:1 "$$"
	echo other > "$dir/other"
	chmod 600 "$dir/other"
	mv "$dir/other" "$file"
	go
	[[ $status == 1 && $errors == *"it now leads to another file" ]]
	[[ $(ls -A "$dir") == file && $(cat "$file") == other ]]
}

@test "made while it is written: it stays" {
	paused openat:maps:1 "$$"
	(umask 077 && echo old > "$file")
	go
	[[ $status == 1 && $errors == *"File exists" ]]
	kept
}

@test "whatever fails, the old file stays" {
	local first=$PLAY/saved bad targets
	echo old > "$file"
	echo 'no line of maps' >> "$PLAY/saved.broken"
	{ cat "$PLAY/saved" && printf 7fff0000-7ff; } > "$PLAY/saved.half"
	"$VMAPVIEW" --json "$PLAY/saved" | sed 's/"torn": *false/"torn":true/' > "$PLAY/torn.json"
	head -c 2000 "$PLAY/torn.json" > "$PLAY/cut.json"
	for bad in "$PLAY/nowhere" "$PLAY/saved.broken" "$PLAY/saved.half" "$PLAY/torn.json" \
		"$PLAY/cut.json" 4194305; do
		for targets in "$bad" "$first $bad" "$bad $first" "$$ $bad" "$bad $$"; do
			# shellcheck disable=SC2086 # words
			run --separate-stderr write $targets
			((status != 0)) || { echo "$targets"; return 1; }
			# shellcheck disable=SC2154
			[[ $stderr == vmapview:* && $stderr != *$'\n'* ]] || { echo "$stderr"; return 1; }
			kept
		done
	done
	run "$VMAPVIEW" -o '!' --output-file "$file" "$first"
	((status != 0))
	kept
	rm "$file"
	run write "$first" "$PLAY/nowhere"
	[[ $status == 1 && -z $(ls -A "$dir") ]]
}

@test "a process that goes away while it is read leaves the old file" {
	echo old > "$file"
	start python3 -c 'import mmap, sys, time
maps = [mmap.mmap(-1, 4096 * (1 + i % 2), prot=i % 3) for i in range(2000)]
open(sys.argv[1], "w").close()
time.sleep(1000)' "$PLAY/up"
	wait_until test -e "$PLAY/up"
	paused read:smaps:3 "$started"
	kill -KILL "$started"
	wait "$started" || :
	go
	[[ $status == 1 && $errors == *"went away while it was read" ]]
	kept
}

@test "a FIFO that nobody reads is an error, and no wait" {
	mkfifo "$file"
	run timeout 20 "$VMAPVIEW" --json --output-file "$file" "$PLAY/saved"
	[[ $status == 1 && $output == *"cannot write $file: no process reads from it" ]]
	# shellcheck disable=SC2016 # expanded in there
	start sh -c 'cat "$0" > "$1"' "$file" "$PLAY/output"
	wait_until timeout 20 "$VMAPVIEW" --json --output-file "$file" "$PLAY/saved"
	wait "$started"
	"$VMAPVIEW" --json "$PLAY/saved" | cmp - "$PLAY/output"
}

@test "what others put into a directory like /tmp is not written to" {
	skip_unless_root
	chmod 1777 "$dir"
	"${AS_NOBODY[@]}" sh -c 'echo old > "$0" && chmod 666 "$0"' "$file"
	run write
	[[ $status == 1 && $output == *"somebody else put it there" ]]
	kept
	chmod 755 "$dir" # elsewhere it is the user's business
	write
	replaced
	[[ $(stat -c %u "$file") == "$NOBODY" ]]
}

@test "a limit on the size of files is a write error, not a death" {
	local targets
	echo old > "$file"
	for targets in "$$" "$PLAY/saved"; do
		run bash -c 'ulimit -f 1; exec "$0" --json --output-file "$1" "$2"' \
			"$VMAPVIEW" "$file" "$targets"
		[[ $status == 1 && $output == *"write error: File too large" ]]
		kept
	done
}
