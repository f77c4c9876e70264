#!/usr/bin/env bats
# shellcheck disable=SC2154 # bats sets status and output
# ./bootstrap on machines that are made up here: which packages it asks for, of whom, and that it
# does nothing that is done already.  Programs that would change this machine are stand-ins that
# write down how they were called.

setup() {
	tree=$BATS_TEST_TMPDIR/tree
	bin=$BATS_TEST_TMPDIR/bin
	export LOG=$BATS_TEST_TMPDIR/log
	mkdir "$tree" "$bin"
	: > "$LOG"
	cp "$TOP_SRCDIR/bootstrap" "$tree"
	local tool
	for tool in awk cat chmod dirname env grep nproc sed sh sort; do
		ln -s "$(command -v "$tool")" "$bin"
	done
	stand_in make ''
	stand_in autoreconf ':> configure; :> Makefile.in'
	stand_in id 'echo 0'
}

# stand_in NAME COMMAND - a program that writes down how it was called, and runs COMMAND.
stand_in() {
	# shellcheck disable=SC2016 # expanded in there
	printf '%s\n' '#!/bin/sh' "{ printf '%s' $1; printf ' %s' "'$*; echo; } >> "$LOG"' "$2" > "$bin/$1"
	chmod +x "$bin/$1"
}

# debian INSTALLED... - apt-get and dpkg-query of a machine that has these packages; "all" of them.
debian() {
	stand_in apt-get ''
	stand_in sudo '"$@"'
	# shellcheck disable=SC2016 # expanded in there
	stand_in dpkg-query "have='$*'"'; shift 3
for p; do case " $have " in *" all "* | *" $p "*) echo "installed $p" ;; esac; done'
}

# built_already - all that comes before make was done, by a run before this.
built_already() {
	touch "$tree/configure" "$tree/Makefile.in" "$tree/Makefile"
}

bootstrap() {
	run env -i PATH="$bin" LOG="$LOG" sh "$tree/bootstrap" "$@"
	echo "$output"
	cat "$LOG"
}

# calls PATTERN - how often a stand-in was called so.
calls() { grep -c -e "$1" "$LOG"; }

@test "nothing to do: it asks what is installed, and calls make" {
	debian all
	built_already
	bootstrap
	((status == 0))
	[[ -z $output ]]
	[[ $(calls '^apt-get\|^sudo\|^autoreconf') == 0 ]]
	[[ $(calls '^make -s') == 1 ]]
}

@test "the first time: generated, configured, made, in the tree and from anywhere" {
	debian all
	stand_in autoreconf "cd '$tree' && printf '%s\n' '#!/bin/sh' 'echo configure >> \"\$LOG\"; : > Makefile' > configure &&
		chmod +x configure && : > Makefile.in"
	cd /
	bootstrap
	((status == 0))
	[[ $(grep -v '^dpkg-query\|^id' "$LOG" | cut -d ' ' -f 1 | tr '\n' ' ') == 'autoreconf configure make ' ]]
	[[ -e $tree/Makefile ]]
}

@test "root of a Debian gets what is missing, and only that" {
	debian autoconf automake gcc libc6-dev make pkgconf libproc2-dev libelf-dev
	built_already
	bootstrap
	((status == 0))
	[[ $output == 'bootstrap: installing libncurses-dev libjson-c-dev libpcre2-dev' ]]
	[[ $(calls '^apt-get .*update') == 1 ]]
	[[ $(calls '^apt-get .* install .* libncurses-dev libjson-c-dev libpcre2-dev$') == 1 ]]
	[[ $(calls '^sudo') == 0 ]]
}

@test "an index that cannot be renewed does not stop it, an installation that fails does" {
	debian gcc
	built_already
	# shellcheck disable=SC2016
	stand_in apt-get 'case $* in *update) exit 100 ;; esac'
	bootstrap
	((status == 0))
	[[ $(calls '^make') == 1 ]]
	: > "$LOG"
	stand_in apt-get 'exit 100'
	bootstrap
	((status != 0))
	[[ $(calls '^make') == 0 ]]
}

@test "others than root use sudo" {
	debian gcc
	built_already
	stand_in id 'echo 1000'
	bootstrap
	((status == 0))
	[[ $(calls '^sudo apt-get .*update') == 1 ]]
	[[ $(calls '^sudo env .*apt-get .* install ') == 1 ]]
}

@test "without sudo it says what root has to run, and stops" {
	debian gcc autoconf automake libc6-dev make pkgconf libelf-dev libncurses-dev libjson-c-dev \
		libpcre2-dev
	built_already
	stand_in id 'echo 1000'
	rm "$bin/sudo"
	bootstrap
	((status == 1))
	[[ $output == 'bootstrap: neither root nor sudo; let root run: apt-get update; apt-get install --no-install-recommends libproc2-dev' ]]
	[[ $(calls '^apt-get\|^make') == 0 ]]
}

@test "without sudo it works as long as nothing is missing" {
	debian all
	built_already
	stand_in id 'echo 1000'
	rm "$bin/sudo"
	bootstrap
	((status == 0))
	[[ $(calls '^make -s') == 1 ]]
}

@test "check and demo: more packages, and make's target" {
	debian all
	built_already
	bootstrap demo
	((status == 0))
	[[ $(tail -n 1 "$LOG") == 'make -s demo' ]]
	[[ $(calls '^dpkg-query .* cmocka') == 0 ]]
	bootstrap check
	((status == 0))
	[[ $(tail -n 1 "$LOG") == 'make -s -j '*' check' ]]
	[[ $(calls '^dpkg-query .* libcmocka-dev') == 1 ]]
}

@test "other systems are told the names of theirs" {
	stand_in pkg-config 'exit 1'
	stand_in automake ''
	stand_in cc ''
	bootstrap
	((status == 1))
	[[ $output == *'not found: libproc2>=4.0.1 libelf>=0.180 ncursesw>=6.0 json-c>=0.15'* ]]
	grep -qx '  dnf install .* elfutils-libelf-devel .* procps-ng-devel' <<< "$output"
	grep -qx '  pacman -S --needed .* json-c libelf .* procps-ng' <<< "$output"
	grep -qx '  apk add .* elfutils-dev .* procps-ng-dev' <<< "$output"
	grep -qx '  zypper install .* libelf-devel .* procps-devel' <<< "$output"
	[[ $(calls '^make\|^autoreconf') == 0 ]]
}

@test "other systems that have all just build" {
	stand_in pkg-config ''
	stand_in automake ''
	stand_in cc ''
	built_already
	bootstrap
	((status == 0))
	[[ -z $output ]]
	[[ $(calls '^make -s') == 1 ]]
}

@test "a word that it does not know" {
	debian all
	bootstrap checks
	((status == 1))
	[[ $output == 'bootstrap: usage: ./bootstrap [demo | check | bench | ci]; --help says more' ]]
	[[ ! -s $LOG ]]
}

@test "help says what each word does, and does nothing" {
	local word help
	for help in --help -h help; do
		bootstrap $help
		((status == 0))
		for word in bootstrap 'bootstrap demo' 'bootstrap check' 'bootstrap bench' 'bootstrap ci'; do
			grep -q "^	\./$word	" <<< "$output"
		done
	done
	[[ ! -s $LOG ]]
}
