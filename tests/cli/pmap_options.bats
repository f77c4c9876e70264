#!/usr/bin/env bats
# Byte for byte what the real pmap prints, on frozen processes: every option in every sensible
# combination, in two locales, as root and as nobody.

load common

setup_file() { make_pmap_world; }

teardown_file() {
	tell_counts
	drop_play
}

@test "every option set on every process, C.UTF-8" {
	frozen root C.UTF-8 every_option_set 4242 3232 1500 2 777 2632 7000
}

@test "every option set on every process, C" {
	frozen root C every_option_set 4242 3232 1500 2 777 2632 7000
}

@test "option sets as nobody" {
	frozen nobody C.UTF-8 some_option_sets 4242 3232 1500 2 777 2632 7000
	frozen nobody C some_option_sets 4242 1500
}

@test "ranges" {
	frozen root C.UTF-8 every_range 3232 '' -d -q -dq -p -dp
	frozen root C.UTF-8 every_range 4242 '' -d
	frozen root C every_range 1500 -qp -d
	frozen root C every_range 2 ''
}

@test "the kernel's names" {
	"$PMAP" --help | grep -q use-kernel-name || skip "this pmap has no -k"
	frozen root C.UTF-8 kernel_names
	frozen root C kernel_names
}
