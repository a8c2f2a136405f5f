#include "emit/wrap.h"

#include "base/digest.h"
#include "base/json.h"
#include "compile/limits.h"
#include "compile/schedule.h"
#include "emit/emit.h"
#include "eval/assets/assets.h"
#include "eval/eval.h"
#include "eval/pipeline.h"

#include <ctype.h>

/* --- texts and names --- */

/* In Terraform's JSON texts are templates, where `${` and `%{` are doubled at their first character to stand for themselves. */
void wrap_text(struct wrap *wrap, const char *text)
{
	if (!wrap->is_terraform) {
		emit_string(&wrap->writer, text);
		return;
	}
	struct text escaped = {0};
	for (const char *at = text; *at; at++) {
		if ((*at == '$' || *at == '%') && at[1] == '{')
			text_putc(&escaped, *at);
		text_putc(&escaped, *at);
	}
	emit_string(&wrap->writer, text_string(&escaped));
	text_free(&escaped);
}

void wrap_key(struct wrap *wrap, const char *key)
{
	emit_key(&wrap->writer, key);
}

void wrap_pair(struct wrap *wrap, const char *key, const char *text)
{
	wrap_key(wrap, key);
	wrap_text(wrap, text);
}

void wrap_open(struct wrap *wrap, const char *key)
{
	wrap_key(wrap, key);
	emit_open(&wrap->writer, '{');
}

void wrap_close(struct wrap *wrap)
{
	emit_close(&wrap->writer, '}');
}

/* A new word begins at a capital behind a small letter or digit, and at one before a small letter: KMSKeyArn is kms_key_arn. */
static const char *snake_case(struct arena *arena, const char *name)
{
	struct text text = {0};
	for (const char *at = name; *at; at++) {
		bool is_begin = at > name && isupper((unsigned char)*at) &&
		                (!isupper((unsigned char)at[-1]) || islower((unsigned char)at[1]));
		if (is_begin)
			text_putc(&text, '_');
		text_putc(&text, (char)tolower((unsigned char)*at));
	}
	const char *copy = arena_copy(arena, text_string(&text), text.length);
	text_free(&text);
	return copy;
}

/* NULL when the template has no place for it. */
static const char *template_name(const struct wrap *wrap, const char *name)
{
	for (const struct wrap_name *known = wrap->names; known->request; known++)
		if (strcmp(known->request, name) == 0)
			return known->template;
	return wrap->is_terraform ? snake_case(wrap->program->arena, name) : name;
}

const char *wrap_id(struct wrap *wrap, const char *first, const char *second)
{
	struct arena *arena = wrap->program->arena;
	char *id = arena_printf(arena, "%s%s", first, second), *end = id;
	for (const char *at = id; *at; at++)
		if (isalnum((unsigned char)*at) || wrap->is_terraform)
			*end++ = (char)(isalnum((unsigned char)*at) ? *at : '_');
	*end = '\0';
	const char *unique = id;
	for (size_t i = 0, number = 2; i < wrap->ids.count; i++) {
		if (strcmp(wrap->ids.items[i], unique) != 0)
			continue;
		unique = arena_printf(arena, "%s%s%zu", id, wrap->is_terraform ? "_" : "X", number++);
		i = (size_t)-1; /* from the first again */
	}
	vec_push(arena, &wrap->ids, unique);
	return unique;
}

const char *wrap_schedule_id(struct wrap *wrap, const struct schedule *schedule)
{
	const char *name = schedule->node->word->text, *suffix = schedule->scope->suffix;
	return wrap_id(wrap, wrap->is_terraform ? "" : "Schedule", arena_printf(wrap->program->arena, "%s%s", name, suffix));
}

/* --- values --- */

void wrap_value(struct wrap *wrap, const struct value *value)
{
	struct writer *writer = &wrap->writer;
	bool is_shape = value->type && value->type->kind == TYPE_SHAPE;
	switch (value->kind) {
	case VALUE_STRING:
		wrap_text(wrap, value->word->text);
		break;
	case VALUE_LIST:
		emit_open(writer, '[');
		for (uint32_t i = 0; i < value->count; i++) {
			emit_item(writer);
			wrap_value(wrap, value->items[i]);
		}
		emit_close(writer, ']');
		break;
	case VALUE_OBJECT:
		emit_open(writer, '{');
		for (uint32_t i = 0; i < value->count; i++) {
			const struct field *field = &value->fields[i];
			const char *name = is_shape ? template_name(wrap, field->name->text) : field->name->text;
			if (!name)
				continue;
			wrap_key(wrap, name);
			wrap_value(wrap, field->value);
		}
		emit_close(writer, '}');
		break;
	default:
		emit_value(writer, value);
	}
}

void wrap_field(struct wrap *wrap, const struct field *field)
{
	const char *name = template_name(wrap, field->name->text);
	if (name) {
		wrap_key(wrap, name);
		wrap_value(wrap, field->value);
		return;
	}
	struct diag *diag = program_report(wrap->program, SP6204, field->at, "a %s template has no place for `%s`: it is left out",
	                                   wrap->is_terraform ? "Terraform" : "CloudFormation", field->name->text);
	if (field->at->kind == N_FIELD)
		diag->span = node_name_span(field->at);
}

/* --- the pipeline --- */

/* CloudFormation takes templates of a megabyte. */
enum { TEMPLATE_MAX = 1000000 };

void wrap_place_definition(struct wrap *wrap)
{
	struct program *program = wrap->program;
	struct text compact = {0}, quoted = {0}, definition = {0};
	emit_compact_definition(&compact, program);
	json_add_string(&quoted, compact.bytes, compact.length);
	bool is_long = wrap->is_terraform ? compact.length > LIMITS_DEFINITION_MAX : quoted.length > TEMPLATE_MAX;
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
	wrap->definition_bucket = wrap_bucket(wrap, uri);
	wrap->definition_key = wrap_object_key(uri);
}

void wrap_definition(struct wrap *wrap)
{
	struct text definition = {0};
	emit_compact_definition(&definition, wrap->program);
	wrap_text(wrap, definition.bytes);
	text_free(&definition);
}

void wrap_pipeline_fields(struct wrap *wrap, void (*write_tags)(struct wrap *wrap, const struct value *tags))
{
	const struct program *program = wrap->program;
	for (uint32_t i = 0; i < program->pipeline.fields->count; i++) {
		const struct field *field = &program->pipeline.fields->fields[i];
		if (write_tags && names_is(field->name, "Tags"))
			write_tags(wrap, field->value);
		else if (emit_is_of_request(field->name))
			wrap_field(wrap, field);
	}
	if (program->pipeline.description && !value_field_named(program->pipeline.fields, "PipelineDescription")) {
		wrap_key(wrap, template_name(wrap, "PipelineDescription"));
		wrap_text(wrap, program->pipeline.description->text);
	}
}

/* --- files --- */

bool wrap_has_role(const struct program *program)
{
	return value_field_named(program->pipeline.fields, "RoleArn") != NULL;
}

void wrap_given(struct wrap *wrap, const struct schedule *schedule, struct given_names names)
{
	wrap_open(wrap, names.object);
	wrap_key(wrap, names.list);
	emit_open(&wrap->writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		emit_item(&wrap->writer);
		emit_open(&wrap->writer, '{');
		wrap_pair(wrap, names.name, schedule->given.items[i].param->emitted->text);
		wrap_pair(wrap, names.value, schedule_given_text(schedule->given.items[i].value));
		wrap_close(wrap);
	}
	emit_close(&wrap->writer, ']');
	wrap_close(wrap);
}

const char *wrap_bucket(struct wrap *wrap, const char *uri)
{
	const char *bucket = uri + strlen("s3://");
	return arena_copy(wrap->program->arena, bucket, strcspn(bucket, "/"));
}

const char *wrap_object_key(const char *uri)
{
	const char *bucket = uri + strlen("s3://");
	const char *slash = bucket + strcspn(bucket, "/");
	return *slash ? slash + 1 : slash;
}

bool wrap_has_files(const struct wrap *wrap)
{
	return wrap->definition_bucket || (wrap->program->assets && wrap->program->assets->list.count);
}

void wrap_asset_uris(struct wrap *wrap)
{
	const struct assets *assets = wrap->program->assets;
	emit_open(&wrap->writer, '[');
	for (size_t i = 0; assets && i < assets->list.count; i++) {
		emit_item(&wrap->writer);
		wrap_text(wrap, assets->list.items[i]->uri->text);
	}
	if (wrap->definition_bucket) {
		emit_item(&wrap->writer);
		wrap_text(wrap, arena_printf(wrap->program->arena, "s3://%s/%s", wrap->definition_bucket, wrap->definition_key));
	}
	emit_close(&wrap->writer, ']');
}
