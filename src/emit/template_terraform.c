/* aws_sagemaker_pipeline, aws_scheduler_schedule and aws_lambda_function in Terraform's JSON syntax, as documented
 * by Terraform's AWS provider. */
#include "emit/template.h"

static const struct template_name names[] = {
	{"FileSystemConfigs", "file_system_config"},
	{"PipelineVersionAliases", NULL},
	{"RuntimeConfig", NULL},
	{"AcceleratorConfig", NULL},
	{NULL, NULL},
};

static const struct given_names names_of_given = {"sagemaker_pipeline_parameters", "pipeline_parameter", "name", "value"};

/* Writes a text that Terraform evaluates: `${` is not escaped. */
static void write_expression(struct template *template, const char *key, const char *text)
{
	template_put_key(template, key);
	emit_string(&template->writer, text);
}

/* Tags are a list of keys and values in the request, and a map in Terraform. */
static void write_tag_list(struct template *template, const struct value *tags)
{
	template_open(template, "tags");
	for (uint32_t i = 0; i < tags->count; i++)
		template_put_pair(template, value_field_named(tags->items[i], "Key")->value->word->text,
		                  value_field_named(tags->items[i], "Value")->value->word->text);
	template_close(template);
}

static void write_definition(struct template *template)
{
	if (template->definition_bucket) {
		template_open(template, "pipeline_definition_s3_location");
		template_put_pair(template, "bucket", template->definition_bucket);
		template_put_pair(template, "object_key", template->definition_key);
		template_close(template);
	} else {
		template_put_key(template, "pipeline_definition");
		template_put_definition(template);
	}
}

static void write_pipeline(struct template *template, const char *const *functions)
{
	const struct program *program = template->program;
	template_open(template, "aws_sagemaker_pipeline");
	template_open(template, "pipeline");
	template_put_pair(template, "pipeline_name", program->pipeline.name->text);
	template_put_pipeline_fields(template, write_tag_list);
	if (!value_field_named(program->pipeline.fields, "PipelineDisplayName")) /* required by the resource */
		template_put_pair(template, "pipeline_display_name", program->pipeline.name->text);
	if (!template_has_role(program))
		write_expression(template, "role_arn", "${var.role_arn}");
	write_definition(template);
	if (program->functions.count) {
		template_put_key(template, "depends_on");
		emit_open(&template->writer, '[');
		for (size_t i = 0; i < program->functions.count; i++) {
			emit_item(&template->writer);
			template_put_text(template, arena_printf(program->arena, "aws_lambda_function.%s", functions[i]));
		}
		emit_close(&template->writer, ']');
	}
	template_close(template);
	template_close(template);
}

static void write_schedule(struct template *template, const struct schedule *schedule)
{
	template_open(template, template_schedule_id(template, schedule));
	template_put_pair(template, "name", schedule->name->text);
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		if (!names_is(field->name, "Target")) {
			template_put_field(template, field);
			continue;
		}
		template_open(template, "target");
		write_expression(template, "arn", "${aws_sagemaker_pipeline.pipeline.arn}");
		for (uint32_t j = 0; j < field->value->count; j++)
			template_put_field(template, &field->value->fields[j]);
		if (schedule->given.count)
			template_put_given(template, schedule, names_of_given);
		template_close(template);
	}
	template_close(template);
}

static void write_schedules(struct template *template)
{
	const struct program *program = template->program;
	bool is_open = false;
	template->ids.count = 0;
	for (size_t i = 0; i < program->schedules.count; i++) {
		if (program->schedules.items[i]->is_absent)
			continue;
		if (!is_open)
			template_open(template, "aws_scheduler_schedule");
		is_open = true;
		write_schedule(template, program->schedules.items[i]);
	}
	if (is_open)
		template_close(template);
}

static void write_functions(struct template *template, const char **ids)
{
	const struct program *program = template->program;
	if (!program->functions.count)
		return;
	template_open(template, "aws_lambda_function");
	for (size_t i = 0; i < program->functions.count; i++) {
		const struct value *fields = program->functions.items[i].fields;
		ids[i] = template_new_id(template, "", program->functions.items[i].name->text);
		template_open(template, ids[i]);
		for (uint32_t j = 0; j < fields->count; j++) {
			if (!names_is(fields->fields[j].name, "Code")) {
				template_put_field(template, &fields->fields[j]);
				continue;
			}
			template_put_pair(template, "s3_bucket", template_bucket(template, fields->fields[j].value->word->text));
			template_put_pair(template, "s3_key", template_object_key(fields->fields[j].value->word->text));
		}
		template_close(template);
	}
	template_close(template);
}

static void write_variable(struct template *template)
{
	template_open(template, "variable");
	template_open(template, "role_arn");
	template_put_pair(template, "type", "string");
	template_put_pair(template, "description", "The role that the pipeline runs with");
	template_close(template);
	template_close(template);
}

static void write_provider(struct template *template)
{
	template_open(template, "terraform");
	template_open(template, "required_providers");
	template_open(template, "aws");
	template_put_pair(template, "source", "hashicorp/aws");
	template_close(template);
	template_close(template);
	template_close(template);
}

/* Terraform ignores the key `//`. */
static void write_comment(struct template *template)
{
	template_open(template, "//");
	template_put_pair(template, "made_by", "sagepipec");
	if (template_has_files(template)) {
		template_put_pair(template, "files", "These must be in S3 first: sagepipec --emit manifest lists them.");
		template_put_key(template, "uris");
		template_put_asset_uris(template);
	}
	template_close(template);
}

void template_terraform(struct text *out, struct program *program)
{
	struct template template = {.writer = {.out = out}, .program = program, .names = names, .is_terraform = true};
	const char **functions = arena_array(program->arena, const char *, program->functions.count + 1);
	template_place_definition(&template);
	emit_open(&template.writer, '{');
	write_comment(&template);
	write_provider(&template);
	if (!template_has_role(program))
		write_variable(&template);
	template_open(&template, "resource");
	write_functions(&template, functions);
	write_pipeline(&template, functions);
	write_schedules(&template);
	template_close(&template);
	template_close(&template);
	text_putc(out, '\n');
	diag_finish(program->diags);
}
