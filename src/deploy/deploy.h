/* Deployment: takes a program live, again and again.
 *
 * A plan is a list of steps: an asset, a function, the pipeline, its tags, a schedule. Each is brought about in order: first what is
 * there is looked at, and what is as it should be is left alone. A failure ends the run; the steps before it stay done and
 * those behind it say that they wait, so that the caller can tell what remains, and another run does only that. Nothing is
 * printed here: the caller is told of each step. */
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

/* What a step is of. */
struct deploy_kind {
	const char *noun;
	/* Brings it about and sets `action` and `detail`; false after a failure. */
	bool (*run)(struct deploy *deploy, struct deploy_step *step, struct aws_failure *failure);
	/* Lists the requests that `run` may send. */
	void (*foresee)(struct deploy *deploy, const struct deploy_step *step);
};

struct deploy_step {
	const struct deploy_kind *kind;
	const char *name;          /* "code/train.py" */
	const char *target;        /* the URI that it goes to, or "" */
	const void *subject;       /* the kind's own */
	enum deploy_action action;
	const char *detail;        /* what was changed or is worth saying, or "" */
};

/* A request that a run would send. */
struct deploy_request {
	const char *when;          /* "if it is not there", or "": always */
	const char *call;          /* as aws_describe has it */
	const char *body;          /* JSON, or what the body is in words, or "" */
};

/* What the caller wants, and how it is told. */
struct deploy_options {
	int64_t expect_version;    /* the pipeline must be of this version; 0: any */
	const char *expect_digest; /* its definition must have this digest; NULL: any */
	const struct aws_clock *clock;
	const char *temporary;     /* the folder of temporary files */
	void *context;             /* of the functions below, which may be NULL */
	void (*begins)(void *context, const struct deploy_step *step);
	void (*sent)(void *context, const struct deploy_step *step, uint64_t bytes, uint64_t of);
	void (*ended)(void *context, const struct deploy_step *step);
};

struct deploy {
	struct arena *arena;
	const struct program *program;
	struct aws *aws;
	const struct deploy_options *options;
	const char *account;       /* the pipeline's */
	const char *assets;        /* Pipeline.Assets where a file is needed for the definition; or NULL */
	VEC(struct deploy_step *) steps;
	VEC(struct deploy_request) requests; /* of deploy_foresee */
	/* known at the end */
	const char *arn;
	int64_t version;           /* 0: AWS did not say */
	char digest[DIGEST_ROOM];  /* of the definition: of its JSON value, not of its spelling */
	bool has_pipeline_changed;
	bool is_created;           /* the pipeline, in this run */
};

/* Reports what a program must say to be deployed and does not, and makes errors of values that AWS is not known to take
 * unless `allows_unknown`; the diagnostics are finished again. */
void deploy_check(struct program *program, bool allows_unknown);

/* The plan for a program without errors that was checked. Nothing is sent. What it makes lives in the arena. */
void deploy_plan(struct deploy *deploy, struct arena *arena, struct program *program, struct aws *aws,
                 const struct deploy_options *options);

/* Runs the plan; nothing is written when the account is another one's or something else is there than was expected. */
bool deploy_run(struct deploy *deploy, struct aws_failure *failure);

/* Fills `requests` with all that a run may send; sends nothing. */
void deploy_foresee(struct deploy *deploy);

/* Whether everything was as it should be. */
bool deploy_changed_nothing(const struct deploy *deploy);

#endif
