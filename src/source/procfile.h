/*
 * procfile.h - small files of one /proc/PID directory (private to source)
 */
#ifndef VMV_PROCFILE_H
#define VMV_PROCFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct vmv_process;

/** procfile_open - a handle on /proc/@pid, or -1 with errno; the caller closes it. */
int procfile_open(int pid);

/** procfile_read - up to @size bytes of the file @name in the directory @dir;
 *  returns how many, or a negative errno. */
long procfile_read(int dir, const char *name, void *buf, size_t size);

/** procfile_number - set *@value to the number after @name, "\nPss:", and @skip others in @text;
 *  false if there is none. */
bool procfile_number(const char *text, const char *name, unsigned skip, uint64_t *value);

/**
 * struct procfile_stat - what we need of /proc/PID/stat (proc_pid_stat(5))
 * @name:        comm, any bytes
 * @stack_start: 0 if we may not know it
 * @image:       where exec put the program and its arguments; zeros if we may not know it
 */
struct procfile_stat {
	char name[64];
	char state;
	bool kernel_thread;
	uint64_t minor_faults, major_faults;
	uint64_t start_ticks, stack_start;
	uint64_t image[9];
};

/** procfile_stat - read it; 0 or a negative errno. */
int procfile_stat(int dir, struct procfile_stat *st);

/** procfile_is_same_program - is there no exec between these two of one process? */
bool procfile_is_same_program(const struct procfile_stat *a, const struct procfile_stat *b);

/** procfile_tid - the number of a thread from the name of its directory; 0 for "."
 *  and "..". */
int procfile_tid(const char *name);

/** procfile_take_auxv - note one entry of an auxiliary vector in @p; the types that
 *  do not matter here are left out. */
void procfile_take_auxv(struct vmv_process *p, uint64_t type, uint64_t value);

/** procfile_auxv - set entry, phdr, base and vdso of @p from auxv; leaves them
 *  unknown if we may not read it; 0 or a negative errno. */
int procfile_auxv(int dir, struct vmv_process *p);

/** procfile_user - set user of @p, the name or else the number of its uid. */
void procfile_user(struct vmv_process *p);

/** procfile_stamp - the time (UTC, ISO 8601) and the kernel's release; the caller frees both. */
void procfile_stamp(char **when, char **kernel);

#endif
