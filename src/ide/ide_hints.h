/* Inlay hints, which show what the text does not say: types, the names of parameters, the names of the steps that a declaration
 * makes, which values are deferred, and the values of constant expressions. */
#ifndef SP_IDE_HINTS_H
#define SP_IDE_HINTS_H

#include "eval/program.h"

enum ide_hint_kind {
	HINT_TYPE,      /* after a name: `: String` */
	HINT_PARAMETER, /* before an argument: `old:` */
	HINT_NAMES,     /* after a declaration: `→ Train-us, Train-eu` */
	HINT_VALUE,     /* after an expression: `= s3://…` */
	HINT_DEFERRED,  /* after an expression: `deferred` */
	HINT_KIND_COUNT
};

struct ide_hint {
	uint32_t offset;
	enum ide_hint_kind kind;
	const char *label;   /* one line */
	const char *tooltip; /* the whole text, if the label is cut, or a remark; or NULL */
};

struct ide_hints {
	struct ide_hint *items;
	size_t count, room;
};

/* Lists the hints in a span of a file of the program, in `arena`. `wanted` has a bit (1 << kind) for each kind of hint to list. */
void ide_list_hints(struct program *program, struct arena *arena, const struct tree *tree, struct span span, unsigned wanted,
                    struct ide_hints *hints);

#endif
