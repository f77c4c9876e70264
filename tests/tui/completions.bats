#!/usr/bin/env bats
# shellcheck disable=SC2154 # tui.bash sets the variables
# The completions, as somebody meets them who types into each shell and presses Tab.

load tui

setup() {
	completions=$TOP_SRCDIR/docs/completions
	home=$BATS_TEST_TMPDIR/home
	mkdir -p "$home/files"
	touch "$home/files/snapshot.json"
	mkdir "$home/bin"
	cp "$VMAPVIEW" "$home/bin/vmapview"
}

teardown() { tui_stop; }

need() { command -v "$1" || skip "no $1"; }

# begin COMMAND... - an interactive shell whose prompt is READY
begin() {
	tui_start env -i -C "$home/files" HOME="$home" PATH="$home/bin:$PATH" TERM=screen \
		LC_ALL=C.UTF-8 "$@"
	tui_wait '^READY'
}

# completes TEXT WHOLE - after TEXT, Tab makes WHOLE of it; of a list, zsh begins the next word
completes() {
	tui_keys C-u
	tui_wait '^READY *$'
	tui_keys -l "vmapview $1"
	tui_keys Tab
	tui_wait "^READY vmapview ${2//+/\\+},? *\$"
	tui_keys C-u
	tui_wait '^READY *$'
}

completes_all() {
	completes --summ --summary
	completes --group=ob --group=object
	completes '--color nev' '--color never'
	completes '-o swapp' '-o swappss'
	completes '-o rss,swapp' '-o rss,swappss'
	completes '-o +swapp' '-o +swappss'
	completes '--sort=-swapp' '--sort=-swappss'
	completes '--all --sort=-comm' '--all --sort=-command'
	completes '--all --sort rss,comm' '--all --sort rss,command'
	completes '--output-file snap' '--output-file snapshot.json'
	completes '-x snap' '-x snapshot.json'
}

@test "bash" {
	library=/usr/share/bash-completion/bash_completion
	[[ -r $library ]] || skip "no bash-completion"
	bash -n "$completions/vmapview.bash"
	printf '%s\n' "PS1='READY '" "bind 'set bell-style none'" ". $library" \
		". '$completions/vmapview.bash'" > "$home/rc"
	begin bash --rcfile "$home/rc" -i
	completes_all
}

@test "zsh" {
	need zsh
	zsh -n "$completions/_vmapview"
	printf '%s\n' "PS1='READY '" 'unsetopt beep' "fpath=('$completions' \$fpath)" \
		'autoload -Uz compinit' 'compinit -u -D' > "$home/.zshrc"
	begin zsh -i
	completes_all
}

@test "fish" {
	need fish
	fish --no-execute "$completions/vmapview.fish"
	begin fish --no-config -C 'function fish_prompt; echo -n "READY "; end' \
		-C 'function fish_greeting; end' -C "source '$completions/vmapview.fish'"
	completes_all
}
