#include "base/archive/archive_pack.h"

#include <assert.h>

void archive_pack_begin(struct archive_pack *pack, const struct archive_sink *sink, enum archive_wrap wrap)
{
	enum { LEVEL = 6, MEMORY = 8 };
	*pack = (struct archive_pack){.sink = sink};
	int status = deflateInit2(&pack->stream, LEVEL, Z_DEFLATED, wrap, MEMORY, Z_DEFAULT_STRATEGY);
	assert(status == Z_OK); /* no memory */
	(void)status;
}

/* Hands at most a `uInt` of bytes to zlib, and what it gives back to the sink. */
static bool squeeze(struct archive_pack *pack, const void *bytes, size_t length, int how)
{
	unsigned char room[16 * 1024];
	int status = Z_OK;
	pack->stream.next_in = (void *)(uintptr_t)bytes;
	pack->stream.avail_in = (uInt)length;
	do {
		pack->stream.next_out = room;
		pack->stream.avail_out = sizeof room;
		status = deflate(&pack->stream, how);
		size_t made = sizeof room - pack->stream.avail_out;
		pack->packed += made;
		if (made && !pack->sink->put(pack->sink->context, room, made))
			return false;
	} while (how == Z_FINISH ? status == Z_OK : pack->stream.avail_out == 0);
	return true;
}

bool archive_pack_add(struct archive_pack *pack, const void *bytes, size_t length)
{
	enum { PIECE = 1 << 20 };
	for (const unsigned char *at = bytes; length; ) {
		size_t piece = length < PIECE ? length : PIECE;
		if (!squeeze(pack, at, piece, Z_NO_FLUSH))
			return false;
		at += piece;
		length -= piece;
	}
	return true;
}

bool archive_pack_end(struct archive_pack *pack, bool is_good)
{
	is_good = is_good && squeeze(pack, "", 0, Z_FINISH);
	deflateEnd(&pack->stream);
	return is_good;
}
