/* Functions of values of any type, of lists and of objects. */
#include "eval/functions/functions_parts.h"

#include "base/utf8.h"

const struct value *functions_call_len(const struct function_call *call)
{
	const struct value *value = call->args[0];
	if (value->kind == VALUE_LIST || value->kind == VALUE_OBJECT)
		return eval_integer(call->eval, call->node, value->count);
	if (value->kind != VALUE_STRING)
		return functions_wrong_type(call, value, "a list, an object or constant text");
	return eval_integer(call->eval, call->node, (int64_t)utf8_count(value->word->text, value->word->length));
}

const struct value *functions_call_keys(const struct function_call *call)
{
	const struct value *object = call->args[0];
	if (object->kind != VALUE_OBJECT)
		return functions_wrong_type(call, object, "an object");
	struct value *list = functions_new_list(call, object->count);
	for (; list->count < object->count; list->count++) {
		const struct word *name = object->fields[list->count].name;
		list->items[list->count] = functions_string(call, name->text, name->length);
	}
	return list;
}

const struct value *functions_call_values(const struct function_call *call)
{
	const struct value *object = call->args[0];
	if (object->kind != VALUE_OBJECT)
		return functions_wrong_type(call, object, "an object");
	struct value *list = functions_new_list(call, object->count);
	for (; list->count < object->count; list->count++)
		list->items[list->count] = object->fields[list->count].value;
	return list;
}

const struct value *functions_call_contains(const struct function_call *call)
{
	const struct value *whole = call->args[0], *part = call->args[1];
	if (whole->kind == VALUE_LIST) {
		for (uint32_t i = 0; i < whole->count; i++)
			if (value_equal(whole->items[i], part))
				return eval_boolean(call->eval, call->node, true);
		return eval_boolean(call->eval, call->node, false);
	}
	if (whole->kind == VALUE_OBJECT && part->kind == VALUE_STRING)
		return eval_boolean(call->eval, call->node, value_field(whole, part->word) != NULL);
	if (!functions_are_text(call, "text, a list or an object, and something to find in it"))
		return &value_error;
	return eval_boolean(call->eval, call->node, strstr(whole->word->text, part->word->text) != NULL);
}

const struct value *functions_call_known(const struct function_call *call)
{
	return eval_boolean(call->eval, call->node, value_is_constant(call->args[0]));
}

const struct value *functions_call_policy_texts(const struct function_call *call)
{
	const struct value *value = call->args[0], *initial = NULL, *allowed = NULL;
	if (value->kind == VALUE_GET && value->access == ACCESS_PARAMETER) {
		const struct symbol *symbol = call->eval->program->symbols.items[value->symbol_index];
		allowed = symbol->allowed;
		initial = symbol->initial;
	}
	if (allowed)
		return allowed;
	struct value *list = functions_new_list(call, 1);
	if (value_is_constant_scalar(value))
		initial = value;
	if (initial && value_is_constant_scalar(initial))
		list->items[list->count++] = initial;
	return list;
}

const struct value *functions_call_tojson(const struct function_call *call)
{
	if (!value_is_constant(call->args[0])) {
		struct diag *diag = eval_report(call->eval, SP3005, call->node, "SageMaker cannot create JSON text at run time");
		diag_help(diag, "every part must be constant; use interpolation for text with run-time values");
		return &value_error;
	}
	struct text out = {0};
	value_print_json(&out, call->args[0]);
	return functions_free_to_string(call, &out);
}

/* The name of a value's type as the language writes it, without limits: "String", or "Scalar" for a scalar whose type is not
 * known. */
const struct value *functions_call_typeof(const struct function_call *call)
{
	static const char *const names[] = {
		[TYPE_ANY] = "Any", [TYPE_SCALAR] = "Scalar", [TYPE_STRING] = "String", [TYPE_INTEGER] = "Integer",
		[TYPE_FLOAT] = "Float", [TYPE_BOOLEAN] = "Boolean", [TYPE_ENUM] = "String", [TYPE_LIST] = "List",
		[TYPE_MAP] = "Map", [TYPE_SHAPE] = "Map",
	};
	const struct value *value = call->args[0];
	const char *name = value->kind == VALUE_LIST     ? "List"
	                   : value->kind == VALUE_OBJECT ? "Map"
	                   : value->kind == VALUE_NULL   ? "null"
	                                                 : names[value_type(value)->kind];
	return functions_string(call, name, strlen(name));
}

/* --- leaves --- */

struct leaves {
	const struct function_call *call;
	struct text path; /* to the visited value, as `jsonget` takes it */
	VEC(struct field) found;
};

static bool is_plain_name(const struct word *name)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";
	static const char more[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
	return name->length && strchr(letters, *name->text) && strspn(name->text, more) == name->length;
}

static bool add_name(struct leaves *leaves, const struct field *field)
{
	if (is_plain_name(field->name)) {
		text_printf(&leaves->path, "%s%s", leaves->path.length ? "." : "", field->name->text);
		return true;
	}
	if (!strchr(field->name->text, '\'')) {
		text_printf(&leaves->path, "['%s']", field->name->text);
		return true;
	}
	eval_report(leaves->call->eval, SP3010, field->at ? field->at : leaves->call->node,
	            "a key with `'` in it cannot be written in a path: SageMaker has no escape for it");
	return false;
}

static bool add_leaf(struct leaves *leaves, const struct value *value)
{
	struct eval *eval = leaves->call->eval;
	const struct word *path = names_intern(&eval->program->world->names, text_string(&leaves->path), leaves->path.length);
	if (!eval_spend(eval, leaves->call->node, 1 + value_text_weight(path->length)))
		return false;
	const struct field field = {path, value, value->at ? value->at : leaves->call->node};
	vec_push(eval->program->arena, &leaves->found, field);
	return true;
}

/* Recurses as deep as the value nests; eval_admit limits that depth. */
static bool collect_leaves(struct leaves *leaves, const struct value *value)
{
	bool is_object = value->kind == VALUE_OBJECT;
	if ((!is_object && value->kind != VALUE_LIST) || !value->count)
		return add_leaf(leaves, value);
	size_t length = leaves->path.length;
	for (uint32_t i = 0; i < value->count; i++) {
		if (!is_object)
			text_printf(&leaves->path, "[%u]", (unsigned)i);
		else if (!add_name(leaves, &value->fields[i]))
			return false;
		if (!collect_leaves(leaves, is_object ? value->fields[i].value : value->items[i]))
			return false;
		leaves->path.length = length;
		leaves->path.bytes[length] = '\0';
	}
	return true;
}

/* An object of the scalars in a list or object, by their paths. Null, empty lists and empty objects count as scalars. */
const struct value *functions_call_leaves(const struct function_call *call)
{
	const struct value *whole = call->args[0];
	if (whole->kind != VALUE_LIST && whole->kind != VALUE_OBJECT)
		return functions_wrong_type(call, whole, "a list or an object");
	struct value *object = eval_new(call->eval, VALUE_OBJECT, call->node);
	if (!whole->count)
		return object;
	struct leaves leaves = {.call = call};
	bool is_done = collect_leaves(&leaves, whole);
	text_free(&leaves.path);
	object->fields = leaves.found.items;
	object->count = (uint32_t)leaves.found.count;
	return is_done ? eval_admit(call->eval, call->node, object) : &value_error;
}
