/* What a text does not show, for editors that put it between its words: types, the names of steps that are made of one
 * declaration, values that only a run knows, and the values of constant expressions. */
#ifndef SP_IDE_HINTS_H
#define SP_IDE_HINTS_H

#include "eval/program.h"

enum ide_hint_kind {
	HINT_TYPE,      /* behind a name: `: String` */
	HINT_PARAMETER, /* before an argument: `old:` */
	HINT_NAMES,     /* behind a declaration: `→ Train-us, Train-eu` */
	HINT_VALUE,     /* behind an expression: `= s3://…` */
	HINT_DEFERRED,  /* behind an expression: `deferred` */
	HINT_KIND_COUNT
};

struct ide_hint {
	uint32_t offset;
	enum ide_hint_kind kind;
	const char *label;   /* one line */
	const char *tooltip; /* the whole, where the label is short of it; or NULL */
};

struct ide_hints {
	struct ide_hint *items;
	size_t count, room;
};

/* Lists those of the kinds that are `wanted` (a bit each) in a span of a file of the program, in `arena`. */
void ide_list_hints(struct program *program, struct arena *arena, const struct tree *tree, struct span span, unsigned wanted,
                    struct ide_hints *hints);

#endif
