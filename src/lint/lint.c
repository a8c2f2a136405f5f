#include "lint/lint.h"

#include "lint/lint_rules.h"

#include <cjson/cJSON.h>

static int find_code(const char *name)
{
	for (int code = 0; code < DIAG_CODE_COUNT; code++)
		if (strcmp(diag_code_name((enum diag_code)code), name) == 0)
			return code;
	return -1;
}

static bool is_rule(int code)
{
	for (size_t i = 0; i < lint_rule_count; i++)
		if ((int)lint_rules[i].code == code)
			return true;
	return false;
}

static int find_level(const cJSON *value)
{
	static const char *const levels[] = {"default", "off", "note", "warning", "error"};
	for (int i = 0; cJSON_IsString(value) && i < 5; i++)
		if (strcmp(levels[i], value->valuestring) == 0)
			return i;
	return -1;
}

static bool read_levels(struct lint_config *config, const cJSON *levels, struct text *complaint)
{
	const cJSON *item;
	cJSON_ArrayForEach(item, levels) {
		int code = find_code(item->string), level = find_level(item);
		if (!is_rule(code)) {
			text_printf(complaint, "there is no lint rule \"%s\"", item->string);
			return false;
		}
		if (level < 0) {
			text_printf(complaint, "the level of %s must be \"off\", \"note\", \"warning\" or \"error\"", item->string);
			return false;
		}
		config->level[code] = (uint8_t)level;
	}
	return true;
}

bool lint_config_read(struct lint_config *config, const char *json, struct text *complaint)
{
	cJSON *root = cJSON_ParseWithOpts(json, NULL, 1);
	bool is_good = cJSON_IsObject(root);
	const cJSON *item;
	if (!is_good)
		text_puts(complaint, "it is not a JSON object");
	cJSON_ArrayForEach(item, root) {
		if (!is_good)
			break;
		if (strcmp(item->string, "lint") == 0 && cJSON_IsObject(item)) {
			is_good = read_levels(config, item, complaint);
		} else {
			text_printf(complaint, "unknown member \"%s\": only \"lint\", an object, is allowed", item->string);
			is_good = false;
		}
	}
	cJSON_Delete(root);
	return is_good;
}

void lint_program(struct program *program, const struct lint_config *config)
{
	struct lint lint = {.program = program, .config = config};
	for (size_t i = 0; i < lint_rule_count; i++) {
		const struct lint_rule *rule = &lint_rules[i];
		enum lint_level level = (enum lint_level)config->level[rule->code];
		if (level == LINT_OFF || (level == LINT_DEFAULT && rule->is_off))
			continue;
		rule->check(&lint, rule->code);
	}
	diag_finish(program->diags);
}

/* A comment that suppresses codes on some lines. */
struct suppression {
	const struct source_file *file;
	uint32_t first, last; /* lines */
	const char *codes;    /* the rest of the comment */
	size_t length;
};

typedef VEC(struct suppression) suppression_vec;

static bool suppresses(const struct suppression *suppression, const struct diag *diag, uint32_t line)
{
	const char *name = diag_code_name(diag->code);
	if (diag->file != suppression->file || line < suppression->first || line > suppression->last)
		return false;
	for (const char *at = suppression->codes; at + strlen(name) <= suppression->codes + suppression->length; at++)
		if (strncmp(at, name, strlen(name)) == 0)
			return true;
	return false;
}

static void collect_suppressions(struct arena *arena, const struct tree *tree, suppression_vec *list)
{
	static const char marker[] = "// sagepipec: ignore ";
	for (size_t i = 0; i < tree->token_count; i++) {
		const struct token *token = &tree->tokens[i];
		const char *text = tree->file->text + token->start;
		if (token->kind != TOKEN_COMMENT || strncmp(text, marker, sizeof marker - 1) != 0)
			continue;
		uint32_t line = source_place(tree->file, token->start).line, start = token->start;
		struct suppression suppression = {
			tree->file, line, line + lint_starts_line(tree->file, &start), text + sizeof marker - 1,
			token->end - token->start - (sizeof marker - 1),
		};
		vec_push(arena, list, suppression);
	}
}

void lint_suppress(struct program *program)
{
	suppression_vec list = {0};
	for (size_t i = 0; i < program->files.count; i++)
		collect_suppressions(program->arena, program->files.items[i]->tree, &list);
	if (!list.count)
		return;
	struct diag **at = &program->diags->first;
	while (*at) {
		const struct diag *diag = *at;
		bool is_suppressed = false;
		uint32_t line = source_place(diag->file, diag->span.start).line;
		for (size_t i = 0; i < list.count && diag->severity != SEVERITY_ERROR; i++)
			is_suppressed |= suppresses(&list.items[i], diag, line);
		if (is_suppressed)
			*at = diag->next;
		else
			at = &(*at)->next;
	}
	diag_finish(program->diags);
}
