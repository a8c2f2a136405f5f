#include "compile/lower.h"

#include "base/embedded.h"
#include "base/suggest.h"
#include "eval/check/check.h"
#include "eval/resolve.h"
#include "eval/symbols.h"

typedef VEC(const struct value *) value_vec;

/* Reads the clauses of one layer of a step. */
struct clause_reader {
	struct eval eval; /* its `step` is set */
	const struct layer *layer;
	value_vec *policies; /* of `retry` */
};

static struct value *new_object(struct program *program, const struct node *node, size_t room)
{
	struct value *object = arena_new(program->arena, struct value);
	object->kind = VALUE_OBJECT;
	object->at = node;
	object->fields = arena_array(program->arena, struct field, room);
	return object;
}

static void add_field(struct program *program, struct value *object, const char *name, const struct value *value)
{
	eval_add_field(object, (struct field){names_word(&program->world->names, name), value, object->at});
}

/* --- cache --- */

static void lower_cache(struct clause_reader *reader, const struct node *node)
{
	struct eval *eval = &reader->eval;
	struct value *cache = new_object(eval->program, program_place(eval->origin, node), 2);
	const struct node *duration = node_child(node, ROLE_VALUE);
	add_field(eval->program, cache, "Enabled", eval_boolean(eval, node, !(node->flags & NODE_OFF)));
	if (duration)
		add_field(eval->program, cache, "ExpireAfter", eval_constant_text(eval, duration, reader->layer->env));
	eval->step->cache = cache;
}

/* --- retry --- */

static const struct exception_family *find_family(const struct step *step, const struct word *name)
{
	const struct exception_family *family = step->kind->families;
	while (family && family->name != name)
		family = family->next;
	return family;
}

static void report_unknown_exception(struct eval *eval, const struct node *item, const struct exception_family *family)
{
	const char *name = item->word ? item->word->text : "";
	struct suggest suggest;
	struct text all = {0};
	suggest_init(&suggest, name);
	for (uint32_t i = 0; i < family->exceptions->count; i++) {
		suggest_offer(&suggest, family->exceptions->values[i]->text);
		text_printf(&all, "%s`%s.%s`", i ? ", " : "", family->name->text, family->exceptions->values[i]->text);
	}
	const char *near = suggest_result(&suggest);
	struct diag *diag = eval_report(eval, SP2013, item, "there is no exception `%s.%s`", family->name->text, name);
	if (near)
		diag_help(diag, "a similar exception exists: `%s.%s`", family->name->text, near);
	else
		diag_help(diag, "known values: %s; if AWS has it and the library, of %.*s, does not, write it in quotes: %s[\"%s\"]",
		          text_string(&all), EMBEDDED_BOTOCORE, family->name->text, name);
	if (near)
		program_offer_fix(eval->program, diag, item, near);
	else if (item->kind == N_MEMBER && !eval->origin.call_site)
		diag_edit(diag, node_span(item), arena_printf(eval->program->arena, "%s[\"%s\"]", family->name->text, name));
	text_free(&all);
}

/* An exception after `retry on`: a family and a name, `Step.THROTTLING`. */
struct exception {
	const struct word *family, *name;
};

/* Reports an exception that the library does not know, and that is in quotes. */
static void report_newer_exception(struct eval *eval, const struct node *item, const struct exception *exception)
{
	struct diag *diag = eval_report(eval, SP3035, item, "the library knows no exception `%s.%s` of %s", exception->family->text,
	                                exception->name->text, kind_text(eval->program->arena, eval->step->kind));
	diag_label(diag, "it is passed on as written");
	diag_help(diag, "the library is made of %s", embedded_origins);
}

static void report_unknown_family(struct eval *eval, const struct node *item, const struct word *family)
{
	const struct step *step = eval->step;
	struct diag *diag = eval_report(eval, SP2013, item, "%s cannot retry on `%s` exceptions",
	                                kind_text(eval->program->arena, step->kind), family->text);
	if (step->kind->families)
		diag_help(diag, "it retries on `%s` exceptions%s", step->kind->families->name->text,
		          step->kind->families->next ? " and others" : "");
}

/* Reads an exception; false after a report. A name in quotes that the library does not know passes: `SageMaker["NEW_ERROR"]`. */
static bool read_exception(struct eval *eval, const struct node *item, struct exception *exception)
{
	const struct node *left = item->kind == N_MEMBER || item->kind == N_INDEX ? node_child(item, ROLE_LEFT) : NULL;
	const struct node *quoted = item->kind == N_INDEX ? node_child(item, ROLE_RIGHT) : NULL;
	if (!left || left->kind != N_NAME || (quoted && quoted->kind != N_STRING)) {
		diag_help(eval_report(eval, SP2013, item, "an exception must be a family and a name"),
		          "write it as in `Step.THROTTLING` or `SageMaker.CAPACITY_ERROR`");
		return false;
	}
	*exception = (struct exception){left->word, quoted ? quoted->word : item->word};
	const struct exception_family *family = find_family(eval->step, left->word);
	for (uint32_t i = 0; family && i < family->exceptions->count; i++)
		if (family->exceptions->values[i] == exception->name)
			return true;
	if (quoted)
		report_newer_exception(eval, item, exception);
	else if (family)
		report_unknown_exception(eval, item, family);
	else
		report_unknown_family(eval, item, left->word);
	return quoted != NULL;
}

/* Adds one policy for the exceptions of one family: SageMaker does not accept several families in one policy. */
static void add_policy(struct clause_reader *reader, const struct node *node, const struct value *settings, const struct word *family,
                       const struct exception *exceptions, size_t count)
{
	struct program *program = reader->eval.program;
	value_vec names = {0};
	for (size_t i = 0; i < count; i++) {
		const char *name = arena_printf(program->arena, "%s.%s", exceptions[i].family->text, exceptions[i].name->text);
		if (exceptions[i].family == family)
			vec_push(program->arena, &names, eval_string(&reader->eval, node, name, strlen(name)));
	}
	struct value *policy = new_object(program, node, settings->count + 1);
	add_field(program, policy, "ExceptionType", eval_list(&reader->eval, node, names.items, names.count));
	for (uint32_t i = 0; settings->kind == VALUE_OBJECT && i < settings->count; i++)
		eval_add_field(policy, settings->fields[i]);
	vec_push(program->arena, reader->policies, policy);
}

/* Whether an earlier exception has the same family. */
static bool has_family(const struct exception *exceptions, size_t count, const struct word *family)
{
	for (size_t i = 0; i < count; i++)
		if (exceptions[i].family == family)
			return true;
	return false;
}

static void lower_retry(struct clause_reader *reader, const struct node *node)
{
	struct eval *eval = &reader->eval;
	if (node->flags & NODE_OFF)
		return;
	const struct node *block = node_child(node, ROLE_BLOCK), *place = program_place(eval->origin, node);
	const struct value *settings = eval_fields(eval, block ? block : node, reader->layer->env);
	const struct type *shape = world_own_type(eval->program->world, "RetryPolicy");
	settings = check_shape(eval->program, settings, shape, place, "this retry", eval->step);
	VEC(struct exception) exceptions = {0};
	struct exception exception;
	for (const struct node *item = node_child(node, ROLE_ITEM); item; item = node_next(item))
		if (read_exception(eval, item, &exception))
			vec_push(eval->program->arena, &exceptions, exception);
	for (const struct exception_family *family = eval->step->kind->families; family; family = family->next)
		if (has_family(exceptions.items, exceptions.count, family->name))
			add_policy(reader, node, settings, family->name, exceptions.items, exceptions.count);
	for (size_t i = 0; i < exceptions.count; i++) /* families that the library does not know */
		if (!find_family(eval->step, exceptions.items[i].family) && !has_family(exceptions.items, i, exceptions.items[i].family))
			add_policy(reader, node, settings, exceptions.items[i].family, exceptions.items, exceptions.count);
}

/* --- property files and outputs --- */

static void report_duplicate(struct clause_reader *reader, const struct node *node, const struct node *earlier)
{
	struct diag *diag = eval_report(&reader->eval, SP2001, node, "`%s` is declared twice", node->word->text);
	if (reader->eval.origin.call_site)
		return;
	diag->span = node_name_span(node);
	diag_related(diag, program_file(reader->eval.program, earlier), node_name_span(earlier), "it is declared here first");
}

/* Reports two clauses with different names in the source and the same name in the definition. */
static void report_same_name(struct clause_reader *reader, const char *what, const char *name, const struct node *node,
                        const struct node *earlier)
{
	struct diag *diag = eval_report(&reader->eval, SP2015, node, "%s have the name \"%s\" in the definition", what, name);
	if (reader->eval.origin.call_site)
		return;
	diag->span = node_name_span(node);
	diag_related(diag, program_file(reader->eval.program, earlier), node_name_span(earlier), "the other is here");
}

static void lower_property_file(struct clause_reader *reader, const struct node *node)
{
	struct eval *eval = &reader->eval;
	struct step *step = eval->step;
	const struct env *env = reader->layer->env;
	for (size_t i = 0; i < step->property_files.count; i++) {
		if (step->property_files.items[i].name != node->word)
			continue;
		report_duplicate(reader, node, step->property_files.items[i].node);
		return;
	}
	const struct value *output = eval_constant_text(eval, node_child(node, ROLE_FROM), env);
	const struct value *path = eval_constant_text(eval, node_child(node, ROLE_AT), env);
	if (output->kind != VALUE_STRING || path->kind != VALUE_STRING)
		return;
	if (!path->word->length)
		eval_report(eval, SP5013, node_child(node, ROLE_AT), "the path of a property file is empty");
	struct property_file file = {node->word, symbols_own_name(eval, node, env), output->word, path->word, node};
	for (size_t i = 0; i < step->property_files.count; i++)
		if (step->property_files.items[i].emitted == file.emitted)
			report_same_name(reader, "two property files", file.emitted->text, node, step->property_files.items[i].node);
	vec_push(eval->program->arena, &step->property_files, file);
}

static void lower_output(struct clause_reader *reader, const struct node *node)
{
	struct eval *eval = &reader->eval;
	struct step *step = eval->step;
	const struct env *env = reader->layer->env;
	for (size_t i = 0; i < step->outputs.count; i++) {
		if (step->outputs.items[i].name != node->word)
			continue;
		report_duplicate(reader, node, step->outputs.items[i].node);
		return;
	}
	const struct node *written = node_child(node, ROLE_TYPE);
	const struct type *type = type_from_node(&program_module(eval->program, env)->scope, written);
	if (type->kind < TYPE_STRING || type->kind > TYPE_BOOLEAN) {
		if (!type->is_unknown)
			diag_help(eval_report(eval, SP3025, written, "an output must be a String, an Integer, a Float or a Boolean"),
			          "return several outputs, or JSON text as a String");
		return;
	}
	struct output output = {node->word, symbols_own_name(eval, node, env), type, node};
	for (size_t i = 0; i < step->outputs.count; i++)
		if (step->outputs.items[i].emitted == output.emitted)
			report_same_name(reader, "two outputs", output.emitted->text, node, step->outputs.items[i].node);
	vec_push(eval->program->arena, &step->outputs, output);
}

/* --- all clauses --- */

static void lower_dependencies(struct clause_reader *reader, const struct node *node)
{
	lower_depends(reader->eval.program, reader->eval.step, reader->layer, node);
}

static const struct clause_rule {
	uint8_t node;     /* N_* */
	bool has_name;    /* a clause without its name is a syntax error, and skipped */
	unsigned clause;  /* CLAUSE_* that the kind must allow; 0: every kind does */
	const char *word; /* what messages call the clause */
	void (*lower)(struct clause_reader *reader, const struct node *node);
} rules[] = {
	{N_CACHE, false, CLAUSE_CACHE, "cache", lower_cache},
	{N_RETRY, false, CLAUSE_RETRY, "retry", lower_retry},
	{N_PROPERTY_FILE, true, CLAUSE_PROPERTY_FILE, "property file", lower_property_file},
	{N_OUTPUT, true, CLAUSE_OUTPUT, "output", lower_output},
	{N_DEPENDS, false, 0, "depends on", lower_dependencies},
};

static const struct clause_rule *find_rule(const struct node *node)
{
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (rules[i].node == node->kind)
			return &rules[i];
	return NULL;
}

static bool is_allowed(struct eval *eval, const struct node *node, const struct clause_rule *rule)
{
	const struct kind *kind = eval->step->kind;
	if (!rule->clause || kind->clauses & rule->clause)
		return true;
	diag_label(eval_report(eval, SP2012, node, "%s does not support `%s`", kind_text(eval->program->arena, kind), rule->word),
	           "SageMaker does not support it for this step type");
	return false;
}

/* The strongest layer that has a `retry`. Its clauses replace those of all weaker layers. */
static const struct layer *find_retry_layer(const struct step *step)
{
	for (size_t i = step->layers.count; i--;)
		for (const struct node *item = node_child(step->layers.items[i].block, ROLE_ITEM); item; item = node_next(item))
			if (item->kind == N_RETRY)
				return &step->layers.items[i];
	return NULL;
}

static void lower_layer(struct clause_reader *reader, bool takes_retry)
{
	struct eval *eval = &reader->eval;
	const struct node *cache = NULL;
	for (const struct node *item = node_child(reader->layer->block, ROLE_ITEM); item; item = node_next(item)) {
		const struct clause_rule *rule = find_rule(item);
		if (!rule || !resolve_is_placed(item) || (rule->has_name && !item->word) || (item->kind == N_RETRY && !takes_retry))
			continue;
		if (item->kind == N_CACHE && cache)
			diag_related(eval_report(eval, SP2001, item, "a step has only one `cache`"), program_file(eval->program, cache),
			             node_span(cache), "the first is here");
		else if (is_allowed(eval, item, rule))
			rule->lower(reader, item);
		if (item->kind == N_CACHE)
			cache = item;
	}
}

void lower_clauses(struct program *program, struct step *step)
{
	const struct layer *retry_layer = find_retry_layer(step);
	value_vec policies = {0};
	for (size_t i = 0; i < step->layers.count; i++) {
		const struct layer *layer = &step->layers.items[i];
		struct clause_reader reader = {{program, step, layer->origin}, layer, &policies};
		lower_layer(&reader, layer == retry_layer);
	}
	if (policies.count) {
		struct value *list = arena_new(program->arena, struct value);
		*list = (struct value){.kind = VALUE_LIST, .at = retry_layer->block, .count = (uint32_t)policies.count};
		list->items = policies.items;
		step->retries = list;
	}
}
