#include "cli/target.h"

#include "base/arn.h"
#include "base/json_tree.h"
#include "base/utf8.h"
#include "cli/command_aws.h"
#include "compile/compile.h"
#include "deploy/history.h"
#include "lint/lint.h"

#include <cjson/cJSON.h>
#include <stdio.h>

/* --- the operand --- */

static bool is_program(const char *operand)
{
	return strcmp(operand, "-") == 0 || command_is_pipe_file(operand);
}

/* Whether a text has only letters, digits and `-` (API reference, PipelineName). AWS checks the rest of the pattern. */
static bool may_be_name(const char *operand)
{
	size_t length = strspn(operand, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-");
	return length && length <= 256 && !operand[length];
}

static enum status compile_operand(struct target *target, const char *path)
{
	struct command *command = target->command;
	const struct source_file *file = command_read_source(command, path, &target->source);
	if (!file)
		return STATUS_OUTSIDE;
	struct program *program = compile_program(&target->program_arena, command_world(command), &command->options.program, file);
	if (!program_has_errors(program)) {
		target->program = program;
		target->pipeline = program->pipeline.name->text;
		return STATUS_DONE;
	}
	lint_suppress(program, NULL);
	command_put_diagnostics(&command->options, program->diags);
	return STATUS_PROGRAM;
}

static enum status read_operand(struct target *target, const char *operand)
{
	bool is_arn = strncmp(operand, "arn:", 4) == 0 && !operand[utf8_find_invalid(operand, strlen(operand))];
	if (is_program(operand))
		return compile_operand(target, operand);
	target->pipeline = is_arn ? execution_pipeline(target->arena, operand) : may_be_name(operand) ? operand : NULL;
	if (!target->pipeline) {
		command_aws_report(SP6076, "the name of a program ends in `.pipe`; a pipeline is given by its name (letters, digits and "
		                           "`-`) or ARN",
		                   "`%s` is neither a program nor a pipeline nor an execution", operand);
		return STATUS_USAGE;
	}
	if (execution_id(operand) != operand)
		target->execution = operand;
	return STATUS_DONE;
}

/* Reads the execution that an option names: by an ARN, or by an ID of letters and digits. */
static enum status read_execution(struct target *target, const char *given)
{
	const char *pipeline = execution_pipeline(target->arena, given);
	bool is_arn = pipeline && execution_id(given) != given && !given[utf8_find_invalid(given, strlen(given))];
	if (!is_arn && !may_be_name(given)) {
		command_aws_report(SP6078, NULL, "`%s` is neither the ARN nor the ID of an execution", given);
		return STATUS_USAGE;
	}
	if (is_arn && target->pipeline && strcmp(pipeline, target->pipeline) != 0) {
		command_aws_report(SP6078, NULL, "execution %s belongs to `%s`, not to `%s`", execution_id(given), pipeline,
		                   target->pipeline);
		return STATUS_USAGE;
	}
	target->pipeline = is_arn ? pipeline : target->pipeline;
	target->execution = given;
	return STATUS_DONE;
}

/* --- the session --- */

static const char *program_text(const struct program *program, const char *name)
{
	const struct field *field = program ? value_field_named(program->pipeline.fields, name) : NULL;
	return field && field->value->kind == VALUE_STRING ? field->value->word->text : NULL;
}

/* The region of the ARN of the operand, else that of the program, or NULL. */
static const char *region_of(struct target *target)
{
	const struct options *options = &target->command->options;
	const char *const texts[] = {target->execution, options->file_count ? options->files[0] : NULL};
	struct arn arn;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (texts[i] && arn_read(&arn, target->arena, texts[i]) && *arn.region)
			return arn.region;
	return program_text(target->program, "Region");
}

enum status target_open(struct target *target, struct command *command)
{
	const struct options *options = &command->options;
	const char *named = options->mode == MODE_RETRY ? options->subject : options->mode == MODE_START ? NULL : options->execution;
	struct aws_failure failure;
	*target = (struct target){.command = command, .arena = &command->arena};
	enum status status = options->file_count ? read_operand(target, options->files[0]) : STATUS_DONE;
	if (status == STATUS_DONE && named)
		status = read_execution(target, named);
	if (status != STATUS_DONE)
		return status;
	target->aws = command_aws_open(target->arena, options, region_of(target), &failure);
	if (target->aws)
		return STATUS_DONE;
	command_aws_put_failure(&failure);
	return STATUS_OUTSIDE;
}

void target_close(struct target *target)
{
	aws_close(target->aws);
	cJSON_Delete(target->described);
	arena_free(&target->program_arena);
	text_free(&target->source);
}

/* --- the deployed pipeline --- */

/* The account of the program: the value of --account, else its field, else that of its role; or NULL. */
static const char *account_of(const struct target *target)
{
	const char *given = target->command->options.program.account, *role = program_text(target->program, "RoleArn");
	struct arn arn;
	if (!target->program || given)
		return target->program ? given : NULL;
	given = program_text(target->program, "Account");
	return given || !role || !arn_read(&arn, target->arena, role) ? given : arn.account;
}

static bool is_right_account(const struct target *target)
{
	struct arn arn;
	const char *account = account_of(target);
	if (!account || !arn_read(&arn, target->arena, target->arn) || strcmp(arn.account, account) == 0)
		return true;
	command_aws_report(SP6031, "use credentials of the program's account, for example with --profile",
	                   "the program's pipeline belongs to account %s, but the deployed pipeline is in account %s",
	                   account, arn.account);
	return false;
}

enum status target_describe(struct target *target, bool may_be_absent)
{
	struct aws_failure failure;
	target->described = history_describe(target->aws, target->pipeline, 0, NULL, &failure);
	const char *arn = json_text(target->described, "PipelineArn");
	if (arn) {
		target->arn = execution_pipeline(target->arena, arn) ? arn : "";
		return is_right_account(target) ? STATUS_DONE : STATUS_OUTSIDE;
	}
	if (!target->described && may_be_absent && aws_is_not_found(&failure))
		return STATUS_DONE;
	if (target->described)
		command_aws_report(SP6010, NULL, "DescribePipeline: the reply has no pipeline ARN");
	else if (!aws_is_not_found(&failure))
		command_aws_put_failure(&failure);
	else
		command_aws_report(SP6076, target->program ? "`sagepipec --upsert` deploys it" : "check the region and the account",
		                   "there is no pipeline `%s` in %s", target->pipeline, aws_region(target->aws));
	return STATUS_OUTSIDE;
}

const char *target_execution(struct target *target)
{
	struct executions list;
	struct aws_failure failure;
	if (target->execution && execution_id(target->execution) != target->execution)
		return target->execution;
	if (target->execution)
		return arena_printf(target->arena, "%s/execution/%s", target->arn, target->execution);
	if (!execution_list(target->aws, target->arena, target->pipeline, 1, &list, &failure)) {
		command_aws_put_failure(&failure);
		return NULL;
	}
	if (list.items.count)
		return list.items.items[0].arn;
	command_aws_report(SP6078, "`sagepipec --start` runs it", "`%s` has not run yet", target->pipeline);
	return NULL;
}
