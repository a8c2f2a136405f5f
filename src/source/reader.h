/* How a compilation reads files: a table of functions that its caller provides.
 *
 * The compiler itself opens no file. The command reads the disk (file_reader of host/file.h), an editor prefers the
 * texts of its open documents, and a test may provide anything. A path is as the program writes it, joined to the
 * folder of the file that contains it. */
#ifndef SP_READER_H
#define SP_READER_H

#include "base/text.h"

#include <stdbool.h>

enum path_kind { PATH_NONE, PATH_FILE, PATH_FOLDER, PATH_OTHER };

struct reader {
	void *context;
	/* Reads a file into `text`, which the caller frees. If the file is longer than `limit`, reading may stop after
	 * limit + 1 bytes: the caller rejects it. False, with errno and an empty text, if it cannot be read. */
	bool (*read)(void *context, const char *path, size_t limit, struct text *text);
	/* Passes the bytes of a file to `take`, piece by piece from first to last, until it returns false. False with
	 * errno 0 if `take` returned false; false with another errno if the file cannot be read. */
	bool (*stream)(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into);
	/* What a path refers to, following symbolic links. */
	enum path_kind (*kind)(void *context, const char *path);
	/* Calls `visit` for each name in a folder except `.` and `..`, in no particular order. False, with errno, if
	 * the folder cannot be read. */
	bool (*list)(void *context, const char *path, void (*visit)(void *into, const char *name), void *into);
	/* Appends the absolute path, without symbolic links, `.` and `..`, to `real`, which is empty. False, with
	 * errno, if the path cannot be resolved. */
	bool (*resolve)(void *context, const char *path, struct text *real);
};

#endif
