/* image_uri(): looks up a container image in the tables of images. */
#include "eval/functions/functions_parts.h"

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

/* Reports at an argument, or at the call for a missing argument. The frames of the calls inside `image()` are not shown. */
static struct diag *report(const struct function_call *call, enum diag_code code, const struct value *arg, const char *message)
{
	const struct origin origin = call->eval->origin;
	const struct node *site = program_place(origin, call->node);
	const struct call_frame *frame = origin.frame;
	while (frame && frame->call != site)
		frame = frame->outer;
	struct value place = {.at = arg->at ? arg->at : site, .frame = frame ? frame->outer : origin.frame};
	return program_report_value(call->eval->program, code, &place, site, "%s", message);
}

const struct value *functions_call_image_uri(const struct function_call *call)
{
	const char *asked[IMAGE_ARGUMENT_COUNT] = {NULL};
	struct arena *arena = call->eval->program->arena;
	for (size_t i = 0; i < call->count; i++) {
		const struct value *arg = call->args[i];
		if (arg->kind == VALUE_STRING)
			asked[i] = arg->word->text;
		else if (arg->kind == VALUE_BOOLEAN)
			asked[i] = arg->boolean ? "true" : NULL;
		if (!value_is_deferred(arg))
			continue;
		diag_help(report(call, SP3005, arg,
		                 arena_printf(arena, "an image is chosen at compile time, but %s is known only at run time",
		                              value_noun(arena, arg))),
		          "make it a `config`");
		return &value_error;
	}
	struct image_answer answer = image_find(arena, asked);
	if (answer.uri)
		return functions_string(call, answer.uri, strlen(answer.uri));
	struct diag *diag = report(call, code_of(answer.wrong), call->args[answer.wrong], answer.message);
	if (answer.help)
		diag_help(diag, "%s", answer.help);
	return &value_error;
}
