/*
 * lazy.h - libraries that are loaded when one of their functions is first called
 *
 * Most runs print one process: loading curses, libelf, json-c, PCRE2 and libproc2 with what it
 * needs would take longer than all the rest, and they would do nothing.  So the program is not
 * linked with them; a file for each defines the functions that we use as stubs which hand on to
 * those of the library (dlopen(3)).  Types and prototypes come from the library's own header, and
 * the file's name from configure, which asks the linker.
 */
#ifndef VMV_LAZY_H
#define VMV_LAZY_H

#include <stdatomic.h>

/**
 * struct vmv_lazy - a library that may be loaded
 * @file: as the dynamic linker is to look for it, "libelf.so.1"
 */
struct vmv_lazy {
	const char *file;
	_Atomic(void *) handle;
};

/**
 * vmv_lazy_find - the address of a function or variable, the library being loaded if need be
 *
 * For a library that may be absent, or too old to have it.  May be called in any thread.
 *
 * Return: NULL if there is none, with *@why saying so in words that dlerror(3) owns.
 */
void *vmv_lazy_find(struct vmv_lazy *library, const char *name, const char **why);

/** vmv_lazy_symbol - the same for a library that has to be there: vmv_no_library() is called if
 *  there is none.  The stubs below use it. */
void *vmv_lazy_symbol(struct vmv_lazy *library, const char *name);

/** vmv_no_library - called when a library can't be loaded, @why says more; defined by each
 *  program. */
_Noreturn void vmv_no_library(const char *why);

/** VMV_LAZY_FIND - let @real be the address of the library's @name, looked up the first time.  Who
 *  takes it from another thread has to see the library as that one loaded it. */
#define VMV_LAZY_FIND(library, name)                                                               \
	static _Atomic(__typeof__(name) *) found;                                                  \
	__typeof__(name) *real = atomic_load_explicit(&found, memory_order_acquire);               \
                                                                                                   \
	if (!real) {                                                                               \
		real = (__typeof__(name) *)vmv_lazy_symbol(library, #name);                        \
		atomic_store_explicit(&found, real, memory_order_release);                         \
	}

/** VMV_LAZY - define a function that hands on to that of the library, as in
 *  VMV_LAZY(&curses, int, wmove, (WINDOW *w, int y, int x), (w, y, x)) */
#define VMV_LAZY(library, type, name, parameters, arguments)                                       \
	type name parameters                                                                       \
	{                                                                                          \
		VMV_LAZY_FIND(library, name)                                                       \
		return real arguments;                                                             \
	}

/** VMV_LAZY_VOID - the same for one that returns nothing. */
#define VMV_LAZY_VOID(library, name, parameters, arguments)                                        \
	void name parameters                                                                       \
	{                                                                                          \
		VMV_LAZY_FIND(library, name)                                                       \
		real arguments;                                                                    \
	}

#endif
