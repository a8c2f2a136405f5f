/* Templates for those who deploy with other tools: CloudFormation and Terraform, both as JSON.
 *
 * A template has the pipeline, its schedules, and the functions that its steps declare. Files go to S3 before: the template
 * only names them. Only for programs without errors; what a template has no place for is reported as a warning. */
#ifndef SP_WRAP_H
#define SP_WRAP_H

#include "emit/emit_value.h"
#include "eval/program.h"

/* Appends the template. The program's diagnostics grow, and are finished again. */
void wrap_cloudformation(struct text *out, struct program *program);
void wrap_terraform(struct text *out, struct program *program);

/* --- what both are made of (wrap.c) --- */

/* A name of a field in requests and what a template calls it; NULL: a template has no place for it. */
struct wrap_name {
	const char *request, *template;
};

struct wrap {
	struct writer writer;
	struct program *program;
	const struct wrap_name *names;  /* ends with a NULL; a field that is not there keeps its name */
	bool is_terraform;              /* names in snake_case; `${` and `%{` in texts are escaped */
	VEC(const char *) ids;          /* given so far, in the arena */
	const char *definition_bucket, *definition_key; /* of a definition too long to stand in the template; else NULL */
};

/* Where the definition goes: what `--emit definition` writes is at Pipeline.Assets / SHA-256 / definition.json. Reports when
 * that is needed and nobody says it. */
void wrap_place_definition(struct wrap *wrap);

/* An identifier that the template has not yet, made of two words: letters and digits; for Terraform, `_` too. */
const char *wrap_id(struct wrap *wrap, const char *first, const char *second);

/* The same for a schedule. */
const char *wrap_schedule_id(struct wrap *wrap, const struct schedule *schedule);

/* Writes a key or text of the template. */
void wrap_key(struct wrap *wrap, const char *key);
void wrap_text(struct wrap *wrap, const char *text);

/* Writes a key and a text; a key and the start of an object; the end of an object. */
void wrap_pair(struct wrap *wrap, const char *key, const char *text);
void wrap_open(struct wrap *wrap, const char *key);
void wrap_close(struct wrap *wrap);

/* Writes a field of a resource and its value; one for which there is no place is reported. */
void wrap_field(struct wrap *wrap, const struct field *field);
void wrap_value(struct wrap *wrap, const struct value *value);

/* The definition as one text. */
void wrap_definition(struct wrap *wrap);

/* The fields of the `pipeline` block that the request has; the name is not among them. `write_tags` writes tags that are a
 * list, where a template has something else; or NULL. */
void wrap_pipeline_fields(struct wrap *wrap, void (*write_tags)(struct wrap *wrap, const struct value *tags));

/* Whether the program says in which role the pipeline runs. A template has a parameter for it otherwise. */
bool wrap_has_role(const struct program *program);

/* What a schedule gives to the pipeline's parameters, in the words of the template. */
struct given_names {
	const char *object, *list, *name, *value;
};

void wrap_given(struct wrap *wrap, const struct schedule *schedule, struct given_names names);

/* The bucket and key of an S3 URI, in the arena. */
const char *wrap_bucket(struct wrap *wrap, const char *uri);
const char *wrap_object_key(const char *uri);

/* Whether there are files that must be in S3 before; their URIs, as a list. */
bool wrap_has_files(const struct wrap *wrap);
void wrap_asset_uris(struct wrap *wrap);

#endif
