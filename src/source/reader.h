/* How a compilation reads the world outside: a table of functions that its caller hands in.
 *
 * Nothing below the last two layers opens a file. The command reads the disk (file_reader of file.h), an editor
 * what is open in it first, a test whatever it likes. Paths are as the program writes them, joined to the folder of
 * the file that names them. */
#ifndef SP_READER_H
#define SP_READER_H

#include "base/text.h"

#include <stdbool.h>

enum path_kind { PATH_NONE, PATH_FILE, PATH_FOLDER, PATH_OTHER };

struct reader {
	void *context;
	/* Makes `text` the bytes of a file; the caller frees it. False, with errno and an empty text, when it cannot be
	 * read; a file longer than `limit` is read a little further than that, for the caller to refuse. */
	bool (*read)(void *context, const char *path, size_t limit, struct text *text);
	/* Hands the bytes of a file to `take`, from first to last in pieces, until it says false. False when it did, with an
	 * errno of 0, or when the file cannot be read. */
	bool (*stream)(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into);
	/* What a path leads to, symbolic links followed. */
	enum path_kind (*kind)(void *context, const char *path);
	/* Calls `visit` for each name in a folder but `.` and `..`, in no order; false with errno. */
	bool (*list)(void *context, const char *path, void (*visit)(void *into, const char *name), void *into);
	/* Appends the absolute path without links, `.` and `..` to an empty `real`; false with errno. */
	bool (*resolve)(void *context, const char *path, struct text *real);
};

#endif
