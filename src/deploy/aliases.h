/* Aliases of the versions of a pipeline. At most one version has an alias, and AWS does not move one: it is removed from one
 * version, then added to another. In between, no version has it. Nothing here prints. */
#ifndef SP_ALIASES_H
#define SP_ALIASES_H

#include "aws/aws.h"

struct aliases_change {
	const char *arn;            /* of the pipeline */
	const char *const *aliases;
	size_t count;
	int64_t version;            /* that gets them; 0: the newest, whose number is then set */
	/* set by aliases_give */
	size_t given;               /* how many of them the version did not have before */
	int64_t *from;              /* for each alias the version from which it was taken, 0: none; in the arena */
	bool is_missing;            /* after a failure: the pipeline has no such version */
};

/* Gives the aliases to a version, and takes them from others. Looks first, and sends only what is missing. After a lost reply it
 * looks again before anything is repeated. False after a failure, whose message names the aliases that may be on no version. */
bool aliases_give(struct aliases_change *change, struct aws *aws, struct arena *arena, struct aws_failure *failure);

/* The bodies of the requests, in the arena: of ListPipelineVersions, and of UpdatePipelineVersion for version N, where `key` is Add
 * or Remove. */
const char *aliases_list_body(struct arena *arena, const char *arn);
const char *aliases_update_body(struct arena *arena, const char *arn, const char *version, const char *key,
                                const char *const *aliases, size_t count);

#endif
