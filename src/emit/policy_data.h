/* Permissions for the data of a step: S3 locations, images and KMS keys in its fields. */
#ifndef SP_POLICY_DATA_H
#define SP_POLICY_DATA_H

#include "emit/policy_statement.h"

/* Lets a role read and write the data, pull the images and use the keys of a step. `writes` is the LIST of locations that the
 * step writes to. */
void policy_add_data(struct policy_builder *builder, struct policy *policy, const struct step *step, const struct value *writes);

/* Lets a role read the JSON files whose values a step takes: the service reads them in the role of the pipeline. */
void policy_add_json_files(struct policy_builder *builder, struct policy *policy, const struct step *step);

/* Lets a role delete what a step writes. */
void policy_add_deletions(struct policy_builder *builder, struct policy *policy, const struct step *source);

#endif
