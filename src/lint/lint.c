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

static bool lint_is_on(const struct lint_config *config, const struct lint_rule *rule)
{
	enum lint_level level = (enum lint_level)config->level[rule->code];
	return level != LINT_OFF && (level != LINT_DEFAULT || !rule->is_off);
}

void lint_program(struct program *program, const struct lint_config *config)
{
	struct lint lint = {.program = program, .config = config};
	for (size_t i = 0; i < lint_rule_count; i++) {
		const struct lint_rule *rule = &lint_rules[i];
		if (rule->check && lint_is_on(config, rule))
			rule->check(&lint, rule->code);
	}
	diag_finish(program->diags);
}

/* A code in a comment that suppresses it on some lines. */
struct suppression {
	const struct tree *tree;
	const struct token *comment;
	uint32_t first, last; /* lines */
	struct span span;     /* of the code */
	bool is_used;
};

typedef VEC(struct suppression) suppression_vec;

enum { CODE_LENGTH = sizeof "SP0000" - 1 };

static bool is_code(const char *text)
{
	return strncmp(text, "SP", 2) == 0 && strspn(text + 2, "0123456789") == CODE_LENGTH - 2;
}

static bool suppresses(const struct suppression *suppression, const struct diag *diag, uint32_t line)
{
	const struct source_file *file = suppression->tree->file;
	return diag->file == file && line >= suppression->first && line <= suppression->last &&
	       strncmp(file->text + suppression->span.start, diag_code_name(diag->code), CODE_LENGTH) == 0;
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
		struct suppression suppression = {tree, token, line, line + lint_starts_line(tree->file, &start), {0, 0}, false};
		for (uint32_t at = token->start + sizeof marker - 1; at + CODE_LENGTH <= token->end; at++) {
			suppression.span = span_of(at, at + CODE_LENGTH);
			if (is_code(tree->file->text + at))
				vec_push(arena, list, suppression);
		}
	}
}

/* Whether another code of the same comment suppresses something. */
static bool is_comment_used(const suppression_vec *list, const struct token *comment)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].comment == comment && list->items[i].is_used)
			return true;
	return false;
}

/* Whether the code stands for a warning or note that this run would have reported. */
static bool would_report(const struct lint_config *config, const char *code)
{
	char name[CODE_LENGTH + 1] = "";
	memcpy(name, code, CODE_LENGTH);
	int found = find_code(name);
	for (size_t i = 0; found >= 0 && i < lint_rule_count; i++)
		if ((int)lint_rules[i].code == found)
			return lint_is_on(config, &lint_rules[i]);
	return true;
}

/* Reports a code of a comment that suppressed nothing. The fix removes the comment if all of it is unused. */
static void report_unused(struct lint *lint, const suppression_vec *list, const struct suppression *unused)
{
	const struct source_file *file = unused->tree->file;
	if (!would_report(lint->config, file->text + unused->span.start))
		return;
	struct diag *diag = lint_report(lint, SP4014, unused->tree->root, "this comment suppresses no %.*s", CODE_LENGTH,
	                                file->text + unused->span.start);
	diag->file = file;
	diag->span = unused->span;
	if (is_comment_used(list, unused->comment))
		return;
	uint32_t start = unused->comment->start, end = unused->comment->end;
	bool is_alone = lint_starts_line(file, &start);
	diag_edit(diag, span_of(start, end + (is_alone && file->text[end] == '\n')), "");
	diag->is_fix_safe = true;
}

static void report_all_unused(struct program *program, const struct lint_config *config, const suppression_vec *list)
{
	struct lint lint = {.program = program, .config = config};
	for (size_t i = 0; i < lint_rule_count; i++)
		if (lint_rules[i].code == SP4014 && !lint_is_on(config, &lint_rules[i]))
			return;
	for (size_t i = 0; i < list->count; i++)
		if (!list->items[i].is_used && list->items[i].tree == program->tree) /* others may have an effect in other programs */
			report_unused(&lint, list, &list->items[i]);
}

void lint_suppress(struct program *program, const struct lint_config *config)
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
		for (size_t i = 0; i < list.count && diag->severity != SEVERITY_ERROR; i++) {
			bool is_one = suppresses(&list.items[i], diag, line);
			list.items[i].is_used |= is_one;
			is_suppressed |= is_one;
		}
		if (is_suppressed)
			*at = diag->next;
		else
			at = &(*at)->next;
	}
	diag_finish(program->diags);
	if (config)
		report_all_unused(program, config, &list);
	diag_finish(program->diags);
}
