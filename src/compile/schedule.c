#include "compile/schedule.h"

#include "base/suggest.h"
#include "eval/check/check.h"
#include "eval/eval.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

enum { NAME_MAX_LENGTH = 64 };

static const char *const name_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";

static struct diag *report_at_name(struct program *program, enum diag_code code, const struct schedule *schedule, const char *message)
{
	const struct node *as = node_child(schedule->node, ROLE_AS);
	struct diag *diag = program_report(program, code, schedule->node, "%s", message);
	diag->span = as ? node_span(as) : node_name_span(schedule->node);
	return diag;
}

/* --- parameters of the runs --- */

const char *schedule_given_text(const struct value *value)
{
	if (value->kind == VALUE_BOOLEAN)
		return value->boolean ? "True" : "False";
	return value->word->text;
}

/* Whether a symbol is a parameter that is emitted. */
static bool is_parameter(const struct symbol *symbol)
{
	return symbol->kind == SYMBOL_PARAM && !symbol->is_optional;
}

/* Reports a name that is not a parameter. The result is the parameter with a similar name, or NULL. */
static const struct symbol *report_no_parameter(struct eval *eval, const struct node *name)
{
	struct program *program = eval->program;
	struct suggest suggest;
	if (name->kind != N_NAME) {
		eval_report(eval, SP2061, name, "`given` takes the name of a parameter");
		return NULL;
	}
	struct diag *diag = eval_report(eval, SP2061, name, "the pipeline has no parameter `%s`", name->word->text);
	suggest_init(&suggest, name->word->text);
	for (size_t i = 0; i < program->symbols.count; i++)
		if (is_parameter(program->symbols.items[i]))
			suggest_offer(&suggest, program->symbols.items[i]->name->text);
	const char *near = suggest_result(&suggest);
	if (!near)
		return NULL;
	diag_help(diag, "a parameter with a similar name exists: `%s`", near);
	program_offer_fix(program, diag, name, near);
	return map_get(&program->root.values, names_word(&program->world->names, near));
}

/* Whether EventBridge Scheduler takes the text of a value, whose length it limits; false after a report. */
static bool is_accepted(struct eval *eval, const struct value *value, const struct node *node)
{
	struct program *program = eval->program;
	const char *text = schedule_given_text(value);
	struct value *as_text = eval_new(eval, VALUE_STRING, value->at ? value->at : node);
	as_text->word = names_word(&program->world->names, text);
	const struct type *type = world_own_type(program->world, "SchedulerSageMakerPipelineParameterValue");
	return check_value(program, as_text, type, node)->kind != VALUE_ERROR;
}

static void lower_given(struct eval *eval, struct schedule *schedule, const struct node *node)
{
	struct program *program = eval->program;
	const struct node *name = node_child(node, ROLE_LEFT), *written = node_child(node, ROLE_VALUE);
	const struct value *variable = NULL;
	if (name->kind == N_ERROR)
		return;
	bool is_name = name->kind == N_NAME;
	const struct symbol *symbol = is_name ? resolve_name(program, schedule->scope->env, name->word, &variable) : NULL;
	if (!symbol || !is_parameter(symbol)) {
		symbol = report_no_parameter(eval, name);
		if (symbol) /* it is misspelled, not missing */
			vec_push(program->arena, &schedule->given, ((struct given){symbol, &value_error}));
		return;
	}
	for (size_t i = 0; i < schedule->given.count; i++)
		if (schedule->given.items[i].param == symbol) {
			eval_report(eval, SP2062, name, "`%s` is given twice", name->word->text);
			return;
		}
	struct type *literal = arena_new(program->arena, struct type);
	*literal = *symbol->type;
	literal->is_literal = true;
	const struct value *value = check_value(program, eval_expression(eval, written, schedule->scope->env), literal, written);
	value = symbols_allowed_value(program, symbol, value, written);
	if (value_is_constant_scalar(value) && !is_accepted(eval, value, written))
		value = &value_error;
	vec_push(program->arena, &schedule->given, ((struct given){symbol, value}));
}

static bool is_given(const struct schedule *schedule, const struct symbol *symbol)
{
	for (size_t i = 0; i < schedule->given.count; i++)
		if (schedule->given.items[i].param == symbol)
			return true;
	return false;
}

/* Reports parameters without a default that the schedule does not give: a scheduled run cannot ask for them. */
static void check_missing(struct program *program, const struct schedule *schedule)
{
	for (size_t i = 0; i < program->symbols.count; i++) {
		const struct symbol *symbol = program->symbols.items[i];
		if (!is_parameter(symbol) || node_child(symbol->node, ROLE_VALUE) || is_given(schedule, symbol))
			continue;
		const char *message = arena_printf(program->arena, "this schedule gives no value for `%s`", symbol->name->text);
		struct diag *diag = report_at_name(program, SP2063, schedule, message);
		diag_related(diag, program_file(program, symbol->node), node_name_span(symbol->node), "the parameter has no default");
		diag_help(diag, "write `given %s = ...` in its block", symbol->name->text);
	}
}

/* --- points in time --- */

/* The field of a schedule with this name, if it is constant text; else NULL. */
static const struct value *text_field(const struct schedule *schedule, const char *name)
{
	const struct field *field = value_field_named(schedule->fields, name);
	return field && field->value->kind == VALUE_STRING ? field->value : NULL;
}

/* The seconds since 1970 of a field that is a point in time. False when the field is missing, or after a report. */
static bool find_time(struct program *program, const struct schedule *schedule, const char *name, int64_t *seconds)
{
	const struct value *value = text_field(schedule, name);
	if (!value)
		return false;
	if (schedule_seconds(value->word->text, seconds))
		return true;
	program_report_value(program, SP6202, value, schedule->node, "\"%s\" is not a valid date and time", value->word->text);
	return false;
}

static void check_times(struct program *program, const struct schedule *schedule)
{
	int64_t start, end;
	const struct value *expression = text_field(schedule, "ScheduleExpression");
	const char *flaw = expression ? schedule_flaw(program->arena, expression->word->text) : NULL;
	if (flaw) {
		struct diag *diag = program_report_value(program, SP6201, expression, schedule->node, "invalid schedule expression \"%s\"",
		                                         expression->word->text);
		diag_help(diag, "%s", flaw);
	}
	bool has_start = find_time(program, schedule, "StartDate", &start);
	bool has_end = find_time(program, schedule, "EndDate", &end);
	if (has_start && has_end && end <= start)
		program_report_value(program, SP6202, text_field(schedule, "EndDate"), schedule->node,
		                     "the schedule ends before it starts");
}

/* --- schedules --- */

/* Names are unique in a schedule group, across pipelines, so a default name begins with the name of the pipeline. */
static void lower_name(struct eval *eval, struct schedule *schedule)
{
	struct program *program = eval->program;
	const struct word *own = symbols_full_name(eval, schedule->node, schedule->scope, schedule->scope->env);
	schedule->name = own;
	if (!node_child(schedule->node, ROLE_AS))
		schedule->name = names_word(&program->world->names,
		                            arena_printf(program->arena, "%s-%s", program->pipeline.name->text, own->text));
	const char *text = schedule->name->text;
	bool is_long = schedule->name->length > NAME_MAX_LENGTH;
	if (*text && !is_long && !text[strspn(text, name_characters)])
		return;
	const char *what = is_long ? "is longer than 64 characters"
	                   : *text ? "has characters that EventBridge Scheduler does not allow"
	                           : "is empty";
	struct diag *diag = report_at_name(program, SP6200, schedule,
	                                   arena_printf(program->arena, "the schedule name \"%s\" %s", text, what));
	if (node_child(schedule->node, ROLE_AS))
		diag_help(diag, "EventBridge Scheduler allows 1 to 64 letters, digits, `-`, `_` and `.`");
	else
		diag_help(diag, "give it another name: `schedule %s as \"...\"`, with 1 to 64 letters, digits, `-`, `_` and `.`",
		          schedule->node->word ? schedule->node->word->text : "NAME");
}

static const struct word *group_of(const struct schedule *schedule)
{
	const struct value *group = text_field(schedule, "GroupName");
	return group ? group->word : NULL;
}

static void check_duplicates(struct program *program)
{
	for (size_t i = 0; i < program->schedules.count; i++) {
		const struct schedule *schedule = program->schedules.items[i];
		for (size_t j = 0; j < i && !schedule->is_absent; j++) {
			const struct schedule *earlier = program->schedules.items[j];
			if (earlier->is_absent || earlier->name != schedule->name || group_of(earlier) != group_of(schedule))
				continue;
			const char *message = arena_printf(program->arena, "two schedules have the name \"%s\"", schedule->name->text);
			struct diag *diag = report_at_name(program, SP2060, schedule, message);
			if (earlier->node != schedule->node)
				diag_related(diag, program_file(program, earlier->node), node_name_span(earlier->node),
				             "the other is here");
			break;
		}
	}
}

/* The fields of the block, with a `///` comment as the description. */
static const struct value *evaluate_fields(struct eval *eval, const struct schedule *schedule)
{
	struct program *program = eval->program;
	const struct word *doc = node_doc(program_tree(program, schedule->node), &program->world->names, schedule->node);
	const struct value *fields = eval_fields(eval, node_child(schedule->node, ROLE_BLOCK), schedule->scope->env);
	const struct field *written = value_field(fields, program->world->word.description);
	if (!doc || fields->kind != VALUE_OBJECT)
		return fields;
	if (written) {
		program_report(program, SP1210, written->at, "this `Description` overrides the `///` comment above the schedule");
		return fields;
	}
	struct value *described = eval_new(eval, VALUE_OBJECT, fields->at);
	struct field *more = arena_array(program->arena, struct field, fields->count + 1);
	if (fields->count)
		memcpy(more, fields->fields, fields->count * sizeof *more);
	const struct value *description = eval_string(eval, schedule->node, doc->text, doc->length);
	more[fields->count] = (struct field){program->world->word.description, description, schedule->node};
	described->count = fields->count + 1;
	described->fields = more;
	return described;
}

static void lower_schedule(struct program *program, struct schedule *schedule)
{
	const struct node *block = node_child(schedule->node, ROLE_BLOCK);
	struct eval eval = {.program = program};
	schedule->is_absent = symbols_false_when(&eval, block, schedule->scope->env) != NULL;
	if (schedule->is_absent)
		return;
	const struct type *shape = world_own_type(program->world, "Schedule");
	schedule->fields = check_shape(program, evaluate_fields(&eval, schedule), shape, schedule->node, "a schedule", NULL);
	lower_name(&eval, schedule);
	check_times(program, schedule);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_GIVEN)
			lower_given(&eval, schedule, item);
	check_missing(program, schedule);
}

void schedule_lower(struct program *program)
{
	for (size_t i = 0; i < program->schedules.count && program->pipeline.node; i++)
		lower_schedule(program, program->schedules.items[i]);
	if (program->pipeline.node)
		check_duplicates(program);
}
