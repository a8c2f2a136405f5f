/* The zip form, for archive_maker.h alone. */
#ifndef SP_ARCHIVE_ZIP_H
#define SP_ARCHIVE_ZIP_H

#include "base/archive/archive_maker.h"

struct archive_zip;

/* As the functions of archive_maker.h; how many bytes a file has is the caller's to check, who also calls
 * archive_zip_close after the last of them. False, once given, is for good. */
struct archive_zip *archive_zip_begin(const struct archive_sink *sink);
bool archive_zip_file(struct archive_zip *zip, const char *name);
bool archive_zip_add(struct archive_zip *zip, const void *bytes, size_t length);
bool archive_zip_close(struct archive_zip *zip);
bool archive_zip_end(struct archive_zip *zip);

#endif
