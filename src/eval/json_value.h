/* JSON texts as values of the language: configuration files, `--set`, readjson.
 *
 * Numbers keep the digits of the text. The place of a value from a file is in that file. */
#ifndef SP_JSON_VALUE_H
#define SP_JSON_VALUE_H

#include "eval/eval.h"

/* The value of the JSON text of a `--set`, with `at` as its place; NULL when the text is not JSON. */
const struct value *json_value(struct eval *eval, const char *text, const struct node *at);

/* The value of the JSON text of a file, which becomes one of the program's files. Name and text outlive the program. NULL when the
 * text is not JSON; then `*complaint` is the report, whose code is `code`. */
const struct value *json_value_of_file(struct eval *eval, enum diag_code code, const char *name, const char *text, size_t length,
                                       struct diag **complaint);

#endif
