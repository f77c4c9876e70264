#!/bin/sh
# A source or test that Makefile.am does not name is neither run nor shipped.
cd "${TOP_SRCDIR:-.}" || exit 2
rc=0
# shellcheck disable=SC2044 # no file name of ours has a space
for file in $(find src include tests -path tests/fixtures -prune -o -type f \
		-name '*.[ch]' -o -name '*.sh' -o -name '*.bash' -o -name '*.bats' -o -name '*.py'); do
	case $file in
	tests/unit/*.c | tests/fuzz/cores.c) name=${file%.c} ;;
	*) name=$file ;;
	esac
	grep -qE "(^|[[:space:]])$name([[:space:]]|\$)" Makefile.am && continue
	echo "$file: not in Makefile.am"
	rc=1
done
exit $rc
