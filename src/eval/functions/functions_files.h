/* The functions that read files or make some; their rows are in the table of functions.c. */
#ifndef SP_FUNCTIONS_FILES_H
#define SP_FUNCTIONS_FILES_H

#include "eval/eval.h"

#define FUNCTION(name) \
	const struct value *name(struct eval *eval, const struct node *node, const struct value **args, size_t count)

FUNCTION(functions_call_archive);
FUNCTION(functions_call_file);
FUNCTION(functions_call_files_in);
FUNCTION(functions_call_folder);
FUNCTION(functions_call_readjson);
FUNCTION(functions_call_readtext);
FUNCTION(functions_call_sha256);
FUNCTION(functions_call_text_file);
FUNCTION(functions_call_zip);

#undef FUNCTION

#endif
