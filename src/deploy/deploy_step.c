/* The steps of a plan, and helpers for their texts. */
#include "deploy/deploy_parts.h"

const char *deploy_action_name(enum deploy_action action)
{
	static const char *const names[] = {"waiting", "unchanged", "uploaded", "created", "updated", "removed",
	                                    "failed"};
	return names[action];
}

struct deploy_step *deploy_add_step(struct deploy *deploy, const struct deploy_kind *kind, const char *name,
                                    const char *target, const void *subject)
{
	struct deploy_step *step = arena_new(deploy->arena, struct deploy_step);
	*step = (struct deploy_step){.kind = kind, .name = name, .target = target, .subject = subject, .detail = ""};
	vec_push(deploy->arena, &deploy->steps, step);
	return step;
}

const char *deploy_keep_text(struct deploy *deploy, struct text *text)
{
	const char *copy = arena_copy(deploy->arena, text_string(text), text->length);
	text_free(text);
	return copy;
}

const char *deploy_declared_text(const struct value *object, const char *name)
{
	const struct field *field = value_field_named(object, name);
	return field ? field->value->word->text : "";
}
