/* Whole files: read at once; written completely or not at all. */
#ifndef SP_FILE_H
#define SP_FILE_H

#include "source/reader.h"

/* Reads a file, or standard input for "-", to its end. A file longer than `limit` bytes is read a little beyond the limit, so
 * that the caller can reject it. False with errno and an empty text after a failure. The caller frees the text. */
bool file_read(const char *path, size_t limit, struct text *text);

/* Writes a file by way of a temporary file beside it, so that a failure leaves it unchanged. Its mode stays, and so does a
 * symbolic link to it. False with errno. */
bool file_write(const char *path, const char *bytes, size_t length);

/* Reads from the file system, for compilations. */
extern const struct reader file_reader;

#endif
