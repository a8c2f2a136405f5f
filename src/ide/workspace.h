/* What an editor works on: open documents and folders, and programs over them.
 *
 * A document is a text that the editor owns; what is on the disk under its path is not looked at while it is open.
 * Programs are compiled when they are asked for, and thrown away as soon as anything that they were made of changes. A few
 * stay, so that a second question is answered at once; memory does not grow with the number of documents or edits. */
#ifndef SP_WORKSPACE_H
#define SP_WORKSPACE_H

#include "host/analyze.h"

/* What was compiled of a text. */
struct snapshot {
	struct arena arena;
	struct lint_config lint;
	struct program *program;
	const struct diags *diags; /* all that there is to say; questions to the program may report more to its own list, for nobody */
	struct text text;          /* of a file that is not open; a document has its own */
};

struct document {
	struct document *next;
	char *uri;                 /* as the client writes it */
	char *path;                /* absolute; for a URI that is no `file:`, the URI itself */
	int version;
	struct text text;          /* UTF-8 */
	struct snapshot *snapshot; /* of the text as it is now; NULL: not compiled, or thrown away */
	uint64_t used;             /* when its snapshot was last asked for, for the choice of those that stay */
	uint64_t revision;         /* another one whenever its program may be another one than before */
	bool is_due;               /* its diagnostics have to be told */
	VEC(const char *) inputs;  /* what its last program read beside it: absolute paths */
	struct arena inputs_arena;
	bool lacks_files;          /* its last program looked for files that were not there */
};

struct workspace {
	struct world world;
	struct arena world_arena;
	size_t world_limit;        /* the bytes of words at which the world is made anew; 0: there is none yet */
	struct program_options options; /* of the command line and the editor's settings; `reader` is set here */
	const char *lint_config;   /* the file that the settings name, or NULL */
	struct document *documents;
	size_t snapshot_count;
	uint64_t clock;
	char **folders;            /* absolute paths */
	size_t folder_count;
	struct reader reader;      /* the documents first, then the disk */
	struct snapshot *visited;  /* of workspace_snapshot_at; NULL: none */
	struct text failures;      /* lint configurations that could not be read, a line each, for the front to tell */
};

void workspace_init(struct workspace *workspace, const struct program_options *options);
void workspace_free(struct workspace *workspace);

/* Folders of the editor, as absolute paths; one that is there already is not added again. */
void workspace_add_folder(struct workspace *workspace, const char *path);
void workspace_remove_folder(struct workspace *workspace, const char *path);

/* The open document of a URI or path, or NULL. */
struct document *workspace_find(const struct workspace *workspace, const char *uri);
struct document *workspace_find_path(const struct workspace *workspace, const char *path);

/* Opens a document, or gives one that is open a new text. Bytes that are no UTF-8 become U+FFFD. */
struct document *workspace_open(struct workspace *workspace, const char *uri, int version, const char *text, size_t length);

/* Replaces a span of a document's text. A span behind the end is one at the end. */
void workspace_edit(struct workspace *workspace, struct document *document, struct span span, const char *text, size_t length);

void workspace_close(struct workspace *workspace, struct document *document);

/* Something changed on the disk: every document whose program read this path, or may have looked for it, is due. */
void workspace_touch(struct workspace *workspace, const char *path);

/* Everything may be another than before: settings changed. */
void workspace_touch_all(struct workspace *workspace);

/* The program of a document as it is now, linted, with values and types kept. It lives until the next call of any function
 * that compiles or changes anything. */
const struct snapshot *workspace_snapshot(struct workspace *workspace, struct document *document);

/* Makes `fixed` the document's text with its safe repairs, again and again until none is left; false, with an empty text,
 * when there are none. Counts as a function that compiles. */
bool workspace_fix(struct workspace *workspace, struct document *document, struct text *fixed);

/* Lists the .pipe files of the folders and the open documents, each once, as absolute paths in `arena`, in order. Folders
 * whose name begins with a `.`, and `node_modules`, are left out. */
struct path_list {
	const char **items;
	size_t count, room;
};
void workspace_list_files(struct workspace *workspace, struct arena *arena, struct path_list *paths);

/* The program of a file: that of the document when it is open, else one of the disk. NULL when it cannot be read. It lives
 * until the next call of any function that compiles or changes anything. */
const struct snapshot *workspace_snapshot_at(struct workspace *workspace, const char *path);

#endif
