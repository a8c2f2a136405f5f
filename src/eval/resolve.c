#include "eval/resolve.h"

#include "base/suggest.h"
#include "eval/derive.h"
#include "eval/eval.h"
#include "eval/expand.h"
#include "eval/module.h"

/* What kinds of node are called in messages, and where each may stand. */
enum resolve_context {
	IN_FILE = 1, IN_STEP = 2, IN_BRANCH = 4, IN_CONDITION = 8, IN_PIPELINE = 16, IN_DEFAULTS = 32, IN_KIND = 64,
	IN_COMPONENT = 128, IN_USE = 256, IN_SCHEDULE = 512
};

enum {
	WHERE_STEPS_ARE = IN_FILE | IN_BRANCH | IN_COMPONENT,
	WHERE_FIELDS_ARE = IN_STEP | IN_CONDITION | IN_PIPELINE | IN_DEFAULTS | IN_KIND | IN_SCHEDULE
};

static const struct {
	const char *noun;
	unsigned places;
	bool is_meaningless; /* the language has it, this compiler does not give it a meaning */
} statements[NODE_KIND_COUNT] = {
	[N_IMPORT] = {"`import`", IN_FILE, false},
	[N_PIPELINE] = {"`pipeline`", IN_FILE, false},
	[N_PARAM] = {"`param`", IN_FILE, false},
	[N_CONFIG] = {"`config`", IN_FILE, false},
	[N_LET] = {"`let`", WHERE_STEPS_ARE | IN_KIND, false},
	[N_STEP] = {"`step`", WHERE_STEPS_ARE, false},
	[N_CONDITION] = {"`condition`", WHERE_STEPS_ARE, false},
	[N_KIND] = {"`kind`", IN_FILE, false},
	[N_COMPONENT] = {"`component`", IN_FILE, false},
	[N_USE] = {"`use`", WHERE_STEPS_ARE, false},
	[N_EXPORT] = {"`export`", IN_COMPONENT, false},
	[N_DEFAULTS] = {"`defaults`", IN_FILE, false},
	[N_FUNCTION] = {"`function`", IN_FILE, false},
	[N_SCHEDULE] = {"`schedule`", IN_FILE, false},
	[N_ASSERT] = {"`assert`", IN_FILE | IN_KIND | IN_COMPONENT, false},
	[N_SHAPE] = {"`shape`", IN_FILE, false},
	[N_ENUM] = {"`enum`", IN_FILE, false},
	[N_TYPE] = {"`type`", IN_FILE, false},
	[N_TEST] = {"`test`", IN_FILE, true},
	[N_DEPENDS] = {"`depends on`", IN_STEP | IN_CONDITION | IN_KIND | IN_USE, false},
	[N_CACHE] = {"`cache`", IN_STEP | IN_DEFAULTS | IN_KIND, false},
	[N_RETRY] = {"`retry`", IN_STEP | IN_DEFAULTS | IN_KIND, false},
	[N_PROPERTY_FILE] = {"`property file`", IN_STEP | IN_KIND, false},
	[N_OUTPUT] = {"`output`", IN_STEP | IN_KIND, false},
	[N_WHEN] = {"`when`", IN_STEP | IN_CONDITION | IN_KIND | IN_USE | IN_SCHEDULE, false},
	[N_GIVEN] = {"`given`", IN_SCHEDULE, false},
	[N_EXPECT] = {"`expect`", 0, false},
	[N_FIELD] = {"a field", WHERE_FIELDS_ARE, false},
	[N_SPREAD] = {"`...`", WHERE_FIELDS_ARE, false},
	[N_ERROR] = {"", ~0u, false},
};

static const char *place_noun(enum resolve_context place)
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
	case IN_KIND:
		return "in the body of a kind";
	case IN_COMPONENT:
		return "in the body of a component";
	case IN_USE:
		return "in the block of a `use`";
	case IN_SCHEDULE:
		return "in the block of a `schedule`";
	default:
		return "in `defaults`";
	}
}

/* The first of the places where a kind of statement may stand, for the help line; 0 when there is none. */
static unsigned first_place(unsigned places)
{
	return places & -places;
}

static bool may_stand(struct program *program, const struct node *node, enum resolve_context place)
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
static void check_block(struct program *program, const struct node *block, enum resolve_context place)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		may_stand(program, item, place);
}

/* The values `Pipeline`, `Execution` and `Step`, and the constants, cannot be hidden. */
bool resolve_is_reserved(const struct word *name)
{
	static const char *const reserved[] = {"true", "false", "null", "and", "or", "not", "in", "for", "if", "else",
	                                       "Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (names_is(name, reserved[i]))
			return true;
	return false;
}

static void report_duplicate(struct program *program, const struct node *node, const struct node *earlier)
{
	struct diag *diag = diag_report(program->diags, SP2001, program_file(program, node), node_name_span(node),
	                                "`%s` is declared twice", node->word->text);
	diag_related(diag, program_file(program, earlier), node_name_span(earlier), "it is declared here first");
}

void resolve_report_reserved(struct program *program, const struct node *node)
{
	if (resolve_is_reserved(node->word))
		diag_report(program->diags, SP2002, program_file(program, node), node_name_span(node),
		            "`%s` is reserved: no value may have this name", node->word->text);
}

struct symbol *resolve_add_symbol(struct program *program, struct module *module, enum symbol_kind kind, const struct node *node)
{
	struct symbol *symbol = arena_new(program->arena, struct symbol);
	symbol->kind = kind;
	symbol->name = node->word;
	symbol->node = node;
	symbol->module = module;
	symbol->index = (uint32_t)program->symbols.count;
	vec_push(program->arena, &program->symbols, symbol);
	resolve_report_reserved(program, node);
	return symbol;
}

void resolve_declare(struct program *program, struct map *names, struct symbol *symbol)
{
	if (!symbol->name || resolve_is_reserved(symbol->name))
		return;
	struct symbol *earlier = map_get(names, symbol->name);
	if (earlier)
		report_duplicate(program, symbol->node, earlier->node);
	else
		map_put(program->arena, names, symbol->name, symbol);
}

static struct symbol *add_global(struct program *program, struct module *module, enum symbol_kind kind, const struct node *node)
{
	struct symbol *symbol = resolve_add_symbol(program, module, kind, node);
	resolve_declare(program, &module->values, symbol);
	return symbol;
}

static void add_declared(struct program *program, struct module *module, struct map *map, const struct node *node)
{
	struct declared *declared = arena_new(program->arena, struct declared);
	const struct declared *earlier = node->word ? map_get(map, node->word) : NULL;
	declared->node = node;
	declared->module = module;
	if (earlier)
		report_duplicate(program, node, earlier->node);
	else if (node->word)
		map_put(program->arena, map, node->word, declared);
}

/* The type that a module declares under a name; NULL when there is none. */
static const struct type *find_user_type(void *context, const struct word *name)
{
	struct module *module = context;
	struct program *program = module->program;
	struct declared *declared = name ? map_get(&module->types, name) : NULL;
	if (!declared || declared->node->kind == N_KIND)
		return NULL;
	if (declared->is_busy) {
		diag_report(program->diags, SP2006, program_file(program, declared->node), node_name_span(declared->node),
		            "the type `%s` is made of itself", name->text);
		return type_unknown();
	}
	struct eval eval = {.program = program};
	if (!declared->type && !eval_enter(&eval, declared->node))
		return type_unknown();
	if (!declared->type) {
		declared->is_busy = true;
		declared->type = type_from_declaration(&declared->module->scope, declared->node);
		declared->is_busy = false;
		eval_leave(&eval);
	}
	return declared->type;
}

static const char *suggest_type(const struct module *module, const char *name)
{
	static const char *const primitives[] = {"String", "Integer", "Float", "Boolean", "Scalar", "Any", "List", "Map"};
	struct suggest suggest;
	if (!program_may_suggest(module->program))
		return NULL;
	suggest_init(&suggest, name);
	for (size_t i = 0; i < sizeof primitives / sizeof *primitives; i++)
		suggest_offer(&suggest, primitives[i]);
	for (size_t i = 0; i < module->types.room; i++)
		if (module->types.slots[i].key)
			suggest_offer(&suggest, module->types.slots[i].key->text);
	suggest_offer(&suggest, world_suggest(module->program->world, name, WORLD_TYPES));
	return suggest_result(&suggest);
}

static void complain_about_type(void *context, const struct node *reference, const char *what)
{
	struct module *module = context;
	struct program *program = module->program;
	if (what) {
		program_report(program, SP3008, reference, "%s", what);
		return;
	}
	struct diag *diag = program_report(program, SP2005, reference, "there is no type `%s`", reference->word->text);
	const char *near = suggest_type(module, reference->word->text);
	if (near)
		diag_help(diag, "a type with a similar name exists: `%s`", near);
	else if (module_kind(module, reference->word))
		diag_help(diag, "`%s` is a step kind: only an argument may have it as its type", reference->word->text);
	else
		diag_help(diag, "the simple types are String, Integer, Float and Boolean; `shape`, `enum` and `type` declare others");
	if (near)
		program_offer(program, diag, reference, near);
}

/* Everything that a type refers to must exist, used or not. */
static void check_types(struct module *module, const struct node *node)
{
	struct program *program = module->program;
	bool is_kind = node->word && node->parent->kind == N_PARAMETER && module_kind(module, node->word);
	if (node->kind == N_TYPE_REF && !is_kind) {
		const struct word *pattern = type_from_node(&module->scope, node)->pattern;
		if (pattern && !pattern_is_valid(program->arena, &program->patterns, pattern))
			complain_about_type(module, node, "the pattern is no regular expression");
	} else if ((node->kind == N_SHAPE || node->kind == N_TYPE) && node->word)
		find_user_type(module, node->word);
	for (const struct node *child = node->first; child; child = child->next)
		check_types(module, child);
}

void resolve_check_variables(struct program *program, const struct node *node, enum node_role role)
{
	for (const struct node *v = node_child(node, role); v; v = node_next(v)) {
		resolve_report_reserved(program, v);
		for (const struct node *earlier = node_child(node, role); earlier != v; earlier = node_next(earlier))
			if (v->word && earlier->word == v->word)
				report_duplicate(program, v, earlier);
	}
}

static void add_body_name(struct program *program, struct map *names, const struct node *node)
{
	const struct node *earlier = node->word ? map_get(names, node->word) : NULL;
	if (earlier)
		report_duplicate(program, node, earlier);
	else if (node->word)
		map_put(program->arena, names, node->word, (void *)node);
}

static void add_body_names(struct program *program, struct map *names, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		bool is_let = item->kind == N_LET && block->parent->kind != N_ARM; /* in a branch it may hide another */
		if (is_let || item->kind == N_STEP || item->kind == N_CONDITION || item->kind == N_USE)
			add_body_name(program, names, item);
		for (const struct node *arm = item->kind == N_CONDITION ? node_child(item, ROLE_ARM) : NULL; arm; arm = node_next(arm))
			add_body_names(program, names, node_child(arm, ROLE_BLOCK));
	}
}

/* The arguments of a kind or component and what its body declares are of one set of names. */
static void check_names(struct program *program, const struct node *node)
{
	struct map names = {0};
	resolve_check_variables(program, node, ROLE_PARAMETER);
	for (const struct node *p = node_child(node, ROLE_PARAMETER); p; p = node_next(p))
		if (p->word)
			map_put(program->arena, &names, p->word, (void *)p);
	add_body_names(program, &names, node_child(node, ROLE_BLOCK));
}

static void add_pipeline(struct program *program, const struct node *node)
{
	check_block(program, node_child(node, ROLE_BLOCK), IN_PIPELINE);
	if (!program->pipeline.node) {
		program->pipeline.node = node;
		return;
	}
	struct diag *diag = program_report(program, SP2003, node, "a program has one `pipeline`");
	diag_related(diag, program_file(program, program->pipeline.node), node_span(program->pipeline.node), "the first is here");
}

static void add_kind(struct program *program, struct module *module, const struct node *node)
{
	add_declared(program, module, &module->types, node);
	check_names(program, node);
	if (node_child(node, ROLE_KIND)) {
		check_block(program, node_child(node, ROLE_BLOCK), IN_KIND);
		return;
	}
	struct diag *diag = program_report(program, SP1202, node, "a kind of a program is made from another one");
	diag->span = node_name_span(node);
	diag_help(diag, "write `kind %s(...) = KIND { ... }`; step types that the library does not know are `Raw` steps",
	          node->word ? node->word->text : "NAME");
}

/* What a file declares; of one that is not part of the root module, only names. */
static void add_declaration(struct program *program, struct module *module, const struct node *node)
{
	bool is_root = module == &program->root;
	switch (node->kind) {
	case N_PIPELINE: /* of a file that is imported, it does not count */
		if (program_file(program, node) == program->tree->file)
			add_pipeline(program, node);
		break;
	case N_PARAM:
		add_global(program, module, SYMBOL_PARAM, node)->is_optional = !is_root;
		break;
	case N_CONFIG:
		add_global(program, module, SYMBOL_CONFIG, node);
		break;
	case N_LET: {
		struct symbol *symbol = add_global(program, module, SYMBOL_LET, node);
		symbol->expression = node_child(node, ROLE_VALUE);
		symbol->env = &module->env;
		break;
	}
	case N_STEP:
	case N_CONDITION:
	case N_USE:
		if (is_root)
			expand_declare(program, program->scope, node);
		break;
	case N_SCHEDULE:
		check_block(program, node_child(node, ROLE_BLOCK), IN_SCHEDULE);
		if (is_root)
			expand_declare_schedule(program, node);
		break;
	case N_DEFAULTS:
		check_block(program, node_child(node, ROLE_BLOCK), IN_DEFAULTS);
		if (is_root)
			vec_push(program->arena, &program->defaults, node);
		break;
	case N_ASSERT:
		if (is_root)
			vec_push(program->arena, &program->asserts, node);
		break;
	case N_FUNCTION:
		resolve_check_variables(program, node, ROLE_PARAMETER);
		add_declared(program, module, &module->functions, node);
		break;
	case N_COMPONENT:
		check_names(program, node);
		add_declared(program, module, &module->functions, node);
		check_block(program, node_child(node, ROLE_BLOCK), IN_COMPONENT);
		break;
	case N_KIND:
		add_kind(program, module, node);
		break;
	case N_SHAPE:
	case N_ENUM:
	case N_TYPE:
		add_declared(program, module, &module->types, node);
		break;
	default:
		break;
	}
}

/* Everything that a module has is visible in another one, which imports a file of it whole. */
static void share_names(struct program *program, struct map *to, const struct map *from)
{
	for (size_t i = 0; i < from->room; i++)
		if (from->slots[i].key && !map_get(to, from->slots[i].key))
			map_put(program->arena, to, from->slots[i].key, from->slots[i].value);
}

static void resolve_file(struct program *program, struct module *module, struct module_file *file);

/* `import "./x.pipe"`: as if its text stood here. A file counts once. */
static void resolve_whole_import(struct program *program, struct module *module, struct module_file *file)
{
	if (!file->module) {
		resolve_file(program, module, file);
	} else if (file->module != module) {
		share_names(program, &module->values, &file->module->values);
		share_names(program, &module->types, &file->module->types);
		share_names(program, &module->functions, &file->module->functions);
	}
}

static void resolve_file(struct program *program, struct module *module, struct module_file *file)
{
	file->module = module;
	for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		struct module_file *imported = item->kind == N_IMPORT ? module_imported(file, item) : NULL;
		if (imported && !node_child(item, ROLE_ITEM))
			resolve_whole_import(program, module, imported);
		else if (may_stand(program, item, IN_FILE))
			add_declaration(program, module, item);
	}
}

/* A kind is made from one that exists, used or not. */
static void check_base(struct program *program, struct module *module, const struct node *kind)
{
	const struct node *reference = node_child(kind, ROLE_KIND);
	const struct node *name = node_callee(reference);
	struct eval eval = {.program = program};
	if (!name || !name->word || !kind->word || module_kind(module, kind->word) || map_get(&module->types, name->word))
		return;
	derive_report_kind(&eval, module, name);
}

static struct module *new_module(struct program *program)
{
	struct module *module = arena_new(program->arena, struct module);
	module_init(program, module, find_user_type, complain_about_type);
	return module;
}

/* Files of which only names are imported become modules of their own; false when there are none left. */
static bool resolve_partial_imports(struct program *program)
{
	bool is_any = false;
	for (size_t i = 0; i < program->files.count; i++) {
		const struct module_file *file = program->files.items[i];
		for (size_t j = 0; j < file->imports.count && file->module; j++) {
			struct module_file *imported = file->imports.items[j].file;
			if (!imported || imported->module)
				continue;
			resolve_file(program, new_module(program), imported);
			is_any = true;
		}
	}
	return is_any;
}

void resolve_program(struct program *program)
{
	module_init(program, &program->root, find_user_type, complain_about_type);
	module_init(program, &program->library, NULL, NULL);
	program->scope = arena_new(program->arena, struct scope);
	*program->scope = (struct scope){.module = &program->root, .env = &program->root.env, .names = &program->root.values, .suffix = ""};
	program->schedule_scope = arena_new(program->arena, struct scope);
	*program->schedule_scope = *program->scope;
	resolve_file(program, &program->root, program->files.items[0]);
	while (resolve_partial_imports(program))
		;
	for (size_t i = program->files.count; i--;)
		module_bind_names(program, program->files.items[i]);
	for (size_t i = 0; i < program->files.count; i++) {
		const struct module_file *file = program->files.items[i];
		for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item)) {
			if (item->kind == N_KIND)
				check_base(program, file->module, item);
			if (item->kind == N_SHAPE || item->kind == N_TYPE || item->kind == N_FUNCTION || item->kind == N_KIND ||
			    item->kind == N_COMPONENT)
				check_types(file->module, item);
		}
	}
}

void resolve_check_branch(struct program *program, const struct node *block)
{
	check_block(program, block, IN_BRANCH);
}

void resolve_check_unit(struct program *program, const struct node *node)
{
	const struct node *block = node_child(node, ROLE_BLOCK);
	check_block(program, block, node->kind == N_STEP ? IN_STEP : node->kind == N_USE ? IN_USE : IN_CONDITION);
}

bool resolve_may_stand(enum node_kind statement, enum node_kind owner)
{
	static const unsigned contexts[NODE_KIND_COUNT] = {
		[N_FILE] = IN_FILE, [N_STEP] = IN_STEP, [N_ARM] = IN_BRANCH, [N_CONDITION] = IN_CONDITION, [N_PIPELINE] = IN_PIPELINE,
		[N_DEFAULTS] = IN_DEFAULTS, [N_KIND] = IN_KIND, [N_COMPONENT] = IN_COMPONENT, [N_USE] = IN_USE,
		[N_SCHEDULE] = IN_SCHEDULE,
	};
	return statements[statement].places & contexts[owner] && !statements[statement].is_meaningless;
}

bool resolve_is_placed(const struct node *clause)
{
	return resolve_may_stand(clause->kind, clause->parent->parent->kind);
}

struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value)
{
	*value = NULL;
	for (; env; env = env->outer) {
		struct symbol *symbol = env->names ? map_get(env->names, name) : NULL;
		if (symbol)
			return symbol;
		if (env->module)
			return map_get(&env->module->values, name);
		if (env->name == name && !env->names) {
			*value = env->value;
			return env->symbol;
		}
	}
	return map_get(&program->root.values, name);
}

static void offer_names(struct suggest *suggest, const struct map *names)
{
	for (size_t i = 0; i < names->room; i++)
		if (names->slots[i].key)
			suggest_offer(suggest, names->slots[i].key->text);
}

const char *resolve_suggest(const struct program *program, const struct env *env, const char *name)
{
	static const char *const objects[] = {"Pipeline", "Execution", "Step", "PipelineExperimentConfig"};
	struct suggest suggest;
	if (!program_may_suggest(program))
		return NULL;
	suggest_init(&suggest, name);
	const struct module *module = &program->root;
	for (; env; env = env->outer) {
		if (env->name)
			suggest_offer(&suggest, env->name->text);
		if (env->names)
			offer_names(&suggest, env->names);
		if (env->module)
			module = env->module;
	}
	offer_names(&suggest, &module->values);
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		suggest_offer(&suggest, objects[i]);
	return suggest_result(&suggest);
}
