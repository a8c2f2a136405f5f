/* Code lenses. */
#ifndef SP_LSP_LENSES_H
#define SP_LSP_LENSES_H

#include "lsp/lsp_session.h"

/* Frees the index of references that resolves code lenses. */
void lsp_free_reference_index(struct lsp *lsp);

#endif
