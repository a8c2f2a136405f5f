/* The project's files that a program uses: what they are made of, and where they will be in S3.
 *
 * `file("a.py")` is an asset, and so are texts, folders and archives that the program makes. Its URI is
 *
 *     Pipeline.Assets / SHA-256 / name        of a folder, the prefix of its files: Pipeline.Assets / SHA-256
 *
 * so that what is unchanged keeps its URI. The digest is that of the bytes that will be there; that of a folder or archive
 * is of a text with a line for each file in it, its digest, two blanks and its name, as `sha256sum` prints it. Files are read, in
 * pieces, and nothing is sent anywhere. Only through the reader of the program's options; a program without one has no
 * files. Mistakes are reported here, at the path that the program writes. */
#ifndef SP_ASSETS_H
#define SP_ASSETS_H

#include "base/archive/archive_maker.h"
#include "base/digest.h"
#include "eval/eval.h"

enum asset_kind { ASSET_FILE, ASSET_TEXT, ASSET_FOLDER, ASSET_ARCHIVE, ASSET_ZIP };

/* "file", "text", "folder", "archive", "zip". */
const char *assets_kind_name(enum asset_kind kind);

/* A file of which an asset is made: one on the disk, a text, or an archive in turn. */
struct asset_part {
	const char *name;          /* below the folder or in the archive; the asset's own for a FILE or TEXT */
	const char *path;          /* for the reader, or NULL */
	const char *bytes;         /* a text, or NULL */
	const struct asset *made;  /* an ARCHIVE or ZIP, or NULL */
	uint64_t size;             /* as that of an asset */
	char digest[DIGEST_ROOM];
};

struct asset {
	enum asset_kind kind;
	const struct word *uri;
	const char *name;          /* at the end of the URI; "" for a FOLDER */
	const char *source;        /* the path of the file or folder, for the reader; NULL when the program made it */
	uint64_t size;             /* of a FOLDER, ARCHIVE or ZIP: of all files in it together */
	char digest[DIGEST_ROOM];
	const struct asset_part *parts; /* sorted by their names; one for a FILE or TEXT */
	size_t part_count;
};

/* What the program's file functions made so far. */
struct assets {
	VEC(const struct asset *) list; /* in the order of their first use; each URI once */
	struct map by_uri, by_source;   /* the second by what was asked for, so that nothing is read twice */
	struct map json;                /* what readjson made of a file, by its path */
	const char *project;            /* its folder, absolute, without links; NULL before it is asked for */
};

/* The same for a program that has none yet. */
struct assets *assets_of(struct program *program);

/* Hands the bytes that will be at the asset's URI, which is no FOLDER, to `sink`: a second time they are the same. False
 * with errno, which is 0 when the sink refused or a file has changed since the asset was made. */
bool assets_write(const struct reader *reader, const struct asset *asset, const struct archive_sink *sink);

/* The same of one file of an asset, such as a folder. */
bool assets_write_part(const struct reader *reader, const struct asset_part *part, const struct archive_sink *sink);

/* The asset of the path `path`, an argument of the call `node`, or NULL after a report. Of a folder, what `without` (a
 * list of patterns) names is left out; NULL for a FILE. */
const struct asset *assets_from_path(struct eval *eval, const struct node *node, enum asset_kind kind,
                                     const struct value *path, const struct value *without);

/* A FOLDER, ARCHIVE or ZIP of the assets whose URIs are the values of the object `files`; NULL after a report. */
const struct asset *assets_from_object(struct eval *eval, const struct node *node, enum asset_kind kind,
                                       const struct value *files);

/* A TEXT; NULL after a report. */
const struct asset *assets_from_text(struct eval *eval, const struct node *node, const struct value *name,
                                     const struct value *text);

/* Paths (assets_paths.c) */

/* What a path of the program leads to. */
struct location {
	const char *path;   /* for the reader */
	const char *real;   /* absolute and without links */
	const char *bytes;  /* of a file of the library, which has no `path`; else NULL */
	size_t length;
	bool is_good;       /* false after a report */
};

/* Finds the file (PATH_FILE) or folder (PATH_FOLDER) that the text `path`, an argument of the call `node`, leads to:
 * from the file in which the text stands, and not out of the project. Notes it as an input of the program. */
struct location assets_locate(struct eval *eval, const struct node *node, const struct value *path, enum path_kind wanted);

/* Whether a resolved path is in the project's folder. */
bool assets_is_inside(struct program *program, const char *real);

/* What an S3 key or archive should not have in the name of a file (relative, divided by `/`), for a message; NULL when
 * the name is good. */
const char *assets_name_flaw(const char *name);

/* The folder of a file as a path: "." for a bare name. */
const char *assets_folder_of(struct arena *arena, const char *path);

/* Folders (assets_walk.c) */

struct asset_parts {
	struct asset_part *items;
	size_t count, room;
};

/* Whether a name is as a pattern of `without` says: `*` stands for any text without `/`. */
bool assets_name_matches(const char *pattern, const char *name);

/* All files below a folder but those that `without` names, sorted; not read yet. False after a report. */
bool assets_walk(struct eval *eval, const struct node *node, const struct value *path, const struct location *folder,
                 const struct value *without, struct asset_parts *parts);

#endif
