#include "eval/derive.h"

#include "base/python.h"
#include "eval/arguments.h"
#include "eval/module.h"
#include "eval/resolve.h"

/* A kind in the chain from the step's own kind to the built-in kind. */
struct level {
	const struct kind *kind;
	const struct env *env; /* what its body sees */
	struct origin origin;  /* of its body */
};

void derive_report_kind(struct eval *eval, struct module *module, const struct node *name)
{
	struct diag *diag = eval_report(eval, SP2010, name, "there is no step kind `%s`", name->word->text);
	if (eval_help_python(eval, diag, name))
		return;
	const char *near = module_suggest_kind(module, name->word->text);
	struct module *owner;
	const struct node *function = module_function(module, name->word, &owner);
	if (function && function->kind == N_COMPONENT) {
		diag_help(diag, "`%s` is a component: write `use NAME: %s(...)`", name->word->text, name->word->text);
	} else if (near) {
		diag_help(diag, "a kind with a similar name exists: `%s`", near);
		program_offer_fix(eval->program, diag, name, near);
	} else {
		diag_help(diag, "for a step type that sagepipec does not know, write `Raw { Type: \"%s\" ... }`", name->word->text);
	}
}

/* Applies a derived kind to its arguments. On entry, `level` has what the reference sees; on return, what the body of the kind sees.
 * False after a report. */
static bool apply_kind(struct program *program, struct step *step, struct level *level, const struct node *reference)
{
	struct module *module = level->kind->module ? level->kind->module : &program->library;
	const struct application application = {reference, level->kind->node, module, level->env, level->origin, step};
	struct origin origin;
	if (!arguments_origin(program, &application, &origin))
		return false;
	bool is_complete; /* ignored: a missing argument has the value value_error */
	level->env = arguments_bind(program, &application, origin, &is_complete);
	level->origin = origin;
	level->env = resolve_bind_lets(program, node_child(level->kind->node, ROLE_BLOCK), level->env, module, origin, step);
	return true;
}

static void add_layer(struct program *program, struct step *step, const struct node *block, const struct env *env,
                      struct origin origin)
{
	if (block)
		vec_push(program->arena, &step->layers, ((struct layer){block, env, origin}));
}

/* Whether an N_DEFAULTS applies to a kind. */
static bool names_kind(struct program *program, const struct node *defaults, const struct kind *kind)
{
	for (const struct node *item = node_child(defaults, ROLE_ITEM); item; item = node_next(item))
		if (item->word && module_kind(&program->root, item->word) == kind)
			return true;
	return false;
}

/* Adds the `defaults` for a kind. They stand in the root module and apply to the whole program. */
static void add_defaults(struct program *program, struct step *step, const struct kind *kind)
{
	for (size_t i = 0; i < program->defaults.count; i++) {
		const struct node *defaults = program->defaults.items[i];
		if (names_kind(program, defaults, kind))
			add_layer(program, step, node_child(defaults, ROLE_BLOCK), &program->root.env, (struct origin){0});
	}
}

static void report_arguments(struct eval *eval, const struct node *reference, const struct kind *kind)
{
	struct diag *diag = eval_report(eval, SP2008, reference, "the built-in kind `%s` takes no arguments: write its fields in the block",
	                                kind->name->text);
	const char *help = python_help(eval->program->arena, "kind", kind->name->text, kind->name->length);
	if (help)
		diag_help(diag, "%s", help);
}

/* Fills the levels, from the step's own kind to the built-in kind. The result is their number; 0 after a report. */
static size_t fill_levels(struct program *program, struct step *step, struct level *levels, size_t room)
{
	const struct node *reference = node_child(step->node, ROLE_KIND);
	struct level level = {step->kind, step->env, step->scope->origin};
	size_t count = 0;
	while (count < room) {
		struct eval eval = {program, step, level.origin};
		if (!level.kind->base && reference->kind == N_CALL) {
			report_arguments(&eval, reference, level.kind);
			return 0;
		}
		if (level.kind->base && !apply_kind(program, step, &level, reference))
			return 0;
		if (!count && level.kind->base)
			step->parameters = level.env;
		levels[count++] = level;
		if (!level.kind->base)
			break;
		reference = node_child(level.kind->node, ROLE_KIND);
		level.kind = level.kind->base;
	}
	return count;
}

static size_t count_levels(const struct kind *kind)
{
	size_t count = 0;
	for (; kind; kind = kind->base)
		count++;
	return count;
}

/* From weakest to strongest: the bodies of kinds, then the `defaults` of kinds, each from the built-in kind to the step's own. The step's
 * own block follows later. */
static void fill_layers(struct program *program, struct step *step)
{
	size_t room = count_levels(step->kind);
	struct level *levels = arena_array(program->arena, struct level, room + 1);
	size_t count = fill_levels(program, step, levels, room);
	if (!count)
		step->kind = NULL; /* without what the kind gives, any check would report consequences */
	for (size_t i = count; i--;)
		if (levels[i].kind->base)
			add_layer(program, step, node_child(levels[i].kind->node, ROLE_BLOCK), levels[i].env, levels[i].origin);
	for (size_t i = count; i--;)
		add_defaults(program, step, levels[i].kind);
}

/* How the construct that makes steps of a kind is written; NULL for a kind that `step` makes. */
static const char *find_construct(const struct kind *kind)
{
	static const struct {
		const char *kind, *form;
	} constructs[] = {
		{"Condition", "condition NAME if LEFT == RIGHT { ... } else { ... }"},
		{"ForEach", "foreach NAME for ITEM in ITEMS { MaxConcurrency: 4, step ... }"},
	};
	while (kind->base)
		kind = kind->base;
	for (size_t i = 0; i < sizeof constructs / sizeof *constructs; i++)
		if (names_is(kind->name, constructs[i].kind))
			return constructs[i].form;
	return NULL;
}

void derive_check_defaults(struct eval *eval, struct module *module, const struct node *name)
{
	const struct kind *kind = name->word ? module_kind(module, name->word) : NULL;
	const char *construct = kind ? find_construct(kind) : NULL;
	if (construct)
		diag_help(eval_report(eval, SP2010, name, "`defaults` have no effect on %s", kind_text(eval->program->arena, kind)),
		          "write the fields in the block: `%s`", construct);
	else if (name->word && !kind && !map_get(&module->types, name->word))
		derive_report_kind(eval, module, name);
}

/* Reports a kind that only a construct of the language can make; true after a report. */
static bool is_construct(struct eval *eval, const struct kind *kind, const struct node *name)
{
	const char *construct = find_construct(kind);
	if (construct)
		diag_help(eval_report(eval, SP2010, name, "%s is not declared with `step`", kind_text(eval->program->arena, kind)),
		          "write `%s`", construct);
	return construct != NULL;
}

static void find_kind(struct program *program, struct step *step)
{
	const struct node *name = node_callee(node_child(step->node, ROLE_KIND));
	struct module *module = program_module(program, step->env);
	step->kind = name && name->word ? module_kind(module, name->word) : NULL;
	struct eval eval = {.program = program, .origin = step->scope->origin};
	if (step->kind && is_construct(&eval, step->kind, name))
		step->kind = NULL;
	else if (!step->kind && name && name->word && !map_get(&module->types, name->word))
		/* a mistake in a kind that the program declares is reported there */
		derive_report_kind(&eval, module, name);
}

const struct kind *derive_kind(struct program *program, struct step *step)
{
	if (step->are_layers_known)
		return step->kind;
	step->are_layers_known = true;
	if (step->node->kind == N_STEP)
		find_kind(program, step);
	if (step->node->kind == N_STEP && step->kind)
		fill_layers(program, step);
	if (step->node->kind != N_ARM)
		add_layer(program, step, node_child(step->node, ROLE_BLOCK), step->env, step->scope->origin);
	return step->kind;
}
