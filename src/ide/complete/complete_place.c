#include "ide/complete/complete_place.h"

#include "eval/eval.h"
#include "ide/ide.h"
#include "syntax/parser.h"

static const char marker[] = "completed_here";

/* --- the word --- */

static bool ends_with(const char *text, const struct token *token, const char *end)
{
	size_t length = strlen(end);
	return token->end - token->start >= length && memcmp(text + token->end - length, end, length) == 0;
}

/* The span between the quotes of a string, which may be unclosed. */
static struct span inside_quotes(const char *text, const struct token *token)
{
	uint32_t length = token->end - token->start, quotes = length >= 3 && memcmp(text + token->start, "\"\"\"", 3) == 0 ? 3 : 1;
	bool is_closed = length >= 2 * quotes && ends_with(text, token, quotes == 3 ? "\"\"\"" : "\"");
	return span_of(token->start + quotes, is_closed ? token->end - quotes : token->end);
}

static bool is_inside_comment(const char *text, const struct token *token, uint32_t offset)
{
	bool is_line = text[token->start + 1] == '/';
	return offset < token->end || is_line || !ends_with(text, token, "*/");
}

/* Finds the word, and the span `whole` that the marker will replace in the copy. False where nothing can be completed. */
static bool find_word(struct complete_place *place, struct span *whole)
{
	const char *text = place->tree->file->text;
	const struct token *tokens = place->tree->tokens;
	ptrdiff_t index = (ptrdiff_t)node_token_index(place->tree, place->offset) - 1;
	const struct token *left = index >= 0 ? &tokens[index] : NULL;
	place->span = *whole = span_of(place->offset, place->offset);
	switch (left && place->offset <= left->end ? left->kind : TOKEN_END) {
	case TOKEN_COMMENT:
	case TOKEN_DOC:
		if (is_inside_comment(text, left, place->offset))
			return false;
		break;
	case TOKEN_STRING: {
		struct span inside = inside_quotes(text, left);
		place->is_in_string = inside.start <= place->offset && place->offset <= inside.end;
		if (place->is_in_string) {
			place->span = inside;
			*whole = span_of(left->start, left->end);
			return true;
		}
		break;
	}
	case TOKEN_STRING_HEAD:
	case TOKEN_STRING_MID:
		if (place->offset < left->end)
			return false;
		break;
	case TOKEN_STRING_TAIL:
		if (place->offset < left->end || !ends_with(text, left, "\""))
			return false;
		break;
	case TOKEN_WORD:
		place->span = *whole = span_of(left->start, left->end);
		return true;
	case TOKEN_NUMBER:
		*whole = span_of(left->start, left->end);
		place->is_in_number = true;
		return true;
	default:
		break;
	}
	/* the marker also replaces a value directly after the offset, so that the copy does not have two values in a row */
	const struct token *right = index + 1 < (ptrdiff_t)place->tree->token_count ? &tokens[index + 1] : NULL;
	if (right && right->start == place->offset &&
	    (right->kind == TOKEN_WORD || right->kind == TOKEN_STRING || right->kind == TOKEN_NUMBER))
		*whole = span_of(right->start, right->end);
	return true;
}

int complete_place_before(const struct complete_place *place)
{
	ptrdiff_t index = (ptrdiff_t)node_token_index(place->tree, place->span.start) - 1;
	while (index >= 0 && (place->tree->tokens[index].kind == TOKEN_COMMENT || place->tree->tokens[index].kind == TOKEN_DOC))
		index--;
	return index < 0 ? TOKEN_NEWLINE : place->tree->tokens[index].kind;
}

struct span complete_place_typed(const struct complete_place *place)
{
	return span_of(place->span.start, place->offset);
}

static bool is_colon_after(const char *text, uint32_t at)
{
	at += (uint32_t)strspn(text + at, " \t");
	return text[at] == ':' || (text[at] == '?' && text[at + 1] == ':');
}

/* --- the copy --- */

static bool is_declaration(const struct node *node)
{
	return node->kind >= N_IMPORT && node->kind <= N_TEST;
}

/* The span of the declaration around a span, extended to the start of the next declaration. */
static struct span chunk_around(const struct tree *tree, struct span span)
{
	struct span chunk = {0, tree->file->length};
	for (const struct node *item = node_child(tree->root, ROLE_ITEM); item; item = node_next(item)) {
		if (!is_declaration(item))
			continue;
		if (item->start > span.start && item->start >= span.end) {
			chunk.end = item->start;
			break;
		}
		chunk.start = item->start;
	}
	while (chunk.start && strchr(" \t", tree->file->text[chunk.start - 1]))
		chunk.start--;
	return chunk;
}

/* Makes a copy's root a child of the root of the program's tree. Its nodes get the id UINT32_MAX, which marks them as nodes of a copy:
 * their own ids would be those of other nodes. */
static void graft(const struct complete_place *place, struct tree *copy)
{
	copy->root->parent = place->tree->root;
	for (struct node *node = copy->root; node; node = ide_following_in(copy->root, node))
		node->id = UINT32_MAX;
}

static const struct node *find_named(const struct tree *copy, const struct word *word)
{
	const struct node *node = copy->root;
	while (node && node->word != word)
		node = ide_following_in(copy->root, node);
	return node;
}

/* Parses the chunk with `text` in place of the span `whole`. */
static struct tree *copy_with(struct complete_place *place, struct span chunk, struct span whole, const char *text)
{
	const struct source_file *file = place->tree->file;
	struct text all = {0};
	text_add(&all, file->text + chunk.start, whole.start - chunk.start);
	text_puts(&all, text);
	text_add(&all, file->text + whole.end, chunk.end - whole.end);
	const char *bytes = arena_copy(place->arena, all.bytes, all.length);
	struct diags *unseen = arena_new(place->arena, struct diags);
	unseen->arena = place->arena;
	place->replaced = whole;
	place->inserted = (uint32_t)strlen(text);
	place->probe.offset = whole.start - chunk.start;
	place->probe.count = 0;
	struct tree *copy = parse_file_probed(place->arena, &place->program->world->names, unseen,
	                                      source_new(place->arena, file->name, bytes, all.length), &place->probe);
	text_free(&all);
	graft(place, copy);
	return copy;
}

const struct node *complete_place_original(const struct complete_place *place, const struct node *node)
{
	if (!node || node->id != UINT32_MAX)
		return node;
	uint32_t offset = node->start + place->chunk;
	if (offset >= place->replaced.start + place->inserted)
		offset = offset - place->inserted + (place->replaced.end - place->replaced.start);
	const struct node *original = node_at(place->tree, offset);
	while (original && (original->kind != node->kind || original->word != node->word))
		original = original->parent;
	return original && original->start == offset ? original : NULL;
}

bool complete_place_takes(const struct complete_place *place, int token)
{
	for (size_t i = 0; i < place->probe.count; i++)
		if (place->probe.expected[i] == token)
			return true;
	return false;
}

/* Where only a key is allowed, makes another copy with the whole field `marker: marker` on its own line: a key alone does not parse as
 * a field. A word that begins at the offset is not the one being typed, so it is kept. Elsewhere returns `copy`. */
static struct tree *copy_with_field(struct complete_place *place, struct span chunk, struct span whole, struct tree *copy)
{
	bool is_before_word = place->span.start == place->span.end && whole.end > whole.start;
	bool is_only_key = complete_place_takes(place, T_KEY) && !complete_place_takes(place, T_WORD);
	if (place->is_in_string || !is_only_key || (place->is_before_colon && !is_before_word))
		return copy;
	if (is_before_word)
		whole.end = whole.start;
	place->is_before_colon = false;
	return copy_with(place, chunk, whole, arena_printf(place->arena, "%s: %s\n", marker, marker));
}

bool complete_place_find(struct complete_place *place, struct arena *arena, struct program *program, const struct tree *tree,
                         uint32_t offset)
{
	*place = (struct complete_place){.arena = arena, .program = program, .tree = tree, .offset = offset};
	struct span whole;
	if (!find_word(place, &whole))
		return false;
	struct span chunk = chunk_around(tree, whole);
	const struct word *word = names_word(&program->world->names, marker);
	place->is_before_colon = is_colon_after(tree->file->text, whole.end);
	place->chunk = chunk.start;
	const char *bare = arena_printf(arena, place->is_in_string ? "\"%s\"" : "%s", marker);
	struct tree *copy = copy_with(place, chunk, whole, bare);
	copy = copy_with_field(place, chunk, whole, copy);
	bool takes_name = complete_place_takes(place, T_WORD) || complete_place_takes(place, T_KEY) || !place->probe.count;
	place->at = place->is_in_string || takes_name ? find_named(copy, word) : NULL;
	place->around = place->at ? place->at : node_at(tree, offset);
	return true;
}

/* --- values --- */

enum { MAX_DEPTH = 16 }; /* of lets that refer to lets, and variables over variables */

static const struct value *value_of(const struct complete_place *place, const struct node *expression, unsigned depth);

static const struct value *number_value(const struct complete_place *place, const struct node *node)
{
	struct eval eval = {.program = place->program};
	return eval_integer(&eval, node, 0);
}

/* The first value of a variable of a comprehension or family. */
static const struct value *variable_value(const struct complete_place *place, const struct node *variable, unsigned depth)
{
	const struct node *parent = variable->parent;
	bool is_family = parent->kind == N_FAMILY;
	const struct value *over = value_of(place, node_child(parent, is_family ? ROLE_VALUE : ROLE_IN), depth);
	const struct node *first = node_child(parent, ROLE_ITEM);
	bool is_key = variable == first && node_next(first);
	if (!over || !over->count)
		return NULL;
	if (over->kind == VALUE_LIST)
		return is_key ? number_value(place, variable) : over->items[0];
	if (over->kind != VALUE_OBJECT)
		return NULL;
	struct eval eval = {.program = place->program};
	return is_key ? eval_string(&eval, variable, over->fields[0].name->text, over->fields[0].name->length) : over->fields[0].value;
}

/* An example of a deferred value of a type. It has the type's members. */
static const struct value *example_of(const struct complete_place *place, const struct type *type, const struct node *declaration)
{
	struct eval eval = {.program = place->program};
	if (!type)
		return NULL;
	struct value *value = eval_new(&eval, VALUE_GET, declaration);
	value->access = ACCESS_EXECUTION;
	value->word = declaration->word;
	value->type = type;
	return value;
}

/* An example of a step of a kind. It has the kind's properties, and what the block of the declaration declares. */
static const struct value *example_step(const struct complete_place *place, const struct kind *kind, const struct node *declaration)
{
	struct program *program = place->program;
	struct eval eval = {.program = program};
	struct step *step = arena_new(program->arena, struct step);
	const struct node *block = node_child(declaration, ROLE_BLOCK);
	*step = (struct step){.node = declaration, .name = declaration->word, .step_name = declaration->word, .kind = kind,
	                      .are_layers_known = true, .is_presence_known = true, .env = &program->root.env, .scope = program->scope};
	if (block)
		vec_push(program->arena, &step->layers, ((struct layer){block, step->env, {0}}));
	struct value *value = eval_new(&eval, VALUE_STEP, declaration);
	value->step = step;
	return value;
}

/* The value of a declaration that is not a symbol of the module, such as a variable or parameter. */
static const struct value *local_value(const struct complete_place *place, const struct node *declaration, unsigned depth)
{
	bool is_parameter = declaration->kind == N_PARAMETER;
	bool is_item = declaration->kind == N_NAME && declaration->parent->kind == N_FOREACH;
	const struct node *type = node_child(is_item ? declaration->parent : declaration, is_parameter || is_item ? ROLE_TYPE : ROLE_KIND);
	const struct kind *kind;
	switch (declaration->kind) {
	case N_LET:
		return value_of(place, node_child(declaration, ROLE_VALUE), depth);
	case N_NAME:
		if (is_item)
			return type ? example_of(place, type_from_node(&bind_module(place->program, declaration)->scope, type), declaration)
				    : NULL;
		return variable_value(place, declaration, depth);
	case N_STEP:
	case N_PARAMETER:
		kind = bind_named_kind(place->program, type);
		if (kind)
			return example_step(place, kind, declaration);
		if (is_parameter && type)
			return example_of(place, type_from_node(&bind_module(place->program, declaration)->scope, type), declaration);
		return value_of(place, node_child(declaration, ROLE_VALUE), depth);
	default:
		return NULL;
	}
}

/* The module's symbol for a declaration, or NULL. A unit in the copy has the symbol of its original. */
static struct symbol *symbol_of(const struct complete_place *place, const struct node *declaration)
{
	const struct map *values = &bind_module(place->program, place->around)->values;
	struct symbol *symbol = declaration->word ? map_get(values, declaration->word) : NULL;
	return symbol && (symbol->node == declaration || (node_is_unit(declaration) && symbol->kind == SYMBOL_STEP)) ? symbol : NULL;
}

static const struct value *declared_value(const struct complete_place *place, const struct node *declaration, unsigned depth)
{
	struct symbol *symbol = symbol_of(place, declaration);
	if (!symbol)
		return depth ? local_value(place, declaration, depth - 1) : NULL;
	struct eval eval = {.program = place->program};
	const struct value *value = eval_symbol(&eval, symbol, declaration);
	return value->kind == VALUE_ERROR ? NULL : value;
}

/* `env`, extended by the values of the local names in an expression. */
static const struct env *bind_locals(const struct complete_place *place, const struct node *node, const struct env *env, unsigned depth)
{
	const struct node *declaration = node->kind == N_NAME && node->word ? bind_declaration(place->program, node) : NULL;
	bool is_local = declaration && declaration->kind < N_STRING && declaration->kind != N_PIPELINE && !symbol_of(place, declaration);
	const struct value *value = is_local ? declared_value(place, declaration, depth) : NULL;
	if (value) {
		struct env *inner = arena_new(place->program->arena, struct env);
		*inner = (struct env){.outer = env, .name = node->word, .value = value};
		env = inner;
	}
	for (const struct node *child = node->first; child; child = child->next)
		env = bind_locals(place, child, env, depth);
	return env;
}

static const struct value *value_of(const struct complete_place *place, const struct node *expression, unsigned depth)
{
	if (!expression || !depth)
		return NULL;
	struct program *program = place->program;
	struct eval eval = {.program = program};
	const struct env *env = bind_locals(place, expression, &bind_module(program, expression)->env, depth - 1);
	const struct value *value = eval_expression(&eval, expression, env);
	return value && value->kind != VALUE_ERROR ? value : NULL;
}

const struct value *complete_place_value(const struct complete_place *place, const struct node *expression)
{
	return value_of(place, expression, MAX_DEPTH);
}

const struct value *complete_place_declared(const struct complete_place *place, const struct node *declaration)
{
	return declared_value(place, declaration, MAX_DEPTH);
}
