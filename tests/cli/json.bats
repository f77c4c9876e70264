#!/usr/bin/env bats
# Machine formats, read by somebody else's readers: JSON by Python, jq and the schema, CSV by Python's
# csv, Prometheus' text by promtool.

# shellcheck disable=SC2154 # common.bash sets errors and started
load common

SCHEMA=$TOP_SRCDIR/docs/vmapview.schema.json

setup_file() {
	local name
	make_play
	make_world "$WORLD"
	for name in names thirtytwo large oldkernel newkernel kthread zombie; do
		add_fixture "$WORLD" $name
	done
	# Names that are no UTF-8, and what JSON, CSV and Prometheus have to escape.
	add_process "$WORLD" 6000 <<- 'END'
	comm: we"ird\
	cmdline: a"b\\c\0
	00400000-00401000 r-xp 00000000 fd:01 5 /srv/"q",back\134slash
	00402000-00403000 r--p 00000000 fd:01 6 /srv/latin@byte
	00404000-00405000 r--p 00000000 fd:01 18446744073709551615 /srv/esc@seq
	END
	LC_ALL=C sed -i 's/latin@byte/latin\xe9byte/; s/esc@seq/esc\x1bseq/' "$WORLD"/6000/maps "$WORLD"/6000/smaps
}

teardown_file() { drop_play; }

# shown OPTION... - what we print of frozen processes, in $PLAY/output.
shown() {
	skip_unless_frozen
	frozen_run vmapview "$@"
	[[ $status -eq 0 ]] || { cat "$PLAY/errors"; return 1; }
}

# keep - the output is one of the documents that valid looks at.
keep() { cp "$PLAY/output" "$BATS_TEST_TMPDIR/$((kept += 1)).json"; }

# valid - what was kept are documents that the schema allows.
valid() {
	((kept > 0))
	python3 -c 'import jsonschema' 2> /dev/null || skip "no jsonschema module"
	python3 - "$SCHEMA" "$BATS_TEST_TMPDIR"/*.json <<- 'END'
	import json, sys, jsonschema
	schema = json.load(open(sys.argv[1]))
	jsonschema.Draft7Validator.check_schema(schema)
	validator = jsonschema.Draft7Validator(schema)
	for name in sys.argv[2:]:
	    print(name)
	    validator.validate(json.load(open(name, encoding="utf-8")))
	END
}

@test "snapshots are as the schema says" {
	local pid kept=0
	for pid in 1500 3232 4242 2632 7000 2 777 6000; do
		shown --json "$pid"
		keep
	done
	valid
}

@test "tables are as the schema says" {
	local pid options kept=0
	for pid in 1500 2632 2 6000; do
		for options in --summary '--group object' '-o address,end,size,rss,gap,offset,inode,path,vmflags,notes,why' \
			'--filter rss>1000P' --sort=-rss; do
			# shellcheck disable=SC2086
			shown --json $options "$pid"
			keep
		done
	done
	valid
}

@test "diffs, looks and the list of processes are as the schema says" {
	local pair kept=0
	for pair in "1500 3232" "2632 6000" "4242 4242"; do
		skip_unless_frozen
		# shellcheck disable=SC2086
		frozen_run vmapview --json --diff $pair
		((status < 2))
		keep
	done
	"$VMAPVIEW" --watch 0.01 --count 1 --json $$ > "$PLAY/output"
	keep
	"$VMAPVIEW" --all --json > "$PLAY/output"
	keep
	valid
}

@test "files that are known by name only, and what is not known of a core" {
	local kept=0
	"$VMAPVIEW" --json "$TOP_SRCDIR/tests/fixtures/json/small.json" > "$PLAY/output"
	keep
	valid
	grep -q '"perms":"????","offset":0,"device":null,"inode":null' "$PLAY/output"
}

@test "a snapshot has what maps and smaps have" {
	local pid
	for pid in 1500 3232 4242 2632 7000 6000; do
		shown --json "$pid"
		python3 - "$PLAY/output" "$WORLD/$pid/smaps" <<- 'END'
		import json, re, sys
		got = json.load(open(sys.argv[1]))
		names = [f["name"] for f in got["fields"]]
		units = [f["unit"] for f in got["fields"]]
		at = -1
		seen = set()
		for line in open(sys.argv[2], "rb").read().split(b"\n")[:-1]:
		    head = re.match(rb"([0-9a-f]+)-([0-9a-f]+) (\S+) (\S+) (\S+) (\d+) *(.*)$", line)
		    if head:
		        at += 1
		        r = got["regions"][at]
		        start, end, perms, offset, device, inode, path = head.groups()
		        assert int(r["start"], 16) == int(start, 16), line
		        assert int(r["end"], 16) == int(end, 16), line
		        assert r["perms"] == perms.decode() and r["offset"] == int(offset, 16), line
		        assert r["device"] == device.decode() and r["inode"] == int(inode), line
		        raw = bytes.fromhex(r["path_hex"]) if "path_hex" in r else r["path"].encode()
		        assert raw == path, (line, r)
		        continue
		    name, _, value = line.decode("latin-1").partition(":")
		    if name == "VmFlags":
		        assert r["flags"] == value.strip(), line
		    elif name != "Name":
		        i = names.index(name)
		        seen.add(i)
		        kilo = value.endswith("kB")
		        assert units[i] == ("bytes" if kilo else None), line
		        assert r["counters"][i] == int(value.split()[0]) * (1024 if kilo else 1), line
		assert at + 1 == len(got["regions"]) and len(seen) == len(names)
		END
	done
}

@test "names that are no UTF-8 are whole in hex, and never raw" {
	shown --json 6000
	python3 - "$PLAY/output" <<- 'END'
	import json, sys
	text = open(sys.argv[1], "rb").read()
	text.decode("utf-8")
	assert not any(c < 0x20 and c != 0x0a for c in text)
	regions = json.loads(text)["regions"]
	assert regions[0]["path"] == '/srv/"q",back\\134slash' and "path_hex" not in regions[0]
	assert regions[1]["path"] == "/srv/latin\ufffdbyte"
	assert bytes.fromhex(regions[1]["path_hex"]) == b"/srv/latin\xe9byte"
	assert regions[2]["path"] == "/srv/esc\x1bseq" and regions[2]["inode"] == 2**64 - 1
	END
}

@test "one region per line, which jq reads like all of it" {
	command -v jq || skip "no jq"
	shown --json 4242
	[[ $(grep -c '^{"start"' "$PLAY/output") -eq $(wc -l < "$WORLD/4242/maps") ]]
	diff <(jq -r '.regions[].path' "$PLAY/output") \
		<(sed -n 's/^\({"start".*}\),\{0,1\}$/\1/p' "$PLAY/output" | jq -r .path)
}

@test "several targets are several documents" {
	command -v jq || skip "no jq"
	shown --json 3232 1500
	[[ $(jq -s -c 'map(.process.pid)' "$PLAY/output") == '[3232,1500]' ]]
}

@test "what was not read is null, not 0" {
	command -v jq || skip "no jq"
	shown --json -o size,ksm,inode 2632
	[[ $(jq -c '[.rows[].ksm_bytes] | unique' "$PLAY/output") == '[null]' ]]
	[[ $(jq '.totals.ksm_bytes' "$PLAY/output") == null ]]
	[[ $(jq '[.rows[].size_bytes] | add' "$PLAY/output") == "$(jq .totals.size_bytes "$PLAY/output")" ]]
}

@test "CSV is what Python's reader takes" {
	shown --format csv -o address,size,rss,inode,path 6000 1500
	python3 - "$PLAY/output" "$WORLD/6000/maps" "$WORLD/1500/maps" <<- 'END'
	import csv, re, sys
	raw = open(sys.argv[1], "rb").read()
	assert raw.endswith(b"\r\n") and raw.count(b"\n") == raw.count(b"\r\n")
	rows = list(csv.reader(open(sys.argv[1], newline="", encoding="utf-8"), strict=True))
	assert rows[0] == ["target", "address", "size", "rss", "inode", "path"], rows[0]
	lines = [l for f in sys.argv[2:] for l in open(f, "rb").read().split(b"\n")[:-1]]
	assert len(rows) == len(lines) + 1
	for row, line in zip(rows[1:], lines):
	    start, end, inode, path = re.match(rb"(\w+)-(\w+) \S+ \S+ \S+ (\d+) *(.*)$", line).groups()
	    assert int(row[1], 16) == int(start, 16) and int(row[2]) == int(end, 16) - int(start, 16)
	    assert int(row[4] or 0) == int(inode)
	    path = path.replace(b"\xe9", b"\\351").replace(b"\x1b", b"\\033")
	    assert row[5] == path.decode(), (row, line)
	END
}

@test "promtool accepts the metrics, all samples of one together" {
	shown --format prometheus 1500 3232 6000 2632 1500 2
	python3 - "$PLAY/output" <<- 'END'
	import re, sys
	seen, current, series = [], None, set()
	for line in open(sys.argv[1], encoding="utf-8"):
	    if line.startswith("# HELP "):
	        current = line.split()[2]
	        assert current not in seen
	        seen.append(current)
	    elif not line.startswith("#"):
	        name, labels, value = re.match(r'(\w+)(\{.*\})? (\d+)$', line).groups()
	        assert name == current and (name, labels) not in series, line
	        series.add((name, labels))
	assert "vmapview_rss_bytes" in seen
	assert any('comm="we\\"ird\\\\"' in labels for _, labels in series if labels), series
	END
	command -v promtool || skip "no promtool"
	promtool check metrics < "$PLAY/output"
	shown --format prometheus -o +private_dirty,lazyfree,thpeligible,gap 1500 3232
	promtool check metrics < "$PLAY/output"
}

@test "a column that is named twice is there once" {
	local format
	command -v jq || skip "no jq"
	shown --json -o +rss,RSS,swap,swap 3232
	[[ $(jq -r '[.columns[].key] | join(" ")' "$PLAY/output") == \
		"address size_bytes rss_bytes perms class part mapping swap_bytes" ]]
	[[ $(grep -o '"rss_bytes":' "$PLAY/output" | wc -l) -eq $(($(wc -l < "$WORLD/3232/maps") + 1)) ]]
	shown --format csv -o rss,rss 3232
	[[ $(head -n 1 "$PLAY/output") == $'rss\r' ]]
	shown --format prometheus -o +rss 3232
	[[ $(grep -c '^# TYPE vmapview_rss_bytes' "$PLAY/output") -eq 1 ]]
}

@test "saved maps are told apart by their names" {
	local kept=0 one=$BATS_TEST_TMPDIR/one two=$BATS_TEST_TMPDIR/t$'\xff'"w\"o"
	command -v jq || skip "no jq"
	cp "$WORLD/3232/smaps" "$one"
	cp "$WORLD/2632/smaps" "$two"
	"$VMAPVIEW" --format prometheus -o regions "$one" "$two" > "$PLAY/output"
	[[ $(awk '!/^#/ { s += $NF } END { print s }' "$PLAY/output") -eq \
		$(cat "$WORLD/3232/maps" "$WORLD/2632/maps" | wc -l) ]]
	! command -v promtool || promtool check metrics < "$PLAY/output"
	"$VMAPVIEW" --json --summary "$two" > "$PLAY/output"
	keep
	[[ $(jq -r .target_hex "$PLAY/output") == "$(printf %s "$two" | od -An -v -tx1 | tr -d ' \n')" ]]
	"$VMAPVIEW" --json --diff "$one" "$two" > "$PLAY/output" || [[ $? -eq 1 ]]
	keep
	[[ $(jq -r '.before.target, (.before | has("target_hex")), (.after | has("target_hex"))' \
		"$PLAY/output" | xargs) == "$one false true" ]]
	valid
}

@test "a diff has whole the names that are no UTF-8" {
	local kept=0
	command -v jq || skip "no jq"
	skip_unless_frozen
	frozen_run vmapview --json --diff 1500 6000
	keep
	[[ $(jq -r '[.changes[] | select(.path_hex) | .path_hex == .object_hex] | unique | .[]' \
		"$PLAY/output") == true ]]
	valid
}

@test "metrics are few, and can be added up" {
	run "$VMAPVIEW" --format prometheus -o mapping $$
	[[ $status -eq 1 && $output == *"can't be added up"* ]]
	run "$VMAPVIEW" --format prometheus --group object $$
	[[ $status -eq 1 && $output == *"only be grouped by class"* ]]
}

# 60,000 mappings: every other page read-only.
@test "JSON of a huge process is written in flat memory" {
	local pid
	start python3 -c 'import ctypes, mmap, time
c = ctypes.CDLL(None)
c.mmap.restype = ctypes.c_void_p
a = c.mmap(None, ctypes.c_size_t(60000 * 4096), 3, 34, -1, ctypes.c_long(0))
for i in range(0, 60000, 2):
    if c.mprotect(ctypes.c_void_p(a + i * 4096), 4096, 1): break
c.prctl(15, b"many", 0, 0, 0)
time.sleep(1000)'
	pid=$started
	wait_until grep -q many "/proc/$pid/comm"
	(($(wc -l < "/proc/$pid/maps") > 50000)) || skip "vm.max_map_count is too small"
	"$VMAPVIEW" --format csv -o address "$pid" > /dev/null
	python3 - "$VMAPVIEW" "$pid" <<- 'END'
	import resource, subprocess, sys, os
	def peak(*options):
	    child = subprocess.Popen([sys.argv[1], *options, sys.argv[2]], stdout=open("/dev/null", "w"))
	    _, status, usage = os.wait4(child.pid, 0)
	    assert status == 0
	    return usage.ru_maxrss
	# A table of all columns keeps as much of the process.
	list = subprocess.run([sys.argv[1], "--list-columns"], capture_output=True, text=True).stdout
	all = ",".join(line.split()[0] for line in list.splitlines())
	table, json = peak("--format", "csv", "-o", all), peak("--json")
	print(f"kB: csv {table}, json {json}")
	assert json < table + 1024
	END
}
