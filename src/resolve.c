#include "resolve.h"

#include "eval.h"
#include "suggest.h"

/* What kinds of node are called in messages, and where each may stand. */
enum context {
	IN_FILE = 1, IN_STEP = 2, IN_BRANCH = 4, IN_CONDITION = 8, IN_PIPELINE = 16, IN_DEFAULTS = 32
};

static const struct {
	const char *noun;
	unsigned places;
	bool is_meaningless; /* the language has it, this compiler does not give it a meaning */
} statements[NODE_KIND_COUNT] = {
	[N_IMPORT] = {"`import`", IN_FILE, true},
	[N_PIPELINE] = {"`pipeline`", IN_FILE, false},
	[N_PARAM] = {"`param`", IN_FILE, false},
	[N_CONFIG] = {"`config`", IN_FILE, false},
	[N_LET] = {"`let`", IN_FILE | IN_BRANCH, false},
	[N_STEP] = {"`step`", IN_FILE | IN_BRANCH, false},
	[N_CONDITION] = {"`condition`", IN_FILE | IN_BRANCH, false},
	[N_KIND] = {"`kind`", IN_FILE, true},
	[N_COMPONENT] = {"`component`", IN_FILE, true},
	[N_USE] = {"`use`", IN_FILE | IN_BRANCH, true},
	[N_EXPORT] = {"`export`", 0, false},
	[N_DEFAULTS] = {"`defaults`", IN_FILE, false},
	[N_FUNCTION] = {"`function`", IN_FILE, false},
	[N_SCHEDULE] = {"`schedule`", IN_FILE, true},
	[N_ASSERT] = {"`assert`", IN_FILE, false},
	[N_SHAPE] = {"`shape`", IN_FILE, false},
	[N_ENUM] = {"`enum`", IN_FILE, false},
	[N_TYPE] = {"`type`", IN_FILE, false},
	[N_TEST] = {"`test`", IN_FILE, true},
	[N_DEPENDS] = {"`depends on`", IN_STEP | IN_CONDITION, false},
	[N_CACHE] = {"`cache`", IN_STEP | IN_DEFAULTS, false},
	[N_RETRY] = {"`retry`", IN_STEP | IN_DEFAULTS, false},
	[N_PROPERTY_FILE] = {"`property file`", IN_STEP, false},
	[N_OUTPUT] = {"`output`", IN_STEP, false},
	[N_WHEN] = {"`when`", IN_STEP | IN_CONDITION, false},
	[N_GIVEN] = {"`given`", 0, false},
	[N_EXPECT] = {"`expect`", 0, false},
	[N_FIELD] = {"a field", IN_STEP | IN_CONDITION | IN_PIPELINE | IN_DEFAULTS, false},
	[N_SPREAD] = {"`...`", IN_STEP | IN_CONDITION | IN_PIPELINE | IN_DEFAULTS, false},
	[N_ERROR] = {"", ~0u, false},
};

static const char *place_noun(enum context place)
{
	switch (place) {
	case IN_FILE:
		return "at the top of a file";
	case IN_STEP:
		return "in the block of a step";
	case IN_BRANCH:
		return "in a branch of a condition";
	case IN_CONDITION:
		return "in the block of a condition";
	case IN_PIPELINE:
		return "in the `pipeline` block";
	default:
		return "in `defaults`";
	}
}

/* The first of the places where a kind of statement may stand, for the help line; 0 when there is none. */
static unsigned first_place(unsigned places)
{
	return places & -places;
}

static bool may_stand(struct program *program, const struct node *node, enum context place)
{
	const char *noun = statements[node->kind].noun;
	unsigned places = statements[node->kind].places;
	if (!noun)
		noun = "this";
	if (!(places & place)) {
		struct diag *diag = program_report(program, SP1201, node, "%s cannot stand %s", noun, place_noun(place));
		if (places)
			diag_help(diag, "it stands %s", place_noun(first_place(places)));
		return false;
	}
	if (statements[node->kind].is_meaningless) {
		program_report(program, SP1202, node, "%s has no meaning in this version of sagepipec", noun);
		return false;
	}
	return true;
}

/* Reports what stands in a block where it may not. */
static void check_block(struct program *program, const struct node *block, enum context place)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		may_stand(program, item, place);
}

/* The values `Pipeline`, `Execution` and `Step`, and the constants, cannot be hidden. */
static bool is_reserved(const struct word *name)
{
	static const char *const reserved[] = {"true", "false", "null", "and", "or", "not", "in", "for", "if", "else",
	                                       "Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (word_is(name, reserved[i]))
			return true;
	return false;
}

static void report_duplicate(struct program *program, const struct node *node, const struct node *earlier)
{
	struct diag *diag = diag_report(program->diags, SP2001, program_file(program, node), node_name_span(node),
	                                "`%s` is declared twice", node->word->text);
	diag_related(diag, program_file(program, earlier), node_name_span(earlier), "it is declared here first");
}

static void report_reserved(struct program *program, const struct node *node)
{
	if (is_reserved(node->word))
		diag_report(program->diags, SP2002, program_file(program, node), node_name_span(node),
		            "`%s` is reserved: no value may have this name", node->word->text);
}

static struct symbol *add_symbol(struct program *program, enum symbol_kind kind, const struct node *node)
{
	struct symbol *symbol = arena_new(program->arena, struct symbol);
	symbol->kind = kind;
	symbol->name = node->word;
	symbol->node = node;
	symbol->index = (uint32_t)program->symbols.count;
	vec_push(program->arena, &program->symbols, symbol);
	report_reserved(program, node);
	return symbol;
}

static struct symbol *add_global(struct program *program, enum symbol_kind kind, const struct node *node)
{
	struct symbol *symbol = add_symbol(program, kind, node);
	if (!node->word || is_reserved(node->word))
		return symbol;
	struct symbol *earlier = map_get(&program->values, node->word);
	if (earlier)
		report_duplicate(program, node, earlier->node);
	else
		map_put(program->arena, &program->values, node->word, symbol);
	return symbol;
}

static void add_named(struct program *program, struct map *map, const struct node *node, void *value)
{
	struct node **earlier = node->word ? map_get(map, node->word) : NULL;
	if (earlier)
		report_duplicate(program, node, *earlier);
	else if (node->word)
		map_put(program->arena, map, node->word, value);
}

/* A user's type and its cache, first in the struct the node so that add_named can point to it. */
struct user_type {
	const struct node *node;
	const struct type *type;
	bool is_busy;
};

static const struct type *find_user_type(void *context, const struct word *name)
{
	struct program *program = context;
	struct user_type *user = map_get(&program->declared, name);
	if (!user)
		return NULL;
	if (user->is_busy) {
		diag_report(program->diags, SP2006, program_file(program, user->node), node_name_span(user->node),
		            "the type `%s` is made of itself", name->text);
		return type_primitive(TYPE_ANY);
	}
	struct eval eval = {.program = program};
	if (!user->type && !eval_enter(&eval, user->node))
		return type_primitive(TYPE_ANY);
	if (!user->type) {
		user->is_busy = true;
		user->type = type_from_declaration(&program->types, user->node);
		user->is_busy = false;
		eval_leave(&eval);
	}
	return user->type;
}

static const char *suggest_type(struct program *program, const char *name)
{
	static const char *const primitives[] = {"String", "Integer", "Float", "Boolean", "Scalar", "Any", "List", "Map"};
	struct suggest suggest;
	if (!program_may_suggest(program))
		return NULL;
	suggest_init(&suggest, name);
	for (size_t i = 0; i < sizeof primitives / sizeof *primitives; i++)
		suggest_offer(&suggest, primitives[i]);
	for (size_t i = 0; i < program->declared.room; i++)
		if (program->declared.slots[i].key)
			suggest_offer(&suggest, program->declared.slots[i].key->text);
	suggest_offer(&suggest, world_suggest(program->world, name, false));
	return suggest_result(&suggest);
}

static void complain_about_type(void *context, const struct node *reference, const char *what)
{
	struct program *program = context;
	if (what) {
		program_report(program, SP3008, reference, "%s", what);
		return;
	}
	struct diag *diag = program_report(program, SP2005, reference, "there is no type `%s`", reference->word->text);
	const char *near = suggest_type(program, reference->word->text);
	if (near)
		diag_help(diag, "a type with a similar name exists: `%s`", near);
	else if (world_kind(program->world, reference->word))
		diag_help(diag, "`%s` is a step kind: only an argument of a function may have it as its type", reference->word->text);
	else
		diag_help(diag, "the simple types are String, Integer, Float and Boolean; `shape`, `enum` and `type` declare others");
}

/* Everything that a type refers to must exist, used or not. */
static void check_types(struct program *program, const struct node *node)
{
	bool is_kind = node->word && node->parent->kind == N_PARAMETER && world_kind(program->world, node->word);
	if (node->kind == N_TYPE_REF && !is_kind) {
		const struct word *pattern = type_from_node(&program->types, node)->pattern;
		if (pattern && !pattern_is_good(program->arena, &program->patterns, pattern))
			complain_about_type(program, node, "the pattern is no regular expression");
	} else if ((node->kind == N_SHAPE || node->kind == N_TYPE) && node->word)
		find_user_type(program, node->word);
	for (const struct node *child = node->first; child; child = child->next)
		check_types(program, child);
}

static void add_step_list(struct program *program, struct step *step, struct step_list *list)
{
	vec_push(program->arena, &program->all_steps, step);
	vec_push(program->arena, list, step);
}

static struct step *add_step(struct program *program, const struct node *node, struct step *parent, bool is_else,
                             const struct env *env)
{
	struct step *step = arena_new(program->arena, struct step);
	step->node = node;
	step->name = node->word ? node->word : names_word(&program->world->names, "?");
	step->parent = parent;
	step->is_else = is_else;
	step->env = env;
	add_step_list(program, step, !parent ? &program->steps : is_else ? &parent->else_steps : &parent->if_steps);
	const struct node *family = node_child(node, ROLE_FAMILY);
	if (!family)
		return step;
	program_report(program, SP1202, family, "a family of steps has no meaning in this version of sagepipec");
	for (const struct node *variable = node_child(family, ROLE_ITEM); variable; variable = node_next(variable)) {
		struct env *inner = arena_new(program->arena, struct env);
		*inner = (struct env){step->env, variable->word, &value_error, NULL};
		step->env = inner;
	}
	return step;
}

/* What is in a branch is inside its condition in the definition too, which nobody could read. */
static bool is_too_deep(struct program *program, const struct node *node, const struct step *parent)
{
	enum { MAX_DEPTH = 200 };
	unsigned depth = 0;
	for (; parent && depth < MAX_DEPTH; parent = parent->parent)
		depth++;
	if (depth < MAX_DEPTH)
		return false;
	struct diag *diag = program_report(program, SP1104, node, "this condition is inside more than %d others", MAX_DEPTH);
	diag->span = node->kind == N_ARM ? node_span(node_child(node, ROLE_CONDITION)) : node_name_span(node);
	diag_help(diag, "an `else if` is inside the `else` before it: choose by `in [...]`, or in a Lambda step");
	return true;
}

static void add_condition(struct program *program, const struct node *node, struct step *parent, bool is_else,
                          const struct env *env);

/* What a branch holds; its lets are seen by each other and by its steps, whatever the order. */
static void add_branch(struct program *program, const struct node *block, struct step *condition, bool is_else,
                       const struct env *env)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_LET || !item->word)
			continue;
		struct env *inner = arena_new(program->arena, struct env);
		for (const struct env *e = env; e; e = e->outer)
			if (e->name == item->word && e->symbol && e->symbol->node->parent == block)
				report_duplicate(program, item, e->symbol->node);
		*inner = (struct env){env, item->word, NULL, add_symbol(program, SYMBOL_LET, item)};
		env = inner;
	}
	for (const struct env *e = env; e && e->symbol && e->symbol->node->parent == block; e = e->outer)
		e->symbol->env = env;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (!may_stand(program, item, IN_BRANCH))
			continue;
		if (item->kind == N_STEP) {
			add_global(program, SYMBOL_STEP, item)->step = add_step(program, item, condition, is_else, env);
			check_block(program, node_child(item, ROLE_BLOCK), IN_STEP);
		} else if (item->kind == N_CONDITION) {
			add_condition(program, item, condition, is_else, env);
		}
	}
}

/* `else if` is a condition inside the else branch of the one before: NAME-2, NAME-3, … */
static void add_condition(struct program *program, const struct node *node, struct step *parent, bool is_else,
                          const struct env *env)
{
	if (is_too_deep(program, node, parent))
		return;
	struct step *first = add_step(program, node, parent, is_else, env), *step = first;
	const struct kind *kind = world_kind(program->world, names_word(&program->world->names, "Condition"));
	add_global(program, SYMBOL_STEP, node)->step = first;
	check_block(program, node_child(node, ROLE_BLOCK), IN_CONDITION);
	first->kind = kind;
	first->is_kind_known = true;
	env = first->env;
	bool is_first = true;
	for (const struct node *arm = node_child(node, ROLE_ARM); arm; arm = node_next(arm)) {
		const struct node *block = node_child(arm, ROLE_BLOCK), *condition = node_child(arm, ROLE_CONDITION);
		if (!condition) {
			add_branch(program, block, step, true, env);
			continue;
		}
		if (!is_first) {
			struct step *outer = step;
			if (is_too_deep(program, arm, outer))
				return;
			step = add_step(program, arm, outer, true, env);
			step->kind = kind;
			step->is_kind_known = true;
			step->name = first->name;
		}
		is_first = false;
		step->condition_at = condition;
		add_branch(program, block, step, false, env);
	}
}

void resolve_check_variables(struct program *program, const struct node *node, enum node_role role)
{
	for (const struct node *v = node_child(node, role); v; v = node_next(v)) {
		report_reserved(program, v);
		for (const struct node *earlier = node_child(node, role); earlier != v; earlier = node_next(earlier))
			if (v->word && earlier->word == v->word)
				report_duplicate(program, v, earlier);
	}
}

static void add_declaration(struct program *program, const struct node *node)
{
	switch (node->kind) {
	case N_PIPELINE:
		if (program->pipeline.node) {
			struct diag *diag = program_report(program, SP2003, node, "a program has one `pipeline`");
			diag_related(diag, program_file(program, program->pipeline.node), node_span(program->pipeline.node),
			             "the first is here");
		} else {
			program->pipeline.node = node;
		}
		check_block(program, node_child(node, ROLE_BLOCK), IN_PIPELINE);
		break;
	case N_PARAM:
		add_global(program, SYMBOL_PARAM, node);
		break;
	case N_CONFIG:
		add_global(program, SYMBOL_CONFIG, node);
		break;
	case N_LET:
		add_global(program, SYMBOL_LET, node);
		break;
	case N_STEP:
		add_global(program, SYMBOL_STEP, node)->step = add_step(program, node, NULL, false, NULL);
		check_block(program, node_child(node, ROLE_BLOCK), IN_STEP);
		break;
	case N_CONDITION:
		add_condition(program, node, NULL, false, NULL);
		break;
	case N_DEFAULTS:
		vec_push(program->arena, &program->defaults, node);
		check_block(program, node_child(node, ROLE_BLOCK), IN_DEFAULTS);
		break;
	case N_ASSERT:
		vec_push(program->arena, &program->asserts, node);
		break;
	case N_FUNCTION: {
		const struct node **holder = arena_new(program->arena, const struct node *);
		*holder = node;
		resolve_check_variables(program, node, ROLE_PARAMETER);
		add_named(program, &program->functions, node, holder);
		break;
	}
	case N_SHAPE:
	case N_ENUM:
	case N_TYPE: {
		struct user_type *user = arena_new(program->arena, struct user_type);
		user->node = node;
		add_named(program, &program->declared, node, user);
		break;
	}
	default:
		break;
	}
}

void resolve_program(struct program *program)
{
	program->types = (struct type_scope){
		.world = program->world,
		.find = find_user_type,
		.complain = complain_about_type,
		.context = program,
		.arena = program->arena,
	};
	for (const struct node *item = node_child(program->tree->root, ROLE_ITEM); item; item = node_next(item))
		if (may_stand(program, item, IN_FILE))
			add_declaration(program, item);
	for (const struct node *item = node_child(program->tree->root, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_SHAPE || item->kind == N_TYPE || item->kind == N_FUNCTION)
			check_types(program, item);
}

bool resolve_is_placed(const struct node *clause)
{
	switch (clause->parent->parent->kind) {
	case N_STEP:
		return statements[clause->kind].places & IN_STEP;
	case N_CONDITION:
		return statements[clause->kind].places & IN_CONDITION;
	default:
		return statements[clause->kind].places & IN_DEFAULTS;
	}
}

struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value)
{
	*value = NULL;
	for (; env; env = env->outer) {
		if (env->name == name) {
			*value = env->value;
			return env->symbol;
		}
	}
	return map_get(&program->values, name);
}

const char *resolve_suggest(const struct program *program, const struct env *env, const char *name)
{
	static const char *const objects[] = {"Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	struct suggest suggest;
	if (!program_may_suggest(program))
		return NULL;
	suggest_init(&suggest, name);
	for (; env; env = env->outer)
		if (env->name)
			suggest_offer(&suggest, env->name->text);
	for (size_t i = 0; i < program->values.room; i++)
		if (program->values.slots[i].key)
			suggest_offer(&suggest, program->values.slots[i].key->text);
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		suggest_offer(&suggest, objects[i]);
	return suggest_result(&suggest);
}
