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

/* The parameter whose default chooses the image, as in the SDK: one that names the machine. NULL for any other argument. */
static const struct symbol *machine_parameter(const struct function_call *call, size_t index)
{
	const struct value *arg = call->args[index];
	if (index != IMAGE_INSTANCE || arg->kind != VALUE_GET || arg->access != ACCESS_PARAMETER)
		return NULL;
	return call->eval->program->symbols.items[arg->symbol_index];
}

static const struct value *refuse_deferred(const struct function_call *call, size_t index)
{
	struct arena *arena = call->eval->program->arena;
	const struct value *arg = call->args[index];
	const struct symbol *machine = machine_parameter(call, index);
	struct diag *diag = report(call, SP3005, arg, arena_printf(arena, "an image is chosen at compile time, but %s is known only at "
	                                                                  "run time", value_noun(arena, arg)));
	if (machine)
		diag_help(diag, "give `%s` a default, for which the image is chosen: `= \"ml.m5.xlarge\"`", machine->name->text);
	else
		diag_help(diag, "make it a `config`");
	return &value_error;
}

/* Reports a parameter that may name a machine with another image: one of its choices or, without choices, of `others`. */
static void check_machines(const struct function_call *call, const char **asked, const char *uri, const struct value *others)
{
	struct arena *arena = call->eval->program->arena;
	const struct symbol *machine = machine_parameter(call, IMAGE_INSTANCE);
	const struct value *choices = machine && machine->allowed ? machine->allowed : others;
	for (uint32_t i = 0; machine && choices->kind == VALUE_LIST && i < choices->count; i++) {
		if (choices->items[i]->kind != VALUE_STRING)
			continue;
		asked[IMAGE_INSTANCE] = choices->items[i]->word->text;
		struct image_answer other = image_find(arena, asked);
		if (!other.uri || strcmp(other.uri, uri) == 0)
			continue;
		struct diag *diag = report(call, SP3077, call->args[IMAGE_INSTANCE],
		                           arena_printf(arena, "this image is for \"%s\", the default of `%s`, but not for \"%s\"",
		                                        machine->initial->word->text, machine->name->text, asked[IMAGE_INSTANCE]));
		diag_help(diag, machine->allowed ? "remove this choice, or make `%s` a `config`, for which the image is chosen anew"
		                                 : "limit `%s` to machines with this image: `in [...]`", machine->name->text);
		return;
	}
}

const struct value *functions_call_image_uri(const struct function_call *call)
{
	const char *asked[IMAGE_ARGUMENT_COUNT] = {NULL};
	struct arena *arena = call->eval->program->arena;
	for (size_t i = 0; i < IMAGE_ARGUMENT_COUNT; i++) {
		const struct symbol *machine = machine_parameter(call, i);
		const struct value *arg = machine && machine->initial ? machine->initial : call->args[i];
		if (arg->kind == VALUE_STRING)
			asked[i] = arg->word->text;
		else if (arg->kind == VALUE_BOOLEAN)
			asked[i] = arg->boolean ? "true" : NULL;
		else if (value_is_deferred(arg))
			return refuse_deferred(call, i);
	}
	struct image_answer answer = image_find(arena, asked);
	if (answer.uri) {
		check_machines(call, asked, answer.uri, call->args[IMAGE_ARGUMENT_COUNT]);
		return functions_string(call, answer.uri, strlen(answer.uri));
	}
	struct diag *diag = report(call, code_of(answer.wrong), call->args[answer.wrong], answer.message);
	if (answer.help)
		diag_help(diag, "%s", answer.help);
	return &value_error;
}
