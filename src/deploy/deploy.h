/* Deployment of a program, repeatable at any time.
 *
 * A plan is a list of steps: assets, functions, the pipeline, its tags, schedules. They run in order. Each step first looks at
 * what is deployed, and changes only what differs. A failure ends the run: completed steps stay completed, the remaining ones
 * keep the action WAITING, and another run does only what is missing. Nothing here prints; callbacks report each step. */
#ifndef SP_DEPLOY_H
#define SP_DEPLOY_H

#include "aws/aws.h"
#include "base/digest.h"
#include "eval/program.h"

enum deploy_action {
	DEPLOY_WAITING, DEPLOY_UNCHANGED, DEPLOY_UPLOADED, DEPLOY_CREATED, DEPLOY_UPDATED, DEPLOY_REMOVED, DEPLOY_FAILED
};

/* "waiting", "unchanged", "uploaded" … */
const char *deploy_action_name(enum deploy_action action);

struct deploy;
struct deploy_step;

/* The kind of thing that a step deploys. */
struct deploy_kind {
	const char *noun;
	/* Deploys it, and sets `action` and `detail`; false after a failure. */
	bool (*run)(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure);
	/* Adds the requests that `run` may send to `requests`. Sends nothing. */
	void (*list_requests)(struct deploy *deploy, const struct deploy_step *step);
};

struct deploy_step {
	const struct deploy_kind *kind;
	const char *name;          /* "code/train.py" */
	const char *target;        /* the URI or ARN that it is deployed to, or "" */
	const void *subject;       /* its type depends on the kind */
	enum deploy_action action;
	const char *detail;        /* what has changed, or another remark, or "" */
};

/* A request that a run may send. */
struct deploy_request {
	const char *when;          /* its condition, such as "if it does not exist"; "": always */
	const char *call;          /* as written by aws_describe_request */
	const char *body;          /* JSON, or a description of the body, or "" */
};

struct deploy_options {
	int64_t expect_version;    /* the version that the deployed pipeline must have; 0: any */
	const char *expect_digest; /* the digest that its definition must have; NULL: any */
	const struct aws_clock *clock;
	const char *temporary;     /* the folder for temporary files */
	void *context;             /* of the callbacks below, each of which may be NULL */
	void (*begins)(void *context, const struct deploy_step *step);
	void (*sent)(void *context, const struct deploy_step *step, uint64_t bytes, uint64_t of);
	void (*ended)(void *context, const struct deploy_step *step);
};

struct deploy {
	struct arena *arena;
	const struct program *program;
	struct aws *aws;
	const struct deploy_options *options;
	const char *account;       /* Pipeline.Account */
	const char *assets;        /* Pipeline.Assets if the definition goes to S3, or NULL */
	VEC(struct deploy_step *) steps;
	VEC(struct deploy_request) requests; /* filled by deploy_list_requests */
	/* set by deploy_run: */
	const char *arn;
	int64_t version;           /* 0: AWS did not report it */
	char digest[DIGEST_ROOM];  /* of the definition in canonical JSON, so formatting does not change it */
	bool is_created;           /* this run created the pipeline */
};

/* Reports missing declarations that a deployment needs. Unless `allows_unknown`, turns warnings about values that AWS is not
 * known to accept into errors. Calls diag_finish again. */
void deploy_check(struct program *program, bool allows_unknown);

/* Makes the plan for a program that was checked and has no errors. Sends nothing. The plan lives in the arena. */
void deploy_plan(struct deploy *deploy, struct arena *arena, struct program *program, struct aws *aws,
                 const struct deploy_options *options);

/* Runs the plan. False after a failure. Changes nothing if the credentials are of another account, or if the deployed pipeline
 * does not have the expected version and digest. */
bool deploy_run(struct deploy *deploy, struct aws_failure *failure);

/* Fills `requests` with all requests that a run may send. Sends nothing. */
void deploy_list_requests(struct deploy *deploy);

/* Whether the run found nothing to change. */
bool deploy_is_unchanged(const struct deploy *deploy);

#endif
