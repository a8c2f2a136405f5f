#include "base/archive/archive_maker.h"

#include "base/archive/archive_tar.h"
#include "base/archive/archive_zip.h"

#include <assert.h>
#include <stdlib.h>

struct archive_maker {
	struct archive_tar *tar;     /* exactly one of these two is set */
	struct archive_zip *zip;
	uint64_t left;               /* bytes still to be added to the current file */
	bool is_good;
};

struct archive_maker *archive_maker_begin(enum archive_form form, const struct archive_sink *sink)
{
	struct archive_maker *maker = calloc(1, sizeof *maker);
	assert(maker);
	if (form == ARCHIVE_ZIP)
		maker->zip = archive_zip_begin(sink);
	else
		maker->tar = archive_tar_begin(sink);
	maker->is_good = true;
	return maker;
}

bool archive_maker_file(struct archive_maker *maker, const char *name, uint64_t size)
{
	if (!maker->is_good || maker->left)
		return maker->is_good = false;
	maker->left = size;
	if (maker->zip)
		return maker->is_good = archive_zip_close(maker->zip) && archive_zip_file(maker->zip, name);
	return maker->is_good = archive_tar_close(maker->tar) && archive_tar_file(maker->tar, name, size);
}

bool archive_maker_add(struct archive_maker *maker, const void *bytes, size_t length)
{
	if (!maker->is_good || length > maker->left)
		return maker->is_good = false;
	maker->left -= length;
	return maker->is_good = maker->zip ? archive_zip_add(maker->zip, bytes, length) : archive_tar_add(maker->tar, bytes, length);
}

bool archive_maker_end(struct archive_maker *maker)
{
	bool is_good = maker->is_good && !maker->left;
	is_good = (maker->zip ? archive_zip_end(maker->zip) : archive_tar_end(maker->tar)) && is_good;
	free(maker);
	return is_good;
}
