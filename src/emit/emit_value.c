#include "emit/emit_value.h"

#include "base/json.h"
#include "eval/program.h"

#include <assert.h>

static void write_get(struct emit_writer *writer, const struct value *get)
{
	struct text path = {0};
	value_print_path(&path, get);
	emit_open(writer, '{');
	emit_key(writer, "Get");
	json_add_string(writer->out, path.bytes, path.length);
	emit_close(writer, '}');
	text_free(&path);
}

static void write_join(struct emit_writer *writer, const struct value *join)
{
	emit_open(writer, '{');
	emit_key(writer, "Std:Join");
	emit_open(writer, '{');
	emit_key(writer, "On");
	emit_word(writer, join->word);
	emit_key(writer, "Values");
	emit_open(writer, '[');
	for (uint32_t i = 0; i < join->count; i++) {
		emit_item(writer);
		emit_value(writer, join->items[i]);
	}
	emit_close(writer, ']');
	emit_close(writer, '}');
	emit_close(writer, '}');
}

/* The name of a step's property file in the definition. */
static const char *property_file_name(const struct value *file)
{
	for (size_t i = 0; i < file->step->property_files.count; i++)
		if (file->step->property_files.items[i].name == file->file)
			return file->step->property_files.items[i].emitted->text;
	return file->file->text;
}

static void write_json_get(struct emit_writer *writer, const struct value *json)
{
	const struct value *file = value_root(json);
	struct text text = {0};
	emit_open(writer, '{');
	emit_key(writer, "Std:JsonGet");
	emit_open(writer, '{');
	if (file->step) {
		text_printf(&text, "Steps.%s.PropertyFiles.%s", file->step->step_name->text, property_file_name(file));
		emit_key(writer, "PropertyFile");
		emit_open(writer, '{');
		emit_key(writer, "Get");
		json_add_string(writer->out, text.bytes, text.length);
		emit_close(writer, '}');
		text.length = 0;
	} else {
		emit_key(writer, "S3Uri");
		write_join(writer, file->uri);
	}
	value_print_json_path(&text, json);
	emit_key(writer, "Path");
	json_add_string(writer->out, text.bytes, text.length);
	emit_close(writer, '}');
	emit_close(writer, '}');
	text_free(&text);
}

void emit_value(struct emit_writer *writer, const struct value *value)
{
	switch (value->kind) {
	case VALUE_BOOLEAN:
		text_puts(writer->out, value->boolean ? "true" : "false");
		break;
	case VALUE_NUMBER:
		text_add(writer->out, value->word->text, value->word->length);
		break;
	case VALUE_STRING:
		emit_word(writer, value->word);
		break;
	case VALUE_LIST:
		emit_open(writer, '[');
		for (uint32_t i = 0; i < value->count; i++) {
			emit_item(writer);
			emit_value(writer, value->items[i]);
		}
		emit_close(writer, ']');
		break;
	case VALUE_OBJECT:
		emit_open(writer, '{');
		for (uint32_t i = 0; i < value->count; i++) {
			emit_word_key(writer, value->fields[i].name);
			emit_value(writer, value->fields[i].value);
		}
		emit_close(writer, '}');
		break;
	case VALUE_GET:
		write_get(writer, value);
		break;
	case VALUE_JSON:
		write_json_get(writer, value);
		break;
	case VALUE_JOIN:
		write_join(writer, value);
		break;
	default:
		assert(value->kind == VALUE_NULL); /* other kinds are errors, and programs with errors are not emitted */
		text_puts(writer->out, "null");
	}
}

static void write_comparison(struct emit_writer *writer, const char *type, const struct value *left, const struct value *right)
{
	emit_open(writer, '{');
	emit_key(writer, "Type");
	emit_string(writer, type);
	emit_key(writer, "LeftValue");
	emit_value(writer, left);
	emit_key(writer, "RightValue");
	if (right)
		emit_value(writer, right);
	else
		text_puts(writer->out, "true");
	emit_close(writer, '}');
}

static void write_in(struct emit_writer *writer, const struct value *value)
{
	emit_open(writer, '{');
	emit_key(writer, "Type");
	emit_string(writer, "In");
	emit_key(writer, "QueryValue");
	emit_value(writer, value->items[0]);
	emit_key(writer, "Values");
	emit_value(writer, value->items[1]);
	emit_close(writer, '}');
}

static void open_not(struct emit_writer *writer)
{
	emit_open(writer, '{');
	emit_key(writer, "Type");
	emit_string(writer, "Not");
	emit_key(writer, "Condition");
}

static void write_negation(struct emit_writer *writer, const struct value *value);

/* Writes a chain of one operator as one list, unless parentheses group it. */
static void write_operands(struct emit_writer *writer, const struct value *value, enum node_op op, bool is_negated)
{
	for (uint32_t i = 0; i < value->count; i++) {
		const struct value *item = value->items[i];
		bool is_chain = item->kind == VALUE_CONDITION && item->op == op && !(item->at && item->at->flags & NODE_PAREN);
		if (is_chain) {
			write_operands(writer, item, op, is_negated);
			continue;
		}
		emit_item(writer);
		if (is_negated)
			write_negation(writer, item);
		else
			emit_condition(writer, item);
	}
}

static void write_or(struct emit_writer *writer, const struct value *value, enum node_op op, bool is_negated)
{
	emit_open(writer, '{');
	emit_key(writer, "Type");
	emit_string(writer, "Or");
	emit_key(writer, "Conditions");
	emit_open(writer, '[');
	write_operands(writer, value, op, is_negated);
	emit_close(writer, ']');
	emit_close(writer, '}');
}

/* The service has no And: not (a and b) is Or(Not a, Not b). */
static void write_negation(struct emit_writer *writer, const struct value *value)
{
	if (value->kind == VALUE_CONDITION && value->op == OP_AND) {
		write_or(writer, value, OP_AND, true);
		return;
	}
	open_not(writer);
	emit_condition(writer, value);
	emit_close(writer, '}');
}

void emit_condition(struct emit_writer *writer, const struct value *value)
{
	static const char *const types[] = {
		[OP_EQUAL] = "Equals", [OP_NOT_EQUAL] = "Equals", [OP_LESS] = "LessThan", [OP_LESS_EQUAL] = "LessThanOrEqualTo",
		[OP_GREATER] = "GreaterThan", [OP_GREATER_EQUAL] = "GreaterThanOrEqualTo",
	};
	if (value->kind != VALUE_CONDITION) {
		write_comparison(writer, "Equals", value, NULL);
		return;
	}
	switch (value->op) {
	case OP_IN:
		write_in(writer, value);
		break;
	case OP_NOT:
		write_negation(writer, value->items[0]);
		break;
	case OP_OR:
		write_or(writer, value, OP_OR, false);
		break;
	case OP_AND:
		open_not(writer);
		write_or(writer, value, OP_AND, true);
		emit_close(writer, '}');
		break;
	case OP_NOT_EQUAL:
		open_not(writer);
		write_comparison(writer, types[value->op], value->items[0], value->items[1]);
		emit_close(writer, '}');
		break;
	default:
		write_comparison(writer, types[value->op], value->items[0], value->items[1]);
	}
}
