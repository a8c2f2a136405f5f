#include "ide/library.h"

#include "base/embedded.h"
#include "host/file.h"

#include <string.h>
#include <sys/stat.h>

static const struct embedded_file *find_text(const char *name)
{
	if (strcmp(name, "doc/diagnostics.md") == 0)
		return &embedded_diagnostics;
	if (strncmp(name, "stdlib/", 7) != 0)
		return NULL;
	for (size_t i = 0; i < embedded_file_count; i++)
		if (strcmp(embedded_files[i].name, name + 7) == 0)
			return &embedded_files[i];
	return NULL;
}

static bool has_text(const char *path, const struct embedded_file *file)
{
	struct text text;
	bool is_same = file_read(path, file->length, &text) && text.length == file->length &&
	               memcmp(text.bytes, file->text, file->length) == 0;
	text_free(&text);
	return is_same;
}

/* Creates the folders above a file. */
static void make_folders(char *path)
{
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
}

const char *library_path(struct arena *arena, const char *cache_folder, const char *name)
{
	const struct embedded_file *file = find_text(name);
	if (!file)
		return NULL;
	const char *installed = arena_printf(arena, "%s/%s", PKGDATADIR, name);
	if (has_text(installed, file))
		return installed;
	if (!cache_folder)
		return NULL;
	char *copy = arena_printf(arena, "%s/%s", cache_folder, name);
	if (has_text(copy, file))
		return copy;
	make_folders(copy);
	return file_write(copy, file->text, file->length) ? copy : NULL;
}

static bool is_in_stdlib_of(const char *folder, const char *path)
{
	size_t length = folder ? strlen(folder) : 0;
	return length && strncmp(path, folder, length) == 0 && strncmp(path + length, "/stdlib/", 8) == 0;
}

bool library_has(const char *cache_folder, const char *path)
{
	return is_in_stdlib_of(PKGDATADIR, path) || is_in_stdlib_of(cache_folder, path);
}
