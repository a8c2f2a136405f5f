/* The least permissions that roles need: IAM policies for the role of the pipeline, for who deploys it, and for the other
 * roles that steps and schedules name.
 *
 * The kind of a step says in stdlib/steps (`needs`) which permissions it needs; stdlib/policy.pipe says those of deployment.
 * Here their statements are evaluated, completed and merged. The S3 locations, images and keys that a step uses are found in
 * its fields (policy_data.h). What only a run knows is `*`. */
#ifndef SP_POLICY_H
#define SP_POLICY_H

#include "eval/program.h"

/* Appends the policies as one JSON object: ExecutionRole, Deployer and, by their ARNs, OtherRoles. For programs without
 * errors. A step with unknown needs is reported as a warning, and the diagnostics are finished again. */
void policy_write(struct text *out, struct program *program);

#endif
