/* Places in files: the protocol's positions, ranges and URIs, and the document that a request is about. */
#ifndef SP_LSP_PLACES_H
#define SP_LSP_PLACES_H

#include "lsp/lsp_session.h"

/* A Position: line and character from 0, the character in units of the client's encoding. */
struct lsp_position {
	uint32_t line, character;
};

struct lsp_range {
	struct lsp_position start, end;
};

/* The length, in units of the client's encoding, of a code point that has `bytes` bytes in UTF-8. */
uint32_t lsp_count_units(const struct lsp *lsp, size_t bytes);

/* --- from the protocol --- */

/* Converts a Position in a text to an offset. A character beyond its line counts as the end of the line, and a line beyond the text
 * as the end of the text. False if the JSON is not a Position. */
bool lsp_read_position(const struct lsp *lsp, const char *text, size_t length, const cJSON *position, uint32_t *offset);

/* Converts a Range in a text to a span, whose end may be before its start. */
bool lsp_read_range(const struct lsp *lsp, const char *text, size_t length, const cJSON *range, struct span *span);

/* The absolute path of a `file:` URI, in `arena`; NULL for NULL and for other URIs. */
const char *lsp_read_uri(struct arena *arena, const char *uri);

/* The open document that a request is about, compiled. Valid until anything is compiled or changed (workspace.h). */
struct lsp_target {
	struct document *document;
	const struct snapshot *snapshot;
	struct program *program;
	const struct tree *tree;
	const struct source_file *file;
	uint32_t offset;           /* of `position`, if the request has one */
	struct node *node;         /* the innermost node there */
};

/* The document of `textDocument`; NULL after a failure. */
struct document *lsp_find_document(struct lsp_request *request);

/* Compiles the document of `textDocument`; false after a failure. */
bool lsp_open_target(struct lsp_request *request, struct lsp_target *target);

/* Likewise, and reads `position`. */
bool lsp_open_target_position(struct lsp_request *request, struct lsp_target *target);

/* Likewise, and reads `range`, whose end must not be before its start. */
bool lsp_open_target_range(struct lsp_request *request, struct lsp_target *target, struct span *span);

/* Compiles the document of a URI; false, without a failure, if it is not open. */
bool lsp_open_target_uri(struct lsp *lsp, const char *uri, struct lsp_target *target);

/* --- to the protocol --- */

/* The URI of a file; for an open document, as the client wrote it. NULL for a file of the standard library that is not on the disk
 * (library_path). Lives as long as both `arena` and the open document. */
const char *lsp_file_uri(struct lsp *lsp, struct arena *arena, const struct source_file *file);

/* The Position of an offset and the Range of a span. */
struct lsp_position lsp_find_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset);
struct lsp_range lsp_find_range(const struct lsp *lsp, const struct source_file *file, struct span span);

/* A Position, Range, Location or TextEdit as JSON. */
cJSON *lsp_make_position(struct lsp_position position);
cJSON *lsp_make_range(struct lsp_range range);
cJSON *lsp_make_location(const char *uri, struct lsp_range range);
cJSON *lsp_make_text_edit(struct lsp_range range, const char *text);

/* Likewise, for a place in a file. The Location is NULL if the file has no URI (lsp_file_uri). */
cJSON *lsp_file_position(const struct lsp *lsp, const struct source_file *file, uint32_t offset);
cJSON *lsp_file_range(const struct lsp *lsp, const struct source_file *file, struct span span);
cJSON *lsp_file_location(struct lsp *lsp, const struct source_file *file, struct span span);
cJSON *lsp_file_text_edit(const struct lsp *lsp, const struct source_file *file, struct span span, const char *text);

/* Adds a file to a WorkspaceEdit, in the form that the client takes, and returns the list of its edits. Call it once per file. */
cJSON *lsp_add_edited_file(const struct lsp *lsp, cJSON *edit, const char *uri);

#endif
