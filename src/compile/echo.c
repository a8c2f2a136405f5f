#include "compile/echo.h"

#include "eval/module.h"

/* Names that are not there because of a mistake that is reported: words of what is broken in any file, and what a file
 * that cannot be imported declares. */
struct lost {
	struct program *program;
	struct map words;
	bool is_any; /* a file that was to come whole did not: any name may be in it */
};

/* A part of the file in which the syntax is broken: a declaration, or what stands between two. */
struct region {
	uint32_t start, end;
};

static struct region region_of(const struct tree *tree, uint32_t offset)
{
	struct region region = {0, tree->file->length};
	for (const struct node *item = tree->root->first; item; item = item->next) {
		if (item->kind == N_ERROR)
			continue;
		if (item->start <= offset && offset <= item->end)
			return (struct region){item->start, item->end};
		if (item->end < offset)
			region.start = item->end;
		else if (item->start > offset)
			return (struct region){region.start, item->start};
	}
	return region;
}

static bool is_syntax(const struct diag *diag)
{
	return diag->code < SP1201 && diag->severity == SEVERITY_ERROR;
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static struct span first_word(const struct source_file *file, struct span place)
{
	while (place.start < place.end && !is_word_byte(file->text[place.start]))
		place.start++;
	uint32_t end = place.start;
	while (end < place.end && is_word_byte(file->text[end]))
		end++;
	return span_of(place.start, end);
}

/* A file with more broken declarations than this is broken as a whole. */
enum { REGIONS_MAX = 64 };

/* What is broken in a file: its regions, the lines of the errors, and the words in the regions. */
struct broken {
	struct program *program;
	struct lost *lost;
	const struct source_file *file;
	VEC(struct region) regions;
	uint8_t *lines;
	struct map words;
};

static const struct word *word_at(struct program *program, const struct source_file *file, struct span span)
{
	return names_intern(&program->world->names, file->text + span.start, span.end - span.start);
}

static void add_region(struct broken *broken, struct region region)
{
	vec_push(broken->program->arena, &broken->regions, region);
	for (struct span left = {region.start, region.end}; left.start < left.end;) {
		struct span word = first_word(broken->file, left);
		if (word.start < word.end) {
			const struct word *name = word_at(broken->program, broken->file, word);
			map_put(broken->program->arena, &broken->words, name, broken);
			map_put(broken->program->arena, &broken->lost->words, name, broken);
		}
		left.start = word.end;
	}
}

static bool is_inside(const struct broken *broken, uint32_t offset)
{
	for (size_t i = 0; i < broken->regions.count; i++)
		if (offset >= broken->regions.items[i].start && offset <= broken->regions.items[i].end)
			return true;
	return broken->regions.count == REGIONS_MAX;
}

/* Whether the name with which a place begins stands in a broken region: its declaration may be there. */
static bool is_lost_name(const struct broken *broken, struct span place)
{
	struct span word = first_word(broken->file, place);
	return word.start < word.end && map_get(&broken->words, word_at(broken->program, broken->file, word));
}

static bool is_echo(const struct broken *broken, const struct diag *diag)
{
	if (is_syntax(diag) || diag->code < SP1201 || diag->file != broken->file)
		return false;
	if (broken->lines[source_line_index(diag->file, diag->span.start)])
		return true;
	switch (diag->code) {
	case SP2009: case SP2025: case SP5004: /* something is nowhere: it may be in what was not read */
		return true;
	case SP2008: case SP3030: case SP3032: case SP3033: /* members of what is broken */
		return is_inside(broken, diag->span.start);
	case SP2004: case SP2005: case SP2007: case SP2010: case SP2020: case SP2021: case SP2027: case SP2042: /* names */
		return is_inside(broken, diag->span.start) || is_lost_name(broken, diag->span);
	default:
		return false;
	}
}

/* What syntax errors of one file may have caused in it. */
static void drop_in(struct lost *lost, const struct tree *tree)
{
	struct program *program = lost->program;
	struct broken broken = {.program = program, .lost = lost, .file = tree->file};
	for (const struct diag *diag = program->diags->first; diag; diag = diag->next) {
		if (!is_syntax(diag) || diag->file != broken.file)
			continue;
		uint32_t line = source_line_index(broken.file, diag->span.start);
		if (!broken.lines)
			broken.lines = arena_array(program->arena, uint8_t, broken.file->line_count + 1);
		broken.lines[line] = 1;
		if (!is_inside(&broken, diag->span.start))
			add_region(&broken, region_of(tree, diag->span.start));
	}
	struct diag **at = &program->diags->first;
	while (*at && broken.lines) {
		if (is_echo(&broken, *at))
			*at = (*at)->next;
		else
			at = &(*at)->next;
	}
}

/* What the imports of a file that reach nothing would have brought. */
static void add_imports(struct lost *lost, const struct module_file *file)
{
	for (const struct node *import = node_child(file->tree->root, ROLE_ITEM); import; import = node_next(import)) {
		if (import->kind != N_IMPORT || module_imported(file, import))
			continue;
		const struct node *item = node_child(import, ROLE_ITEM);
		lost->is_any |= !item;
		for (; item; item = node_next(item)) {
			const struct node *as = node_child(item, ROLE_AS), *name = as ? as : item;
			if (name->word)
				map_put(lost->program->arena, &lost->words, name->word, lost);
		}
	}
}

static bool is_of_lost(const struct lost *lost, const struct diag *diag)
{
	struct span word = first_word(diag->file, diag->span);
	switch (diag->code) {
	case SP2032:
		return lost->is_any;
	case SP2004: case SP2005: case SP2007: case SP2010: case SP2052: case SP2055:
		return lost->is_any || (word.start < word.end && map_get(&lost->words, word_at(lost->program, diag->file, word)));
	default:
		return false;
	}
}

void echo_drop(struct program *program)
{
	struct lost lost = {.program = program};
	for (size_t i = 0; i < program->files.count; i++) {
		drop_in(&lost, program->files.items[i]->tree);
		add_imports(&lost, program->files.items[i]);
	}
	for (struct diag **at = &program->diags->first; *at;)
		if (is_of_lost(&lost, *at))
			*at = (*at)->next;
		else
			at = &(*at)->next;
}
