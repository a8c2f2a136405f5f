/* The least that roles must be allowed to do: IAM policies for the role in which the pipeline runs, for whoever deploys it,
 * and for other roles that steps and schedules name.
 *
 * What a step needs its kind says in stdlib/steps (`needs`), what deployment needs stdlib/policy.pipe; here the statements
 * are made, completed and put together. The places in S3, images and keys that a step works with are found in its fields
 * (policy_data.c). What only the run knows is `*`. */
#ifndef SP_POLICY_H
#define SP_POLICY_H

#include "eval/program.h"

/* Appends the policies as one JSON object: ExecutionRole, Deployer and, by their ARNs, OtherRoles. For programs without
 * errors; a step of which nobody knows what it needs is reported as a warning, and the diagnostics are finished again. */
void policy_write(struct text *out, struct program *program);

/* --- what it is made of --- */

struct statement {
	const char *sid;
	VEC(const char *) actions;
	VEC(const char *) resources;
	const struct value *condition;  /* OBJECT, or NULL */
};

struct policy {
	const struct word *role;        /* NULL: that in which the pipeline runs, or the deployer */
	VEC(struct statement *) statements;
};

/* Whose policies are being made, and for which partition, region and account; "*" where nobody says it. */
struct policies {
	struct program *program;
	struct arena *arena;
	const char *partition, *region, *account;
	struct policy execution, deployer;
	VEC(struct policy *) others;
};

/* The statement of this name in a policy, made when it is not there. */
struct statement *policy_statement(struct policies *policies, struct policy *policy, const char *sid);

/* Adds an action, or a resource, that a statement has not yet. */
void policy_statement_act(struct policies *policies, struct statement *statement, const char *action);
void policy_statement_on(struct policies *policies, struct statement *statement, const char *resource);

/* Text of which the run may know parts, which become `*`; of a parameter nothing is known. NULL for what is no text. */
const char *policy_text(struct policies *policies, const struct value *value);

/* The service of an ARN whose region and account are the pipeline's, or that has neither (IAM, S3): "arn:aws:sqs:...:REST". */
const char *policy_arn(struct policies *policies, const char *service, const char *rest);

/* Lets a role read and write the data, images and keys that a step names (policy_data.c). `writes` is the LIST of places
 * that it writes to. */
void policy_add_data(struct policies *policies, struct policy *policy, const struct step *step, const struct value *writes);

#endif
