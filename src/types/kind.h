/* Step kinds: what stdlib/steps declares of a step type, and kinds made from others. */
#ifndef SP_KIND_H
#define SP_KIND_H

#include "types/world.h"

/* A family of exceptions that a kind's `retry` accepts: `Step`, `SageMaker`. */
struct exception_family {
	const struct exception_family *next;
	const struct word *name;
	const struct type *exceptions; /* the enum FAMILYException of the prelude */
};

struct module;

/* A step kind: what stdlib/steps says of a step type, or one made from another, which has all of its own but the
 * name. */
struct kind {
	const struct word *name;
	const struct kind *base;        /* what it is made from; NULL for a built-in one */
	struct module *module;          /* of a program's kind; NULL for the library's */
	const struct word *type;        /* the service's `Type`, or NULL: the step says it itself (Raw) */
	const struct type *arguments;   /* the request that `Arguments` mirrors, or NULL */
	const struct type *keys;        /* step keys outside Arguments; never NULL */
	const struct type *properties;  /* what may be referred to; NULL when nothing may */
	unsigned clauses;               /* CLAUSE_* */
	const struct exception_family *families;
	const struct node *cache_keys;  /* N_ALLOWED: the arguments that the cache compares (ITEM* NAME), or NULL */
	const struct node *writes;      /* N_WRITES, or NULL */
	const struct node *deploys;     /* N_DEPLOYS, or NULL */
	const struct node *needs;       /* N_NEEDS, or NULL */
	bool is_terminal;               /* nothing may refer to it or depend on it */
	const struct node *node;        /* N_KIND */
};

/* The library's kind of this name, built in or made from one, or NULL. */
const struct kind *kind_find(struct world *world, const struct word *name);

/* Whether a step key is only for deployment, which makes what it says before the pipeline. */
bool kind_deploys(const struct kind *kind, const struct word *key);

/* Whether a kind is `base` or is made from it, directly or through others; false for a NULL kind. */
bool kind_is_made_from(const struct kind *kind, const struct kind *base);

/* "a Training step", "an EMR step". */
const char *kind_text(struct arena *arena, const struct kind *kind);

#endif
