/* What the files of completion share: the list being made, and what each of them adds to it. */
#ifndef SP_COMPLETE_PARTS_H
#define SP_COMPLETE_PARTS_H

#include "ide/complete/complete.h"
#include "ide/complete/complete_place.h"

struct complete {
	struct arena *arena;
	struct program *program;
	struct complete_place place;
	struct completion_options options;
	struct completions *list;
};

/* Adds an item. What it means in the copy becomes what it means in the program. */
void complete_add(struct complete *complete, struct completion item);

/* A type in the list's arena, short: `List<Channel>`. */
const char *complete_type_text(struct complete *complete, const struct type *type);

/* A key or text as a program writes it, in quotes where it needs them, or always. */
const char *complete_key_text(struct complete *complete, const struct word *word);
const char *complete_quoted(struct complete *complete, const char *text);

/* complete_words.c: words of the grammar; and whole declarations and clauses at the start of a line. */
void complete_words(struct complete *complete);
void complete_statements(struct complete *complete, const struct node *owner);

/* complete_fields.c: fields of the shape around, and arguments of the call around, that are not yet written. */
void complete_fields(struct complete *complete, const struct node *block);
void complete_arguments(struct complete *complete, const struct node *call);

/* complete_snippets.c: what may follow the name of a field or argument, of a kind, or of a function; `$1` and so on are
 * the places to fill in, or nothing for an editor without them. */
const char *complete_field_insert(struct complete *complete, const char *key, const struct type *type);
const char *complete_type_insert(struct complete *complete, const struct type *type);
const char *complete_kind_insert(struct complete *complete, const struct node *kind, bool has_block);
const char *complete_call_insert(struct complete *complete, const struct node *callee);

/* complete_values.c: values that fit a type, or that a comparison or declaration allows; what is declared and called. */
void complete_values(struct complete *complete, const struct node *node);
void complete_kinds(struct complete *complete);
void complete_components(struct complete *complete);
void complete_functions(struct complete *complete);
void complete_units(struct complete *complete);
void complete_params(struct complete *complete);

/* Whether a value of a type may stand where another is wanted. */
bool complete_fits(const struct type *wanted, const struct type *found);

/* complete_types.c: types, and what a file that is imported declares. */
void complete_types(struct complete *complete);
void complete_imported(struct complete *complete, const struct node *import);

/* complete_members.c: what stands behind `value.` and in `value["`; exceptions behind `retry on`, of one family or all, and
 * the families alone. */
void complete_members(struct complete *complete, const struct node *member);
void complete_keys(struct complete *complete, const struct value *value);
void complete_families(struct complete *complete, const struct node *retry);
void complete_exceptions(struct complete *complete, const struct node *retry, const struct word *family);

/* The texts that the elements of a list in what a step asks for go by: of `Train.InputDataConfig`, the channels. */
void complete_named_elements(struct complete *complete, const struct value *list);

/* complete_texts.c: what may stand in a string. */
void complete_texts(struct complete *complete, const struct node *string);

/* The texts that a place takes: those of an enum, and of `in [...]`. False when it takes any. */
bool complete_choices(struct complete *complete, const struct node *node, const struct type *expected);

void complete_regions(struct complete *complete);

/* complete_images.c: what an argument of the library's `image` may be. */
bool complete_is_image(struct complete *complete, const struct node *callee);
void complete_image_argument(struct complete *complete, const struct node *call, const struct node *callee, const struct node *parameter);

/* What it needs of complete_texts.c: a text to choose, and what another argument of a call is as constant text, or NULL. */
void complete_image_choice(struct complete *complete, const char *text, uint32_t order);
const struct word *complete_argument_text(struct complete *complete, const struct node *call, const struct node *parameter);

/* complete_files.c: what is in a folder; only folders, or also files of whose names the end is given. */
void complete_paths(struct complete *complete, const char *from, bool takes_files, const char *ending);

#endif
