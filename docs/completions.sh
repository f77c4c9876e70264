#!/bin/sh
# completions.sh FILE < WORDS: the completions in FILE, with what lies between its marks made anew from
# WORDS, which tests/helpers/words prints: the program's own tables.
#
# What an option takes is told by its argument in the help: one of a few words, a <file>,
# <column>s, or something that nobody can complete.
file=$1
case $file in
*.bash) shell=bash ;;
*.fish) shell=fish ;;
*) shell=zsh ;;
esac

made=$(awk -F '\t' -v shell="$shell" '
function quoted(s) {
	gsub(/\047/, shell == "fish" ? "\\\047" : "\047\\\047\047", s)
	return s
}

function kind(value, words) {
	return words != "" ? "words" : value ~ /<file>/ ? "file" : value ~ /<column>/ ? "columns" : value != "" ? "other" : ""
}

# --- bash: a list of the options, and a function that completes an argument

function bash(letter, name, value, words) {
	takes = kind(value, words)
	if (letter != "")
		list = list " -" letter
	if (name != "")
		list = list " --" name (takes != "" ? "=" : "")
	if (takes == "")
		return
	patterns = letter == "" ? "--" name : name == "" ? "-" letter : "-" letter " | --" name
	cases = cases "\t" patterns ")" bash_action[takes] (takes == "words" ? sprintf(bash_words, words) : "") " ;;\n"
}

function bash_end() {
	printf "_vmapview_options=\"%s\"\n", substr(list, 2)
	printf "_vmapview_usage=\"%s\"\n\n", usage
	print "# Complete the argument of option $1; false if it takes none."
	printf "_vmapview_argument()\n{\n\tcase $1 in\n%s\t*) return 1 ;;\n\tesac\n}\n", cases
}

# --- zsh: two arrays

function zsh(letter, name, value, words, help,   takes, optional, what) {
	takes = kind(value, words)
	gsub(/[][\\]/, "\\\\&", help)
	if (letter == "X") # twice is more
		printf "\t\047*-X[%s]\047\n", quoted(help)
	if (letter == "X")
		return
	optional = value ~ /^\[=/
	gsub(/[][<>=]/, "", value)
	if (takes != "")
		what = (optional ? "::" : ":") value ":" (takes == "words" ? "(" words ")" : zsh_action[takes])
	if (letter == "")
		printf "\t\047--%s%s[%s]%s\047\n", name, takes == "" ? "" : "=", quoted(help), what
	else if (name == "")
		printf "\t\047-%s%s[%s]%s\047\n", letter, takes == "" ? "" : "+", quoted(help), what
	else
		printf "\t\047(-%s --%s)\047{-%s,--%s}\047[%s]%s\047\n", letter, name, \
			letter (takes == "" ? "" : "+"), name (takes == "" ? "" : "="), quoted(help), what
}

# --- fish: a command for each option

function fish(letter, name, value, words, help,   takes, words_follow) {
	takes = kind(value, words)
	words_follow = value ~ /^\[=/ ? " -f -a" : " -x -a"
	printf "complete -c vmapview%s%s%s -d \047%s\047\n", letter == "" ? "" : " -s " letter, \
		name == "" ? "" : " -l " name, \
		takes == "words" ? words_follow " \047" words "\047" : fish_action[takes], quoted(help)
}

BEGIN {
	bash_action["file"] = " _filedir"
	bash_action["columns"] = " _vmapview_columns \"$1\""
	bash_words = " COMPREPLY=($(compgen -W \"%s\" -- \"$cur\"))"
	zsh_action["file"] = "_files"
	zsh_action["columns"] = "_vmapview_columns"
	zsh_action["other"] = " "
	fish_action["file"] = " -r -F"
	fish_action["columns"] = " -x -a \047(__vmapview_columns)\047"
	fish_action["other"] = " -x"
	if (shell == "zsh")
		print "options=("
}
$1 == "processes" { usage = usage (usage == "" ? "" : " ") $2 }
$1 == "option" && shell == "bash" { bash($2, $3, $4, $5) }
$1 == "option" && shell == "zsh" { zsh($2, $3, $4, $5, $6) }
$1 == "option" && shell == "fish" { fish($2, $3, $4, $5, $6) }
END {
	if (shell == "bash")
		bash_end()
	else if (shell == "zsh")
		printf ")\nusage=(%s)\n", usage
	else
		printf "set -g __vmapview_usage %s\n", usage
}')

MADE=$made awk '
/^# --- end/ { skip = 0 }
!skip { print }
/^# --- made by / { print ENVIRON["MADE"]; skip = 1 }
' "$file"
