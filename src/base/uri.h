/* `file:` URIs and paths (RFC 8089, RFC 3986). */
#ifndef SP_URI_H
#define SP_URI_H

#include "base/text.h"

#include <stdbool.h>

/* Appends the absolute path that a `file:` URI names, escapes decoded; false, with nothing added, when it is another
 * URI, names another host, or has a NUL in it. */
bool uri_to_path(struct text *path, const char *uri);

/* Appends a path as a URI reference: all but unreserved characters and slashes are percent-encoded. */
void uri_add_path(struct text *uri, const char *path);

/* Appends the `file:` URI of an absolute path. */
void uri_from_path(struct text *uri, const char *path);

#endif
