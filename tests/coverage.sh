#!/bin/sh
# coverage.sh: how many lines of each directory of src/ ran, from what the suite left in this
# build directory.  coverage.txt then lists the lines that did not.
set -eu
gcovr -r "$TOP_SRCDIR" --object-directory "$TOP_BUILDDIR" --filter "$TOP_SRCDIR/src/" --exclude "$TOP_SRCDIR/src/demo/" \
	--csv coverage.csv --txt coverage.txt "$TOP_BUILDDIR"
awk -F , '
	NR == 1 { next }
	{
		split($1, part, "/")
		directory = part[1] "/" part[2]
		if (part[3] == "")
			directory = part[1]
		lines[directory] += $2
		covered[directory] += $3
		lines["total"] += $2
		covered["total"] += $3
	}
	function show(directory) {
		printf "%-12s %5d of %5d lines  %5.1f %%\n", directory, covered[directory],
			lines[directory], 100 * covered[directory] / lines[directory]
	}
	END {
		for (i = split("base core table source output tui cli", name, " "); i; i--)
			names[i] = "src/" name[i]
		for (i = 1; i in names; i++)
			show(names[i])
		show("total")
	}' coverage.csv
