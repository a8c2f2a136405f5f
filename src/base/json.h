/* JSON as text: what the emitter writes and what messages show. cJSON reads; this only writes, in one go, with
 * numbers as their source spells them. */
#ifndef SP_JSON_H
#define SP_JSON_H

#include "base/text.h"

/* Appends a quoted string. The bytes are valid UTF-8, which goes out as it is; only what JSON demands is
 * escaped (RFC 8259, 7). */
void json_add_string(struct text *out, const char *bytes, size_t length);

#endif
