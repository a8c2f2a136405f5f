#include "digest.h"

#include <assert.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <stdio.h>

/* libcrypto would read a configuration file, which the environment may name: the same bytes have the same digest
 * everywhere, so it is told not to. */
struct digest *digest_begin(void)
{
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	int is_begun = context && EVP_DigestInit_ex(context, EVP_sha256(), NULL);
	assert(is_begun); /* no memory, or a libcrypto without SHA-256 */
	(void)is_begun;
	return (struct digest *)context;
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
	assert(length == 32);
	for (unsigned i = 0; i < length; i++)
		snprintf(hex + 2 * i, 3, "%02x", raw[i]);
}

void digest_bytes(const void *bytes, size_t length, char hex[DIGEST_ROOM])
{
	struct digest *digest = digest_begin();
	digest_add(digest, bytes, length);
	digest_end(digest, hex);
}
