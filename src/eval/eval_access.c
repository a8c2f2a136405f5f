/* Members and elements of values: constants, steps, JSON files, component instances, predefined objects. */
#include "base/embedded.h"
#include "base/suggest.h"
#include "eval/derive.h"
#include "eval/eval_parts.h"

#include "base/python.h"
#include "eval/expand.h"
#include "eval/foreach.h"
#include "eval/pipeline.h"
#include "eval/symbols.h"

#include <stdlib.h>

static struct diag *report_member(struct eval *eval, enum diag_code code, const struct node *node, const char *message)
{
	struct diag *diag = eval_report(eval, code, node, "%s", message);
	diag->span = node->kind == N_MEMBER && node->name_end ? node_name_span(node) : diag->span;
	return diag;
}

static void suggest_member(struct eval *eval, struct diag *diag, const struct node *node, const struct type *shape,
                           const struct word *name, const char *what)
{
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (uint32_t i = 0; i < shape->count; i++)
		suggest_offer(&suggest, shape->members[i].name->text);
	const char *near = suggest_result(&suggest);
	if (!near)
		return;
	diag_help(diag, "a %s with a similar name exists: `%s`", what, near);
	program_offer_fix(eval->program, diag, node, near);
}

/* The name nearest to `name` among the clauses of one kind in the layers of a step, or NULL. */
static const char *nearest_clause(const struct step *step, enum node_kind kind, const struct word *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (size_t i = 0; i < step->layers.count; i++)
		for (const struct node *item = node_child(step->layers.items[i].block, ROLE_ITEM); item; item = node_next(item))
			if (item->kind == kind && item->word)
				suggest_offer(&suggest, item->word->text);
	return suggest_result(&suggest);
}

/* Adds the help for a property that only the SDK has, `Train.properties.X`, with what is read instead. False for any other name. */
static bool help_superfluous(struct eval *eval, struct diag *diag, const struct node *node, const struct word *name)
{
	const char *help = python_help(eval->program->arena, "property", name->text, name->length);
	const struct node *left = node_child(node, ROLE_LEFT), *next = node->parent;
	if (!help || !left)
		return false;
	if (left->kind == N_NAME && left->word && next->kind == N_MEMBER && next->word)
		diag_help(diag, "%.*s: `%s.%s`", (int)strcspn(help, ":"), help, left->word->text, next->word->text);
	else
		diag_help(diag, "%s", help);
	diag_edit(diag, span_of(left->end, node->end), "");
	return true;
}

static void suggest_property(struct eval *eval, struct diag *diag, const struct node *node, const struct type *shape,
                             const struct value *of, const struct word *name)
{
	if (help_superfluous(eval, diag, node, name))
		return;
	suggest_member(eval, diag, node, shape, name, "property");
	const char *near = of->kind == VALUE_STEP && !diag->help ? nearest_clause(of->step, N_PROPERTY_FILE, name) : NULL;
	if (!near)
		return;
	diag_help(diag, "a property file with a similar name exists: `%s`", near);
	program_offer_fix(eval->program, diag, node, near);
}

static const char *shape_name(const struct type *shape, const struct value *of)
{
	if (shape->name)
		return shape->name->text;
	const struct value *root = value_root(of);
	return root->kind == VALUE_STEP && root->step->kind ? root->step->kind->name->text : "this structure";
}

/* A value whose path extends that of `parent`, which is NULL for a root. `position` is for ACCESS_POSITION; other accesses have a
 * name. */
static const struct value *extend_path(struct eval *eval, enum value_kind kind, const struct node *node,
                                       const struct value *parent, enum access access, const struct word *name,
                                       uint32_t position, const struct type *type)
{
	struct value *value = eval_new(eval, kind, node);
	value->parent = parent;
	value->access = (uint8_t)access;
	value->word = name;
	value->position = position;
	value->type = type;
	return value;
}

/* Whether a key can be quoted in a path; false after a report. SageMaker has no escape for a quote. */
static bool is_quotable(struct eval *eval, const struct node *node, const struct word *key)
{
	if (!strpbrk(key->text, "'"))
		return true;
	const struct node *at = node->kind == N_INDEX ? node_child(node, ROLE_RIGHT) : node;
	eval_report(eval, SP3010, at, "a key with `'` in it cannot be written in a path: SageMaker has no escape for it");
	return false;
}

/* Whether a name is in quotes, `["Name"]`: what the library does not know of it passes. */
static bool is_quoted(const struct node *node)
{
	const struct node *index = node->kind == N_INDEX ? node_child(node, ROLE_RIGHT) : NULL;
	return index && index->kind == N_STRING;
}

/* A property or output that the library does not know. `what` says which. */
static const struct value *pass_quoted(struct eval *eval, const struct node *node, const struct value *of, enum access access,
                                       const struct word *name, const char *what)
{
	if (!is_quotable(eval, node, name))
		return &value_error;
	struct diag *diag = eval_report(eval, SP3035, node_child(node, ROLE_RIGHT), "%s", what);
	diag_label(diag, "it is passed on as written");
	diag_help(diag, "the library is made of %s", embedded_origins);
	return extend_path(eval, VALUE_GET, node, of, access, name, 0, type_primitive(TYPE_ANY));
}

/* Tells how a property that is newer than the library is written. */
static void offer_quotes(struct eval *eval, struct diag *diag, const struct node *node)
{
	const struct node *left = node_child(node, ROLE_LEFT);
	diag_help(diag, "if AWS has it and the library, of %.*s, does not, write it in quotes: [\"%s\"]", EMBEDDED_BOTOCORE,
	          node->word ? node->word->text : "...");
	if (node->kind == N_MEMBER && left && !eval->origin.call_site)
		diag_edit(diag, span_of(left->end, node->end), arena_printf(eval->program->arena, "[\"%s\"]", node->word->text));
}

static const struct value *property(struct eval *eval, const struct node *node, const struct value *of,
                                    const struct type *type, const struct word *name)
{
	if (type->kind == TYPE_ANY)
		return extend_path(eval, VALUE_GET, node, of, ACCESS_MEMBER, name, 0, type);
	if (type->kind == TYPE_MAP)
		return is_quotable(eval, node, name)
		       ? extend_path(eval, VALUE_GET, node, of, ACCESS_KEY, name, 0, type->element) : &value_error;
	if (type->kind == TYPE_SHAPE) {
		struct member *member = type_find_member(type, name);
		if (member)
			return extend_path(eval, VALUE_GET, node, of, ACCESS_MEMBER, name, 0, type_of_member(member));
		const struct value *root = value_root(of);
		if (is_quoted(node) && root->kind == VALUE_STEP) {
			const char *what = arena_printf(eval->program->arena, "the library knows no property `%s` of %s", name->text,
			                                shape_name(type, of));
			return pass_quoted(eval, node, of, ACCESS_MEMBER, name, what);
		}
		const char *message = arena_printf(eval->program->arena, "%s has no property `%s`", shape_name(type, of), name->text);
		struct diag *diag = report_member(eval, SP2020, node, message);
		if (root->kind == VALUE_STEP && root->step->kind)
			diag_label(diag, "not a property of %s", kind_text(eval->program->arena, root->step->kind));
		suggest_property(eval, diag, node, type, of, name);
		if (!diag->help && of->kind == VALUE_STEP && of->step->kind->clauses & CLAUSE_PROPERTY_FILE)
			diag_help(diag, "to read a file of the step, declare it there: `property file %s from \"OUTPUT\" at \"PATH\"`",
			          name->text);
		else if (!diag->help && root->kind == VALUE_STEP)
			offer_quotes(eval, diag, node);
		return &value_error;
	}
	const char *message = arena_printf(eval->program->arena, "%s has no property `%s`", type_noun(type), name->text);
	struct diag *diag = report_member(eval, SP2020, node, message);
	if (type->kind == TYPE_LIST)
		diag_help(diag, type->by ? "select one of its elements by name: `[\"...\"]`" : "select one of its elements: `[0]`");
	return &value_error;
}

static const struct value *file_of_step(struct eval *eval, const struct node *node, const struct value *of,
                                        const struct node *clause, const struct layer *layer)
{
	struct value *file = eval_new(eval, VALUE_FILE, node);
	const struct node *type = node_child(clause, ROLE_TYPE);
	file->step = of->step;
	file->file = clause->word;
	file->type = type ? type_from_node(&program_module(eval->program, layer->env)->scope, type) : NULL;
	return file;
}

/* The outermost absent instance around a step, or NULL. */
static struct instance *outermost_absent(const struct step *step)
{
	struct instance *absent = NULL;
	for (struct instance *instance = step->scope->instance; instance; instance = instance->outer->instance)
		if (instance->is_absent)
			absent = instance;
	return absent;
}

static void report_absent(struct eval *eval, const struct node *node, const struct step *step)
{
	struct program *program = eval->program;
	struct step *decisive = (struct step *)step; /* the outermost absent step: it or an instance around it has the false `when` */
	while (decisive->parent && decisive->parent->is_absent)
		decisive = decisive->parent;
	struct instance *instance = outermost_absent(decisive);
	const struct layer *layer = &(struct layer){0};
	struct eval outer = {.program = program, .origin.frame = instance ? instance->outer->origin.frame : NULL};
	const struct node *when = instance ? symbols_false_when(&outer, node_child(instance->node, ROLE_BLOCK), instance->env)
	                                       : symbols_false_when_of(program, decisive, &layer);
	const char *owner = instance ? symbols_instance_name(program, instance)->text : program_step_name(decisive);
	const char *whose = decisive == step && !instance ? "its `when`" : arena_printf(program->arena, "the `when` of `%s`", owner);
	struct diag *diag = eval_report(eval, SP2022, node, "the step `%s` is not in the definition: %s is false", step->name->text, whose);
	if (when && !(instance ? instance->outer->origin.call_site : layer->origin.call_site))
		diag_related(diag, program_file(program, when), node_span(when), "the `when` is here");
	diag_help(diag, "read it only where the step exists: `CONFIG ? %s.NAME : OTHER_VALUE`", step->name->text);
}

/* Whether a step exists and may be referred to; false after a report. */
static bool may_refer(struct eval *eval, const struct node *node, struct step *step)
{
	const struct kind *kind = derive_kind(eval->program, step);
	if (!kind)
		return false;
	if (symbols_is_absent(eval->program, step)) {
		report_absent(eval, node, step);
		return false;
	}
	if (kind->is_terminal) {
		eval_report(eval, SP2023, node, "nothing can refer to `%s`: %s ends the pipeline", step->name->text,
		            kind_text(eval->program->arena, kind));
		return false;
	}
	return true;
}

/* A member of a step; or of what a step in the body of a `foreach` made in one iteration, where `of` is a GET. */
static const struct value *step_member(struct eval *eval, const struct node *node, const struct value *of,
                                       const struct word *name)
{
	struct step *step = of->step;
	if (!may_refer(eval, node, step))
		return &value_error;
	const struct layer *layer;
	const struct node *file = symbols_find_clause(step, N_PROPERTY_FILE, name, &layer);
	if (file && of->kind == VALUE_STEP)
		return file_of_step(eval, node, of, file, layer);
	if (step->node->kind == N_FOREACH && of->kind == VALUE_STEP && foreach_has_member(name))
		return foreach_member(eval, node, of, name);
	if (step->kind->clauses & CLAUSE_OUTPUT && name == eval->program->world->word.output_parameters) {
		struct value *outputs = eval_new(eval, VALUE_OUTPUTS, node);
		outputs->step = step;
		outputs->parent = of;
		return outputs;
	}
	if (step->kind->properties)
		return property(eval, node, of, step->kind->properties, name);
	const char *owner = kind_text(eval->program->arena, step->kind);
	if (is_quoted(node)) {
		const char *what = arena_printf(eval->program->arena, "the library knows no property `%s` of %s", name->text, owner);
		return pass_quoted(eval, node, of, ACCESS_MEMBER, name, what);
	}
	const char *message = arena_printf(eval->program->arena, "%s has no property `%s`", owner, name->text);
	struct diag *diag = report_member(eval, SP2020, node, message);
	if (step->kind->clauses & CLAUSE_OUTPUT)
		diag_help(diag, "its outputs are `%s.OutputParameters.NAME`", step->name->text);
	return &value_error;
}

static const struct value *get_member(struct eval *eval, const struct node *node, const struct value *of, const struct word *name)
{
	if (of->access == ACCESS_BODY_STEP || of->access == ACCESS_SELECTED)
		return step_member(eval, node, of, name);
	return foreach_of_iteration(of) ? foreach_body_step(eval, node, of, name) : property(eval, node, of, of->type, name);
}

static const struct value *output_of(struct eval *eval, const struct node *node, const struct value *of,
                                     const struct word *name)
{
	struct program *program = eval->program;
	const struct layer *layer;
	const struct node *clause = symbols_find_clause(of->step, N_OUTPUT, name, &layer);
	if (!clause && is_quoted(node)) {
		const struct value *outputs = extend_path(eval, VALUE_GET, node, of->parent, ACCESS_MEMBER,
		                                          program->world->word.output_parameters, 0, type_primitive(TYPE_ANY));
		const char *what = arena_printf(program->arena, "the step `%s` declares no output `%s`", of->step->name->text, name->text);
		return pass_quoted(eval, node, outputs, ACCESS_KEY, name, what);
	}
	if (!clause) {
		const char *message = arena_printf(program->arena, "the step `%s` declares no output `%s`", of->step->name->text,
		                                   name->text);
		struct diag *diag = report_member(eval, SP2021, node, message);
		const char *near = nearest_clause(of->step, N_OUTPUT, name);
		if (near)
			diag_help(diag, "an output with a similar name is declared: `%s`", near);
		else
			diag_help(diag, "declare it in the step: `output %s: String`", name->text);
		if (near)
			program_offer_fix(program, diag, node, near);
		return &value_error;
	}
	struct eval own = {.program = program, .step = of->step, .origin = layer->origin};
	const struct word *emitted = symbols_own_name(&own, clause, layer->env);
	const struct value *outputs = extend_path(eval, VALUE_GET, node, of->parent, ACCESS_MEMBER,
	                                          program->world->word.output_parameters, 0, type_primitive(TYPE_ANY));
	const struct type *type = type_from_node(&program_module(program, layer->env)->scope, node_child(clause, ROLE_TYPE));
	const struct type *scalar = type_is_scalar(type) ? type : type_primitive(TYPE_ANY); /* a wrong type is reported at the clause */
	return extend_path(eval, VALUE_GET, node, outputs, ACCESS_KEY, emitted, 0, scalar);
}

/* `.name` and `["name"]` of a JSON file or of a value in it. */
static const struct value *json_member(struct eval *eval, const struct node *node, const struct value *of,
                                       enum access access, const struct word *name)
{
	const struct type *type = NULL;
	if (!is_quotable(eval, node, name))
		return &value_error;
	if (of->type && of->type->kind == TYPE_SHAPE) {
		struct member *member = type_find_member(of->type, name);
		if (!member) {
			const char *owner = shape_name(of->type, of);
			const char *message = arena_printf(eval->program->arena, "%s has no member `%s`", owner, name->text);
			suggest_member(eval, report_member(eval, SP2020, node, message), node, of->type, name, "member");
			return &value_error;
		}
		type = type_of_member(member);
	} else if (of->type && of->type->kind == TYPE_MAP) {
		type = of->type->element;
	}
	return extend_path(eval, VALUE_JSON, node, of, access, name, 0, type);
}

static void list_members(struct diag *diag, const struct type *shape)
{
	struct text names = {0};
	for (uint32_t i = 0; i < shape->count; i++)
		text_printf(&names, "%s%s", !i ? "" : i + 1 < shape->count ? ", " : " and ", shape->members[i].name->text);
	diag_help(diag, "the members are %s", text_string(&names));
	text_free(&names);
}

static const struct value *space_member(struct eval *eval, const struct node *node, const struct value *of,
                                        const struct word *name)
{
	struct program *program = eval->program;
	if (of->space == SPACE_PIPELINE)
		return pipeline_constant(eval, node, name);
	if (of->space == SPACE_STEP) {
		if (name != program->world->word.name) {
			diag_help(report_member(eval, SP2020, node, "`Step` has only the member `Name`"), "write `Step.Name`");
			return &value_error;
		}
		if (!eval->step) {
			diag_help(eval_report(eval, SP2024, node, "`Step.Name` is known only in a step"),
			          "use it in the block of a step, or in a function that a step calls");
			return &value_error;
		}
		const struct word *step_name = symbols_step_name(program, eval->step);
		return eval_string(eval, node, step_name->text, step_name->length);
	}
	struct member *member = type_find_member(of->type, name);
	bool is_execution = of->space == SPACE_EXECUTION;
	if (!member) {
		const char *what = is_execution ? "Execution" : "PipelineExperimentConfig";
		const char *message = arena_printf(program->arena, "there is no `%s.%s`", what, name->text);
		struct diag *diag = report_member(eval, SP2020, node, message);
		suggest_member(eval, diag, node, of->type, name, "variable");
		if (!diag->help)
			list_members(diag, of->type);
		return &value_error;
	}
	return extend_path(eval, VALUE_GET, node, NULL, is_execution ? ACCESS_EXECUTION : ACCESS_EXPERIMENT, name, 0,
	                   type_of_member(member));
}

/* A copy of a member of a family with its place at the reference. */
static const struct value *member_of_family(struct eval *eval, const struct node *node, const struct value *member)
{
	if (member->kind != VALUE_STEP && member->kind != VALUE_INSTANCE)
		return member;
	struct value *named = arena_new(eval->program->arena, struct value);
	*named = *member;
	named->at = node;
	named->frame = eval->origin.frame;
	return named;
}

static const struct value *object_member(struct eval *eval, const struct node *node, const struct value *object,
                                         const struct word *name)
{
	const struct field *field = value_field(object, name);
	if (!eval_spend(eval, node, object->count / EVAL_LOOKS_OF_WORK))
		return &value_error;
	if (field)
		return object->is_family ? member_of_family(eval, node, field->value) : field->value;
	if (object->type && object->type->kind == TYPE_SHAPE && type_find_member(object->type, name))
		return eval_new(eval, VALUE_NULL, node);
	const char *owner = object->is_family ? "this family" : "this object";
	const char *message = arena_printf(eval->program->arena, "%s has no member `%s`", owner, name->text);
	struct diag *diag = report_member(eval, SP2020, node, message);
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (uint32_t i = 0; i < object->count && program_may_suggest(eval->program); i++)
		suggest_offer(&suggest, object->fields[i].name->text);
	const char *near = suggest_result(&suggest);
	if (near)
		diag_help(diag, "a member with a similar name exists: `%s`", near);
	else if (object->is_family && object->count)
		diag_help(diag, "select a member by its key, such as `[\"%s\"]`", object->fields[0].name->text);
	if (near)
		program_offer_fix(eval->program, diag, node, near);
	return &value_error;
}

const struct value *eval_member(struct eval *eval, const struct node *node, const struct value *value)
{
	const struct word *name = node->word;
	if (!name)
		return &value_error;
	switch (value->kind) {
	case VALUE_ERROR:
		return value;
	case VALUE_NULL:
		return value;
	case VALUE_OBJECT:
		return object_member(eval, node, value, name);
	case VALUE_STEP:
		return step_member(eval, node, value, name);
	case VALUE_GET:
		return get_member(eval, node, value, name);
	case VALUE_FILE:
	case VALUE_JSON:
		return json_member(eval, node, value, ACCESS_MEMBER, name);
	case VALUE_OUTPUTS:
		return output_of(eval, node, value, name);
	case VALUE_SPACE:
		return space_member(eval, node, value, name);
	case VALUE_INSTANCE:
		return expand_export(eval, node, value->instance, name);
	default: {
		const char *message = arena_printf(eval->program->arena, "%s has no member `%s`",
		                                   value_noun(eval->program->arena, value), name->text);
		report_member(eval, SP2020, node, message);
		return &value_error;
	}
	}
}

/* The constant position in an index; -1 after a report. */
static int64_t position_of(struct eval *eval, const struct node *node, const struct value *index)
{
	if (value_is_integer(index)) {
		long long position = strtoll(index->word->text, NULL, 10);
		if (position >= 0 && position < UINT32_MAX)
			return position;
	}
	eval_report(eval, SP3011, node_child(node, ROLE_RIGHT), "a list index must be a whole number from 0, not %s",
	            value_noun(eval->program->arena, index));
	return -1;
}

static const struct value *list_element(struct eval *eval, const struct node *node, const struct value *list,
                                        const struct value *index)
{
	int64_t position = position_of(eval, node, index);
	if (position < 0)
		return &value_error;
	if (position >= list->count) {
		eval_report(eval, SP3011, node_child(node, ROLE_RIGHT), "the list has %u element%s, counted from 0: there is no [%lld]",
		            (unsigned)list->count, list->count == 1 ? "" : "s", (long long)position);
		return &value_error;
	}
	return list->items[position];
}

static const struct value *property_element(struct eval *eval, const struct node *node, const struct value *of,
                                            const struct value *index)
{
	const struct type *type = of->type;
	bool is_of_body = of->access == ACCESS_BODY_STEP || of->access == ACCESS_SELECTED || foreach_of_iteration(of);
	if (is_of_body && index->kind == VALUE_STRING)
		return get_member(eval, node, of, index->word);
	if (type->kind == TYPE_ANY || type->kind == TYPE_LIST) {
		const struct type *element = type->kind == TYPE_LIST ? type->element : type;
		if (index->kind == VALUE_STRING && (type->kind == TYPE_ANY || type->by))
			return is_quotable(eval, node, index->word)
			       ? extend_path(eval, VALUE_GET, node, of, ACCESS_KEY, index->word, 0, element) : &value_error;
		int64_t position = position_of(eval, node, index);
		if (position >= 0 && type->has_max && (double)position >= type->max) {
			eval_report(eval, SP3011, node_child(node, ROLE_RIGHT),
			            "the list has at most %.0f elements, counted from 0: there is no [%lld]", type->max,
			            (long long)position);
			return &value_error;
		}
		return position < 0 ? &value_error
		                    : extend_path(eval, VALUE_GET, node, of, ACCESS_POSITION, NULL, (uint32_t)position, element);
	}
	if (type_is_scalar(type)) {
		eval_report(eval, SP3011, node, "%s has no elements", type_noun(type));
		return &value_error;
	}
	if (index->kind != VALUE_STRING) {
		eval_report(eval, SP3011, node_child(node, ROLE_RIGHT), "%s is read by name, not with %s", type_noun(type),
		            value_noun(eval->program->arena, index));
		return &value_error;
	}
	return property(eval, node, of, type, index->word);
}

const struct value *eval_index(struct eval *eval, const struct node *node, const struct value *value,
                               const struct value *index)
{
	if (value->kind == VALUE_ERROR || index->kind == VALUE_ERROR)
		return &value_error;
	if (value->kind == VALUE_NULL)
		return value;
	if (index->kind != VALUE_STRING && index->kind != VALUE_NUMBER) {
		struct diag *diag = eval_report(eval, SP3011, node_child(node, ROLE_RIGHT), "an index must be a constant, not %s",
		                                value_noun(eval->program->arena, index));
		if (value_is_deferred(index))
			diag_help(diag, "SageMaker takes no expression in a path: use a `config`");
		return &value_error;
	}
	bool is_name = index->kind == VALUE_STRING;
	switch (value->kind) {
	case VALUE_LIST:
		return list_element(eval, node, value, index);
	case VALUE_GET:
		return property_element(eval, node, value, index);
	case VALUE_OBJECT:
		if (is_name || (value->is_family && value_is_integer(index))) /* keys of a family may be numbers */
			return object_member(eval, node, value, index->word);
		break;
	case VALUE_OUTPUTS:
		if (is_name)
			return output_of(eval, node, value, index->word);
		break;
	case VALUE_FILE:
	case VALUE_JSON:
		if (is_name)
			return json_member(eval, node, value, ACCESS_KEY, index->word);
		int64_t position = position_of(eval, node, index);
		return position < 0 ? &value_error
		                    : extend_path(eval, VALUE_JSON, node, value, ACCESS_POSITION, NULL, (uint32_t)position,
		                                  value->type && value->type->kind == TYPE_LIST ? value->type->element : NULL);
	case VALUE_STEP:
		if (is_name)
			return step_member(eval, node, value, index->word);
		break;
	default:
		break;
	}
	eval_report(eval, SP3011, node, "%s has no element %s", value_noun(eval->program->arena, value),
	            is_name ? arena_printf(eval->program->arena, "\"%s\"", index->word->text)
	                    : arena_printf(eval->program->arena, "[%s]", index->word->text));
	return &value_error;
}
