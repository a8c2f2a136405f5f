#include "cli/modes.h"

#include "format/format.h"
#include "host/file.h"
#include "syntax/parse.h"

#include <stdio.h>
#include <unistd.h>

/* The worse of two statuses. */
static enum status worse_status(enum status left, enum status right)
{
	static const enum status order[] = {STATUS_OUTSIDE, STATUS_PROGRAM, STATUS_DIFFERENT};
	for (size_t i = 0; i < sizeof order / sizeof *order; i++)
		if (left == order[i] || right == order[i])
			return order[i];
	return STATUS_DONE;
}

/* Replaces a file. Refuses a read-only file, which a writable folder would let it replace. */
static enum status write_back(const char *path, const struct text *text)
{
	if (access(path, W_OK) != 0 || !file_write(path, text->bytes, text->length))
		return command_fail("cannot write", path);
	return STATUS_DONE;
}

static enum status put_layout(const struct options *options, const char *path, const struct source_file *file, struct format_edits edits)
{
	struct text out = {0};
	enum status status = STATUS_DONE;
	text_puts(&out, "");
	if (options->verifies) {
		if (edits.count)
			format_diff(&out, file->name, file, edits);
		status = worse_status(command_put_result(options, &out), edits.count ? STATUS_DIFFERENT : STATUS_DONE);
	} else if (strcmp(path, "-") == 0) {
		format_apply(&out, file, edits);
		status = command_put_result(options, &out);
	} else if (edits.count) {
		format_apply(&out, file, edits);
		status = write_back(path, &out);
	}
	text_free(&out);
	return status;
}

static enum status format_file(struct command *command, const char *path, struct diags *all)
{
	struct arena arena = {0};
	struct names names;
	struct text text;
	struct diags diags = {.arena = &arena};
	const struct source_file *file = command_read_source(command, path, &text);
	if (!file)
		return STATUS_OUTSIDE;
	names_init(&names, &arena);
	struct tree *tree = parse_file(&arena, &names, &diags, file);
	enum status status = tree->token_count ? put_layout(&command->options, path, file, format_tree(&arena, tree, &diags)) : STATUS_DONE;
	if (diags.errors) { /* warnings alone are left to --check */
		diag_finish(&diags);
		command_keep_diags(all, &diags, NULL);
		status = worse_status(status, STATUS_PROGRAM);
	}
	arena_free(&arena);
	text_free(&text);
	return status;
}

enum status mode_format(struct command *command)
{
	struct diags all = {.arena = &command->arena};
	enum status status = STATUS_DONE;
	for (int i = 0; i < command->options.file_count; i++)
		status = worse_status(status, format_file(command, command->options.files[i], &all));
	if (all.first)
		command_put_diagnostics(&command->options, &all);
	return status;
}
