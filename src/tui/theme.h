/*
 * theme.h - how looks look (private to tui)
 */
#ifndef VMV_THEME_H
#define VMV_THEME_H

#include "surface.h"

/** The eight colours that every colour terminal has, and its own. */
enum color {
	COLOR_OWN = -1,
	COLOR_0_BLACK,
	COLOR_1_RED,
	COLOR_2_GREEN,
	COLOR_3_YELLOW,
	COLOR_4_BLUE,
	COLOR_5_MAGENTA,
	COLOR_6_CYAN,
	COLOR_7_WHITE,
};

/**
 * struct style - one look
 * @color, @back: in colour
 * @attrs: PEN_ attributes in colour
 * @plain: PEN_ attributes on a terminal without colours
 */
struct style {
	signed char color, back;
	unsigned short attrs, plain;
};

/** theme_signs - what the looks say that need to be explained, ended by one without a text. */
extern const struct sign theme_signs[];

/** theme_style - how @look looks. */
const struct style *theme_style(enum look look);

#endif
