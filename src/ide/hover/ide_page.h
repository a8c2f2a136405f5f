/* Where AWS describes a structure. */
#ifndef SP_IDE_PAGE_H
#define SP_IDE_PAGE_H

#include "ide/ide.h"

struct ide_page {
	const char *title; /* "CreateTrainingJob", "ResourceConfig" */
	const char *url;
};

/* The page of a shape of stdlib/api (an N_SHAPE), in `arena`: a request or response is described with its operation. False when
 * it is none of AWS's. */
bool ide_find_page(const struct program *program, struct arena *arena, const struct node *shape, struct ide_page *page);

#endif
