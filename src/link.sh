#!/bin/sh
# link.sh COMMAND... : run the command that links vmapview; if functions are undefined, say which
# and why.  Libraries are loaded later (include/vmapview/lazy.h), so each of their functions needs a
# stub; which names are macros instead depends on the version of a header.
"$@" 2> link.log && { cat link.log >&2; rm -f link.log; exit; }
status=$?
cat link.log >&2
missing=$(sed -n "s/.*undefined reference to [\`']\\([A-Za-z0-9_]*\\)'.*/\\1/p
	s/.*undefined symbol: \\([A-Za-z0-9_]*\\).*/\\1/p" link.log | sort -u)
rm -f link.log
# shellcheck disable=SC2086 # words
[ -z "$missing" ] || echo "link.sh: no stub in src/*/lazy_*.c for:" $missing >&2
exit $status
