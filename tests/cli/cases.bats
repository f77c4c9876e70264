#!/usr/bin/env bats
# Maps as people really have them: copied, logged, sorted, cut, and printed by other programs.  Each
# file of tests/fixtures/cases has the ten regions of plain.maps or another small map.

# shellcheck disable=SC2154 # zoo.bash sets animal
bats_require_minimum_version 1.5.0

load zoo

setup() {
	CASES=$TOP_SRCDIR/tests/fixtures/cases
	cd "$BATS_TEST_TMPDIR" || return
	COLUMNS_ALL=address,end,perms,offset,device,inode,rss,path
}

teardown() { drop_animal; }

# regions FILE - print a full table of the regions, without the heading.
regions() {
	"$VMAPVIEW" --format csv -o "$COLUMNS_ALL" "$1" | tr -d '\r' | sed 1d
}

# count FILE - print how many regions there are.
count() { regions "$1" 2> /dev/null | wc -l; }

# plain FILE [NOTICE] - check that it has the regions of plain.maps, with this notice or none.
plain() {
	local status=0
	regions "$CASES/plain.maps" > wanted
	(set -o pipefail && regions "$1") > got 2> said || status=$?
	[[ $status == 0 ]]
	[[ $(wc -l < wanted) == 10 ]]
	diff wanted got
	if [[ -n ${2:-} ]]; then
		[[ $(wc -l < said) == 1 ]]
		grep -F -- "$2" said
	else
		[[ ! -s said ]]
	fi
}

# ends STATUS MESSAGE COMMAND... - check its status, and its message, one line on stderr.
ends() {
	local wanted=$1 message=$2 status=0
	shift 2
	"$@" > out 2> said || status=$?
	[[ $status == "$wanted" ]]
	[[ $(wc -l < said) == 1 ]]
	grep -F -- "$message" said
}

# cell FILE ADDRESS COLUMN - print the column of the region at this address.
cell() {
	"$VMAPVIEW" --format csv -o "address,$3" "$1" 2> /dev/null | tr -d '\r' | sed -n "s/^0x0*$2,//p"
}

# total FILE COLUMN - print the sum over all regions, in bytes.
total() {
	"$VMAPVIEW" --json -o "$2" "$1" 2> /dev/null | python3 -c 'import json, sys
print(json.load(sys.stdin)["totals"][sys.argv[1] + "_bytes"])' "$2"
}

@test "the order of lines is no information where nothing overlaps" {
	plain "$CASES/reversed.maps"
	plain "$CASES/sorted-by-name.maps"
	sort -R --random-source="$CASES/plain.maps" "$CASES/plain.maps" > shuffled
	plain shuffled
	sort "$CASES/plain.maps" > sorted
	plain sorted
}

@test "white space, a byte order mark and ends of lines need no word" {
	local name
	for name in indented blank-lines bom crlf colours plain; do
		plain "$CASES/$name.maps"
	done
}

@test "what stands before a line of a map is left out, and said" {
	local name
	for name in quoted dmesg grep-with-file grep-with-number; do
		plain "$CASES/$name.maps" "$name.maps: left out: the beginning of 10 lines"
	done
	plain "$CASES/prompt.maps" 'prompt.maps: left out: 1 heading, 1 line that is not a map'
}

# prefixed TEXT - plain.maps with it before each line.
prefixed() {
	awk -v text="$1" '{ print text $0 }' "$CASES/plain.maps" > made
	plain made 'made: left out: the beginning of 10 lines'
}

@test "other prefixes" {
	prefixed 'Nov 25 10:00:00 host app[4242]: '
	prefixed '2026-11-25T10:00:00.123456+01:00 host kernel: '
	prefixed '2026-11-25 10:00:00,123 INFO  [main] org.example.Maps - '
	prefixed '[pid  4242] '
	prefixed 'pod/app-7d4b9c-x2x '
	prefixed $'app-1  | \t'
	prefixed '>> | '
	prefixed '+'
	prefixed ' * '
	prefixed '/* '
	prefixed '<4>[12.5] '
	prefixed 'I1125 10:00:00.000000  4242 maps.cc:12] '
	prefixed $'\e[2m2026-11-25T10:00:00Z\e[0m \e[32m INFO\e[0m app: '
	prefixed 'dead-beef r--p '
	nl -ba "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	grep -n '' /dev/null "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	awk '{ print "maps[" NR "] = " $0 }' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
}

# same_smaps MADE NOTICE - it has the regions and counters of one.smaps, and says that.
same_smaps() {
	diff <(regions "$CASES/one.smaps") <(regions "$1" 2> said)
	[[ $(wc -l < said) == 1 ]]
	grep -F -- "$2" said
}

@test "words with a colon before a line are no counter" {
	local prefix lines
	lines=$(wc -l < "$CASES/one.smaps")
	for prefix in 'INFO: ' 'WARNING:app.mem:' 'Nov 25 10:00:00 Host App: ' 'Thread: 12 ' 'Rss: ' 'VmFlags: ' \
		'Name: ' 'E: ' '[INFO] Main: '; do
		awk -v text="$prefix" '{ print text $0 }' "$CASES/one.smaps" > made
		same_smaps made "the beginning of $lines lines"
	done
	prefixed 'Rss: '
	prefixed 'Name: '
	sed '3i INFO: what a log says' "$CASES/one.smaps" > made
	same_smaps made '1 line that is not a map'
}

@test "blanks of web pages are blanks before a counter's value too" {
	sed '/kB/s/  */\xc2\xa0/g' "$CASES/one.smaps" > made
	diff <(regions "$CASES/one.smaps") <(regions made)
}

@test "what a terminal recorded" {
	{
		echo 'Script started on 2026-11-25 10:00:00+00:00'
		printf '\e[?2004h$ cat maps\r\n\e[?2004l'
		sed 's/$/\r/' "$CASES/plain.maps"
		printf '\e[?2004h$ exit\r\n'
	} > made
	plain made 'left out: 3 lines that are not a map'
	sed 's/$/\r\r/' "$CASES/plain.maps" > made
	plain made
}

# in_one END - the lines of standard input in one, with this between them.
in_one() { python3 -c 'import sys; print(sys.stdin.read().replace("\n", sys.argv[1]), end="")' "$1"; }

@test "a map in one line" {
	local end file
	for end in $'\r' '\n' '\r\n' '\\n' '<br>' $'\f' $'\u2028'; do
		in_one "$end" < "$CASES/plain.maps" > made
		plain made
		echo >> made
		plain made
		diff <(regions "$CASES/one.smaps") <(in_one "$end" < "$CASES/one.smaps" | regions -)
		head -n 13 "$CASES/one.smaps" | in_one "$end" > made # one region
		diff <(regions "$CASES/one.smaps" | head -n 1) <(regions made)
		diff <(in_one "$end" < "$CASES/two-with-headings.maps" | regions - 2> /dev/null) <(regions "$CASES/two-with-headings.maps" 2> /dev/null)
	done
	# A string of JSON or a program, and what somebody wrote to others.
	python3 -c 'import json, sys; print(json.dumps(sys.stdin.read()))' < "$CASES/plain.maps" > made
	plain made 'the beginning of 1 line'
	python3 -c 'import json, sys; print(json.dumps(json.dumps(sys.stdin.read()[:-1])))' < "$CASES/plain.maps" > made
	plain made 'the beginning of 1 line'
	python3 -c 'import sys; print("maps =", repr(sys.stdin.buffer.read()[:-1]), end="")' < "$CASES/plain.maps" > made
	plain made 'the beginning of 1 line'
	python3 -c 'import json, sys; print(json.dumps(sys.stdin.read().splitlines()))' < "$CASES/plain.maps" > made
	plain made 'the beginning of'
	{
		printf 'bob: look\\n'
		in_one '\n' < "$CASES/plain.maps"
	} > made
	plain made '1 line that is not a map'
	# Cut, it is cut.
	in_one '\n' < "$CASES/plain.maps" | head -c -6 > made
	ends 1 'made:1: this line is cut short' "$VMAPVIEW" made
	[[ $(count made) == 9 ]]
}

@test "several lines of a map in one line among others are said" {
	local end line name words='several lines of a map in one, with \n, carriage returns or the like between: put each on a line of its own'
	for end in $'\r' '\n'; do
		for line in '' 'bob: ' 'look: \n' '"'; do
			{
				echo 'a line of its own'
				echo "$line$(in_one "$end" < "$CASES/plain.maps")"
			} > made
			ends 1 "$words" "$VMAPVIEW" made
		done
		in_one "$end" < "$CASES/plain.maps" > made
		echo "${end}1000-2000 r--p 00000000 00:00 0 /b" >> made
		cat "$CASES/plain.maps" >> made
		ends 1 "made:1: $words" "$VMAPVIEW" made
		# A file may be called so.  Nobody can add a region by that.
		name="/a${end}1000-2000 r--p 00000000 00:00 0 /b"
		printf '3000-4000 r--p 00000000 fe:00 7 %s\n4000-5000 r--p 00000000 00:00 0 \n' "$name" > made
		ends 1 "made:1: $words" "$VMAPVIEW" made
		[[ $(count made) == 2 ]]
		# Where nothing like a region follows, it is a name.
		printf '3000-4000 r--p 00000000 fe:00 7 /a%sb\n4000-5000 r--p 00000000 00:00 0 \n' "$end" > made
		run -0 --separate-stderr "$VMAPVIEW" made
		[[ -z $stderr ]]
	done
	yes '1000-2000 r--p 00000000 00:00 0 /b' | head -n 40000 | tr '\n' '\r' > made
	ends 1 'made:1: more than a megabyte in one line: if' "$VMAPVIEW" made
}

@test "what is wrong and what was left out are one message" {
	sed '4s/ .*/ r-xp/' "$CASES/prompt.maps" > made
	ends 1 'made:4: a damaged line of a map; left out: 1 heading, 1 line that is not a map' "$VMAPVIEW" made
	ends 1 'made:4: a damaged line of a map; left out: ' "$VMAPVIEW" --summary made
	ends 1 'made:4: a damaged line of a map; left out: ' "$VMAPVIEW" --json made
	ends 2 'made:4: a damaged line of a map; left out: ' "$VMAPVIEW" --diff made "$CASES/plain.maps"
	head -c -20 "$CASES/two-with-headings.maps" > made
	ends 1 'this line is cut short; 2 maps in it, this is the last (the first is @1); left out: 2 headings' "$VMAPVIEW" made
}

@test "what belongs to a prefix goes behind the line too" {
	sed 's/.*/| & |/' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's/.*/    "&",/' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed "s/.*/'&\\\\n'/" "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's/.*/`&`/' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's/  */ | /g; s/^/| /; s/$/ |/' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's/.*/│ & │/' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's#.*#<li>&</li>#' "$CASES/plain.maps" > made
	plain made 'the beginning of 10 lines'
	sed 's/$/    /' "$CASES/plain.maps" > made
	plain made
	cat -A "$CASES/plain.maps" > made
	plain made
	cat -A "$CASES/crlf.maps" > made
	plain made
	sed 's/  */\t/g' "$CASES/plain.maps" > made
	plain made
	sed 's/  */\xc2\xa0/g' "$CASES/plain.maps" > made
	plain made
	grep -n --color=always ':' "$CASES/plain.maps" > made
	[[ $(count made) == 10 ]]
}

@test "capital letters and 0x" {
	sed -E 's/^[^ ]* [^ ]* [^ ]*/\U&/' "$CASES/plain.maps" > made
	plain made
	sed -E 's/^([^-]*)-([^ ]*)/0x\1-0x\2/; s/fe:/FE:/' "$CASES/plain.maps" > made
	plain made
	sed -E 's/^([^-]*)-([^ ]*)/0X\U\1-0X\2/' "$CASES/plain.maps" > made
	plain made
	sed 's/^7f3b/B6F0/; s/^[0-9A-Fa-f]*-[0-9a-f]*/\U&/; s/-7F3B/-B6F0/' "$CASES/one.smaps" > made
	[[ $(total made rss) == $((2184 << 10)) && $(cell made b6f010000000 rss) == $((2048 << 10)) ]]
	printf 'B6F00000-B6F01000 R-XP 0000\nB6F01000-B6F02000 rw-p 00001000 B3:02 12 /usr/bin/app\n' > made
	ends 1 'made:1: a damaged line of a map' "$VMAPVIEW" made
	printf '0XB6F00000-0XB6F01000 R-XP 0000 FE:00 7 /a\nB6F01000-B6' > made
	ends 1 'made:2: this line is cut short' "$VMAPVIEW" made
}

@test "a name may contain anything, and stays as it is" {
	local name
	for name in '/a b |' '/a"' $'/a\e[0m' "/a'," '/a$' '/1000-2000 r--p 00000000 00:00 0 /b' '/a | b'; do
		printf '1000-2000 r--p 00000000 fe:00 7 %s\n3000-4000 r--p 00000000 00:00 0 \n' "$name" > made
		"$VMAPVIEW" --json made > json
		python3 - "$name" <<- 'END'
		import json, sys
		regions = json.load(open("json"))["regions"]
		assert [r["path"] for r in regions] == [sys.argv[1], ""], regions
		END
	done
	# The first region of a line counts.
	printf '> 1000-2000 r--p 00000000 fe:00 7 /a 3000-4000 r--p 00000000 fe:00 7 /b\n' > made
	[[ $(cell made 1000 path) == '/a 3000-4000 r--p 00000000 fe:00 7 /b' && $(count made) == 1 ]]
}

@test "foreign lines between, before and after" {
	{
		echo 'Hello,'
		head -n 4 "$CASES/plain.maps"
		printf 'Hm: 12 kB\nlet us see\n'
		tail -n +5 "$CASES/plain.maps"
		printf 'MemTotal:       4039764 kB\nAnonHugePages:         0 kB\nName:\tapp\nVmRSS:\t 12 kB\n'
	} > made
	plain made 'made: left out: 7 lines that are not a map'
	# What a log tells of other processes is no heading.
	local line
	for line in 'Out of memory: Killed process 77 (other)' 'INFO: opened /proc/77/status' 'audit: pid=77 uid=0'; do
		sed "6i $line" "$CASES/plain.maps" > made
		plain made 'made: left out: 1 line that is not a map'
	done
	# Far behind what else a report has.
	{
		seq -f 'line %.0f of a log' 20000
		cat "$CASES/plain.maps"
	} > made
	plain made 'made: left out: 20000 lines that are not a map'
	# A pipe gives the same as the file.
	plain <(cat "$CASES/plain.maps")
}

@test "two processes in one file are two maps" {
	local name notice
	for name in two-processes two-with-headings; do
		notice="$name.maps: 2 maps in it, this is the last"
		[[ $(count "$CASES/$name.maps@1") == 10 ]]
		diff <(regions "$CASES/$name.maps@1" 2> /dev/null) <(regions "$CASES/plain.maps")
		[[ $(count "$CASES/$name.maps@2") == 4 ]]
		[[ $(cell "$CASES/$name.maps@2" 400000 path) == /usr/sbin/second ]]
		ends 0 "$notice" "$VMAPVIEW" "$CASES/$name.maps"
		diff <(regions "$CASES/$name.maps" 2> /dev/null) <(regions "$CASES/$name.maps@2" 2> /dev/null)
		diff <(regions "$CASES/$name.maps@last" 2> /dev/null) <(regions "$CASES/$name.maps@2" 2> /dev/null)
	done
	ends 1 'there are 2 maps in it' "$VMAPVIEW" "$CASES/two-processes.maps@3"
	ends 1 'there is 1 map in it' "$VMAPVIEW" "$CASES/plain.maps@2"
	plain "$CASES/plain.maps@1"
}

# mixed FIRST SECOND [LINES] - plain.maps and one.smaps after these prefixes, in turns of so many lines.
mixed() {
	awk -v first="$1" -v second="$2" -v n="${3:-1}" '
		function turn(file, prefix, i) {
			for (i = 0; i < n && (getline line < file) > 0; i++)
				print prefix line
			return i
		}
		BEGIN { do { more = turn(ARGV[1], first) + turn(ARGV[2], second) } while (more) }' \
		"$CASES/plain.maps" "$CASES/one.smaps"
}

@test "processes that wrote at the same time have a map each" {
	local first second turn
	while IFS='~' read -r first second; do
		for turn in 1 3; do
			mixed "$first" "$second" $turn > made
			diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null) || { echo "$first"; return 1; }
			diff <(regions "$CASES/one.smaps") <(regions made@2 2> /dev/null) || { echo "$second"; return 1; }
			ends 0 'made: 2 maps in it, this is the last (the first is @1); left out: the beginning of ' "$VMAPVIEW" made
		done
	done <<- 'END'
	app[11]: ~srv[12]:
	Nov 25 10:00:00 host app[4242]: ~Nov 25 10:00:00 host app[4241]:
	[pid  4242] ~[pid   121]
	==11== ~==12==
	I/app( 4242): ~D/srv(  812):
	F/DEBUG   ( 4242): ~F/DEBUG   (  812):
	11-25 10:00:00.000  4242  4243 F DEBUG   : ~11-25 10:00:00.001  4241  4241 F DEBUG   :
	web-1  | ~db-1   |
	[pod/web-1/app] ~[pod/db-1/app]
	[pid 4242] ~[pid 121]
	[4242] ~[12]
	app[11]: maps[3]: ~app[12]: maps[3]:
	END
	# A terminal's colours, and lines of other kinds.
	mixed $'\e[36mweb-1  |\e[0m ' $'\e[33mdb-1   |\e[0m ' > made
	diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@2 2> /dev/null)
	mixed '[pid 11] ' '[pid 12] ' | sed '7i [pid 11] write(1, "x", 1) = 1' > made
	ends 0 'made: 2 maps in it, this is the last (the first is @1); left out: 1 line that is not' "$VMAPVIEW" made
	# In one line.
	mixed 'app[11]: ' 'srv[12]: ' | in_one '\n' > made
	diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@2 2> /dev/null)
	{
		echo 'app[11]: I am going to crash, srv[12]'
		mixed 'app[11]: ' 'srv[12]: ' | sed '7i app[11]: INFO: still here\na line of nobody'
	} > made
	diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@2 2> /dev/null)
}

@test "processes that wrote at the same time: many, and several looks" {
	local n
	# The same program thirty times: all have the same addresses.
	for ((n = 0; n < 10; n++)); do
		sed -n "$((n + 1))p" "$CASES/plain.maps" > line
		seq 101 130 | while read -r pid; do
			echo "app[$pid]: $(< line)"
		done
	done > made
	ends 0 '30 maps in it' "$VMAPVIEW" made
	for n in 1 17 30; do
		diff <(regions "$CASES/plain.maps") <(regions made@$n 2> /dev/null)
	done
	# The newest line first, as with journalctl -r.
	mixed 'app[11]: ' 'srv[12]: ' | grep -- '-.*-' | tac > rows
	diff <(regions "$CASES/plain.maps") <(regions rows@2 2> /dev/null)
	[[ $(count rows@1) == 3 ]]
	# A second look after a heading, or without one.
	mixed 'app[11]: ' 'srv[12]: ' > look
	{
		cat look
		echo 'Wed Nov 25 10:00:00 UTC 2026'
		cat look
	} > made
	ends 0 '4 maps in it' "$VMAPVIEW" made
	diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@2 2> /dev/null)
	diff <(regions "$CASES/plain.maps") <(regions made@3 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@4 2> /dev/null)
	cat look look > made
	ends 0 '4 maps in it' "$VMAPVIEW" made
	diff <(regions "$CASES/plain.maps") <(regions made@2 2> /dev/null)
	diff <(regions "$CASES/one.smaps") <(regions made@4 2> /dev/null)
	# What is cut leaves the other processes whole.
	{
		sed 's/^/srv[12]: /' "$CASES/one.smaps"
		sed 's/^/app[11]: /' "$CASES/plain.maps"
	} | head -c -20 > made
	ends 1 'made:52: this line is cut short; 2 maps in it, this is the last' "$VMAPVIEW" made
	diff <(regions "$CASES/one.smaps") <(regions made@1 2> /dev/null)
	[[ $(count made@2) == 9 ]]
	{
		head -n 40 "$CASES/one.smaps" | sed 's/^/srv[11]: /'
		sed 's/^/app[12]: /' "$CASES/plain.maps"
	} > made
	ends 1 'it ends within the counters of a region; 2 maps in it' "$VMAPVIEW" made
	# The counters of a process whose region is not there are no other's.
	{
		head -n 1 "$CASES/plain.maps" | sed 's/^/app[11]: /'
		sed -n '2,$s/^/srv[12]: /p' "$CASES/one.smaps"
		sed -n '2,$s/^/app[11]: /p' "$CASES/plain.maps"
	} > made
	diff <(regions "$CASES/plain.maps") <(regions made@1 2> /dev/null)
	[[ $(count made@2) == 2 ]]
}

@test "a number in brackets that is no process" {
	local prefix
	# Of the line, the processor, the level, the second, and a time in seconds.
	for prefix in 'NR' 'NR % 3' '(NR == 4)' '10 + int(NR / 4)' '1764064800 + NR % 2' 'int((NR + 1) / 2)'; do
		awk "{ print \"[\" $prefix \"] \" \$0 }" "$CASES/plain.maps" > made
		plain made 'made: left out: the beginning of 10 lines'
	done
	awk '{ print "app[" 1764064800 + int(NR / 4) "]: " $0 }' "$CASES/plain.maps" > made
	plain made 'made: left out: the beginning of 10 lines'
	awk '{ print "[" NR ".5] " $0 }' "$CASES/plain.maps" > made
	plain made 'made: left out: the beginning of 10 lines'
	for prefix in 'NR % 3' '6 + NR % 2'; do
		tac "$CASES/plain.maps" | awk "{ print \"[\" $prefix \"] \" \$0 }" > made
		plain made 'made: left out: the beginning of 10 lines'
	done
	# Lines that are numbered anew in each map.
	awk '{ print "[" FNR "] " $0 }' "$CASES/plain.maps" "$CASES/two-pie.maps" > made
	[[ $(count made@1) == 10 && $(count made@2) == 6 && $(count made@3) == 4 ]]
	awk '{ print "maps[" FNR "] = " $0 }' "$CASES/plain.maps" "$CASES/plain.maps" > made
	[[ $(count made@1) == 10 && $(count made@2) == 10 ]]
	ends 0 '2 maps in it' "$VMAPVIEW" made
}

@test "two programs whose addresses nowhere overlap" {
	[[ $(count "$CASES/two-pie.maps@1") == 6 && $(count "$CASES/two-pie.maps@2") == 4 ]]
	ends 0 'two-pie.maps: 2 maps in it' "$VMAPVIEW" "$CASES/two-pie.maps"
	# Backwards as well.
	tac "$CASES/two-pie.maps" > made
	[[ $(count made@1) == 4 && $(count made@2) == 6 ]]
}

@test "where a new map begins" {
	local first second
	first=$CASES/two-pie.maps second=$CASES/plain.maps
	head -n 4 "$first" > one # no stack
	tail -n 3 "$first" | head -n 2 > two
	local heading
	for heading in '==> /proc/1/maps <==' 'Wed Nov 25 10:00:00 UTC 2026' '2026-11-25T10:00:00+01:00' \
		'--- 10:00:05 ---' 1764064800.25 '/proc/4243/smaps:' '$ cat /proc/4243/maps' 'process 4243' \
		'PID: 4243' '4243:   ./second --serve' '======= Memory map: ========'; do
		{
			cat one
			echo "$heading"
			cat two
		} > made
		[[ $(count made@1) == 4 && $(count made@2) == 2 ]] || { echo "$heading"; return 1; }
	done
	{
		cat one
		echo 'a line that is none'
		cat two
	} > made
	[[ $(count made@1) == 6 ]]
	# Another process in the prefix.
	{
		sed 's#^#/proc/1/maps:#' one
		sed 's#^#/proc/2/maps:#' two
	} > made
	[[ $(count made@1) == 4 && $(count made@2) == 2 ]]
	{
		sed 's#^#app[17]: #' one
		sed 's#^#app[18]: #' two
	} > made
	[[ $(count made@1) == 4 && $(count made@2) == 2 ]]
	# Three, one after the other.
	cat "$second" "$second" "$second" > made
	[[ $(count made@1) == 10 && $(count made@2) == 10 && $(count made@3) == 10 ]]
	tac made > back
	[[ $(count back@1) == 10 && $(count back@2) == 10 && $(count back@3) == 10 ]]
	ends 0 '3 maps in it' "$VMAPVIEW" made
}

@test "a torn live read is one map, in which the newer line wins" {
	printf '%s rw-p 00000000 00:00 0 \n' 1000-2000 2000-3000 1800-4000 5000-6000 > made
	[[ $(regions made | cut -d, -f1,2 | xargs) == '0x000000001000,0x000000001800 0x000000001800,0x000000004000 0x000000005000,0x000000006000' ]]
	"$VMAPVIEW" --json made | grep -q '"changed": *true'
}

@test "two looks at one process are compared" {
	local name
	for name in log-of-two-looks log-with-dates; do
		run --separate-stderr "$VMAPVIEW" --diff "$CASES/$name.smaps@1" "$CASES/$name.smaps@2"
		[[ $status == 1 ]]
		[[ $output =~ grown\ .*2345000\ .*\+132K\ .*heap ]]
		run --separate-stderr "$VMAPVIEW" --json --diff "$CASES/$name.smaps@1" "$CASES/$name.smaps@2"
		python3 - <<- END
		import json
		d = json.loads('''$output''')
		delta = lambda m: m["after"] - m["before"]
		grown = {c["class"]: delta(c["size_bytes"]) for c in d["changes"] if c["kind"] == "grown"}
		assert grown == {"heap": 132 << 10, "anon": 4096 << 10}, grown
		assert delta(d["total"]["rss_bytes"]) == 6084 << 10
		END
	done
}

@test "what is recorded of a text is said as it is of one that is shown" {
	ends 0 '2 maps in it, this is the last' "$VMAPVIEW" --record record "$CASES/log-of-two-looks.smaps"
	diff <(regions "$CASES/log-of-two-looks.smaps@2") <(regions record)
}

@test "what was cut leaves what is whole" {
	ends 1 'cut-in-header.maps:10: this line is cut short' "$VMAPVIEW" "$CASES/cut-in-header.maps"
	[[ $(count "$CASES/cut-in-header.maps") == 9 ]]
	ends 1 'cut-in-record.smaps:39: it ends within the counters of a region' "$VMAPVIEW" "$CASES/cut-in-record.smaps"
	[[ $(count "$CASES/cut-in-record.smaps") == 3 ]]
	local last
	last=$("$VMAPVIEW" --format csv -o address,rss,anonymous,swap "$CASES/cut-in-record.smaps" 2> /dev/null | tail -n 1)
	[[ $last == 0x7ffd3a1c0000,36864,,$'\r' ]]
	# Behind a prefix, too: "Rss: 10" may have been 100 kB.
	sed 's/^/app[11]: /' "$CASES/one.smaps" | head -n 33 | head -c -5 > made
	tail -n 1 made | grep 'Rss:  *3$'
	ends 1 'made:33: this line is cut short' "$VMAPVIEW" made
	# Cut at any byte: never a word too many, never a wrong number.
	local size n unknown=0
	size=$(stat -c %s "$CASES/plain.maps")
	for ((n = size - 150; n < size; n++)); do
		head -c $n "$CASES/plain.maps" > made
		regions made 2> /dev/null | grep -vxFf <(regions "$CASES/plain.maps") > extra || :
		[[ ! -s extra ]] || unknown=$((unknown + 1))
		[[ $(wc -l < extra) -le 1 && -z $(grep -v ',,,,,$' extra) ]]
	done
	# Two regions might have had no name: then their lines end with "0", or a blank after that.
	((unknown <= 4))
}

@test "the numbers of an smaps are kB, whether it says so or not" {
	[[ $(total "$CASES/without-kB.smaps" rss) == $((2184 << 10)) ]]
	{
		cat "$CASES/without-kB.smaps"
		printf '7ffe00000000-7ffe00021000 rw-p 00000000 00:00 0 \nSize: 132\nRss: 4\nTHPeligible: 1\nProtectionKey: 3\n'
	} > made
	[[ $("$VMAPVIEW" --format csv -o address,rss,THPeligible,ProtectionKey made 2> /dev/null | tail -n 1) == *,4096,1,3$'\r' ]]
}

@test "a rollup has totals only" {
	local options
	run -0 --separate-stderr "$VMAPVIEW" -x "$CASES/rollup.txt"
	[[ ${lines[-1]} == 'total kB               -    2184    2184' && ${#lines[@]} == 4 ]]
	run -0 --separate-stderr "$VMAPVIEW" --bytes --summary -o class,size,rss "$CASES/rollup.txt"
	[[ ${lines[-1]} =~ ^total\ +-\ +2236416$ && ${#lines[@]} == 2 ]]
	for options in '' -x -X -d --summary '-o address,size,end,regions' '--format csv -o size'; do
		# shellcheck disable=SC2086
		run -0 --separate-stderr "$VMAPVIEW" $options "$CASES/rollup.txt"
		[[ $output != *128T* && $output != *137* && $output != *7ffd* ]]
	done
	ends 1 'a rollup has only totals' "$VMAPVIEW" --json "$CASES/rollup.txt"
	[[ ! -s out ]]
	ends 2 'a rollup has only totals' "$VMAPVIEW" --diff "$CASES/rollup.txt" "$CASES/plain.maps"
	[[ ! -s out ]]
	ends 1 'a rollup has only totals' "$VMAPVIEW" --record record "$CASES/rollup.txt"
	[[ ! -e record ]]
	# Behind a map it is another one.
	cat "$CASES/plain.maps" "$CASES/rollup.txt" > made
	[[ $(count made@1) == 10 ]]
	[[ $(total made@2 rss) == $((2184 << 10)) ]]
}

@test "files whose classes others test are read" {
	[[ $(count "$CASES/go.maps") == 6 ]]
	[[ $(count "$CASES/wasm-memory.smaps") == 2 ]]
	run -0 --separate-stderr "$VMAPVIEW" -x "$CASES/wasm-memory.smaps" # its second record is whole
	[[ -z $stderr ]]
	[[ $(count "$CASES/old-ld.so.maps") == 15 ]]
	[[ $(count "$CASES/android.maps") == 9 ]]
	[[ $(count "$CASES/path-without-inode.maps") == 3 ]]
	[[ $(count "$CASES/unknown-bracket.maps") == 3 ]]
	[[ $(count "$CASES/one.smaps") == 3 ]]
}

@test "pmap's own output, sizes and names as printed" {
	diff "$CASES/pmap.txt" <("$VMAPVIEW" "$CASES/pmap.txt")
	diff "$CASES/pmap-x.txt" <("$VMAPVIEW" -x "$CASES/pmap-x.txt")
	[[ $(regions "$CASES/pmap-d.txt" | cut -d, -f1-4 | xargs) == '0x000000400000,0x000000401000,r-xp,0x000000000000 0x000001c3f000,0x000001c60000,rw-p, 0x7f3b20000000,0x7f3b20190000,r-xp,0x000000028000' ]]
	[[ $(total "$CASES/pmap-x.txt" rss) == $((152260 << 10)) ]]
	# What it does not print is unknown.
	run -0 --separate-stderr "$VMAPVIEW" -d "$CASES/pmap.txt"
	[[ ${lines[2]} == *' r-x-- '*' -'*' app' && $output != *ffffffffffffffff* ]]
	run -0 --separate-stderr "$VMAPVIEW" -x "$CASES/pmap.txt"
	[[ ${lines[2]} == '0000000000400000       4       -       - r-x-- app' ]]
	[[ $("$VMAPVIEW" -o address,class --format csv "$CASES/pmap.txt" | tail -n 1) == *,stack$'\r' ]]
	# Memory that runs, and has no name there, may be the vdso.
	printf '00007ffd3a1f5000      8K r-x--   [ anon ]\n' > made
	[[ $(cell made 7ffd3a1f5000 class) == anon ]]
}

# as_before OPTIONS - with these, what pmap and vmapview print of $animal shows no difference to it.
as_before() {
	local pmap
	for pmap in "$PMAP" "$VMAPVIEW"; do
		# shellcheck disable=SC2086
		"$pmap" $1 "$animal" > saved
		run --separate-stderr "$VMAPVIEW" --diff saved "$animal"
		[[ $status == 0 && -z $output && -z $stderr ]] || { echo "$pmap $1: $output $stderr"; return 1; }
		run --separate-stderr "$VMAPVIEW" --diff "$animal" saved
		[[ $status == 0 && -z $output ]] || { echo "$pmap $1: $output"; return 1; }
	done
}

@test "what pmap saved is compared with the process" {
	local options
	start_animal sleep 1000
	at_rest "$animal" '@(sleep|coreutils)'
	stop_process "$animal"
	for options in '' -x -d -p '-x -p' -X -XX -q '-q -x' '-q -d' '-q -X' '-q -XX'; do
		as_before "$options"
	done
	# The long forms have as much as smaps.
	"$PMAP" -X "$animal" > saved
	diff <("$VMAPVIEW" --format csv -o address,end,perms,offset,device,inode,rss,anonymous,swap saved) \
		<("$VMAPVIEW" --format csv -o address,end,perms,offset,device,inode,rss,anonymous,swap "$animal")
	"$PMAP" -XX "$animal" > saved
	"$PMAP" -q -XX "$animal" | diff <("$VMAPVIEW" --format csv -o address,vmflags,path saved) <("$VMAPVIEW" --format csv -o address,vmflags,path -)
	diff <("$VMAPVIEW" --format csv -o address,private_dirty,vmflags saved) \
		<("$VMAPVIEW" --format csv -o address,private_dirty,vmflags "$animal")
}

@test "what grew since pmap was saved" {
	start_animal sleep 1000
	at_rest "$animal" '@(sleep|coreutils)'
	stop_process "$animal"
	"$PMAP" -x "$animal" > saved
	# The row of the stack, with a page less in memory.
	awk '/\[ stack \]/ { $3 -= 4; printf "%s %7d %7d %7d %s   [ stack ]\n", $1, $2, $3, $4, $5; next } { print }' \
		saved > before
	run --separate-stderr "$VMAPVIEW" --json --diff before "$animal"
	[[ $status == 1 ]]
	python3 - <<- END
	import json
	d = json.loads('''$output''')
	assert [c["class"] for c in d["changes"]] == ["stack"], d["changes"]
	assert d["changes"][0]["rss_bytes"]["delta"] == 4096
	END
}

@test "what gdb, sanitizers and Android print" {
	[[ $(regions "$CASES/gdb-mappings.txt" 2> /dev/null | cut -d, -f1-4,8 | tr '\n' ' ') == '0x000000400000,0x000000402000,r-xp,0x000000000000,/home/user/app 0x000000601000,0x000000602000,rw-p,0x000000001000,/home/user/app 0x0037ef400000,0x0037ef420000,r-xp,0x000000000000,/usr/lib64/ld-2.16.so 0x7ffe00000000,0x7ffe00021000,rw-p,,[stack] ' ]]
	# gdb before 12 prints no permissions, since 16 more digits.
	sed 's/ Perms //; s/  [r-][w-][x-]p   /  /' "$CASES/gdb-mappings.txt" > made
	[[ $(regions made 2> /dev/null | cut -d, -f1-3,8 | head -n 1) == '0x000000400000,0x000000402000,,/home/user/app' ]]
	sed -E 's/ 0x([0-9a-f]+) +0x([0-9a-f]+) +(0x[0-9a-f]+) +0x0 /0x0000000000\1 0x0000000000\2 \3 0x0000000000000000 /' \
		"$CASES/gdb-mappings.txt" | sed -E 's/0x0+([0-9a-f]{16}) /0x\1 /g' > made
	[[ $(count made) == 4 ]]
	[[ $(regions "$CASES/asan.txt" 2> /dev/null | cut -d, -f1-3,8 | tr '\n' ' ') == '0x000000400000,0x000000456000,,/home/user/app 0x00007fff7000,0x00008fff7000,, 0x00008fff7000,0x02008fff7000,, ' ]]
	# Their permissions are unknown, so they must not be taken for a reserve.
	[[ $(cell "$CASES/asan.txt" 7fff7000 class) == anon ]]
	[[ $(regions "$CASES/tombstone.txt" 2> /dev/null | cut -d, -f1-4,8 | head -n 2 | tr '\n' ' ') == '0x005500000000,0x005500001000,r--?,0x000000000000,/system/bin/app_process64 0x007a3e000000,0x007a3e100000,r-x?,0x000000000000,/data/app/com.example/lib/arm64/libnative.so ' ]]
	[[ $(cell "$CASES/tombstone.txt" 7b340a2000 path) == '[anon:scudo:primary]' ]]
}

@test "what lldb, perf and busybox print" {
	printf '[0x0000000000000000-0x0000000000400000) ---\n[0x0000000000400000-0x0000000000402000) r-x /usr/bin/app PT_LOAD[0]\n' > made
	[[ $(regions made | cut -d, -f1-3,8) == '0x000000400000,0x000000402000,r-x?,/usr/bin/app' ]]
	printf 'app 17 12.5: PERF_RECORD_MMAP2 17/17: [0x400000(0x2000) @ 0x1000 fe:00 1201 0]: r-xp /usr/bin/app\n' > made
	[[ $(regions made 2> /dev/null | cut -d, -f1-4,8) == '0x000000400000,0x000000402000,r-xp,0x000000001000,/usr/bin/app' ]]
	printf 'Address           Kbytes     PSS   Dirty    Swap  Mode  Mapping\n0000000000400000       8       4       0       0 r-xp  /usr/bin/app\n' > made
	[[ $("$VMAPVIEW" --format csv -o address,size,rss,pss,swap,path made | tail -n 1) == 0x000000400000,8192,,4096,0,/usr/bin/app$'\r' ]]
}

@test "in files only: a process is read to the letter" {
	# Nothing may be left out before a line of /proc, and a name that looks like a line is a name.
	mkdir 'dir'
	local name=$PWD/'dir/x 1000-2000 r--p 00000000 00:00 0 y'
	cp "$(command -v sleep)" "$name"
	start_animal "$name" 1000
	[[ $("$VMAPVIEW" --format csv -o path "$animal" | grep -cF 'x 1000-2000 r--p') -gt 1 ]]
}

@test "what is no map is called by its name, and what to do" {
	printf '\x28\xb5\x2f\xfd....' > made
	ends 1 'made is packed with zstd: unpack it with zstd -d (a core of systemd: coredumpctl dump -o' "$VMAPVIEW" made
	local magic name
	while read -r magic name; do
		printf "$magic......" > made
		ends 1 "made is $name" "$VMAPVIEW" made
	done <<- 'END'
	\x1f\x8b packed with gzip: unpack it with gzip -d
	\xfd7zXZ\0 packed with xz: unpack it with xz -d
	\x04\x22\x4d\x18 packed with lz4: unpack it with lz4 -d
	BZh9 packed with bzip2: unpack it with bzip2 -d
	MDMP a minidump
	KDUMP\x20\x20\x20 a dump of a whole kernel
	\xcf\xfa\xed\xfe a Mach-O file
	\xff\xfe a text in UTF-16
	END
	ends 1 'an ELF file, but not a core file' "$VMAPVIEW" "$(command -v sleep)"
	ends 1 'is a directory: name a file in it' "$VMAPVIEW" .
	printf 'int main(void)\n' > made
	ends 1 "made: no map in it; line 1 is 'int main(void)'" "$VMAPVIEW" made
	printf 'a\0b\0c\0' > made
	ends 1 'made is neither a process' "$VMAPVIEW" made
	python3 -c 'import json, sys; [print(json.dumps({"log": s, "stream": "stdout"}, separators=(",", ":"))) for s in sys.stdin]' \
		< "$CASES/plain.maps" > made
	ends 1 'made is a log of Docker in JSON: take the text out of it with jq -j .log' "$VMAPVIEW" made
	echo '{ "message": "00400000-00401000 r-xp 00000000 fe:00 7 /a" }' > made
	ends 1 'made:1: JSON, but not a vmapview snapshot; jq -r takes a text out of it' "$VMAPVIEW" made
	# Real ones, where there is the tool.
	if command -v xz; then
		xz -c "$CASES/plain.maps" > made
		ends 1 'unpack it with xz -d' "$VMAPVIEW" made
	fi
}
