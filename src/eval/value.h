/* Values: what an expression is, as far as that is known before the pipeline runs.
 *
 * The shape of every list and object is known; only scalars may be deferred to the run. Values are immutable
 * once made and shared freely; they live in the program's arena. */
#ifndef SP_VALUE_H
#define SP_VALUE_H

#include "types/type.h"

enum value_kind {
	VALUE_ERROR,     /* a mistake was reported; converts to everything silently */
	VALUE_NULL,
	VALUE_BOOLEAN,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_OBJECT,
	/* deferred: */
	VALUE_GET,       /* a parameter, an execution variable, a property of a step: Get */
	VALUE_JSON,      /* a scalar in a JSON file: Std:JsonGet */
	VALUE_JOIN,      /* text put together at run time: Std:Join */
	VALUE_CONDITION, /* what an operator makes of deferred operands: only a condition may use it */
	/* known when compiling, but nothing that a field could hold: */
	VALUE_STEP,      /* a step, to be read by property */
	VALUE_FILE,      /* a property file or s3json(), to be looked into */
	VALUE_OUTPUTS,   /* the typed outputs of a step, to be read by name */
	VALUE_INSTANCE,       /* a component in use, of which exports are read */
	VALUE_SPACE      /* `Pipeline`, `Execution`, `Step`, `PipelineExperimentConfig` */
};

/* How a VALUE_GET or VALUE_JSON goes one step further than its parent. */
enum access {
	ACCESS_MEMBER,    /* .name */
	ACCESS_KEY,       /* ['name'] */
	ACCESS_POSITION,  /* [position] */
	ACCESS_TEXT,      /* a JsonGet path written as text */
	ACCESS_PARAMETER, /* a root: Parameters.name */
	ACCESS_EXECUTION, /* a root: Execution.name */
	ACCESS_EXPERIMENT /* a root: PipelineExperimentConfig.name */
};

enum space { SPACE_PIPELINE, SPACE_EXECUTION, SPACE_STEP, SPACE_EXPERIMENT };

struct step;
struct instance;

/* The use of a function, kind or component that led to a value: for related places. */
struct call_frame {
	const struct call_frame *outer;
	const struct node *call;        /* N_CALL, or the N_NAME of a kind or component */
	const struct node *declaration; /* of what is used */
};

struct field {
	const struct word *name;
	const struct value *value;
	const struct node *at; /* N_FIELD, or what else made it */
};

enum { VALUE_MAX_HEIGHT = 1000, VALUE_MAX_WEIGHT = 4000000 };

struct value {
	uint8_t kind;
	uint8_t access;      /* GET, JSON */
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
	uint32_t height : 10;        /* of what is made of values: how deep it nests; 0 before value_weigh */
	uint32_t weight : 22;        /* of the same: how much there is to go through; 0 before value_weigh */
	const struct node *at;       /* where it is written; NULL when it is from the command line */
	const struct call_frame *frame;   /* the use that led there, or NULL */
	const struct type *type;     /* GET: of what is referred to; OBJECT: what it was declared as, or NULL */
	union {
		const struct word *word;           /* STRING: text; NUMBER: digits; GET, JSON: name; JOIN: `On` */
		struct step *step;                 /* STEP, OUTPUTS */
		struct instance *instance;                   /* USE */
		const struct value *under;         /* LIST: the weaker one, for places that merge by a key; or NULL */
	};
	union {
		const struct value **items;        /* LIST, JOIN, CONDITION */
		const struct field *fields;        /* OBJECT */
		const struct value *parent;        /* GET, JSON: a GET, JSON, STEP or FILE; NULL for a root */
		const struct word *file;           /* FILE of a step: the property file's name, with `step` */
		const struct value *uri;           /* FILE by s3json: a JOIN, with `step` NULL */
	};
};

extern const struct value value_error;

bool value_is_deferred(const struct value *value);

/* BOOLEAN, NUMBER or STRING. */
bool value_is_constant_scalar(const struct value *value);

/* A scalar that may become a part of text: constant or deferred, but not a condition. */
bool value_is_scalar(const struct value *value);

/* Known to the last scalar: nothing deferred in it. */
bool value_is_constant(const struct value *value);

/* Whether a number is written without fraction and exponent. */
bool value_is_integer(const struct value *value);

/* The field of an object, or NULL. */
const struct field *value_field(const struct value *object, const struct word *name);
const struct field *value_field_named(const struct value *object, const char *name);

/* Finds the height and weight of a value, once, and gives the weight; both stop at what their bits hold. Values share
 * their parts, so that little text may make more than can ever be gone through: who makes values asks first. */
uint32_t value_weigh(const struct value *value);

/* What going through a text costs, in the unit of weights. */
uint32_t value_text_weight(size_t length);

/* Whether two constant values are the same; numbers by value. */
bool value_equal(const struct value *a, const struct value *b);

/* What a value is, for messages: "the number 50", "a list", "a property of step `Train`". */
const char *value_noun(struct arena *arena, const struct value *value);

/* The type of a value as far as one can say; TYPE_ANY when one cannot. */
const struct type *value_type(const struct value *value);

/* Appends a constant scalar as text: `50`, `0.2`, `true`, the string itself. */
void value_print_scalar(struct text *out, const struct value *value);

/* Appends a constant as JSON, as Python's json.dumps writes it: the text that containers are used to. */
void value_print_json(struct text *out, const struct value *value);

/* Appends the path of a GET: "Steps.Train.ModelArtifacts.S3ModelArtifacts". */
void value_print_path(struct text *out, const struct value *get);

/* Appends the path of a JSON below its file: "metrics.mse['a b'][0]". */
void value_print_json_path(struct text *out, const struct value *json);

/* The STEP or FILE at the root of a GET or JSON, or the root GET itself. */
const struct value *value_root(const struct value *value);

#endif
