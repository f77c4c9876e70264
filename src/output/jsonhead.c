/* jsonhead.c - see jsonhead.h */
#include "jsonhead.h"

#include "jsonwrite.h"
#include "vmapview/map.h"
#include "vmapview/units.h"
#include "vmapview/writer.h"

void json_device(struct json *j, uint32_t major, uint32_t minor)
{
	char text[2 * VMV_NUMBER_ROOM];
	size_t len = vmv_put_hex(text, major, 2);

	text[len++] = ':';
	vmv_put_hex(text + len, minor, 2);
	json_string(j, "device", text);
}

static void put_exe(struct json *j, const struct vmv_process *p)
{
	if (p->exe_inode == VMV_UNKNOWN || p->exe_dev == VMV_UNKNOWN) {
		json_number(j, "exe", VMV_UNKNOWN);
		return;
	}
	json_open(j, "exe", '{');
	json_device(j, (uint32_t)(p->exe_dev >> 32), (uint32_t)p->exe_dev);
	json_number(j, "inode", p->exe_inode);
	json_close(j, '}');
}

void json_process(struct json *j, const struct vmv_process *p)
{
	const char state[2] = { p->state, '\0' };

	json_open(j, "process", '{');
	json_number(j, "pid", p->pid ? (uint64_t)p->pid : VMV_UNKNOWN);
	json_number(j, "tgid", p->tgid ? (uint64_t)p->tgid : VMV_UNKNOWN);
	json_string(j, "state", p->state ? state : NULL);
	json_string(j, "command", p->command);
	json_string(j, "name", p->name);
	json_address(j, "stack_start", p->stack_start);
	json_number(j, "start_ticks", p->start_ticks);
	json_address(j, "entry", p->entry);
	json_address(j, "phdr", p->phdr);
	json_address(j, "base", p->base);
	json_address(j, "vdso", p->vdso);
	json_number(j, "signal", p->signal ? (uint64_t)p->signal : VMV_UNKNOWN);
	json_address(j, "fault", p->fault);
	put_exe(j, p);
	json_close(j, '}');
}

void json_head(struct json *j, const char *schema, const char *time, const char *kernel)
{
	json_open(j, NULL, '{');
	json_string(j, "schema", schema);
	json_number(j, "version", 1);
	json_string(j, "generator", PACKAGE_STRING);
	json_string(j, "time", time);
	json_string(j, "kernel", kernel);
}

void json_end_lines(struct json *j)
{
	if (!j->oneline)
		vmv_out_char(j->out, '\n');
	json_close(j, ']');
}
