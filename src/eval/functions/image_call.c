/* image_uri(): what a program says about an image, asked of the tables. */
#include "eval/functions/functions.h"

#include "image/image.h"

static enum diag_code code_of(enum image_argument argument)
{
	switch (argument) {
	case IMAGE_FRAMEWORK:
		return SP3070;
	case IMAGE_VERSION:
		return SP3071;
	case IMAGE_PYTHON:
		return SP3072;
	case IMAGE_REGION:
		return SP3073;
	case IMAGE_SCOPE:
	case IMAGE_ACCELERATOR:
		return SP3074;
	case IMAGE_INSTANCE:
		return SP3075;
	default:
		return SP3076;
	}
}

/* Reports at an argument, or at the call when it was not given. */
static struct diag *report(struct eval *eval, enum diag_code code, const struct node *node, const struct value *arg,
                           const char *message)
{
	const struct node *site = eval->call_site ? eval->call_site : node;
	const struct call_frame *frame = eval->frame;
	while (frame && frame->call != site)
		frame = frame->outer;
	struct value place = {.at = arg->at ? arg->at : site, .frame = frame ? frame->outer : eval->frame};
	return program_report_value(eval->program, code, &place, site, "%s", message);
}

const struct value *functions_call_image_uri(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	const char *asked[IMAGE_ARGUMENT_COUNT] = {NULL};
	struct arena *arena = eval->program->arena;
	for (size_t i = 0; i < count; i++) {
		if (args[i]->kind == VALUE_STRING)
			asked[i] = args[i]->word->text;
		else if (args[i]->kind == VALUE_BOOLEAN)
			asked[i] = args[i]->boolean ? "true" : NULL;
		if (!value_is_deferred(args[i]))
			continue;
		diag_help(report(eval, SP3005, node, args[i],
		                 arena_printf(arena, "an image is chosen when compiling, but %s is known only when the pipeline runs",
		                              value_noun(arena, args[i]))),
		          "make it a `config`");
		return &value_error;
	}
	struct image_answer answer = image_find(arena, asked);
	if (answer.uri)
		return eval_string(eval, node, answer.uri, strlen(answer.uri));
	struct diag *diag = report(eval, code_of(answer.wrong), node, args[answer.wrong], answer.message);
	if (answer.help)
		diag_help(diag, "%s", answer.help);
	return &value_error;
}
