/* What the files of the built-in functions share. Only they include it. */
#ifndef SP_FUNCTIONS_PARTS_H
#define SP_FUNCTIONS_PARTS_H

#include "eval/functions/functions.h"

/* Reports an argument of the wrong type; always value_error. `wanted` is what the function takes, for the message. */
const struct value *functions_wrong_type(const struct function_call *call, const struct value *wrong, const char *wanted);

/* Whether all arguments are constant text; false after a report. `wanted` is what the function takes, for the message. */
bool functions_are_text(const struct function_call *call, const char *wanted);

/* Text as the result of a call. functions_free_to_string frees `text`. */
const struct value *functions_string(const struct function_call *call, const char *bytes, size_t length);
const struct value *functions_free_to_string(const struct function_call *call, struct text *text);

/* A list with room for `room` items, for the caller to fill. */
struct value *functions_new_list(const struct function_call *call, size_t room);

/* The functions in the table, by file. */
#define FUNCTION(name) const struct value *functions_call_##name(const struct function_call *call)

/* Text (functions_text.c) */
FUNCTION(base64);
FUNCTION(basename);
FUNCTION(dirname);
FUNCTION(endswith);
FUNCTION(lower);
FUNCTION(matches);
FUNCTION(replace);
FUNCTION(sha256);
FUNCTION(split);
FUNCTION(startswith);
FUNCTION(trim);
FUNCTION(upper);

/* Numbers (functions_numbers.c) */
FUNCTION(abs);
FUNCTION(ceil);
FUNCTION(float);
FUNCTION(floor);
FUNCTION(integer);
FUNCTION(max);
FUNCTION(min);
FUNCTION(policy_texts);
FUNCTION(product);
FUNCTION(range);
FUNCTION(round);

/* Values of any type, lists and objects (functions_values.c) */
FUNCTION(contains);
FUNCTION(keys);
FUNCTION(known);
FUNCTION(leaves);
FUNCTION(len);
FUNCTION(tojson);
FUNCTION(typeof);
FUNCTION(values);

/* Deferred values: text, and parts of JSON files (functions_deferred.c) */
FUNCTION(join);
FUNCTION(jsonget);
FUNCTION(name);
FUNCTION(s3json);
FUNCTION(string);

/* Files of the project (functions_files.c) */
FUNCTION(archive);
FUNCTION(check_file);
FUNCTION(file);
FUNCTION(files_in);
FUNCTION(folder);
FUNCTION(readjson);
FUNCTION(readtext);
FUNCTION(text_file);
FUNCTION(zip);

#undef FUNCTION

#endif
