/* SHA-256, by Nettle: of a text at once, or of pieces as they come. */
#ifndef SP_DIGEST_H
#define SP_DIGEST_H

#include <stddef.h>

/* 64 hexadecimal digits and a NUL. */
enum { DIGEST_ROOM = 65 };

struct digest;

/* A digest that has seen nothing yet; digest_end frees it. */
struct digest *digest_begin(void);

void digest_add(struct digest *digest, const void *bytes, size_t length);

/* Writes the digits of all that was added, and frees the digest. */
void digest_end(struct digest *digest, char hex[DIGEST_ROOM]);

/* The digest of one text. */
void digest_bytes(const void *bytes, size_t length, char hex[DIGEST_ROOM]);

/* The SHA-1 of a text, in 40 digits: AWS's tools call files so. */
void digest_sha1(const void *bytes, size_t length, char hex[DIGEST_ROOM]);

#endif
