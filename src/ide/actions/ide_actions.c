#include "ide/actions/ide_actions.h"

#include "ide/actions/ide_blocks.h"
#include "ide/actions/ide_extract.h"
#include "ide/actions/ide_strings.h"

void ide_list_rewrites(struct ide_actions *actions)
{
	ide_list_extractions(actions);
	ide_list_inlines(actions);
	ide_list_strings(actions);
	ide_list_clauses(actions);
}
