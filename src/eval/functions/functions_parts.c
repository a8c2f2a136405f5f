#include "eval/functions/functions_parts.h"

const struct value *functions_wrong_type(const struct function_call *call, const struct value *wrong, const char *wanted)
{
	eval_report(call->eval, SP3004, call->node, "`%s` takes %s, not %s", call->function->signature, wanted,
	            value_noun(call->eval->program->arena, wrong));
	return &value_error;
}

bool functions_are_text(const struct function_call *call, const char *wanted)
{
	for (size_t i = 0; i < call->count; i++) {
		if (call->args[i]->kind == VALUE_STRING)
			continue;
		functions_wrong_type(call, call->args[i], wanted);
		return false;
	}
	return true;
}

const struct value *functions_string(const struct function_call *call, const char *bytes, size_t length)
{
	return eval_string(call->eval, call->node, bytes, length);
}

const struct value *functions_free_to_string(const struct function_call *call, struct text *text)
{
	const struct value *value = functions_string(call, text_string(text), text->length);
	text_free(text);
	return value;
}

struct value *functions_new_list(const struct function_call *call, size_t room)
{
	struct value *list = eval_new(call->eval, VALUE_LIST, call->node);
	list->items = arena_array(call->eval->program->arena, const struct value *, room + 1);
	return list;
}
