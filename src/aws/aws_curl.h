/* libcurl, loaded when the first request is sent. Linked, it brings about thirty libraries along, and the compiler starts
 * five times slower. Only the functions listed here are used. */
#ifndef SP_AWS_CURL_H
#define SP_AWS_CURL_H

#include <curl/curl.h>
#include <stdbool.h>

/* The functions of libcurl, by their names without `curl_`. */
#define AWS_CURL_FUNCTIONS(X)                                                                                              \
	X(global_init) X(version_info) X(easy_init) X(easy_reset) X(easy_setopt) X(easy_perform) X(easy_getinfo)            \
	X(easy_cleanup) X(easy_strerror) X(slist_append) X(slist_free_all)

#undef curl_easy_setopt
#undef curl_easy_getinfo

struct aws_curl {
#define X(name) __typeof__(curl_##name) *name;
	AWS_CURL_FUNCTIONS(X)
#undef X
};

/* The initialized library, loaded once. NULL, with a message in `*reason`, if it is missing or too old. */
const struct aws_curl *aws_curl_load(const char **reason);

#endif
