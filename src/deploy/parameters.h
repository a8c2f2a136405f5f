/* The parameters of a pipeline and their values for one execution. Values are read from text and JSON, checked, and written in
 * the form that StartPipelineExecution takes. Nothing here sends, prints or reads files. */
#ifndef SP_PARAMETERS_H
#define SP_PARAMETERS_H

#include "eval/program.h"

struct cJSON;

/* A parameter. Its strings live in the arena or belong to the program. */
struct parameter {
	const char *name;           /* its name in the program; the same as `emitted` if there is only a definition */
	const char *emitted;        /* its name in the definition */
	const struct type *type;    /* including its limits */
	const char *const *allowed; /* the values after `in`, as text */
	size_t allowed_count;
	bool has_default;
	const char *value;          /* as the service takes it; NULL: not set, so the default applies */
};

/* A wrong value, name or file: a code, a message, and one line of help, or NULL. */
struct parameter_error {
	enum diag_code code;
	const char *message, *help;
};

struct parameters {
	struct arena *arena;
	struct patterns patterns;
	struct names names;
	VEC(struct parameter) items;
	VEC(struct parameter_error) errors; /* in the order of detection */
};

/* Initializes with a program's parameters, except those that its definition leaves out. */
void parameters_of_program(struct parameters *parameters, struct arena *arena, const struct program *program);

/* Initializes with the parameters of a definition. */
void parameters_of_definition(struct parameters *parameters, struct arena *arena, const struct cJSON *definition);

/* Sets the value of a parameter by its name in the program or in the definition. `text` is the value as on a command line. It
 * replaces an earlier value. `from` names the source in error messages, such as "-p". */
void parameters_set(struct parameters *parameters, const char *from, const char *name, const char *text);

/* Sets all values in a JSON text: either an object whose values have the parameters' types, or a list of `Name` and `Value`, as
 * AWS's own tools take it, whose values are strings. `file` is its name in error messages. */
void parameters_set_json(struct parameters *parameters, const char *file, const char *text, size_t length);

/* Reports parameters that have neither a value nor a default, all in one error, and too many values. */
void parameters_require(struct parameters *parameters);

/* Appends PipelineParameters, a JSON list of `Name` and `Value` for each value that was set. All values are strings. */
void parameters_write(struct text *out, const struct parameters *parameters);

#endif
