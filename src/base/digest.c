#include "base/digest.h"

#include "base/arena.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

struct digest {
	struct sha256_ctx context;
};

static void put_hex(const uint8_t *raw, size_t length, char *hex)
{
	for (size_t i = 0; i < length; i++)
		snprintf(hex + 2 * i, 3, "%02x", raw[i]);
}

struct digest *digest_begin(void)
{
	struct digest *digest = malloc(sizeof *digest);
	if (!digest)
		arena_exhausted();
	sha256_init(&digest->context);
	return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
	sha256_update(&digest->context, length, bytes);
}

void digest_end(struct digest *digest, char hex[DIGEST_ROOM])
{
	uint8_t raw[SHA256_DIGEST_SIZE];
	sha256_digest(&digest->context, sizeof raw, raw);
	free(digest);
	put_hex(raw, sizeof raw, hex);
}

void digest_bytes(const void *bytes, size_t length, char hex[DIGEST_ROOM])
{
	struct digest *digest = digest_begin();
	digest_add(digest, bytes, length);
	digest_end(digest, hex);
}

void digest_sha1(const void *bytes, size_t length, char hex[DIGEST_ROOM])
{
	struct sha1_ctx context;
	uint8_t raw[SHA1_DIGEST_SIZE];
	sha1_init(&context);
	sha1_update(&context, length, bytes);
	sha1_digest(&context, sizeof raw, raw);
	put_hex(raw, sizeof raw, hex);
}
