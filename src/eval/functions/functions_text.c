/* Functions of constant text. */
#include "eval/functions/functions_parts.h"

#include "base/digest.h"

/* Changes the case of the letters from `first` to the 26th after it. */
static const struct value *change_case(const struct function_call *call, char first)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	struct text out = {0};
	text_add(&out, call->args[0]->word->text, call->args[0]->word->length);
	for (size_t i = 0; i < out.length; i++)
		if (out.bytes[i] >= first && out.bytes[i] < first + 26)
			out.bytes[i] ^= 0x20;
	return functions_free_to_string(call, &out);
}

const struct value *functions_call_lower(const struct function_call *call)
{
	return change_case(call, 'A');
}

const struct value *functions_call_upper(const struct function_call *call)
{
	return change_case(call, 'a');
}

const struct value *functions_call_replace(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const struct word *old = call->args[1]->word, *new = call->args[2]->word;
	if (!old->length)
		return call->args[0];
	struct text out = {0};
	const char *at = call->args[0]->word->text;
	for (const char *found; (found = strstr(at, old->text)); at = found + old->length) {
		if (!eval_spend(call->eval, call->node, 1 + value_text_weight(new->length)))
			break;
		text_add(&out, at, (size_t)(found - at));
		text_puts(&out, new->text);
	}
	text_puts(&out, at);
	return functions_free_to_string(call, &out);
}

const struct value *functions_call_split(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	struct arena *arena = call->eval->program->arena;
	const struct word *text = call->args[0]->word, *separator = call->args[1]->word;
	VEC(const struct value *) parts = {0};
	const char *at = text->text;
	if (separator->length)
		for (const char *found; (found = strstr(at, separator->text)); at = found + separator->length)
			vec_push(arena, &parts, functions_string(call, at, (size_t)(found - at)));
	vec_push(arena, &parts, functions_string(call, at, strlen(at)));
	return eval_list(call->eval, call->node, parts.items, parts.count);
}

const struct value *functions_call_trim(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const char *start = call->args[0]->word->text, *end = start + call->args[0]->word->length;
	while (start < end && strchr(" \t\r\n", *start))
		start++;
	while (end > start && strchr(" \t\r\n", end[-1]))
		end--;
	return functions_string(call, start, (size_t)(end - start));
}

const struct value *functions_call_startswith(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const struct word *text = call->args[0]->word, *part = call->args[1]->word;
	return eval_boolean(call->eval, call->node, strncmp(text->text, part->text, part->length) == 0);
}

const struct value *functions_call_endswith(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const struct word *text = call->args[0]->word, *part = call->args[1]->word;
	bool is_end = text->length >= part->length && strcmp(text->text + text->length - part->length, part->text) == 0;
	return eval_boolean(call->eval, call->node, is_end);
}

const struct value *functions_call_matches(const struct function_call *call)
{
	struct program *program = call->eval->program;
	if (!functions_are_text(call, "text and a pattern"))
		return &value_error;
	const struct word *text = call->args[0]->word, *pattern = call->args[1]->word;
	if (pattern_is_valid(program->arena, &program->patterns, pattern))
		return eval_boolean(call->eval, call->node, pattern_matches(program->arena, &program->patterns, pattern, text));
	program_report_value(program, SP3012, call->args[1], call->node, "\"%s\" is not a valid regular expression", pattern->text);
	return &value_error;
}

const struct value *functions_call_basename(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const char *text = call->args[0]->word->text, *slash = strrchr(text, '/');
	const char *base = slash ? slash + 1 : text;
	return functions_string(call, base, strlen(base));
}

const struct value *functions_call_dirname(const struct function_call *call)
{
	if (!functions_are_text(call, "text"))
		return &value_error;
	const char *text = call->args[0]->word->text, *slash = strrchr(text, '/');
	return functions_string(call, slash ? text : ".", slash ? (size_t)(slash - text) : 1);
}

const struct value *functions_call_base64(const struct function_call *call)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	if (!functions_are_text(call, "text"))
		return &value_error;
	const unsigned char *bytes = (const unsigned char *)call->args[0]->word->text;
	size_t length = call->args[0]->word->length;
	struct text out = {0};
	for (size_t i = 0; i < length; i += 3) {
		uint32_t group = (uint32_t)bytes[i] << 16 | (i + 1 < length ? (uint32_t)bytes[i + 1] << 8 : 0) |
		                 (i + 2 < length ? bytes[i + 2] : 0);
		text_putc(&out, digits[group >> 18]);
		text_putc(&out, digits[group >> 12 & 63]);
		text_putc(&out, i + 1 < length ? digits[group >> 6 & 63] : '=');
		text_putc(&out, i + 2 < length ? digits[group & 63] : '=');
	}
	return functions_free_to_string(call, &out);
}

const struct value *functions_call_sha256(const struct function_call *call)
{
	char hex[DIGEST_ROOM];
	if (!functions_are_text(call, "text"))
		return &value_error;
	digest_bytes(call->args[0]->word->text, call->args[0]->word->length, hex);
	return functions_string(call, hex, strlen(hex));
}
