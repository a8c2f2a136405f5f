/* References over the whole workspace: what the requests for them and for renaming share. */
#ifndef SP_LSP_REFER_H
#define SP_LSP_REFER_H

#include "ide/ide_refer.h"
#include "lsp/lsp.h"

/* A reference, for as long as the request; a file that several programs have gives each of its references several times. */
struct lsp_reference {
	const char *path, *uri;
	uint32_t offset;
	struct lsp_point start, end;
};

/* The name at the request's position; false after a failure, or when there is none. */
bool lsp_find_name(struct lsp_request *request, struct lsp_spot *spot, struct ide_name *name);

/* A declaration as all programs know it, for as long as the request. */
struct ide_subject lsp_subject(struct lsp_request *request, const struct program *program, const struct node *declaration);

/* Calls `visit` with each program of the workspace that may name a subject, and where it does, until it says false. False
 * then, and when the request was cancelled. Unsaved documents are what they are in the editor. */
typedef bool lsp_visit_program(void *context, struct program *program, const struct ide_references *references);
bool lsp_each_program(struct lsp_request *request, const struct ide_subject *subject, lsp_visit_program *visit, void *context);

/* Where references are in their files. */
struct lsp_places {
	struct lsp_reference *items;
	size_t count, room;
};
void lsp_add_place(struct lsp_request *request, struct lsp_places *places, const struct program *program,
                   const struct ide_reference *reference);

/* Puts places in the order of files and offsets, each once. */
void lsp_sort_places(struct lsp_places *places);

/* A place's Range. */
cJSON *lsp_place_range(const struct lsp_reference *place);

#endif
