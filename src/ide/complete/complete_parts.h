/* The functions that add items to the list, by file. */
#ifndef SP_COMPLETE_PARTS_H
#define SP_COMPLETE_PARTS_H

#include "ide/complete/complete_list.h"

/* complete_words.c: keywords that the grammar accepts at the place; declarations and clauses that can be in the block of `owner` or,
 * for an N_FILE, at the top level. */
void complete_words(struct complete *complete);
void complete_statements(struct complete *complete, const struct node *owner);

/* complete_fields.c: fields of a block or object, and arguments of a call, that are not written yet. */
void complete_fields(struct complete *complete, const struct node *block);
void complete_arguments(struct complete *complete, const struct node *call);

/* complete_snippets.c: the text to insert for a field or argument `key`, a value of a type, a kind, or a call. It adds nothing to the
 * list. The text has placeholders ($1, $2, ...) if the editor takes snippets. */
const char *complete_field_insert(struct complete *complete, const char *key, const struct type *type);
const char *complete_type_insert(struct complete *complete, const struct type *type);
const char *complete_kind_insert(struct complete *complete, const struct node *kind, bool has_block);
const char *complete_call_insert(struct complete *complete, const struct node *callee);

/* complete_values.c: values for the place of `node`; kinds, components and functions; units (eval/expand.h) to depend on; parameters
 * of the pipeline. */
void complete_values(struct complete *complete, const struct node *node);
void complete_kinds(struct complete *complete);
void complete_components(struct complete *complete);
void complete_functions(struct complete *complete);
void complete_units(struct complete *complete);
void complete_params(struct complete *complete);

/* complete_types.c: types; the declarations of an imported file. */
void complete_types(struct complete *complete);
void complete_imported(struct complete *complete, const struct node *import);

/* complete_members.c: members after `value.`; keys in `value["`. For `retry on`: the families of exceptions; the exceptions of one
 * family, or of all (NULL). */
void complete_members(struct complete *complete, const struct node *member);
void complete_keys(struct complete *complete, const struct value *value);
void complete_families(struct complete *complete, const struct node *retry);
void complete_exceptions(struct complete *complete, const struct node *retry, const struct word *family);

/* complete_texts.c: what can be in a string. */
void complete_texts(struct complete *complete, const struct node *string);

/* complete_choices.c: one text to choose. It gets quotes unless the place is in a string. `detail` may be NULL. */
void complete_add_choice(struct complete *complete, const char *text, const char *detail, uint32_t order);

/* Adds the texts that the place of `node` allows: the values of an enum, the list after `in`, or the regions. False when the place
 * takes any text. */
bool complete_choices(struct complete *complete, const struct node *node, const struct type *expected);

/* Adds the regions of AWS as choices. */
void complete_regions(struct complete *complete);

/* The value of the argument that a call gives for a parameter, or NULL; the same as text, NULL also if it is not a constant string. */
const struct value *complete_argument_value(struct complete *complete, const struct node *call, const struct node *parameter);
const struct word *complete_argument_text(struct complete *complete, const struct node *call, const struct node *parameter);

/* complete_images.c: whether a callee is the library's `image`; the values that one of its arguments may have. */
bool complete_is_image(struct complete *complete, const struct node *callee);
void complete_image_argument(struct complete *complete, const struct node *call, const struct node *callee,
                             const struct node *parameter);

/* complete_files.c: paths below the folder `from`: of folders and, if `takes_files`, of files with the extension (NULL: any). */
void complete_paths(struct complete *complete, const char *from, bool takes_files, const char *extension);

#endif
