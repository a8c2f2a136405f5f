#include "emit/policy_statement.h"

struct policy_statement *policy_get_statement(struct policy_builder *builder, struct policy *policy, const char *sid)
{
	for (size_t i = 0; i < policy->statements.count; i++)
		if (strcmp(policy->statements.items[i]->sid, sid) == 0)
			return policy->statements.items[i];
	struct policy_statement *statement = arena_new(builder->arena, struct policy_statement);
	statement->sid = sid;
	vec_push(builder->arena, &policy->statements, statement);
	return statement;
}

void policy_add_action(struct policy_builder *builder, struct policy_statement *statement, const char *action)
{
	for (size_t i = 0; i < statement->actions.count; i++)
		if (strcmp(statement->actions.items[i], action) == 0)
			return;
	vec_push(builder->arena, &statement->actions, action);
}

void policy_add_resource(struct policy_builder *builder, struct policy_statement *statement, const char *resource)
{
	for (size_t i = 0; i < statement->resources.count; i++)
		if (strcmp(statement->resources.items[i], resource) == 0)
			return;
	vec_push(builder->arena, &statement->resources, resource);
}

const char *policy_text(struct policy_builder *builder, const struct value *value)
{
	struct text text = {0};
	bool is_open = false; /* the text ends with a `*`; no second one follows it */
	if (!value || value->kind == VALUE_NULL || value->kind == VALUE_ERROR)
		return NULL;
	if (value_is_constant_scalar(value)) {
		value_print_scalar(&text, value);
	} else if (value->kind != VALUE_JOIN) {
		text_putc(&text, '*');
	}
	for (uint32_t i = 0; value->kind == VALUE_JOIN && i < value->count; i++) {
		const char *part = policy_text(builder, value->items[i]);
		if (i && !(is_open && !*value->word->text))
			text_puts(&text, value->word->text);
		is_open = text.length && text.bytes[text.length - 1] == '*';
		text_puts(&text, part && !(is_open && *part == '*') ? part : "");
	}
	const char *copy = arena_copy(builder->arena, text_string(&text), text.length);
	text_free(&text);
	return copy;
}

const char *policy_arn(struct policy_builder *builder, const char *service, const char *rest)
{
	bool is_global = strcmp(service, "iam") == 0 || strcmp(service, "s3") == 0, has_account = strcmp(service, "s3") != 0;
	return arena_printf(builder->arena, "arn:%s:%s:%s:%s:%s", builder->partition, service, is_global ? "" : builder->region,
	                    has_account ? builder->account : "", rest);
}
