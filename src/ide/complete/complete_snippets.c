/* The texts that completions insert: a name, with placeholders for what must follow it. */
#include "ide/complete/complete_parts.h"

#include "eval/module.h"
#include "ide/ide.h"
#include "ide/ide_text.h"

/* A text with placeholders, numbered from 1. */
struct snippet {
	struct text text;
	unsigned placeholders; /* their number so far */
};

enum { MAX_CHOICES = 16, MAX_NESTING = 2, MAX_ON_LINE = 3 };

static void put_placeholder(struct snippet *snippet)
{
	text_printf(&snippet->text, "$%u", ++snippet->placeholders);
}

/* Adds one value of a choice. In the syntax of snippets, `$`, `}` and `\` must be escaped; in a choice, also `,` and `|`. */
static void put_choice(struct snippet *snippet, const char *value)
{
	text_putc(&snippet->text, '"');
	for (; *value; value++) {
		if (strchr(",|\\$}", *value))
			text_putc(&snippet->text, '\\');
		text_putc(&snippet->text, *value);
	}
	text_putc(&snippet->text, '"');
}

static void put_choices(struct snippet *snippet, const struct type *type)
{
	text_printf(&snippet->text, "${%u|", ++snippet->placeholders);
	for (uint32_t i = 0; i < type->count; i++) {
		text_puts(&snippet->text, i ? "," : "");
		put_choice(snippet, type->values[i]->text);
	}
	text_puts(&snippet->text, "|}");
}

static void put_value(struct complete *complete, struct snippet *snippet, const struct type *type, unsigned nesting, unsigned indent);

static unsigned count_required(const struct type *shape, bool *is_flat)
{
	unsigned count = 0;
	for (uint32_t i = 0; i < shape->count; i++) {
		if (!ide_is_required(&shape->members[i]))
			continue;
		count++;
		*is_flat &= type_is_scalar(type_of_member(&shape->members[i]));
	}
	return count;
}

static void put_line(struct snippet *snippet, unsigned indent)
{
	text_putc(&snippet->text, '\n');
	text_repeat(&snippet->text, ' ', (size_t)indent * 4);
}

/* Adds the required members of a shape in braces. */
static void put_members(struct complete *complete, struct snippet *snippet, const struct type *shape, unsigned nesting, unsigned indent)
{
	bool is_flat = true;
	unsigned count = count_required(shape, &is_flat), put = 0;
	bool is_one_line = count == 1 || (is_flat && count <= MAX_ON_LINE);
	if (!count || nesting >= MAX_NESTING) {
		text_puts(&snippet->text, "{ ");
		put_placeholder(snippet);
		text_puts(&snippet->text, " }");
		return;
	}
	text_puts(&snippet->text, is_one_line ? "{ " : "{");
	for (uint32_t i = 0; i < shape->count; i++) {
		if (!ide_is_required(&shape->members[i]))
			continue;
		if (!is_one_line)
			put_line(snippet, indent + 1);
		else if (put)
			text_puts(&snippet->text, ", ");
		put++;
		text_printf(&snippet->text, "%s: ", complete_key_text(complete, shape->members[i].name));
		put_value(complete, snippet, type_of_member(&shape->members[i]), nesting + 1, indent + 1);
	}
	if (!is_one_line)
		put_line(snippet, indent);
	text_puts(&snippet->text, is_one_line ? " }" : "}");
}

static void put_value(struct complete *complete, struct snippet *snippet, const struct type *type, unsigned nesting, unsigned indent)
{
	switch (type ? type->kind : TYPE_ANY) {
	case TYPE_SHAPE:
		put_members(complete, snippet, type, nesting, indent);
		break;
	case TYPE_LIST:
		text_putc(&snippet->text, '[');
		if (type->element && type->element->kind == TYPE_SHAPE)
			put_members(complete, snippet, type->element, nesting, indent);
		else
			put_placeholder(snippet);
		text_putc(&snippet->text, ']');
		break;
	case TYPE_MAP:
		text_puts(&snippet->text, "{ ");
		put_placeholder(snippet);
		text_puts(&snippet->text, " }");
		break;
	case TYPE_BOOLEAN:
		text_printf(&snippet->text, "${%u|true,false|}", ++snippet->placeholders);
		break;
	case TYPE_ENUM:
		if (type->count && type->count <= MAX_CHOICES) {
			put_choices(snippet, type);
			break;
		}
		text_putc(&snippet->text, '"');
		put_placeholder(snippet);
		text_putc(&snippet->text, '"');
		break;
	default:
		put_placeholder(snippet);
	}
}

const char *complete_type_insert(struct complete *complete, const struct type *type)
{
	struct snippet snippet = {0};
	put_value(complete, &snippet, type, 0, 0);
	return ide_take_text(complete->arena, &snippet.text);
}

const char *complete_field_insert(struct complete *complete, const char *key, const struct type *type)
{
	struct snippet snippet = {0};
	text_puts(&snippet.text, key);
	if (complete->place.is_before_colon)
		return ide_take_text(complete->arena, &snippet.text);
	text_puts(&snippet.text, ": ");
	if (complete->options.takes_snippets)
		put_value(complete, &snippet, type, 0, 0);
	return ide_take_text(complete->arena, &snippet.text);
}

/* Adds the required arguments in parentheses, with their names if the callee is a kind or component. */
static void put_arguments(struct complete *complete, struct snippet *snippet, const struct node *callee)
{
	bool is_named = callee->kind != N_FUNCTION;
	unsigned count = 0;
	text_putc(&snippet->text, '(');
	for (const struct node *p = node_child(callee, ROLE_PARAMETER); p; p = node_next(p)) {
		if (!p->word || node_child(p, ROLE_VALUE))
			continue;
		text_puts(&snippet->text, count++ ? ", " : "");
		if (is_named) {
			text_printf(&snippet->text, "%s: ", p->word->text);
			put_value(complete, snippet, bind_parameter_type(complete->program, p), 1, 0);
		} else {
			text_printf(&snippet->text, "${%u:%s}", ++snippet->placeholders, p->word->text);
		}
	}
	if (!count && node_child(callee, ROLE_PARAMETER))
		put_placeholder(snippet);
	text_putc(&snippet->text, ')');
}

const char *complete_call_insert(struct complete *complete, const struct node *callee)
{
	struct snippet snippet = {0};
	if (!complete->options.takes_snippets)
		return callee->word->text;
	text_puts(&snippet.text, callee->word->text);
	put_arguments(complete, &snippet, callee);
	return ide_take_text(complete->arena, &snippet.text);
}

/* `Lambda { ... }` with the required fields; `BuiltInTraining(image: )` for a kind with parameters. */
const char *complete_kind_insert(struct complete *complete, const struct node *node, bool has_block)
{
	struct snippet snippet = {0};
	if (!complete->options.takes_snippets)
		return node->word->text;
	text_puts(&snippet.text, node->word->text);
	const struct kind *kind = module_kind(bind_module(complete->program, node), node->word);
	if (node_child(node, ROLE_PARAMETER))
		put_arguments(complete, &snippet, node);
	else if (kind && !kind->base && !has_block) {
		const struct type *shape = kind->arguments ? kind->arguments : kind->keys;
		bool is_flat = true;
		text_putc(&snippet.text, ' ');
		if (shape->kind == TYPE_SHAPE && count_required(shape, &is_flat)) {
			put_members(complete, &snippet, shape, 0, 0);
		} else {
			text_puts(&snippet.text, "{\n    ");
			put_placeholder(&snippet);
			text_puts(&snippet.text, "\n}");
		}
	}
	return ide_take_text(complete->arena, &snippet.text);
}
