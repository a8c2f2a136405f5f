/* Digests, computed by Nettle: SHA-256 of a whole text or of pieces as they arrive, and SHA-1 of a whole text. */
#ifndef SP_DIGEST_H
#define SP_DIGEST_H

#include <stddef.h>

/* Room for 64 hexadecimal digits and a NUL. */
enum { DIGEST_ROOM = 65 };

struct digest;

/* Starts a digest; digest_end frees it. */
struct digest *digest_begin(void);

void digest_add(struct digest *digest, const void *bytes, size_t length);

/* Writes the digest of all bytes added, in hexadecimal, and frees `digest`. */
void digest_end(struct digest *digest, char hex[DIGEST_ROOM]);

/* Writes the digest of one text, in hexadecimal. */
void digest_bytes(const void *bytes, size_t length, char hex[DIGEST_ROOM]);

/* Writes the SHA-1 of a text as 40 hexadecimal digits. AWS's tools name files by it. */
void digest_sha1(const void *bytes, size_t length, char hex[DIGEST_ROOM]);

#endif
