/* The parameters of a pipeline, and the values that one execution gives them: from text and JSON to what
 * StartPipelineExecution takes, checked before anything is sent. Nothing here sends, prints or reads files. */
#ifndef SP_PARAMETERS_H
#define SP_PARAMETERS_H

#include "eval/program.h"

struct cJSON;

/* A parameter. Its strings live in the arena, or as long as the program. */
struct parameter {
	const char *name;           /* in the program; of a definition the same as `emitted` */
	const char *emitted;        /* in the definition */
	const struct type *type;    /* with its limits */
	const char *const *allowed; /* the values after `in`, as text */
	size_t allowed_count;
	bool has_default;
	const char *value;          /* given, as the service takes it; NULL: the default holds */
};

/* What is wrong with what was given: a code, what is said, and one line that says what to do, or NULL. */
struct complaint {
	enum diag_code code;
	const char *message, *help;
};

struct parameters {
	struct arena *arena;
	struct patterns patterns;
	struct names names;
	VEC(struct parameter) items;
	VEC(struct complaint) complaints; /* in the order in which they were found */
};

/* Begins with the parameters that a program declares, as many as are in its definition. */
void parameters_of_program(struct parameters *parameters, struct arena *arena, const struct program *program);

/* Begins with those of a definition. */
void parameters_of_definition(struct parameters *parameters, struct arena *arena, const struct cJSON *definition);

/* Gives a parameter, by its name in the program or in the definition, a value as it is written on a command line. What
 * was given before is forgotten. `from` says where it is written, for complaints: "-p". */
void parameters_give(struct parameters *parameters, const char *from, const char *name, const char *text);

/* Gives all values of a JSON text: an object of values of the parameters' types, or the list of `Name` and `Value` that
 * AWS's own tools take, whose values are text. `file` is its name, for complaints. */
void parameters_give_json(struct parameters *parameters, const char *file, const char *text, size_t length);

/* Complains, once for all, about parameters that have neither a value nor a default. */
void parameters_require(struct parameters *parameters);

/* Appends PipelineParameters, a JSON list of what was given: `Name` and `Value`, which is text always. */
void parameters_write(struct text *out, const struct parameters *parameters);

#endif
