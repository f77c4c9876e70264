/*
 * optwords.h - options whose argument is one of a few words (private to cli)
 */
#ifndef VMV_OPTWORDS_H
#define VMV_OPTWORDS_H

#include <stddef.h>

/** option_word_at - word number @i that the argument of --@option may be; NULL after the last,
 *  and for options that take other things. */
const char *option_word_at(const char *option, size_t i);

/** option_word - the number of the word @value, or -1, having said which there are. */
int option_word(const char *option, const char *value);

#endif
