/* Step kinds: the struct for all of them, and the library's (stdlib/steps, stdlib/kinds). A program's own kinds are
 * made in eval. */
#ifndef SP_KIND_H
#define SP_KIND_H

#include "types/world.h"

/* A family of exceptions that the `retry` of a kind accepts: `Step`, `SageMaker`. */
struct exception_family {
	const struct exception_family *next;
	const struct word *name;
	const struct type *exceptions; /* the enum FAMILYException of the standard library */
};

/* An attribute that the service's cache compares: a member of `Arguments` or a step key, or a member inside one. */
struct cache_key {
	const char *text;               /* as the library writes it: `AutoMLJobConfig.Mode` */
	const struct word *const *path; /* outermost member first */
	uint32_t depth;                 /* of the path; never 0 */
};

struct module;

/* A step kind: either built in (declared in stdlib/steps for a step type), or derived from another kind, from which
 * it inherits everything but the name. */
struct kind {
	const struct word *name;
	const struct kind *base;        /* what it is derived from; NULL for a built-in kind */
	struct module *module;          /* that declares it; NULL for the library's kinds */
	const struct word *type;        /* the service's `Type`; NULL if the step sets it itself (Raw) */
	const struct type *arguments;   /* the request that `Arguments` mirrors, or NULL */
	const struct type *keys;        /* step keys outside Arguments; never NULL */
	const struct type *properties;  /* the properties that can be referred to; NULL if there are none */
	unsigned clauses;               /* CLAUSE_* (world.h) */
	const struct exception_family *families;
	const struct cache_key *cache_keys; /* what the cache compares */
	uint32_t cache_key_count;       /* 0 if AWS does not document it */
	const struct node *writes;      /* N_WRITES, or NULL */
	const struct node *depends;     /* N_DEPENDS: the members with names of steps, on which a step depends; or NULL */
	const struct word *makes;       /* the argument with the name of the resource that a step makes, or NULL */
	const struct node *deploys;     /* N_DEPLOYS, or NULL */
	const struct node *needs;       /* N_NEEDS, or NULL */
	bool is_terminal;               /* no step may refer to it or depend on it */
	const struct node *node;        /* N_KIND */
};

/* The library's kind with this name, built in or derived, or NULL. */
const struct kind *kind_find(struct world *world, const struct word *name);

/* Whether a step key is only for deployment (`deploys`), which creates the resource that the key describes before the
 * pipeline. */
bool kind_deploys(const struct kind *kind, const struct word *key);

/* Whether a kind is `base` or derived from it, directly or indirectly; false for a NULL kind. */
bool kind_is_made_from(const struct kind *kind, const struct kind *base);

/* The kind with its article, for messages: "a Training step", "an EMR step". */
const char *kind_text(struct arena *arena, const struct kind *kind);

#endif
