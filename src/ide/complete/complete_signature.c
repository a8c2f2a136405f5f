/* Signature help: the call around a place, and the parameter that is being written. */
#include "ide/complete/complete.h"

#include "eval/functions/functions.h"
#include "ide/bind.h"
#include "ide/complete/complete_place.h"
#include "ide/ide_text.h"

/* --- labels --- */

struct label {
	struct arena *arena;
	struct text text;
	struct signature *signature;
	size_t room;
};

static void add_parameter(struct label *label, struct span span, const struct node *node)
{
	struct signature *signature = label->signature;
	if (signature->count == label->room)
		signature->parameters = vec_grow(label->arena, signature->parameters, &label->room, sizeof *signature->parameters);
	signature->parameters[signature->count++] = (struct signature_parameter){span, node};
}

static void label_callee(struct label *label, struct program *program, const struct node *callee)
{
	text_printf(&label->text, "%s(", callee->word->text);
	for (const struct node *p = node_child(callee, ROLE_PARAMETER); p; p = node_next(p)) {
		text_puts(&label->text, label->signature->count ? ", " : "");
		uint32_t start = (uint32_t)label->text.length;
		ide_put_on_one_line(&label->text, program_file(program, p)->text, node_span(p));
		add_parameter(label, span_of(start, (uint32_t)label->text.length), p);
	}
	text_putc(&label->text, ')');
}

/* Takes the label of a built-in function from its signature, such as "range([from,] to [, step])". Each word after the `(` is a
 * parameter. */
static void label_built_in(struct label *label, const struct function *function)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz_";
	text_puts(&label->text, function->signature);
	for (const char *at = strchr(function->signature, '('); *at;) {
		size_t length = strspn(at, letters);
		uint32_t start = (uint32_t)(at - function->signature);
		if (length)
			add_parameter(label, span_of(start, start + (uint32_t)length), NULL);
		at += length + !length;
	}
}

/* --- the call --- */

/* Whether the place is between the parentheses of a call around it. If the copy has a marker, it always is. */
static bool is_in_parentheses(const struct complete_place *place, const struct node *call)
{
	const struct node *name = node_child(call, ROLE_LEFT);
	return name && (place->at || (place->offset > name->end && place->offset < call->end));
}

/* The innermost call around the place, but not around its block; or NULL. `*argument` is the call's argument at the place, or NULL. */
static const struct node *call_around(const struct complete_place *place, const struct node **argument)
{
	const struct node *inner = NULL;
	*argument = NULL;
	for (const struct node *node = place->around; node && node->kind != N_BLOCK; node = node->parent) {
		if (node->kind == N_ARGUMENT)
			*argument = node;
		bool is_name = inner && inner == node_child(node, ROLE_LEFT);
		if (node->kind == N_CALL && !is_name && is_in_parentheses(place, node))
			return node;
		if (node->kind == N_CALL)
			*argument = NULL;
		inner = node;
	}
	return NULL;
}

static const struct node *parameter_named(const struct node *callee, const struct word *name)
{
	const struct node *parameter = node_child(callee, ROLE_PARAMETER);
	while (parameter && parameter->word != name)
		parameter = node_next(parameter);
	return parameter;
}

/* The parameter for an argument. While its name is being typed, or if it follows arguments with names, that is the first parameter
 * without an argument. */
static const struct node *parameter_of(const struct complete_place *place, const struct node *callee, const struct node *call,
                                       const struct node *argument)
{
	struct program *program = place->program;
	const char *written = place->tree->file->text + place->span.start;
	const struct word *name = names_intern(&program->world->names, written, place->span.end - place->span.start);
	bool is_being_named = place->at && argument->word == place->at->word;
	const struct node *parameter = is_being_named ? parameter_named(callee, name) : bind_parameter(program, argument);
	bool is_unnamed = argument->word && !parameter;
	struct map given = {0};
	for (const struct node *item = node_child(call, ROLE_ITEM); item; item = node_next(item)) {
		const struct node *other = item == argument ? NULL : bind_parameter(program, item);
		is_unnamed |= other && item->word && item->start < argument->start;
		if (other && other->word)
			map_put(place->arena, &given, other->word, (void *)other);
	}
	if (!is_unnamed || (argument->word && parameter))
		return parameter;
	parameter = node_child(callee, ROLE_PARAMETER);
	while (parameter && parameter->word && map_get(&given, parameter->word))
		parameter = node_next(parameter);
	return parameter;
}

/* The index of an argument's parameter in the signature; `count` when it has none. */
static size_t active_parameter(const struct complete_place *place, const struct signature *signature, const struct node *call,
                               const struct node *argument)
{
	if (!argument || !signature->count)
		return 0;
	const struct node *parameter = signature->callee ? parameter_of(place, signature->callee, call, argument) : NULL;
	for (size_t i = 0; signature->callee && i < signature->count; i++)
		if (signature->parameters[i].node == parameter)
			return i;
	if (signature->callee)
		return signature->count;
	size_t before = 0;
	for (const struct node *item = node_child(call, ROLE_ITEM); item && item != argument; item = node_next(item))
		before++;
	return before < signature->count ? before : signature->count - 1;
}

void complete_signature(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                        struct signature *signature)
{
	struct complete_place place;
	const struct node *argument;
	*signature = (struct signature){0};
	if (!complete_place_find(&place, arena, program, tree, offset))
		return;
	const struct node *call = call_around(&place, &argument);
	const struct node *name = node_child(call, ROLE_LEFT);
	if (!name || !name->word)
		return;
	struct label label = {.arena = arena, .signature = signature};
	const struct node *callee = bind_callee(program, call);
	const struct function *function = callee || call->role == ROLE_KIND ? NULL : functions_find(name->word->text);
	signature->callee = callee;
	if (callee)
		label_callee(&label, program, callee);
	else if (function)
		label_built_in(&label, function);
	else
		return;
	signature->label = ide_take_text(arena, &label.text);
	signature->active = active_parameter(&place, signature, call, argument);
}
