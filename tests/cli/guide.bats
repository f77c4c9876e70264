#!/usr/bin/env bats
# The guide's commands, keys and screens do what its text says.

load common
: "${DEMO:=$TOP_BUILDDIR/vmapview-demo}"
export DEMO
export TMPDIR=$BATS_TEST_TMPDIR
export SHELL=/bin/false # as of users who never log in

# guide - act out docs/guide.md of this directory; in $status how that went.
guide() {
	status=0
	bash docs/guide.sh > new 2> errors || status=$?
	cat errors
}

setup() {
	PLAY=$BATS_TEST_TMPDIR
	cd "$PLAY" || return
	mkdir -p docs src/demo
	cp "$TOP_SRCDIR/docs/guide.sh" "$TOP_SRCDIR/docs/guide.md" docs
	cp "$TOP_SRCDIR/src/demo/message.txt" src/demo
	chmod -R u+w .
}

# What is not output: it stays as it is.
text() { grep -E '^    \$ |^[^ ]' "$1"; }

@test "it can be acted out, and its claims hold" {
	[[ $(getconf PAGESIZE) == 4096 ]] || skip "it tells of pages of 4 kB"
	[[ $(stat -f -c %T .) != tmpfs ]] || skip "it tells of files on disk"
	# Without the output that it has already.
	sed -i '/^    \$ /b; s/^    .*/    (old)/' docs/guide.md
	guide
	[[ $status == 0 ]]
	diff <(text docs/guide.md) <(text new)
	[[ -s errors || $(grep -c '(old)' new) == 0 ]]
	(($(grep -c '^<!-- holds ' new) > 15))
	[[ -z $(find . -maxdepth 1 -name 'vmapview-*') ]]
}

@test "keys are pressed when there is something to press them on" {
	make_pause
	cat > late <<-END
		#!/bin/bash
		cd $PWD
		export PAUSE_DIR=$PWD PAUSE_AT=openat:smaps:1 LD_PRELOAD=$PAUSE ASAN_OPTIONS=verify_asan_link_order=0
		{ until [[ -e reached ]]; do sleep 0.05; done; sleep 1; : > go; } < /dev/null &> /dev/null &
		exec $VMAPVIEW "\$@"
	END
	chmod +x late
	printf '%s\n\n' '<!-- start -->' '    $ ./vmapview-demo src/demo/message.txt' 'Then:' \
		'<!-- screen / message.txt Enter Enter ; Hello world -->' '    (old)' 'End.' > docs/guide.md
	VMAPVIEW=$PWD/late guide
	[[ -e reached && $status == 0 && ! -s errors ]]
}

@test "a claim that does not hold" {
	printf '%s\n\n' '<!-- start -->' '    $ ./vmapview-demo src/demo/message.txt' 'Then:' \
		'<!-- holds good evening -->' '    $ echo good morning' > docs/guide.md
	guide
	[[ $status == 1 && $(cat errors) == 'guide.sh: does not hold: good evening' ]]
	sed -i 's/evening/morning/' docs/guide.md
	guide
	[[ $status == 0 && ! -s errors && $(tail -n 1 new) == '    good morning' ]]
}

@test "a command that fails, one that may, and one that is left out" {
	echo '    $ false' > docs/guide.md
	guide
	[[ $status == 1 && $(cat errors) == 'guide.sh: exit status 1, not 0: false' ]]
	printf '%s\n\n' '<!-- exits 3 -->' '    $ (exit 3)' '<!-- if false -->' '    $ false' 'End.' > docs/guide.md
	guide
	[[ $status == 0 && $(cat errors) == 'guide.sh: left out, without: false' ]]
	diff <(cat docs/guide.md) <(cat new; echo)
}
