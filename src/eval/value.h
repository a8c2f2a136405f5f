/* Values: what is known of an expression at compile time, before the pipeline runs.
 *
 * The shape of every list and object is known; only scalars may be deferred to the run. A value does not change once it is made,
 * except that its height and weight are found when first needed. Values are shared freely and live in the program's arena. */
#ifndef SP_VALUE_H
#define SP_VALUE_H

#include "types/type.h"

enum value_kind {
	VALUE_ERROR,     /* a mistake was reported; every place accepts it silently */
	VALUE_NULL,
	VALUE_BOOLEAN,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_OBJECT,
	/* deferred: */
	VALUE_GET,       /* a parameter, an execution variable, a property of a step: Get */
	VALUE_JSON,      /* a scalar in a JSON file: Std:JsonGet */
	VALUE_JOIN,      /* text that is computed at run time: Std:Join */
	VALUE_CONDITION, /* the result of an operator with deferred operands; only a condition may use it */
	/* known at compile time, but not values that a field could hold: */
	VALUE_STEP,      /* a step, whose properties are read */
	VALUE_FILE,      /* a property file, or the result of s3json(); its members are read */
	VALUE_OUTPUTS,   /* the typed outputs of a step, which are read by name */
	VALUE_INSTANCE,  /* an instance of a component, whose exports are read */
	VALUE_SPACE      /* a predefined object: `Pipeline`, `Execution`, `Step`, `PipelineExperimentConfig` */
};

/* How a VALUE_GET or VALUE_JSON extends the path of its parent. */
enum access {
	ACCESS_MEMBER,    /* .name */
	ACCESS_KEY,       /* ['name'] */
	ACCESS_POSITION,  /* [position] */
	ACCESS_TEXT,      /* a JsonGet path written as text */
	ACCESS_PARAMETER, /* a root: Parameters.name */
	ACCESS_EXECUTION, /* a root: Execution.name */
	ACCESS_EXPERIMENT,/* a root: PipelineExperimentConfig.name */
	ACCESS_ITEM,      /* a root: ForEach.CurrentItem; the name is that of the variable */
	/* these two have a step instead of a word: */
	ACCESS_BODY_STEP, /* .STEP of `IterationOutputs[i]`: a step in the body of a `foreach` */
	ACCESS_SELECTED   /* .Selected of a `foreach`: its picked step */
};

/* The predefined objects. */
enum space { SPACE_PIPELINE, SPACE_EXECUTION, SPACE_STEP, SPACE_EXPERIMENT };

/* What gave a value to a step. */
enum value_source {
	SOURCE_BLOCK,    /* its block, `defaults`, or text that belongs to no step */
	SOURCE_KIND,     /* the text of its kind, or of a function that the kind calls */
	SOURCE_ARGUMENT  /* an argument that the step gives to its kind, or what the kind computes from one */
};

struct step;
struct instance;

/* A frame of the call stack of an evaluation: a call of a function, or the application of a kind or component. Frames stay in the
 * arena, so that a value can show the calls that led to it. */
struct call_frame {
	const struct call_frame *outer; /* the frame of the caller, or NULL */
	const struct node *call;        /* N_CALL, or the N_NAME of a kind or component */
	const struct node *declaration; /* the declaration that is called or applied; for the default of a member, the N_SHAPE */
};

struct field {
	const struct word *name;
	const struct value *value;
	const struct node *at; /* N_FIELD, or another node that made the field */
};

enum { VALUE_MAX_HEIGHT = 1000, VALUE_MAX_WEIGHT = 4000000 };

/* The comments say which kinds of value a member is for. */
struct value {
	uint8_t kind;
	uint8_t access : 6;  /* GET, JSON */
	uint8_t source : 2;  /* enum value_source; an object that is merged from several is of SOURCE_BLOCK */
	uint8_t op;          /* CONDITION: OP_* of node.h */
	union {
		bool boolean;         /* BOOLEAN */
		bool is_interpolated; /* JOIN: made by interpolation, so another interpolation may splice its parts */
		bool is_family;       /* OBJECT: the members of a family, by key */
	};
	uint32_t count;      /* LIST, OBJECT, JOIN, CONDITION */
	union {
		uint32_t position;     /* GET, JSON by ACCESS_POSITION */
		uint32_t symbol_index; /* GET by ACCESS_PARAMETER: in the program's list of symbols */
		uint32_t space;        /* SPACE: enum space */
	};
	uint32_t height : 10;           /* how deep its parts nest, up to VALUE_MAX_HEIGHT; 0 before value_weigh */
	uint32_t weight : 22;           /* the cost of traversing it, up to VALUE_MAX_WEIGHT; 0 before value_weigh */
	const struct node *at;          /* where it is written; for `--set`, the `config`; NULL when there is no such place */
	const struct call_frame *frame; /* the calls that led there, or NULL */
	const struct type *type;        /* GET, JSON, FILE, SPACE: of what it refers to; OBJECT: what it was checked against; or NULL */
	union {
		const struct word *word;    /* STRING: text; NUMBER: digits; GET, JSON: name; JOIN: the separator, `On` */
		struct step *step;          /* STEP, OUTPUTS, FILE of a step; GET by ACCESS_BODY_STEP and ACCESS_SELECTED */
		struct instance *instance;  /* INSTANCE */
		const struct value *under;  /* LIST: the weaker list under it, for types whose elements merge by a key; or NULL */
	};
	union {
		const struct value **items; /* LIST, JOIN, CONDITION */
		const struct field *fields; /* OBJECT */
		const struct value *parent; /* GET, JSON: a GET, JSON, STEP or FILE, NULL for a root; OUTPUTS: the STEP */
		const struct word *file;    /* FILE of a step: the name of the property file */
		const struct value *uri;    /* FILE by s3json: a JOIN; its `step` is NULL */
	};
};

/* The value after a reported mistake. */
extern const struct value value_error;

bool value_is_deferred(const struct value *value);

/* BOOLEAN, NUMBER or STRING. */
bool value_is_constant_scalar(const struct value *value);

/* A scalar, constant or deferred, but not a condition. */
bool value_is_scalar(const struct value *value);

/* Whether a value is constant in all its parts. */
bool value_is_constant(const struct value *value);

/* Whether a number is written without fraction and exponent. */
bool value_is_integer(const struct value *value);

/* The value of a NUMBER. */
double value_number(const struct value *value);

/* The field of an object, or NULL. */
const struct field *value_field(const struct value *object, const struct word *name);
const struct field *value_field_named(const struct value *object, const char *name);

/* The weight of a value. Finds weight and height on first use; both stop at their maximum. Values share their parts, so a short
 * program can make a value that is too large to traverse: check the weight before traversing one. */
uint32_t value_weigh(const struct value *value);

/* The weight that a text of this length adds to a value. */
uint32_t value_text_weight(size_t length);

/* Whether two constant values are the same; numbers are compared by value. */
bool value_equal(const struct value *a, const struct value *b);

/* What a value is, for messages: "the number 50", "a list", "a property of step `Train`". */
const char *value_noun(struct arena *arena, const struct value *value);

/* The type of a value as far as it is known; else TYPE_ANY. */
const struct type *value_type(const struct value *value);

/* Appends a constant scalar as text: `50`, `0.2`, `true`, the string itself. */
void value_print_scalar(struct text *out, const struct value *value);

/* Appends a constant as JSON, formatted as by Python's json.dumps, which is what containers expect. */
void value_print_json(struct text *out, const struct value *value);

/* Appends the path of a GET: "Steps.Train.ModelArtifacts.S3ModelArtifacts". */
void value_print_path(struct text *out, const struct value *get);

/* Appends the path of a JSON relative to its file: "metrics.mse['a b'][0]". */
void value_print_json_path(struct text *out, const struct value *json);

/* The STEP or FILE at the root of a GET or JSON, or the root GET itself. */
const struct value *value_root(const struct value *value);

#endif
