/* The tar format, compressed with gzip. For archive_maker only. */
#ifndef SP_ARCHIVE_TAR_H
#define SP_ARCHIVE_TAR_H

#include "base/archive/archive_maker.h"

struct archive_tar;

/* Like the functions of archive_maker.h, with two differences: the caller checks that a file gets as many bytes as
 * its size, and calls archive_tar_close after them. After a failed call, all further calls fail. */
struct archive_tar *archive_tar_begin(const struct archive_sink *sink);
bool archive_tar_file(struct archive_tar *tar, const char *name, uint64_t size);
bool archive_tar_add(struct archive_tar *tar, const void *bytes, size_t length);
bool archive_tar_close(struct archive_tar *tar);
bool archive_tar_end(struct archive_tar *tar);

#endif
