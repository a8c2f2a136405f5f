#include "ide/complete/complete.h"

#include "ide/complete/complete_parts.h"
#include "syntax/parser.h"
#include "syntax/token.h"

#include <stdlib.h>

/* --- by the node at the place --- */

static void complete_key(struct complete *complete, const struct node *field)
{
	const struct node *block = field->parent;
	if (block->kind == N_FILE || (block->kind == N_BLOCK && block->parent))
		complete_statements(complete, block->kind == N_FILE ? block : block->parent);
	if (block->kind != N_FILE)
		complete_fields(complete, block);
}

/* Adds components to a `use`, kinds to any other declaration. */
static void complete_applied(struct complete *complete, const struct node *owner)
{
	if (owner->kind == N_USE)
		complete_components(complete);
	else
		complete_kinds(complete);
}

static void complete_expression(struct complete *complete, const struct node *name)
{
	const struct node *parent = name->parent;
	if (parent->kind == N_ARGUMENT && !parent->word && complete_place_takes(&complete->place, T_KEY))
		complete_arguments(complete, parent->parent);
	complete_values(complete, name);
	complete_words(complete);
}

static void complete_name(struct complete *complete, const struct node *name)
{
	const struct node *parent = name->parent;
	switch (parent->kind) {
	case N_MEMBER:
		if (parent->parent->kind == N_RETRY)
			complete_families(complete, parent->parent);
		else
			complete_expression(complete, name);
		break;
	case N_STEP:
	case N_USE:
	case N_KIND:
		complete_applied(complete, parent);
		break;
	case N_DEFAULTS:
		complete_kinds(complete);
		break;
	case N_CALL:
		if (name->role == ROLE_LEFT && parent->role == ROLE_KIND)
			complete_applied(complete, parent->parent);
		else if (name->role == ROLE_LEFT)
			complete_functions(complete);
		break;
	case N_DEPENDS:
		complete_units(complete);
		break;
	case N_RETRY:
		complete_exceptions(complete, parent, NULL);
		complete_words(complete);
		break;
	case N_GIVEN:
		if (name->role == ROLE_LEFT)
			complete_params(complete);
		else
			complete_expression(complete, name);
		break;
	case N_REQUIRE:
		complete_words(complete);
		break;
	case N_IMPORT_NAME:
	case N_ALLOWED:
	case N_DEPLOYS:
	case N_WRITES:
	case N_TYPE_REF:
		break;
	case N_FAMILY:
	case N_LIST_FOR:
	case N_OBJECT_FOR:
		if (name->role == ROLE_ITEM)
			break;
		complete_expression(complete, name);
		break;
	default:
		complete_expression(complete, name);
	}
}

static void complete_node(struct complete *complete, const struct node *at)
{
	const struct node *left = node_child(at, ROLE_LEFT);
	if (complete->place.is_in_string) {
		complete_texts(complete, at);
		return;
	}
	switch (at->kind) {
	case N_FIELD:
		complete_key(complete, at);
		break;
	case N_ARGUMENT:
		if (at->parent->kind == N_CALL)
			complete_arguments(complete, at->parent);
		break;
	case N_NAME:
		complete_name(complete, at);
		break;
	case N_MEMBER:
		if (at->parent->kind == N_RETRY && left)
			complete_exceptions(complete, at->parent, left->word);
		else if (left)
			complete_members(complete, at);
		break;
	case N_TYPE_REF:
		complete_types(complete);
		break;
	case N_IMPORT_NAME:
		complete_imported(complete, at->parent);
		break;
	default:
		break;
	}
}

/* --- requests by a trigger character --- */

static bool is_in_template(const struct complete_place *place)
{
	int before = complete_place_before(place);
	return before == TOKEN_STRING_HEAD || before == TOKEN_STRING_MID;
}

/* Whether a node is where only names of certain declarations can stand. */
static bool takes_names_only(const struct node *node)
{
	const struct node *parent = node->kind == N_NAME ? node->parent : NULL;
	return parent && (node->role == ROLE_KIND || parent->kind == N_DEFAULTS || parent->kind == N_DEPENDS || parent->kind == N_RETRY ||
	                  (parent->kind == N_GIVEN && node->role == ROLE_LEFT));
}

/* A space triggers completion only where few answers are possible: names after keywords, fields after `{` or `,`, and values that the
 * context determines. */
static bool takes_space(struct complete *complete)
{
	const struct node *at = complete->place.at;
	int before = complete_place_before(&complete->place);
	if (!at || complete->place.is_in_string)
		return false;
	if (at->kind == N_FIELD)
		return before == TOKEN_LBRACE || before == TOKEN_COMMA;
	return takes_names_only(at) || at->kind == N_IMPORT_NAME || (at->kind == N_NAME && before == TOKEN_COLON) ||
	       (at->kind == N_NAME && at->parent->kind == N_GIVEN) || at->parent->kind == N_BINARY;
}

static bool takes_trigger(struct complete *complete)
{
	switch (complete->options.trigger) {
	case '{':
		return is_in_template(&complete->place);
	case '"':
	case '/':
		return complete->place.is_in_string;
	case ' ':
		return takes_space(complete);
	default:
		return true;
	}
}

/* After a space, keeps only what the context determines: constants, and steps of the expected kind. */
static void drop_guesses(struct complete *complete)
{
	struct completions *list = complete->list;
	const struct node *at = complete->place.at;
	if (complete->options.trigger != ' ' || at->kind != N_NAME || takes_names_only(at))
		return;
	size_t kept = 0;
	for (size_t i = 0; i < list->count; i++) {
		const struct completion *item = &list->items[i];
		bool is_boolean = item->kind == COMPLETION_WORD && item->rank == 0;
		if (item->kind == COMPLETION_CONSTANT || is_boolean || (item->kind == COMPLETION_STEP && item->rank == 0))
			list->items[kept++] = *item;
	}
	list->count = kept;
}

void complete_at(struct arena *arena, struct program *program, const struct tree *tree, uint32_t offset,
                 struct completion_options options, struct completions *completions)
{
	struct complete complete = {.arena = arena, .program = program, .options = options, .list = completions};
	*completions = (struct completions){.span = {offset, offset}};
	if (!complete_place_find(&complete.place, arena, program, tree, offset) || complete.place.is_in_number)
		return;
	completions->span = complete.place.span;
	if (!takes_trigger(&complete))
		return;
	if (complete.place.at)
		complete_node(&complete, complete.place.at);
	else
		complete_words(&complete);
	drop_guesses(&complete);
	complete_finish(&complete);
}
