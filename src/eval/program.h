/* A program: one compilation of a root file and everything that it imports.
 *
 * compile_program() (compile/compile.h) fills it. Afterwards only its diagnostics grow: lint, the limit on the size of the
 * definition, and the checks before a deployment add to them. */
#ifndef SP_PROGRAM_H
#define SP_PROGRAM_H

#include "base/map.h"
#include "base/pattern.h"
#include "base/vec.h"
#include "eval/value.h"
#include "source/reader.h"
#include "syntax/parse.h"
#include "types/kind.h"

/* `--set NAME=VALUE`. */
struct setting {
	const char *name, *value;
};

/* `--config FILE`: its name, and its text, which outlives the program. */
struct config_file {
	const char *name;
	const char *text;
	size_t length;
};

/* What the command line says; strings outlive the program. NULL where nothing was said. */
struct program_options {
	const struct setting *settings;
	size_t setting_count;
	const char *region, *account, *assets;
	const char *const *import_folders; /* of -I */
	size_t import_folder_count;
	const struct config_file *config_files; /* of --config */
	size_t config_file_count;
	const struct reader *reader; /* NULL: the program stands alone, and may read nothing */
	bool keeps_values;           /* of every expression, for program_value and program_expected */
	bool may_be_shared;          /* a file without pipeline and steps, for others to import, is no mistake */
};

/* How an evaluation got to where it is. */
struct origin {
	const struct call_frame *frame; /* the calls that led there, innermost first */
	const struct node *call_site; /* in text of the library: where the program calls it; else NULL */
};

enum symbol_kind { SYMBOL_PARAM, SYMBOL_CONFIG, SYMBOL_LET, SYMBOL_STEP, SYMBOL_ARGUMENT, SYMBOL_EXPORT };

struct symbol {
	uint8_t kind;
	bool is_busy;                /* being evaluated: to be met again is a cycle */
	bool is_optional;            /* PARAM: of a file of which only some names are imported; goes out when it is used */
	const struct word *name;
	const struct node *node;
	const struct module *module; /* where it is declared */
	const struct node *expression; /* LET, ARGUMENT, EXPORT */
	const struct env *env;       /* of these: what the expression sees */
	struct origin origin;        /* of these */
	struct step *step;           /* of what a kind declares: the step that it makes; or NULL */
	struct instance *instance;             /* of what a component declares: its use; or NULL */
	struct step *branch;         /* of a let in a branch: the condition; or NULL */
	struct unit *unit;           /* STEP: its own, or the family in which it is declared */
	const struct value *value;   /* evaluated; NULL before */
	const struct type *type;     /* PARAM, CONFIG: as declared */
	const struct word *emitted;  /* PARAM: the name in the definition */
	const struct value *initial; /* PARAM: the default, or NULL; CONFIG: the value */
	const struct value *allowed; /* PARAM, CONFIG: the list after `in`, or NULL */
	uint32_t index;              /* in the program's list of symbols */
};

/* What a name may mean, innermost first. One entry binds a name, or all names of a table; the last one is a module's. */
struct env {
	const struct env *outer;
	const struct word *name;
	const struct value *value;   /* of an argument or a variable */
	struct symbol *symbol;       /* of a let or an argument */
	const struct map *names;     /* struct symbol: those of a component or of a member of a family */
	struct module *module;
};

/* A type, kind, function or component: what stands behind a name in a module's other two namespaces. */
struct declared {
	const struct node *node;
	struct module *module;
	const struct type *type;     /* of a type, made when asked for */
	const struct kind *kind;     /* of a kind, made when asked for; NULL after a mistake */
	bool is_busy, is_kind_known;
};

/* Names that see each other: those of a file and of all that it imports whole, or those of the library. */
struct module {
	struct program *program;
	struct map values;           /* struct symbol */
	struct map types;            /* struct declared: types and kinds */
	struct map functions;        /* struct declared: functions and components */
	struct type_scope scope;
	struct env env;              /* the end of every chain in it */
};

/* An `import` and the file that it reaches; NULL when that cannot be read. */
struct module_import {
	const struct node *node;
	struct module_file *file;
};

/* A file of a program. */
struct module_file {
	const struct tree *tree;
	struct module *module;       /* NULL until its declarations are resolved */
	const char *path;            /* absolute and without links; NULL when there is no reader */
	uint32_t first_value;        /* where its values begin in `node_values` */
	bool is_open;                /* what it imports is being read: to be met again is a cycle */
	VEC(struct module_import) imports;
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

/* A dependency on all steps of a component. */
struct instance_edge {
	struct instance *instance;
	const struct node *at;
};

/* One of the blocks that make a step, and what its expressions see. */
struct layer {
	const struct node *block;
	const struct env *env;
	struct origin origin;
};

/* Where steps are declared: a module, a branch, the body of a component, or a member of a family. */
struct scope {
	struct module *module;
	const struct env *env;
	struct map *names;           /* where the names of its steps go */
	struct step *parent;         /* the condition whose branch it is in, or NULL */
	bool is_else;                /* in that condition's else branch */
	struct instance *instance;             /* the component whose body it is in, or NULL */
	struct origin origin;
	const char *suffix;          /* of the names of its steps: "-us" in a family, else "" */
	VEC(struct unit *) units;    /* in source order */
};

/* One member of a unit: a step or a use. */
struct expansion {
	const struct value *key;     /* in a family; else NULL */
	struct step *step;           /* of a step or condition */
	struct instance *instance;             /* of a use; a schedule has neither */
	struct map *names;           /* what a condition declares in a family */
};

/* A declaration that makes steps or schedules, in one scope. */
struct unit {
	const struct node *node;     /* N_STEP, N_CONDITION, N_USE or N_SCHEDULE */
	struct scope *scope;
	bool is_expanded, is_busy;
	bool is_unknown;             /* a family over a mistake */
	VEC(struct expansion) expansions;
};

/* A component in use. */
struct instance {
	const struct node *node;     /* N_USE */
	const struct word *name;     /* that begins the names of its steps; NULL until asked for */
	const struct env *env;       /* what its block sees */
	struct scope *outer;         /* where it is declared */
	const struct node *component; /* N_COMPONENT; NULL after a mistake */
	struct scope *scope;         /* its body */
	struct map exports;          /* struct symbol */
	bool is_absent, is_presence_known;
	struct component_parts *parts;         /* which of its steps are first and last (graph_instances.c); NULL before it is asked for */
	bool is_name_reported;       /* what is wrong with it is wrong with the names of all its steps */
	VEC(struct edge) depends;    /* written in its block */
	VEC(struct instance_edge) depends_on_instances;
};

struct step {
	const struct node *node;     /* N_STEP, N_CONDITION, or the N_ARM of an `else if` */
	const struct word *name;     /* in the source */
	const struct word *step_name;/* in the definition */
	const struct kind *kind;     /* NULL after a mistake, and before derive_kind */
	struct step *parent;         /* the condition whose branch it is in, or NULL */
	bool is_else;                /* in that condition's else branch */
	bool is_absent;              /* its `when` is false */
	bool are_layers_known, is_presence_known; /* both are found out on demand */
	const struct env *env;
	struct scope *scope;         /* where it is declared */
	VEC(struct layer) layers;    /* weakest first: `defaults`, bodies of kinds, its own block; known with the kind */
	struct scope *if_scope, *else_scope;  /* of a condition */

	/* filled by lower */
	const struct value *arguments;  /* OBJECT, or NULL when the kind has none */
	const struct value *keys;       /* OBJECT */
	const struct value *cache;      /* OBJECT CacheConfig, or NULL */
	const struct value *retries;    /* LIST of policies, or NULL */
	VEC(struct property_file) property_files;
	VEC(struct output) outputs;
	VEC(struct edge) depends;       /* written after `depends on` */
	VEC(struct instance_edge) depends_on_instances;
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

/* What a schedule gives to a parameter of its runs. */
struct given {
	const struct symbol *param;
	const struct value *value;   /* a constant of the parameter's type */
};

/* When the deployed pipeline starts by itself: no part of the definition. */
struct schedule {
	const struct node *node;     /* N_SCHEDULE */
	struct scope *scope;
	bool is_absent;              /* its `when` is false */
	/* filled by schedule_lower */
	const struct word *name;     /* of the service */
	const struct value *fields;  /* OBJECT, checked: those of CreateSchedule but the name and what the pipeline says of the target */
	VEC(struct given) given;
};

/* A function of AWS Lambda that steps declare, and deployment makes before the pipeline. */
struct lambda_function {
	const struct word *name;
	const struct value *fields;  /* OBJECT, checked: those of CreateFunction, but `Code` is the URI of a zip */
	const struct step *step;     /* the first that declares it */
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
	struct tree *tree;           /* of the root file */
	VEC(struct module_file *) files; /* the root first */
	VEC(struct module_file *) json_files; /* whose values know their places */
	VEC(const struct value *) settings; /* the objects of --config */
	struct module root;          /* of the root file */
	struct module library;       /* what text of the library sees: nothing of the program */
	struct scope *scope;         /* of the root module */
	struct scope *schedule_scope; /* the same for schedules, which have no part in what is made of steps */
	VEC(struct symbol *) symbols; /* in source order, lets of branches too */
	VEC(const struct node *) defaults; /* N_DEFAULTS of the root module, in the order in which they are merged */
	VEC(const struct node *) asserts;  /* of the root module */
	uint64_t work;               /* what evaluation may still do (eval_budget.c); 0: it went too far, which is reported */
	unsigned depth;              /* expressions, defaults and types being made, one inside the other */
	bool is_too_deep;            /* they went too deep, which is reported */
	const struct value **node_values; /* by node id behind those of earlier files; NULL unless they are kept */
	const struct type **node_types;   /* the same: what literals were checked against */
	struct pipeline pipeline;
	struct step_list steps;      /* those outside branches, in source order */
	struct patterns patterns;
	struct assets *assets;       /* the project's files that it uses (assets.h); NULL before the first */
	VEC(const struct word *) inputs; /* what was read beside the program itself, as paths, in order */
	struct map input_set;
	struct step_list all_steps;  /* every one, conditions before what is in their branches */
	VEC(struct schedule *) schedules;
	VEC(struct lambda_function) functions; /* in the order of the steps */
};

bool program_has_errors(const struct program *program);

/* Whether a program is only declarations for others to import: it has no definition. */
bool program_is_shared(const struct program *program);

/* Whether a mistake is one of the first: later ones are told without what is near, for which every name is looked at. */
bool program_may_suggest(const struct program *program);

/* What an expression of the program is: its value, with its type (value_type) and its time (value_is_constant). NULL
 * for one that was not evaluated, or when values are not kept; in a function or comprehension, that of the last round. */
const struct value *program_value(const struct program *program, const struct node *node);

/* Notes a file or folder that was read, as a path: a change in it may change what is compiled. */
void program_add_input(struct program *program, const char *path);

/* Keeps the value of an expression for program_value. */
void program_keep_value(struct program *program, const struct node *node, const struct value *value);

/* The type that the value of a literal, list or object was last checked against, wherever it is used; NULL when it was not,
 * or values are not kept. */
const struct type *program_expected(const struct program *program, const struct node *node);

/* Keeps it for program_expected; other nodes are passed over. The type lives as long as the program. */
void program_keep_expected(struct program *program, const struct node *node, const struct type *type);

/* The file in which a node stands, and its tree. */
const struct source_file *program_file(const struct program *program, const struct node *node);
const struct tree *program_tree(const struct program *program, const struct node *node);

/* What a message calls a step: its name in the source, or that in the definition where the source names several. */
const char *program_step_name(const struct step *step);

/* Where a step is declared, and for one in text of the library where the program uses it; what of it is shown. */
const struct node *program_step_place(const struct step *step);
struct span program_step_span(const struct step *step);

/* Adds where a step is to a diagnostic, with its name and what is said of it. */
void program_relate_step(const struct program *program, struct diag *diag, const struct step *step, const char *what);

/* The module that ends a chain of names; the root module for NULL. */
struct module *program_module(struct program *program, const struct env *env);

/* Reports at a node. */
struct diag *program_report(struct program *program, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Adds the edit that writes another name in a node (N_NAME, N_MEMBER, N_ARGUMENT, N_TYPE_REF, N_IMPORT_NAME), or another text
 * (N_STRING, also as the index of an N_INDEX), when the mistake is told there and not at a use of the library; else nothing. */
void program_offer(const struct program *program, struct diag *diag, const struct node *node, const char *name);

/* Reports at where a value is written, with the uses that led there as related places; `use` is the place
 * that takes the value, shown as well when the value is written elsewhere. Either may be NULL, not both. */
struct diag *program_report_value(struct program *program, enum diag_code code, const struct value *value,
                                  const struct node *target, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

#endif
