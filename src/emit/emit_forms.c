#include "emit/emit_forms.h"

#include "compile/limits.h"
#include "emit/emit.h"
#include "emit/emit_files.h"
#include "emit/policy.h"
#include "emit/template.h"

static void write_definition(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	emit_definition(out, program);
}

static void write_request(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	emit_request(out, program);
}

static void write_manifest(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	emit_manifest(out, program);
}

static void write_rule(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	emit_deps(out, program, files->target, files->source);
}

static void write_cloudformation(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	template_cloudformation(out, program);
}

static void write_terraform(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	template_terraform(out, program);
}

static void write_policies(struct text *out, struct program *program, const struct emit_rule_files *files)
{
	(void)files;
	policy_write(out, program);
}

const struct emit_form emit_forms[] = {
	{"definition", "json", write_definition, false, false},
	{"request", "json", write_request, false, false},
	{"manifest", "json", write_manifest, false, false},
	{"deps", NULL, write_rule, false, true},
	{"cloudformation", "json", write_cloudformation, true, false},
	{"terraform", "json", write_terraform, true, false},
	{"iam-policy", "json", write_policies, false, false},
};

enum { FORM_COUNT = sizeof emit_forms / sizeof *emit_forms };

const char *emit_form_name(size_t index)
{
	return index < FORM_COUNT ? emit_forms[index].name : NULL;
}

const struct emit_form *emit_find_form(const char *name)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (strcmp(emit_forms[i].name, name) == 0)
			return &emit_forms[i];
	return NULL;
}

/* Reports a definition that is too long. A request has it on one line, so that form is measured. */
static void check_size(struct program *program)
{
	struct text compact = {0};
	emit_compact_definition(&compact, program);
	limits_check_size(program, &compact);
	text_free(&compact);
}

void emit_write_form(struct text *out, const struct emit_form *form, struct program *program, const struct emit_rule_files *files)
{
	if (emit_definition(out, program) > LIMITS_DEFINITION_MAX && !form->is_template)
		check_size(program);
	if (form->write == write_definition)
		return;
	out->length = 0;
	form->write(out, program, files);
}
