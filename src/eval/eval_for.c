/* Comprehensions: lists and objects made by `for`. */
#include "eval/eval_parts.h"

#include "eval/resolve.h"

/* Receives the value of an iteration. `env` binds the variables. */
typedef void iteration_function(struct eval *eval, const struct node *node, const struct env *env, const struct value *value,
                                void *context);

/* The value of an iteration; NULL when its `if` is false or its evaluation was just reported. When a mistake reported earlier makes
 * the `if` unknown, the value is value_error, so that later checks report nothing as missing. */
static const struct value *evaluate_iteration(struct eval *eval, const struct node *node, const struct env *env)
{
	const struct node *condition = node_child(node, ROLE_CONDITION);
	uint32_t errors = eval->program->diags->errors;
	const struct value *chosen = condition ? eval_expression(eval, condition, env) : NULL;
	if (!chosen || (chosen->kind == VALUE_BOOLEAN && chosen->boolean))
		return eval_traced(eval, node_child(node, ROLE_VALUE), env);
	if (chosen->kind == VALUE_ERROR)
		return eval->program->diags->errors == errors ? chosen : NULL;
	if (chosen->kind != VALUE_BOOLEAN) {
		struct diag *diag = eval_report(eval, SP3004, condition, "the `if` of a comprehension must be a constant Boolean, not %s",
		                                value_noun(eval->program->arena, chosen));
		if (value_is_deferred(chosen))
			diag_help(diag, "the elements of a list are fixed at compile time: make it a `config`, or use a `condition`");
	}
	return NULL;
}

/* `key` and `item` are the values of the two variables; a single variable is bound to the item. */
static void run_iteration(struct eval *eval, const struct node *node, const struct env *env, const struct value *key,
                          const struct value *item, iteration_function *body, void *context)
{
	const struct node *first = node_child(node, ROLE_ITEM), *second = first ? node_next(first) : NULL;
	const struct env outer = {.outer = env, .name = first->word, .value = second ? key : item};
	const struct env inner = {.outer = &outer, .name = second ? second->word : first->word, .value = item};
	const struct env *bound = second ? &inner : &outer;
	const struct value *value = evaluate_iteration(eval, node, bound);
	if (value)
		body(eval, node, bound, value, context);
}

/* Calls `body` for each iteration. False when it is not known what to iterate over, because of a mistake that is reported. */
static bool iterate(struct eval *eval, const struct node *node, const struct env *env, iteration_function *body, void *context)
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
	bool is_family = over->kind == VALUE_OBJECT && over->is_family; /* a single variable is bound to its members */
	bool is_object = over->kind == VALUE_OBJECT && (is_family || node_next(first));
	if (over->kind == VALUE_LIST || is_object) {
		for (uint32_t i = 0; i < over->count; i++) {
			/* only the first element with mistakes in the body reports them */
			eval->program->diags = diags->errors == errors ? diags : &quiet;
			const struct word *name = is_object ? over->fields[i].name : NULL;
			const struct value *key = name ? eval_string(eval, in, name->text, name->length) : eval_integer(eval, in, i);
			run_iteration(eval, node, env, key, is_object ? over->fields[i].value : over->items[i], body, context);
		}
		eval->program->diags = diags;
		return true;
	}
	struct diag *diag = eval_report(eval, SP3004, in, "a comprehension iterates over a list%s, not over %s",
	                                over->kind == VALUE_OBJECT ? " if it has one variable" : " or an object",
	                                value_noun(eval->program->arena, over));
	if (over->kind == VALUE_OBJECT)
		diag_help(diag, "write `for key, value in ...`");
	else if (value_is_deferred(over))
		diag_help(diag, "the number of elements must be known at compile time");
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
		eval_report(eval, SP2001, key_node, "the comprehension makes the key `%s` twice", key->word->text);
	else
		vec_push(eval->program->arena, fields, ((struct field){key->word, value, key_node}));
}

const struct value *eval_comprehension(struct eval *eval, const struct node *node, const struct env *env)
{
	if (node->kind == N_LIST_FOR) {
		struct items items = {0};
		if (!iterate(eval, node, env, add_item, &items))
			return &value_error;
		return eval_list(eval, node, items.items, items.count);
	}
	struct fields fields = {0};
	return iterate(eval, node, env, add_pair, &fields) ? eval_finish_object(eval, node, &fields) : &value_error;
}
