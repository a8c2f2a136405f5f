/* Constructors of values, and reports. */
#include "eval/eval.h"

#include "base/python.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct value *eval_new(struct eval *eval, enum value_kind kind, const struct node *node)
{
	struct value *value = arena_new(eval->program->arena, struct value);
	value->kind = (uint8_t)kind;
	value->at = program_place(eval->origin, node);
	value->frame = eval->origin.frame;
	value->source = eval->origin.is_kind ? SOURCE_KIND : SOURCE_BLOCK;
	return value;
}

const struct value *eval_string(struct eval *eval, const struct node *node, const char *text, size_t length)
{
	struct value *value = eval_new(eval, VALUE_STRING, node);
	value->word = names_intern(&eval->program->world->names, text, length);
	return value;
}

const struct value *eval_boolean(struct eval *eval, const struct node *node, bool boolean)
{
	struct value *value = eval_new(eval, VALUE_BOOLEAN, node);
	value->boolean = boolean;
	return value;
}

const struct value *eval_integer(struct eval *eval, const struct node *node, int64_t number)
{
	char digits[32];
	snprintf(digits, sizeof digits, "%" PRId64, number);
	struct value *value = eval_new(eval, VALUE_NUMBER, node);
	value->word = names_word(&eval->program->world->names, digits);
	return value;
}

/* Writes the shortest digits that are read back as the same number, with a fraction or exponent to show that it is a Float. */
const struct value *eval_float(struct eval *eval, const struct node *node, double number)
{
	char digits[40];
	for (int precision = 1; precision <= 17; precision++) {
		snprintf(digits, sizeof digits, "%.*g", precision, number);
		if (strtod(digits, NULL) == number)
			break;
	}
	if (!strpbrk(digits, ".e"))
		strcat(digits, ".0");
	struct value *value = eval_new(eval, VALUE_NUMBER, node);
	value->word = names_word(&eval->program->world->names, digits);
	return value;
}

void eval_add_field(struct value *object, struct field field)
{
	((struct field *)object->fields)[object->count++] = field;
}

const struct value *eval_list(struct eval *eval, const struct node *node, const struct value **items, size_t count)
{
	struct value *value = eval_new(eval, VALUE_LIST, node);
	value->items = items;
	value->count = (uint32_t)count;
	return value;
}

struct diag *eval_report(struct eval *eval, enum diag_code code, const struct node *node, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	const char *message = arena_vprintf(eval->program->arena, format, args);
	va_end(args);
	const struct value place = {.at = program_place(eval->origin, node), .frame = eval->origin.frame};
	return program_report_value(eval->program, code, &place, NULL, "%s", message);
}

bool eval_help_python(struct eval *eval, struct diag *diag, const struct node *name)
{
	struct arena *arena = eval->program->arena;
	const struct node *parent = name->parent;
	const char *help = NULL;
	if (parent && parent->kind == N_MEMBER && parent->word && node_child(parent, ROLE_LEFT) == name) {
		const char *path = arena_printf(arena, "%s.%s", name->word->text, parent->word->text);
		help = python_help(arena, "name", path, strlen(path));
	}
	if (!help)
		help = python_help(arena, "name", name->word->text, name->word->length);
	if (help)
		diag_help(diag, "%s", help);
	return help != NULL;
}
