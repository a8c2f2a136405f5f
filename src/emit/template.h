/* Templates for deployment with other tools: CloudFormation and Terraform, both as JSON.
 *
 * A template has the pipeline, its schedules, and the functions that its steps declare. Files are not part of it: it only names
 * them, and they must be in S3 before it is deployed. Only for programs without errors. A field that a template cannot express is
 * reported as a warning. */
#ifndef SP_TEMPLATE_H
#define SP_TEMPLATE_H

#include "emit/emit_writer.h"
#include "eval/program.h"

/* Appends the template. Adds to the program's diagnostics, and sorts them again. */
void template_cloudformation(struct text *out, struct program *program);
void template_terraform(struct text *out, struct program *program);

/* --- what both share (template.c) --- */

/* What a field of a request is called in the template; NULL: the template cannot express it. */
struct template_name {
	const char *request, *name;
};

/* A template being written. */
struct template {
	struct emit_writer writer;
	struct program *program;
	const struct template_name *names; /* the exceptions, ends with NULL; see is_terraform */
	bool is_terraform;                 /* names become snake_case, and `${` and `%{` are escaped in strings; else names stay */
	VEC(const char *) ids;             /* identifiers in use, in the program's arena */
	const char *definition_bucket, *definition_key; /* of a definition that is too long for the template; else NULL */
};

/* Decides whether the template contains the definition. If it is too long, the template names it in S3, at Pipeline.Assets /
 * SHA-256 / definition.json, where the output of `--emit definition` must be. Reports Pipeline.Assets if it is needed and has no
 * value. */
void template_place_definition(struct template *template);

/* A new identifier made of the letters and digits of two words, unique in `ids`. For Terraform, `_` replaces other characters. */
const char *template_new_id(struct template *template, const char *first, const char *second);

/* A new identifier for a schedule. */
const char *template_schedule_id(struct template *template, const struct schedule *schedule);

void template_put_key(struct template *template, const char *key);
void template_put_text(struct template *template, const char *text);

/* Writes a key and its text. */
void template_put_pair(struct template *template, const char *key, const char *text);

/* Writes a key and opens its object; closes an object. */
void template_open(struct template *template, const char *key);
void template_close(struct template *template);

/* Writes a field of a resource, or warns that the template cannot express it. */
void template_put_field(struct template *template, const struct field *field);

/* Writes a value without the members that the template cannot express. */
void template_put_value(struct template *template, const struct value *value);

/* Writes the definition as a string. */
void template_put_definition(struct template *template);

/* Writes the fields of the `pipeline` block that belong to the request, without the name. `write_tags` writes the list of tags
 * if the template needs it in another form; else it is NULL. */
void template_put_pipeline_fields(struct template *template,
                                  void (*write_tags)(struct template *template, const struct value *tags));

/* Whether the program names the pipeline's role. If not, the template has a parameter for it. */
bool template_has_role(const struct program *program);

/* The template's names for the parameter values of a schedule. */
struct given_names {
	const char *object, *list, *name, *value;
};

/* Writes the parameter values of a schedule. */
void template_put_given(struct template *template, const struct schedule *schedule, struct given_names names);

/* The bucket of an S3 URI, copied to the program's arena, and its object key, which points into `uri`. */
const char *template_bucket(struct template *template, const char *uri);
const char *template_object_key(const char *uri);

/* Whether the template names files that must be in S3 before it is deployed. */
bool template_has_files(const struct template *template);

/* Writes the URIs of these files as a list. */
void template_put_asset_uris(struct template *template);

#endif
