/*
 * jsonwrite.h - JSON, piece by piece (RFC 8259; private to output)
 *
 * Buffers nothing.  Every string that comes out is valid UTF-8, whatever went
 * in; integers are exact to 64 bits, and VMV_UNKNOWN is null.
 */
#ifndef VMV_JSONWRITE_H
#define VMV_JSONWRITE_H

#include <stdbool.h>
#include <stdint.h>

struct vmv_out;

/**
 * struct json - a document being written
 * @comma: something stands before the next member
 * @oneline: json_line() makes none
 */
struct json {
	struct vmv_out *out;
	bool comma, oneline;
};

/** json_open - start an object with '{' or an array with '[', as the value of
 *  @key, or as an element if that is NULL. */
void json_open(struct json *j, const char *key, char bracket);

/** json_close - end it with '}' or ']'. */
void json_close(struct json *j, char bracket);

/** json_line - begin a new line, before a member of a long array. */
void json_line(struct json *j);

/** json_string - a string, null if @s is NULL.  Bytes that are no UTF-8 become
 *  U+FFFD. */
void json_string(struct json *j, const char *key, const char *s);

/** json_raw_hex - the bytes of @s in hex, but only if json_string() loses some. */
void json_raw_hex(struct json *j, const char *key, const char *s);

/** json_number - a number. */
void json_number(struct json *j, const char *key, uint64_t n);

/** json_exact - a number that is always known: all 64 bits are a value. */
void json_exact(struct json *j, const char *key, uint64_t n);

/** json_signed - a number that may be negative. */
void json_signed(struct json *j, const char *key, int64_t n);

/** json_address - a number as a hexadecimal string. */
void json_address(struct json *j, const char *key, uint64_t n);

/** json_exact_address - the same for one that is always known. */
void json_exact_address(struct json *j, const char *key, uint64_t n);

/** json_bool - true or false. */
void json_bool(struct json *j, const char *key, bool value);

#endif
