/* Comprehensions: lists and objects made by `for`. */
#include "eval/eval_parts.h"

#include "eval/resolve.h"

/* One round of a comprehension: the variables bound to what they run over. */
struct round {
	const struct value *first, *second;
};

/* `value` is that of the round, or value_error when a mistake elsewhere keeps it from being chosen or not. */
typedef void round_function(struct eval *eval, const struct node *node, const struct env *env, const struct value *value,
                            void *context);

/* The value of a round; NULL when it is not chosen. What cannot be chosen for a mistake that is reported elsewhere stays,
 * so that nothing is said to be missing. */
static const struct value *value_of_round(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *condition = node_child(node, ROLE_CONDITION);
	uint32_t errors = eval->program->diags->errors;
	const struct value *chosen = condition ? eval_expression(eval, condition, env) : NULL;
	if (!chosen || (chosen->kind == VALUE_BOOLEAN && chosen->boolean))
		return eval_expression(eval, node_child(node, ROLE_VALUE), env);
	if (chosen->kind == VALUE_ERROR)
		return eval->program->diags->errors == errors ? chosen : NULL;
	if (chosen->kind != VALUE_BOOLEAN) {
		struct diag *diag = eval_report(eval, SP3004, condition, "the `if` of a comprehension must be a constant Boolean, not %s",
		                                value_noun(eval->program->arena, chosen));
		if (value_is_deferred(chosen))
			diag_help(diag, "the shape of a list is fixed when compiling: make it a `config`, or use a `condition`");
	}
	return NULL;
}

static void run_round(struct eval *eval, const struct node *node, const struct env *env, struct round round,
                      round_function *body, void *context)
{
	const struct node *first = node_child(node, ROLE_ITEM), *second = first ? node_next(first) : NULL;
	const struct env outer = {.outer = env, .name = first->word, .value = second ? round.first : round.second};
	const struct env inner = {.outer = &outer, .name = second ? second->word : first->word, .value = round.second};
	const struct env *bound = second ? &inner : &outer;
	const struct value *value = value_of_round(eval, node, bound);
	if (value)
		body(eval, node, bound, value, context);
}

/* Whether it is known what there is to run over. */
static bool run_rounds(struct eval *eval, const struct node *node, const struct env *env, round_function *body, void *context)
{
	const struct node *first = node_child(node, ROLE_ITEM), *in = node_child(node, ROLE_IN);
	const struct value *over = eval_expression(eval, in, env);
	struct diags *diags = eval->program->diags;
	resolve_check_variables(eval->program, node, ROLE_ITEM);
	if (!first || !first->word || over->kind == VALUE_ERROR)
		return false;
	if (over->kind == VALUE_NULL)
		return true;
	struct diags quiet = {.arena = diags->arena};
	uint32_t errors = diags->errors;
	bool is_family = over->kind == VALUE_OBJECT && over->is_family; /* with one variable: its members */
	bool is_object = over->kind == VALUE_OBJECT && (is_family || node_next(first));
	if (over->kind == VALUE_LIST || is_object) {
		for (uint32_t i = 0; i < over->count; i++) {
			/* a mistake in the body is reported for the first element that shows it */
			eval->program->diags = diags->errors == errors ? diags : &quiet;
			const struct word *name = is_object ? over->fields[i].name : NULL;
			const struct value *key = name ? eval_string(eval, in, name->text, name->length) : eval_integer(eval, in, i);
			run_round(eval, node, env, (struct round){key, is_object ? over->fields[i].value : over->items[i]}, body, context);
		}
		eval->program->diags = diags;
		return true;
	}
	struct diag *diag = eval_report(eval, SP3004, in, "a comprehension runs over a list%s, not over %s",
	                                over->kind == VALUE_OBJECT ? " with one variable" : " or an object",
	                                value_noun(eval->program->arena, over));
	if (over->kind == VALUE_OBJECT)
		diag_help(diag, "write `for key, value in ...`");
	else if (value_is_deferred(over))
		diag_help(diag, "how many elements there are must be known when compiling");
	return false;
}

/* The elements of a list under construction. */
struct items {
	const struct value **items;
	size_t count, room;
};

static void add_item(struct eval *eval, const struct node *node, const struct env *env, const struct value *item, void *context)
{
	struct items *items = context;
	(void)node;
	(void)env;
	vec_push(eval->program->arena, items, item);
}

static void add_pair(struct eval *eval, const struct node *node, const struct env *env, const struct value *value, void *context)
{
	const struct node *key_node = node_child(node, ROLE_KEY);
	const struct value *key = eval_expression(eval, key_node, env);
	if (key->kind == VALUE_ERROR)
		return;
	if (key->kind != VALUE_STRING) {
		struct diag *diag = eval_report(eval, SP3004, key_node, "a key must be constant text, not %s",
		                                value_noun(eval->program->arena, key));
		if (value_is_deferred(key))
			diag_help(diag, "SageMaker takes no expression as a key: use a `config`");
		return;
	}
	struct fields *fields = context;
	if (eval_find_field(eval, fields, key->word))
		eval_report(eval, SP2001, key_node, "the key `%s` is made twice", key->word->text);
	else
		vec_push(eval->program->arena, fields, ((struct field){key->word, value, key_node}));
}

const struct value *eval_comprehension(struct eval *eval, const struct node *node, const struct env *env)
{
	if (node->kind == N_LIST_FOR) {
		struct items items = {0};
		if (!run_rounds(eval, node, env, add_item, &items))
			return &value_error;
		return eval_list(eval, node, items.items, items.count);
	}
	struct fields fields = {0};
	return run_rounds(eval, node, env, add_pair, &fields) ? eval_finish_object(eval, node, &fields) : &value_error;
}
