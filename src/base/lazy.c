/* lazy.c - see lazy.h */
#include "vmapview/lazy.h"

#include <dlfcn.h>
#include <stddef.h>

void *vmv_lazy_find(struct vmv_lazy *library, const char *name, const char **why)
{
	void *handle = atomic_load(&library->handle), *symbol = NULL;

	if (!handle) {
		/* Twice at the same time is the same handle. */
		handle = dlopen(library->file, RTLD_NOW | RTLD_GLOBAL);
		atomic_store(&library->handle, handle);
	}
	if (handle)
		symbol = dlsym(handle, name);
	if (!symbol)
		*why = dlerror();
	return symbol;
}

void *vmv_lazy_symbol(struct vmv_lazy *library, const char *name)
{
	const char *why;
	void *symbol = vmv_lazy_find(library, name, &why);

	if (!symbol)
		vmv_no_library(why);
	return symbol;
}
