#include "eval/check/check_parts.h"

#include "base/embedded.h"
#include "base/suggest.h"
#include "eval/check/require.h"
#include "eval/eval.h"
#include "eval/forms.h"

/* The member of a shape in which a misplaced field probably belongs, because its own shape has a member of this name; or NULL. */
static const struct member *find_inside(const struct type *shape, const struct word *name)
{
	for (uint32_t i = 0; i < shape->count; i++) {
		const struct type *inner = type_of_member(&shape->members[i]);
		if (inner->kind == TYPE_SHAPE && type_find_member(inner, name))
			return &shape->members[i];
	}
	return NULL;
}

/* Tells how a member that is newer than the library is written. */
static void offer_quotes(const struct slot *slot, struct diag *diag, const struct field *field)
{
	diag_help(diag, "if AWS has it and the library, of %.*s, does not, write it in quotes: \"%s\": ...", EMBEDDED_BOTOCORE,
	          field->name->text);
	if (field->at && field->at->kind == N_FIELD)
		diag_edit(diag, node_name_span(field->at), arena_printf(slot->program->arena, "\"%s\"", field->name->text));
}

/* Reports a field that a shape does not have. The result is the name of the member that was probably meant, or NULL. */
static const struct word *report_unknown_field(const struct slot *slot, const struct field *field, const struct type *shape,
                                               const char *owner)
{
	const struct value written = {.at = field->at, .frame = field->value->frame};
	bool is_library = !shape->count || !shape->members[0].scope->find; /* shapes of a program are complete */
	bool is_quoted = is_library && field->at && field->at->flags & NODE_QUOTED;
	bool is_omitted = shape->reference && type_omits_member(shape->reference, field->name);
	struct diag *diag = check_report(slot, is_quoted ? SP3031 : SP3030, &written,
	                                 is_omitted ? "%s cannot have `%s` in a pipeline" : "%s has no member `%s`", owner,
	                                 field->name->text);
	if (field->at && field->at->kind == N_FIELD)
		diag->span = node_name_span(field->at);
	const struct kind *kind = slot->step ? slot->step->kind : NULL;
	const struct form_place place = {kind && kind->base ? kind->node : NULL, shape, false};
	if (is_library && !is_quoted && field->at && field->at->kind == N_FIELD && forms_help(slot->program, diag, field->at, &place))
		return NULL;
	struct suggest suggest;
	suggest_init(&suggest, field->name->text);
	for (uint32_t i = 0; i < shape->count && !is_omitted && program_may_suggest(slot->program); i++)
		suggest_offer(&suggest, shape->members[i].name->text);
	const char *near = suggest_result(&suggest);
	const struct member *outer = near || is_quoted ? NULL : find_inside(shape, field->name);
	if (is_quoted) {
		diag_label(diag, "it is passed on unchecked");
		diag_help(diag, "the library is made of %s", embedded_origins);
	}
	if (outer)
		diag_help(diag, "it is a member of `%s`", outer->name->text);
	if (!near && !outer && !is_quoted && !is_omitted && is_library)
		offer_quotes(slot, diag, field);
	if (!near)
		return NULL;
	diag_help(diag, "a member with a similar name exists: `%s`", near);
	if (field->at && field->at->kind == N_FIELD && !is_quoted)
		diag_edit(diag, node_name_span(field->at), near);
	return is_quoted ? NULL : names_word(&slot->program->world->names, near);
}

/* Whether a rule names a member. */
static bool mentions(const struct node *node, const struct word *member)
{
	if (node->kind == N_NAME && node->word == member)
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (mentions(child, member))
			return true;
	return false;
}

/* What a step's kind sets gives way to what its block and `defaults` set: an object without those members that a rule names and that
 * the kind set. The object itself when the rule names no others that it has, or none of these. */
static struct value without_kind(const struct slot *slot, const struct value *object, const struct node *rule)
{
	struct value less = *object;
	struct field *fields = arena_array(slot->program->arena, struct field, object->count + 1);
	bool has_others = false;
	less.count = 0;
	less.fields = fields;
	for (uint32_t i = 0; i < object->count; i++) {
		bool is_named = mentions(rule, object->fields[i].name);
		bool is_of_kind = object->fields[i].value->source != SOURCE_BLOCK;
		has_others |= is_named && !is_of_kind && object->fields[i].value->kind != VALUE_NULL;
		if (!is_named || !is_of_kind)
			fields[less.count++] = object->fields[i];
	}
	return has_others ? less : *object;
}

/* Whether an object satisfies a `require`; false after a report. Members that the step's kind set give way. */
static bool check_rule(const struct slot *slot, struct value *object, const struct node *rule, const char *owner)
{
	struct broken_rule broken, ignored;
	if (rule->flags & NODE_ADVICE || !require_is_broken(slot->program->arena, object, rule, owner, &broken))
		return true;
	struct value less = without_kind(slot, object, rule);
	if (!require_is_broken(slot->program->arena, &less, rule, owner, &ignored)) {
		*object = less;
		return true;
	}
	const struct value written = {.at = broken.at ? broken.at->at : NULL, .frame = object->frame};
	bool is_written = written.at && written.at->kind == N_FIELD;
	struct diag *diag = check_report(slot, SP3033, is_written ? &written : object, "%s", broken.message);
	if (is_written)
		diag->span = node_name_span(written.at);
	if (broken.beside && broken.beside->at && broken.beside->at->kind == N_FIELD)
		diag_related(diag, program_file(slot->program, broken.beside->at), node_name_span(broken.beside->at), "`%s` is here",
		             broken.beside->name->text);
	if (require_reason(rule))
		diag_help(diag, "%s", require_reason(rule));
	return false;
}

/* Whether an expression names any member of a shape. */
static bool names_member(const struct node *node, const struct type *shape)
{
	if (node->kind == N_NAME && node->word && type_find_member(shape, node->word))
		return true;
	for (const struct node *child = node->first; child; child = child->next)
		if (names_member(child, shape))
			return true;
	return false;
}

/* What an expression of a shape sees: the members of the object by name; null for one that is missing. */
static const struct env *bind_members(const struct slot *slot, const struct value *object, const struct type *shape,
                                      const struct node *initial, const struct env *env)
{
	if (!names_member(initial, shape))
		return env;
	struct eval eval = {.program = slot->program, .origin.call_site = slot->target};
	struct env *bound = arena_array(slot->program->arena, struct env, shape->count + 1);
	for (uint32_t i = 0; i < shape->count; i++) {
		const struct field *field = value_field(object, shape->members[i].name);
		const struct value *value = field ? field->value : eval_new(&eval, VALUE_NULL, slot->target);
		bound[i] = (struct env){.outer = env, .name = shape->members[i].name, .value = value};
		env = &bound[i];
	}
	return env;
}

/* A frame for an expression of a shape, so that messages show the object to which it belongs. */
static const struct call_frame *frame_of_shape(const struct slot *slot, const struct value *object, const struct node *initial)
{
	const struct node *shape = initial->parent;
	while (shape->kind != N_SHAPE && shape->parent)
		shape = shape->parent;
	if (!object->at || shape->kind != N_SHAPE || !shape->word)
		return object->frame;
	struct call_frame *frame = arena_new(slot->program->arena, struct call_frame);
	*frame = (struct call_frame){object->frame, object->at, shape};
	return frame;
}

/* The module in which an expression of a shape is evaluated. */
static const struct module *module_of_shape(const struct slot *slot, const struct type_scope *scope)
{
	return scope->find ? scope->context : &slot->program->library;
}

static struct eval eval_of_shape(const struct slot *slot, const struct value *object, const struct node *initial,
                                 const struct type_scope *scope)
{
	struct origin origin = {.call_site = slot->target};
	if (scope->find)
		origin = (struct origin){.frame = frame_of_shape(slot, object, initial)};
	return (struct eval){slot->program, slot->step, origin};
}

/* Whether a mistake in a value is reported already. */
static bool has_error(const struct value *value)
{
	if (value->kind == VALUE_ERROR)
		return true;
	for (uint32_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
		if (has_error(value->items[i]))
			return true;
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		if (has_error(value->fields[i].value))
			return true;
	return false;
}

/* Reports an object that does not satisfy an `assert` of its shape. What depends on the run passes, and so does an object with a
 * mistake, of which the assertion may be a consequence. */
static void check_assertion(const struct slot *slot, const struct value *object, const struct type *shape,
                            const struct assertion *assertion)
{
	const struct node *message = node_child(assertion->node, ROLE_MESSAGE), *claim = node_child(assertion->node, ROLE_VALUE);
	const struct node *at = node_child(assertion->node, ROLE_AT);
	struct eval eval = eval_of_shape(slot, object, assertion->node, assertion->scope);
	if (!claim || !eval_enter(&eval, claim))
		return;
	const struct env *env = bind_members(slot, object, shape, assertion->node, &module_of_shape(slot, assertion->scope)->env);
	const struct value *holds = eval_expression(&eval, claim, env);
	if (!value_is_deferred(holds) && holds->kind != VALUE_NULL)
		holds = check_slot(slot, holds, type_primitive(TYPE_BOOLEAN));
	if (holds->kind == VALUE_BOOLEAN && !holds->boolean && !has_error(object)) {
		const struct value *text = message ? eval_expression(&eval, message, env) : &value_error;
		const struct value *place = at ? eval_expression(&eval, at, env) : &value_error;
		bool has_place = place->kind != VALUE_ERROR && place->kind != VALUE_NULL;
		struct diag *diag = check_report(slot, SP2040, has_place ? place : object, "%s",
		                                 text->kind == VALUE_STRING ? text->word->text : "assertion failed");
		if (assertion->scope->find)
			diag_related(diag, program_file(slot->program, claim), node_span(claim), "the shape demands this");
	}
	eval_leave(&eval);
}

/* Adds the defaults of missing members, and reports missing members that are required. */
static void complete_shape(const struct slot *slot, struct value *object, struct field *fields, const struct type *shape,
                           const char *owner)
{
	struct text missing = {0};
	const struct word *last = NULL; /* the last missing member, not yet in `missing` */
	for (uint32_t i = 0; i < shape->count; i++) {
		struct member *member = &shape->members[i];
		const struct node *initial = node_child(member->declaration, ROLE_VALUE);
		if (value_field(object, member->name) || (member->is_optional && !initial))
			continue;
		if (initial) {
			struct eval eval = eval_of_shape(slot, object, initial, member->scope);
			if (!eval_enter(&eval, initial))
				continue;
			const struct env *env = bind_members(slot, object, shape, initial, &module_of_shape(slot, member->scope)->env);
			const struct value *value = eval_expression(&eval, initial, env);
			bool is_there = !member->is_optional || !check_is_left_out(value, type_of_member(member));
			value = is_there ? check_slot(slot, value, type_of_member(member)) : value;
			eval_leave(&eval);
			if (is_there)
				fields[object->count++] = (struct field){member->name, value, slot->target};
			continue;
		}
		if (last)
			text_printf(&missing, "%s`%s`", missing.length ? ", " : "", last->text);
		last = member->name;
		fields[object->count++] = (struct field){member->name, &value_error, slot->target};
	}
	if (last)
		check_report(slot, SP3032, object, "%s requires %s%s`%s`", owner, text_string(&missing), missing.length ? " and " : "",
		             last->text);
	text_free(&missing);
}

/* How many members complete_shape may add: those that are required or have a default. */
static uint32_t count_additions(const struct type *shape)
{
	uint32_t count = 0;
	for (uint32_t i = 0; i < shape->count; i++)
		count += !shape->members[i].is_optional || node_child(shape->members[i].declaration, ROLE_VALUE);
	return count;
}

const struct value *check_members(const struct slot *slot, const struct value *value, const struct type *shape, const char *owner)
{
	struct value *object = check_copy(slot, value);
	struct field *fields = arena_array(slot->program->arena, struct field, 2 * value->count + count_additions(shape) + 1);
	object->count = 0;
	object->fields = fields;
	object->type = shape;
	VEC(const struct word *) meant = {0};
	for (uint32_t i = 0; i < value->count; i++) {
		struct field field = value->fields[i];
		struct member *member = type_find_member(shape, field.name);
		struct slot inner = *slot;
		inner.target = field.at ? field.at : slot->target;
		inner.is_text_element = false;
		inner.is_constant |= shape->is_literal;
		inner.is_quoted = field.at && field.at->flags & NODE_QUOTED && (!member || !member->scope->find);
		if (!member) {
			const struct word *near = shape->is_open ? NULL : report_unknown_field(slot, &field, shape, owner);
			if (near && !value_field(value, near))
				vec_push(slot->program->arena, &meant, near);
			field.value = check_slot(&inner, field.value, type_primitive(TYPE_ANY));
			fields[object->count++] = field;
			continue;
		}
		const struct type *type = type_of_member(member);
		if (check_is_left_out(field.value, type) && !inner.is_quoted)
			continue;
		field.value = check_slot(&inner, field.value, type);
		fields[object->count++] = field;
	}
	/* a misspelled member counts as present, so that it is not also reported as missing or by a `require` */
	for (size_t i = 0; i < meant.count; i++)
		if (!value_field(object, meant.items[i]))
			fields[object->count++] = (struct field){meant.items[i], &value_error, slot->target};
	complete_shape(slot, object, fields, shape, owner);
	for (const struct requirement *r = shape->requirements; r; r = r->next)
		if (!check_rule(slot, object, r->node, owner))
			break; /* rules about the same members fail together */
	for (const struct assertion *a = shape->assertions; a; a = a->next)
		check_assertion(slot, object, shape, a);
	return object;
}
