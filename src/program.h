/* A program: one compilation of a root file, immutable once compiled.
 *
 * program_compile() is the façade that everything above uses; it never returns NULL. What is wrong is in the
 * diagnostics, and program_has_errors() gates what may be made of the program. The passes, in order:
 *
 *   resolve   declarations become symbols and steps, in one table each
 *   eval      expressions become values, on demand
 *   lower     each step's block becomes arguments, step keys and clauses, checked against its kind
 *   graph     references between steps become edges; cycles and names of steps are checked */
#ifndef SP_PROGRAM_H
#define SP_PROGRAM_H

#include "map.h"
#include "parse.h"
#include "pattern.h"
#include "reader.h"
#include "value.h"
#include "vec.h"
#include "world.h"

/* `--set NAME=VALUE`. */
struct setting {
	const char *name, *value;
};

/* What the command line says; strings outlive the program. NULL where nothing was said. */
struct program_options {
	const struct setting *settings;
	size_t setting_count;
	const char *region, *account, *assets;
	const struct reader *reader; /* NULL: the program stands alone, and may read nothing */
	bool keeps_values;           /* of every expression, for program_value */
};

enum symbol_kind { SYMBOL_PARAM, SYMBOL_CONFIG, SYMBOL_LET, SYMBOL_STEP };

struct symbol {
	uint8_t kind;
	bool is_busy;                /* being evaluated: to be met again is a cycle */
	const struct word *name;
	const struct node *node;
	const struct env *env;       /* LET: what its expression sees */
	const struct value *value;   /* evaluated; NULL before */
	const struct type *type;     /* PARAM, CONFIG: as declared */
	const struct word *emitted;  /* PARAM: the name in the definition */
	const struct value *initial; /* PARAM: the default, or NULL; CONFIG: the value */
	const struct value *allowed; /* PARAM, CONFIG: the list after `in`, or NULL */
	struct step *step;           /* STEP */
	uint32_t index;              /* in the program's list of symbols */
};

/* What a name may mean, innermost first; the end of the chain is the program's own table. */
struct env {
	const struct env *outer;
	const struct word *name;
	const struct value *value;   /* of an argument or a variable */
	struct symbol *symbol;       /* of a let in a branch */
};

struct step_list {
	struct step **items;
	size_t count, room;
};

/* A property file, with the name that it has in the definition. */
struct property_file {
	const struct word *name, *emitted, *output, *path;
	const struct node *node;
};

/* A typed output of a Lambda or Callback step. */
struct output {
	const struct word *name, *emitted;
	const struct type *type;
	const struct node *node;
};

struct edge {
	struct step *step;
	const struct node *at;       /* the reference that makes it */
};

struct step {
	const struct node *node;     /* N_STEP, N_CONDITION, or the N_ARM of an `else if` */
	const struct word *name;     /* in the source */
	const struct word *step_name;/* in the definition */
	const struct kind *kind;     /* NULL after a mistake */
	struct step *parent;         /* the condition whose branch it is in, or NULL */
	bool is_else;                /* in that condition's else branch */
	bool is_absent;              /* its `when` is false */
	bool is_kind_known, is_presence_known; /* both are found out on demand */
	const struct env *env;

	/* filled by lower */
	const struct value *arguments;  /* OBJECT, or NULL when the kind has none */
	const struct value *keys;       /* OBJECT */
	const struct value *cache;      /* OBJECT CacheConfig, or NULL */
	const struct value *retries;    /* LIST of policies, or NULL */
	VEC(struct property_file) property_files;
	VEC(struct output) outputs;
	VEC(struct edge) depends;       /* written after `depends on` */
	/* of a condition */
	VEC(const struct value *) conditions; /* all must hold */
	struct step_list if_steps, else_steps;
	const struct node *condition_at;      /* the expression */

	/* filled by graph */
	VEC(struct edge) edges;         /* depends, references and the condition it is in */
	struct step *seen_by;           /* while the edges of that step are collected */
	uint8_t mark;
	bool is_in_cycle;               /* in one that is reported */
};

/* A field of the `pipeline` block that is being evaluated: to be met again is a cycle. */
struct busy_field {
	const struct busy_field *outer;
	const struct node *node;
};

/* The fields of the `pipeline` block, made one by one when asked for. */
struct pipeline {
	const struct node *node;     /* N_PIPELINE, or NULL */
	const struct word *name;
	const struct value *fields;  /* OBJECT, checked; NULL before lower */
	const struct word *description; /* from the doc comment */
	const struct busy_field *busy;  /* those being evaluated, innermost first */
	unsigned unsaid;             /* which constants were reported as missing, a bit each */
	bool is_unusable;            /* a field that was asked for is no constant text: its own check says so */
};

struct program {
	struct arena *arena;
	struct world *world;
	struct diags *diags;
	const struct program_options *options;
	struct tree *tree;
	struct type_scope types;
	struct map values;           /* struct symbol */
	struct map functions;        /* struct node, N_FUNCTION */
	struct map declared;         /* struct user_type */
	VEC(struct symbol *) symbols; /* in source order, lets of branches too */
	VEC(const struct node *) defaults; /* N_DEFAULTS in source order */
	VEC(const struct node *) asserts;
	uint64_t work;               /* what evaluation may still do (eval_budget.c); 0: it went too far, which is reported */
	unsigned depth;              /* expressions, defaults and types being made, one inside the other */
	bool is_too_deep;            /* they went too deep, which is reported */
	const struct value **node_values; /* by node id; NULL unless they are kept */
	struct pipeline pipeline;
	struct step_list steps;      /* those outside branches, in source order */
	struct patterns patterns;
	struct assets *assets;       /* the project's files that it uses (assets.h); NULL before the first */
	VEC(const struct word *) inputs; /* what was read beside the program itself, as paths, in order */
	struct map input_set;
	struct step_list all_steps;  /* every one, conditions before what is in their branches */
};

/* Compiles a file. `world`, `options` and the file outlive the program; everything made lives in `arena`. */
struct program *program_compile(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct source_file *file);

bool program_has_errors(const struct program *program);

/* Whether a mistake is one of the first: later ones are told without what is near, for which every name is looked at. */
bool program_may_suggest(const struct program *program);

/* What an expression of the program is: its value, with its type (value_type) and its time (value_is_constant). NULL
 * for one that was not evaluated, or when values are not kept; in a function or comprehension, that of the last round. */
const struct value *program_value(const struct program *program, const struct node *node);

/* Notes a file or folder that was read, as a path: a change in it may change what is compiled. */
void program_add_input(struct program *program, const char *path);

/* The file in which a node stands. */
const struct source_file *program_file(const struct program *program, const struct node *node);

/* Reports at a node. */
struct diag *program_report(struct program *program, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reports at where a value is written, with the uses that led there as related places; `use` is the place
 * that takes the value, shown as well when the value is written elsewhere. Either may be NULL, not both. */
struct diag *program_report_value(struct program *program, enum diag_code code, const struct value *value,
                                  const struct node *use, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
