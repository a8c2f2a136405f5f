/* The least permissions that roles need: IAM policies for the role of the pipeline, for the deployer, and for the other roles
 * that steps and schedules name.
 *
 * The `needs` of a step kind (stdlib/steps) declares which permissions a step needs; stdlib/policy.pipe declares those of
 * deployment. Here their statements are evaluated, completed and merged. The S3 locations, images and KMS keys that a step uses
 * are found in its fields (policy_data.h). Deferred values become `*`. */
#ifndef SP_POLICY_H
#define SP_POLICY_H

#include "eval/program.h"

/* Appends the policies as one JSON object: ExecutionRole, Deployer and, by their ARNs, OtherRoles. For programs without
 * errors. A step with unknown needs is reported as a warning, and the diagnostics are sorted again. */
void policy_write(struct text *out, struct program *program);

#endif
