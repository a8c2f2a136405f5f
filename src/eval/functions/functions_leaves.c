#include "eval/functions/functions_leaves.h"

#include "eval/functions/functions.h"

#include <string.h>

struct leaves {
	struct eval *eval;
	const struct node *node; /* the call */
	struct text path;
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
	eval_report(leaves->eval, SP3010, field->at ? field->at : leaves->node,
	            "a key with `'` in it cannot be written in a path: there is no escape for it");
	return false;
}

static bool add_leaf(struct leaves *leaves, const struct value *value)
{
	struct program *program = leaves->eval->program;
	const struct word *path = names_intern(&program->world->names, text_string(&leaves->path), leaves->path.length);
	if (!eval_spend(leaves->eval, leaves->node, 1 + value_text_weight(path->length)))
		return false;
	const struct field field = {path, value, value->at ? value->at : leaves->node};
	vec_push(program->arena, &leaves->found, field);
	return true;
}

/* As deep as the value, which eval_admit has bounded. */
static bool collect(struct leaves *leaves, const struct value *value)
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
		if (!collect(leaves, is_object ? value->fields[i].value : value->items[i]))
			return false;
		leaves->path.length = length;
		leaves->path.bytes[length] = '\0';
	}
	return true;
}

const struct value *functions_call_leaves(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	(void)count;
	if (args[0]->kind != VALUE_LIST && args[0]->kind != VALUE_OBJECT)
		return functions_wrong_type(eval, node, args[0], "a list or an object");
	struct value *object = eval_new(eval, VALUE_OBJECT, node);
	if (!args[0]->count)
		return object;
	struct leaves leaves = {.eval = eval, .node = node};
	bool is_done = collect(&leaves, args[0]);
	text_free(&leaves.path);
	object->fields = leaves.found.items;
	object->count = (uint32_t)leaves.found.count;
	return is_done ? eval_admit(eval, node, object) : &value_error;
}

const struct value *functions_call_typeof(struct eval *eval, const struct node *node, const struct value **args, size_t count)
{
	static const char *const names[] = {
		[TYPE_ANY] = "Any", [TYPE_SCALAR] = "Scalar", [TYPE_STRING] = "String", [TYPE_INTEGER] = "Integer",
		[TYPE_FLOAT] = "Float", [TYPE_BOOLEAN] = "Boolean", [TYPE_ENUM] = "String", [TYPE_LIST] = "List",
		[TYPE_MAP] = "Map", [TYPE_SHAPE] = "Map",
	};
	(void)count;
	const char *name = args[0]->kind == VALUE_LIST     ? "List"
	                   : args[0]->kind == VALUE_OBJECT ? "Map"
	                   : args[0]->kind == VALUE_NULL   ? "null"
	                                                   : names[value_type(args[0])->kind];
	return eval_string(eval, node, name, strlen(name));
}
