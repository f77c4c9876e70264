/* test_pattern.c - regular expressions: what they match, and when they cost too much */
#include "unit.h"

#include "pattern.h"

#include <errno.h>
#include <locale.h>
#include <regex.h>

enum { NO_PATTERN = -1000 };

/* Always known, and in words of ours: whatever PCRE2 would refuse is found before. */
static void check_place(const char *text, size_t where, const struct vmv_error *err)
{
	if (where > strlen(text) || !*err->text || strstr(err->text, "cannot use"))
		fail_msg("%s: at %zu: %s", text, where, err->text);
}

static int verdict(const char *text, const char *in, struct vmv_error *err)
{
	size_t where = SIZE_MAX;
	struct pattern *p = pattern_new(text, &where, err);
	int rc = p ? pattern_match(p, in) : NO_PATTERN;

	if (!p)
		check_place(text, where, err);
	pattern_free(p);
	return rc;
}

/* ---- against the C library ---- */

/* Everything in regex(7); each pattern is tried on each text. */
static const char *const ordinary[] = {
	"",
	"a",
	"libc",
	"lib[a-z]+",
	"^/usr/",
	"^/usr/(lib|bin)/.*[.]so([.][0-9]+)*$",
	"[.]so$",
	"so|bin",
	"^(so|bin)$",
	"a||b",
	"()",
	"(|a)b",
	"(a|)(b|)c",
	".",
	"^.$",
	"^..$",
	"^...$",
	"a.c",
	"a.*c",
	"^$",
	"^a*$",
	"^[^a]*$",
	"[^/]+$",
	"[]a]",
	"[^]a]",
	"^[]-a]+$",
	"[a\\]",
	"[\\d]",
	"[.]",
	"[a-]",
	"[-a]",
	"[+--]",
	"[a^]",
	"[$]",
	"[*+?{(|]",
	"[[:digit:]]",
	"[[:alpha:][:digit:]_]+$",
	"^[^[:space:]]+$",
	"[[:upper:]]",
	"[[:punct:]]",
	"[[.a.]]",
	"[[=a=]b]",
	"[[.-.]]",
	"[[.a.]-c]",
	"\\.",
	"\\/",
	"\\d",
	"\\Q",
	"\\x",
	"\\\\",
	"\\$",
	"\\(a\\)",
	"\\{",
	"\\w+\\.so",
	"^\\W",
	"\\s",
	"^\\S+$",
	"\\blibc\\b",
	"\\bc",
	"\\Bc",
	"\\<lib",
	"bin\\>",
	"\\`/usr",
	"so\\'",
	"a{2}",
	"^a{2,3}$",
	"^a{2,}$",
	"^a{0}$",
	"(ab){2}",
	"a}",
	"a+?",
	"^a+?$",
	"^a?+$",
	"^a**$",
	"^(a+)?b$",
	"^a++b$",
	"^a{2}{2}$",
	"^(a|ab)(c|bcd)$",
	"(a*)*b",
	"^(a?)*$",
	"((a)|(b))*c",
	"a$|^b",
	"(^a|b$)",
	"a^b",
	"a$b",
	"\303\244",
	"n[\303\244\303\266]me",
	"^n.me$",
	"n\303\244?me",
	"\303\244+",
	"[^\303\244]me",
};

static const char *const texts[] = {
	"",
	"a",
	"b",
	"c",
	"ab",
	"aa",
	"aaa",
	"aaaa",
	"aaaab",
	"abab",
	"abc",
	"abcd",
	"a+c",
	"ac",
	"a.c",
	"a\nc",
	"a\n",
	"aa\n",
	"so\n",
	"a{b",
	"x{",
	"a}",
	"(a)",
	"a^b",
	"a$b",
	"\\",
	"]",
	"-",
	"d",
	"Q",
	"x",
	"5",
	"a b",
	"/usr/lib/x86_64-linux-gnu/libc.so.6",
	"/usr/lib/libm.so",
	"/usr/bin/bin",
	"/bin/so",
	"[heap]",
	"libc",
	"libcc",
	"alibc",
	"_libc",
	"/memfd:x (deleted)",
	"n\303\244me",
	"name",
	"nme",
	"n\303\244\303\244me",
	"\303\244",
	"\303\266",
	"n\377me",
	"\377",
	"a\377",
	"\342\202\254",
};

static void agrees(const char *pattern, const char *text)
{
	struct vmv_error err = { .text = "" };
	int want, got;
	regex_t regex;

	if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0)
		fail_msg("not a regular expression to the C library: %s", pattern);
	want = regexec(&regex, text, 0, NULL, 0) == 0;
	regfree(&regex);
	got = verdict(pattern, text, &err);
	if (got != want)
		fail_msg("%s on '%s': %d, not %d %s", pattern, text, got, want, err.text);
}

static void ordinary_ones_match_as_in_the_c_library(void **state)
{
	(void)state;
	/* In another locale, the C library's characters differ. */
	if (!setlocale(LC_ALL, "C.UTF-8"))
		return; /* cmocka's skip() is a failure to automake */
	for (size_t i = 0; i < ARRAY_SIZE(ordinary); i++)
		for (size_t k = 0; k < ARRAY_SIZE(texts); k++)
			agrees(ordinary[i], texts[k]);
	setlocale(LC_ALL, "C");
}

/* ---- where the C library differs or can't say ---- */

/** struct known - whether a pattern matches a text */
struct known {
	const char *pattern, *text;
	int verdict;
};

static void check(const struct known *known, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct vmv_error err = { .text = "" };
		int got = verdict(known[i].pattern, known[i].text, &err);

		if (got != known[i].verdict)
			fail_msg("%s on '%.40s': %d, not %d: %s", known[i].pattern, known[i].text,
				 got, known[i].verdict, err.text);
		if (got == NO_PATTERN && (err.code != EINVAL || !*err.text))
			fail_msg("%s: no reason", known[i].pattern);
	}
}

static void others_match_as_regex7_says(void **state)
{
	static const struct known known[] = {
		{ "[[:<:]]lib", "/libc", 1 },
		{ "[[:<:]]lib", "alib", 0 },
		{ "lib[[:>:]]", "/lib/", 1 },
		{ "lib[[:>:]]", "/libc", 0 },
		{ "a{b", "a{b", 1 },
		{ "x{", "x{", 1 },
		{ "a{,2}", "a{,2}", 1 },
		{ "a{,2}", "aa", 0 },
		/* Nothing that only Perl has. */
		{ "a\\Kb", "aKb", 1 },
		{ "\\C", "C", 1 },
		{ "\\C", "x", 0 },
		{ "\\pL", "pL", 1 },
		{ "\\Q*\\E", "QQQE", 1 },
		{ "\\n", "n", 1 },
		{ "a #b", "a #b", 1 },
		{ "[[:word:]]", "a", 1 },
		/* Names are bytes; valid UTF-8 in them is characters, in any locale. */
		{ "^n.me$", "n\303\244me", 1 },
		{ "^n.me$", "n\377me", 0 },
		{ "^\\w+$", "n\303\244me", 1 },
		{ "^n[\303\240-\303\277]me", "n\303\244me", 1 },
		{ "e$", "n\377me", 1 },
		{ "^m", "n\377me", 0 },
		{ "n.*m", "n\377me", 0 },
		{ "\\bm", "n\377me", 1 },
		/* A pattern that is not UTF-8 matches bytes. */
		{ "n\377me", "n\377me", 1 },
		{ "^n[\377\376]me$", "n\376me", 1 },
		{ "^n..me\377?$", "n\303\244me", 1 },
		{ "^\377*$", "\377\377\377", 1 },
	};

	(void)state;
	check(known, ARRAY_SIZE(known));
}

static void what_is_none_is_refused(void **state)
{
	static const char *const wrong[] = {
		"(",
		"(a",
		"a)",
		"((a)",
		"*a",
		"a|*",
		"(+a)",
		"{1}",
		"a{1",
		"a{1x}",
		"a{2,1}",
		"a{256}",
		"a{1,99999999999999999999}",
		"[a",
		"[]",
		"[^]",
		"[[.a",
		"[[.ab.]]",
		"[[.hyphen.]]",
		"[[=a",
		"[[:wrong:]]",
		"[[:^alpha:]]",
		"[[:]]",
		"[z-a]",
		"a\\",
		"(.*)\\1",
		"\\9",
		"(?i)a",
		"(?:a)",
		"(?=a)",
		"(?C1)a",
		"(*LIMIT_MATCH=9)a",
		"((a{1,200}){1,200}){1,200}",
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++)
		check(&(struct known){ wrong[i], "a", NO_PATTERN }, 1);
}

static void errors_have_a_place(void **state)
{
	static const struct {
		const char *pattern;
		size_t where;
		const char *what;
	} wrong[] = {
		{ "ab[[:foo:]]", 3, "no such character class" },
		{ "[a[:digit:][:ascii:]", 11, "no such character class" },
		{ "[[:alpha:]-z]", 1, "from one character to another" },
		{ "[xa-[:alpha:]]", 2, "from one character to another" },
		{ "[0-9z-a]", 4, "ends before it begins" },
		{ "[\303\266-\303\244]", 1, "ends before it begins" },
		{ "[\377-\376]", 1, "ends before it begins" },
		{ "[\303\244-a]", 1, "ends before it begins" },
		{ "x[[.ab.]]", 2, "single characters" },
		{ "(a)[a", 3, "bracket is not closed" },
		{ "a((b)", 1, "group is not closed" },
		{ "a)", 1, "no open group" },
		{ "a|*", 2, "nothing to repeat" },
		{ "a{1", 1, "a bound is" },
		{ "a{256}", 1, "from 0 to 255" },
		{ "ab\\", 2, "needs something after it" },
		{ "(a)\\1", 3, "back-references" },
		{ "((a{1,200}){1,200}){1,200}", 0, "too large" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
		struct vmv_error err = { .text = "" };
		size_t where = SIZE_MAX;

		assert_null(pattern_new(wrong[i].pattern, &where, &err));
		if (where != wrong[i].where || !strstr(err.text, wrong[i].what))
			fail_msg("%s: at %zu, not %zu: %s", wrong[i].pattern, where, wrong[i].where,
				 err.text);
	}
}

/* Each expression of five of these. */
static void no_error_is_left_to_the_library(void **state)
{
	static const char *const signs[] = {
		"a", "[", "]", "-",  "[:digit:]", "[.z.]", "^",
		"(", ")", "*", "\\", "\\b",       "{2}",   "|",
	};
	enum { MOST = 5 };
	char text[MOST * sizeof("[:digit:]")];
	size_t all = 1;

	(void)state;
	for (size_t n = 0; n < MOST; n++)
		all *= ARRAY_SIZE(signs);
	for (size_t i = 0; i < all; i++) {
		struct vmv_error err = { .text = "" };

		*text = '\0';
		for (size_t n = 0, rest = i; n < MOST; n++, rest /= ARRAY_SIZE(signs))
			strcat(text, signs[rest % ARRAY_SIZE(signs)]);
		verdict(text, "a", &err);
	}
}

/* ---- what costs too much ---- */

static char *repeated(const char *unit, size_t count, const char *end)
{
	size_t len = strlen(unit);
	char *s = vmv_calloc(len * count + strlen(end) + 1, 1);

	for (size_t i = 0; i < count; i++)
		memcpy(s + i * len, unit, len);
	memcpy(s + len * count, end, strlen(end));
	return s;
}

static void too_much_is_said_and_is_no_answer(void **state)
{
	char *few = repeated("a", 40, ""), *many = repeated("a", 4000, "");
	char *pieces = repeated("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\377", 100, "");
	const struct known known[] = {
		{ "(a*)*[bc]", few, -E2BIG },
		{ "(a|aa)+[bc]", few, -E2BIG },
		{ "(a|a?)+[bc]", few, -E2BIG },
		{ "(.*)*[bc]", few, -E2BIG },
		{ "\\b(a+)+[bc]", few, -E2BIG },
		{ "(^a|aa|a)*[bc]$", few, -E2BIG },
		{ "(a+)+[bc]", pieces, -E2BIG },
		{ "[ab]*[ab]*[ab]*[ab]*[cd]", many, -E2BIG },
		{ "(a{255}){10}[bc]", many, -E2BIG }, /* few choices, each of them dear */
		{ "(b|((aa){100}){10}[bc])", many, -E2BIG },
		{ "a{50}[bc]", many, 0 },
		{ "(a{3}){3}$", many, 1 },
		{ "(a*)*b", few, 0 }, /* there is no b, which is checked first */
		{ "(a*)*a$", few, 1 },
		{ "(a|aa)+$", few, 1 },
		{ "aa*$", many, 1 },
		{ "^a*[bc]", many, 0 },
	};

	(void)state;
	check(known, ARRAY_SIZE(known));
	free(few);
	free(many);
	free(pieces);
}

/* Patterns that took the C library minutes, or all memory, to compile. */
static void repetitions_of_repetitions_are_compiled(void **state)
{
	static const struct known known[] = {
		{ "\\by?????????+++user???", "a user", 1 },
		{ "\\by?????????+++user???", "a us", 0 },
		{ "^a????????????????????$", "a", 1 },
		{ "^a+++++++++++++$", "aaa", 1 },
		{ "^a*?*?*?*?*?*?*?*?*?*?*$", "aaa", 1 },
		{ "^((((((((((a)+)+)+)+)+)+)+)+)+)+$", "aaa", 1 },
		{ "a{9}{9}{9}", "aaa", 0 },
		{ "((a{1,16}){3,16}){4}", "aaa", 0 },
		{ "^*a", "a", 1 },
		{ "\\b*a", "a", 1 },
	};
	char *often = repeated("?", 1000, ""), *deep = repeated("(", 1000, "");
	char *long_one = repeated("a?", 40000, "");
	char *at;

	(void)state;
	check(known, ARRAY_SIZE(known));
	assert_true(asprintf(&at, "a%s", often) > 0);
	check(&(struct known){ at, "a", NO_PATTERN }, 1);
	check(&(struct known){ deep, "a", NO_PATTERN }, 1);
	check(&(struct known){ long_one, "a", NO_PATTERN }, 1);
	free(at);
	free(often);
	free(deep);
	free(long_one);
}

/* A line of a saved text may be that long. */
static void a_long_text_is_passed_over(void **state)
{
	char *text = repeated("a", 1 << 20, "libc.so");
	const struct known known[] = {
		{ "libc[.]so$", text, 1 }, { "libm|libc", text, 1 }, { "^a+libc", text, 1 },
		{ "[xy]z", text, 0 },      { "lib[dm]", text, 0 },
	};

	(void)state;
	check(known, ARRAY_SIZE(known));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ordinary_ones_match_as_in_the_c_library),
		cmocka_unit_test(others_match_as_regex7_says),
		cmocka_unit_test(what_is_none_is_refused),
		cmocka_unit_test(errors_have_a_place),
		cmocka_unit_test(no_error_is_left_to_the_library),
		cmocka_unit_test(too_much_is_said_and_is_no_answer),
		cmocka_unit_test(repetitions_of_repetitions_are_compiled),
		cmocka_unit_test(a_long_text_is_passed_over),
	};

	return cmocka_run_group_tests_name("pattern", tests, NULL, NULL);
}
