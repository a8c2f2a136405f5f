#include "ide/highlight.h"

#include "eval/functions/functions.h"
#include "ide/ide.h"

/* The highlights that nodes of the tree give to tokens in the span. */
struct marks {
	struct program *program;
	const struct tree *tree;
	size_t first, end;         /* indexes of tokens */
	struct highlight *items;   /* one for each of these tokens; only type and modifiers are used */
};

/* --- names --- */

/* The highlights of names, by the kind of their declaration. */
static const struct {
	uint8_t type, modifiers;
} declared[NODE_KIND_COUNT] = {
	[N_PIPELINE] = {HIGHLIGHT_NAMESPACE, HIGHLIGHT_LIBRARY},
	[N_PARAM] = {HIGHLIGHT_PARAMETER, HIGHLIGHT_DEFERRED},
	[N_CONFIG] = {HIGHLIGHT_PARAMETER, HIGHLIGHT_READONLY},
	[N_LET] = {HIGHLIGHT_VARIABLE, HIGHLIGHT_READONLY},
	[N_NAME] = {HIGHLIGHT_VARIABLE, HIGHLIGHT_READONLY}, /* of a comprehension or family */
	[N_PARAMETER] = {HIGHLIGHT_PARAMETER, 0},
	[N_STEP] = {HIGHLIGHT_VARIABLE, 0},
	[N_CONDITION] = {HIGHLIGHT_VARIABLE, 0}, [N_FOREACH] = {HIGHLIGHT_VARIABLE, 0},
	[N_USE] = {HIGHLIGHT_VARIABLE, 0},
	[N_SCHEDULE] = {HIGHLIGHT_VARIABLE, 0},
	[N_KIND] = {HIGHLIGHT_CLASS, 0},
	[N_COMPONENT] = {HIGHLIGHT_CLASS, 0},
	[N_FUNCTION] = {HIGHLIGHT_FUNCTION, 0},
	[N_SHAPE] = {HIGHLIGHT_STRUCT, 0},
	[N_ENUM] = {HIGHLIGHT_ENUM, 0},
	[N_TYPE] = {HIGHLIGHT_TYPE, 0},
	[N_EXPORT] = {HIGHLIGHT_PROPERTY, 0},
	[N_OUTPUT] = {HIGHLIGHT_PROPERTY, 0},
	[N_PROPERTY_FILE] = {HIGHLIGHT_PROPERTY, 0},
	[N_MEMBER_DECL] = {HIGHLIGHT_PROPERTY, 0},
	[N_FIELD] = {HIGHLIGHT_PROPERTY, 0},
};

static void mark(struct marks *marks, uint32_t offset, enum highlight_type type, unsigned modifiers)
{
	size_t index = node_token_index(marks->tree, offset);
	if (index < marks->first || index >= marks->end || marks->tree->tokens[index].start != offset)
		return;
	struct highlight *item = &marks->items[index - marks->first];
	item->type = (uint8_t)type;
	item->modifiers = (uint8_t)modifiers;
}

static unsigned deferred_bit(const struct value *value)
{
	return value && value_is_deferred(value) ? HIGHLIGHT_DEFERRED : 0;
}

/* Marks a reference according to its declaration. */
static void mark_reference(struct marks *marks, uint32_t offset, const struct node *declaration, const struct value *value)
{
	unsigned modifiers = declared[declaration->kind].modifiers | deferred_bit(value);
	if (bind_module(marks->program, declaration) == &marks->program->library)
		modifiers |= HIGHLIGHT_LIBRARY;
	mark(marks, offset, declared[declaration->kind].type, modifiers);
}

/* Whether a name is in a path of a `writes` or `clauses` line: the names there are members, not values. */
static bool is_in_path(const struct node *node)
{
	do
		node = node->parent;
	while (node->kind == N_MEMBER || node->kind == N_INDEX);
	return node->kind == N_WRITES || node->kind == N_ALLOWED;
}

/* Marks a name without a declaration according to its place. */
static void mark_undeclared(struct marks *marks, const struct node *node)
{
	const struct value *value = bind_value(marks->program, node);
	enum node_kind parent = node->parent->kind;
	if (parent == N_CALL && node->role == ROLE_LEFT && node->parent->role != ROLE_KIND)
		mark(marks, node->start, HIGHLIGHT_FUNCTION, node->word && functions_find(node->word->text) ? HIGHLIGHT_LIBRARY : 0);
	else if (node->role == ROLE_KIND || parent == N_DEFAULTS || (parent == N_CALL && node->role == ROLE_LEFT))
		mark(marks, node->start, HIGHLIGHT_CLASS, 0);
	else if (parent == N_DEPLOYS || parent == N_TYPE_REF)
		mark(marks, node->start, HIGHLIGHT_PROPERTY, 0);
	else if ((value && value->kind == VALUE_SPACE) || (parent == N_MEMBER && node->parent->parent->kind == N_RETRY))
		mark(marks, node->start, HIGHLIGHT_NAMESPACE, HIGHLIGHT_LIBRARY);
	else
		mark(marks, node->start, HIGHLIGHT_VARIABLE, deferred_bit(value));
}

static void mark_name(struct marks *marks, const struct node *node)
{
	const struct node *declaration = bind_declaration(marks->program, node);
	if (is_in_path(node))
		mark(marks, node->start, HIGHLIGHT_PROPERTY, 0);
	else if (declaration == node)
		mark(marks, node->start, HIGHLIGHT_VARIABLE, HIGHLIGHT_DECLARATION | HIGHLIGHT_READONLY);
	else if (declaration && declared[declaration->kind].type)
		mark_reference(marks, node->start, declaration, bind_value(marks->program, node));
	else
		mark_undeclared(marks, node);
}

static void mark_member(struct marks *marks, const struct node *node)
{
	const struct value *value = bind_value(marks->program, node);
	const struct node *declaration = bind_declaration(marks->program, node);
	const struct value *left = bind_value(marks->program, node_child(node, ROLE_LEFT));
	unsigned library_bit = left && left->kind == VALUE_SPACE ? HIGHLIGHT_LIBRARY : 0;
	if (node->parent->kind == N_RETRY)
		mark(marks, node->name_start, HIGHLIGHT_ENUM_MEMBER, HIGHLIGHT_LIBRARY);
	else if (declaration && declared[declaration->kind].type)
		mark_reference(marks, node->name_start, declaration, value);
	else
		mark(marks, node->name_start, HIGHLIGHT_PROPERTY, library_bit | deferred_bit(value));
}

static void mark_type(struct marks *marks, const struct node *node)
{
	const struct node *declaration = bind_declaration(marks->program, node);
	if (declaration)
		mark_reference(marks, node->name_start, declaration, NULL);
	else
		mark(marks, node->name_start, HIGHLIGHT_TYPE, HIGHLIGHT_LIBRARY);
}

/* Marks a string that is a value of an enum. */
static void mark_string(struct marks *marks, const struct node *node)
{
	if (node->parent->kind == N_ENUM) {
		mark(marks, node->start, HIGHLIGHT_ENUM_MEMBER, HIGHLIGHT_DECLARATION);
		return;
	}
	const struct type *type = program_expected(marks->program, node);
	for (uint32_t i = 0; type && type->kind == TYPE_ENUM && i < type->count; i++)
		if (type->values[i] == node->word) {
			mark(marks, node->start, HIGHLIGHT_ENUM_MEMBER, 0);
			return;
		}
}

/* Marks `<` and `>` of a comparison; elsewhere they are the brackets of a type. */
static void mark_comparison(struct marks *marks, const struct node *node)
{
	const struct node *left = node_child(node, ROLE_LEFT), *right = node_child(node, ROLE_RIGHT);
	if (!left || !right || (node->op != OP_LESS && node->op != OP_GREATER))
		return;
	const struct tree *tree = marks->tree;
	for (size_t i = node_token_index(tree, left->end); i < tree->token_count && tree->tokens[i].start < right->start; i++)
		if (tree->tokens[i].kind == TOKEN_LT || tree->tokens[i].kind == TOKEN_GT)
			mark(marks, tree->tokens[i].start, HIGHLIGHT_OPERATOR, 0);
}

static void mark_declaration(struct marks *marks, const struct node *node)
{
	const struct node *value = node->kind == N_LET || node->kind == N_EXPORT ? node_child(node, ROLE_VALUE) : NULL;
	unsigned modifiers = declared[node->kind].modifiers | HIGHLIGHT_DECLARATION;
	if (node->name_end > node->name_start)
		mark(marks, node->name_start, declared[node->kind].type,
		     modifiers | deferred_bit(value ? program_value(marks->program, value) : NULL));
}

static void mark_imported(struct marks *marks, const struct node *node)
{
	const struct node *declaration = bind_declaration(marks->program, node);
	if (declaration)
		mark_reference(marks, node->name_start, declaration, NULL);
	else
		mark(marks, node->name_start, HIGHLIGHT_VARIABLE, 0);
}

static void mark_node(struct marks *marks, const struct node *node)
{
	switch (node->kind) {
	case N_NAME:
		mark_name(marks, node);
		break;
	case N_MEMBER:
		mark_member(marks, node);
		break;
	case N_TYPE_REF:
		if (node->word)
			mark_type(marks, node);
		break;
	case N_IMPORT_NAME:
		mark_imported(marks, node);
		break;
	case N_STRING:
		mark_string(marks, node);
		break;
	case N_BINARY:
		mark_comparison(marks, node);
		break;
	case N_FIELD:
		mark(marks, node->name_start, HIGHLIGHT_PROPERTY, bind_member(marks->program, node) ? HIGHLIGHT_LIBRARY : 0);
		break;
	case N_ARGUMENT:
		if (node->word)
			mark(marks, node->name_start, HIGHLIGHT_PARAMETER, 0);
		break;
	case N_PIPELINE: /* its name is an expression */
		break;
	default:
		if (declared[node->kind].type)
			mark_declaration(marks, node);
		break;
	}
}

/* --- tokens --- */

static const uint8_t token_types[TOKEN_KIND_COUNT] = {
	[TOKEN_COMMENT] = HIGHLIGHT_COMMENT, [TOKEN_DOC] = HIGHLIGHT_COMMENT, [TOKEN_NUMBER] = HIGHLIGHT_NUMBER,
	[TOKEN_STRING] = HIGHLIGHT_STRING, [TOKEN_STRING_HEAD] = HIGHLIGHT_STRING, [TOKEN_STRING_MID] = HIGHLIGHT_STRING,
	[TOKEN_STRING_TAIL] = HIGHLIGHT_STRING, [TOKEN_ELLIPSIS] = HIGHLIGHT_OPERATOR, [TOKEN_QUESTION] = HIGHLIGHT_OPERATOR,
	[TOKEN_COALESCE] = HIGHLIGHT_OPERATOR, [TOKEN_ASSIGN] = HIGHLIGHT_OPERATOR, [TOKEN_EQ] = HIGHLIGHT_OPERATOR,
	[TOKEN_NE] = HIGHLIGHT_OPERATOR, [TOKEN_LE] = HIGHLIGHT_OPERATOR, [TOKEN_GE] = HIGHLIGHT_OPERATOR,
	[TOKEN_PLUS] = HIGHLIGHT_OPERATOR, [TOKEN_MINUS] = HIGHLIGHT_OPERATOR, [TOKEN_STAR] = HIGHLIGHT_OPERATOR,
	[TOKEN_SLASH] = HIGHLIGHT_OPERATOR, [TOKEN_PERCENT] = HIGHLIGHT_OPERATOR, [TOKEN_PIPE] = HIGHLIGHT_OPERATOR,
};

static void push(struct arena *arena, struct highlights *highlights, struct highlight item)
{
	if (item.end > item.start)
		vec_push(arena, highlights, item);
}

/* Adds a string in pieces: its escape sequences, and the text between them. */
static void push_string(struct arena *arena, struct highlights *highlights, const char *text, struct highlight item)
{
	uint32_t end = item.end;
	for (uint32_t at = item.start; at < end; at++) {
		if (text[at] != '\\' || at + 1 == end)
			continue;
		uint32_t after = at + 2;
		if (text[at + 1] == 'u' && after < end && text[after] == '{')
			while (after < end && text[after - 1] != '}')
				after++;
		item.end = at;
		push(arena, highlights, item);
		push(arena, highlights, (struct highlight){at, after, HIGHLIGHT_ESCAPE, 0});
		item.start = after;
		at = after - 1;
	}
	item.end = end;
	push(arena, highlights, item);
}

static void push_token(struct arena *arena, struct highlights *highlights, const char *text, const struct token *token,
                       struct highlight mark)
{
	struct highlight item = {token->start, token->end, mark.type ? mark.type : token_types[token->kind], mark.modifiers};
	if (!item.type && token->kind == TOKEN_WORD && token->keyword != KEYWORD_NONE)
		item.type = HIGHLIGHT_KEYWORD;
	if (token->kind == TOKEN_DOC)
		item.modifiers |= HIGHLIGHT_DOCUMENTATION;
	if (token->kind == TOKEN_STRING_HEAD || token->kind == TOKEN_STRING_MID)
		item.end -= 2; /* `${` */
	if (token->kind == TOKEN_STRING_MID || (token->kind == TOKEN_STRING_TAIL && text[item.start] == '}'))
		item.start++;
	if (item.type == HIGHLIGHT_STRING)
		push_string(arena, highlights, text, item);
	else if (item.type)
		push(arena, highlights, item);
}

void highlight_list(struct program *program, struct arena *arena, const struct tree *tree, struct span span,
                    struct highlights *highlights)
{
	struct marks marks = {.program = program, .tree = tree, .first = node_token_index(tree, span.start)};
	if (marks.first && tree->tokens[marks.first - 1].end > span.start)
		marks.first--;
	marks.end = node_token_index(tree, span.end);
	marks.items = arena_array(arena, struct highlight, marks.end > marks.first ? marks.end - marks.first : 1);
	for (const struct node *node = tree->root; (node = ide_following_near(node, span));)
		mark_node(&marks, node);
	for (size_t i = marks.first; i < marks.end; i++)
		push_token(arena, highlights, tree->file->text, &tree->tokens[i], marks.items[i - marks.first]);
}
