#include "base/archive/archive_deflate.h"

#include <assert.h>

void archive_deflate_begin(struct archive_deflater *deflater, const struct archive_sink *sink, enum archive_wrap wrap)
{
	enum { LEVEL = 6, MEMORY = 8 };
	*deflater = (struct archive_deflater){.sink = sink};
	int status = deflateInit2(&deflater->stream, LEVEL, Z_DEFLATED, wrap, MEMORY, Z_DEFAULT_STRATEGY);
	assert(status == Z_OK); /* fails only when memory runs out */
	(void)status;
}

/* Passes bytes (at most what a `uInt` counts) to zlib, and zlib's output to the sink. */
static bool deflate_piece(struct archive_deflater *deflater, const void *bytes, size_t length, int flush)
{
	unsigned char buffer[16 * 1024];
	int status = Z_OK;
	deflater->stream.next_in = (void *)(uintptr_t)bytes;
	deflater->stream.avail_in = (uInt)length;
	do {
		deflater->stream.next_out = buffer;
		deflater->stream.avail_out = sizeof buffer;
		status = deflate(&deflater->stream, flush);
		size_t made = sizeof buffer - deflater->stream.avail_out;
		deflater->deflated += made;
		if (made && !deflater->sink->put(deflater->sink->context, buffer, made))
			return false;
	} while (flush == Z_FINISH ? status == Z_OK : deflater->stream.avail_out == 0);
	return true;
}

bool archive_deflate_add(struct archive_deflater *deflater, const void *bytes, size_t length)
{
	enum { PIECE = 1 << 20 };
	for (const unsigned char *at = bytes; length; ) {
		size_t piece = length < PIECE ? length : PIECE;
		if (!deflate_piece(deflater, at, piece, Z_NO_FLUSH))
			return false;
		at += piece;
		length -= piece;
	}
	return true;
}

bool archive_deflate_end(struct archive_deflater *deflater, bool is_good)
{
	is_good = is_good && deflate_piece(deflater, "", 0, Z_FINISH);
	deflateEnd(&deflater->stream);
	return is_good;
}
