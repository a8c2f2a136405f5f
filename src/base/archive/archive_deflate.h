/* Compresses bytes with zlib and passes them to a sink. For archive_tar and archive_zip. */
#ifndef SP_ARCHIVE_DEFLATE_H
#define SP_ARCHIVE_DEFLATE_H

#include "base/archive/archive_maker.h"

#include <zlib.h>

/* Whether the compressed bytes have a gzip header and trailer. The values are zlib's window bits. */
enum archive_wrap { WRAP_NONE = -15, WRAP_GZIP = 31 };

struct archive_deflater {
	const struct archive_sink *sink;
	z_stream stream;
	uint64_t deflated; /* bytes passed to the sink */
};

/* Begins a stream, which archive_deflate_end must end. A gzip header has no time and no name. */
void archive_deflate_begin(struct archive_deflater *deflater, const struct archive_sink *sink, enum archive_wrap wrap);

/* Compresses bytes. False if the sink failed. */
bool archive_deflate_add(struct archive_deflater *deflater, const void *bytes, size_t length);

/* Frees the memory of zlib. If `is_good`, first flushes the bytes that zlib still holds. False if `is_good` is false or
 * the sink failed. */
bool archive_deflate_end(struct archive_deflater *deflater, bool is_good);

#endif
