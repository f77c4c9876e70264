/* lazy.c - see lazy.h */
#include "vmapview/lazy.h"

#include <dlfcn.h>
#include <stddef.h>

void *vmv_lazy_symbol(struct vmv_lazy *library, const char *name)
{
	void *handle = atomic_load(&library->handle), *symbol;

	if (!handle) {
		/* Twice at the same time is the same handle. */
		handle = dlopen(library->file, RTLD_NOW | RTLD_GLOBAL);
		if (!handle)
			vmv_no_library(dlerror());
		atomic_store(&library->handle, handle);
	}
	symbol = dlsym(handle, name);
	if (!symbol)
		vmv_no_library(dlerror());
	return symbol;
}
