#include "emit/template.h"

#include "base/digest.h"
#include "base/json.h"
#include "compile/limits.h"
#include "compile/schedule.h"
#include "emit/emit.h"
#include "emit/emit_value.h"
#include "eval/assets/assets.h"
#include "eval/eval.h"
#include "eval/pipeline.h"

#include <ctype.h>

/* --- texts and names --- */

/* Strings in Terraform's JSON are templates: a literal `${` or `%{` has its first character doubled. */
void template_put_text(struct template *template, const char *text)
{
	if (!template->is_terraform) {
		emit_string(&template->writer, text);
		return;
	}
	struct text escaped = {0};
	for (const char *at = text; *at; at++) {
		if ((*at == '$' || *at == '%') && at[1] == '{')
			text_putc(&escaped, *at);
		text_putc(&escaped, *at);
	}
	emit_string(&template->writer, text_string(&escaped));
	text_free(&escaped);
}

void template_put_key(struct template *template, const char *key)
{
	emit_key(&template->writer, key);
}

void template_put_pair(struct template *template, const char *key, const char *text)
{
	template_put_key(template, key);
	template_put_text(template, text);
}

void template_open(struct template *template, const char *key)
{
	template_put_key(template, key);
	emit_open(&template->writer, '{');
}

void template_close(struct template *template)
{
	emit_close(&template->writer, '}');
}

/* A word starts at a capital that follows a lower-case letter or digit, or precedes a lower-case letter: KMSKeyArn becomes
 * kms_key_arn. */
static const char *snake_case(struct arena *arena, const char *name)
{
	struct text text = {0};
	for (const char *at = name; *at; at++) {
		bool starts_word = at > name && isupper((unsigned char)*at) &&
		                   (!isupper((unsigned char)at[-1]) || islower((unsigned char)at[1]));
		if (starts_word)
			text_putc(&text, '_');
		text_putc(&text, (char)tolower((unsigned char)*at));
	}
	const char *copy = arena_copy(arena, text_string(&text), text.length);
	text_free(&text);
	return copy;
}

/* The name of a request's field in the template; NULL when the template cannot express it. */
static const char *find_name(const struct template *template, const char *name)
{
	for (const struct template_name *known = template->names; known->request; known++)
		if (strcmp(known->request, name) == 0)
			return known->name;
	return template->is_terraform ? snake_case(template->program->arena, name) : name;
}

const char *template_new_id(struct template *template, const char *first, const char *second)
{
	struct arena *arena = template->program->arena;
	char *id = arena_printf(arena, "%s%s", first, second), *end = id;
	for (const char *at = id; *at; at++)
		if (isalnum((unsigned char)*at) || template->is_terraform)
			*end++ = (char)(isalnum((unsigned char)*at) ? *at : '_');
	*end = '\0';
	const char *unique = id;
	for (size_t i = 0, number = 2; i < template->ids.count; i++) {
		if (strcmp(template->ids.items[i], unique) != 0)
			continue;
		unique = arena_printf(arena, "%s%s%zu", id, template->is_terraform ? "_" : "X", number++);
		i = (size_t)-1; /* starts over */
	}
	vec_push(arena, &template->ids, unique);
	return unique;
}

const char *template_schedule_id(struct template *template, const struct schedule *schedule)
{
	const char *name = schedule->node->word->text, *suffix = schedule->scope->suffix;
	return template_new_id(template, template->is_terraform ? "" : "Schedule",
	                       arena_printf(template->program->arena, "%s%s", name, suffix));
}

/* --- values --- */

void template_put_value(struct template *template, const struct value *value)
{
	struct emit_writer *writer = &template->writer;
	bool is_shape = value->type && value->type->kind == TYPE_SHAPE;
	switch (value->kind) {
	case VALUE_STRING:
		template_put_text(template, value->word->text);
		break;
	case VALUE_LIST:
		emit_open(writer, '[');
		for (uint32_t i = 0; i < value->count; i++) {
			emit_item(writer);
			template_put_value(template, value->items[i]);
		}
		emit_close(writer, ']');
		break;
	case VALUE_OBJECT:
		emit_open(writer, '{');
		for (uint32_t i = 0; i < value->count; i++) {
			const struct field *field = &value->fields[i];
			const char *name = is_shape ? find_name(template, field->name->text) : field->name->text;
			if (!name)
				continue;
			template_put_key(template, name);
			template_put_value(template, field->value);
		}
		emit_close(writer, '}');
		break;
	default:
		emit_value(writer, value);
	}
}

void template_put_field(struct template *template, const struct field *field)
{
	const char *name = find_name(template, field->name->text);
	if (name) {
		template_put_key(template, name);
		template_put_value(template, field->value);
		return;
	}
	struct diag *diag = program_report(template->program, SP6204, field->at, "a %s template does not support `%s`: the field is "
	                                                                         "omitted",
	                                   template->is_terraform ? "Terraform" : "CloudFormation", field->name->text);
	if (field->at->kind == N_FIELD)
		diag->span = node_name_span(field->at);
}

/* --- the pipeline and its schedules --- */

/* The size limit of CloudFormation's templates, in bytes. */
enum { TEMPLATE_MAX = 1000000 };

void template_place_definition(struct template *template)
{
	struct program *program = template->program;
	struct text compact = {0}, quoted = {0}, definition = {0};
	emit_compact_definition(&compact, program);
	json_add_string(&quoted, compact.bytes, compact.length);
	bool is_long = template->is_terraform ? compact.length > LIMITS_DEFINITION_MAX : quoted.length > TEMPLATE_MAX;
	text_free(&compact);
	text_free(&quoted);
	if (!is_long)
		return;
	struct eval eval = {.program = program};
	const struct value *assets =
		pipeline_constant(&eval, node_child(program->pipeline.node, ROLE_NAME), names_word(&program->world->names, "Assets"));
	if (assets->kind != VALUE_STRING)
		return;
	char digest[DIGEST_ROOM];
	emit_definition(&definition, program);
	digest_bytes(definition.bytes, definition.length, digest);
	text_free(&definition);
	const char *uri = arena_printf(program->arena, "%s/%s/definition.json", assets->word->text, digest);
	template->definition_bucket = template_bucket(template, uri);
	template->definition_key = template_object_key(uri);
}

void template_put_definition(struct template *template)
{
	struct text definition = {0};
	emit_compact_definition(&definition, template->program);
	template_put_text(template, definition.bytes);
	text_free(&definition);
}

void template_put_pipeline_fields(struct template *template, void (*write_tags)(struct template *template, const struct value *tags))
{
	const struct program *program = template->program;
	for (uint32_t i = 0; i < program->pipeline.fields->count; i++) {
		const struct field *field = &program->pipeline.fields->fields[i];
		if (write_tags && names_is(field->name, "Tags"))
			write_tags(template, field->value);
		else if (emit_is_of_request(field->name))
			template_put_field(template, field);
	}
	if (program->pipeline.description && !value_field_named(program->pipeline.fields, "PipelineDescription")) {
		template_put_key(template, find_name(template, "PipelineDescription"));
		template_put_text(template, program->pipeline.description->text);
	}
}

bool template_has_role(const struct program *program)
{
	return value_field_named(program->pipeline.fields, "RoleArn") != NULL;
}

void template_put_given(struct template *template, const struct schedule *schedule, struct given_names names)
{
	template_open(template, names.object);
	template_put_key(template, names.list);
	emit_open(&template->writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		emit_item(&template->writer);
		emit_open(&template->writer, '{');
		template_put_pair(template, names.name, schedule->given.items[i].param->emitted->text);
		template_put_pair(template, names.value, schedule_given_text(schedule->given.items[i].value));
		template_close(template);
	}
	emit_close(&template->writer, ']');
	template_close(template);
}

/* --- files --- */

const char *template_bucket(struct template *template, const char *uri)
{
	const char *bucket = uri + strlen("s3://");
	return arena_copy(template->program->arena, bucket, strcspn(bucket, "/"));
}

const char *template_object_key(const char *uri)
{
	const char *bucket = uri + strlen("s3://");
	const char *slash = bucket + strcspn(bucket, "/");
	return *slash ? slash + 1 : slash;
}

bool template_has_files(const struct template *template)
{
	return template->definition_bucket || (template->program->assets && template->program->assets->list.count);
}

void template_put_asset_uris(struct template *template)
{
	const struct assets *assets = template->program->assets;
	emit_open(&template->writer, '[');
	for (size_t i = 0; assets && i < assets->list.count; i++) {
		emit_item(&template->writer);
		template_put_text(template, assets->list.items[i]->uri->text);
	}
	if (template->definition_bucket) {
		emit_item(&template->writer);
		template_put_text(template, arena_printf(template->program->arena, "s3://%s/%s", template->definition_bucket,
		                                         template->definition_key));
	}
	emit_close(&template->writer, ']');
}
