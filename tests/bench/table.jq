# The ratios as a table for people.

def number: (. * 100 | round / 100 | tostring) | if test("\\.") then . + (if test("\\.[0-9]$") then "0" else "" end) else . + ".00" end;
def right($width): (" " * ([$width - length, 0] | max) // "") + .;
def left($width): . + (" " * ([$width - length, 0] | max) // "");
def spread: "\(.lowest | number)-\(.highest | number)";
def verdict: if .met == null then "" elif .met then "met" else "not met" end;
def line($work; $what; $value; $spread; $reach; $met):
	"\($work | left(42)) \($what | left(30)) \($value | right(8)) \($spread | right(15)) \($reach | right(9))  \($met)"
	| sub(" +$"; "");

"\(.version), \(.pmap), Linux \(.kernel), \(.processors) processors", "",
line("work"; "measured"; "median"; "spread"; "reach"; ""),
(.rows[] |
	if .ratio then
		line(.work; "time / \(.to)"; .ratio.median | number; .ratio | spread;
		     if .at_most then "<= \(.at_most)" else "" end; verdict)
	elif .times_faster then
		line(.work; "times faster than \(.to)"; .times_faster.median | number;
		     .times_faster | spread; if .at_least then ">= \(.at_least)" else "" end;
		     verdict)
	else
		line(.work; .unit; .value | number; ""; if .at_most then "<= \(.at_most)" else "" end;
		     verdict)
	end)
