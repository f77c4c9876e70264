#!/bin/sh
# The manual and the shell completions have the words that the program has, and no others.
# VMAPVIEW and DEMO are the programs; tests/helpers/words prints the tables of the first.
cd "${TOP_SRCDIR:-.}" || exit 2
: "${VMAPVIEW:=./vmapview}"
words=${TOP_BUILDDIR:-.}/tests/helpers/words
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
rc=0

# same WHAT: $dir/program and $dir/docs have the same lines, and some
same() {
	for list in program docs; do
		LC_ALL=C sort -u "$dir/$list" -o "$dir/$list"
	done
	if [ ! -s "$dir/program" ]; then
		echo "$1: the program has none"
		rc=1
	fi
	diff "$dir/program" "$dir/docs" > "$dir/diff" && return
	echo "$1: < of the program only, > of the documentation only"
	cat "$dir/diff"
	rc=1
}

# Items of the lists of the manual $1, one a line: section, subsection or again section, macro,
# words and text, between tabs.
items() {
	awk '
	function plain(s) {
		gsub(/\\&/, "", s); gsub(/\\\(ha/, "^", s); gsub(/\\\(ti/, "~", s); gsub(/\\e/, "\\", s)
		return s
	}
	function flush() {
		if (item != "")
			print plain(item "\t" text)
		item = text = ""
	}
	/^\.S[hs] / { flush(); part = substr($0, 5); if (/^\.Sh/) section = part; next }
	/^\.It / { flush(); macro = $2; $1 = $2 = ""; item = section "\t" part "\t" macro "\t" substr($0, 3); next }
	/^\.Fn / { $0 = $2 "()" $3 }
	/^\.[A-Z]/ { flush(); next }
	{ text = text (text == "" ? "" : " ") $0 }
	' "$1"
}

# Long and short options of --help, one a line.
options() {
	"$VMAPVIEW" --help | sed -n 's/^ \{1,5\}\(-.*\)/\1/p' | grep -oE -- '^-[A-Za-z]+|--[a-z-]+'
}

# words_of KIND TITLE: of the program's tables, and of the section or subsection of the manual
words_of() {
	"$words" | awk -F '\t' -v kind="$1" '$1 == kind { print $2 "\t" $3 }' > "$dir/program"
	awk -F '\t' -v at="$2" '$2 == at && $3 == "Cm" { print $4 "\t" $5 }' "$dir/items" > "$dir/docs"
	same "manual: $1"
}

# listed KIND NAME: words of the program's tables, and of the enumeration NAME of the schema
listed() {
	"$words" | awk -F '\t' -v kind="$1" '$1 == kind { print $2 }' > "$dir/program"
	grep -o "\"$2\": { \"enum\": \[[^]]*" docs/vmapview.schema.json |
		sed 's/.*\[//' | tr -d '" ' | tr , '\n' | grep -vx null > "$dir/docs"
	same "docs/vmapview.schema.json: $1"
}

items docs/vmapview.1 > "$dir/items"

# -r is hidden in the help, as in that of pmap.
{ options; echo -r; } > "$dir/program"
awk -F '\t' '$1 == "OPTIONS" && $3 == "Fl" { print "Fl " $4 }' "$dir/items" |
	grep -oE '(^| )Fl -?[A-Za-z][a-zA-Z-]*|, -[a-z-]+' | sed 's/.* /-/' > "$dir/docs"
same "manual: options"

"$VMAPVIEW" --list-columns | sed -E 's/^([^ ]+) +[a-z]+ +/\1\t/' > "$dir/program"
awk -F '\t' '$2 == "COLUMNS" && $3 == "Cm" { print $4 "\t" $5 }' "$dir/items" > "$dir/docs"
same "manual: columns"

words_of class CLASSES
words_of note Notes
words_of format FORMATS
words_of kind LISTS
# Those with columns of their own.
for kind in $("$words" | awk -F '\t' '$1 == "kind" { kinds[$2] } $1 in kinds && !told[$1]++ { print $1 }'); do
	words_of "$kind" "Columns of $kind"
done

"$words" | awk -F '\t' '$1 == "part" { print $2 }' > "$dir/program"
awk -F '\t' '$1 == "CLASSES" && $2 == "Parts" { print $4 }' "$dir/items" > "$dir/docs"
same "manual: parts"

"$words" | awk -F '\t' '$1 == "change" { print $2 }' > "$dir/program"
sed -n '/^Compare two targets/,/^the largest/p' docs/vmapview.1 | grep '^\.Cm' | grep -oE '[a-z]{3,}' > "$dir/docs"
same "manual: kinds of changes"

listed kind list
listed part part
listed change kind

"$VMAPVIEW" --list-keys | awk '
	/^[^ ]/ { title = $0; next }
	{ name = substr($0, 3, 13); sub(/ +$/, "", name); print title "\t" name "\t" substr($0, 17) }
' > "$dir/program"
awk -F '\t' '$3 == "Ic" { print $2 "\t" $4 "\t" $5 }' "$dir/items" > "$dir/docs"
same "manual: keys"

"$VMAPVIEW" --list-keys > "$dir/program"
awk '/^## / { keys = $0 == "## Keys" } keys && /^[^#`]/' docs/screens.md > "$dir/docs"
same "docs/screens.md, which docs/screens.sh makes: keys"

"${DEMO:-./vmapview-demo}" --help | sed -n 's/^  \([a-z]\)  /\1\t/p' > "$dir/program"
items docs/vmapview-demo.1 | awk -F '\t' '$1 == "KEYS" { print $4 "\t" $5 }' > "$dir/docs"
same "manual of the demo: keys"

# The words that the help has of the formats.
"$words" | sed -n 's/^format\t\([a-z]*\)\t.*/\1/p' > "$dir/program"
"$VMAPVIEW" --help | grep -oE 'table,? json[a-z, ]*' | tr -s ', ' '\n' | grep -vx or > "$dir/docs"
same "--help: formats"

# environment MANUAL FILE...: what these sources ask for; curses and the C library ask for more.
environment() {
	page=$1
	shift
	grep -hoE 'getenv\("[A-Z_]+"\)' "$@" | grep -oE '[A-Z_]{2,}' > "$dir/asked"
	while read -r name; do
		grep -qE "^\.It Ev .*\b$name\b" "$page" && continue
		echo "$page: no $name"
		rc=1
	done < "$dir/asked"
	[ -s "$dir/asked" ] && return
	echo "$page: the program asks for no variable"
	rc=1
}
environment docs/vmapview-demo.1 src/demo/*.c
environment docs/vmapview.1 src/[!d]*/*.c

for file in vmapview.bash _vmapview vmapview.fish; do
	"$words" | docs/completions.sh "docs/completions/$file" | diff "docs/completions/$file" - && continue
	echo "docs/completions/$file: > of the program only; make completions"
	rc=1
done

exit $rc
