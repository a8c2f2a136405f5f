/* The tar form, for archive_maker.h alone, through zlib's gzip. */
#ifndef SP_ARCHIVE_TAR_H
#define SP_ARCHIVE_TAR_H

#include "base/archive/archive_maker.h"

struct archive_tar;

/* As the functions of archive_maker.h; how many bytes a file has is the caller's to check, who also calls
 * archive_tar_close after the last of them. False, once given, is for good. */
struct archive_tar *archive_tar_begin(const struct archive_sink *sink);
bool archive_tar_file(struct archive_tar *tar, const char *name, uint64_t size);
bool archive_tar_add(struct archive_tar *tar, const void *bytes, size_t length);
bool archive_tar_close(struct archive_tar *tar);
bool archive_tar_end(struct archive_tar *tar);

#endif
