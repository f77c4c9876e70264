/*
 * device.c - memory that belongs to a device or to a ring shared with the kernel
 */
#include "zoo.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/aio_abi.h>
#include <linux/if_packet.h>
#include <linux/kvm.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define RW (PROT_READ | PROT_WRITE)

/* Either the truth or why there is none; the ring outlives its descriptor. */
static void map_ring(void *slot, int fd, size_t len, const char *note)
{
	void *p = fd < 0 ? MAP_FAILED : mmap(slot, len, RW, MAP_SHARED, fd, 0);

	if (p != MAP_FAILED)
		zoo_is(p, len, "device", "rw-s", note);
	else
		zoo_skip("device", note);
	if (fd >= 0)
		close(fd);
}

static int open_perf(void)
{
	struct perf_event_attr attr = {
		.type = PERF_TYPE_SOFTWARE,
		.size = sizeof(attr),
		.config = PERF_COUNT_SW_PAGE_FAULTS,
		.exclude_kernel = 1,
	};

	return (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
}

/* The parameters are 120 bytes of which we set and want none. */
static int open_uring(void)
{
#ifdef SYS_io_uring_setup
	unsigned params[64] = { 0 };

	return (int)syscall(SYS_io_uring_setup, 4, params);
#else
	errno = ENOSYS;
	return -1;
#endif
}

static int open_packet(size_t len)
{
	struct tpacket_req ring = {
		.tp_block_size = (unsigned)len,
		.tp_block_nr = 1,
		.tp_frame_size = (unsigned)len / 2,
		.tp_frame_nr = 2,
	};
	int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);

	if (fd >= 0 && setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof(ring))) {
		close(fd);
		return -1;
	}
	return fd;
}

static int open_vcpu(size_t *len)
{
	int kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
	int vm = kvm < 0 ? -1 : ioctl(kvm, KVM_CREATE_VM, 0);
	int cpu = vm < 0 ? -1 : ioctl(vm, KVM_CREATE_VCPU, 0);
	int size = kvm < 0 ? -1 : ioctl(kvm, KVM_GET_VCPU_MMAP_SIZE, 0);

	if (size > 0)
		*len = (size_t)size;
	if (vm >= 0)
		close(vm);
	if (kvm >= 0)
		close(kvm);
	return cpu;
}

/* The name of the context is where its ring is. */
static void map_aio(struct zoo *z)
{
	aio_context_t context = 0;

	if (syscall(SYS_io_setup, 4, &context))
		zoo_skip("device", "ring of asynchronous I/O");
	else
		zoo_is((void *)context, z->page, "device", "rw-s", "ring of asynchronous I/O");
}

/* Device memory proper; few machines have one of these and let us in. */
static void map_device(struct zoo *z)
{
	static const char *const paths[] = { "/dev/hpet", "/dev/fb0", "/dev/dri/card0",
					     "/dev/mem" };

	for (size_t i = 0; i < ARRAY_SIZE(paths); i++) {
		int fd = open(paths[i], O_RDONLY | O_CLOEXEC);
		void *p = fd < 0 ? NULL : zoo_place(z, z->page, PROT_READ, MAP_SHARED, fd);

		if (fd >= 0)
			close(fd);
		if (p) {
			zoo_is(p, z->page, "device", "r--s", paths[i]);
			return;
		}
		zoo_skip("device", paths[i]);
	}
}

void zoo_devices(struct zoo *z)
{
	size_t len = z->page;
	int vcpu = open_vcpu(&len);

	map_ring(zoo_slot(z), vcpu, len, "virtual processor");
	map_ring(zoo_slot(z), open_perf(), 2 * z->page, "ring of performance events");
	map_ring(NULL, open_uring(), z->page, "ring of io_uring"); /* takes no hint */
	map_ring(zoo_slot(z), open_packet(4 * z->page), 4 * z->page, "ring of packets");
	map_aio(z);
	map_device(z);
}
