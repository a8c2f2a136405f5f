/* Writes JSON strings as text, for the emitter and for messages. Trees are written with json_tree.h. */
#ifndef SP_JSON_H
#define SP_JSON_H

#include "base/text.h"

/* Appends a quoted string. The bytes must be valid UTF-8 and are written unchanged, except that the characters that
 * JSON requires to be escaped (RFC 8259, section 7) and DEL are escaped. */
void json_add_string(struct text *out, const char *bytes, size_t length);

#endif
