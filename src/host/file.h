/* Whole files: read at once; written completely or not at all. */
#ifndef SP_FILE_H
#define SP_FILE_H

#include "source/reader.h"

/* Reads a file, or standard input for "-", to its end. A file longer than `limit` bytes is read a little beyond the limit, so
 * that the caller can reject it. False with errno and an empty text after a failure. The caller frees the text. */
bool file_read(const char *path, size_t limit, struct text *text);

/* Writes a file through a temporary file in the same folder, so that a failure leaves it unchanged. Keeps its mode, and keeps
 * symbolic links. Writes directly to a device or pipe. False with errno. */
bool file_write(const char *path, const char *bytes, size_t length);

/* How a compilation reads the file system. */
extern const struct reader file_reader;

#endif
