/* Archives whose bytes depend on nothing but the names and bytes of their files.
 *
 * Every file is a plain one that all may read and run (a Lambda's `bootstrap` must be), of nobody, from 1980-01-01, the
 * first day that a zip can express; folders have no entries of their own. Files go in in the order that the caller
 * gives, and bytes come out as they are made: nothing is held in memory. No file is opened here. */
#ifndef SP_ARCHIVE_MAKER_H
#define SP_ARCHIVE_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum archive_form { ARCHIVE_TAR_GZ, ARCHIVE_ZIP };

/* Where the archive's bytes go. False ends the making. */
struct archive_sink {
	void *context;
	bool (*put)(void *context, const void *bytes, size_t length);
};

struct archive_maker;

/* An archive that is begun; archive_maker_end frees it. The sink outlives it. */
struct archive_maker *archive_maker_begin(enum archive_form form, const struct archive_sink *sink);

/* A file of this name (UTF-8, divided by `/`) and size, whose bytes the next calls of archive_maker_add bring. False
 * when the form has no room for it (a zip holds 4 GiB and 65,535 files) or the sink refuses. */
bool archive_maker_file(struct archive_maker *maker, const char *name, uint64_t size);

/* Bytes of the file begun last; false when they are more than its size, or the sink refuses. */
bool archive_maker_add(struct archive_maker *maker, const void *bytes, size_t length);

/* Ends the archive. False when anything went wrong before, a file that stayed shorter than its size included. */
bool archive_maker_end(struct archive_maker *maker);

#endif
