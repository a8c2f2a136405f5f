/* Files, whole: read at once, written at once or not at all. */
#ifndef SP_FILE_H
#define SP_FILE_H

#include "source/reader.h"

/* Reads a file, or standard input for "-", to its end. On failure `text` is empty and errno says why; files
 * longer than `limit` bytes are read a little further than that, for the caller to refuse. The caller frees the text. */
bool file_read(const char *path, size_t limit, struct text *text);

/* Writes a file through a temporary one beside it, so that it is whole or as it was; its mode stays, and a link to it
 * too. False with errno set. */
bool file_write(const char *path, const char *bytes, size_t length);

/* The disk, for compilations. */
extern const struct reader file_reader;

#endif
