/* AWS::SageMaker::Pipeline, AWS::Scheduler::Schedule and AWS::Lambda::Function (CloudFormation Template Reference). */
#include "wrap.h"

#include "schedule.h"

static const struct wrap_name names[] = {
	{"KMSKeyArn", "KmsKeyArn"},
	{"ActionAfterCompletion", NULL},
	{"PipelineVersionAliases", NULL},
	{"RuntimeConfig", NULL},
	{"AcceleratorConfig", NULL},
	{NULL, NULL},
};

static void write_pair(struct wrap *wrap, const char *key, const char *text)
{
	wrap_key(wrap, key);
	wrap_text(wrap, text);
}

/* `"KEY": { "FUNCTION": "TEXT" }` */
static void write_call(struct wrap *wrap, const char *key, const char *function, const char *text)
{
	wrap_key(wrap, key);
	write_open(&wrap->writer, '{');
	write_pair(wrap, function, text);
	write_close(&wrap->writer, '}');
}

static void open_key(struct wrap *wrap, const char *key)
{
	wrap_key(wrap, key);
	write_open(&wrap->writer, '{');
}

static void close(struct wrap *wrap)
{
	write_close(&wrap->writer, '}');
}

static void write_definition_property(struct wrap *wrap)
{
	open_key(wrap, "PipelineDefinition");
	if (wrap->definition_bucket) {
		open_key(wrap, "PipelineDefinitionS3Location");
		write_pair(wrap, "Bucket", wrap->definition_bucket);
		write_pair(wrap, "Key", wrap->definition_key);
		close(wrap);
	} else {
		wrap_key(wrap, "PipelineDefinitionBody");
		wrap_definition(wrap);
	}
	close(wrap);
}

static bool has_role(const struct program *program)
{
	return value_field_named(program->pipeline.fields, "RoleArn") != NULL;
}

static void write_pipeline(struct wrap *wrap, const char *const *functions)
{
	const struct program *program = wrap->program;
	open_key(wrap, wrap_id(wrap, "Pipeline", ""));
	write_pair(wrap, "Type", "AWS::SageMaker::Pipeline");
	if (program->functions.count) {
		wrap_key(wrap, "DependsOn");
		write_open(&wrap->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			write_item(&wrap->writer);
			wrap_text(wrap, functions[i]);
		}
		write_close(&wrap->writer, ']');
	}
	open_key(wrap, "Properties");
	write_pair(wrap, "PipelineName", program->pipeline.name->text);
	wrap_pipeline_fields(wrap, NULL);
	if (!has_role(program))
		write_call(wrap, "RoleArn", "Ref", "RoleArn");
	write_definition_property(wrap);
	close(wrap);
	close(wrap);
}

static void write_given(struct wrap *wrap, const struct schedule *schedule)
{
	open_key(wrap, "SageMakerPipelineParameters");
	wrap_key(wrap, "PipelineParameterList");
	write_open(&wrap->writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		write_item(&wrap->writer);
		write_open(&wrap->writer, '{');
		write_pair(wrap, "Name", schedule->given.items[i].param->emitted->text);
		write_pair(wrap, "Value", schedule_given_text(schedule->given.items[i].value));
		close(wrap);
	}
	write_close(&wrap->writer, ']');
	close(wrap);
}

static void write_schedule(struct wrap *wrap, const struct schedule *schedule)
{
	open_key(wrap, wrap_schedule_id(wrap, schedule));
	write_pair(wrap, "Type", "AWS::Scheduler::Schedule");
	open_key(wrap, "Properties");
	write_pair(wrap, "Name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!word_is(field->name, "Target")) {
			wrap_field(wrap, field);
			continue;
		}
		open_key(wrap, "Target"); /* a pipeline has no attribute that is its ARN */
		write_call(wrap, "Arn", "Fn::Sub", "arn:${AWS::Partition}:sagemaker:${AWS::Region}:${AWS::AccountId}:pipeline/${Pipeline}");
		for (uint32_t j = 0; j < field->value->count; j++)
			wrap_field(wrap, &field->value->fields[j]);
		if (schedule->given.count)
			write_given(wrap, schedule);
		close(wrap);
	}
	close(wrap);
	close(wrap);
}

static void write_tags(struct wrap *wrap, const struct value *tags)
{
	wrap_key(wrap, "Tags");
	write_open(&wrap->writer, '[');
	for (uint32_t i = 0; i < tags->count; i++) {
		write_item(&wrap->writer);
		write_open(&wrap->writer, '{');
		write_pair(wrap, "Key", tags->fields[i].name->text);
		wrap_key(wrap, "Value");
		wrap_value(wrap, tags->fields[i].value);
		close(wrap);
	}
	write_close(&wrap->writer, ']');
}

static void write_function(struct wrap *wrap, const struct lambda_function *function, const char *id)
{
	open_key(wrap, id);
	write_pair(wrap, "Type", "AWS::Lambda::Function");
	open_key(wrap, "Properties");
	for (uint32_t i = 0; i < function->fields->count; i++) {
		const struct field *field = &function->fields->fields[i];
		if (word_is(field->name, "Code")) {
			open_key(wrap, "Code");
			write_pair(wrap, "S3Bucket", wrap_bucket(wrap, field->value->word->text));
			write_pair(wrap, "S3Key", wrap_object_key(field->value->word->text));
			close(wrap);
		} else if (word_is(field->name, "Tags")) {
			write_tags(wrap, field->value);
		} else {
			wrap_field(wrap, field);
		}
	}
	close(wrap);
	close(wrap);
}

static void write_metadata(struct wrap *wrap)
{
	open_key(wrap, "Metadata");
	open_key(wrap, "SagepipecFiles");
	write_pair(wrap, "Note", "These must be in S3 before the stack is made: sagepipec --emit manifest says what they are.");
	wrap_key(wrap, "Uris");
	wrap_asset_uris(wrap);
	close(wrap);
	close(wrap);
}

static void write_parameters(struct wrap *wrap)
{
	open_key(wrap, "Parameters");
	open_key(wrap, "RoleArn");
	write_pair(wrap, "Type", "String");
	write_pair(wrap, "Description", "The role in which the pipeline runs");
	close(wrap);
	close(wrap);
}

void wrap_cloudformation(struct text *out, struct program *program)
{
	struct wrap wrap = {.writer = {.out = out}, .program = program, .names = names};
	wrap_place_definition(&wrap);
	write_open(&wrap.writer, '{');
	write_pair(&wrap, "AWSTemplateFormatVersion", "2010-09-09");
	write_pair(&wrap, "Description", arena_printf(program->arena, "The SageMaker pipeline %s, by sagepipec", program->pipeline.name->text));
	if (wrap_has_files(&wrap))
		write_metadata(&wrap);
	if (!has_role(program))
		write_parameters(&wrap);
	open_key(&wrap, "Resources");
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	for (size_t i = 0; i < program->functions.count; i++) {
		functions[i] = wrap_id(&wrap, "Function", program->functions.items[i].name->text);
		write_function(&wrap, &program->functions.items[i], functions[i]);
	}
	write_pipeline(&wrap, functions);
	for (size_t i = 0; i < program->schedules.count; i++)
		if (!program->schedules.items[i]->is_absent)
			write_schedule(&wrap, program->schedules.items[i]);
	close(&wrap);
	close(&wrap);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
