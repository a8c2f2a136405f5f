/* Reproducible archives: their bytes depend only on the names and bytes of their files.
 *
 * Every entry is a regular file that everyone may read and execute (a Lambda's `bootstrap` must be executable), with
 * user and group 0 where the format has them, dated 1980-01-01, the first day that a zip file can express. Folders
 * have no entries. Files are written in the caller's order, and bytes go to the sink as they are produced: only the
 * directory of a zip file is held in memory. No file is opened here. */
#ifndef SP_ARCHIVE_MAKER_H
#define SP_ARCHIVE_MAKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum archive_form { ARCHIVE_TAR_GZ, ARCHIVE_ZIP };

/* Receives the archive's bytes. If `put` returns false, the archive has failed. */
struct archive_sink {
	void *context;
	bool (*put)(void *context, const void *bytes, size_t length);
};

struct archive_maker;

/* Begins an archive; archive_maker_end frees it. The sink must outlive it. */
struct archive_maker *archive_maker_begin(enum archive_form form, const struct archive_sink *sink);

/* Begins a file with this name (UTF-8, separated by `/`) and size; the following calls of archive_maker_add provide
 * its bytes. False if the previous file got too few bytes, if a zip file has 65,535 files already, or if the sink failed.
 * Beyond the 4 GiB that a zip file can hold, this and the calls below fail. */
bool archive_maker_file(struct archive_maker *maker, const char *name, uint64_t size);

/* Adds bytes to the current file. False if they exceed its size or the sink failed. */
bool archive_maker_add(struct archive_maker *maker, const void *bytes, size_t length);

/* Ends the archive. False if any call failed, or if a file got fewer bytes than its size. */
bool archive_maker_end(struct archive_maker *maker);

#endif
