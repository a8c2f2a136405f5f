/* Links to AWS's documentation of a shape. */
#ifndef SP_IDE_PAGE_H
#define SP_IDE_PAGE_H

#include "ide/ide.h"

struct ide_page {
	const char *title; /* "CreateTrainingJob", "ResourceConfig" */
	const char *url;
};

/* Finds the page of a shape of stdlib/api (an N_SHAPE), in `arena`; the page of a request or response is that of its operation.
 * False for any other node, and for NULL. */
bool ide_find_page(const struct program *program, struct arena *arena, const struct node *shape, struct ide_page *page);

#endif
