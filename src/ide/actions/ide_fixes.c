/* Quick fixes for diagnostics: the edits that a diagnostic contains, and edits that depend on the code around it. */
#include "ide/actions/ide_actions.h"
#include "ide/actions/ide_blocks.h"
#include "ide/actions/ide_strings.h"

#include <string.h>

/* --- the edits of a diagnostic --- */

enum { SHOWN = 40 };

static bool is_shown(const char *text)
{
	return strlen(text) <= SHOWN && !strchr(text, '\n');
}

static const char *title_of(const struct ide_actions *actions, const struct diag *diag)
{
	const struct diag_edit *edit = diag->edits;
	const char *old = ide_slice(actions, edit->span), *new = edit->replacement;
	if (edit->next || !is_shown(new))
		return arena_printf(actions->arena, "Repair: %s", diag->message);
	if (edit->span.start == edit->span.end)
		return arena_printf(actions->arena, "Insert `%s`", new + strspn(new, " "));
	if (!*new) {
		const char *line = old + strspn(old, " \t");
		bool is_line = strlen(line) <= SHOWN && strcspn(line, "\r\n") + 2 >= strlen(line);
		return is_line ? arena_printf(actions->arena, "Remove `%.*s`", (int)strcspn(line, "\r\n"), line) : "Remove it";
	}
	if (!is_shown(old))
		return arena_printf(actions->arena, "Change to `%s`", new);
	return arena_printf(actions->arena, "Change `%s` to `%s`", old, new);
}

static void add_edits(struct ide_actions *actions, const struct diag *diag)
{
	struct ide_action *action = ide_add_action(actions, IDE_FIX, "%s", title_of(actions, diag));
	action->is_preferred = diag->is_fix_safe;
	for (const struct diag_edit *edit = diag->edits; edit; edit = edit->next)
		ide_add_edit(actions, action, edit->span, edit->replacement);
}

/* --- comments that silence a diagnostic --- */

static const char marker[] = "// sagepipec: ignore ";

/* The last token that begins before an offset, or NULL. */
static const struct token *token_before(const struct tree *tree, uint32_t offset)
{
	size_t index = node_token_index(tree, offset);
	return index ? &tree->tokens[index - 1] : NULL;
}

/* Whether a comment can be inserted at an offset: the offset is not inside a token, such as a string of several lines. */
static bool takes_comment(const struct tree *tree, uint32_t offset)
{
	const struct token *token = token_before(tree, offset);
	return !token || token->end <= offset;
}

/* Whether a comment can be added at the end of a line: the line does not end inside a token or in a comment. */
static bool takes_comment_after(const struct tree *tree, uint32_t end)
{
	const struct token *token = token_before(tree, end);
	return token && token->end <= end && token->kind != TOKEN_COMMENT && token->kind != TOKEN_DOC;
}

/* Adds codes to the `ignore` comment in the line above. If that line is a doc comment, which must stay directly above its
 * declaration, adds an `ignore` comment at the end of the line instead. */
static void silence_beside(struct ide_actions *actions, struct ide_action *action, uint32_t line, uint32_t above, const char *codes)
{
	const char *text = actions->tree->file->text;
	above += (uint32_t)strspn(text + above, " \t");
	if (strncmp(text + above, marker, sizeof marker - 1) == 0) {
		uint32_t at = above + (uint32_t)sizeof marker - 1;
		ide_add_edit(actions, action, span_of(at, at), codes);
		return;
	}
	uint32_t end = line + (uint32_t)strcspn(text + line, "\r\n");
	ide_add_edit(actions, action, span_of(end, end), arena_printf(actions->arena, " %s%son purpose", marker, codes));
}

static void add_silence(struct ide_actions *actions, const struct diag *diag)
{
	const struct tree *tree = actions->tree;
	const char *text = tree->file->text, *codes = arena_printf(actions->arena, "%s ", diag_code_name(diag->code));
	uint32_t line = source_line_start(tree->file, diag->span.start);
	uint32_t above = source_line_start(tree->file, line - (line > 0));
	const char *before = text + above + strspn(text + above, " \t");
	bool is_silenced = line > 0 && strncmp(before, marker, sizeof marker - 1) == 0;
	bool is_documented = line > 0 && strncmp(before, "///", 3) == 0;
	if (!takes_comment(tree, line) || (is_documented && !takes_comment_after(tree, line + (uint32_t)strcspn(text + line, "\r\n"))))
		return;
	uint32_t index = source_line_index(tree->file, line);
	for (const struct ide_action *other = actions->first; other; other = other->next)
		if (other->diag && other->diag->code == diag->code && source_line_index(tree->file, other->diag->span.start) == index)
			return; /* one comment silences both */
	struct ide_action *action = ide_add_action(actions, IDE_FIX, "Silence %s here", diag_code_name(diag->code));
	if (is_silenced || is_documented)
		silence_beside(actions, action, line, above, codes);
	else
		ide_add_edit(actions, action, span_of(line, line),
		             arena_printf(actions->arena, "%s%s%son purpose\n", ide_indent(actions, line), marker, codes));
}

/* --- files --- */

/* Offers to create a missing file that is imported or used. Its name must contain a `.`: without one, the path may mean a folder. */
static void add_file(struct ide_actions *actions, const struct diag *diag)
{
	const struct node *node = node_at(actions->tree, diag->span.start);
	const char *folder = actions->tree->file->name, *slash = strrchr(folder, '/');
	if ((node->kind != N_STRING && node->kind != N_IMPORT) || !node->word || !slash)
		return;
	const char *path = node->word->text, *name = strrchr(path, '/');
	name = name ? name + 1 : path;
	bool is_searched = node->kind == N_IMPORT && *path != '.'; /* in the -I folders, not beside this file */
	if (*path == '/' || is_searched || !strchr(name, '.') || !name[strspn(name, ".")])
		return;
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	for (; strncmp(path, "../", 3) == 0 && slash > folder; path += 3)
		for (slash--; slash > folder && *slash != '/';)
			slash--;
	if (strstr(path, "..") || slash < folder)
		return;
	struct ide_action *action = ide_add_action(actions, IDE_FIX, "Create the file `%s`", node->word->text);
	action->new_file = arena_printf(actions->arena, "%.*s/%s", (int)(slash - folder), folder, path);
}

/* --- repairs by code --- */

static void add_by_code(struct ide_actions *actions, const struct diag *diag)
{
	const struct node *node = node_at(actions->tree, diag->span.start);
	switch (diag->code) {
	case SP2050:
	case SP2071:
		add_file(actions, diag);
		break;
	case SP3004:
	case SP3005:
		while (node && !ide_add_interpolation(actions, node, IDE_FIX))
			node = node->parent;
		break;
	case SP3032:
		ide_add_fields(actions, node, diag);
		break;
	default:
		break;
	}
}

void ide_list_fixes(struct ide_actions *actions, const struct diag *diag)
{
	struct ide_action *before = actions->last;
	if (diag->edits)
		add_edits(actions, diag);
	add_by_code(actions, diag);
	if (diag->severity != SEVERITY_ERROR)
		add_silence(actions, diag);
	for (struct ide_action *action = before ? before->next : actions->first; action; action = action->next)
		action->diag = diag;
}
