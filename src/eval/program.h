/* A program: one compilation of a root file and everything that it imports. This header has its data model.
 *
 * compile_program() (compile/compile.h) fills it. Afterwards only its diagnostics grow: lint, the limit on the size of the
 * definition, and the checks before a deployment add to them.
 *
 * In short: a file is a tree of nodes. Its declarations become symbols, in the tables of a module. A declaration that makes steps
 * is a unit in a scope; it expands into steps and component instances. Each step has layers, the blocks that its text comes
 * from. */
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

/* `--config FILE`: its name and text, which outlive the program. */
struct config_file {
	const char *name;
	const char *text;
	size_t length;
};

/* The options of a compilation. Strings outlive the program; an option that is not given is NULL. */
struct program_options {
	const struct setting *settings;
	size_t setting_count;
	const char *region, *account, *assets;
	const char *const *import_folders; /* of -I */
	size_t import_folder_count;
	const struct config_file *config_files; /* of --config */
	size_t config_file_count;
	const char *output;          /* of -o: the file to which the result is written; may not become part of an asset */
	const struct reader *reader; /* NULL: the program may read no other files */
	bool keeps_values;           /* keep the value of every expression, for program_value and program_expected */
	bool may_be_shared;          /* accept a file without pipeline and steps, which is for others to import */
};

/* How evaluation reached a piece of source text. All are 0 in text of the program outside functions, kinds and components. */
struct origin {
	const struct call_frame *frame; /* the calls that led there, innermost first */
	const struct node *call_site;   /* in text of the library: the call in the program that led there; else NULL. Reports go there */
	bool is_kind;                   /* in the text of a step's kind, or of a function that it calls */
};

enum symbol_kind { SYMBOL_PARAM, SYMBOL_CONFIG, SYMBOL_LET, SYMBOL_STEP, SYMBOL_ARGUMENT, SYMBOL_EXPORT };

/* The name of a value. The comments say which kinds of symbol a member is for. */
struct symbol {
	uint8_t kind;
	bool is_busy;                /* being evaluated: needing it again is a cycle */
	bool is_optional;            /* PARAM of a file from which only some names are imported: emitted only if it is used */
	const struct word *name;
	const struct node *node;     /* the declaration */
	const struct module *module; /* where it is declared */
	const struct node *expression; /* LET, ARGUMENT, EXPORT */
	const struct env *env;       /* LET, ARGUMENT, EXPORT: what the expression sees */
	struct origin origin;        /* LET, ARGUMENT, EXPORT: of the expression */
	struct step *step;           /* in the body of a kind: the step that is made; else NULL */
	struct instance *instance;   /* in the body of a component: its instance; else NULL */
	bool is_given;               /* ARGUMENT of a kind: the step itself gives it */
	struct step *branch;         /* LET in a branch: the condition; else NULL */
	struct unit *unit;           /* STEP: its unit; in a branch of a family of conditions, the unit of the family */
	const struct value *value;   /* NULL before it is evaluated */
	const struct type *type;     /* PARAM, CONFIG: as declared */
	const struct word *emitted;  /* PARAM: the name in the definition */
	const struct value *initial; /* PARAM: the default, or NULL; CONFIG: the value */
	const struct value *allowed; /* PARAM, CONFIG: the list after `in`, or NULL */
	uint32_t index;              /* in the program's list of symbols */
};

/* The names that an expression sees: a chain of bindings, innermost first. An entry binds one name, or all names of a table.
 * The last entry is that of a module. */
struct env {
	const struct env *outer;
	const struct word *name;     /* the name that this entry binds; NULL for a table or a module */
	const struct value *value;   /* of a function's parameter, a variable, or a member that a default sees; else NULL */
	struct symbol *symbol;       /* of a let, or a parameter of a kind or component; else NULL */
	const struct map *names;     /* struct symbol: the table of a component, or of a member of a family */
	struct module *module;       /* in the last entry; else NULL */
};

/* A type, kind, function or component: an entry in the tables `types` and `functions` of a module. */
struct declared {
	const struct node *node;
	struct module *module;
	const struct type *type;     /* of a type; NULL before it is first needed */
	const struct kind *kind;     /* of a kind; NULL before it is first needed, and after a mistake */
	bool is_busy;                /* being made: needing it again is a cycle */
	bool is_kind_known;
};

/* A set of declarations that see each other: those of a file and of all files that it imports whole, or those of the library. */
struct module {
	struct program *program;
	struct map values;           /* struct symbol */
	struct map types;            /* struct declared: types and kinds */
	struct map functions;        /* struct declared: functions and components */
	struct type_scope scope;     /* looks up the names of types */
	struct env env;              /* the last entry of every chain in this module */
};

/* An `import` and the file that it names. */
struct module_import {
	const struct node *node;
	struct module_file *file;    /* NULL when it cannot be read */
};

/* A file of a program. */
struct module_file {
	const struct tree *tree;
	struct module *module;       /* NULL until its declarations are resolved */
	const char *path;            /* absolute, without links; NULL when there is no reader */
	uint32_t first_value;        /* the index of its first node in `node_values` */
	bool is_open;                /* its imports are being read: importing it again is a cycle */
	VEC(struct module_import) imports;
};

struct step_list {
	struct step **items;
	size_t count, room;
};

/* A `property file` clause: a JSON file that a step writes. */
struct property_file {
	const struct word *name;     /* in the source */
	const struct word *emitted;  /* in the definition */
	const struct word *output;   /* the output of the step that holds the file */
	const struct word *path;     /* in that output */
	const struct node *node;
};

/* An `output` clause: a typed output of a Lambda or Callback step. */
struct output {
	const struct word *name;     /* in the source */
	const struct word *emitted;  /* in the definition */
	const struct type *type;
	const struct node *node;
};

/* A dependency of a step. */
struct edge {
	struct step *step;           /* the step that it depends on */
	const struct node *at;       /* the reference that makes it */
	enum node_op trigger;        /* TRIGGER_*: how `step` must have ended; OP_NONE: it must have completed */
};

/* A dependency on an instance of a component. */
struct instance_edge {
	struct instance *instance;
	const struct node *at;
	enum node_op trigger;
};

/* One of the blocks that make up a step: that of a `defaults`, of a kind, or its own. */
struct layer {
	const struct node *block;
	const struct env *env;       /* what the expressions in it see */
	struct origin origin;        /* of these expressions */
};

/* A place where steps are declared: the top of a module, a branch, the body of a component, or a member of a family. */
struct scope {
	struct module *module;
	const struct env *env;       /* what expressions see */
	struct map *names;           /* where the names of its steps are entered */
	struct step *parent;         /* the condition whose branch it is in, or NULL */
	bool is_else;                /* in the else branch of `parent` */
	struct instance *instance;   /* the component instance whose body it is in, or NULL */
	struct origin origin;        /* of the text */
	const char *suffix;          /* ends the names of its steps: "-us" in a member of a family, else "" */
	VEC(struct unit *) units;    /* in source order */
};

/* One result of the expansion of a unit: the only one, or a member of a family. It has a step or an instance; for a schedule it
 * has neither. */
struct expansion {
	const struct value *key;     /* of a member of a family; else NULL */
	struct step *step;           /* of a step or condition */
	struct instance *instance;   /* of a component instance */
	struct map *names;           /* struct symbol: the names in the branches of a condition that is a member of a family */
};

/* A declaration that makes steps or schedules, in one scope: a step, condition, component instance or schedule, or a family of
 * them. A declaration in the body of a component is one unit for each instance. */
struct unit {
	const struct node *node;     /* N_STEP, N_CONDITION, N_FOREACH, N_USE or N_SCHEDULE; N_ARM for an `else if` */
	struct scope *scope;
	bool is_expanded;
	bool is_busy;                /* being expanded: needing it again is a cycle */
	bool is_unknown;             /* a family whose members are not known, because of a mistake */
	VEC(struct expansion) expansions;
};

/* An instance of a component: one `use` in one scope, with the steps that it makes. */
struct instance {
	const struct node *node;     /* N_USE */
	const struct word *name;     /* the prefix of the names of its steps; NULL before it is first needed */
	const struct env *env;       /* what its block sees */
	struct scope *outer;         /* where it is declared */
	const struct node *component; /* N_COMPONENT; NULL after a mistake */
	struct scope *scope;         /* its body; NULL after a mistake */
	struct map exports;          /* struct symbol */
	bool is_absent;              /* its `when` is false, or that of something around it; valid once `is_presence_known` */
	bool is_presence_known;
	struct component_parts *parts; /* its source and sink steps (graph_instances.c); NULL before they are first needed */
	bool is_name_reported;       /* a mistake in its name is reported; the names of all its steps have the same mistake */
	VEC(struct edge) depends;    /* from `depends on` and `on … of` in its block */
	VEC(struct instance_edge) depends_on_instances;
};

/* A step, or a condition or `foreach`, which are steps too. */
struct step {
	const struct node *node;     /* N_STEP, N_CONDITION, N_FOREACH, or the N_ARM of an `else if` */
	const struct word *name;     /* in the source */
	const struct word *step_name; /* in the definition */
	const struct kind *kind;     /* NULL after a mistake, and before derive_kind */
	struct step *parent;         /* the condition whose branch, or the `foreach` whose body, it is in; or NULL */
	bool is_else;                /* in the else branch of `parent` */
	bool is_absent;              /* its `when` is false, or that of something around it; valid once `is_presence_known` */
	bool are_layers_known, is_presence_known; /* both are found on demand */
	const struct env *env;       /* what its own block sees */
	struct scope *scope;         /* where it is declared */
	const struct env *parameters; /* those of its kind, with their arguments; NULL when the kind has none */
	VEC(struct layer) layers;    /* weakest first: `defaults`, bodies of kinds, its own block; known with the kind */
	struct scope *if_scope, *else_scope; /* the branches of a condition, or NULL; `if_scope` is the body of a `foreach` */

	/* filled by lower */
	const struct value *arguments;  /* OBJECT; NULL when the kind has none */
	const struct value *keys;       /* OBJECT */
	const struct value *cache;      /* OBJECT CacheConfig, or NULL */
	const struct value *retries;    /* LIST of policies, or NULL */
	const struct value *quoted;     /* OBJECT: step keys in quotes, which replace what clauses make; NULL if there are none */
	VEC(struct edge) edges_quoted;  /* the dependencies in its "DependsOn" */
	VEC(struct edge) named;         /* the steps that its arguments name, where the kind says so with `depends on` */
	VEC(struct property_file) property_files;
	VEC(struct output) outputs;
	VEC(struct edge) depends;       /* from `depends on` and `on … of`; graph adds those on the steps of instances */
	VEC(struct instance_edge) depends_on_instances;
	/* of a condition; `if_steps` also of a `foreach` */
	VEC(const struct value *) conditions; /* all must hold */
	struct step_list if_steps, else_steps;
	const struct node *condition_at;      /* the expression; NULL for other steps */
	const struct value *picked;           /* of a `foreach` with `pick`: the GET after it, once evaluated (foreach.h) */

	/* filled by graph */
	VEC(struct edge) edges;         /* all dependencies: `depends`, references, and the condition it is in */
	size_t body_edge_count;         /* of a `foreach`: how many `edges` at the end are those of its body (graph_foreach.h) */
	struct step *seen_by;           /* the last step whose edges include this one, while edges are collected */
	uint8_t mark;                   /* state in the search for cycles */
	bool is_in_cycle;               /* in a cycle that is reported */
};

/* A `given` clause: the value of a parameter in the runs of a schedule. */
struct given {
	const struct symbol *param;
	const struct value *value;   /* a constant of the parameter's type */
};

/* A schedule on which the deployed pipeline starts. It is not part of the definition. */
struct schedule {
	const struct node *node;     /* N_SCHEDULE */
	struct scope *scope;
	bool is_absent;              /* its `when` is false */
	/* filled by schedule_lower */
	const struct word *name;     /* in EventBridge Scheduler */
	const struct value *fields;  /* OBJECT, checked: members of CreateSchedule, without those that the pipeline determines */
	VEC(struct given) given;
};

/* A function of AWS Lambda that steps declare. Deployment creates it before the pipeline. */
struct lambda_function {
	const struct word *name;
	const struct value *fields;  /* OBJECT, checked: members of CreateFunction, except that `Code` is the URI of a zip */
	const struct step *step;     /* the first that declares it */
};

/* A field of the `pipeline` block that is being evaluated: needing it again is a cycle. */
struct busy_field {
	const struct busy_field *outer;
	const struct node *node;
};

/* The `pipeline` block. A field is evaluated alone when an expression needs it, and all of them are lowered later. */
struct pipeline {
	const struct node *node;     /* N_PIPELINE, or NULL */
	const struct word *name;
	const struct value *fields;  /* OBJECT, checked; NULL before lower */
	const struct value *quoted;  /* OBJECT: keys of the definition in quotes, which go out as written; NULL if there are none */
	const struct word *description; /* from the doc comment */
	const struct busy_field *busy;  /* the fields being evaluated, innermost first */
	unsigned reported_constants; /* constants that were needed and missing, a bit each (pipeline.c): one report is enough */
	bool is_unusable;            /* a field that was needed is not constant text, which its own check reports */
};

struct program {
	struct arena *arena;
	struct world *world;
	struct diags *diags;
	const struct program_options *options;
	struct tree *tree;           /* of the root file */
	VEC(struct module_file *) files; /* the root first */
	VEC(struct module_file *) json_files; /* JSON files that were read; kept so that their values have places */
	VEC(const struct value *) settings; /* the objects of --config */
	struct module root;          /* of the root file */
	struct module library;       /* what text of the library sees: nothing of the program */
	struct scope *scope;         /* of the root module */
	struct scope *schedule_scope; /* the same for schedules, which are not steps */
	VEC(struct symbol *) symbols; /* in source order, then those that expansion adds */
	VEC(const struct node *) defaults; /* N_DEFAULTS of the root module, in the order in which they are merged */
	VEC(const struct node *) asserts;  /* of the root module */
	uint64_t work;               /* the budget that is left (eval_budget.c); 0 when it is used up, which is reported */
	const char *project;         /* the project's folder (project.h); NULL before it is first needed */
	bool reads_argument;         /* a value of SOURCE_ARGUMENT was read (eval_source.c) */
	unsigned depth;              /* how deep expressions, defaults and types that are being made nest */
	bool is_too_deep;            /* `depth` reached its limit, which is reported */
	const struct value **node_values; /* by `first_value` of the file + node id; NULL unless values are kept */
	const struct type **node_types;   /* likewise: the types that literals were checked against */
	struct pipeline pipeline;
	struct step_list steps;      /* those outside branches, in source order */
	struct patterns patterns;
	struct assets *assets;       /* the project's files that it uses (assets.h); NULL before the first */
	VEC(const struct word *) inputs; /* paths of the files and folders that were read, in order, without the root file */
	struct map input_set;        /* `inputs` as a set */
	struct step_list all_steps;  /* also those in branches, after their condition */
	VEC(struct schedule *) schedules;
	VEC(struct lambda_function) functions; /* in the order of the steps */
};

bool program_has_errors(const struct program *program);

/* Whether a program has only declarations for others to import, which `may_be_shared` allows, and thus no definition. */
bool program_is_shared(const struct program *program);

/* Whether a report may suggest a similar name. Only the first reports do, because each search looks at all names. */
bool program_may_suggest(const struct program *program);

/* Files */

/* The file in which a node stands, and its tree. */
const struct source_file *program_file(const struct program *program, const struct node *node);
const struct tree *program_tree(const struct program *program, const struct node *node);

/* The module at the end of a chain of bindings; the root module for NULL. */
struct module *program_module(struct program *program, const struct env *env);

/* Notes the path of a file or folder that was read: a change in it may change the program. */
void program_add_input(struct program *program, const char *path);

/* The absolute path of a file without links, in the program's arena; NULL when there is no such file, or no reader. */
const char *program_real_path(const struct program *program, const char *path);

/* Values of expressions, if the options say that they are kept */

/* The value of an expression, with its type (value_type) and time (value_is_constant); NULL when it was not evaluated. The body of
 * a function or comprehension is evaluated many times; the last value is kept. */
const struct value *program_value(const struct program *program, const struct node *node);
void program_keep_value(struct program *program, const struct node *node, const struct value *value);

/* The type that the value of a literal, list or object was last checked against, wherever it is used; NULL when there is none.
 * Nodes of other kinds are ignored. The type lives as long as the program. */
const struct type *program_expected(const struct program *program, const struct node *node);
void program_keep_expected(struct program *program, const struct node *node, const struct type *type);

/* Steps */

/* What a message calls a step: its name in the source, or the name in the definition when one source name makes several steps. */
const char *program_step_name(const struct step *step);

/* The node to which a message about a step points, and its span: the declaration of the step, or the call site when the
 * declaration is in the library. */
const struct node *program_step_place(const struct step *step);
struct span program_step_span(const struct step *step);

/* Whether a scope is in the body of a component instance, directly or through other instances. */
bool program_is_in_instance(const struct scope *scope, const struct instance *instance);

/* Reports */

/* Where a mistake at `node` is reported: at the call site if the text is the library's, else at the node. */
static inline const struct node *program_place(struct origin origin, const struct node *node)
{
	return origin.call_site ? origin.call_site : node;
}

/* Reports at a node. */
struct diag *program_report(struct program *program, enum diag_code code, const struct node *node, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* Reports where a value is written, with the calls that led there as related places. `target` is the place that takes the
 * value; it is shown when the value is written elsewhere. `value` or `target` may be NULL, but not both. */
struct diag *program_report_value(struct program *program, enum diag_code code, const struct value *value,
                                  const struct node *target, const char *format, ...)
	__attribute__((format(printf, 5, 6)));

/* Adds the place of a step to a diagnostic, with its name followed by `what`. */
void program_relate_step(const struct program *program, struct diag *diag, const struct step *step, const char *what);

/* Adds the edit that replaces the name at a node (N_NAME, N_MEMBER, N_ARGUMENT, N_TYPE_REF, N_IMPORT_NAME) or its text (N_STRING,
 * also as the index of an N_INDEX). Adds nothing when the diagnostic points elsewhere, such as to a call site. */
void program_offer_fix(const struct program *program, struct diag *diag, const struct node *node, const char *name);

#endif
