/* otherfile.c - see otherfile.h */
#include "otherfile.h"

#include <string.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof *(a))

#define MAGIC(s) s, sizeof(s) - 1

#define UNPACK(name, tool)                                                                         \
	"packed with " name ": unpack it with " tool " (a core of systemd: coredumpctl dump -o "   \
	"FILE)"
#define DUMP  "a dump of a whole kernel, not of a process: crash(8) can look into it"
#define MACH  "a Mach-O file of macOS: only Linux memory can be shown"
#define UTF16 "a text in UTF-16: convert it to UTF-8 with iconv -f UTF-16 -t UTF-8"

/* clang-format off */
static const struct {
	size_t at;
	const char *magic;
	size_t len;
	const char *advice;
} files[] = {
	{ 0, MAGIC("\x28\xb5\x2f\xfd"),   UNPACK("zstd", "zstd -d") },
	{ 0, MAGIC("\x1f\x8b"),           UNPACK("gzip", "gzip -d") },
	{ 0, MAGIC("\xfd" "7zXZ\0"),      UNPACK("xz", "xz -d") },
	{ 0, MAGIC("\x04\x22\x4d\x18"),   UNPACK("lz4", "lz4 -d") },
	{ 0, MAGIC("BZh"),                UNPACK("bzip2", "bzip2 -d") },
	{ 0, MAGIC("\x5d\0\0"),           UNPACK("lzma", "xz -d") },
	{ 0, MAGIC("\x89LZO"),            UNPACK("lzop", "lzop -d") },
	{ 0, MAGIC("PK\x03\x04"),         "a zip archive: unpack it with unzip" },
	{ 0, MAGIC("7z\xbc\xaf\x27\x1c"), "a 7z archive: unpack it first" },
	{ 257, MAGIC("ustar"),            "a tar archive: unpack it with tar -x" },
	{ 0, MAGIC("MDMP"),               "a minidump: convert it to a core file with Breakpad's minidump-2-core" },
	{ 0, MAGIC("KDUMP   "),           DUMP },
	{ 0, MAGIC("DISKDUMP"),           DUMP },
	{ 0, MAGIC("makedumpfile"),       DUMP },
	{ 0, MAGIC("PAGEDU64"),           "a Windows dump: only Linux memory can be shown" },
	{ 0, MAGIC("MZ"),                 "a Windows program or an EFI image, not the memory of a process" },
	{ 0, MAGIC("\xfe\xed\xfa\xce"),   MACH },
	{ 0, MAGIC("\xfe\xed\xfa\xcf"),   MACH },
	{ 0, MAGIC("\xce\xfa\xed\xfe"),   MACH },
	{ 0, MAGIC("\xcf\xfa\xed\xfe"),   MACH },
	{ 0, MAGIC("\xca\xfe\xba\xbe"),   "a Mach-O file of macOS or a Java class, not the memory of a process" },
	{ 0, MAGIC("\xff\xfe"),           UTF16 },
	{ 0, MAGIC("\xfe\xff"),           UTF16 },
	{ 0, MAGIC("{\"log\":\""),         "a log of Docker in JSON: take the text out of it with jq -j .log" },
	{ 0, MAGIC("PERFILE2"),           "a perf record: convert it to text with perf script --show-mmap-events" },
	{ 0, MAGIC("%PDF"),               "a PDF: copy the map out of it" },
	{ 0, MAGIC("\x89PNG"),            "a picture: only text can be read" },
	{ 0, MAGIC("\xff\xd8\xff"),       "a picture: only text can be read" },
};
/* clang-format on */

const char *otherfile_advice(const unsigned char *head, size_t len)
{
	for (size_t i = 0; i < ARRAY_SIZE(files); i++)
		if (len >= files[i].at + files[i].len &&
		    !memcmp(head + files[i].at, files[i].magic, files[i].len))
			return files[i].advice;
	return NULL;
}
