/* AWS::SageMaker::Pipeline, AWS::Scheduler::Schedule and AWS::Lambda::Function (CloudFormation Template Reference). */
#include "emit/wrap.h"

static const struct wrap_name names[] = {
	{"KMSKeyArn", "KmsKeyArn"},
	{"ActionAfterCompletion", NULL},
	{"PipelineVersionAliases", NULL},
	{"RuntimeConfig", NULL},
	{"AcceleratorConfig", NULL},
	{NULL, NULL},
};

/* `"KEY": { "FUNCTION": "TEXT" }` */
static void write_call(struct wrap *wrap, const char *key, const char *function, const char *text)
{
	wrap_open(wrap, key);
	wrap_pair(wrap, function, text);
	wrap_close(wrap);
}

static void write_definition_property(struct wrap *wrap)
{
	wrap_open(wrap, "PipelineDefinition");
	if (wrap->definition_bucket) {
		wrap_open(wrap, "PipelineDefinitionS3Location");
		wrap_pair(wrap, "Bucket", wrap->definition_bucket);
		wrap_pair(wrap, "Key", wrap->definition_key);
		wrap_close(wrap);
	} else {
		wrap_key(wrap, "PipelineDefinitionBody");
		wrap_definition(wrap);
	}
	wrap_close(wrap);
}

static void write_pipeline(struct wrap *wrap, const char *const *functions)
{
	const struct program *program = wrap->program;
	wrap_open(wrap, wrap_id(wrap, "Pipeline", ""));
	wrap_pair(wrap, "Type", "AWS::SageMaker::Pipeline");
	if (program->functions.count) {
		wrap_key(wrap, "DependsOn");
		emit_open(&wrap->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			emit_item(&wrap->writer);
			wrap_text(wrap, functions[i]);
		}
		emit_close(&wrap->writer, ']');
	}
	wrap_open(wrap, "Properties");
	wrap_pair(wrap, "PipelineName", program->pipeline.name->text);
	wrap_pipeline_fields(wrap, NULL);
	if (!wrap_has_role(program))
		write_call(wrap, "RoleArn", "Ref", "RoleArn");
	write_definition_property(wrap);
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_schedule(struct wrap *wrap, const struct schedule *schedule)
{
	wrap_open(wrap, wrap_schedule_id(wrap, schedule));
	wrap_pair(wrap, "Type", "AWS::Scheduler::Schedule");
	wrap_open(wrap, "Properties");
	wrap_pair(wrap, "Name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!names_is(field->name, "Target")) {
			wrap_field(wrap, field);
			continue;
		}
		wrap_open(wrap, "Target"); /* a pipeline has no attribute that is its ARN */
		write_call(wrap, "Arn", "Fn::Sub", "arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:pipeline/${Pipeline}");
		for (uint32_t j = 0; j < field->value->count; j++)
			wrap_field(wrap, &field->value->fields[j]);
		if (schedule->given.count)
			wrap_given(wrap, schedule, (struct given_names){"SageMakerPipelineParameters", "PipelineParameterList", "Name", "Value"});
		wrap_close(wrap);
	}
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_tags(struct wrap *wrap, const struct value *tags)
{
	wrap_key(wrap, "Tags");
	emit_open(&wrap->writer, '[');
	for (uint32_t i = 0; i < tags->count; i++) {
		emit_item(&wrap->writer);
		emit_open(&wrap->writer, '{');
		wrap_pair(wrap, "Key", tags->fields[i].name->text);
		wrap_key(wrap, "Value");
		wrap_value(wrap, tags->fields[i].value);
		wrap_close(wrap);
	}
	emit_close(&wrap->writer, ']');
}

static void write_function(struct wrap *wrap, const struct lambda_function *function, const char *id)
{
	wrap_open(wrap, id);
	wrap_pair(wrap, "Type", "AWS::Lambda::Function");
	wrap_open(wrap, "Properties");
	for (uint32_t i = 0; i < function->fields->count; i++) {
		const struct field *field = &function->fields->fields[i];
		if (names_is(field->name, "Code")) {
			wrap_open(wrap, "Code");
			wrap_pair(wrap, "S3Bucket", wrap_bucket(wrap, field->value->word->text));
			wrap_pair(wrap, "S3Key", wrap_object_key(field->value->word->text));
			wrap_close(wrap);
		} else if (names_is(field->name, "Tags")) {
			write_tags(wrap, field->value);
		} else {
			wrap_field(wrap, field);
		}
	}
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_metadata(struct wrap *wrap)
{
	wrap_open(wrap, "Metadata");
	wrap_open(wrap, "SagepipecFiles");
	wrap_pair(wrap, "Note", "These must be in S3 before the stack is made: sagepipec --emit manifest says what they are.");
	wrap_key(wrap, "Uris");
	wrap_asset_uris(wrap);
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_parameters(struct wrap *wrap)
{
	wrap_open(wrap, "Parameters");
	wrap_open(wrap, "RoleArn");
	wrap_pair(wrap, "Type", "String");
	wrap_pair(wrap, "Description", "The role in which the pipeline runs");
	wrap_close(wrap);
	wrap_close(wrap);
}

void wrap_cloudformation(struct text *out, struct program *program)
{
	struct wrap wrap = {.writer = {.out = out}, .program = program, .names = names};
	wrap_place_definition(&wrap);
	emit_open(&wrap.writer, '{');
	wrap_pair(&wrap, "AWSTemplateFormatVersion", "2010-09-09");
	wrap_pair(&wrap, "Description", arena_printf(program->arena, "The SageMaker pipeline %s, by sagepipec", program->pipeline.name->text));
	if (wrap_has_files(&wrap))
		write_metadata(&wrap);
	if (!wrap_has_role(program))
		write_parameters(&wrap);
	wrap_open(&wrap, "Resources");
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	for (size_t i = 0; i < program->functions.count; i++) {
		functions[i] = wrap_id(&wrap, "Function", program->functions.items[i].name->text);
		write_function(&wrap, &program->functions.items[i], functions[i]);
	}
	write_pipeline(&wrap, functions);
	for (size_t i = 0; i < program->schedules.count; i++)
		if (!program->schedules.items[i]->is_absent)
			write_schedule(&wrap, program->schedules.items[i]);
	wrap_close(&wrap);
	wrap_close(&wrap);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
