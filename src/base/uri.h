/* Conversion between `file:` URIs and paths (RFC 8089, RFC 3986). */
#ifndef SP_URI_H
#define SP_URI_H

#include "base/text.h"

#include <stdbool.h>

/* Appends the absolute path of a `file:` URI, with escapes decoded. False, with nothing appended, if the URI has
 * another scheme, names another host, or contains a NUL. */
bool uri_to_path(struct text *path, const char *uri);

/* Appends a path as a URI reference: everything but unreserved characters and slashes is percent-encoded. */
void uri_add_path(struct text *uri, const char *path);

/* Appends the `file:` URI of an absolute path. */
void uri_from_path(struct text *uri, const char *path);

#endif
