/* JSON texts as values of the language: configuration files, `--set`, readjson.
 *
 * Numbers keep the digits of the text. Where the text is that of a file, every value knows its place in it. */
#ifndef SP_JSON_VALUE_H
#define SP_JSON_VALUE_H

#include "eval.h"

/* The value of a JSON text, which has a NUL behind it; NULL, with what is wrong in `*complaint` and where in
 * `*offset`, when it is none. Values stand at places of the file of `root` (an N_FILE), or, when that is NULL, at `at`. */
const struct value *json_value(struct eval *eval, const char *text, size_t length, struct node *root, const struct node *at,
                               const char **complaint, uint32_t *offset);

#endif
