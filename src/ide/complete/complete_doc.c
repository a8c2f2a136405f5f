/* The documentation of items, callees and parameters. */
#include "ide/complete/complete.h"
#include "ide/hover/ide_facts.h"
#include "ide/hover/ide_hover.h"
#include "ide/hover/ide_words.h"

static const char *describe_word(struct arena *arena, const struct completion *item)
{
	const char *first = arena_copy(arena, item->label, strcspn(item->label, " "));
	switch (item->kind) {
	case COMPLETION_WORD:
		return ide_sentence(arena, ide_keyword(first));
	case COMPLETION_FUNCTION:
		return ide_sentence(arena, ide_function(first));
	case COMPLETION_NAME:
		return ide_sentence(arena, ide_space(first));
	default:
		return NULL;
	}
}

static const char *take_text(struct ide_card *card)
{
	const char *text = ide_card_take(card);
	return *text ? text : NULL;
}

const char *complete_document(struct arena *arena, struct program *program, const struct completion *item, bool is_markdown)
{
	struct ide_card card = {.arena = arena, .is_markdown = is_markdown};
	if (item->declaration)
		return ide_describe(program, arena, item->declaration, item->kind == COMPLETION_MEMBER, is_markdown);
	if (!item->type)
		return describe_word(arena, item);
	ide_add_type(&card, item->type);
	return take_text(&card);
}

const char *complete_document_callee(struct arena *arena, struct program *program, const struct signature *signature)
{
	if (signature->callee)
		return ide_doc(program, arena, signature->callee);
	return ide_sentence(arena, ide_function(arena_copy(arena, signature->label, strcspn(signature->label, "("))));
}

const char *complete_document_parameter(struct arena *arena, struct program *program, const struct node *parameter, bool is_markdown)
{
	struct ide_card card = {.arena = arena, .is_markdown = is_markdown};
	const struct node *reference = node_child(parameter, ROLE_TYPE);
	const struct type *type = bind_parameter_type(program, parameter);
	const char *doc = ide_doc(program, arena, parameter);
	if (doc)
		ide_card_add(&card, "%s", doc);
	if (bind_named_kind(program, reference))
		ide_card_add(&card, "A step of the kind `%s`.", reference->word->text);
	else if (type && type->is_literal)
		ide_add_place(&card, type, true);
	else if (type)
		ide_add_type(&card, type);
	return take_text(&card);
}
