/* The workspace of an editor: open documents and folders, and the programs compiled from them.
 *
 * The editor owns the text of an open document; the file on the disk is ignored until it is closed. A program is compiled on
 * demand and dropped as soon as anything that it was compiled from changes. A few are cached, so that the next request is fast;
 * memory does not grow with the number of documents or edits. */
#ifndef SP_WORKSPACE_H
#define SP_WORKSPACE_H

#include "host/analyze.h"

/* The compilation of a text. */
struct snapshot {
	struct arena arena;
	struct lint_config lint;
	struct program *program;
	const struct diags *diags; /* of the compilation; later evaluations report to program->diags, which is never shown */
	struct text text;          /* the source of a file that is not open; else empty */
};

struct document {
	struct document *next;
	char *uri;                 /* as the client wrote it */
	char *path;                /* absolute; the URI itself if its scheme is not `file:` */
	int version;
	struct text text;          /* UTF-8 */
	struct snapshot *snapshot; /* of the current text; NULL: not compiled, or dropped */
	uint64_t used;             /* when its snapshot was last used, by the workspace's clock; the least recently used is dropped first */
	uint64_t revision;         /* changes whenever its program may have changed */
	bool is_due;               /* its diagnostics must be published */
	VEC(const char *) inputs;  /* the other files that its last program read: absolute paths */
	struct arena inputs_arena;
	bool lacks_files;          /* its last program did not find a file */
};

struct workspace {
	struct world world;
	struct arena world_arena;
	size_t world_limit;        /* the bytes of interned words at which the world is rebuilt; 0: nothing compiled with it yet */
	struct program_options options; /* of the command line and the editor's settings, with the reader below */
	const char *lint_config;   /* the file named in the settings, or NULL */
	struct document *documents;
	size_t snapshot_count;
	uint64_t clock;            /* counts uses of snapshots and changes of documents */
	char **folders;            /* absolute paths */
	size_t folder_count;
	struct reader reader;      /* reads open documents first, then the disk */
	struct snapshot *visited;  /* the last result of workspace_snapshot_at for a file that is not open, or NULL */
	struct text failures;      /* a line for each lint configuration that could not be read; the server shows and clears them */
};

void workspace_init(struct workspace *workspace, const struct program_options *options);
void workspace_free(struct workspace *workspace);

/* Adds or removes a folder of the editor, by its absolute path. Adding one twice has no effect. */
void workspace_add_folder(struct workspace *workspace, const char *path);
void workspace_remove_folder(struct workspace *workspace, const char *path);

/* The open document of a URI or path, or NULL. */
struct document *workspace_find(const struct workspace *workspace, const char *uri);
struct document *workspace_find_path(const struct workspace *workspace, const char *path);

/* Opens a document, or replaces the text of an open one. Bytes that are not UTF-8 become U+FFFD. */
struct document *workspace_open(struct workspace *workspace, const char *uri, int version, const char *text, size_t length);

/* Replaces a span of a document's text. Offsets after the end count as the end. */
void workspace_edit(struct workspace *workspace, struct document *document, struct span span, const char *text, size_t length);

void workspace_close(struct workspace *workspace, struct document *document);

/* Call this after a file has changed on the disk. Each document whose program read it, or did not find a file, becomes due. */
void workspace_touch(struct workspace *workspace, const char *path);

/* Call this after a change that may affect every program, such as of the settings. Every document becomes due. */
void workspace_touch_all(struct workspace *workspace);

/* The snapshot of a document's current text: compiled and linted, with values and types kept. It lives until the next call of a
 * function here that compiles or changes something. */
const struct snapshot *workspace_snapshot(struct workspace *workspace, struct document *document);

/* Sets `fixed` to the document's text after its safe fixes, applied repeatedly until none is left (at most FIX_ROUNDS times); false,
 * with an empty text, when there are none. This function compiles. */
bool workspace_fix(struct workspace *workspace, struct document *document, struct text *fixed);

/* Lists the .pipe files in the folders, and the open documents, each once, as sorted absolute paths in `arena`. Leaves out files and
 * folders whose name begins with a `.`, and `node_modules`. */
struct path_list {
	const char **items;
	size_t count, room;
};
void workspace_list_files(struct workspace *workspace, struct arena *arena, struct path_list *paths);

/* The snapshot of a file, open or on the disk; NULL when the file cannot be read. It lives until the next call of a function here
 * that compiles or changes something. */
const struct snapshot *workspace_snapshot_at(struct workspace *workspace, const char *path);

#endif
