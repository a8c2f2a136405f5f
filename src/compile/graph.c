#include "compile/graph.h"

#include "base/suggest.h"
#include "compile/graph_branches.h"
#include "compile/graph_foreach.h"
#include "compile/graph_instances.h"
#include "compile/graph_references.h"
#include "compile/graph_triggers.h"

struct collector {
	struct program *program;
	struct step *step;
};

static void add_edge(struct collector *collector, struct step *to, const struct node *at, enum node_op trigger)
{
	if (to->seen_by == collector->step)
		return;
	to->seen_by = collector->step;
	vec_push(collector->program->arena, &collector->step->edges, ((struct edge){to, at, trigger}));
}

static void collect_reference(void *context, const struct value *reference)
{
	struct collector *collector = context;
	const struct value *root = value_root(reference);
	bool is_foreach = collector->step && collector->step->node->kind == N_FOREACH;
	bool is_own_body = is_foreach && root->kind == VALUE_STEP && root->step->parent == collector->step; /* the picked step */
	if ((root->kind == VALUE_STEP || root->kind == VALUE_FILE) && root->step && !is_own_body)
		add_edge(collector, root->step, reference->at, OP_NONE);
	if (root->kind == VALUE_GET && root->access == ACCESS_PARAMETER)
		collector->program->symbols.items[root->symbol_index]->is_optional = false;
}

static void collect_edges(struct program *program, struct step *step)
{
	struct collector collector = {program, step};
	for (size_t i = 0; i < step->depends.count; i++) {
		const struct edge *edge = &step->depends.items[i];
		add_edge(&collector, edge->step, edge->at, edge->trigger);
	}
	for (size_t i = 0; i < step->edges_quoted.count; i++) {
		const struct edge *edge = &step->edges_quoted.items[i];
		add_edge(&collector, edge->step, edge->at, edge->trigger);
	}
	graph_each_step_reference(step, collect_reference, &collector);
	if (step->parent)
		add_edge(&collector, step->parent, program_step_place(step), OP_NONE);
}

enum { UNSEEN, IN_PROGRESS, DONE };

/* A step on the path of the search, and the index of its next edge to follow. */
struct visit {
	struct step *step;
	size_t next;
};

/* Whether a cycle is worth a report: not if all its steps are in reported cycles, because tangled dependencies make many cycles.
 * Marks its steps. */
static bool is_new_cycle(const struct visit *path, size_t from, size_t count)
{
	bool is_new = from + 1 == count;
	for (size_t i = from; i < count && from + 1 < count; i++) {
		is_new |= !path[i].step->is_in_cycle;
		path[i].step->is_in_cycle = true;
	}
	return is_new;
}

enum { CYCLE_SHOWN = 10 };

static void report_cycle(struct program *program, const struct visit *path, size_t from, size_t count)
{
	struct text names = {0};
	if (from + 1 == count) {
		const struct edge *own = &path[from].step->edges.items[path[from].next - 1];
		program_report(program, SP2026, own->at, "the step `%s` depends on itself", program_step_name(path[from].step));
		return;
	}
	size_t shown = count - from > CYCLE_SHOWN ? from + CYCLE_SHOWN : count;
	for (size_t i = from; i < shown; i++)
		text_printf(&names, i == from ? "`%s` depends on " : "`%s`, which depends on ", program_step_name(path[i].step));
	if (shown < count)
		text_printf(&names, "others, %zu steps in all", count - from);
	else
		text_printf(&names, "`%s`", program_step_name(path[from].step));
	const struct visit *last = &path[count - 1];
	const struct edge *closing = &last->step->edges.items[last->next - 1];
	struct diag *diag = program_report(program, SP2026, closing->at, "dependency cycle: %s", text_string(&names));
	if (closing->at == program_step_place(last->step) && closing->step == last->step->parent)
		diag_label(diag, "a step in %s", last->step->parent->condition_at ? "a branch depends on its condition"
		                                                                : "a `foreach` runs only if the `foreach` runs");
	for (size_t i = from; i < shown && i + 1 < count; i++) {
		const struct edge *edge = &path[i].step->edges.items[path[i].next - 1];
		bool is_branch = edge->step == path[i].step->parent && edge->at == program_step_place(path[i].step);
		const char *how = !is_branch                 ? "depends on `%s` here"
		                  : edge->step->condition_at ? "is in a branch of `%s`"
		                                             : "is in the body of `%s`";
		diag_related(diag, program_file(program, edge->at), node_span(edge->at), "`%s` %s", program_step_name(path[i].step),
		             arena_printf(program->arena, how, program_step_name(edge->step)));
	}
	text_free(&names);
}

/* Depth-first search, without recursion because a path may be as long as the program. */
static void find_cycles(struct program *program, struct step *start)
{
	VEC(struct visit) path = {0};
	vec_push(program->arena, &path, ((struct visit){start, 0}));
	start->mark = IN_PROGRESS;
	while (path.count) {
		struct visit *top = &path.items[path.count - 1];
		if (top->next == top->step->edges.count) {
			top->step->mark = DONE;
			path.count--;
			continue;
		}
		struct step *to = top->step->edges.items[top->next++].step;
		if (to->mark == IN_PROGRESS) {
			size_t from = path.count - 1;
			while (path.items[from].step != to)
				from--;
			if (is_new_cycle(path.items, from, path.count))
				report_cycle(program, path.items, from, path.count);
		} else if (to->mark == UNSEEN) {
			to->mark = IN_PROGRESS;
			vec_push(program->arena, &path, ((struct visit){to, 0}));
		}
	}
}

/* The node that has the name of a step; for an `else if`, that of the whole condition. */
static const struct node *named_node(const struct step *step)
{
	return step->node->kind == N_ARM ? step->node->parent : step->node;
}

static void report_same_name(struct program *program, const struct step *step, const struct step *earlier)
{
	const struct node *here = named_node(step), *there = named_node(earlier);
	const struct origin origin = step->scope->origin, other = earlier->scope->origin;
	const struct value place = {.at = program_place(origin, here), .frame = origin.frame};
	struct diag *diag = program_report_value(program, SP2011, &place, NULL, "two steps have the name \"%s\" in the definition",
	                                         step->step_name->text);
	if (!origin.call_site)
		diag->span = node_name_span(here);
	if (here != there || other.call_site)
		diag_related(diag, program_file(program, program_place(other, there)),
		             other.call_site ? node_span(other.call_site) : node_name_span(there),
		             earlier->node == there ? "the other is here" : "the other is an `else if` of this condition");
	diag_help(diag, step->scope->instance != earlier->scope->instance ? "give each `use` its own name"
	                : here == there                         ? "give each member its own name: `as \"...${key}\"`"
	                                                        : "give one of them another name: `as \"...\"`");
}

static void check_names(struct program *program)
{
	struct map names = {0};
	for (size_t i = 0; i < program->all_steps.count; i++) {
		struct step *step = program->all_steps.items[i];
		if (step->is_absent || !step->step_name)
			continue;
		const struct step *earlier = map_get(&names, step->step_name);
		/* two declarations of one name in one scope are reported already */
		bool is_unreported = earlier && (earlier->name != step->name || earlier->scope->names != step->scope->names ||
		                          earlier->node == step->node || step->node->kind == N_ARM);
		struct instance *instance = step->scope->instance;
		const struct instance *other = earlier ? earlier->scope->instance : NULL;
		bool is_of_instance = instance && other && other != instance && other->name == instance->name;
		if (!earlier)
			map_put(program->arena, &names, step->step_name, step);
		else if (is_unreported && !(is_of_instance && instance->is_name_reported))
			report_same_name(program, step, earlier);
		if (is_of_instance)
			instance->is_name_reported = true;
	}
}

/* The value in a step's own arguments, which have the structure of the response, at a property path. NULL when the step writes nothing
 * there, value_error when its arguments are unknown. */
static const struct value *value_at(const struct value *get)
{
	if (get->kind == VALUE_STEP)
		return get->step->arguments ? get->step->arguments : &value_error;
	const struct value *parent = get->parent ? value_at(get->parent) : NULL;
	if (parent && parent->kind == VALUE_ERROR)
		return parent;
	const struct field *field = parent && get->access == ACCESS_MEMBER ? value_field(parent, get->word) : NULL;
	return field ? field->value : NULL;
}

/* The type in the request of the step at a property path; NULL when only the response has the path. */
static const struct type *type_at(const struct value *get)
{
	if (get->kind == VALUE_STEP)
		return get->step->kind->arguments;
	const struct type *parent = get->parent ? type_at(get->parent) : NULL;
	bool is_member = parent && parent->kind == TYPE_SHAPE && get->access == ACCESS_MEMBER;
	struct member *member = is_member ? type_find_member(parent, get->word) : NULL;
	return member ? type_of_member(member) : NULL;
}

static void report_element(struct program *program, const struct value *get, const char *near, const char *all)
{
	struct diag *diag = program_report_value(program, SP2027, get, NULL, "the step `%s` has no `%s[\"%s\"]`",
	                                         value_root(get)->step->name->text, get->parent->word->text, get->word->text);
	if (near)
		diag_help(diag, "a similar name exists: \"%s\"", near);
	else if (*all)
		diag_help(diag, "it has %s", all);
	else
		diag_help(diag, "it declares no `%s`", get->parent->word->text);
	if (near && get->at)
		program_offer_fix(program, diag, get->at, near);
}

/* `Outputs[3]`: the list that the step writes must be that long. */
static void check_position(struct program *program, const struct value *get)
{
	const struct value *written = value_at(get->parent);
	if (!written || written->kind != VALUE_LIST || get->position < written->count)
		return;
	const struct step *step = value_root(get)->step;
	program_report_value(program, SP2027, get, NULL, "`%s` has %u `%s`, counted from 0: there is no [%u]", step->name->text,
	                     (unsigned)written->count, get->parent->word ? get->parent->word->text : "elements", (unsigned)get->position);
}

/* `Outputs["train"]`: the step must declare an element of that name. */
static void check_element(struct program *program, const struct value *get)
{
	const struct type *list = get->parent->type;
	if (get->access == ACCESS_POSITION && get->parent->kind == VALUE_GET)
		check_position(program, get);
	if (get->access != ACCESS_KEY || get->parent->kind != VALUE_GET || list->kind != TYPE_LIST || !list->by)
		return;
	const struct value *written = value_at(get->parent);
	const struct type *requested = written ? NULL : type_at(get->parent);
	if (written ? written->kind != VALUE_LIST : !requested || requested->kind != TYPE_LIST)
		return;
	struct suggest suggest;
	struct text all = {0};
	suggest_init(&suggest, get->word->text);
	bool is_open = false; /* an element has the name, or may have it */
	for (uint32_t i = 0; written && i < written->count; i++) {
		const struct field *name = value_field(written->items[i], list->by);
		is_open = !name || name->value->kind != VALUE_STRING || name->value->word == get->word;
		if (is_open)
			break;
		suggest_offer(&suggest, name->value->word->text);
		text_printf(&all, "%s\"%s\"", i ? ", " : "", name->value->word->text);
	}
	if (!is_open)
		report_element(program, get, suggest_result(&suggest), text_string(&all));
	text_free(&all);
}

static void check_reference(void *context, const struct value *reference)
{
	if (reference->kind != VALUE_GET)
		return;
	for (const struct value *get = reference; get->kind == VALUE_GET && get->parent; get = get->parent)
		check_element(context, get);
}

static bool holds_error(const struct value *value)
{
	for (uint32_t i = 0; (value->kind == VALUE_LIST || value->kind == VALUE_JOIN) && i < value->count; i++)
		if (holds_error(value->items[i]))
			return true;
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		if (holds_error(value->fields[i].value))
			return true;
	return value->kind == VALUE_ERROR;
}

/* The list in a step's arguments whose elements are named by the member `by`; NULL when it is not written. */
static const struct value *find_named_list(const struct value *object, const struct word *by)
{
	for (uint32_t i = 0; object->type && object->type->kind == TYPE_SHAPE && i < object->count; i++) {
		struct member *member = type_find_member(object->type, object->fields[i].name);
		const struct value *value = object->fields[i].value;
		if (value->kind == VALUE_LIST && member && type_of_member(member)->by == by)
			return value;
		const struct value *inner = value->kind == VALUE_OBJECT ? find_named_list(value, by) : NULL;
		if (inner)
			return inner;
	}
	return NULL;
}

/* The output that holds a property file must be one of the step's own. Its name is the OutputName in PropertyFiles and in the list of
 * outputs in the arguments. */
static void check_property_files(struct program *program, const struct step *step)
{
	const struct word *by = names_word(&program->world->names, "OutputName");
	if (!step->arguments || !step->property_files.count || holds_error(step->arguments))
		return;
	for (size_t i = 0; i < step->property_files.count; i++) {
		const struct property_file *file = &step->property_files.items[i];
		const struct value *outputs = find_named_list(step->arguments, by);
		struct suggest suggest;
		suggest_init(&suggest, file->output->text);
		bool is_found = false;
		for (uint32_t j = 0; outputs && j < outputs->count && !is_found; j++) {
			const struct field *name = value_field(outputs->items[j], by);
			is_found = !name || name->value->kind != VALUE_STRING || name->value->word == file->output;
			if (!is_found)
				suggest_offer(&suggest, name->value->word->text);
		}
		if (is_found)
			continue;
		struct diag *diag = program_report(program, SP2042, node_child(file->node, ROLE_FROM), "`%s` has no output \"%s\"",
		                                   step->name->text, file->output->text);
		if (!suggest_result(&suggest))
			continue;
		diag_help(diag, "a similar name exists: \"%s\"", suggest_result(&suggest));
		program_offer_fix(program, diag, node_child(file->node, ROLE_FROM), suggest_result(&suggest));
	}
}

void graph_check(struct program *program)
{
	check_names(program);
	struct collector pipeline = {program, NULL};
	if (program->pipeline.fields) /* they may refer to parameters, not to steps */
		graph_each_reference(program->pipeline.fields, collect_reference, &pipeline);
	if (program->pipeline.quoted)
		graph_each_reference(program->pipeline.quoted, collect_reference, &pipeline);
	for (size_t i = 0; i < program->all_steps.count; i++)
		collect_edges(program, program->all_steps.items[i]);
	graph_resolve_instances(program);
	for (size_t i = 0; i < program->all_steps.count; i++) {
		graph_each_step_reference(program->all_steps.items[i], check_reference, program);
		check_property_files(program, program->all_steps.items[i]);
	}
	graph_add_body_edges(program);
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (program->all_steps.items[i]->mark == UNSEEN)
			find_cycles(program, program->all_steps.items[i]);
	graph_drop_body_edges(program);
	graph_check_triggers(program);
	graph_check_branches(program);
	graph_check_foreach(program);
}
