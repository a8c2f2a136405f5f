#include "base/archive/archive_tar.h"

#include "base/archive/archive_deflate.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A header in GNU tar's format: numbers are octal text. */
struct header {
	char name[100], mode[8], uid[8], gid[8], size[12], time[12], sum[8], type, link[100], magic[8], rest[247];
};

enum { BLOCK = 512, MODE = 0755, FIRST_DAY = 315532800 };
static const uint64_t OCTAL_MAX = 077777777777; /* the largest number of 11 digits, 8 GiB - 1 */

struct archive_tar {
	struct archive_deflater deflater;
	uint64_t size; /* bytes written; each file is padded to whole blocks */
	bool is_good;
};

struct archive_tar *archive_tar_begin(const struct archive_sink *sink)
{
	struct archive_tar *tar = calloc(1, sizeof *tar);
	assert(tar && sizeof(struct header) == BLOCK);
	archive_deflate_begin(&tar->deflater, sink, WRAP_GZIP);
	tar->is_good = true;
	return tar;
}

bool archive_tar_add(struct archive_tar *tar, const void *bytes, size_t length)
{
	tar->size += length;
	return tar->is_good = tar->is_good && archive_deflate_add(&tar->deflater, bytes, length);
}

bool archive_tar_close(struct archive_tar *tar)
{
	static const char zeros[BLOCK];
	return archive_tar_add(tar, zeros, (BLOCK - tar->size % BLOCK) % BLOCK);
}

/* A size too large for the octal digits is written in binary, with the first bit set. */
static void set_size(struct header *header, uint64_t size)
{
	if (size <= OCTAL_MAX) {
		snprintf(header->size, sizeof header->size, "%011" PRIo64, size);
		return;
	}
	for (size_t i = sizeof header->size; i-- > 0; size >>= 8)
		header->size[i] = (char)(size & 0xff);
	header->size[0] = (char)0x80;
}

static bool put_header(struct archive_tar *tar, const char *name, char type, uint64_t size)
{
	struct header header = {.type = type, .magic = "ustar  "};
	size_t length = strlen(name);
	unsigned sum = 0;
	memcpy(header.name, name, length < sizeof header.name ? length : sizeof header.name);
	snprintf(header.mode, sizeof header.mode, "%07o", type == 'L' ? 0u : (unsigned)MODE);
	snprintf(header.uid, sizeof header.uid, "%07o", 0u);
	snprintf(header.gid, sizeof header.gid, "%07o", 0u);
	snprintf(header.time, sizeof header.time, "%011o", type == 'L' ? 0u : (unsigned)FIRST_DAY);
	set_size(&header, size);
	memset(header.sum, ' ', sizeof header.sum);
	for (size_t i = 0; i < BLOCK; i++)
		sum += ((const unsigned char *)&header)[i];
	snprintf(header.sum, sizeof header.sum, "%06o", sum); /* the space after the NUL stays */
	return archive_tar_add(tar, &header, BLOCK);
}

bool archive_tar_file(struct archive_tar *tar, const char *name, uint64_t size)
{
	size_t length = strlen(name);
	if (length > sizeof ((struct header *)NULL)->name) { /* GNU tar: an entry of its own with the long name comes first */
		put_header(tar, "././@LongLink", 'L', length + 1);
		archive_tar_add(tar, name, length + 1);
		archive_tar_close(tar);
	}
	return put_header(tar, name, '0', size);
}

bool archive_tar_end(struct archive_tar *tar)
{
	static const char end[2 * BLOCK];
	archive_tar_close(tar);
	archive_tar_add(tar, end, sizeof end);
	bool is_good = archive_deflate_end(&tar->deflater, tar->is_good);
	free(tar);
	return is_good;
}
