#include "base/archive/archive_zip.h"

#include "base/archive/archive_deflate.h"
#include "base/text.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Constants of PKWARE's APPNOTE.TXT. A zip file has a local header, compressed bytes and a descriptor for each file,
 * then the directory, which lists the files again, and the end of the directory. */
enum {
	LOCAL_HEADER = 0x04034b50, DESCRIPTOR = 0x08074b50, DIRECTORY_ENTRY = 0x02014b50, DIRECTORY_END = 0x06054b50,
	ZIP_2_0 = 20, MADE_BY_UNIX = 3 << 8,
	FLAGS = 1 << 3 | 1 << 11, /* sizes follow the bytes; the name is UTF-8 */
	DEFLATED = 8,
	MIDNIGHT = 0, FIRST_DAY = 1 << 5 | 1, /* of 1980 */
	MAX_FILES = 65535
};
static const uint32_t MODE = 0100755u << 16;
static const uint64_t MAX_BYTES = UINT32_MAX;

struct archive_zip {
	const struct archive_sink *sink;
	struct text directory; /* grows with each finished file */
	uint64_t offset;       /* of the next byte of the archive */
	uint32_t files;
	bool is_good;
	/* the current file */
	bool is_open;
	struct archive_deflater deflater;
	struct archive_sink deflater_sink;
	char *name;
	uint64_t start, size;
	uint32_t crc;
};

static void add_number(struct text *text, uint32_t number, int bytes)
{
	for (int i = 0; i < bytes; i++)
		text_putc(text, (char)(number >> 8 * i));
}

static bool put(void *context, const void *bytes, size_t length)
{
	struct archive_zip *zip = context;
	zip->offset += length;
	zip->is_good = zip->is_good && zip->offset <= MAX_BYTES && zip->sink->put(zip->sink->context, bytes, length);
	return zip->is_good;
}

static bool put_and_free(struct archive_zip *zip, struct text *text)
{
	bool is_put = put(zip, text->bytes, text->length);
	text_free(text);
	return is_put;
}

struct archive_zip *archive_zip_begin(const struct archive_sink *sink)
{
	struct archive_zip *zip = calloc(1, sizeof *zip);
	assert(zip);
	zip->sink = sink;
	zip->deflater_sink = (struct archive_sink){zip, put};
	zip->is_good = true;
	return zip;
}

/* The fields that the local header and the directory have in common, from the version needed to the date. */
static void add_common(struct text *text)
{
	add_number(text, ZIP_2_0, 2);
	add_number(text, FLAGS, 2);
	add_number(text, DEFLATED, 2);
	add_number(text, MIDNIGHT, 2);
	add_number(text, FIRST_DAY, 2);
}

bool archive_zip_file(struct archive_zip *zip, const char *name)
{
	struct text header = {0};
	size_t length = strlen(name);
	if (!zip->is_good || zip->files == MAX_FILES || length > UINT16_MAX)
		return zip->is_good = false;
	zip->files++;
	zip->name = malloc(length + 1);
	assert(zip->name);
	memcpy(zip->name, name, length + 1);
	zip->start = zip->offset;
	zip->size = 0;
	zip->crc = (uint32_t)crc32(0, NULL, 0);
	archive_deflate_begin(&zip->deflater, &zip->deflater_sink, WRAP_NONE);
	zip->is_open = true;
	add_number(&header, LOCAL_HEADER, 4);
	add_common(&header);
	for (int i = 0; i < 3; i++)
		add_number(&header, 0, 4); /* checksum and sizes are in the descriptor */
	add_number(&header, (uint32_t)length, 2);
	add_number(&header, 0, 2);
	text_add(&header, name, length);
	return put_and_free(zip, &header);
}

bool archive_zip_add(struct archive_zip *zip, const void *bytes, size_t length)
{
	zip->crc = (uint32_t)crc32_z(zip->crc, bytes, length);
	zip->size += length;
	return zip->is_good = zip->is_good && archive_deflate_add(&zip->deflater, bytes, length);
}

static void add_checksum_and_sizes(struct text *text, const struct archive_zip *zip)
{
	add_number(text, zip->crc, 4);
	add_number(text, (uint32_t)zip->deflater.deflated, 4);
	add_number(text, (uint32_t)zip->size, 4);
}

static void add_to_directory(struct archive_zip *zip)
{
	struct text *directory = &zip->directory;
	add_number(directory, DIRECTORY_ENTRY, 4);
	add_number(directory, MADE_BY_UNIX | ZIP_2_0, 2);
	add_common(directory);
	add_checksum_and_sizes(directory, zip);
	add_number(directory, (uint32_t)strlen(zip->name), 2);
	add_number(directory, 0, 4); /* extra fields, comment */
	add_number(directory, 0, 4); /* disk, internal attributes */
	add_number(directory, MODE, 4);
	add_number(directory, (uint32_t)zip->start, 4);
	text_puts(directory, zip->name);
}

bool archive_zip_close(struct archive_zip *zip)
{
	struct text descriptor = {0};
	if (!zip->is_open)
		return zip->is_good;
	zip->is_good = archive_deflate_end(&zip->deflater, zip->is_good) && zip->size <= MAX_BYTES;
	zip->is_open = false;
	if (zip->is_good) {
		add_number(&descriptor, DESCRIPTOR, 4);
		add_checksum_and_sizes(&descriptor, zip);
		add_to_directory(zip);
		put_and_free(zip, &descriptor);
	}
	free(zip->name);
	zip->name = NULL;
	return zip->is_good;
}

bool archive_zip_end(struct archive_zip *zip)
{
	struct text end = {0};
	archive_zip_close(zip);
	uint64_t start = zip->offset;
	uint32_t length = (uint32_t)zip->directory.length;
	if (zip->is_good && put(zip, text_string(&zip->directory), zip->directory.length)) {
		add_number(&end, DIRECTORY_END, 4);
		add_number(&end, 0, 4); /* disks */
		add_number(&end, zip->files, 2);
		add_number(&end, zip->files, 2);
		add_number(&end, length, 4);
		add_number(&end, (uint32_t)start, 4);
		add_number(&end, 0, 2); /* comment */
		put_and_free(zip, &end);
	}
	bool is_good = zip->is_good;
	text_free(&zip->directory);
	free(zip);
	return is_good;
}
