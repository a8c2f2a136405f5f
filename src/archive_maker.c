#include "archive_maker.h"

#include "archive_zip.h"

#include <archive.h>
#include <archive_entry.h>
#include <assert.h>
#include <stdlib.h>

enum { FIRST_DAY = 315532800, MODE = 0755 };

struct archive_maker {
	struct archive_zip *zip;     /* or NULL, and these: */
	struct archive *archive;
	struct archive_entry *entry;
	const struct archive_sink *sink;
	uint64_t left;               /* of the file begun last */
	bool is_good, is_given_up;   /* the second: what libarchive still writes goes nowhere */
};

static la_ssize_t put(struct archive *archive, void *context, const void *bytes, size_t length)
{
	const struct archive_maker *maker = context;
	(void)archive;
	return maker->is_given_up || maker->sink->put(maker->sink->context, bytes, length) ? (la_ssize_t)length : -1;
}

/* GNU tar's form takes names of any length as they are; libarchive's pax would put them through the locale. The header
 * of gzip is without time and name. */
static bool begin_tar(struct archive_maker *maker)
{
	maker->archive = archive_write_new();
	maker->entry = archive_entry_new();
	assert(maker->archive && maker->entry);
	return archive_write_set_format_gnutar(maker->archive) == ARCHIVE_OK &&
	       archive_write_add_filter_gzip(maker->archive) == ARCHIVE_OK &&
	       archive_write_set_options(maker->archive, "gzip:!timestamp,gzip:compression-level=6") == ARCHIVE_OK &&
	       archive_write_set_bytes_in_last_block(maker->archive, 1) == ARCHIVE_OK &&
	       archive_write_open(maker->archive, maker, NULL, put, NULL) == ARCHIVE_OK;
}

struct archive_maker *archive_maker_begin(enum archive_form form, const struct archive_sink *sink)
{
	struct archive_maker *maker = calloc(1, sizeof *maker);
	assert(maker);
	maker->sink = sink;
	if (form == ARCHIVE_ZIP)
		maker->zip = archive_zip_begin(sink);
	maker->is_good = maker->zip || begin_tar(maker);
	return maker;
}

bool archive_maker_file(struct archive_maker *maker, const char *name, uint64_t size)
{
	if (!maker->is_good || maker->left)
		return maker->is_good = false;
	maker->left = size;
	if (maker->zip)
		return maker->is_good = archive_zip_close(maker->zip) && archive_zip_file(maker->zip, name);
	struct archive_entry *entry = archive_entry_clear(maker->entry);
	archive_entry_set_pathname(entry, name);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, MODE);
	archive_entry_set_mtime(entry, FIRST_DAY, 0);
	archive_entry_set_size(entry, (la_int64_t)size);
	return maker->is_good = archive_write_header(maker->archive, entry) == ARCHIVE_OK;
}

static bool add_to_tar(struct archive *archive, const void *bytes, size_t length)
{
	for (const char *at = bytes; length;) {
		la_ssize_t written = archive_write_data(archive, at, length);
		if (written <= 0)
			return false;
		at += written;
		length -= (size_t)written;
	}
	return true;
}

bool archive_maker_add(struct archive_maker *maker, const void *bytes, size_t length)
{
	if (!maker->is_good || length > maker->left)
		return maker->is_good = false;
	maker->left -= length;
	maker->is_good = maker->zip ? archive_zip_add(maker->zip, bytes, length) : add_to_tar(maker->archive, bytes, length);
	return maker->is_good;
}

bool archive_maker_end(struct archive_maker *maker)
{
	bool is_good = maker->is_good && !maker->left;
	if (maker->zip) {
		is_good = archive_zip_end(maker->zip) && is_good;
	} else {
		maker->is_given_up = !is_good;
		is_good = archive_write_close(maker->archive) == ARCHIVE_OK && is_good;
		archive_write_free(maker->archive);
		archive_entry_free(maker->entry);
	}
	free(maker);
	return is_good;
}
