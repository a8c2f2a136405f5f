/* The step that gives the newest version of the pipeline the aliases of the program. */
#include "deploy/aliases.h"
#include "deploy/deploy_parts.h"

#include <inttypes.h>

/* The aliases that the program declares, each once. */
static const char **declared_aliases(const struct deploy *deploy, size_t *count)
{
	const struct field *field = value_field_named(deploy->program->pipeline.fields, "PipelineVersionAliases");
	const struct value *list = field && field->value->kind == VALUE_LIST ? field->value : NULL;
	const char **aliases = arena_array(deploy->arena, const char *, (list ? list->count : 0) + 1);
	*count = 0;
	for (uint32_t i = 0; list && i < list->count; i++) {
		const char *alias = list->items[i]->word->text;
		size_t known = 0;
		while (known < *count && strcmp(aliases[known], alias) != 0)
			known++;
		aliases[known] = alias;
		*count += known == *count;
	}
	return aliases;
}

/* "prod from version 3, stable". */
static const char *describe_changes(struct deploy *deploy, const struct aliases_change *change)
{
	struct text text = {0};
	for (size_t i = 0; i < change->count; i++) {
		text_printf(&text, "%s%s", i ? ", " : "", change->aliases[i]);
		if (change->from[i])
			text_printf(&text, " from version %" PRId64, change->from[i]);
	}
	return deploy_keep_text(deploy, &text);
}

static bool run_aliases(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure)
{
	struct aliases_change change = {.arn = deploy->arn, .version = deploy->version};
	step->action = DEPLOY_UNCHANGED;
	if (deploy->is_created) /* CreatePipeline has set its aliases */
		return true;
	change.aliases = declared_aliases(deploy, &change.count);
	if (!aliases_give(&change, deploy->aws, deploy->arena, failure))
		return false;
	if (change.given) {
		step->action = DEPLOY_UPDATED;
		step->detail = describe_changes(deploy, &change);
	}
	return true;
}

static void list_aliases_requests(struct deploy *deploy, const struct deploy_step *step)
{
	size_t count;
	const char *const *aliases = declared_aliases(deploy, &count);
	(void)step;
	deploy_note_sagemaker(deploy, "if it was there", "ListPipelineVersions", aliases_list_body(deploy->arena, "ARN"));
	deploy_note_sagemaker(deploy, "if other versions have any of these", "UpdatePipelineVersion",
	                      aliases_update_body(deploy->arena, "ARN", "\"VERSION\"", "Remove", aliases, count));
	deploy_note_sagemaker(deploy, "if the newest version lacks any of these", "UpdatePipelineVersion",
	                      aliases_update_body(deploy->arena, "ARN", "\"VERSION\"", "Add", aliases, count));
}

static const struct deploy_kind aliases_kind = {"aliases", run_aliases, list_aliases_requests};

void deploy_add_aliases(struct deploy *deploy)
{
	size_t count;
	declared_aliases(deploy, &count);
	if (count)
		deploy_add_step(deploy, &aliases_kind, "of the newest version", "", NULL);
}
