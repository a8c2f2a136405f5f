#include "emit/emit.h"

#include "emit/emit_value.h"
#include "eval/foreach.h"

#include <string.h>

static void write_type(struct emit_writer *writer, const struct type *type)
{
	struct text name = {0};
	type_print(&name, type_primitive(type->kind));
	emit_string(writer, name.bytes);
	text_free(&name);
}

static void write_parameter(struct emit_writer *writer, const struct symbol *symbol)
{
	emit_item(writer);
	emit_open(writer, '{');
	emit_key(writer, "Name");
	emit_word(writer, symbol->emitted);
	emit_key(writer, "Type");
	write_type(writer, symbol->type);
	if (symbol->initial) {
		emit_key(writer, "DefaultValue");
		emit_value(writer, symbol->initial);
	}
	/* the service accepts EnumValues for a String only */
	if (symbol->allowed && symbol->type->kind == TYPE_STRING) {
		emit_key(writer, "EnumValues");
		emit_value(writer, symbol->allowed);
	}
	emit_close(writer, '}');
}

static void write_property_files(struct emit_writer *writer, const struct step *step)
{
	emit_key(writer, "PropertyFiles");
	emit_open(writer, '[');
	for (size_t i = 0; i < step->property_files.count; i++) {
		const struct property_file *file = &step->property_files.items[i];
		emit_item(writer);
		emit_open(writer, '{');
		emit_key(writer, "PropertyFileName");
		emit_word(writer, file->emitted);
		emit_key(writer, "OutputName");
		emit_word(writer, file->output);
		emit_key(writer, "FilePath");
		emit_word(writer, file->path);
		emit_close(writer, '}');
	}
	emit_close(writer, ']');
}

static void write_outputs(struct emit_writer *writer, const struct step *step)
{
	emit_key(writer, "OutputParameters");
	emit_open(writer, '[');
	for (size_t i = 0; i < step->outputs.count; i++) {
		emit_item(writer);
		emit_open(writer, '{');
		emit_key(writer, "OutputName");
		emit_word(writer, step->outputs.items[i].emitted);
		emit_key(writer, "OutputType");
		write_type(writer, step->outputs.items[i].type);
		emit_close(writer, '}');
	}
	emit_close(writer, ']');
}

static void write_steps(struct emit_writer *writer, const struct step_list *steps);

/* Writes a step key that is in quotes, unless it is null. False if the step has no such key. */
static bool write_quoted(struct emit_writer *writer, const struct step *step, const char *name)
{
	const struct field *field = step->quoted ? value_field_named(step->quoted, name) : NULL;
	if (field && field->value->kind != VALUE_NULL) {
		emit_key(writer, name);
		emit_value(writer, field->value);
	}
	return field != NULL;
}

static void write_branches(struct emit_writer *writer, const struct step *step)
{
	emit_key(writer, "Arguments");
	emit_open(writer, '{');
	if (!write_quoted(writer, step, "Conditions")) {
		emit_key(writer, "Conditions");
		emit_open(writer, '[');
		for (size_t i = 0; i < step->conditions.count; i++) {
			emit_item(writer);
			emit_condition(writer, step->conditions.items[i]);
		}
		emit_close(writer, ']');
	}
	if (!write_quoted(writer, step, "IfSteps")) {
		emit_key(writer, "IfSteps");
		write_steps(writer, &step->if_steps);
	}
	if (!write_quoted(writer, step, "ElseSteps")) {
		emit_key(writer, "ElseSteps");
		write_steps(writer, &step->else_steps);
	}
	emit_close(writer, '}');
}

/* The property that a `pick` compares, as the service names it in a selector: `IterationOutput.STEP.PROPERTY`. */
static void write_selector(struct emit_writer *writer, const struct step *step)
{
	struct text picked = {0}, path = {0};
	value_print_path(&picked, step->picked);
	text_printf(&path, "IterationOutput%s", text_string(&picked) + strlen("Steps"));
	emit_key(writer, "Selector");
	emit_open(writer, '{');
	emit_key(writer, "Pick");
	emit_string(writer, foreach_pick_clause(step)->op == PICK_MAX ? "MaxBy" : "MinBy");
	emit_key(writer, "Field");
	emit_open(writer, '{');
	emit_key(writer, "Get");
	emit_string(writer, text_string(&path));
	emit_close(writer, '}');
	emit_close(writer, '}');
	text_free(&picked);
	text_free(&path);
}

static void write_foreach(struct emit_writer *writer, const struct step *step)
{
	emit_key(writer, "Arguments");
	emit_open(writer, '{');
	for (uint32_t i = 0; i < step->arguments->count; i++) {
		emit_key(writer, step->arguments->fields[i].name->text);
		emit_value(writer, step->arguments->fields[i].value);
	}
	if (step->picked)
		write_selector(writer, step);
	emit_key(writer, "ForEachBody");
	write_steps(writer, &step->if_steps);
	emit_close(writer, '}');
}

static void write_depends(struct emit_writer *writer, const struct step *step)
{
	emit_key(writer, "DependsOn");
	emit_open(writer, '[');
	for (size_t i = 0; i < step->depends.count; i++) {
		const struct edge *edge = &step->depends.items[i];
		emit_item(writer);
		if (!edge->trigger) {
			emit_word(writer, edge->step->step_name);
			continue;
		}
		emit_open(writer, '{');
		emit_key(writer, "Step");
		emit_word(writer, edge->step->step_name);
		emit_key(writer, "Trigger");
		emit_string(writer, node_trigger_name(edge->trigger));
		emit_close(writer, '}');
	}
	emit_close(writer, ']');
}

static void write_keys(struct emit_writer *writer, const struct step *step)
{
	for (uint32_t i = 0; i < step->keys->count; i++) {
		if (kind_deploys(step->kind, step->keys->fields[i].name))
			continue;
		emit_key(writer, step->keys->fields[i].name->text);
		emit_value(writer, step->keys->fields[i].value);
	}
}

static void write_step(struct emit_writer *writer, const struct step *step)
{
	emit_item(writer);
	emit_open(writer, '{');
	emit_key(writer, "Name");
	emit_word(writer, step->step_name);
	if (step->kind->type) {
		emit_key(writer, "Type");
		emit_word(writer, step->kind->type);
	}
	if (step->condition_at) {
		write_branches(writer, step);
	} else if (step->node->kind == N_FOREACH) {
		write_foreach(writer, step);
	} else if (step->arguments) {
		emit_key(writer, "Arguments");
		emit_value(writer, step->arguments);
	}
	if (!write_quoted(writer, step, "DependsOn") && step->depends.count)
		write_depends(writer, step);
	write_keys(writer, step);
	if (!write_quoted(writer, step, "CacheConfig") && step->cache) {
		emit_key(writer, "CacheConfig");
		emit_value(writer, step->cache);
	}
	if (!write_quoted(writer, step, "RetryPolicies") && step->retries) {
		emit_key(writer, "RetryPolicies");
		emit_value(writer, step->retries);
	}
	if (!write_quoted(writer, step, "PropertyFiles") && step->property_files.count)
		write_property_files(writer, step);
	/* like the SDK: a Lambda or Callback always has the key, other steps only with outputs */
	bool has_outputs = step->kind->clauses & CLAUSE_OUTPUT && step->kind->type;
	if (!write_quoted(writer, step, "OutputParameters") && (has_outputs || step->outputs.count))
		write_outputs(writer, step);
	emit_close(writer, '}');
}

static void write_steps(struct emit_writer *writer, const struct step_list *steps)
{
	emit_open(writer, '[');
	for (size_t i = 0; i < steps->count; i++)
		if (!steps->items[i]->is_absent)
			write_step(writer, steps->items[i]);
	emit_close(writer, ']');
}

static void write_pipeline_field(struct emit_writer *writer, const struct program *program, const char *name)
{
	const struct field *field = value_field_named(program->pipeline.fields, name);
	if (!field)
		return;
	emit_key(writer, name);
	emit_value(writer, field->value);
}

/* Writes a key of the definition that is in quotes, unless it is null. False if there is no such key. */
static bool write_quoted_key(struct emit_writer *writer, const struct program *program, const char *name)
{
	const struct field *field = program->pipeline.quoted ? value_field_named(program->pipeline.quoted, name) : NULL;
	if (field && field->value->kind != VALUE_NULL) {
		emit_key(writer, name);
		emit_value(writer, field->value);
	}
	return field != NULL;
}

static void write_metadata(struct emit_writer *writer, const struct program *program)
{
	if (value_field_named(program->pipeline.fields, "Metadata")) {
		write_pipeline_field(writer, program, "Metadata");
	} else {
		emit_key(writer, "Metadata");
		text_puts(writer->out, "{}");
	}
}

static void write_parameters(struct emit_writer *writer, const struct program *program)
{
	emit_key(writer, "Parameters");
	emit_open(writer, '[');
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_PARAM && !program->symbols.items[i]->is_optional)
			write_parameter(writer, program->symbols.items[i]);
	emit_close(writer, ']');
}

static void write_definition(struct emit_writer *writer, const struct program *program)
{
	emit_open(writer, '{');
	if (!write_quoted_key(writer, program, "Version")) {
		emit_key(writer, "Version");
		emit_string(writer, "2020-12-01");
	}
	if (!write_quoted_key(writer, program, "Metadata"))
		write_metadata(writer, program);
	if (!write_quoted_key(writer, program, "Parameters"))
		write_parameters(writer, program);
	if (!write_quoted_key(writer, program, "PipelineExperimentConfig"))
		write_pipeline_field(writer, program, "PipelineExperimentConfig");
	if (!write_quoted_key(writer, program, "MlflowConfig"))
		write_pipeline_field(writer, program, "MlflowConfig");
	emit_key(writer, "Steps");
	write_steps(writer, &program->steps);
	emit_close(writer, '}');
}

size_t emit_definition(struct text *out, const struct program *program)
{
	struct emit_writer writer = {.out = out};
	size_t start = out->length;
	write_definition(&writer, program);
	size_t bytes = out->length - start - writer.layout;
	text_putc(out, '\n');
	return bytes;
}

void emit_compact_definition(struct text *out, const struct program *program)
{
	struct emit_writer writer = {.out = out, .is_compact = true};
	write_definition(&writer, program);
}

bool emit_is_of_request(const struct word *name)
{
	static const char *const others[] = {"Metadata", "PipelineExperimentConfig", "MlflowConfig", "Region", "Account", "Bucket",
	                                     "BucketPrefix", "AssetLocation"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (names_is(name, others[i]))
			return false;
	return true;
}

/* Writes the definition as a string, or its location in S3. */
static void write_request_definition(struct emit_writer *writer, const struct program *program, const struct emit_call *call)
{
	struct text definition = {0};
	if (call->bucket) {
		emit_key(writer, "PipelineDefinitionS3Location");
		emit_open(writer, '{');
		emit_key(writer, "Bucket");
		emit_string(writer, call->bucket);
		emit_key(writer, "ObjectKey");
		emit_string(writer, call->key);
		emit_close(writer, '}');
		return;
	}
	emit_compact_definition(&definition, program);
	emit_key(writer, "PipelineDefinition");
	emit_string(writer, definition.bytes);
	text_free(&definition);
}

/* Whether an update does not set a field: UpdatePipeline takes no tags, and takes aliases only if no other version has them and
 * the definition changes. */
static bool is_deployed_apart(const struct word *name)
{
	return names_is(name, "Tags") || names_is(name, "PipelineVersionAliases");
}

void emit_call(struct text *out, const struct program *program, const struct emit_call *call)
{
	struct emit_writer writer = {.out = out, .is_compact = call->is_compact};
	const struct value *fields = program->pipeline.fields;
	const struct word *description = program->pipeline.description;
	emit_open(&writer, '{');
	emit_key(&writer, "PipelineName");
	emit_word(&writer, program->pipeline.name);
	if (call->token) {
		emit_key(&writer, "ClientRequestToken");
		emit_string(&writer, call->token);
	}
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct word *name = fields->fields[i].name;
		if (!emit_is_of_request(name) || (call->is_update && is_deployed_apart(name)))
			continue;
		emit_key(&writer, fields->fields[i].name->text);
		emit_value(&writer, fields->fields[i].value);
	}
	if (!value_field_named(fields, "PipelineDescription") && (description || call->clears_description)) {
		emit_key(&writer, "PipelineDescription");
		emit_string(&writer, description ? description->text : "");
	}
	write_request_definition(&writer, program, call);
	emit_close(&writer, '}');
	text_putc(out, '\n');
}

void emit_request(struct text *out, const struct program *program)
{
	emit_call(out, program, &(struct emit_call){0});
}
