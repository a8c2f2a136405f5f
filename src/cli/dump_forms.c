#include "cli/dump_forms.h"

#include "emit/dump.h"
#include "emit/expanded.h"
#include "syntax/node_dump.h"
#include "syntax/token.h"

static void write_tokens(struct text *out, const struct tree *tree)
{
	token_dump(out, tree->file, tree->tokens, tree->token_count);
}

const struct dump_form dump_forms[] = {
	{"tokens", write_tokens, NULL},
	{"tree", node_dump, NULL},
	{"symbols", NULL, dump_symbols},
	{"types", NULL, dump_types},
	{"graph", NULL, dump_graph},
	{"expanded", NULL, expanded_write},
};

const char *dump_form_name(size_t index)
{
	return index < sizeof dump_forms / sizeof *dump_forms ? dump_forms[index].name : NULL;
}
