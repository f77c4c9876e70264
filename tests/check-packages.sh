#!/bin/sh
# The packages are of the version that configure.ac has and need the libraries that it needs; so
# do bootstrap, NEWS and the programs VMAPVIEW and DEMO.
cd "${TOP_SRCDIR:-.}" || exit 2
version=$(sed -n 's/^AC_INIT(\[vmapview\], \[\(.*\)\])$/\1/p' configure.ac)
[ -n "$version" ] || {
	echo "configure.ac: no version"
	exit 1
}
dir=$(mktemp -d) || exit 2
trap 'rm -rf "$dir"' EXIT
rc=0

# names WHERE VERSION
names() {
	[ "$2" = "$version" ] && return
	echo "$1: version '$2', but configure.ac has '$version'"
	rc=1
}

# first SCRIPT FILE: the first line that sed -n SCRIPT prints
first() {
	sed -n "$1" "$2" | sed 1q
}

names 'vmapview --version' "$("${VMAPVIEW:-./vmapview}" --version | sed 's/.* //')"
names 'vmapview-demo --version' "$("${DEMO:-./vmapview-demo}" --version | sed 's/.* //')"
names NEWS "$(first 's/^\([0-9][0-9.]*\).*/\1/p' NEWS)"
names debian/changelog "$(first 's/^vmapview (\(.*\)-[^-]*) .*/\1/p' debian/changelog)"
names 'packaging/vmapview.spec: Version' "$(first 's/^Version: *//p' packaging/vmapview.spec)"
names 'packaging/vmapview.spec: %changelog' \
	"$(first 's/^\* .* - \(.*\)-[^-]*$/\1/p' packaging/vmapview.spec)"

# The libraries and their versions: "libelf >= 0.180"
sed -n 's/^PKG_CHECK_MODULES(\[[A-Z0-9]*\], \[\(.*\)\], .*/\1/p' configure.ac > "$dir/libraries"
[ -s "$dir/libraries" ] || names 'libraries of configure.ac' none
while read -r library _ least; do
	grep -qF "pkgconfig($library) >= $least" packaging/vmapview.spec && continue
	echo "packaging/vmapview.spec: no $library >= $least"
	rc=1
done < "$dir/libraries"
sed -n '/^\t/s/^\t*[a-z]* *\([a-z0-9-]*\)>=\([0-9.]*\) *\([^ ]*\) .*/\1 \2 \3/p' bootstrap > "$dir/table"
while read -r library _ least; do
	package=$(awk -v l="$library" -v v="$least" '$1 == l && $2 == v { print $3 }' "$dir/table")
	[ -n "$package" ] && grep -qE "^ $package \(>= (2:)?$least\)" debian/control && continue
	echo "bootstrap, debian/control: no $library >= $least"
	rc=1
done < "$dir/libraries"
exit $rc
