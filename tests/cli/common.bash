# shellcheck shell=bash disable=SC2034 # the bats files use what is set here
# Shared by the bats files that hold the program against the real pmap.
#
# VMAPVIEW is the program under test, TOP_SRCDIR and TOP_BUILDDIR are the trees; PMAP is the
# reference, /usr/bin/pmap unless told.

: "${TOP_SRCDIR:=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}"
: "${TOP_BUILDDIR:=$TOP_SRCDIR}"
: "${VMAPVIEW:=$TOP_BUILDDIR/vmapview}"
: "${PMAP:=/usr/bin/pmap}"
export TOP_SRCDIR TOP_BUILDDIR VMAPVIEW PMAP

# shellcheck source=tests/cli/wait.bash
. "$TOP_SRCDIR/tests/cli/wait.bash"

HELPERS=$TOP_SRCDIR/tests/helpers
FIXTURES=$TOP_SRCDIR/tests/fixtures/proc
NOBODY=65534
AS_NOBODY=(setpriv "--reuid=$NOBODY" "--regid=$NOBODY" --clear-groups)

# make_play - the directory everything happens in; open to all, since nobody has to run our
# program from it and bats' own directories are closed to him.  $WORLD is to be a world in it.
make_play() {
	PLAY=$(mktemp -d "${TMPDIR:-/tmp}/vmapview-test.XXXXXX")
	export PLAY WORLD=$PLAY/world
	chmod 755 "$PLAY"
	mkdir "$PLAY/real" "$PLAY/ours" "$PLAY/bin"
	mkdir -m 1777 "$PLAY/scratch"
	: > "$PLAY/counts"
	: > "$PLAY/started"
	chmod 666 "$PLAY/counts"
	cp "$PMAP" "$PLAY/real/pmap"
	cp "$VMAPVIEW" "$PLAY/ours/vmapview"
	ln -s vmapview "$PLAY/ours/pmap"
	chmod 755 "$PLAY/real/pmap" "$PLAY/ours/vmapview"
	cp "$HELPERS/compare.bash" "$HELPERS/frozen.bash" "$PLAY/bin"
	chmod u+w "$PLAY/bin"/*
	mkdir -p "$PLAY/home"
}

drop_play() {
	local pid
	while read -r pid; do
		kill -KILL "$pid" 2> /dev/null || :
	done < "$PLAY/started"
	[[ $PLAY == */vmapview-test.* ]] && rm -rf "$PLAY"
}

# helper NAME - path of a helper program: the built one, or one compiled now.
helper() {
	local built=$TOP_BUILDDIR/tests/helpers/$1
	if [[ ! -x $built ]]; then
		built=$PLAY/bin/$1
		[[ -x $built ]] || "${CC:-cc}" -pthread -o "$built" "$HELPERS/$1.c" || return 1
	fi
	echo "$built"
}

# make_pause - the library that stops a program at a certain call (pause.c) is $PAUSE.
make_pause() {
	PAUSE=$TOP_BUILDDIR/tests/helpers/pause.so
	[[ -e $PAUSE ]] && return
	PAUSE=$PLAY/pause.so
	"${CC:-cc}" -shared -fPIC -o "$PAUSE" "$HELPERS/pause.c" -ldl
}

# stop_at WHERE COMMAND... - run it in the background, stopped at WHERE (see pause.c) until go.
stop_at() {
	rm -f "$PLAY/reached" "$PLAY/go"
	LD_PRELOAD=$PAUSE ASAN_OPTIONS=verify_asan_link_order=0 PAUSE_DIR=$PLAY PAUSE_AT=$1 \
		"${@:2}" > "$PLAY/output" 2> "$PLAY/errors" 3>&- &
	stopped=$!
	wait_until stopped_or_over
	[[ -e $PLAY/reached ]] || { cat "$PLAY/errors"; return 1; }
}

stopped_or_over() { [[ -e $PLAY/reached ]] || ! kill -0 "$stopped"; }

# go - let it go on to its end; sets status, output and errors.
go() {
	touch "$PLAY/go"
	status=0
	wait "$stopped" || status=$?
	output=$(cat "$PLAY/output")
	errors=$(cat "$PLAY/errors")
}

# start COMMAND... - run it in the background until drop_play; its PID is in $started.
start() {
	"$@" < /dev/null > /dev/null 2>&1 3>&- &
	started=$!
	echo "$started" >> "$PLAY/started"
}

# in_state PID LETTERS - the process is in one of these states.
in_state() { grep -q "^State:.[$2]" "/proc/$1/status"; }

is_root() { (($(id -u) == 0)); }

# own_proc OPTIONS COMMAND... - in a PID namespace, with a /proc mounted with these options.  Only
# /proc is made private: in a chroot, / need not be a mount.
own_proc() {
	unshare --mount --propagation unchanged --pid --fork sh -c \
		'mount --make-rprivate /proc && mount -t proc -o "$0" proc /proc && "$@"; exit' "$@"
}

# A world is a directory that frozen.bash mounts over /proc.

# make_world DIR
make_world() {
	local link
	mkdir -p "$1/.real"
	for link in self thread-self uptime version stat meminfo cpuinfo filesystems mounts sys; do
		ln -s ".real/$link" "$1/$link"
	done
}

# add_fixture WORLD NAME - put a fixture into the world, under its own PID.
add_fixture() {
	local pid dev file
	pid=$(cut -d ' ' -f 1 "$FIXTURES/$2/stat")
	mkdir "$1/$pid"
	cp --no-preserve=mode "$FIXTURES/$2"/* "$1/$pid/" # of a read-only tree
	dev=$("$(helper shmdev)") || return 1
	for file in maps smaps; do
		sed "s/ 00:01 / $dev /" "$FIXTURES/$2/$file" > "$1/$pid/$file"
	done
	chmod 644 "$1/$pid"/*
}

# add_process WORLD PID < SPEC - put a process described in words into the world.
add_process() {
	cat > "$PLAY/spec"
	"$HELPERS/make-proc.sh" "$PLAY/spec" "$1/$2" "$2"
	chmod -R a+rX "$1/$2"
}

# make_pmap_world - the frozen processes of pmap_cases.bash: 4242 a large Java program, 3232 a 32-bit
# one, 1500 names of all sorts, 2 a kernel thread, 777 a zombie, 2632 an old kernel, 7000 one of the
# future; 4243 is a thread of 4242; 5000 is closed to others, and of 5001 only smaps is.
make_pmap_world() {
	local name
	make_play
	cp --no-preserve=mode "$BATS_TEST_DIRNAME/pmap_cases.bash" "$PLAY/bin"
	make_world "$WORLD"
	for name in large thirtytwo names kthread zombie oldkernel newkernel; do
		add_fixture "$WORLD" $name
	done
	add_thread "$WORLD" 4242 4243
	cp -r "$WORLD/3232" "$WORLD/5000"
	cp -r "$WORLD/3232" "$WORLD/5001"
	sed -i 's/\b3232\b/5000/' "$WORLD/5000/stat" "$WORLD/5000/status"
	sed -i 's/\b3232\b/5001/' "$WORLD/5001/stat" "$WORLD/5001/status"
	chmod 000 "$WORLD/5000/maps" "$WORLD/5000/smaps" "$WORLD/5000/smaps_rollup" "$WORLD/5001/smaps"
}

# add_thread WORLD PID TID - TID is a thread of PID.
add_thread() {
	mkdir "$1/$3"
	cp --no-preserve=mode "$1/$2"/* "$1/$3/"
	sed -i "s/^$2 /$3 /" "$1/$3/stat"
	sed -i "s/^Pid:.*/Pid:\t$3/" "$1/$3/status"
}

# make_small_world - one process, 10, of three regions.
make_small_world() {
	make_world "$WORLD"
	skip_unless_frozen
	add_process "$WORLD" 10 <<- 'END'
		cmdline: prog\0
		00400000-00402000 r-xp 00000000 08:01 7 /usr/bin/prog
		01000000-01800000 rw-p 00000000 00:00 0 [heap]
		7f0000000000-7f0000010000 rw-s 00001000 08:01 123456 /srv/data
	END
}

can_freeze() { "$HELPERS/frozen.bash" "$1" true; }

skip_unless_frozen() {
	can_freeze "$WORLD" 2> /dev/null ||
		skip "no mount namespace: not root, and user namespaces are off"
}

skip_unless_root() { is_root || skip "only root can become somebody else"; }

# frozen WHO LOCALE FUNCTION [ARG...] - run a batch of comparisons, a function of pmap_cases.bash,
# in $WORLD as root or as nobody.
frozen() {
	local who=$1 locale=$2 as=()
	shift 2
	skip_unless_frozen
	if [[ $who == nobody ]]; then
		skip_unless_root
		as=("${AS_NOBODY[@]}")
	fi
	# shellcheck disable=SC2016 # expanded in there
	"$HELPERS/frozen.bash" "$WORLD" "${as[@]}" env LC_ALL="$locale" bash -c '
		cd "$PLAY/bin" && . ./compare.bash && . ./pmap_cases.bash && begin && "$@"
		end' cases "$@"
}

# frozen_run COMMAND... - run one command in $WORLD; sets output, errors and status.
frozen_run() {
	status=0
	PATH=$PLAY/ours:$PATH "$HELPERS/frozen.bash" "$WORLD" "$@" \
		> "$PLAY/output" 2> "$PLAY/errors" < /dev/null || status=$?
	output=$(cat "$PLAY/output")
	errors=$(cat "$PLAY/errors")
}

# batch FUNCTION [ARG...] - run a function of the bats file as a batch of live comparisons.
batch() {
	local result=0
	# shellcheck source=tests/helpers/compare.bash
	. "$PLAY/bin/compare.bash"
	begin
	"$@"
	end || result=1
	return $result
}

# tell_counts - the summary line of a file, as a TAP comment.
tell_counts() {
	local made failed unstable
	read -r made failed unstable < <(awk '{ m += $1; f += $2; u += $3 }
		END { print m + 0, f + 0, u + 0 }' "$PLAY/counts")
	echo "# ${BATS_TEST_FILENAME##*/}: $made comparisons with pmap, $failed failed, $unstable unstable" >&3
}
