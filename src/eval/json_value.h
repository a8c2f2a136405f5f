/* JSON texts as values of the language: configuration files, `--set`, readjson.
 *
 * Numbers keep the digits of the text. Where the text is that of a file, every value knows its place in it. */
#ifndef SP_JSON_VALUE_H
#define SP_JSON_VALUE_H

#include "eval/eval.h"

/* The value of the JSON text of `--set`, which stands at `at`; NULL when it is none. */
const struct value *json_value(struct eval *eval, const char *text, const struct node *at);

/* The value of the JSON text of a file, which becomes one of the program's; its values know their places in it. NULL when
 * it is none: then `*complaint` is the report, with `code`, of what is wrong. Name and text outlive the program. */
const struct value *json_value_of_file(struct eval *eval, enum diag_code code, const char *name, const char *text, size_t length,
                                       struct diag **complaint);

#endif
