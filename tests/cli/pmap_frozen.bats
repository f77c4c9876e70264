#!/usr/bin/env bats
# Byte for byte what the real pmap prints, on frozen processes: arguments, errors, rc files and what
# others may see, in two locales, as root and as nobody.  The options are in pmap_options.bats.

load common

setup_file() { make_pmap_world; }

teardown_file() {
	tell_counts
	drop_play
}

@test "the comparison finds differences" {
	frozen root C.UTF-8 differences_are_found
}

@test "ranges that are none" {
	frozen root C.UTF-8 bad_ranges
}

@test "ranges as strtoul takes them" {
	frozen root C.UTF-8 odd_ranges
}

@test "several processes, missing ones" {
	frozen root C.UTF-8 several_processes
}

@test "several processes, missing ones, as nobody" {
	frozen nobody C several_processes
}

@test "threads" {
	frozen root C.UTF-8 threads
}

@test "ways to name a process" {
	frozen root C.UTF-8 arguments
}

@test "PIDs in hexadecimal and octal as pmap" {
	frozen root C.UTF-8 numbers
}

@test "words that name no process" {
	frozen root C.UTF-8 bad_arguments
}

@test "with colours, once they are stripped" {
	frozen root C.UTF-8 in_colour yes 4242 3232 1500 2632 7000
	frozen root C in_colour yes 1500
	frozen root C.UTF-8 in_colour no 2 777
}

@test "what else is in /proc is left out" {
	frozen root C.UTF-8 left_out
}

@test "usage errors as pmap" {
	frozen root C.UTF-8 usage_errors
	frozen root C usage_errors
}

@test "usage errors as vmapview" {
	frozen root C.UTF-8 usage_errors_by_name
}

@test "options that exclude each other" {
	frozen root C.UTF-8 exclusive_options
}

@test "help" {
	frozen root C.UTF-8 help
}

@test "-r is ignored with a warning" {
	frozen root C.UTF-8 ignored_r
}

@test "abbreviated long options as pmap" {
	frozen root C.UTF-8 abbreviations same_as_pmap
}

@test "abbreviated long options as vmapview" {
	frozen root C.UTF-8 abbreviations same
}

@test "rc files" {
	frozen root C.UTF-8 rc_files
	frozen root C rc_files
}

@test "rc files that are not there" {
	frozen root C.UTF-8 rc_files_missing
}

@test "rc files written" {
	frozen root C.UTF-8 rc_files_written
}

@test "processes closed to nobody" {
	frozen nobody C.UTF-8 denied
	frozen nobody C denied
}

@test "counters closed to nobody" {
	frozen nobody C.UTF-8 denied_counters
}
