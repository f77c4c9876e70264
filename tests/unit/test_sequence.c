/* test_sequence.c - escape sequences and pastes in what a terminal sends (src/tui/sequence.h) */
#include "tui.h"

#include "sequence.h"

/* What comes of @bytes: keys, "<" before each that was pasted, "E" for Esc; "|" is silence. */
static void keys_of(struct sequence *q, const char *bytes, char keys[64])
{
	size_t n = 0;
	struct key key;

	for (; *bytes; bytes++) {
		bool is_key = *bytes == '|' ? sequence_quiet(q, &key)
					    : sequence_take(q, (unsigned char)*bytes, &key);

		if (!is_key)
			continue;
		assert_true(n + 2 < 64);
		if (key.code & VK_PASTED)
			keys[n++] = '<';
		key.code &= ~VK_PASTED;
		keys[n++] = key.code == VK_ESC ? 'E' : (char)key.code;
	}
	keys[n] = '\0';
}

static void sequences_are_no_keys(void **state)
{
	static const struct {
		const char *bytes, *keys;
	} cases[] = {
		{ "ab", "ab" },
		{ "\033|a", "Ea" },          /* Esc */
		{ "\033\033|a", "Ea" },      /* Alt-Esc */
		{ "\033ba", "a" },           /* Alt-b */
		{ "\033\033ba", "a" },       /* Alt with Esc held */
		{ "\033[Ha", "a" },          /* Home, and then a */
		{ "\033[1;5Ca", "a" },       /* Ctrl-Right */
		{ "\033[1;|5C|a", "a" },     /* in pieces */
		{ "\033|[Ca", "E[Ca" },      /* or Esc and keys */
		{ "\033[24~\033[5^a", "a" }, /* F12; Ctrl-PgUp of rxvt */
		{ "\033[?1;2ca", "a" },      /* the terminal says what it is */
		{ "\033[ qa", "a" },         /* an intermediate character */
		{ "\033[[Aa", "a" },         /* F1 of the Linux console */
		{ "\033[M !!a", "a" },       /* the mouse of old */
		{ "\033[<0;3;4Ma", "a" },    /* that of now */
		{ "\033OPa\033O5Ca", "aa" }, /* F1; Ctrl-Right of rxvt */
		{ "\033OMa", "a" },          /* Enter of the keypad */
		{ "\033O|a", "" },           /* may be either, so it runs nothing */
		{ "\0335a\2335Ca\217Pa", "aaa" },
		{ "\033]11;rgb:0/0/0\007a", "a" },
		{ "\033]11;rgb:0/0/0\033\\a", "a" },
		{ "\033P1+r\033\\a", "a" },
		{ "\033]|a", "a" },       /* Alt-], and not all keys from here on */
		{ "\033[1\033[Aa", "a" }, /* cut off by the next one */
		{ "\033[1\ra", "\ra" },   /* or by a key that can be no part of it */
		{ "\033[99999999999999999999~a", "a" },
		{ "\033[200~q\033[201~a", "<qa" },
		{ "\033[200~q\rb\033[201~a", "<q<\r<ba" },
		{ "\033[200~q\033[Hb\033[201~a", "<q<ba" },
		{ "\033[200~q|b\033[201|~a", "<q<ba" },
		{ "\033[200~q\033|a", "<qa" }, /* no end in sight: Esc ends it */
		{ "\033[201~a", "a" },
		{ "\033[1;200Ra", "a" },
	};

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct sequence q = { 0 };
		char keys[64];

		keys_of(&q, cases[i].bytes, keys);
		if (strcmp(keys, cases[i].keys) != 0)
			fail_msg("case %zu gives '%s' instead of '%s'", i, keys, cases[i].keys);
	}
}

/* Those that curses knows are keys, but not with Alt, nor in a paste. */
static void keys_of_curses_are_keys(void **state)
{
	struct sequence q = { 0 };
	struct key key = { 0 };
	char none[64];

	(void)state;
	assert_true(sequence_take(&q, VK_UP, &key));
	assert_int_equal(key.code, VK_UP);
	keys_of(&q, "\033", none);
	assert_false(sequence_take(&q, VK_UP, &key));
	keys_of(&q, "\033[1;", none);
	assert_true(sequence_take(&q, VK_DOWN, &key));
	assert_int_equal(key.code, VK_DOWN);
	keys_of(&q, "\033[200~", none);
	assert_false(sequence_take(&q, VK_UP, &key));
}

/* Whatever comes, some keys later it is over. */
static void nothing_takes_keys_for_ever(void **state)
{
	unsigned seed = 4711;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		struct sequence q = { 0 };
		struct key key = { 0 };
		char keys[64];

		for (int i = 0; i < 12; i++)
			sequence_take(&q, "\033[]O200~1;M<P\233 a"[rand_r(&seed) % 17], &key);
		keys_of(&q, "|qqqq\033|q", keys);
		assert_string_equal(keys + strlen(keys) - 1, "q");
		assert_true(strlen(keys) == 1 || keys[strlen(keys) - 2] != '<');
	}
}

/* ---- what the view does with it ---- */

static void paste(struct unit_world *w, const char *text)
{
	for (; *text; text++)
		unit_key(w, (*text == '\n' ? VK_ENTER : (unsigned char)*text) | VK_PASTED);
}

static void a_paste_runs_no_commands(void **state)
{
	char *text = unit_smaps(30);
	struct unit_world w;

	(void)state;
	unit_world_init(&w, text, "4242", 80, 24, false);
	unit_wait(&w, 0);
	paste(&w, "jb2q\nG\n");
	unit_assert_on(&w, SCREEN_REGIONS);
	assert_int_equal(unit_list(&w)->cursor, 0);
	assert_null(w.app.baseline);
	assert_false(w.app.quit);
	unit_assert_shows(&w, "a paste runs no commands");
	unit_world_done(&w);
	free(text);
}

static void a_paste_into_a_prompt_is_its_text(void **state)
{
	static const struct {
		const char *before, *pasted, *text;
	} cases[] = {
		{ "", "class = anon\n", "class = anon" },
		{ "", "\nclass = anon\n\n", "class = anon" },
		{ "", "class = anon\nor rss > 1M\n", "class = anon or rss > 1M" },
		{ "rss > 1M", "\tand class = anon", "rss > 1M and class = anon" },
	};
	char *text = unit_smaps(30);

	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		struct unit_world w;

		unit_world_init(&w, text, "4242", 80, 24, false);
		unit_wait(&w, 0);
		unit_type(&w, "\\");
		unit_type(&w, cases[i].before);
		paste(&w, cases[i].pasted);
		assert_non_null(w.app.prompt.label);
		assert_string_equal(w.app.prompt.text, cases[i].text);
		unit_key(&w, VK_ENTER);
		assert_string_equal(w.app.filter_text, cases[i].text);
		unit_world_done(&w);
	}
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_are_no_keys),
		cmocka_unit_test(keys_of_curses_are_keys),
		cmocka_unit_test(nothing_takes_keys_for_ever),
		cmocka_unit_test(a_paste_runs_no_commands),
		cmocka_unit_test(a_paste_into_a_prompt_is_its_text),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("sequence", tests, NULL, NULL);
}
