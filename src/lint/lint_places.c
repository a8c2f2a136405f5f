/* Lint rules on S3 locations and names of resources that several steps use. */
#include "lint/lint_rules.h"

#include "compile/graph_branches.h"
#include "compile/graph_references.h"

#include <stdlib.h>

/* A location to which a step writes. */
struct written_place {
	const struct step *step;
	struct written_place *next; /* the same location, written by another step or again; after the first */
};

/* --- locations as text --- */

/* The part of an argument to which the last access of a property leads. */
static const struct value *part_at(const struct value *whole, const struct value *property)
{
	if (whole->kind == VALUE_OBJECT) {
		bool is_named = property->access == ACCESS_MEMBER || property->access == ACCESS_KEY;
		const struct field *field = is_named ? value_field(whole, property->word) : NULL;
		return field ? field->value : NULL;
	}
	if (whole->kind != VALUE_LIST)
		return NULL;
	if (property->access == ACCESS_POSITION)
		return property->position < whole->count ? whole->items[property->position] : NULL;
	const struct word *by = property->parent->type ? property->parent->type->by : NULL;
	for (uint32_t i = 0; by && i < whole->count; i++) {
		const struct field *key = value_field(whole->items[i], by);
		if (key && key->value->kind == VALUE_STRING && key->value->word == property->word)
			return whole->items[i];
	}
	return NULL;
}

/* The argument of a step that a property of it repeats, such as the URI of an output; NULL if there is none. */
static const struct value *argument_at(const struct value *property)
{
	const struct value *parent = property->kind == VALUE_GET ? property->parent : NULL;
	if (!parent)
		return NULL;
	const struct value *whole = parent->kind == VALUE_STEP ? parent->step->arguments : argument_at(parent);
	return whole ? part_at(whole, property) : NULL;
}

/* Appends a location. References are written as their paths. False if it contains something else. */
static bool put_place(struct text *out, const struct value *value, unsigned depth)
{
	const struct value *argument = argument_at(value);
	if (argument && depth < VALUE_MAX_HEIGHT)
		return put_place(out, argument, depth + 1);
	if (value_is_constant_scalar(value)) {
		value_print_scalar(out, value);
		return true;
	}
	if (value->kind == VALUE_GET) {
		text_puts(out, "${");
		value_print_path(out, value);
		text_puts(out, "}");
		return true;
	}
	for (uint32_t i = 0; value->kind == VALUE_JOIN && i < value->count; i++) {
		text_puts(out, i ? value->word->text : "");
		if (!put_place(out, value->items[i], depth + 1))
			return false;
	}
	return value->kind == VALUE_JOIN;
}

/* The text of an S3 location, the same for equal locations; NULL for any other value. */
static const struct word *place_text(struct lint *lint, const struct value *value)
{
	if (value->kind == VALUE_STRING)
		return strncmp(value->word->text, "s3://", 5) == 0 ? value->word : NULL;
	struct text text = {0};
	const struct word *place = NULL;
	if (value_is_deferred(value) && put_place(&text, value, 0))
		place = names_intern(&lint->program->world->names, text_string(&text), text.length);
	text_free(&text);
	return place;
}

static const struct word *without_slash(struct lint *lint, const struct word *place)
{
	bool has_slash = place->length && place->text[place->length - 1] == '/';
	return has_slash ? names_intern(&lint->program->world->names, place->text, place->length - 1) : place;
}

/* --- the locations to which steps write --- */

typedef void visit_place(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value,
                         const struct word *place);

struct place_walk {
	struct lint *lint;
	enum diag_code code;
	const struct step *step;
	visit_place *visit;
};

static void visit_written(void *context, const struct value *value, const struct value *holder)
{
	(void)holder;
	const struct place_walk *walk = context;
	const struct word *place = place_text(walk->lint, value);
	if (place)
		walk->visit(walk->lint, walk->code, walk->step, value, without_slash(walk->lint, place));
}

/* Visits the locations to which steps write. Those of `writes below` are left out: steps write there under names of their own. */
static void each_written_place(struct lint *lint, enum diag_code code, visit_place *visit)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		const struct node *path = step->arguments ? node_child(step->kind->writes, ROLE_ITEM) : NULL;
		if (path && step->kind->writes->flags & NODE_OPEN)
			continue;
		struct place_walk walk = {lint, code, step, visit};
		for (; path; path = node_next(path))
			graph_each_value_at(step->arguments, path, visit_written, &walk);
	}
}

static void note_place(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value,
                       const struct word *place)
{
	(void)code, (void)value;
	struct arena *arena = lint->program->arena;
	struct written_place *written = arena_new(arena, struct written_place), *first = map_get(&lint->places, place);
	*written = (struct written_place){step, first ? first->next : NULL};
	if (first) {
		first->next = written;
		return;
	}
	map_put(arena, &lint->places, place, written);
	vec_push(arena, &lint->sorted_places, place);
}

static int compare_places(const void *a, const void *b)
{
	return strcmp((*(const struct word *const *)a)->text, (*(const struct word *const *)b)->text);
}

/* Fills the map and the list of written locations once. */
static void note_places(struct lint *lint, enum diag_code code)
{
	if (lint->sorted_places.count)
		return;
	each_written_place(lint, code, note_place);
	if (lint->sorted_places.count)
		qsort(lint->sorted_places.items, lint->sorted_places.count, sizeof *lint->sorted_places.items, compare_places);
}

static void check_same_uri(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value,
                           const struct word *place)
{
	const struct step *first = ((const struct written_place *)map_get(&lint->places, place))->step;
	if (first == step || !value->at || graph_exclusive_condition(first, step))
		return;
	struct diag *diag = lint_report(lint, code, value->at, "`%s` and `%s` write to the same place, %s", program_step_name(first),
	                                program_step_name(step), place->text);
	program_relate_step(lint->program, diag, first, "is here");
}

void lint_same_uri(struct lint *lint, enum diag_code code)
{
	note_places(lint, code);
	each_written_place(lint, code, check_same_uri);
}

/* --- reading what another step writes --- */

/* The step that writes to a location or to a folder above it, if no step that writes there is ordered with the reader; else NULL. */
static const struct step *find_unordered_writer(struct lint *lint, const struct step *reader, const struct word *place)
{
	const struct written_place *first = NULL;
	for (size_t length = place->length; length > strlen("s3://") && !first; length--)
		if (length == place->length || place->text[length] == '/')
			first = map_get(&lint->places, names_intern(&lint->program->world->names, place->text, length));
	for (const struct written_place *writer = first; writer; writer = writer->next)
		if (writer->step == reader || lint_are_ordered(lint, reader, writer->step))
			return NULL;
	return first ? first->step : NULL;
}

/* Adds the edit that adds a `depends on` clause, where its name means that step. */
static void offer_dependency(struct diag *diag, const struct step *step, const struct step *on)
{
	const struct node *block = node_child(step->node, ROLE_BLOCK);
	bool is_plain = step->scope == on->scope && step->node->kind == N_STEP && !node_child(step->node, ROLE_FAMILY) &&
	                !node_child(on->node, ROLE_FAMILY);
	if (!is_plain)
		return;
	struct arena *arena = diag->arena;
	if (block)
		diag_edit(diag, span_of(block->start + 1, block->start + 1), arena_printf(arena, "\n    depends on %s", on->name->text));
	else
		diag_edit(diag, span_of(step->node->end, step->node->end), arena_printf(arena, " {\n    depends on %s\n}", on->name->text));
}

static void check_read(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value)
{
	bool may_be_place = value->kind == VALUE_STRING || value->kind == VALUE_JOIN ||
	                    (value->kind == VALUE_GET && value->access == ACCESS_PARAMETER);
	const struct word *place = may_be_place ? place_text(lint, value) : NULL;
	const struct step *writer = place ? find_unordered_writer(lint, step, without_slash(lint, place)) : NULL;
	if (!writer || !value->at)
		return;
	struct diag *diag = lint_report(lint, code, value->at, "`%s` uses a location to which `%s` writes, but does not wait for it",
	                                program_step_name(step), program_step_name(writer));
	if (value->kind != VALUE_STRING)
		diag_label(diag, "this is %s", place->text);
	diag_help(diag, "refer to the property of `%s` that has this location, or write `depends on %s`", program_step_name(writer),
	          program_step_name(writer));
	program_relate_step(lint->program, diag, writer, "is here");
	offer_dependency(diag, step, writer);
}

static void each_value(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value,
                       void (*visit)(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value))
{
	visit(lint, code, step, value);
	for (uint32_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
		each_value(lint, code, step, value->items[i], visit);
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		each_value(lint, code, step, value->fields[i].value, visit);
}

static void each_argument(struct lint *lint, enum diag_code code,
                          void (*visit)(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value))
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++)
		if (lint->program->all_steps.items[i]->arguments)
			each_value(lint, code, lint->program->all_steps.items[i], lint->program->all_steps.items[i]->arguments, visit);
}

void lint_unordered_reads(struct lint *lint, enum diag_code code)
{
	note_places(lint, code);
	if (lint->sorted_places.count)
		each_argument(lint, code, check_read);
}

/* --- prefixes --- */

/* The written location that begins with this text but is not below it as a folder; NULL if there is none. */
static const struct word *find_sibling(struct lint *lint, const struct word *prefix)
{
	size_t low = 0, high = lint->sorted_places.count;
	while (low < high) { /* finds the first location after `prefix` */
		size_t middle = low + (high - low) / 2;
		if (strcmp(lint->sorted_places.items[middle]->text, prefix->text) <= 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < lint->sorted_places.count; low++) {
		const struct word *place = lint->sorted_places.items[low];
		if (strncmp(place->text, prefix->text, prefix->length) != 0)
			return NULL;
		if (place->text[prefix->length] != '/')
			return place;
	}
	return NULL;
}

/* AWS's sources of data say with `S3DataType` whether their URI is a prefix. */
static void check_prefix(struct lint *lint, enum diag_code code, const struct step *step, const struct value *source)
{
	const struct field *type = source->kind == VALUE_OBJECT ? value_field_named(source, "S3DataType") : NULL;
	const struct field *uri = type ? value_field_named(source, "S3Uri") : NULL;
	if (!uri || type->value->kind != VALUE_STRING || !names_is(type->value->word, "S3Prefix"))
		return;
	const struct word *prefix = place_text(lint, uri->value);
	const struct word *sibling = prefix && map_get(&lint->places, prefix) ? find_sibling(lint, prefix) : NULL;
	if (!sibling || !uri->value->at)
		return;
	const struct step *writer = ((const struct written_place *)map_get(&lint->places, sibling))->step;
	struct diag *diag = lint_report(lint, code, uri->value->at, "`%s` also reads %s: its S3 prefix has no `/` at the end",
	                                program_step_name(step), sibling->text);
	diag_label(diag, "the prefix is %s", prefix->text);
	diag_help(diag, "end the prefix with `/`, or give the outputs names of which none begins with another");
	program_relate_step(lint->program, diag, writer, "writes there");
}

void lint_sibling_prefixes(struct lint *lint, enum diag_code code)
{
	note_places(lint, code);
	if (lint->sorted_places.count > 1)
		each_argument(lint, code, check_prefix);
}

/* --- names of resources --- */

static const struct word *maker_key(struct lint *lint, const struct field *name)
{
	struct arena *arena = lint->program->arena;
	return names_word(&lint->program->world->names, arena_printf(arena, "%s\n%s", name->name->text, name->value->word->text));
}

static void report_made_name(struct lint *lint, enum diag_code code, const struct step *step, const struct field *name,
                             const struct step *maker)
{
	const struct node *text = name->value->at;
	const char *property = arena_printf(lint->program->arena, "%s.%s", program_step_name(maker), name->name->text);
	struct diag *diag = lint_report(lint, code, text, "`%s` is a text, but `%s` makes the resource with this name", name->name->text,
	                                program_step_name(maker));
	diag_help(diag, "write `%s`: the step then waits for `%s`, and gets the name with the suffix that the service adds", property,
	          program_step_name(maker));
	program_relate_step(lint->program, diag, maker, "is here");
	if (maker->scope == step->scope && !node_child(maker->node, ROLE_FAMILY) && text->kind == N_STRING)
		diag_edit(diag, node_span(text), property);
}

/* Looks in the fields of an object for names, as texts, of resources that other steps make. */
static void check_names(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value)
{
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++) {
		const struct field *field = &value->fields[i];
		bool is_own = value == step->arguments && field->name == step->kind->makes;
		if (field->value->kind != VALUE_STRING || is_own || !field->value->at || !map_get(&lint->made_members, field->name))
			continue;
		const struct step *maker = map_get(&lint->makers, maker_key(lint, field));
		if (maker && maker != step)
			report_made_name(lint, code, step, field, maker);
	}
}

void lint_made_names(struct lint *lint, enum diag_code code)
{
	struct arena *arena = lint->program->arena;
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		struct step *step = lint->program->all_steps.items[i];
		const struct field *name = step->arguments && step->kind->makes ? value_field(step->arguments, step->kind->makes) : NULL;
		if (!name || name->value->kind != VALUE_STRING)
			continue;
		map_put(arena, &lint->made_members, name->name, step);
		map_put(arena, &lint->makers, maker_key(lint, name), step);
	}
	if (lint->makers.count)
		each_argument(lint, code, check_names);
}
