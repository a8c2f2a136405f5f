/* The table of lint rules, and what the rules share. */
#ifndef SP_LINT_RULES_H
#define SP_LINT_RULES_H

#include "lint/lint.h"

/* One run of the rules over a program. Maps are filled when first needed, in the program's arena. */
struct lint {
	struct program *program;
	const struct lint_config *config;
	struct map used;     /* names that are read somewhere in the program's files */
	struct map places;   /* struct written_place (lint_places.c), by the normalized location */
	VEC(const struct word *) sorted_places; /* the keys of `places` */
	struct map makers;   /* the step that makes a resource, struct step, by the argument and the name */
	struct map made_members; /* the arguments in which steps give these names */
	size_t visits;       /* of steps, by the search for redundant dependencies */
	struct map images;   /* struct image_remark: what the tables say of a URI */
	struct map needed;   /* steps that another step depends on, by their names in the definition */
};

struct lint_rule {
	enum diag_code code;
	bool is_off; /* by default */
	void (*check)(struct lint *lint, enum diag_code code); /* NULL: lint_suppress reports it */
};

extern const struct lint_rule lint_rules[];
extern const size_t lint_rule_count;

/* --- lint_report.c --- */

/* Reports at the configured level, else at the default severity of the code. */
struct diag *lint_report(struct lint *lint, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Moves an offset back over spaces and tabs. Returns whether it is then at the start of a line. */
bool lint_starts_line(const struct source_file *file, uint32_t *offset);

/* Adds the fix that removes a node, if nothing else stands on its lines. */
void lint_offer_removal(struct lint *lint, struct diag *diag, const struct node *node, bool is_safe);

/* --- lint_unused.c --- */

void lint_unused_params(struct lint *lint, enum diag_code code);
void lint_unused_configs(struct lint *lint, enum diag_code code);
void lint_unused_lets(struct lint *lint, enum diag_code code);
void lint_unused_declarations(struct lint *lint, enum diag_code code); /* functions, kinds and components */
void lint_unused_property_files(struct lint *lint, enum diag_code code);
void lint_unused_imports(struct lint *lint, enum diag_code code);

/* --- lint_braces.c --- */

/* Finds the next `{name}` in a part of a file, without `$` before it and further braces. `*rest` then begins after it. */
bool lint_next_brace(const struct source_file *file, struct span *rest, struct span *name);

void lint_braces(struct lint *lint, enum diag_code code);

/* --- lint_graph.c --- */

/* Whether one of these steps always ends before the other starts, or only one of them runs. True, too, when the search takes too
 * long. */
bool lint_are_ordered(struct lint *lint, const struct step *a, const struct step *b);

void lint_redundant_dependencies(struct lint *lint, enum diag_code code);
void lint_unneeded_steps(struct lint *lint, enum diag_code code);

/* --- lint_values.c --- */

/* Called with a constant text in a field. `owner` is the type of the object with the field. If it is not a shape, the program chose
 * the field's `name`. */
typedef void lint_visit_text(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                             const struct value *text);

/* Calls `visit` for each constant text in the fields of all steps, those in lists and joins included. */
void lint_each_text(struct lint *lint, enum diag_code code, lint_visit_text *visit);

void lint_secrets(struct lint *lint, enum diag_code code);
void lint_literals(struct lint *lint, enum diag_code code);
void lint_unstable_cache(struct lint *lint, enum diag_code code);
void lint_advice(struct lint *lint, enum diag_code code);

/* --- lint_places.c --- */

void lint_same_uri(struct lint *lint, enum diag_code code);
void lint_unordered_reads(struct lint *lint, enum diag_code code);
void lint_made_names(struct lint *lint, enum diag_code code);
void lint_sibling_prefixes(struct lint *lint, enum diag_code code);

/* --- lint_images.c --- */

void lint_image_regions(struct lint *lint, enum diag_code code);
void lint_image_versions(struct lint *lint, enum diag_code code);
void lint_image_support(struct lint *lint, enum diag_code code);

#endif
