#include "eval/assets/assets.h"

#include <assert.h>
#include <errno.h>

const char *assets_kind_name(enum asset_kind kind)
{
	static const char *const names[] = {"file", "text", "folder", "archive", "zip"};
	return names[kind];
}

struct assets *assets_of(struct program *program)
{
	if (!program->assets)
		program->assets = arena_new(program->arena, struct assets);
	return program->assets;
}

const struct asset *assets_find(const struct program *program, const struct word *uri)
{
	return program->assets ? map_get(&program->assets->by_uri, uri) : NULL;
}

/* A sink that also feeds a digest. */
struct tee {
	struct digest *digest;
	const struct archive_sink *sink;
};

static bool put_into_tee(void *context, const void *bytes, size_t length)
{
	struct tee *tee = context;
	digest_add(tee->digest, bytes, length);
	return tee->sink->put(tee->sink->context, bytes, length);
}

/* Copies a file to a sink. False if the part has a digest already, and the file no longer has it. */
static bool write_file(const struct reader *reader, const struct asset_part *part, const struct archive_sink *sink)
{
	struct tee tee = {digest_begin(), sink};
	char digest[DIGEST_ROOM];
	bool is_read = reader->stream(reader->context, part->path, put_into_tee, &tee);
	int error = errno;
	digest_end(tee.digest, digest);
	errno = is_read ? 0 : error;
	return is_read && (!*part->digest || strcmp(digest, part->digest) == 0);
}

bool assets_write_part(const struct reader *reader, const struct asset_part *part, const struct archive_sink *sink)
{
	errno = 0;
	if (part->made)
		return assets_write(reader, part->made, sink);
	if (part->path)
		return write_file(reader, part, sink);
	return sink->put(sink->context, part->bytes, part->size);
}

static bool count_bytes(void *context, const void *bytes, size_t length)
{
	(void)bytes;
	*(uint64_t *)context += length;
	return true;
}

/* The length of a part in an archive. An archive in an archive is packed to find it. */
static bool measure_length(const struct reader *reader, const struct asset_part *part, uint64_t *size)
{
	const struct archive_sink sink = {size, count_bytes};
	*size = part->made ? 0 : part->size;
	return !part->made || assets_write(reader, part->made, &sink);
}

static bool put_into_archive(void *maker, const void *bytes, size_t length)
{
	return archive_maker_add(maker, bytes, length);
}

bool assets_write(const struct reader *reader, const struct asset *asset, const struct archive_sink *sink)
{
	assert(asset->kind != ASSET_FOLDER);
	if (asset->kind == ASSET_FILE || asset->kind == ASSET_TEXT)
		return assets_write_part(reader, asset->parts, sink);
	struct archive_maker *maker = archive_maker_begin(asset->kind == ASSET_ZIP ? ARCHIVE_ZIP : ARCHIVE_TAR_GZ, sink);
	const struct archive_sink inner = {maker, put_into_archive};
	bool is_good = true;
	uint64_t size;
	errno = 0;
	for (size_t i = 0; i < asset->part_count && is_good; i++)
		is_good = measure_length(reader, &asset->parts[i], &size) && archive_maker_file(maker, asset->parts[i].name, size) &&
		          assets_write_part(reader, &asset->parts[i], &inner);
	int error = errno;
	is_good = archive_maker_end(maker) && is_good;
	errno = error;
	return is_good;
}
