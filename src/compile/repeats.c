#include "compile/repeats.h"

enum { SHOWN_MAX = 3 }; /* the most places that one message shows */

static bool is_about_unknown_name(const struct diag *diag)
{
	switch (diag->code) {
	case SP2004: case SP2005: case SP2007: case SP2010: case SP2055:
		return true;
	default:
		return false;
	}
}

static void relate(struct diag *first, const struct diag *repeated)
{
	size_t count = 0;
	for (const struct diag_related *related = first->related; related; related = related->next)
		count++;
	if (count < SHOWN_MAX)
		diag_related(first, repeated->file, repeated->span, "it is also used here");
}

void repeats_merge(struct program *program)
{
	struct map firsts = {0}; /* by message */
	bool is_changed = false;
	for (struct diag **at = &program->diags->first; *at;) {
		struct diag *diag = *at;
		const struct word *message = is_about_unknown_name(diag) ? names_word(&program->world->names, diag->message) : NULL;
		struct diag *first = message ? map_get(&firsts, message) : NULL;
		if (first && first->file == diag->file) {
			relate(first, diag);
			*at = diag->next;
			is_changed = true;
			continue;
		}
		if (message)
			map_put(program->arena, &firsts, message, diag);
		at = &diag->next;
	}
	if (is_changed)
		diag_finish(program->diags);
}
