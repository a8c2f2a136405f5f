/* What a program must declare to be deployed. */
#include "base/utf8.h"
#include "compile/limits.h"
#include "deploy/deploy_parts.h"
#include "emit/emit.h"
#include "eval/pipeline.h"

bool deploy_has_long_definition(const struct program *program)
{
	struct text definition = {0};
	emit_compact_definition(&definition, program);
	bool is_long = utf8_count(definition.bytes, definition.length) > LIMITS_DEFINITION_MAX;
	text_free(&definition);
	return is_long;
}

/* Reports `Pipeline.NAME` if it has no known value. */
static void require_constant(struct program *program, const char *name)
{
	struct eval eval = {.program = program};
	const struct node *node = node_child(program->pipeline.node, ROLE_NAME);
	pipeline_constant(&eval, node, names_word(&program->world->names, name));
}

/* Turns warnings about unknown values into errors: such a value would fail when its step starts, perhaps hours into the
 * execution. */
static void refuse_unknown(struct diags *diags)
{
	for (struct diag *diag = diags->first; diag; diag = diag->next) {
		bool is_unknown = diag->code == SP3021 || diag->code == SP3031 || diag->code == SP3035;
		if (!is_unknown || diag->severity != SEVERITY_WARNING)
			continue;
		diag->severity = SEVERITY_ERROR;
		diags->errors++;
		diags->warnings--;
		diag_help(diag, "%s%sgive --allow-unknown if AWS accepts it", diag->help ? diag->help : "",
		          diag->help ? "; " : "");
	}
}

void deploy_check(struct program *program, bool allows_unknown)
{
	if (program_has_errors(program))
		return;
	require_constant(program, "RoleArn");
	require_constant(program, "Account");
	if (deploy_has_long_definition(program))
		require_constant(program, "Assets");
	if (!allows_unknown)
		refuse_unknown(program->diags);
	diag_finish(program->diags);
}
