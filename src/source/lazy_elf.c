/* lazy_elf.c - the functions of libelf that we use; see lazy.h */
#include "vmapview/lazy.h"

#include <gelf.h>

/* NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables): the library is, too */
static struct vmv_lazy elf = { .file = LIBELF_FILE };

/* clang-format off */
VMV_LAZY(&elf, unsigned, elf_version, (unsigned version), (version))
VMV_LAZY(&elf, Elf *, elf_begin, (int fd, Elf_Cmd cmd, Elf *ref), (fd, cmd, ref))
VMV_LAZY(&elf, Elf *, elf_memory, (char *image, size_t size), (image, size))
VMV_LAZY(&elf, int, elf_end, (Elf *file), (file))
VMV_LAZY(&elf, Elf_Kind, elf_kind, (Elf *file), (file))
VMV_LAZY(&elf, int, elf_getphdrnum, (Elf *file, size_t *count), (file, count))
VMV_LAZY(&elf, Elf_Data *, elf_getdata_rawchunk,
	 (Elf *file, int64_t at, size_t size, Elf_Type type), (file, at, size, type))
VMV_LAZY(&elf, Elf_Data *, elf32_xlatetom, (Elf_Data *to, const Elf_Data *from, unsigned order),
	 (to, from, order))
VMV_LAZY(&elf, Elf_Data *, elf64_xlatetom, (Elf_Data *to, const Elf_Data *from, unsigned order),
	 (to, from, order))
VMV_LAZY(&elf, size_t, gelf_fsize, (Elf *file, Elf_Type type, size_t count, unsigned version),
	 (file, type, count, version))
VMV_LAZY(&elf, int, gelf_update_ehdr, (Elf *file, GElf_Ehdr *from), (file, from))
VMV_LAZY(&elf, GElf_Ehdr *, gelf_getehdr, (Elf *file, GElf_Ehdr *to), (file, to))
VMV_LAZY(&elf, GElf_Phdr *, gelf_getphdr, (Elf *file, int i, GElf_Phdr *to), (file, i, to))
VMV_LAZY(&elf, size_t, gelf_getnote,
	 (Elf_Data *data, size_t at, GElf_Nhdr *note, size_t *name, size_t *desc),
	 (data, at, note, name, desc))
/* clang-format on */
