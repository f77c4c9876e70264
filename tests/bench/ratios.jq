# What hyperfine measured in several rounds, as ratios.

def median: sort | if length % 2 == 1 then .[length / 2 | floor]
	else (.[length / 2 - 1] + .[length / 2]) / 2 end;
def time($round; $name): $round.results[] | select(.command == $name) | .median;
def summed($list): { median: ($list | median), lowest: ($list | min), highest: ($list | max) };

# @factor: per region, for instance
def ratio($work; $ours; $theirs; $reach; $factor):
	[$rounds[] | time(.; $ours) / time(.; $theirs) * $factor] |
	{ work: $work, to: $theirs, ratio: summed(.), at_most: $reach,
	  met: (if $reach then (. | median) <= $reach else null end) };
def faster($work; $ours; $theirs; $reach):
	[$rounds[] | time(.; $theirs) / time(.; $ours)] |
	{ work: $work, to: $theirs, times_faster: summed(.), at_least: $reach,
	  met: (if $reach then (. | median) >= $reach else null end) };
def limit($work; $value; $unit; $reach):
	{ work: $work, value: $value, unit: $unit, at_most: $reach,
	  met: (if $reach then $value <= $reach else null end) };

{
	version: $version, pmap: $pmap, kernel: $kernel, processors: ($cpus | tonumber),
	rows: [
		ratio("60,000 regions"; "default"; "cat maps"; 1.3; 1),
		faster("60,000 regions"; "default"; "pmap"; 3.5),
		ratio("-x"; "-x"; "cat smaps"; 1.12; 1),
		faster("-x"; "-x"; "pmap -x"; 2.2),
		ratio("-XX"; "-XX"; "cat smaps"; 1.3; 1),
		faster("-XX"; "-XX"; "pmap -XX"; 5),
		ratio("--json"; "--json"; "cat smaps"; 1.6; 1),
		ratio("--summary"; "--summary"; "cat smaps"; 1.1; 1),
		ratio("30 regions"; "small: default"; "small: pmap"; 1; 1),
		ratio("30 regions, -x"; "small: -x"; "small: pmap -x"; 1; 1),
		ratio("--all, 500 processes"; "--all"; "cat rollups"; 1.5; 1),
		ratio("a region of 60,000"; "default"; "6000: default"; 1.2; 0.1),
		ratio("a region of 60,000, -x"; "-x"; "6000: -x"; 1.2; 0.1),
		ratio("a region of 60,000"; "default"; "1000: default"; null; 1 / 60),
		ratio("a region of 60,000, -x"; "-x"; "1000: -x"; null; 1 / 60),
		limit("peak memory"; $default / 1024; "MiB"; 16),
		limit("peak memory, -XX"; $XX / 1024; "MiB"; 32),
		limit("peak memory, --json"; $json / 1024; "MiB"; null),
		limit("view: key to frame, median"; $frame.still.median_ms; "ms"; null),
		limit("view: key to frame, slowest"; $frame.still.max_ms; "ms"; null),
		limit("view: the same while refreshing, median"; $frame.refreshing.median_ms;
		      "ms"; null),
		limit("view: the same while refreshing, slowest"; $frame.refreshing.max_ms; "ms"; 50),
		ratio("with libraries"; "files: default"; "files: cat maps"; null; 1),
		faster("with libraries"; "files: default"; "files: pmap"; null),
		ratio("with libraries, -x"; "files: -x"; "files: cat smaps"; null; 1),
		faster("with libraries, -x"; "files: -x"; "files: pmap -x"; null),
		ratio("with libraries, --json"; "files: --json"; "files: cat smaps"; null; 1),
		ratio("with libraries, --summary"; "files: --summary"; "files: cat smaps"; null; 1)
	],
	seconds: [$rounds[0].results[].command as $name |
		{ command: $name } + summed([$rounds[] | time(.; $name)])]
}
