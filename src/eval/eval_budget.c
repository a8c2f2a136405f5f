/* Limits on evaluation: a budget of work, and a maximum depth. Without them, a short program could ask for unbounded values. */
#include "eval/eval.h"

enum {
	BASE_WORK = 1000000,
	WORK_PER_NODE = 100
};

void eval_open_budget(struct program *program, size_t node_count)
{
	program->work = BASE_WORK + (uint64_t)WORK_PER_NODE * node_count;
}

static void report_work(struct eval *eval, const struct node *node)
{
	if (!eval->program->work)
		return;
	eval->program->work = 0;
	struct diag *diag = eval_report(eval, SP1204, node, "evaluating this program takes too many operations or makes too large a value");
	diag->related = NULL;
	diag_help(diag, "limit what grows with each `let`, call or iteration of `for`: a pipeline is at most a few megabytes");
}

bool eval_spend(struct eval *eval, const struct node *node, uint64_t work)
{
	if (work < eval->program->work)
		eval->program->work -= work;
	else
		report_work(eval, node);
	return eval->program->work;
}

static void report_depth(struct eval *eval, const struct node *node)
{
	if (eval->program->is_too_deep)
		return;
	eval->program->is_too_deep = true;
	struct diag *diag = eval_report(eval, SP1203, node, "evaluation goes more than %d levels deep here",
	                                EVAL_MAX_DEPTH);
	diag->related = NULL;
	diag_help(diag, "name a part of it with a `let` above; a value cannot be built from itself without end");
}

bool eval_enter(struct eval *eval, const struct node *node)
{
	if (eval->program->depth >= EVAL_MAX_DEPTH) {
		report_depth(eval, node);
		return false;
	}
	eval->program->depth++;
	return true;
}

void eval_leave(struct eval *eval)
{
	eval->program->depth--;
}

const struct value *eval_admit(struct eval *eval, const struct node *node, const struct value *value)
{
	if (value->weight)
		return value;
	uint32_t weight = value_weigh(value);
	if (value->height >= VALUE_MAX_HEIGHT)
		report_depth(eval, node);
	else if (weight >= VALUE_MAX_WEIGHT)
		report_work(eval, node);
	else if (eval_spend(eval, node, value->weight ? 1 + value->count : weight))
		return value;
	return &value_error;
}
