#include "eval/resolve.h"

#include "base/suggest.h"
#include "eval/derive.h"
#include "eval/eval.h"
#include "eval/expand.h"
#include "eval/module.h"

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
		resolve_report_duplicate(program, node, earlier->node);
	else if (node->word)
		map_put(program->arena, map, node->word, declared);
}

/* The type that a module declares under a name, or NULL: the `find` of its type scope. */
static const struct type *find_user_type(void *context, const struct word *name)
{
	struct module *module = context;
	struct program *program = module->program;
	struct declared *declared = name ? map_get(&module->types, name) : NULL;
	if (!declared || declared->node->kind == N_KIND)
		return NULL;
	if (declared->is_busy) {
		diag_report(program->diags, SP2006, program_file(program, declared->node), node_name_span(declared->node),
		            "the type `%s` is defined in terms of itself", name->text);
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
	resolve_offer_names(&suggest, &module->types);
	suggest_offer(&suggest, world_suggest(module->program->world, name, WORLD_TYPES));
	return suggest_result(&suggest);
}

/* Reports a wrong reference to a type: the `complain` of a type scope. `what` is the reason, or NULL when the type does not exist. */
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
		diag_help(diag, "`%s` is a step kind, which can only be the type of an argument", reference->word->text);
	else
		diag_help(diag, "the simple types are String, Integer, Float and Boolean; declare others with `shape`, `enum` or `type`");
	if (near)
		program_offer_fix(program, diag, reference, near);
}

/* Checks all types in a declaration, whether or not it is used. */
static void check_types(struct module *module, const struct node *node)
{
	struct program *program = module->program;
	bool is_kind = node->word && node->parent->kind == N_PARAMETER && module_kind(module, node->word);
	if (node->kind == N_TYPE_REF && !is_kind) {
		const struct word *pattern = type_from_node(&module->scope, node)->pattern;
		if (pattern && !pattern_is_valid(program->arena, &program->patterns, pattern))
			complain_about_type(module, node, "the pattern is not a valid regular expression");
	} else if ((node->kind == N_SHAPE || node->kind == N_TYPE) && node->word)
		find_user_type(module, node->word);
	for (const struct node *child = node->first; child; child = child->next)
		check_types(module, child);
}

static void add_body_name(struct program *program, struct map *names, const struct node *node)
{
	const struct node *earlier = node->word ? map_get(names, node->word) : NULL;
	if (earlier)
		resolve_report_duplicate(program, node, earlier);
	else if (node->word)
		map_put(program->arena, names, node->word, (void *)node);
}

/* Adds the names that a block and the branches in it declare to those of a body. */
static void add_body_names(struct program *program, struct map *names, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		/* a `let` in a branch or a `foreach` may shadow another name */
		bool is_let = item->kind == N_LET && block->parent->kind != N_ARM && block->parent->kind != N_FOREACH;
		if (is_let || node_is_unit(item))
			add_body_name(program, names, item);
		if (item->kind == N_FOREACH)
			add_body_names(program, names, node_child(item, ROLE_BLOCK));
		for (const struct node *arm = item->kind == N_CONDITION ? node_child(item, ROLE_ARM) : NULL; arm; arm = node_next(arm))
			add_body_names(program, names, node_child(arm, ROLE_BLOCK));
	}
}

/* Reports repeated names in a kind or component. Its parameters and what its body declares share one set of names. */
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
	resolve_check_block(program, node_child(node, ROLE_BLOCK));
	if (!program->pipeline.node) {
		program->pipeline.node = node;
		return;
	}
	struct diag *diag = program_report(program, SP2003, node, "a program can have only one `pipeline`");
	diag_related(diag, program_file(program, program->pipeline.node), node_span(program->pipeline.node), "the first is here");
}

static void add_kind(struct program *program, struct module *module, const struct node *node)
{
	add_declared(program, module, &module->types, node);
	check_names(program, node);
	if (node_child(node, ROLE_KIND)) {
		resolve_check_block(program, node_child(node, ROLE_BLOCK));
		return;
	}
	struct diag *diag = program_report(program, SP1202, node, "a kind in a program must be derived from another kind");
	diag->span = node_name_span(node);
	diag_help(diag, "write `kind %s(...) = KIND { ... }`; for a step type that the library does not know, use `Raw`",
	          node->word ? node->word->text : "NAME");
}

/* Enters a declaration of a file. Steps, schedules, `defaults` and assertions count only in the root module. */
static void add_declaration(struct program *program, struct module *module, const struct node *node)
{
	bool is_root = module == &program->root;
	switch (node->kind) {
	case N_PIPELINE: /* ignored in an imported file */
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
	case N_FOREACH:
	case N_USE:
		if (is_root)
			expand_declare(program, program->scope, node);
		break;
	case N_SCHEDULE:
		resolve_check_block(program, node_child(node, ROLE_BLOCK));
		if (is_root)
			expand_declare_schedule(program, node);
		break;
	case N_DEFAULTS:
		resolve_check_block(program, node_child(node, ROLE_BLOCK));
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
		resolve_check_block(program, node_child(node, ROLE_BLOCK));
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

/* Adds the names of a module's table to that of a module which imports one of its files whole. */
static void share_names(struct program *program, struct map *to, const struct map *from)
{
	for (size_t i = 0; i < from->room; i++)
		if (from->slots[i].key && !map_get(to, from->slots[i].key))
			map_put(program->arena, to, from->slots[i].key, from->slots[i].value);
}

static void resolve_file(struct program *program, struct module *module, struct module_file *file);

/* `import "./x.pipe"`: as if the text of the file were here. The declarations of a file are entered once. */
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
		else if (resolve_check_statement(program, item, N_FILE))
			add_declaration(program, module, item);
	}
}

/* Reports a kind whose base kind does not exist, whether or not the kind is used. */
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

/* Makes modules for files from which other files import only names. False when none was left without a module. */
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
