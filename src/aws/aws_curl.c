#include "aws/aws_curl.h"

#include <dlfcn.h>
#include <stddef.h>

#ifdef __APPLE__
#define LIBRARY "libcurl.4.dylib"
#else
#define LIBRARY "libcurl.so.4"
#endif

enum { VERSION_MIN = 0x075800 }; /* 7.88.0: signs session tokens, and takes the time from a header */

static bool load(struct aws_curl *curl, const char **reason)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		*reason = dlerror();
		return false;
	}
	/* POSIX allows this conversion of a data pointer to a function pointer; ISO C does not. */
#define X(name)                                                                                                    \
	*(void **)(&curl->name) = dlsym(library, "curl_" #name);                                                   \
	if (!curl->name) {                                                                                         \
		*reason = LIBRARY " has no curl_" #name;                                                           \
		return false;                                                                                      \
	}
	AWS_CURL_FUNCTIONS(X)
#undef X
	if (curl->version_info(CURLVERSION_NOW)->version_num < VERSION_MIN) {
		*reason = "the installed libcurl is older than 7.88";
		return false;
	}
	if (curl->global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		*reason = "libcurl cannot be initialized";
		return false;
	}
	return true;
}

const struct aws_curl *aws_curl_load(const char **reason)
{
	static struct aws_curl curl;
	static bool is_loaded;
	is_loaded = is_loaded || load(&curl, reason);
	return is_loaded ? &curl : NULL;
}
