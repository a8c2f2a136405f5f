/* Deflated bytes on their way to a sink, by zlib; for archive_tar and archive_zip. */
#ifndef SP_ARCHIVE_DEFLATE_H
#define SP_ARCHIVE_DEFLATE_H

#include "base/archive/archive_maker.h"

#include <zlib.h>

enum archive_wrap { WRAP_NONE = -15, WRAP_GZIP = 31 }; /* zlib's numbers of window bits */

struct archive_deflater {
	const struct archive_sink *sink;
	z_stream stream;
	uint64_t deflated; /* bytes that the sink was given */
};

/* Begins; archive_deflate_end must follow. A header of gzip has no time and no name. */
void archive_deflate_begin(struct archive_deflater *deflater, const struct archive_sink *sink, enum archive_wrap wrap);

/* False when the sink refuses. */
bool archive_deflate_add(struct archive_deflater *deflater, const void *bytes, size_t length);

/* Hands out what zlib held back if `is_good`, and frees. */
bool archive_deflate_end(struct archive_deflater *deflater, bool is_good);

#endif
