/* The table of lint rules. */
#ifndef SP_LINT_RULES_H
#define SP_LINT_RULES_H

#include "lint/lint.h"

struct lint {
	struct program *program;
	const struct lint_config *config;
	struct map used;    /* words that are read somewhere */
	struct map written; /* URIs that steps write: the step */
	size_t looks;       /* steps looked at for dependencies that are there anyway */
	struct map images;  /* texts: what is said of them as images, struct image_remark */
	struct map needed;  /* steps that another one needs, by step name */
};

struct lint_rule {
	enum diag_code code;
	bool is_off; /* unless configured */
	void (*check)(struct lint *lint, enum diag_code code);
};

extern const struct lint_rule lint_rules[];
extern const size_t lint_rule_count;

/* Reports with the level of the configuration, if it has one. */
struct diag *lint_report(struct lint *lint, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Calls `visit` for each field with a constant text in the values of all steps, and for each such element of a list;
 * `in` is the type of what has the field: unless that is a shape, `name` is the program's own (lint_values.c). */
typedef void lint_visit_text(struct lint *lint, enum diag_code code, const struct word *name, const struct type *in,
                             const struct value *text);
void lint_each_text(struct lint *lint, enum diag_code code, lint_visit_text *visit);

/* The rules on what is written in values (lint_values.c). */
void lint_secrets(struct lint *lint, enum diag_code code);
void lint_literals(struct lint *lint, enum diag_code code);
void lint_unstable_cache(struct lint *lint, enum diag_code code);
void lint_same_uri(struct lint *lint, enum diag_code code);
void lint_advice(struct lint *lint, enum diag_code code);

/* The rules on SageMaker's images (lint_images.c). */
void lint_image_regions(struct lint *lint, enum diag_code code);
void lint_image_versions(struct lint *lint, enum diag_code code);
void lint_image_support(struct lint *lint, enum diag_code code);

#endif
