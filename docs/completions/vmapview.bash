# bash completion for vmapview

# --- made by make completions
_vmapview_options="-x --extended -X -c --read-rc -C --read-rc-from= -n --create-rc -N --create-rc-to= -d --device -q --quiet -p --show-path -k --use-kernel-name -A --range= -i --interactive --at= -o --output= --list= --sort= --filter= --group= --summary --bytes --no-headings --format= -J --json --output-file= --list-keys --list-columns= --list-kinds --diff --watch= --count= --record= --all --color= -h --help -V --version"
_vmapview_usage="pid user rss pss uss swap regions processes command"

# Complete the argument of option $1; false if it takes none.
_vmapview_argument()
{
	case $1 in
	-C | --read-rc-from) _filedir ;;
	-N | --create-rc-to) _filedir ;;
	-A | --range) ;;
	--at) ;;
	-o | --output) _vmapview_columns "$1" ;;
	--list) COMPREPLY=($(compgen -W "regions objects classes processes changes balance" -- "$cur")) ;;
	--sort) _vmapview_columns "$1" ;;
	--filter) ;;
	--group) COMPREPLY=($(compgen -W "class object part perms none" -- "$cur")) ;;
	--format) COMPREPLY=($(compgen -W "table json csv prometheus" -- "$cur")) ;;
	--output-file) _filedir ;;
	--list-columns) COMPREPLY=($(compgen -W "regions objects classes processes changes balance" -- "$cur")) ;;
	--watch) ;;
	--count) ;;
	--record) _filedir ;;
	--color) COMPREPLY=($(compgen -W "auto always never" -- "$cur")) ;;
	*) return 1 ;;
	esac
}
# --- end

# The last element of a list "+a,b,-c".
_vmapview_columns()
{
	local last=${cur##*,} before sign= columns
	before=${cur%"$last"}
	[[ $last == [+-]* ]] && sign=${last:0:1} last=${last:1}
	if [[ $1 == --sort && " ${words[*]} " == *" --all "* ]]; then
		columns=$_vmapview_usage
	else
		columns=$("${words[0]}" --list-columns 2> /dev/null | cut -d ' ' -f 1)
	fi
	compopt -o nospace
	COMPREPLY=($(compgen -P "$before$sign" -W "$columns" -- "$last"))
}

_vmapview()
{
	local cur prev words cword split
	_init_completion -s || return

	_vmapview_argument "$prev" && return
	$split && return
	if [[ $cur == -* ]]; then
		COMPREPLY=($(compgen -W "$_vmapview_options" -- "$cur"))
		[[ ${COMPREPLY-} == *= ]] && compopt -o nospace
		return
	fi
	_filedir
	COMPREPLY+=($(compgen -W "$(cd /proc && echo [0-9]*)" -- "$cur"))
} &&
	complete -F _vmapview vmapview
