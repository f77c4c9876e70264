/*
 * text.h - text that nobody has vetted
 *
 * Names in maps are bytes chosen by the process under inspection.  They are
 * kept as they are in the model; each output cleans them with one of the
 * functions here, by what its reader can bear:
 *
 *  - Text (pmap's formats, tables, messages, the view) is in the character set of the locale,
 *    wherever it goes.  Where that is UTF-8, valid UTF-8 passes; where it is not, the bytes that
 *    are printable there, in "C" those of ASCII.  All others, and what does something to a terminal
 *    or shows nothing, are escaped.
 *  - What is for programs (JSON, CSV, Prometheus) is UTF-8 in every locale.
 */
#ifndef VMV_TEXT_H
#define VMV_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** vmv_utf8_length - how many bytes a character has that starts with @c; 0: none does. */
size_t vmv_utf8_length(unsigned char c);

/**
 * vmv_utf8_next - decode one character
 *
 * Overlong forms, surrogates and numbers past U+10FFFF are invalid (RFC 3629).
 *
 * Return: how many of the @len bytes at @s make up the character now in *@ch,
 * or 0 if they do not start a valid one.
 */
size_t vmv_utf8_next(const char *s, size_t len, uint32_t *ch);

/** vmv_control_char - is it of C0 or C1, or DEL? */
bool vmv_control_char(uint32_t ch);

/**
 * vmv_unsafe_char - could this character do something to a terminal or a reader?
 *
 * True for control characters (C0, DEL, C1), line separators, the invisible
 * characters that reorder or hide text (Unicode bidi and format controls), and those that show
 * nothing, so that two names that differ would look the same (Default_Ignorable_Code_Point).
 */
bool vmv_unsafe_char(uint32_t ch);

/** How vmv_clean() writes what it does not let through. */
enum vmv_clean {
	VMV_CLEAN_MARK,  /* each byte as '?', as pmap does */
	VMV_CLEAN_OCTAL, /* each byte as \ooo, as the kernel writes a newline in maps */
};

/**
 * vmv_clean - copy @len bytes of text so that they are safe to show
 *
 * Valid UTF-8 passes unless vmv_unsafe_char().  With @bytewise, for a locale without UTF-8, the
 * bytes pass that it prints, but for 0x80 to 0x9f.  @to needs room for 4 * @len + 1 bytes.
 *
 * Return: the length of what was written, without the NUL that ends it.
 */
size_t vmv_clean(char *to, const char *s, size_t len, enum vmv_clean how, bool bytewise);

/** vmv_is_clean - would vmv_clean() copy the @len bytes unchanged? */
bool vmv_is_clean(const char *s, size_t len, bool bytewise);

/**
 * vmv_text_width - terminal columns of clean text, in the current locale
 *
 * A byte that the locale can't decode counts as one column.
 */
size_t vmv_text_width(const char *s, size_t len);

/**
 * vmv_next_name - the next name of a list with commas
 *
 * *@rest is where it begins, and then what comes after its comma, or NULL.  @len is set.
 *
 * Return: the name, which may be empty; NULL if *@rest was NULL.
 */
const char *vmv_next_name(const char **rest, size_t *len);

#endif
