#!/bin/sh
# Dependencies point down only, each library has one user, and only the upper layers speak.
cd "${TOP_SRCDIR:-.}" || exit 2
rc=0

# deny WHY REGEX FILE...
deny() {
	why=$1 re=$2
	shift 2
	# No -q or exit status: grep returns 2 for a missing file even where another one matched.
	hits=$(grep -nE -- "$re" "$@" /dev/null)
	[ -z "$hits" ] && return
	printf '%s:\n%s\n' "$why" "$hits"
	rc=1
}

# all DIR... : the C files of these directories
all() {
	find "$@" -name '*.[ch]' 2> /dev/null
}

# modules LAYER... : a regex of the headers of these layers.  The header of src/LAYER/NAME.c is
# include/vmapview/NAME.h or, where only the layer may see it, src/LAYER/NAME.h.
modules() {
	for layer; do
		for c in src/"$layer"/*.c; do
			[ -e "$c" ] && basename "$c" .c
		done
	done | paste -sd '|' -
}

# only_user WHO REGEX FILE : no other file matches
only_user() {
	# shellcheck disable=SC2046 # no file name of ours has a space
	deny "only $1 may use it" "$2" $(all src include | grep -vxF "$1")
}

# only_users REGEX_OF_FILES REGEX : the same for several
only_users() {
	# shellcheck disable=SC2046
	deny "only $1 may use it" "$2" $(all src include | grep -vxE "$1")
}

# below LAYER UPPER... : LAYER includes nothing of the layers UPPER
below() {
	layer=$1
	shift
	upper=$(modules "$@")
	[ -z "$upper" ] && return
	own=$(modules "$layer" | tr '|' '\n' | sed 's,.*,include/vmapview/&.h,')
	# shellcheck disable=SC2046,SC2086
	deny "$layer knows no upper layer ($*)" "#include [<\"]vmapview/($upper)\.h" \
		$(all "src/$layer") $(ls $own 2> /dev/null)
}

include='# *include *[<"]'
only_users 'src/source/(proc|lazy_proc).c' "${include}libproc2/"
only_users 'src/source/(elf|lazy_elf|corefile).c' "${include}(libelf|gelf|elfutils/)"
only_users 'src/source/(snap.*|lazy_json.c)' "${include}json(-c/.*)?\.h"
only_users 'src/table/(pattern|lazy_pcre2).c' "${include}pcre2"
only_users 'src/tui/lazy_curses.[ch]' "${include}n?curses"
only_users 'src/tui/(term|lazy_curses).c' "${include}lazy_curses\.h"

below base core table source output tui cli
below core table source output tui cli
below table source output tui cli
below source output tui cli
below output source tui cli
below tui source cli

# shellcheck disable=SC2046
deny 'what is below output neither print nor exit' \
	'\<(v?f?printf|f?put[sc]|putchar|perror|exit|abort|errx?|warnx?)\(' $(all src/base src/core src/table src/source)
# shellcheck disable=SC2046
deny 'only the child of apart.c ends by itself' '\<_exit\(' \
	$(all src/base src/core src/table src/source | grep -vxF src/source/apart.c)
# shellcheck disable=SC2046
deny 'private headers stay in their directory' "${include}(\.\.|base|core|table|source|output|tui|cli)/" $(all src include)
# Declarations begin in the first column; calls in inline functions do not.
# shellcheck disable=SC2046
deny 'names with vmv_ are those of include/' '^[a-z].*[ *]vmv_[a-z_0-9]+\(' $(find src -name '*.h')

exit $rc
