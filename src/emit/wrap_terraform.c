/* aws_sagemaker_pipeline, aws_scheduler_schedule and aws_lambda_function, as the documentation of Terraform's provider for
 * AWS has them, in Terraform's JSON syntax. */
#include "emit/wrap.h"

static const struct wrap_name names[] = {
	{"FileSystemConfigs", "file_system_config"},
	{"PipelineVersionAliases", NULL},
	{"RuntimeConfig", NULL},
	{"AcceleratorConfig", NULL},
	{NULL, NULL},
};

/* A text that Terraform shall read as an expression. */
static void write_expression(struct wrap *wrap, const char *key, const char *text)
{
	wrap_key(wrap, key);
	emit_string(&wrap->writer, text);
}

/* A list of keys and values is a map here. */
static void write_tag_list(struct wrap *wrap, const struct value *tags)
{
	wrap_open(wrap, "tags");
	for (uint32_t i = 0; i < tags->count; i++)
		wrap_pair(wrap, value_field_named(tags->items[i], "Key")->value->word->text,
		          value_field_named(tags->items[i], "Value")->value->word->text);
	wrap_close(wrap);
}

static void write_definition(struct wrap *wrap)
{
	if (wrap->definition_bucket) {
		wrap_open(wrap, "pipeline_definition_s3_location");
		wrap_pair(wrap, "bucket", wrap->definition_bucket);
		wrap_pair(wrap, "object_key", wrap->definition_key);
		wrap_close(wrap);
	} else {
		wrap_key(wrap, "pipeline_definition");
		wrap_definition(wrap);
	}
}

static void write_pipeline(struct wrap *wrap, const char *const *functions)
{
	const struct program *program = wrap->program;
	wrap_open(wrap, "aws_sagemaker_pipeline");
	wrap_open(wrap, "pipeline");
	wrap_pair(wrap, "pipeline_name", program->pipeline.name->text);
	wrap_pipeline_fields(wrap, write_tag_list);
	if (!value_field_named(program->pipeline.fields, "PipelineDisplayName")) /* which this resource must have */
		wrap_pair(wrap, "pipeline_display_name", program->pipeline.name->text);
	if (!wrap_has_role(program))
		write_expression(wrap, "role_arn", "${var.role_arn}");
	write_definition(wrap);
	if (program->functions.count) {
		wrap_key(wrap, "depends_on");
		emit_open(&wrap->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			emit_item(&wrap->writer);
			wrap_text(wrap, arena_printf(program->arena, "aws_lambda_function.%s", functions[i]));
		}
		emit_close(&wrap->writer, ']');
	}
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_schedule(struct wrap *wrap, const struct schedule *schedule)
{
	wrap_open(wrap, wrap_schedule_id(wrap, schedule));
	wrap_pair(wrap, "name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!names_is(field->name, "Target")) {
			wrap_field(wrap, field);
			continue;
		}
		wrap_open(wrap, "target");
		write_expression(wrap, "arn", "${aws_sagemaker_pipeline.pipeline.arn}");
		for (uint32_t j = 0; j < field->value->count; j++)
			wrap_field(wrap, &field->value->fields[j]);
		if (schedule->given.count)
			wrap_given(wrap, schedule, (struct given_names){"sagemaker_pipeline_parameters", "pipeline_parameter", "name", "value"});
		wrap_close(wrap);
	}
	wrap_close(wrap);
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
			wrap_open(wrap, "aws_scheduler_schedule");
		is_open = true;
		write_schedule(wrap, program->schedules.items[i]);
	}
	if (is_open)
		wrap_close(wrap);
}

static void write_functions(struct wrap *wrap, const char **ids)
{
	const struct program *program = wrap->program;
	if (!program->functions.count)
		return;
	wrap_open(wrap, "aws_lambda_function");
	for (size_t i = 0; i < program->functions.count; i++) {
		const struct value *fields = program->functions.items[i].fields;
		ids[i] = wrap_id(wrap, "", program->functions.items[i].name->text);
		wrap_open(wrap, ids[i]);
		for (uint32_t j = 0; j < fields->count; j++) {
			if (!names_is(fields->fields[j].name, "Code")) {
				wrap_field(wrap, &fields->fields[j]);
				continue;
			}
			wrap_pair(wrap, "s3_bucket", wrap_bucket(wrap, fields->fields[j].value->word->text));
			wrap_pair(wrap, "s3_key", wrap_object_key(fields->fields[j].value->word->text));
		}
		wrap_close(wrap);
	}
	wrap_close(wrap);
}

static void write_variable(struct wrap *wrap)
{
	wrap_open(wrap, "variable");
	wrap_open(wrap, "role_arn");
	wrap_pair(wrap, "type", "string");
	wrap_pair(wrap, "description", "The role in which the pipeline runs");
	wrap_close(wrap);
	wrap_close(wrap);
}

static void write_provider(struct wrap *wrap)
{
	wrap_open(wrap, "terraform");
	wrap_open(wrap, "required_providers");
	wrap_open(wrap, "aws");
	wrap_pair(wrap, "source", "hashicorp/aws");
	wrap_close(wrap);
	wrap_close(wrap);
	wrap_close(wrap);
}

/* What is under `//` Terraform takes for a comment. */
static void write_comment(struct wrap *wrap)
{
	wrap_open(wrap, "//");
	wrap_pair(wrap, "made_by", "sagepipec");
	if (wrap_has_files(wrap)) {
		wrap_pair(wrap, "files", "These must be in S3 before: sagepipec --emit manifest says what they are.");
		wrap_key(wrap, "uris");
		wrap_asset_uris(wrap);
	}
	wrap_close(wrap);
}

void wrap_terraform(struct text *out, struct program *program)
{
	struct wrap wrap = {.writer = {.out = out}, .program = program, .names = names, .is_terraform = true};
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	wrap_place_definition(&wrap);
	emit_open(&wrap.writer, '{');
	write_comment(&wrap);
	write_provider(&wrap);
	if (!wrap_has_role(program))
		write_variable(&wrap);
	wrap_open(&wrap, "resource");
	write_functions(&wrap, functions);
	write_pipeline(&wrap, functions);
	write_schedules(&wrap);
	wrap_close(&wrap);
	wrap_close(&wrap);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
