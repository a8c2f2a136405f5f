/* aws_sagemaker_pipeline, aws_scheduler_schedule and aws_lambda_function, as the documentation of Terraform's provider for
 * AWS has them, in Terraform's JSON syntax. */
#include "wrap.h"

#include "schedule.h"

static const struct wrap_name names[] = {
	{"FileSystemConfigs", "file_system_config"},
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

/* A text that Terraform shall read as an expression. */
static void write_expression(struct wrap *wrap, const char *key, const char *text)
{
	wrap_key(wrap, key);
	write_string(&wrap->writer, text);
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

static bool has_role(const struct program *program)
{
	return value_field_named(program->pipeline.fields, "RoleArn") != NULL;
}

/* A list of keys and values is a map here. */
static void write_tag_list(struct wrap *wrap, const struct value *tags)
{
	open_key(wrap, "tags");
	for (uint32_t i = 0; i < tags->count; i++)
		write_pair(wrap, value_field_named(tags->items[i], "Key")->value->word->text,
		           value_field_named(tags->items[i], "Value")->value->word->text);
	close(wrap);
}

static void write_definition(struct wrap *wrap)
{
	if (wrap->definition_bucket) {
		open_key(wrap, "pipeline_definition_s3_location");
		write_pair(wrap, "bucket", wrap->definition_bucket);
		write_pair(wrap, "object_key", wrap->definition_key);
		close(wrap);
	} else {
		wrap_key(wrap, "pipeline_definition");
		wrap_definition(wrap);
	}
}

static void write_pipeline(struct wrap *wrap, const char *const *functions)
{
	const struct program *program = wrap->program;
	open_key(wrap, "aws_sagemaker_pipeline");
	open_key(wrap, "pipeline");
	write_pair(wrap, "pipeline_name", program->pipeline.name->text);
	wrap_pipeline_fields(wrap, write_tag_list);
	if (!value_field_named(program->pipeline.fields, "PipelineDisplayName")) /* which this resource must have */
		write_pair(wrap, "pipeline_display_name", program->pipeline.name->text);
	if (!has_role(program))
		write_expression(wrap, "role_arn", "${var.role_arn}");
	write_definition(wrap);
	if (program->functions.count) {
		wrap_key(wrap, "depends_on");
		write_open(&wrap->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			write_item(&wrap->writer);
			wrap_text(wrap, arena_printf(program->arena, "aws_lambda_function.%s", functions[i]));
		}
		write_close(&wrap->writer, ']');
	}
	close(wrap);
	close(wrap);
}

static void write_given(struct wrap *wrap, const struct schedule *schedule)
{
	open_key(wrap, "sagemaker_pipeline_parameters");
	wrap_key(wrap, "pipeline_parameter");
	write_open(&wrap->writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		write_item(&wrap->writer);
		write_open(&wrap->writer, '{');
		write_pair(wrap, "name", schedule->given.items[i].param->emitted->text);
		write_pair(wrap, "value", schedule_given_text(schedule->given.items[i].value));
		close(wrap);
	}
	write_close(&wrap->writer, ']');
	close(wrap);
}

static void write_schedule(struct wrap *wrap, const struct schedule *schedule)
{
	open_key(wrap, wrap_schedule_id(wrap, schedule));
	write_pair(wrap, "name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!word_is(field->name, "Target")) {
			wrap_field(wrap, field);
			continue;
		}
		open_key(wrap, "target");
		write_expression(wrap, "arn", "${aws_sagemaker_pipeline.pipeline.arn}");
		for (uint32_t j = 0; j < field->value->count; j++)
			wrap_field(wrap, &field->value->fields[j]);
		if (schedule->given.count)
			write_given(wrap, schedule);
		close(wrap);
	}
	close(wrap);
}

static void write_schedules(struct wrap *wrap)
{
	const struct program *program = wrap->program;
	bool is_open = false;
	wrap->ids.count = 0;
	for (size_t i = 0; i < program->schedules.count; i++) {
		if (program->schedules.items[i]->is_absent)
			continue;
		if (!is_open)
			open_key(wrap, "aws_scheduler_schedule");
		is_open = true;
		write_schedule(wrap, program->schedules.items[i]);
	}
	if (is_open)
		close(wrap);
}

static void write_functions(struct wrap *wrap, const char **ids)
{
	const struct program *program = wrap->program;
	if (!program->functions.count)
		return;
	open_key(wrap, "aws_lambda_function");
	for (size_t i = 0; i < program->functions.count; i++) {
		const struct value *fields = program->functions.items[i].fields;
		ids[i] = wrap_id(wrap, "", program->functions.items[i].name->text);
		open_key(wrap, ids[i]);
		for (uint32_t j = 0; j < fields->count; j++) {
			if (!word_is(fields->fields[j].name, "Code")) {
				wrap_field(wrap, &fields->fields[j]);
				continue;
			}
			write_pair(wrap, "s3_bucket", wrap_bucket(wrap, fields->fields[j].value->word->text));
			write_pair(wrap, "s3_key", wrap_object_key(fields->fields[j].value->word->text));
		}
		close(wrap);
	}
	close(wrap);
}

static void write_variable(struct wrap *wrap)
{
	open_key(wrap, "variable");
	open_key(wrap, "role_arn");
	write_pair(wrap, "type", "string");
	write_pair(wrap, "description", "The role in which the pipeline runs");
	close(wrap);
	close(wrap);
}

static void write_provider(struct wrap *wrap)
{
	open_key(wrap, "terraform");
	open_key(wrap, "required_providers");
	open_key(wrap, "aws");
	write_pair(wrap, "source", "hashicorp/aws");
	close(wrap);
	close(wrap);
	close(wrap);
}

/* What is under `//` Terraform takes for a comment. */
static void write_comment(struct wrap *wrap)
{
	open_key(wrap, "//");
	write_pair(wrap, "made_by", "sagepipec");
	if (wrap_has_files(wrap)) {
		write_pair(wrap, "files", "These must be in S3 before: sagepipec --emit manifest says what they are.");
		wrap_key(wrap, "uris");
		wrap_asset_uris(wrap);
	}
	close(wrap);
}

void wrap_terraform(struct text *out, struct program *program)
{
	struct wrap wrap = {.writer = {.out = out}, .program = program, .names = names, .is_terraform = true};
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	wrap_place_definition(&wrap);
	write_open(&wrap.writer, '{');
	write_comment(&wrap);
	write_provider(&wrap);
	if (!has_role(program))
		write_variable(&wrap);
	open_key(&wrap, "resource");
	write_functions(&wrap, functions);
	write_pipeline(&wrap, functions);
	write_schedules(&wrap);
	close(&wrap);
	close(&wrap);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
