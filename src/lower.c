#include "lower.h"

#include "check.h"

#include <stdlib.h>

/* --- the pipeline block --- */

static const struct node *find_pipeline_field(const struct program *program, const char *name)
{
	const struct node *block = node_child(program->pipeline.node, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_FIELD && word_is(item->word, name))
			return item;
	return NULL;
}

const struct value *eval_pipeline_field(struct eval *eval, const char *name)
{
	struct program *program = eval->program;
	const struct node *field = find_pipeline_field(program, name);
	if (!field)
		return NULL;
	if (program->pipeline.is_busy) {
		eval_report(eval, SP2006, field, "`%s` of the pipeline is made of itself", name);
		return &value_error;
	}
	struct eval own = {.program = program, .depth = eval->depth};
	program->pipeline.is_busy = true;
	const struct value *value = eval_expression(&own, node_child(field, ROLE_VALUE), NULL);
	program->pipeline.is_busy = false;
	return value->kind == VALUE_NULL ? NULL : value;
}

static const struct word *pipeline_text(struct eval *eval, const char *option, const char *field)
{
	if (option)
		return names_word(&eval->program->world->names, option);
	const struct value *value = field ? eval_pipeline_field(eval, field) : NULL;
	return value && value->kind == VALUE_STRING ? value->word : NULL;
}

/* One of the parts of an ARN, which colons divide; NULL when there is none. */
static const struct word *arn_part(struct eval *eval, const struct word *arn, int part)
{
	const char *at = arn ? arn->text : NULL;
	for (; at && part > 0; part--) {
		at = strchr(at, ':');
		at += at != NULL;
	}
	const char *end = at ? strchr(at, ':') : NULL;
	return end && end > at ? names_intern(&eval->program->world->names, at, (size_t)(end - at)) : NULL;
}

static const struct word *pipeline_constant(struct eval *eval, const char *name)
{
	const struct program_options *options = eval->program->options;
	struct names *names = &eval->program->world->names;
	struct arena *arena = eval->program->arena;
	if (strcmp(name, "Name") == 0)
		return eval->program->pipeline.name;
	if (strcmp(name, "RoleArn") == 0)
		return pipeline_text(eval, NULL, "RoleArn");
	if (strcmp(name, "Region") == 0)
		return pipeline_text(eval, options->region, "Region");
	if (strcmp(name, "Account") == 0) {
		const struct word *account = pipeline_text(eval, options->account, "Account");
		return account ? account : arn_part(eval, pipeline_text(eval, NULL, "RoleArn"), 4);
	}
	if (strcmp(name, "Partition") == 0) {
		const struct word *partition = arn_part(eval, pipeline_text(eval, NULL, "RoleArn"), 1);
		const struct word *region = partition ? NULL : pipeline_constant(eval, "Region");
		if (partition || !region)
			return partition;
		return names_word(names, strncmp(region->text, "cn-", 3) == 0       ? "aws-cn"
		                         : strncmp(region->text, "us-gov-", 7) == 0 ? "aws-us-gov"
		                                                                    : "aws");
	}
	if (strcmp(name, "Bucket") == 0) {
		const struct word *region = pipeline_constant(eval, "Region"), *account = pipeline_constant(eval, "Account");
		return region && account ? names_word(names, arena_printf(arena, "sagemaker-%s-%s", region->text, account->text)) : NULL;
	}
	const struct word *assets = pipeline_text(eval, options->assets, "AssetLocation");
	const struct word *bucket = assets ? NULL : pipeline_constant(eval, "Bucket");
	if (assets || !bucket)
		return assets;
	return names_word(names, arena_printf(arena, "s3://%s/%s/assets", bucket->text, eval->program->pipeline.name->text));
}

const struct value *eval_pipeline_constant(struct eval *eval, const struct node *node, const struct word *name)
{
	static const struct {
		const char *name, *help;
	} constants[] = {
		{"Name", "write `pipeline \"name\" { ... }`"},
		{"RoleArn", "write `RoleArn: \"arn:aws:iam::...\"` in the `pipeline` block"},
		{"Region", "write `Region: \"...\"` in the `pipeline` block, or give `--region`"},
		{"Account", "write `Account` or a constant `RoleArn` in the `pipeline` block, or give `--account`"},
		{"Partition", "write `RoleArn` or `Region` in the `pipeline` block, or give `--region`"},
		{"Bucket", "it is made of region and account: write `Region` and `RoleArn` in the `pipeline` block, or give "
		           "`--region` and `--account`"},
		{"Assets", "write `AssetLocation: \"s3://...\"` in the `pipeline` block, or give `--assets`"},
	};
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
		if (!word_is(name, constants[i].name))
			continue;
		const struct word *word = pipeline_constant(eval, constants[i].name);
		if (word)
			return eval_string(eval, node, word->text, word->length);
		if (eval->program->pipeline.node || strcmp(name->text, "Name") != 0)
			diag_help(eval_report(eval, SP2025, node, "nobody says what `Pipeline.%s` is", name->text), "%s", constants[i].help);
		return &value_error;
	}
	diag_help(eval_report(eval, SP2020, node, "there is no `Pipeline.%s`", name->text),
	          "there are Name, RoleArn, Region, Account, Partition, Bucket and Assets");
	return &value_error;
}

static void lower_pipeline_name(struct program *program)
{
	const struct node *name = node_child(program->pipeline.node, ROLE_NAME);
	const struct type literal = {.kind = TYPE_STRING, .is_literal = true};
	struct eval eval = {.program = program};
	program->pipeline.name = names_word(&program->world->names, "");
	if (!program->pipeline.node) {
		struct diag *diag = diag_report(program->diags, SP2009, program->tree->file, span_of(0, 0), "the program has no `pipeline`");
		diag_help(diag, "write `pipeline \"MyPipeline\" { RoleArn: \"...\" }`");
		return;
	}
	if (!name)
		return;
	const struct value *value = check_value(program, eval_expression(&eval, name, NULL), &literal, name);
	if (value->kind == VALUE_STRING)
		program->pipeline.name = value->word;
}

static void lower_pipeline(struct program *program)
{
	const struct node *node = program->pipeline.node;
	struct eval eval = {.program = program};
	if (!node)
		return;
	program->pipeline.description = node_doc(program->tree, &program->world->names, node);
	const struct node *block = node_child(node, ROLE_BLOCK);
	const struct value *fields = eval_fields(&eval, block ? block : node, NULL);
	program->pipeline.fields = check_shape(program, fields, world_own_type(program->world, "Pipeline"), node, "the pipeline", NULL);
}

/* --- steps --- */

static bool names_kind(const struct node *defaults, const struct kind *kind)
{
	for (const struct node *item = node_child(defaults, ROLE_ITEM); item; item = node_next(item))
		if (item->word == kind->name)
			return true;
	return false;
}

/* The blocks that make a step: those of `defaults` for its kind, then its own. */
static size_t gather_blocks(struct program *program, const struct step *step, const struct node **blocks)
{
	size_t count = 0;
	for (size_t i = 0; i < program->defaults.count; i++)
		if (names_kind(program->defaults.items[i], step->kind) && node_child(program->defaults.items[i], ROLE_BLOCK))
			blocks[count++] = node_child(program->defaults.items[i], ROLE_BLOCK);
	const struct node *own = step->node->kind == N_ARM ? NULL : node_child(step->node, ROLE_BLOCK);
	if (own)
		blocks[count++] = own;
	return count;
}

struct parts {
	struct value *keys, *arguments;
};

static void put(struct value *object, struct field field)
{
	((struct field *)object->fields)[object->count++] = field;
}

/* Tells the fields of a block apart: step keys, members of the request, and the request itself as `Arguments`. */
static struct parts split_fields(struct program *program, const struct step *step, const struct value *fields)
{
	const struct kind *kind = step->kind;
	const struct word *arguments = program->world->word.arguments;
	struct parts parts = {arena_new(program->arena, struct value), arena_new(program->arena, struct value)};
	*parts.keys = *parts.arguments = *fields;
	parts.keys->count = parts.arguments->count = 0;
	parts.keys->fields = arena_array(program->arena, struct field, fields->count + 2);
	parts.arguments->fields = arena_array(program->arena, struct field, fields->count + 1);
	for (uint32_t i = 0; i < fields->count; i++) {
		const struct field *field = &fields->fields[i];
		if (type_find_member(kind->keys, field->name))
			put(parts.keys, *field);
		else if (!kind->arguments)
			put(parts.keys, *field);
		else if (field->name != arguments)
			put(parts.arguments, *field);
	}
	return parts;
}

/* A `///` becomes the description of a step that has none. */
static void add_description(struct program *program, const struct step *step, struct value *keys)
{
	const struct word *description = program->world->word.description;
	if (step->node->kind == N_ARM || !type_find_member(step->kind->keys, description))
		return;
	const struct word *doc = node_doc(program->tree, &program->world->names, step->node);
	const struct field *written = value_field(keys, description);
	struct eval eval = {.program = program};
	if (!doc)
		return;
	if (written)
		program_report(program, SP1210, written->at, "this `Description` hides the `///` above the step");
	else
		put(keys, (struct field){description, eval_string(&eval, step->node, doc->text, doc->length), step->node});
}

static void lower_step(struct program *program, struct step *step)
{
	const struct kind *kind = lower_kind(program, step);
	struct eval eval = {.program = program, .step = step};
	lower_name(program, step);
	if (!kind) {
		const struct node *block = node_child(step->node, ROLE_BLOCK);
		if (block)
			eval_fields(&eval, block, step->env);
		return;
	}
	const struct node **blocks = arena_array(program->arena, const struct node *, program->defaults.count + 1);
	size_t count = gather_blocks(program, step, blocks);
	const struct value *fields = NULL;
	for (size_t i = 0; i < count; i++) {
		const struct value *more = eval_fields(&eval, blocks[i], step->env);
		fields = fields ? eval_merge(&eval, fields, more) : more;
	}
	if (!fields)
		fields = eval_new(&eval, VALUE_OBJECT, step->node);
	struct parts parts = split_fields(program, step, fields);
	add_description(program, step, parts.keys);
	const struct field *whole = kind->arguments ? value_field(fields, program->world->word.arguments) : NULL;
	const struct value *arguments = parts.arguments;
	if (whole && whole->value->kind == VALUE_OBJECT)
		arguments = eval_merge(&eval, arguments, whole->value);
	else if (whole && whole->value->kind != VALUE_ERROR)
		program_report(program, SP3001, whole->at, "`Arguments` is an object, not %s", value_noun(program->arena, whole->value));
	const char *owner = arena_printf(program->arena, "a %s step", kind->name->text);
	step->keys = check_shape(program, parts.keys, kind->keys, step->node, owner, step);
	if (kind->arguments)
		step->arguments = check_shape(program, arguments, kind->arguments, step->node, owner, step);
	lower_clauses(program, step, blocks, count);
	lower_condition(program, step);
}

static void lower_asserts(struct program *program)
{
	struct eval eval = {.program = program};
	const struct type literal = {.kind = TYPE_BOOLEAN, .is_literal = true};
	for (size_t i = 0; i < program->asserts.count; i++) {
		const struct node *node = program->asserts.items[i], *message = node_child(node, ROLE_MESSAGE);
		const struct node *claim = node_child(node, ROLE_VALUE);
		const struct value *holds = check_value(program, eval_expression(&eval, claim, NULL), &literal, claim ? claim : node);
		if (holds->kind != VALUE_BOOLEAN || holds->boolean)
			continue;
		const struct value *text = message ? eval_expression(&eval, message, NULL) : &value_error;
		program_report(program, SP2040, claim, "%s", text->kind == VALUE_STRING ? text->word->text : "this assertion does not hold");
	}
}

void lower_program(struct program *program)
{
	struct eval eval = {.program = program};
	lower_pipeline_name(program);
	for (size_t i = 0; i < program->symbols.count; i++) {
		struct symbol *symbol = program->symbols.items[i];
		if (symbol->kind != SYMBOL_STEP)
			eval_symbol(&eval, symbol, symbol->node);
	}
	lower_pipeline(program);
	for (size_t i = 0; i < program->options->setting_count; i++) {
		const struct word *name = names_word(&program->world->names, program->options->settings[i].name);
		const struct symbol *symbol = map_get(&program->values, name);
		if (!symbol || symbol->kind != SYMBOL_CONFIG)
			diag_report(program->diags, SP2032, program->tree->file, span_of(0, 0), "`--set %s=...`: the program has no `config %s`",
			            name->text, name->text);
	}
	lower_asserts(program);
	for (size_t i = 0; i < program->all_steps.count; i++)
		if (!lower_is_absent(program, program->all_steps.items[i]))
			lower_step(program, program->all_steps.items[i]);
}
