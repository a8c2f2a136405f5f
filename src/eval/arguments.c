#include "eval/arguments.h"

#include "base/suggest.h"
#include "eval/forms.h"
#include "eval/module.h"

size_t arguments_count(const struct node *declaration)
{
	size_t count = 0;
	for (const struct node *child = node_child(declaration, ROLE_PARAMETER); child; child = node_next(child))
		count++;
	return count;
}

static const struct node *find_parameter(const struct node *declaration, const struct word *name, size_t *index)
{
	*index = 0;
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p), ++*index)
		if (p->word == name)
			return p;
	return NULL;
}

static void report_unknown(struct eval *eval, const struct node *argument, const struct node *declaration)
{
	struct diag *diag = eval_report(eval, SP2008, argument, "`%s` has no argument `%s`", declaration->word->text,
	                                argument->word->text);
	struct suggest suggest;
	suggest_init(&suggest, argument->word->text);
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p))
		if (p->word)
			suggest_offer(&suggest, p->word->text);
	const struct kind *kind = declaration->kind == N_KIND ? module_kind(&eval->program->root, declaration->word) : NULL;
	const struct form_place place = {declaration, kind ? kind->arguments : NULL, true};
	if (forms_help(eval->program, diag, argument, &place))
		return;
	const char *near = suggest_result(&suggest);
	if (near)
		diag_help(diag, "an argument with a similar name exists: `%s`", near);
	else if (declaration->kind == N_KIND)
		diag_help(diag, "write a field of the step in its block: `{ %s: ... }`", argument->word->text);
	if (near)
		program_offer_fix(eval->program, diag, argument, near);
}

bool arguments_place(struct eval *eval, const struct node *call, const struct node *declaration,
                     const struct node **expressions, size_t count)
{
	size_t next = 0;
	bool is_good = true, is_named = false;
	const struct node *argument = call->kind == N_CALL ? node_child(call, ROLE_ITEM) : NULL;
	for (; argument; argument = node_next(argument)) {
		size_t index = next++;
		if (is_named && !argument->word) {
			eval_report(eval, SP2008, argument, "a positional argument cannot follow a named argument");
			return false;
		}
		is_named |= argument->word != NULL;
		if (argument->word && !find_parameter(declaration, argument->word, &index)) {
			report_unknown(eval, argument, declaration);
			is_good = false;
			continue;
		}
		if (index >= count) {
			eval_report(eval, SP2008, argument, "`%s` takes at most %zu argument%s", declaration->word->text, count,
			            count == 1 ? "" : "s");
			return false;
		}
		if (expressions[index]) {
			eval_report(eval, SP2008, argument, "this argument of `%s` is given twice", declaration->word->text);
			return false;
		}
		expressions[index] = node_child(argument, ROLE_VALUE);
	}
	return is_good;
}

void arguments_report_missing(struct eval *eval, const struct node *call, const struct node *declaration,
                              const struct node *parameter)
{
	if (parameter->word)
		eval_report(eval, SP2008, call, "`%s` requires the argument `%s`", declaration->word->text, parameter->word->text);
}

/* Deeper steps would have no valid names: a name has at most 64 characters, and each component around a step adds at least two. */
enum { MAX_NESTING = 64 };

struct origin arguments_enter(struct program *program, struct origin outer, const struct node *call, const struct node *declaration,
                              const struct module *module)
{
	struct call_frame *frame = arena_new(program->arena, struct call_frame);
	*frame = (struct call_frame){outer.frame, call, declaration};
	const struct node *call_site = module == &program->library && !outer.call_site ? call : outer.call_site;
	return (struct origin){frame, call_site, outer.is_kind || declaration->kind == N_KIND};
}

bool arguments_origin(struct program *program, const struct application *application, struct origin *origin)
{
	struct eval eval = {.program = program, .origin = application->origin};
	unsigned depth = 0;
	for (const struct call_frame *frame = application->origin.frame; frame; frame = frame->outer) {
		if (++depth > MAX_NESTING && frame->declaration->kind == N_COMPONENT) {
			struct diag *diag = eval_report(&eval, SP1203, application->reference, "components are nested more than %d levels "
			                                                                       "deep",
			                                MAX_NESTING);
			diag->related = NULL; /* it would list every component */
			return false;
		}
		if (frame->declaration != application->declaration)
			continue;
		eval_report(&eval, SP2006, application->reference, "`%s` cannot use itself, directly or "
		                                                   "indirectly", application->declaration->word->text);
		return false;
	}
	*origin = arguments_enter(program, application->origin, application->reference, application->declaration, application->module);
	return true;
}

static struct symbol *add_argument(struct program *program, const struct application *application, const struct node *parameter)
{
	struct symbol *symbol = arena_new(program->arena, struct symbol);
	symbol->kind = SYMBOL_ARGUMENT;
	symbol->name = parameter->word;
	symbol->node = parameter;
	symbol->module = application->module;
	symbol->step = application->step;
	symbol->index = (uint32_t)program->symbols.count;
	vec_push(program->arena, &program->symbols, symbol);
	return symbol;
}

/* The field of a block with the name of a parameter, or NULL. */
static const struct node *find_field(const struct node *block, const struct node *parameter)
{
	const struct node *item = node_child(block, ROLE_ITEM);
	while (item && (item->kind != N_FIELD || !item->word || item->word != parameter->word))
		item = node_next(item);
	return item;
}

/* `step S: Kind { argument: value }`: if required arguments are written as fields, reports it once and takes all arguments from the
 * fields. */
static void place_fields(struct eval *eval, const struct node *reference, const struct node *declaration, const struct node **expressions)
{
	const struct node *block = reference->kind == N_NAME ? node_child(reference->parent, ROLE_BLOCK) : NULL;
	const struct node *first = NULL;
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p && !first; p = node_next(p))
		first = node_child(p, ROLE_VALUE) ? NULL : find_field(block, p);
	if (!first)
		return;
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p)) {
		const struct node *field = find_field(block, p);
		*expressions++ = field ? node_child(field, ROLE_VALUE) : NULL;
	}
	const char *kind = declaration->word->text, *name = first->word->text;
	struct diag *diag = eval_report(eval, SP2008, first, "`%s` is an argument of `%s`, not a field", name, kind);
	diag->span = node_name_span(first);
	diag_help(diag, "write the arguments in parentheses after the kind: `%s(%s: …)`", kind, name);
}

const struct env *arguments_bind(struct program *program, const struct application *application, struct origin origin,
                                 bool *is_complete)
{
	const struct node *declaration = application->declaration;
	struct eval outside = {.program = program, .step = application->step, .origin = application->origin};
	size_t count = arguments_count(declaration), index = 0;
	const struct node **expressions = arena_array(program->arena, const struct node *, count + 1);
	struct env *bound = arena_array(program->arena, struct env, count + 1);
	const struct env *inner = &application->module->env;
	bool is_placed = arguments_place(&outside, application->reference, declaration, expressions, count);
	*is_complete = is_placed;
	place_fields(&outside, application->reference, declaration, expressions);
	for (const struct node *p = node_child(declaration, ROLE_PARAMETER); p; p = node_next(p), index++) {
		const struct node *initial = node_child(p, ROLE_VALUE);
		struct symbol *symbol = add_argument(program, application, p);
		if (expressions[index]) {
			symbol->expression = expressions[index];
			symbol->env = application->env;
			symbol->origin = application->origin;
			symbol->is_given = application->step && node_child(application->step->node, ROLE_KIND) == application->reference;
		} else if (initial) {
			symbol->expression = initial;
			symbol->env = inner;
			symbol->origin = origin;
		} else {
			symbol->value = &value_error;
			*is_complete = false;
			if (is_placed)
				arguments_report_missing(&outside, application->reference, declaration, p);
		}
		bound[index] = (struct env){.outer = inner, .name = p->word, .symbol = symbol};
		inner = &bound[index];
	}
	return inner;
}
