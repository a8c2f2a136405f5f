/* The parts of IAM policies: statements that grow as needs are found, and the ARNs of their resources. */
#ifndef SP_POLICY_STATEMENT_H
#define SP_POLICY_STATEMENT_H

#include "eval/program.h"

struct policy_statement {
	const char *sid;
	VEC(const char *) actions;
	VEC(const char *) resources;
	const struct value *condition;  /* OBJECT, or NULL */
};

struct policy {
	const struct word *role;        /* an ARN; NULL: the pipeline's role, or the deployer */
	VEC(struct policy_statement *) statements;
};

/* The policies of a program; everything lives in `arena`. */
struct policy_builder {
	struct program *program;
	struct arena *arena;
	const char *partition, *region, *account; /* of the pipeline; "*" when not known */
	struct policy execution, deployer;
	VEC(struct policy *) others;
};

/* The statement with this Sid in a policy, created if it is missing. */
struct policy_statement *policy_get_statement(struct policy_builder *builder, struct policy *policy, const char *sid);

/* Adds an action or a resource unless the statement has it. */
void policy_add_action(struct policy_builder *builder, struct policy_statement *statement, const char *action);
void policy_add_resource(struct policy_builder *builder, struct policy_statement *statement, const char *resource);

/* A value as text, in which each deferred part is `*`. NULL if `value` is NULL, null or an error. */
const char *policy_text(struct policy_builder *builder, const struct value *value);

/* The ARN of a resource, "arn:aws:sqs:REGION:ACCOUNT:REST", in the pipeline's region and account. ARNs of S3 have neither, those of
 * IAM have no region. */
const char *policy_arn(struct policy_builder *builder, const char *service, const char *rest);

#endif
