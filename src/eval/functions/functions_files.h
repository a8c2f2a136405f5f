/* The functions that read files or make some; their rows are in the table of functions.c. */
#ifndef SP_FUNCTIONS_FILES_H
#define SP_FUNCTIONS_FILES_H

#include "eval/eval.h"

#define FUNCTION(name) \
	const struct value *name(struct eval *eval, const struct node *node, const struct value **args, size_t count)

FUNCTION(call_archive);
FUNCTION(call_file);
FUNCTION(call_files_in);
FUNCTION(call_folder);
FUNCTION(call_readjson);
FUNCTION(call_readtext);
FUNCTION(call_sha256);
FUNCTION(call_text_file);
FUNCTION(call_zip);

#undef FUNCTION

#endif
