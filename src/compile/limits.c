#include "compile/limits.h"

#include "base/utf8.h"

#include <ctype.h>

enum {
	NAME_MAX_LENGTH = 64,      /* of a step and of a parameter */
	PIPELINE_NAME_MAX = 256,
	DEFAULT_MAX_LENGTH = 4096, /* of a String parameter's default */
	OUTPUT_MAX_COUNT = 50,     /* of a Lambda or Callback step */
	OUTPUT_NAME_MAX = 256,
	STEP_QUOTA = 50,           /* users report both quotas; AWS can raise them */
	PARAMETER_QUOTA = 200,
};

static bool is_name(const char *text, bool takes_underscore)
{
	for (; *text; text++)
		if (!isalnum((unsigned char)*text) && *text != '-' && !(takes_underscore && *text == '_'))
			return false;
	return true;
}

/* Reports a name where it is written: after `as`, else the name of the declaration; at the call site for text of the library. */
static void report_name(struct program *program, enum diag_code code, const struct node *node, struct origin origin,
                        const char *what, const char *name)
{
	const struct node *as = node_child(node, ROLE_AS);
	const struct value place = {.at = program_place(origin, node), .frame = origin.frame};
	struct diag *diag = program_report_value(program, code, &place, NULL, "%s \"%s\" %s", what, name,
	                                         strlen(name) > NAME_MAX_LENGTH ? "is longer than 64 characters"
	                                         : *name                        ? "has characters that SageMaker does not allow"
	                                                                        : "is empty");
	if (!origin.call_site)
		diag->span = as ? node_span(as) : node_name_span(node);
	diag_help(diag, "SageMaker allows 1 to 64 letters, digits, `-` and `_`");
}

static bool is_bad_name(const struct word *name)
{
	return !name->length || name->length > NAME_MAX_LENGTH || !is_name(name->text, true);
}

static void check_pipeline_name(struct program *program)
{
	const struct node *node = node_child(program->pipeline.node, ROLE_NAME);
	const char *name = program->pipeline.name->text;
	size_t length = strlen(name);
	if (!node || (node->kind != N_STRING && !length) || (node->kind == N_STRING && node->word != program->pipeline.name))
		return;
	if (length && length <= PIPELINE_NAME_MAX && is_name(name, false) && name[0] != '-' && name[length - 1] != '-')
		return;
	struct diag *diag = program_report(program, SP5003, node, "\"%s\" is not a valid pipeline name", name);
	diag_help(diag, "SageMaker allows 1 to 256 letters, digits and `-`, but no `-` at the start or end%s",
	          strchr(name, '_') ? ", and no `_`" : "");
}

static void report_same_parameter(struct program *program, const struct symbol *symbol, const struct symbol *earlier)
{
	struct diag *diag = diag_report(program->diags, SP2015, program_file(program, symbol->node), node_name_span(symbol->node),
	                                "two parameters have the name \"%s\" in the definition", symbol->emitted->text);
	diag_related(diag, program_file(program, earlier->node), node_name_span(earlier->node), "the other is here");
	diag_help(diag, "give one of them another name: `param %s as \"...\"`", symbol->name->text);
}

static void check_parameters(struct program *program)
{
	struct map emitted = {0};
	size_t count = 0;
	for (size_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = program->symbols.items[i];
		if (symbol->kind != SYMBOL_PARAM || symbol->is_optional || !symbol->emitted)
			continue;
		const struct symbol *earlier = map_get(&emitted, symbol->emitted);
		if (is_bad_name(symbol->emitted))
			report_name(program, SP5002, symbol->node, (struct origin){0}, "the parameter name", symbol->emitted->text);
		/* two declarations of one name in one module are reported already */
		if (earlier && (earlier->name != symbol->name || earlier->module != symbol->module))
			report_same_parameter(program, symbol, earlier);
		map_put(program->arena, &emitted, symbol->emitted, symbol);
		const struct value *initial = symbol->initial;
		size_t length = initial && initial->kind == VALUE_STRING ? utf8_count(initial->word->text, initial->word->length) : 0;
		if (length > DEFAULT_MAX_LENGTH)
			program_report_value(program, SP5012, initial, symbol->node,
			                     "this default has %zu characters: at most %d are allowed", length, DEFAULT_MAX_LENGTH);
		count++;
		if (count == PARAMETER_QUOTA + 1)
			program_report(program, SP5010, symbol->node,
			               "the pipeline has more than %d parameters, the quota reported by users", PARAMETER_QUOTA);
	}
}

static void check_step_name(struct program *program, const struct step *step, struct map *reported)
{
	struct instance *instance = step->scope->instance;
	if (instance && instance->name && is_bad_name(instance->name)) {
		if (!instance->is_name_reported)
			report_name(program, SP5001, instance->node, instance->outer->origin, "the instance name", instance->name->text);
		instance->is_name_reported = true;
	} else if (is_bad_name(step->step_name) && step->node->word && !map_get(reported, step->node->word)) {
		report_name(program, SP5001, step->node, step->scope->origin, "the step name", step->step_name->text);
		map_put(program->arena, reported, step->node->word, reported);
	}
}

static void check_step_names(struct program *program)
{
	size_t count = 0;
	struct map reported = {0}; /* by source name: one report for a family is enough */
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		if (step->is_absent || !step->step_name)
			continue;
		check_step_name(program, step, &reported);
		count++;
		if (count == STEP_QUOTA + 1)
			diag_help(program_report(program, SP5010, program_step_place(step),
			                         "the pipeline has more than %d steps, the quota reported by users", STEP_QUOTA),
			          "ask AWS for a higher quota");
	}
	bool is_empty = !program->all_steps.count && program->pipeline.node;
	if (is_empty)
		diag_help(program_report(program, SP5004, program->pipeline.node, "the pipeline has no steps"),
		          "declare one: `step NAME: KIND { ... }`");
	else if (!count && program->pipeline.node)
		diag_help(program_report(program, SP5004, program->pipeline.node, "the pipeline has no steps left"),
		          "the `when` of every step is false");
}

/* Skips amounts: digits followed by a letter of `units`, in the order of `units`. NULL at any other letter. */
static const char *skip_amounts(const char *at, const char *units)
{
	while (isdigit((unsigned char)*at)) {
		const char *letter = at + strspn(at, "0123456789");
		const char *unit = *letter ? strchr(units, toupper((unsigned char)*letter)) : NULL;
		if (!unit)
			return NULL;
		units = unit + 1;
		at = letter + 1;
	}
	return at;
}

const char *limits_duration(struct arena *arena, const char *text)
{
	const char *days = text + (*text == 'P' || *text == 'p');
	const char *at = skip_amounts(days, "YMWD");
	if (!at || (at == days && *at != 'T' && *at != 't'))
		return NULL;
	if (*at) {
		const char *time = at + 1;
		if (*at != 'T' && *at != 't')
			return NULL;
		at = skip_amounts(time, "HMS");
		if (!at || at == time || *at)
			return NULL;
	}
	char *canonical = arena_printf(arena, "P%s", days);
	for (char *c = canonical; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return canonical;
}

static void check_cache(struct program *program, const struct step *step)
{
	const struct field *field = step->cache ? value_field_named(step->cache, "ExpireAfter") : NULL;
	if (!field || field->value->kind != VALUE_STRING)
		return;
	const char *text = field->value->word->text, *canonical = limits_duration(program->arena, text);
	if (!canonical) {
		struct diag *diag = program_report_value(program, SP5015, field->value, step->cache->at, "\"%s\" is not a duration", text);
		diag_help(diag, "write an ISO 8601 duration: \"P30D\" is 30 days, \"PT12H\" is 12 hours");
	} else if (strcmp(canonical, text) != 0) {
		struct diag *diag = program_report_value(program, SP5016, field->value, step->cache->at, "\"%s\" is usually written \"%s\"",
		                                         text, canonical);
		const struct node *at = field->value->at;
		if (at && at->kind == N_STRING && !field->value->frame) {
			diag_edit(diag, node_span(at), arena_printf(program->arena, "\"%s\"", canonical));
			diag->is_fix_safe = true;
		}
	}
}

static void check_outputs(struct program *program, const struct step *step)
{
	if (step->outputs.count > OUTPUT_MAX_COUNT)
		program_report(program, SP5014, step->outputs.items[OUTPUT_MAX_COUNT].node, "%s has at most %d outputs",
		               kind_text(program->arena, step->kind), OUTPUT_MAX_COUNT);
	for (size_t i = 0; i < step->outputs.count; i++) {
		const struct output *output = &step->outputs.items[i];
		const struct node *as = node_child(output->node, ROLE_AS), *name = as ? as : output->node;
		size_t length = utf8_count(output->emitted->text, output->emitted->length);
		if (!length || length > OUTPUT_NAME_MAX)
			program_report(program, SP5017, name, "the name of an output must have 1 to %d characters", OUTPUT_NAME_MAX);
		else if (strchr(output->emitted->text, '\''))
			program_report(program, SP3010, name, "an output with `'` in its name cannot be referenced");
	}
}

void limits_check(struct program *program)
{
	check_pipeline_name(program);
	check_parameters(program);
	check_step_names(program);
	for (size_t i = 0; i < program->all_steps.count; i++) {
		const struct step *step = program->all_steps.items[i];
		if (step->is_absent || !step->kind)
			continue;
		check_cache(program, step);
		check_outputs(program, step);
	}
}

void limits_check_size(struct program *program, const struct text *definition)
{
	size_t characters = utf8_count(definition->bytes, definition->length);
	if (characters <= LIMITS_DEFINITION_MAX)
		return;
	struct diag *diag = program_report(program, SP5011, program->pipeline.node,
	                                   "the definition has %zu characters, more than the %d that CreatePipeline takes "
	                                   "inline", characters,
	                                   LIMITS_DEFINITION_MAX);
	diag_help(diag, "a definition of this size is deployed from S3");
	diag_finish(program->diags);
}
