#include "emit/emit.h"

#include "emit/emit_value.h"

static void write_type(struct writer *writer, const struct type *type)
{
	struct text name = {0};
	type_print(&name, type_primitive(type->kind));
	write_string(writer, name.bytes);
	text_free(&name);
}

static void write_parameter(struct writer *writer, const struct symbol *symbol)
{
	write_item(writer);
	write_open(writer, '{');
	write_key(writer, "Name");
	write_word(writer, symbol->emitted);
	write_key(writer, "Type");
	write_type(writer, symbol->type);
	if (symbol->initial) {
		write_key(writer, "DefaultValue");
		write_value(writer, symbol->initial);
	}
	/* the service knows EnumValues for String only (definition format, 1.3) */
	if (symbol->allowed && symbol->type->kind == TYPE_STRING) {
		write_key(writer, "EnumValues");
		write_value(writer, symbol->allowed);
	}
	write_close(writer, '}');
}

static void write_property_files(struct writer *writer, const struct step *step)
{
	write_key(writer, "PropertyFiles");
	write_open(writer, '[');
	for (size_t i = 0; i < step->property_files.count; i++) {
		const struct property_file *file = &step->property_files.items[i];
		write_item(writer);
		write_open(writer, '{');
		write_key(writer, "PropertyFileName");
		write_word(writer, file->emitted);
		write_key(writer, "OutputName");
		write_word(writer, file->output);
		write_key(writer, "FilePath");
		write_word(writer, file->path);
		write_close(writer, '}');
	}
	write_close(writer, ']');
}

static void write_outputs(struct writer *writer, const struct step *step)
{
	write_key(writer, "OutputParameters");
	write_open(writer, '[');
	for (size_t i = 0; i < step->outputs.count; i++) {
		write_item(writer);
		write_open(writer, '{');
		write_key(writer, "OutputName");
		write_word(writer, step->outputs.items[i].emitted);
		write_key(writer, "OutputType");
		write_type(writer, step->outputs.items[i].type);
		write_close(writer, '}');
	}
	write_close(writer, ']');
}

static void write_steps(struct writer *writer, const struct step_list *steps);

static void write_branches(struct writer *writer, const struct step *step)
{
	write_key(writer, "Arguments");
	write_open(writer, '{');
	write_key(writer, "Conditions");
	write_open(writer, '[');
	for (size_t i = 0; i < step->conditions.count; i++) {
		write_item(writer);
		write_condition(writer, step->conditions.items[i]);
	}
	write_close(writer, ']');
	write_key(writer, "IfSteps");
	write_steps(writer, &step->if_steps);
	write_key(writer, "ElseSteps");
	write_steps(writer, &step->else_steps);
	write_close(writer, '}');
}

static void write_depends(struct writer *writer, const struct step *step)
{
	write_key(writer, "DependsOn");
	write_open(writer, '[');
	for (size_t i = 0; i < step->depends.count; i++) {
		write_item(writer);
		write_word(writer, step->depends.items[i].step->step_name);
	}
	write_close(writer, ']');
}

static void write_keys(struct writer *writer, const struct step *step)
{
	for (uint32_t i = 0; i < step->keys->count; i++) {
		if (kind_deploys(step->kind, step->keys->fields[i].name))
			continue;
		write_key(writer, step->keys->fields[i].name->text);
		write_value(writer, step->keys->fields[i].value);
	}
}

static void write_step(struct writer *writer, const struct step *step)
{
	write_item(writer);
	write_open(writer, '{');
	write_key(writer, "Name");
	write_word(writer, step->step_name);
	if (step->kind->type) {
		write_key(writer, "Type");
		write_word(writer, step->kind->type);
	}
	if (step->condition_at) {
		write_branches(writer, step);
	} else if (step->arguments) {
		write_key(writer, "Arguments");
		write_value(writer, step->arguments);
	}
	if (step->depends.count)
		write_depends(writer, step);
	write_keys(writer, step);
	if (step->cache) {
		write_key(writer, "CacheConfig");
		write_value(writer, step->cache);
	}
	if (step->retries) {
		write_key(writer, "RetryPolicies");
		write_value(writer, step->retries);
	}
	if (step->property_files.count)
		write_property_files(writer, step);
	/* the SDK writes the outputs of a Lambda or Callback always, those of nothing else ever */
	bool has_outputs = step->kind->clauses & CLAUSE_OUTPUT && step->kind->type;
	if (has_outputs || step->outputs.count)
		write_outputs(writer, step);
	write_close(writer, '}');
}

static void write_steps(struct writer *writer, const struct step_list *steps)
{
	write_open(writer, '[');
	for (size_t i = 0; i < steps->count; i++)
		if (!steps->items[i]->is_absent)
			write_step(writer, steps->items[i]);
	write_close(writer, ']');
}

static void write_pipeline_field(struct writer *writer, const struct program *program, const char *name)
{
	const struct field *field = value_field_named(program->pipeline.fields, name);
	if (!field)
		return;
	write_key(writer, name);
	write_value(writer, field->value);
}

static void write_definition(struct writer *writer, const struct program *program)
{
	write_open(writer, '{');
	write_key(writer, "Version");
	write_string(writer, "2020-12-01");
	if (value_field_named(program->pipeline.fields, "Metadata")) {
		write_pipeline_field(writer, program, "Metadata");
	} else {
		write_key(writer, "Metadata");
		text_puts(writer->out, "{}");
	}
	write_key(writer, "Parameters");
	write_open(writer, '[');
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_PARAM && !program->symbols.items[i]->is_optional)
			write_parameter(writer, program->symbols.items[i]);
	write_close(writer, ']');
	write_pipeline_field(writer, program, "PipelineExperimentConfig");
	write_pipeline_field(writer, program, "MlflowConfig");
	write_key(writer, "Steps");
	write_steps(writer, &program->steps);
	write_close(writer, '}');
}

size_t emit_definition(struct text *out, const struct program *program)
{
	struct writer writer = {.out = out};
	size_t start = out->length;
	write_definition(&writer, program);
	size_t bytes = out->length - start - writer.layout;
	text_putc(out, '\n');
	return bytes;
}

void emit_compact_definition(struct text *out, const struct program *program)
{
	struct writer writer = {.out = out, .is_compact = true};
	write_definition(&writer, program);
}

bool emit_is_of_request(const struct word *name)
{
	static const char *const others[] = {"Metadata", "PipelineExperimentConfig", "MlflowConfig", "Region", "Account", "AssetLocation"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (word_is(name, others[i]))
			return false;
	return true;
}

/* The definition as text, or where in S3 it is. */
static void write_request_definition(struct writer *writer, const struct program *program, const struct emit_call *call)
{
	struct text definition = {0};
	if (call->bucket) {
		write_key(writer, "PipelineDefinitionS3Location");
		write_open(writer, '{');
		write_key(writer, "Bucket");
		write_string(writer, call->bucket);
		write_key(writer, "ObjectKey");
		write_string(writer, call->key);
		write_close(writer, '}');
		return;
	}
	emit_compact_definition(&definition, program);
	write_key(writer, "PipelineDefinition");
	write_string(writer, definition.bytes);
	text_free(&definition);
}

void emit_call(struct text *out, const struct program *program, const struct emit_call *call)
{
	struct writer writer = {.out = out, .is_compact = call->is_compact};
	const struct value *fields = program->pipeline.fields;
	const struct word *description = program->pipeline.description;
	write_open(&writer, '{');
	write_key(&writer, "PipelineName");
	write_word(&writer, program->pipeline.name);
	if (call->token) {
		write_key(&writer, "ClientRequestToken");
		write_string(&writer, call->token);
	}
	for (uint32_t i = 0; i < fields->count; i++) {
		if (!emit_is_of_request(fields->fields[i].name) || (call->is_update && word_is(fields->fields[i].name, "Tags")))
			continue;
		write_key(&writer, fields->fields[i].name->text);
		write_value(&writer, fields->fields[i].value);
	}
	if (!value_field_named(fields, "PipelineDescription") && (description || call->clears_description)) {
		write_key(&writer, "PipelineDescription");
		write_string(&writer, description ? description->text : "");
	}
	write_request_definition(&writer, program, call);
	write_close(&writer, '}');
	text_putc(out, '\n');
}

void emit_request(struct text *out, const struct program *program)
{
	emit_call(out, program, &(struct emit_call){0});
}
