#include "eval/project.h"

const char *project_folder_of(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	if (!slash)
		return ".";
	return slash == path ? "/" : arena_copy(arena, path, (size_t)(slash - path));
}

static const char *find_project(struct program *program)
{
	const struct reader *reader = program->options->reader;
	const char *own = program_real_path(program, project_folder_of(program->arena, program->files.items[0]->tree->file->name));
	for (const char *folder = own; folder; folder = project_folder_of(program->arena, folder)) {
		const char *format = strcmp(folder, "/") == 0 ? "%s%s" : "%s/%s";
		if (reader->kind(reader->context, arena_printf(program->arena, format, folder, ".sagepipec.json")) == PATH_FILE)
			return folder;
		if (strcmp(folder, "/") == 0)
			break;
	}
	return own ? own : "";
}

const char *project_folder(struct program *program)
{
	if (!program->project)
		program->project = find_project(program);
	return program->project;
}

static bool is_below(const char *real, const char *folder)
{
	size_t length = strlen(folder);
	if (strcmp(folder, "/") == 0)
		return true;
	return length && strncmp(real, folder, length) == 0 && (real[length] == '/' || !real[length]);
}

bool project_holds(struct program *program, const char *real)
{
	return is_below(real, project_folder(program));
}

bool project_imports(const struct program *program, const char *real)
{
	for (size_t i = 0; i < program->options->import_folder_count; i++) {
		const char *folder = program_real_path(program, program->options->import_folders[i]);
		if (folder && is_below(real, folder))
			return true;
	}
	return false;
}
