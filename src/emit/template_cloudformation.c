/* AWS::SageMaker::Pipeline, AWS::Scheduler::Schedule and AWS::Lambda::Function (CloudFormation Template Reference). */
#include "emit/template.h"

static const struct template_name names[] = {
	{"KMSKeyArn", "KmsKeyArn"},
	{"ActionAfterCompletion", NULL},
	{"PipelineVersionAliases", NULL},
	{"RuntimeConfig", NULL},
	{"AcceleratorConfig", NULL},
	{NULL, NULL},
};

static const struct given_names names_of_given = {"SageMakerPipelineParameters", "PipelineParameterList", "Name", "Value"};

/* Writes `"KEY": { "FUNCTION": "TEXT" }`. */
static void write_call(struct template *template, const char *key, const char *function, const char *text)
{
	template_open(template, key);
	template_put_pair(template, function, text);
	template_close(template);
}

static void write_definition_property(struct template *template)
{
	template_open(template, "PipelineDefinition");
	if (template->definition_bucket) {
		template_open(template, "PipelineDefinitionS3Location");
		template_put_pair(template, "Bucket", template->definition_bucket);
		template_put_pair(template, "Key", template->definition_key);
		template_close(template);
	} else {
		template_put_key(template, "PipelineDefinitionBody");
		template_put_definition(template);
	}
	template_close(template);
}

static void write_pipeline(struct template *template, const char *const *functions)
{
	const struct program *program = template->program;
	template_open(template, template_new_id(template, "Pipeline", ""));
	template_put_pair(template, "Type", "AWS::SageMaker::Pipeline");
	if (program->functions.count) {
		template_put_key(template, "DependsOn");
		emit_open(&template->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			emit_item(&template->writer);
			template_put_text(template, functions[i]);
		}
		emit_close(&template->writer, ']');
	}
	template_open(template, "Properties");
	template_put_pair(template, "PipelineName", program->pipeline.name->text);
	template_put_pipeline_fields(template, NULL);
	if (!template_has_role(program))
		write_call(template, "RoleArn", "Ref", "RoleArn");
	write_definition_property(template);
	template_close(template);
	template_close(template);
}

static void write_schedule(struct template *template, const struct schedule *schedule)
{
	template_open(template, template_schedule_id(template, schedule));
	template_put_pair(template, "Type", "AWS::Scheduler::Schedule");
	template_open(template, "Properties");
	template_put_pair(template, "Name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!names_is(field->name, "Target")) {
			template_put_field(template, field);
			continue;
		}
		template_open(template, "Target");
		/* the resource has no attribute for its ARN */
		write_call(template, "Arn", "Fn::Sub",
		           "arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:pipeline/${Pipeline}");
		for (uint32_t j = 0; j < field->value->count; j++)
			template_put_field(template, &field->value->fields[j]);
		if (schedule->given.count)
			template_put_given(template, schedule, names_of_given);
		template_close(template);
	}
	template_close(template);
	template_close(template);
}

static void write_tags(struct template *template, const struct value *tags)
{
	template_put_key(template, "Tags");
	emit_open(&template->writer, '[');
	for (uint32_t i = 0; i < tags->count; i++) {
		emit_item(&template->writer);
		emit_open(&template->writer, '{');
		template_put_pair(template, "Key", tags->fields[i].name->text);
		template_put_key(template, "Value");
		template_put_value(template, tags->fields[i].value);
		template_close(template);
	}
	emit_close(&template->writer, ']');
}

static void write_function(struct template *template, const struct lambda_function *function, const char *id)
{
	template_open(template, id);
	template_put_pair(template, "Type", "AWS::Lambda::Function");
	template_open(template, "Properties");
	for (uint32_t i = 0; i < function->fields->count; i++) {
		const struct field *field = &function->fields->fields[i];
		if (names_is(field->name, "Code")) {
			template_open(template, "Code");
			template_put_pair(template, "S3Bucket", template_bucket(template, field->value->word->text));
			template_put_pair(template, "S3Key", template_object_key(field->value->word->text));
			template_close(template);
		} else if (names_is(field->name, "Tags")) {
			write_tags(template, field->value);
		} else {
			template_put_field(template, field);
		}
	}
	template_close(template);
	template_close(template);
}

static void write_metadata(struct template *template)
{
	template_open(template, "Metadata");
	template_open(template, "SagepipecFiles");
	template_put_pair(template, "Note", "These must be in S3 before the stack is created: sagepipec --emit manifest lists them.");
	template_put_key(template, "Uris");
	template_put_asset_uris(template);
	template_close(template);
	template_close(template);
}

static void write_parameters(struct template *template)
{
	template_open(template, "Parameters");
	template_open(template, "RoleArn");
	template_put_pair(template, "Type", "String");
	template_put_pair(template, "Description", "The role that the pipeline runs with");
	template_close(template);
	template_close(template);
}

void template_cloudformation(struct text *out, struct program *program)
{
	struct template template = {.writer = {.out = out}, .program = program, .names = names};
	template_place_definition(&template);
	emit_open(&template.writer, '{');
	template_put_pair(&template, "AWSTemplateFormatVersion", "2010-09-09");
	template_put_pair(&template, "Description",
	                  arena_printf(program->arena, "The SageMaker pipeline %s, by sagepipec", program->pipeline.name->text));
	if (template_has_files(&template))
		write_metadata(&template);
	if (!template_has_role(program))
		write_parameters(&template);
	template_open(&template, "Resources");
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	for (size_t i = 0; i < program->functions.count; i++) {
		functions[i] = template_new_id(&template, "Function", program->functions.items[i].name->text);
		write_function(&template, &program->functions.items[i], functions[i]);
	}
	write_pipeline(&template, functions);
	for (size_t i = 0; i < program->schedules.count; i++)
		if (!program->schedules.items[i]->is_absent)
			write_schedule(&template, program->schedules.items[i]);
	template_close(&template);
	template_close(&template);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
