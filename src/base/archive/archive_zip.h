/* The zip format. For archive_maker only. */
#ifndef SP_ARCHIVE_ZIP_H
#define SP_ARCHIVE_ZIP_H

#include "base/archive/archive_maker.h"

struct archive_zip;

/* Like the functions of archive_maker.h, with two differences: the caller checks that a file gets as many bytes as
 * its size, and calls archive_zip_close after them. After a failed call, all further calls fail. */
struct archive_zip *archive_zip_begin(const struct archive_sink *sink);
bool archive_zip_file(struct archive_zip *zip, const char *name);
bool archive_zip_add(struct archive_zip *zip, const void *bytes, size_t length);
bool archive_zip_close(struct archive_zip *zip);
bool archive_zip_end(struct archive_zip *zip);

#endif
