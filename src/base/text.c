/* text.c - see text.h */
#include "vmapview/text.h"

#include <string.h>
#include <wchar.h>
#include <wctype.h>

size_t vmv_utf8_length(unsigned char c)
{
	if (c < 0x80)
		return 1;
	if (c >= 0xc2 && c < 0xe0)
		return 2;
	if (c >= 0xe0 && c < 0xf0)
		return 3;
	return c >= 0xf0 && c < 0xf5 ? 4 : 0;
}

size_t vmv_utf8_next(const char *s, size_t len, uint32_t *ch)
{
	static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c = (unsigned char)*s;
	size_t need = vmv_utf8_length(c);

	if (!need || need > len)
		return 0;

	*ch = need == 1 ? c : c & (0x7fU >> need);
	for (size_t i = 1; i < need; i++) {
		c = (unsigned char)s[i];
		if ((c & 0xc0) != 0x80)
			return 0;
		*ch = *ch << 6 | (c & 0x3f);
	}
	if (*ch < smallest[need] || *ch > 0x10ffff || (*ch >= 0xd800 && *ch < 0xe000))
		return 0;
	return need;
}

bool vmv_control_char(uint32_t ch)
{
	return ch < 0x20 || (ch >= 0x7f && ch < 0xa0);
}

/* Default_Ignorable_Code_Point of Unicode, which show nothing, and more that drives or hides. */
bool vmv_unsafe_char(uint32_t ch)
{
	static const struct {
		uint32_t first, last;
	} unsafe[] = {
		{ 0x0000, 0x001f },   /* C0 */
		{ 0x007f, 0x009f },   /* DEL, C1 */
		{ 0x00ad, 0x00ad },   /* soft hyphen */
		{ 0x034f, 0x034f },   /* combining grapheme joiner */
		{ 0x0600, 0x0605 },   /* Arabic signs that enclose what follows */
		{ 0x061c, 0x061c },   /* Arabic letter mark */
		{ 0x06dd, 0x06dd },   /* more signs */
		{ 0x070f, 0x070f },   /* Syriac abbreviation mark */
		{ 0x0890, 0x0891 },   /* more signs */
		{ 0x08e2, 0x08e2 },   /* more signs */
		{ 0x115f, 0x1160 },   /* Hangul fillers */
		{ 0x17b4, 0x17b5 },   /* Khmer inherent vowels */
		{ 0x180b, 0x180f },   /* Mongolian variation selectors, vowel separator */
		{ 0x200b, 0x200f },   /* zero width, direction marks */
		{ 0x2028, 0x202e },   /* separators, embeddings, overrides */
		{ 0x2060, 0x206f },   /* invisible operators, isolates */
		{ 0x2800, 0x2800 },   /* a braille pattern without dots */
		{ 0x3164, 0x3164 },   /* Hangul filler */
		{ 0xfe00, 0xfe0f },   /* variation selectors */
		{ 0xfeff, 0xfeff },   /* byte order mark */
		{ 0xffa0, 0xffa0 },   /* Hangul filler of half width */
		{ 0xfff0, 0xfffb },   /* kept for more of them; interlinear annotation */
		{ 0xfffe, 0xffff },   /* not characters */
		{ 0x110bd, 0x110bd }, /* Kaithi number signs */
		{ 0x110cd, 0x110cd }, { 0x13430, 0x1343f }, /* hieroglyph joiners */
		{ 0x1bca0, 0x1bca3 },                       /* shorthand controls */
		{ 0x1d173, 0x1d17a },                       /* musical beams */
		{ 0xe0000, 0xe0fff }, /* tags, variation selectors, kept for more of them */
	};

	for (size_t i = 0; i < sizeof(unsafe) / sizeof(*unsafe) && ch >= unsafe[i].first; i++)
		if (ch <= unsafe[i].last)
			return true;
	return false;
}

/* Some character sets have letters where C1 is, but not all of their terminals. */
static bool is_letter(unsigned char c)
{
	wint_t ch = c >= 0xa0 ? btowc(c) : WEOF;

	return ch != WEOF && iswprint(ch) && !vmv_unsafe_char((uint32_t)ch);
}

/* How many bytes at @s may pass as they are; 0 if the first must not. */
static size_t clean_run(const char *s, size_t len, bool bytewise)
{
	uint32_t ch;
	size_t n;

	if (bytewise && (unsigned char)*s >= 0x80)
		return is_letter((unsigned char)*s);
	n = vmv_utf8_next(s, len, &ch);
	return n && !vmv_unsafe_char(ch) ? n : 0;
}

/* How many bytes at @s belong to what must not pass: one, or a whole character. */
static size_t dirty_run(const char *s, size_t len, bool bytewise)
{
	uint32_t ch;
	size_t n = bytewise ? 1 : vmv_utf8_next(s, len, &ch);

	return n ? n : 1;
}

static char *put_dirty(char *to, unsigned char c, enum vmv_clean how)
{
	if (how == VMV_CLEAN_MARK) {
		*to++ = '?';
		return to;
	}
	*to++ = '\\';
	*to++ = (char)('0' + (c >> 6));
	*to++ = (char)('0' + (c >> 3 & 7));
	*to++ = (char)('0' + (c & 7));
	return to;
}

size_t vmv_clean(char *to, const char *s, size_t len, enum vmv_clean how, bool bytewise)
{
	char *start = to;

	while (len) {
		size_t n = clean_run(s, len, bytewise);

		if (n) {
			to = (char *)memcpy(to, s, n) + n;
		} else {
			n = dirty_run(s, len, bytewise);
			for (size_t i = 0; i < n; i++)
				to = put_dirty(to, (unsigned char)s[i], how);
		}
		s += n;
		len -= n;
	}
	*to = '\0';
	return (size_t)(to - start);
}

bool vmv_is_clean(const char *s, size_t len, bool bytewise)
{
	while (len) {
		size_t n = *s >= ' ' && *s < 0x7f ? 1 : clean_run(s, len, bytewise);

		if (!n)
			return false;
		s += n;
		len -= n;
	}
	return true;
}

size_t vmv_text_width(const char *s, size_t len)
{
	mbstate_t state = { 0 };
	size_t width = 0;

	while (len) {
		wchar_t wc;
		size_t n;
		int columns;

		if (*s >= ' ' && *s < 0x7f) { /* the same in all locales, and most of all text */
			width++;
			s++;
			len--;
			continue;
		}
		n = mbrtowc(&wc, s, len, &state);
		if (n == 0 || n > len) { /* NUL, invalid or cut short */
			memset(&state, 0, sizeof(state));
			n = 1;
			columns = 1;
		} else {
			columns = wcwidth(wc);
		}
		width += columns < 0 ? 1 : (size_t)columns;
		s += n;
		len -= n;
	}
	return width;
}

const char *vmv_next_name(const char **rest, size_t *len)
{
	const char *name = *rest;

	if (!name)
		return NULL;
	*len = strcspn(name, ",");
	*rest = name[*len] ? name + *len + 1 : NULL;
	return name;
}
