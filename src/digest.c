#include "digest.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>

/* libcrypto would read a configuration file, which the environment may name: the same bytes have the same digest
 * everywhere, so it is told not to. */
static EVP_MD_CTX *begin(const EVP_MD *kind)
{
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int is_begun = context && EVP_DigestInit_ex(context, kind, NULL);
	assert(is_begun); /* no memory, or a libcrypto without it */
	(void)is_begun;
	return context;
}

struct digest *digest_begin(void)
{
	return (struct digest *)begin(EVP_sha256());
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
	EVP_DigestUpdate((EVP_MD_CTX *)digest, bytes, length);
}

void digest_end(struct digest *digest, char hex[DIGEST_ROOM])
{
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned length = 0;
	EVP_DigestFinal_ex((EVP_MD_CTX *)digest, raw, &length);
	EVP_MD_CTX_free((EVP_MD_CTX *)digest);
	assert(2 * length < DIGEST_ROOM);
	for (unsigned i = 0; i < length; i++)
		snprintf(hex + 2 * i, 3, "%02x", raw[i]);
}

void digest_bytes(const void *bytes, size_t length, char hex[DIGEST_ROOM])
{
	struct digest *digest = digest_begin();
	digest_add(digest, bytes, length);
	digest_end(digest, hex);
}

void digest_sha1(const void *bytes, size_t length, char hex[DIGEST_ROOM])
{
	struct digest *digest = (struct digest *)begin(EVP_sha1());
	digest_add(digest, bytes, length);
	digest_end(digest, hex);
}
