/* References in the whole workspace, for textDocument/references and for renaming. */
#ifndef SP_LSP_REFER_H
#define SP_LSP_REFER_H

#include "ide/ide_refer.h"
#include "lsp/lsp_places.h"

/* A reference, in memory that lives as long as the request. */
struct lsp_reference {
	const char *path, *uri;
	uint32_t offset;
	struct lsp_range range;
};

struct lsp_reference_list {
	struct lsp_reference *items;
	size_t count, room;
};

/* The name at the request's position; false after a failure, or if there is no name. */
bool lsp_find_name(struct lsp_request *request, struct lsp_target *target, struct ide_name *name);

/* Identifies a declaration by its name and place, so that any program can be searched for it. Lives as long as the request. */
struct ide_subject lsp_make_subject(struct lsp_request *request, const struct program *program, const struct node *declaration);

/* Calls `visit` for each program of the workspace that refers to the subject, with its references, until `visit` returns false.
 * Open documents have their text in the editor. Returns false if `visit` did, or if the request was cancelled. */
typedef bool lsp_program_visitor(void *context, struct program *program, const struct ide_references *references);
bool lsp_visit_programs(struct lsp_request *request, const struct ide_subject *subject, lsp_program_visitor *visit, void *context);

/* Adds a reference to a list. A file that belongs to several programs is visited several times, so the list may have duplicates. */
void lsp_add_reference(struct lsp_request *request, struct lsp_reference_list *list, const struct program *program,
                       const struct ide_reference *reference);

/* Sorts references by file and offset, and removes duplicates. */
void lsp_sort_references(struct lsp_reference_list *list);

#endif
