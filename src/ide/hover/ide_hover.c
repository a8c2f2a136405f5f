#include "ide/hover/ide_hover.h"

#include "eval/functions/functions.h"
#include "eval/module.h"
#include "ide/hover/ide_facts.h"
#include "ide/hover/ide_words.h"
#include "ide/ide_hierarchy.h"
#include "syntax/token.h"

struct hover_query {
	struct program *program;
	struct arena *arena;
	const struct tree *tree;
	struct ide_card card;
};

/* --- declarations --- */

static void add_doc(struct hover_query *q, const struct node *declaration)
{
	const char *doc = ide_doc(q->program, q->arena, declaration);
	if (doc)
		ide_card_add(&q->card, "%s", doc);
}

static const struct {
	enum node_op trigger;
	const char *upstream, *downstream;
} call_texts[] = {
	{OP_NONE, "Depends on", "Needed by"},
	{TRIGGER_FAILED, "Runs on failure of", "Its failure starts"},
	{TRIGGER_STOPPED, "Runs on stop of", "Its stop starts"},
	{TRIGGER_ANY, "Runs on any end of", "Any end of it starts"},
};

/* Adds the steps that a step depends on, or those that depend on it. */
static void add_calls(struct hover_query *q, const struct node *step, bool is_upstream)
{
	struct ide_calls calls = {0};
	ide_list_calls(q->program, q->arena, step, is_upstream, &calls);
	for (size_t k = 0; k < sizeof call_texts / sizeof *call_texts; k++) {
		struct ide_list list = {0};
		const struct node *last = NULL;
		for (size_t i = 0; i < calls.count; i++) {
			const struct ide_call *call = &calls.items[i];
			if (call->trigger != call_texts[k].trigger || !call->step->word || call->step == last)
				continue;
			last = call->step;
			ide_list_add(&list, last->word->text);
		}
		if (list.count)
			ide_card_add(&q->card, "%s %s.", is_upstream ? call_texts[k].upstream : call_texts[k].downstream,
			             ide_list_end(&list));
		text_free(&list.text);
	}
}

/* Whether a declaration makes a step: it declares the step, or an instance of a component that contains the step. */
static bool makes_step(const struct node *declaration, const struct step *step)
{
	const struct instance *instance = step->scope->instance;
	while (instance && instance->node != declaration)
		instance = instance->outer->instance;
	return step->node == declaration || instance;
}

/* Adds the names of the steps that a declaration makes, unless it is one step with the declared name. */
static void add_step_names(struct hover_query *q, const struct node *declaration)
{
	struct ide_list list = {0};
	for (size_t i = 0; i < q->program->all_steps.count; i++) {
		const struct step *step = q->program->all_steps.items[i];
		bool is_plain = step->step_name == declaration->word && !node_child(declaration, ROLE_FAMILY);
		if (step->step_name && !step->is_absent && !is_plain && makes_step(declaration, step))
			ide_list_add(&list, step->step_name->text);
	}
	if (list.count)
		ide_card_add(&q->card, "In the definition: %s.", ide_list_end(&list));
	text_free(&list.text);
}

static void add_step(struct hover_query *q, const struct node *declaration)
{
	ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	add_step_names(q, declaration);
	add_calls(q, declaration, true);
	add_calls(q, declaration, false);
}

static void add_kind(struct hover_query *q, const struct node *declaration)
{
	struct module *module = bind_module(q->program, declaration);
	const struct kind *kind = module == &q->program->library ? kind_find(q->program->world, declaration->word)
	                                                         : module_kind(module, declaration->word);
	ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	if (kind && kind->type && kind->type != kind->name)
		ide_card_add(&q->card, "`Type: \"%s\"`", kind->type->text);
	if (kind)
		ide_add_kind(&q->card, q->program, kind);
}

static void add_component(struct hover_query *q, const struct node *declaration)
{
	struct ide_list list = {0};
	const struct node *block = node_child(declaration, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_EXPORT && item->word)
			ide_list_add(&list, item->word->text);
	ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	if (list.count)
		ide_card_add(&q->card, "Exports %s.", ide_list_end(&list));
	text_free(&list.text);
}

static void add_type_declaration(struct hover_query *q, const struct node *declaration)
{
	ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	ide_add_page(&q->card, q->program, declaration);
}

/* The value of a declared symbol, if it was evaluated; or NULL. */
static const struct value *declared_value(struct hover_query *q, const struct node *declaration)
{
	const struct symbol *symbol = map_get(&bind_module(q->program, declaration)->values, declaration->word);
	return symbol && symbol->node == declaration ? symbol->value : NULL;
}

static const struct node *expression_of(const struct node *declaration)
{
	return declaration->kind == N_LET || declaration->kind == N_EXPORT || declaration->kind == N_FIELD
	               ? node_child(declaration, ROLE_VALUE) : NULL;
}

/* Describes the name of a value: its declaration, its type, and its value if known. */
static void add_value_name(struct hover_query *q, const struct ide_name *name)
{
	const struct node *declaration = name->declaration, *expression = expression_of(declaration);
	const struct node *reference = node_child(declaration, ROLE_TYPE);
	const struct value *value = bind_value(q->program, name->node);
	if (!value)
		value = expression ? program_value(q->program, expression) : declared_value(q, declaration);
	if (declaration->kind == N_NAME)
		ide_card_code(&q->card, "pipe", declaration->word->text);
	else
		ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	if (reference && declaration->kind != N_OUTPUT)
		ide_add_type(&q->card, type_from_node(&bind_module(q->program, declaration)->scope, reference));
	else if (value && value_type(value)->kind != TYPE_ANY)
		ide_card_add(&q->card, "`%s`", type_text(q->arena, value_type(value)));
	/* a variable has another value in each iteration, a parameter in each call; the value of a literal is in the source */
	if (declaration->kind != N_NAME && declaration->kind != N_PARAMETER &&
	    !(expression && (expression->kind == N_STRING || expression->kind == N_NUMBER)))
		ide_add_value(&q->card, value);
}

static void add_parameter(struct hover_query *q, const struct node *declaration)
{
	const struct node *reference = node_child(declaration, ROLE_TYPE), *owner = declaration->parent;
	ide_add_source(&q->card, q->program, declaration);
	add_doc(q, declaration);
	ide_card_add(&q->card, node_child(declaration, ROLE_VALUE) ? "Optional argument of `%s`." : "Argument of `%s`.",
	             owner->word ? owner->word->text : "");
	if (reference && !kind_find(q->program->world, reference->word))
		ide_add_place(&q->card, type_from_node(&bind_module(q->program, declaration)->scope, reference), false);
}

/* Describes a function; at a call, also the result. */
static void add_function(struct hover_query *q, const struct ide_name *name)
{
	const struct node *call = name->node->parent;
	ide_add_source(&q->card, q->program, name->declaration);
	add_doc(q, name->declaration);
	if (call && call->kind == N_CALL && name->node->role == ROLE_LEFT)
		ide_add_value(&q->card, bind_value(q->program, call));
}

/* Whether a field is inside a schedule or inside a member of a literal type, which take constants only. */
static bool is_constant_place(struct program *program, const struct node *node)
{
	for (; node; node = node->parent) {
		struct member *member = node->kind == N_FIELD ? bind_member(program, node) : NULL;
		if (node->kind == N_SCHEDULE || (member && type_of_member(member)->is_literal))
			return true;
	}
	return false;
}

static void add_declaration(struct hover_query *q, const struct ide_name *name)
{
	const struct node *declaration = name->declaration;
	switch (declaration->kind) {
	case N_STEP:
	case N_CONDITION:
	case N_FOREACH:
		add_step(q, declaration);
		break;
	case N_KIND:
		add_kind(q, declaration);
		break;
	case N_COMPONENT:
		add_component(q, declaration);
		break;
	case N_SHAPE:
	case N_ENUM:
	case N_TYPE:
		add_type_declaration(q, declaration);
		break;
	case N_PARAMETER:
		add_parameter(q, declaration);
		break;
	case N_MEMBER_DECL:
		if (name->node->kind == N_MEMBER || name->node->kind == N_STRING)
			ide_add_property(&q->card, q->program, declaration, bind_value(q->program, name->node));
		else
			ide_add_field(&q->card, q->program, declaration, is_constant_place(q->program, name->node));
		break;
	case N_FUNCTION:
		add_function(q, name);
		break;
	case N_USE:
	case N_SCHEDULE:
	case N_PIPELINE:
		ide_add_source(&q->card, q->program, declaration);
		add_doc(q, declaration);
		add_step_names(q, declaration);
		break;
	default:
		add_value_name(q, name);
	}
}

/* --- without a declaration --- */

/* Describes a built-in function or object. */
static bool add_built_in(struct hover_query *q, const struct node *name)
{
	bool is_called = name->parent && name->parent->kind == N_CALL && name->role == ROLE_LEFT;
	const char *meaning = is_called ? ide_function(name->word->text) : ide_space(name->word->text);
	if (name->kind != N_NAME || !meaning)
		return false;
	const struct function *function = is_called ? functions_find(name->word->text) : NULL;
	ide_card_code(&q->card, "pipe", function ? function->signature : name->word->text);
	ide_card_add(&q->card, "%s", ide_sentence(q->arena, meaning));
	if (function && function->example)
		ide_card_add(&q->card, "Example: `%s`", function->example);
	if (is_called)
		ide_add_value(&q->card, bind_value(q->program, name->parent));
	return true;
}

static bool add_keyword(struct hover_query *q, uint32_t offset, struct span *span)
{
	size_t index = node_token_ending_after(q->tree, offset);
	const struct token *token = &q->tree->tokens[index];
	if (index == q->tree->token_count || token->start > offset || token->keyword == KEYWORD_NONE)
		return false;
	bool is_second = token->keyword == KEYWORD_ON && index && /* of `depends on`, `retry on` */
	                 (token[-1].keyword == KEYWORD_DEPENDS || token[-1].keyword == KEYWORD_RETRY);
	const char *word = token_keyword_text(is_second ? token[-1].keyword : token->keyword), *meaning = ide_keyword(word);
	if (!meaning)
		return false;
	ide_card_code(&q->card, "pipe", word);
	ide_card_add(&q->card, "%s", ide_sentence(q->arena, meaning));
	*span = span_of(token->start, token->end);
	return true;
}

/* Describes the innermost expression at an offset: its value or, for a literal, the expected type. False if there is nothing to show. */
static bool add_expression(struct hover_query *q, uint32_t offset, struct span *span)
{
	const struct node *node = node_at(q->tree, offset);
	while (node && node->kind == N_STRING && node->parent && node->parent->kind == N_TEMPLATE)
		node = node->parent;
	if (!node || node->kind < N_NAME || node->kind > N_TERNARY || node->kind == N_ARGUMENT || offset == node->end)
		return false;
	const struct type *expected = bind_expected(q->program, node);
	const struct value *value = bind_value(q->program, node);
	if (node->kind == N_BINARY && node->op == OP_AND && node->parent->kind == N_ARM)
		return false; /* emitted as several conditions */
	*span = node_span(node);
	if (expected && (node->kind == N_STRING || node->kind == N_NUMBER))
		ide_add_type(&q->card, expected);
	else
		ide_add_value(&q->card, value);
	return q->card.text.length != 0;
}

/* Describes a name without a declaration, if it is built in or has a value. */
static bool add_undeclared(struct hover_query *q, const struct ide_name *name)
{
	if (add_built_in(q, name->node))
		return true;
	if (name->node->kind == N_MEMBER || name->node->kind == N_NAME)
		ide_add_value(&q->card, bind_value(q->program, name->node));
	return q->card.text.length != 0;
}

bool ide_hover(struct program *program, struct arena *arena, const struct tree *tree, uint32_t offset, bool is_markdown,
               struct ide_hover *hover)
{
	struct hover_query query = {.program = program, .arena = arena, .tree = tree};
	struct ide_name name;
	query.card = (struct ide_card){.arena = arena, .is_markdown = is_markdown};
	bool is_name = ide_find_name(program, tree, offset, &name), is_answered;
	if (is_name)
		hover->span = name.span;
	if (is_name && name.declaration) {
		add_declaration(&query, &name);
		is_answered = true;
	} else {
		is_answered = (is_name && add_undeclared(&query, &name)) || add_keyword(&query, offset, &hover->span) ||
		              add_expression(&query, offset, &hover->span);
	}
	hover->text = ide_card_take(&query.card);
	return is_answered;
}

const char *ide_describe(struct program *program, struct arena *arena, const struct node *declaration, bool is_read,
                         bool is_markdown)
{
	struct hover_query query = {.program = program, .arena = arena, .tree = program_tree(program, declaration)};
	query.card = (struct ide_card){.arena = arena, .is_markdown = is_markdown};
	if (declaration->kind == N_MEMBER_DECL && is_read)
		ide_add_property(&query.card, program, declaration, NULL);
	else
		add_declaration(&query, &(struct ide_name){.node = declaration, .declaration = declaration});
	return ide_card_take(&query.card);
}
