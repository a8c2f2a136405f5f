/* Assets: the project's files that a program uses, what they consist of, and where they will be in S3.
 *
 * `file("a.py")` makes an asset. Texts, folders and archives that the program makes are assets too. The URI of an asset holds its
 * digest, so an unchanged asset keeps its URI:
 *
 *     <Pipeline.Assets>/<SHA-256>/<name>
 *     <Pipeline.Assets>/<SHA-256>             of a folder: the prefix of its files
 *
 * The digest of a file or text is that of its bytes. The digest of a folder or archive is that of a text with a line for each
 * file: its digest, two spaces and its name, as `sha256sum` prints it. Files are read in pieces, only through the reader of the
 * program's options; a program without a reader has no files. Nothing is uploaded here. */
#ifndef SP_ASSETS_H
#define SP_ASSETS_H

#include "base/archive/archive_maker.h"
#include "base/digest.h"
#include "eval/assets/ignore.h"
#include "eval/eval.h"
#include "eval/project.h"

enum asset_kind { ASSET_FILE, ASSET_TEXT, ASSET_FOLDER, ASSET_ARCHIVE, ASSET_ZIP };

/* "file", "text", "folder", "archive", "zip". */
const char *assets_kind_name(enum asset_kind kind);

/* One file of an asset: a file on disk, a text, or another archive. */
struct asset_part {
	const char *name;          /* relative to the folder or archive; in a FILE or TEXT, the asset's own name */
	const char *path;          /* a file: its path for the reader; else NULL */
	const char *bytes;         /* a text: its bytes; else NULL */
	const struct asset *made;  /* an archive: the ARCHIVE or ZIP; else NULL */
	uint64_t size;             /* in bytes; of an archive, as in `struct asset` */
	char digest[DIGEST_ROOM];
};

struct asset {
	enum asset_kind kind;
	const struct word *uri;
	const char *name;          /* at the end of the URI; "" for a FOLDER */
	const char *source;        /* the path of a file or folder, for the reader; NULL for an asset that the program makes */
	uint64_t size;             /* in bytes; of a FOLDER, ARCHIVE or ZIP: the sum of its files, unpacked */
	char digest[DIGEST_ROOM];
	const struct asset_part *parts; /* sorted by name; a FILE or TEXT has one */
	size_t part_count;
};

/* The assets that the calls of a program have made so far. */
struct assets {
	VEC(const struct asset *) list; /* in the order of first use; each URI once */
	struct map by_uri;              /* struct asset */
	struct map by_source;           /* struct asset, by kind, path and exclusions, so that nothing is read twice */
	struct map json;                /* struct value: the result of readjson, by path */
	const char *output;             /* the real path of the compilation's output, once `has_output` is set; or NULL */
	bool has_output;
	const struct ignore_rules *default_rules; /* NULL before they are first needed */
	struct map ignore_files;        /* struct ignore_rules: the ignore files that were read, by path */
};

/* The assets of a program, created empty on the first call. */
struct assets *assets_of(struct program *program);

/* The asset with this URI, or NULL. */
const struct asset *assets_find(const struct program *program, const struct word *uri);

/* Writes the bytes that will be at the URI of an asset, not a FOLDER, to `sink`. The bytes are the same every time. False with
 * errno, which is 0 when the sink refused bytes or a file has changed since the asset was made. */
bool assets_write(const struct reader *reader, const struct asset *asset, const struct archive_sink *sink);

/* The same for one file of an asset, such as a folder. */
bool assets_write_part(const struct reader *reader, const struct asset_part *part, const struct archive_sink *sink);

/* Assets that calls of functions make (assets_make.c). `node` is the call. A mistake in an argument is reported where the
 * argument is written. */

/* The asset of a path; NULL after a report. `without` lists the ignore patterns of the call; NULL for a FILE, and for the default
 * patterns. */
const struct asset *assets_from_path(struct eval *eval, const struct node *node, enum asset_kind kind,
                                     const struct value *path, const struct value *without);

/* A FOLDER, ARCHIVE or ZIP of the assets whose URIs are the values in the object `files`, by their names; NULL after a report. */
const struct asset *assets_from_object(struct eval *eval, const struct node *node, enum asset_kind kind,
                                       const struct value *files);

/* A TEXT of this name; NULL after a report. */
const struct asset *assets_from_text(struct eval *eval, const struct node *node, const struct value *name,
                                     const struct value *text);

/* Paths (assets_paths.c) */

/* Where a path of the program leads. */
struct location {
	const char *path;   /* for the reader */
	const char *real;   /* absolute, without links */
	const char *bytes;  /* of a file of the library, which has no `path` and `real`; else NULL */
	size_t length;      /* of `bytes` */
	bool is_good;       /* false after a report */
};

/* Finds the file (PATH_FILE) or folder (PATH_FOLDER) that the text `path`, an argument of the call `node`, names. The path is
 * relative to the file in which the text stands, and may not leave the project. Notes it as an input of the program. */
struct location assets_locate(struct eval *eval, const struct node *node, const struct value *path, enum path_kind wanted);

/* What is wrong with the name of a file (relative, parts separated by `/`) as an S3 key or in an archive, for a message: "a `~`".
 * NULL for a good name. */
const char *assets_name_flaw(const char *name);

/* The real path of the compilation's output, which need not exist yet; NULL if there is none. */
const char *assets_output(struct program *program);

/* Folders (assets_walk.c) */

struct asset_parts {
	struct asset_part *items;
	size_t count, room;
};

/* The default ignore patterns: `ignored_files()` of the library, in the program's arena. */
const struct ignore_rules *assets_default_rules(struct program *program);

/* Lists all files below a folder except ignored ones, sorted. Their contents are not read. False after a report.
 *
 * Three lists of patterns apply, from weak to strong: the default patterns, unless `without` replaces them; the ignore files of
 * the project's folder and of the folders below it, each stronger than that of the folder around it; and `without`, the patterns
 * of the call. An ignore file itself is never listed. A folder with a `pyvenv.cfg` is ignored like the default patterns.
 *
 * Reports an output of the compilation (`program_options`) that would be among the files. */
bool assets_walk(struct eval *eval, const struct node *node, const struct value *path, const struct location *folder,
                 const struct value *without, struct asset_parts *parts);

/* Sorts parts by name. */
void assets_sort_parts(struct asset_parts *parts);

#endif
