#include "compile/cascade.h"

#include "compile/damage.h"
#include "eval/module.h"

/* Names that may be missing because of a reported mistake: the words in broken parts of all files, and the names from failed
 * imports. */
struct missing_names {
	struct program *program;
	struct map words;
	struct map declared;  /* the names that broken parts declare */
	struct map misplaced; /* the names of fields where a field has no meaning */
	bool is_any; /* any name may be missing, because the import of a whole file failed */
};

/* A declaration or statement with broken syntax. */
struct region {
	struct span span;
	const struct diag *cause; /* the first message about it */
	bool is_damaged;          /* a bracket or quote is unpaired in it */
};

static bool is_syntax_error(const struct diag *diag)
{
	return diag->code < SP1201 && diag->severity == SEVERITY_ERROR;
}

/* The first word in a part of a file; empty when there is none. */
static struct span first_word(const struct source_file *file, struct span part)
{
	while (part.start < part.end && !names_is_word_byte(file->text[part.start]))
		part.start++;
	uint32_t end = part.start;
	while (end < part.end && names_is_word_byte(file->text[end]))
		end++;
	return span_of(part.start, end);
}

static const struct word *word_at(struct program *program, const struct source_file *file, struct span span)
{
	return names_intern(&program->world->names, file->text + span.start, span.end - span.start);
}

/* Whether the first word of a part of a file is in a set of words. */
static bool begins_with(struct program *program, const struct map *words, const struct source_file *file, struct span part)
{
	struct span word = first_word(file, part);
	return word.start < word.end && map_get(words, word_at(program, file, word));
}

/* Whether the place of a diagnostic, or its first line, has one of a set of words. */
static bool mentions(struct program *program, const struct map *words, const struct diag *diag)
{
	struct span rest = diag->span;
	while (rest.start > 0 && diag->file->text[rest.start - 1] != '\n')
		rest.start--;
	while (rest.end < diag->file->length && diag->file->text[rest.end] != '\n')
		rest.end++;
	while (rest.start < rest.end) {
		if (begins_with(program, words, diag->file, rest))
			return true;
		rest.start = first_word(diag->file, rest).end;
	}
	return false;
}

/* A file with more broken regions than this is broken as a whole. */
enum { REGIONS_MAX = 64 };

/* A file with syntax errors. */
struct broken_file {
	struct missing_names *missing;
	const struct source_file *file;
	const struct token *tokens;
	VEC(struct region) regions;
	VEC(struct span) calls; /* the declarations with an invalid call */
	uint8_t *lines;   /* 1 for each line that has an error */
	struct map words; /* the words in the regions */
};

static void add_words(struct broken_file *broken, struct span region)
{
	struct program *program = broken->missing->program;
	for (struct span rest = region; rest.start < rest.end;) {
		struct span word = first_word(broken->file, rest);
		if (word.start < word.end) {
			const struct word *name = word_at(program, broken->file, word);
			map_put(program->arena, &broken->words, name, broken);
			map_put(program->arena, &broken->missing->words, name, broken);
		}
		rest.start = word.end;
	}
}

static void declare(struct broken_file *broken, const struct token *name)
{
	struct missing_names *missing = broken->missing;
	const struct word *word = word_at(missing->program, broken->file, span_of(name->start, name->end));
	map_put(missing->program->arena, &missing->declared, word, broken);
}

/* Whether the word after this one is the name that a declaration or clause declares. */
static bool declares(const struct token *token)
{
	return (token->keyword > KEYWORD_LAST_RESERVED && token->keyword < KEYWORD_LAST_DECLARATION) ||
	       token->keyword == KEYWORD_OUTPUT || token->keyword == KEYWORD_FILE;
}

/* Adds the names that a region declares; its first word may be one, whose keyword is missing. */
static void add_declared(struct broken_file *broken, struct span region)
{
	const struct token *token = broken->tokens;
	for (bool is_first = true; token && token->kind != TOKEN_END && token->start < region.end; token++) {
		if (token->start < region.start || token->kind <= TOKEN_BAD)
			continue;
		if (is_first && token->kind == TOKEN_WORD && !declares(token))
			declare(broken, token);
		broken->missing->is_any |= is_first && token->kind == TOKEN_STRING; /* an import without its keyword */
		if (declares(token) && token[1].kind == TOKEN_WORD)
			declare(broken, &token[1]);
		is_first = false;
	}
}

/* The region that holds an offset, preferably one with an unpaired bracket or quote; or NULL. */
static struct region *region_at(const struct broken_file *broken, uint32_t offset)
{
	struct region *found = NULL;
	for (size_t i = 0; i < broken->regions.count; i++) {
		struct region *region = &broken->regions.items[i];
		if (offset < region->span.start || offset > region->span.end)
			continue;
		if (region->is_damaged)
			return region;
		found = found ? found : region;
	}
	return found;
}

/* Adds the region of a syntax error. The first message about a region is its cause. */
static void add_cause(struct broken_file *broken, const struct tree *tree, const struct diag *diag)
{
	struct region *region = region_at(broken, diag->span.start);
	if (region ? region->is_damaged || !damage_is_cause(diag) : broken->regions.count == REGIONS_MAX)
		return;
	struct span reach = damage_reach(tree, diag);
	if (!region) {
		vec_push(broken->missing->program->arena, &broken->regions, ((struct region){reach, diag, false}));
		region = &broken->regions.items[broken->regions.count - 1];
	}
	region->is_damaged = damage_is_cause(diag);
	region->span = span_of(reach.start < region->span.start ? reach.start : region->span.start,
	                       reach.end > region->span.end ? reach.end : region->span.end);
	add_words(broken, region->span);
	add_declared(broken, region->span);
}

/* Whether a place is in a region about which another message has said enough. Of several syntax errors, all are said if brackets
 * and quotes are paired; incorrect notation (SP1109) always, because what was meant is known. */
static bool is_place_broken(const struct broken_file *broken, const struct diag *diag, const struct source_file *file, uint32_t offset)
{
	const struct region *region = file == broken->file ? region_at(broken, offset) : NULL;
	return region && region->cause != diag && (!is_syntax_error(diag) || (region->is_damaged && diag->code != SP1109));
}

/* Whether a diagnostic is about a broken region, or about a place for which it shows one. */
static bool is_in_broken(const struct broken_file *broken, const struct diag *diag)
{
	if (is_place_broken(broken, diag, diag->file, diag->span.start))
		return true;
	for (const struct diag_related *related = diag->related; related; related = related->next)
		if (is_place_broken(broken, diag, related->file, related->span.start))
			return true;
	return false;
}

/* Whether a syntax error in the same file may have caused a diagnostic. */
static bool is_caused_by_syntax(const struct broken_file *broken, const struct diag *diag)
{
	struct program *program = broken->missing->program;
	if (is_in_broken(broken, diag))
		return true;
	if (is_syntax_error(diag) || diag->code < SP1201 || diag->file != broken->file)
		return false;
	if (broken->lines[source_line_index(diag->file, diag->span.start)] || broken->regions.count == REGIONS_MAX)
		return true;
	switch (diag->code) {
	case SP2009: case SP2025: case SP5004: /* what is missing may be in a part that was skipped */
		return true;
	case SP2004: case SP2005: case SP2007: case SP2010: case SP2020: case SP2021: case SP2027: case SP2042: /* unknown names */
		return begins_with(program, &broken->words, broken->file, diag->span);
	default:
		return false;
	}
}

/* Names that are written as fields where a field has no meaning: probably declarations or arguments. */
static void add_misplaced(struct missing_names *missing, const struct diag *diag)
{
	struct span word = first_word(diag->file, diag->span);
	bool is_field = diag->code == SP3030 || (diag->code == SP1201 && diag->file->text[word.end] == ':');
	if (is_field && word.start < word.end)
		map_put(missing->program->arena, &missing->misplaced, word_at(missing->program, diag->file, word), missing);
}

/* Whether an invalid call of a kind, which is in the same declaration, may have caused a diagnostic about a field. */
static bool is_caused_by_call(const struct broken_file *broken, const struct diag *diag)
{
	if (diag->code != SP3030 || diag->file != broken->file)
		return false;
	for (size_t i = 0; i < broken->calls.count; i++)
		if (diag->span.start >= broken->calls.items[i].start && diag->span.start <= broken->calls.items[i].end)
			return true;
	return false;
}

/* Whether a doc comment is above nothing because the keyword of the declaration below it is missing. */
static bool is_caused_by_misplaced(const struct missing_names *missing, const struct diag *diag)
{
	if (diag->code != SP1110 || diag->file->text[diag->span.end] != '\n')
		return false;
	struct span below = {diag->span.end, diag->file->length};
	return begins_with(missing->program, &missing->misplaced, diag->file, below);
}

/* Collects the causes in a file: syntax errors, invalid calls, misplaced fields. */
static void find_causes(struct broken_file *broken, const struct tree *tree)
{
	struct program *program = broken->missing->program;
	for (const struct diag *diag = program->diags->first; diag; diag = diag->next) {
		if (diag->file != broken->file)
			continue;
		add_misplaced(broken->missing, diag);
		if (diag->code == SP2008 && broken->calls.count < REGIONS_MAX)
			vec_push(program->arena, &broken->calls, damage_reach(tree, diag));
		if (!is_syntax_error(diag))
			continue;
		uint32_t line = source_line_index(broken->file, diag->span.start); /* makes the line map, which counts the lines */
		if (!broken->lines)
			broken->lines = arena_array(program->arena, uint8_t, broken->file->line_count + 1);
		broken->lines[line] = 1;
		add_cause(broken, tree, diag);
	}
}

/* Drops the diagnostics that other mistakes of a file may have caused in it, and collects the names that may be missing. */
static void drop_in_file(struct missing_names *missing, const struct tree *tree)
{
	struct program *program = missing->program;
	struct broken_file broken = {.missing = missing, .file = tree->file, .tokens = tree->tokens};
	find_causes(&broken, tree);
	struct diag **at = &program->diags->first;
	while (*at && (broken.lines || broken.calls.count)) {
		if (is_caused_by_call(&broken, *at) || (broken.lines && is_caused_by_syntax(&broken, *at)))
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
}

/* Collects the names from the failed imports of a file. */
static void add_failed_imports(struct missing_names *missing, const struct module_file *file)
{
	for (const struct node *import = node_child(file->tree->root, ROLE_ITEM); import; import = node_next(import)) {
		if (import->kind != N_IMPORT || module_imported(file, import))
			continue;
		const struct node *item = node_child(import, ROLE_ITEM);
		missing->is_any |= !item;
		for (; item; item = node_next(item)) {
			const struct node *as = node_child(item, ROLE_AS), *name = as ? as : item;
			if (name->word)
				map_put(missing->program->arena, &missing->words, name->word, missing);
		}
	}
}

/* Whether a missing name may have caused a diagnostic, in any file. */
static bool is_caused_by_name(const struct missing_names *missing, const struct diag *diag)
{
	struct program *program = missing->program;
	switch (diag->code) {
	case SP1110:
		return is_caused_by_misplaced(missing, diag);
	case SP2032:
		return missing->is_any;
	case SP2021: case SP2056:
		return mentions(program, &missing->misplaced, diag) || mentions(program, &missing->declared, diag);
	case SP2008: case SP2014: case SP2020: case SP2027: case SP2042: case SP3001: case SP3022: case SP3032: /* what it declares */
		return mentions(program, &missing->declared, diag);
	case SP2004: case SP2005: case SP2007: case SP2010: case SP2052: case SP2055:
		return missing->is_any || mentions(program, &missing->misplaced, diag) || mentions(program, &missing->declared, diag) ||
		       begins_with(program, &missing->words, diag->file, diag->span);
	default:
		return false;
	}
}

void cascade_drop(struct program *program)
{
	struct missing_names missing = {.program = program};
	for (size_t i = 0; i < program->files.count; i++) {
		drop_in_file(&missing, program->files.items[i]->tree);
		add_failed_imports(&missing, program->files.items[i]);
	}
	for (struct diag **at = &program->diags->first; *at;)
		if (is_caused_by_name(&missing, *at))
			*at = (*at)->next;
		else
			at = &(*at)->next;
}
