/* Writes JSON as text, for the emitter and for messages. (cJSON is used to read.) Numbers keep the spelling of their
 * source. */
#ifndef SP_JSON_H
#define SP_JSON_H

#include "base/text.h"

/* Appends a quoted string. The bytes must be valid UTF-8, which is written unchanged; only what JSON requires is
 * escaped (RFC 8259, section 7). */
void json_add_string(struct text *out, const char *bytes, size_t length);

#endif
