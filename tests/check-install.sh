#!/bin/bash
# make install into an empty directory: what is there, whether it works from there, and whether
# make uninstall takes all of it away.  Runs in the build directory; MAKE is make, VERSION the
# version, DOCS the documents, TOP_SRCDIR the sources.
set -euo pipefail
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/root" "$work/elsewhere"
prefix=/opt/vmapview
root=$work/root$prefix

die() {
	echo "check-install: $*" >&2
	exit 1
}

installed() { (cd "$root" && find . ! -type d | sort); }

expected() {
	cat <<-'END'
	./bin/vmapview
	./bin/vmapview-demo
	./share/bash-completion/completions/vmapview
	./share/fish/vendor_completions.d/vmapview.fish
	./share/man/man1/vmapview-demo.1
	./share/man/man1/vmapview.1
	./share/vmapview/message.txt
	./share/zsh/site-functions/_vmapview
	END
	for doc in $DOCS; do
		echo "./share/doc/vmapview/$doc"
	done
}

"${MAKE:-make}" -s install DESTDIR="$work/root" prefix="$prefix" > "$work/log" || {
	cat "$work/log"
	exit 1
}
# [text](file) of the README that is no address of the web
while read -r link; do
	[[ -e $root/share/doc/vmapview/$link ]] || die "README.md leads to $link, which is not installed"
done < <(grep -o ']([^):]*)' "$root/share/doc/vmapview/README.md" | tr -d ']()')
diff <(expected | sort) <(installed) || die "> is installed, but not expected; < the other way round"
for program in vmapview vmapview-demo; do
	[[ $("$root/bin/$program" --version) == "$program $VERSION" ]] || die "$program --version"
	MANWIDTH=80 man --warnings -l "$root/share/man/man1/$program.1" \
		> "$work/page" 2> "$work/warnings" || die "no manual of $program"
	[[ ! -s $work/warnings ]] || die "manual of $program: $(cat "$work/warnings")"
	grep -A 1 '^NAME' "$work/page" | grep -q "^ *$program " || die "manual of $program: no name"
done

cd "$work/elsewhere"
coproc "$root/bin/vmapview-demo"
demo=$COPROC_PID
read -r hello <&"${COPROC[0]}"
[[ $hello == "$(head -n 1 "$TOP_SRCDIR/src/demo/message.txt")" ]] || die "the demo says $hello"
until [[ $hello == *' quit' ]]; do read -r hello <&"${COPROC[0]}"; done
# What was just installed is dirty until it is written, and memory grows until the demo waits.
sync "$root"/bin/* "$root/share/vmapview/message.txt"
until grep -q '^State:.S' "/proc/$demo/status"; do kill -0 "$demo"; sleep 0.05; done
ln -s "$root/bin/vmapview" pmap
for options in '' -x '-d -p'; do
	# shellcheck disable=SC2086 # a list of options
	diff <("$root/bin/vmapview" $options "$demo") <(./pmap $options "$demo") || die "link named pmap"
done
./pmap -p "$demo" | grep -qF "$root/share/vmapview/message.txt" || die "the demo maps another message"
[[ $(./pmap --help) == *'pmap [options] PID'* ]] || die "the link is not pmap"
./pmap --summary "$demo" 2> /dev/null && die "the link takes more than pmap does"
echo q >&"${COPROC[1]}"
wait "$demo"

completion=$root/share/bash-completion/completions/vmapview
bash -n "$completion"
bash -c '. "$1" && complete -p vmapview' - "$completion" > /dev/null || die "bash: no completion"
zsh -n "$root/share/zsh/site-functions/_vmapview"
zsh -c 'fpath=("$1" $fpath); autoload -Uz compinit && compinit -D -u && [[ $_comps[vmapview] == _vmapview ]]' \
	- "$root/share/zsh/site-functions" || die "zsh: no completion"
fish --no-execute "$root/share/fish/vendor_completions.d/vmapview.fish"
# As README has it: fish looks where it is told to.
PATH=$root/bin:$PATH XDG_DATA_DIRS=$root/share fish -c 'complete -C "vmapview --summ"' > "$work/fish"
grep -q '^--summary' "$work/fish" || die "fish: no completion"

cd "$OLDPWD"
"${MAKE:-make}" -s uninstall DESTDIR="$work/root" prefix="$prefix" > "$work/log"
[[ -z $(installed) ]] || die "make uninstall leaves $(installed)"
echo "check-install: installed, run from there, and uninstalled: $(expected | wc -l) files"
