/* What is known of an item, a callee or an argument, as Markdown that reads well as plain text too. */
#include "complete.h"

#include "describe.h"
#include "ide.h"
#include "module.h"

static void put_paragraph(struct text *out)
{
	if (out->length)
		text_puts(out, "\n\n");
}

static void put_doc(struct text *out, struct program *program, const struct node *node)
{
	struct arena scratch = {0};
	const char *doc = ide_doc(program, &scratch, node);
	if (doc) {
		put_paragraph(out);
		text_puts(out, doc);
	}
	arena_free(&scratch);
}

/* The source of a node on one line. */
static void put_source(struct text *out, const struct program *program, const struct node *node)
{
	const char *text = program_file(program, node)->text;
	for (uint32_t at = node->start; at < node->end; at++) {
		bool is_blank = strchr(" \t\r\n", text[at]) != NULL;
		if (!is_blank || out->bytes[out->length - 1] != ' ')
			text_putc(out, is_blank ? ' ' : text[at]);
	}
}

static void put_members(struct text *out, const struct type *type)
{
	while (type->kind == TYPE_LIST || type->kind == TYPE_MAP)
		type = type->element;
	if (type->kind != TYPE_SHAPE || !type->count)
		return;
	text_puts(out, "\n\n```pipe\n");
	for (uint32_t i = 0; i < type->count; i++) {
		text_printf(out, "%s%s: ", type->members[i].name->text, type->members[i].is_optional ? "?" : "");
		type_print(out, member_type(&type->members[i]));
		text_putc(out, '\n');
	}
	text_puts(out, "```");
}

static void put_type(struct text *out, const struct type *type)
{
	put_paragraph(out);
	text_putc(out, '`');
	describe_type(out, type);
	text_putc(out, '`');
}

static void put_default(struct text *out, const struct program *program, const struct node *declaration)
{
	const struct node *value = node_child(declaration, ROLE_VALUE);
	bool has_default = declaration->kind == N_MEMBER_DECL || declaration->kind == N_PARAMETER || declaration->kind == N_PARAM ||
	                   declaration->kind == N_CONFIG;
	if (!value || !has_default)
		return;
	put_paragraph(out);
	text_puts(out, "unless given: `");
	put_source(out, program, value);
	text_putc(out, '`');
}

void complete_document_callee(struct text *out, struct program *program, const struct node *callee)
{
	put_doc(out, program, callee);
	const struct node *base = node_child(callee, ROLE_KIND);
	const struct node *name = base && base->kind == N_CALL ? node_child(base, ROLE_LEFT) : base;
	if (callee->kind != N_KIND || !name || !name->word)
		return;
	put_paragraph(out);
	text_printf(out, "made from `%s`", name->word->text);
}

void complete_document_parameter(struct text *out, struct program *program, const struct node *parameter)
{
	const struct node *type = node_child(parameter, ROLE_TYPE);
	struct module *module = bind_module(program, parameter);
	bool is_kind = type && type->word && module_kind(module, type->word);
	put_doc(out, program, parameter);
	if (is_kind) {
		put_paragraph(out);
		text_printf(out, "a step of the kind `%s`", type->word->text);
	} else if (type) {
		put_type(out, type_from_node(&module->scope, type));
	}
	put_default(out, program, parameter);
}

void complete_document(struct text *out, struct program *program, const struct completion *item)
{
	const struct node *node = item->declaration;
	bool is_called = node && (node->kind == N_FUNCTION || node->kind == N_KIND || node->kind == N_COMPONENT);
	if (node && node->kind == N_PARAMETER) {
		complete_document_parameter(out, program, node);
		return;
	}
	if (is_called)
		complete_document_callee(out, program, node);
	else if (node)
		put_doc(out, program, node);
	if (item->type)
		put_type(out, item->type);
	if (node)
		put_default(out, program, node);
	if (item->type)
		put_members(out, item->type);
}
