/* Interpolation: text from several values. */
#include "eval/eval_parts.h"

bool eval_is_text_part(struct eval *eval, const struct node *node, const struct value *part)
{
	if (value_is_scalar(part))
		return true;
	if (part->kind == VALUE_ERROR)
		return false;
	struct diag *diag = eval_report(eval, SP3006, node, "%s cannot be converted to text", value_noun(eval->program->arena, part));
	if (part->kind == VALUE_STEP)
		diag_help(diag, "use `name(%s)` for its name, or read a property with `.`", part->step->name->text);
	else if (part->kind == VALUE_OBJECT && part->is_family)
		diag_help(diag, "select one of its members: `[\"%s\"]`", part->count ? part->fields[0].name->text : "KEY");
	else if (part->kind == VALUE_LIST || part->kind == VALUE_OBJECT)
		diag_help(diag, "use `tojson(...)` for its JSON text%s",
		          part->kind == VALUE_LIST ? ", or `join(\", \", ...)` to join its elements" : "");
	else if (part->kind == VALUE_CONDITION)
		diag_help(diag, "SageMaker evaluates comparisons only in conditions: compute the text in a step");
	else if (part->kind == VALUE_GET)
		diag_help(diag, "it is %s: select one of its %s", type_noun(part->type),
		          part->type->kind == TYPE_LIST ? "elements" : "members");
	else if (part->kind == VALUE_NULL)
		diag_help(diag, "use `x ?? \"\"` for a default where `x` is null");
	return false;
}

/* A text under construction. Adjacent constant parts are joined. */
struct pieces {
	struct text text; /* constant text that is not yet an item */
	VEC(const struct value *) items;
};

static void flush_text(struct eval *eval, const struct node *node, struct pieces *pieces)
{
	if (!pieces->text.length)
		return;
	vec_push(eval->program->arena, &pieces->items, eval_string(eval, node, pieces->text.bytes, pieces->text.length));
	pieces->text.length = 0;
}

static void add_piece(struct eval *eval, const struct node *node, struct pieces *pieces, const struct value *part)
{
	if (!eval_spend(eval, node, value_weigh(part)))
		return;
	if (value_is_constant_scalar(part)) {
		value_print_scalar(&pieces->text, part);
	} else if (part->kind == VALUE_JOIN && part->is_interpolated) {
		for (uint32_t i = 0; i < part->count; i++)
			add_piece(eval, node, pieces, part->items[i]);
	} else {
		flush_text(eval, node, pieces);
		vec_push(eval->program->arena, &pieces->items, part);
	}
}

const struct value *eval_interpolate(struct eval *eval, const struct node *node, const struct value **parts, size_t count)
{
	struct pieces pieces = {0};
	for (size_t i = 0; i < count; i++)
		add_piece(eval, node, &pieces, parts[i]);
	const struct value *result;
	if (!pieces.items.count) {
		result = eval_string(eval, node, text_string(&pieces.text), pieces.text.length);
	} else {
		flush_text(eval, node, &pieces);
		const struct value *only = pieces.items.items[0];
		if (pieces.items.count == 1 && only->kind != VALUE_JSON && type_is_text(value_type(only))) {
			result = only;
		} else {
			struct value *join = eval_new(eval, VALUE_JOIN, node);
			join->is_interpolated = true;
			join->word = names_intern(&eval->program->world->names, "", 0);
			join->items = pieces.items.items;
			join->count = (uint32_t)pieces.items.count;
			result = join;
		}
	}
	text_free(&pieces.text);
	return result;
}
