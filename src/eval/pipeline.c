#include "eval/pipeline.h"

#include "base/arn.h"
#include "base/suggest.h"
#include "eval/check/check.h"

static const struct node *find_pipeline_field(const struct program *program, const char *name)
{
	const struct node *block = node_child(program->pipeline.node, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_FIELD && names_is(item->word, name))
			return item;
	return NULL;
}

const struct value *pipeline_field(struct eval *eval, const char *name)
{
	struct program *program = eval->program;
	const struct node *field = find_pipeline_field(program, name);
	if (!field)
		return NULL;
	for (const struct busy_field *busy = program->pipeline.busy; busy; busy = busy->outer) {
		if (busy->node != field)
			continue;
		eval_report(eval, SP2006, field, "`%s` of the pipeline is defined in terms of itself", name)->span = node_name_span(field);
		return &value_error;
	}
	struct eval own = {.program = program};
	const struct busy_field busy = {program->pipeline.busy, field};
	program->pipeline.busy = &busy;
	const struct value *value = eval_expression(&own, node_child(field, ROLE_VALUE), &program->root.env);
	program->pipeline.busy = busy.outer;
	struct member *member = type_find_member(world_own_type(program->world, "Pipeline"), field->word);
	if (value->kind == VALUE_NULL)
		return NULL;
	return member ? check_value(program, value, type_of_member(member), field) : value;
}

/* The text of an option if it is given, else that of a field of the `pipeline` block; NULL when there is none. */
static const struct word *option_or_field(struct eval *eval, const char *option, const char *field)
{
	if (option)
		return names_word(&eval->program->world->names, option);
	const struct value *value = field ? pipeline_field(eval, field) : NULL;
	if (value && value->kind == VALUE_STRING)
		return value->word;
	eval->program->pipeline.is_unusable |= value != NULL;
	return NULL;
}

/* The account or partition in the ARN of the role, or NULL. */
static const struct word *role_part(struct eval *eval, bool is_account)
{
	const struct word *role = option_or_field(eval, NULL, "RoleArn");
	struct arn arn;
	if (!role || !arn_read(&arn, eval->program->arena, role->text))
		return NULL;
	const char *part = is_account ? arn.account : arn.partition;
	return *part ? names_word(&eval->program->world->names, part) : NULL;
}

const struct word *pipeline_text(struct eval *eval, const char *name)
{
	const struct program_options *options = eval->program->options;
	struct names *names = &eval->program->world->names;
	struct arena *arena = eval->program->arena;
	if (strcmp(name, "Name") == 0)
		return eval->program->pipeline.node ? eval->program->pipeline.name : NULL;
	if (strcmp(name, "RoleArn") == 0)
		return option_or_field(eval, NULL, "RoleArn");
	if (strcmp(name, "Region") == 0)
		return option_or_field(eval, options->region, "Region");
	if (strcmp(name, "Account") == 0) {
		const struct word *account = option_or_field(eval, options->account, "Account");
		return account ? account : role_part(eval, true);
	}
	if (strcmp(name, "Partition") == 0) {
		const struct word *partition = role_part(eval, false);
		const struct word *region = partition ? NULL : pipeline_text(eval, "Region");
		if (partition || !region)
			return partition;
		return names_word(names, strncmp(region->text, "cn-", 3) == 0       ? "aws-cn"
		                         : strncmp(region->text, "us-gov-", 7) == 0 ? "aws-us-gov"
		                                                                    : "aws");
	}
	if (strcmp(name, "Bucket") == 0) {
		const struct word *bucket = option_or_field(eval, NULL, "Bucket");
		if (bucket || find_pipeline_field(eval->program, "Bucket"))
			return bucket;
		const struct word *region = pipeline_text(eval, "Region"), *account = pipeline_text(eval, "Account");
		return region && account ? names_word(names, arena_printf(arena, "sagemaker-%s-%s", region->text, account->text)) : NULL;
	}
	if (strcmp(name, "BucketPrefix") == 0) {
		const struct word *prefix = option_or_field(eval, NULL, "BucketPrefix");
		return prefix ? prefix : names_word(names, "");
	}
	if (strcmp(name, "BucketUri") == 0) {
		const struct word *bucket = pipeline_text(eval, "Bucket"), *prefix = pipeline_text(eval, "BucketPrefix");
		const char *slash = prefix->length ? "/" : "";
		return bucket ? names_word(names, arena_printf(arena, "s3://%s%s%s", bucket->text, slash, prefix->text)) : NULL;
	}
	/* Assets */
	const struct word *assets = option_or_field(eval, options->assets, "AssetLocation");
	const struct word *bucket = assets ? NULL : pipeline_text(eval, "BucketUri");
	if (assets || !bucket)
		return assets;
	return names_word(names, arena_printf(arena, "%s/%s/assets", bucket->text, eval->program->pipeline.name->text));
}

/* Whether the block has an unknown field. It may be the missing field, misspelled, and is reported elsewhere. */
static bool has_unknown_field(const struct program *program)
{
	const struct type *shape = world_own_type(program->world, "Pipeline");
	const struct node *block = node_child(program->pipeline.node, ROLE_BLOCK);
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		if (item->kind == N_FIELD && item->word && !type_find_member(shape, item->word))
			return true;
	return false;
}

/* Reports an unknown constant: at `node`, or, when a default of the library needs it, at the `pipeline`. */
static void report_missing_constant(struct eval *eval, const struct node *node, const struct word *name, const char *help)
{
	const struct node *pipeline = node_child(eval->program->pipeline.node, ROLE_NAME);
	bool is_default = eval->origin.call_site && eval->step && pipeline;
	const char *what = names_is(name, "Assets") ? "the S3 location of the files is not set: `Pipeline.%s`"
	                                            : "`Pipeline.%s` is not set";
	what = arena_printf(eval->program->arena, what, name->text);
	struct diag *diag = is_default ? program_report(eval->program, SP2025, pipeline, "%s", what)
	                               : eval_report(eval, SP2025, node, "%s", what);
	if (is_default)
		program_relate_step(eval->program, diag, eval->step, "needs it");
	diag_help(diag, "%s", help);
}

#define BUCKET_HELP                                                                                                               \
	"write `Bucket: \"...\"` in the `pipeline` block, or set region and account, from which its name is made: `Region` and "    \
	"`RoleArn` in the block, or `--region` and `--account`"

/* The constants `Pipeline.NAME`, and what to do when one is not known. */
static const struct {
	const char *name, *help;
} constants[] = {
	{"Name", "write `pipeline \"name\" { ... }`"},
	{"RoleArn", "write `RoleArn: \"arn:aws:iam::...\"` in the `pipeline` block"},
	{"Region", "write `Region: \"...\"` in the `pipeline` block, or give `--region`"},
	{"Account", "write `Account` or a constant `RoleArn` in the `pipeline` block, or give `--account`"},
	{"Partition", "write `RoleArn` or `Region` in the `pipeline` block, or give `--region`"},
	{"Bucket", BUCKET_HELP},
	{"BucketPrefix", BUCKET_HELP},
	{"BucketUri", BUCKET_HELP},
	{"Assets", "write `AssetLocation: \"s3://...\"` in the `pipeline` block, give `--assets s3://...`, or set region and account: "
	           "`Region` and `RoleArn` in the block, or `--region` and `--account`"},
};

const char *pipeline_constant_name(size_t index)
{
	return index < sizeof constants / sizeof *constants ? constants[index].name : NULL;
}

const struct value *pipeline_constant(struct eval *eval, const struct node *node, const struct word *name)
{
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++) {
		if (!names_is(name, constants[i].name))
			continue;
		unsigned bit = 1u << i;
		struct pipeline *pipeline = &eval->program->pipeline;
		pipeline->is_unusable = false;
		const struct word *word = pipeline_text(eval, constants[i].name);
		if (word)
			return eval_string(eval, node, word->text, word->length);
		bool is_reported = pipeline->is_unusable || pipeline->reported_constants & bit || has_unknown_field(eval->program);
		if (pipeline->node && !is_reported)
			report_missing_constant(eval, node, name, constants[i].help);
		pipeline->reported_constants |= bit;
		return &value_error;
	}
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (size_t i = 0; i < sizeof constants / sizeof *constants; i++)
		suggest_offer(&suggest, constants[i].name);
	const char *near = suggest_result(&suggest);
	struct diag *diag = eval_report(eval, SP2020, node, "there is no `Pipeline.%s`", name->text);
	if (node->kind == N_MEMBER)
		diag->span = node_name_span(node);
	if (near)
		diag_help(diag, "a value with a similar name exists: `%s`", near);
	else
		diag_help(diag, "the constants are Name, RoleArn, Region, Account, Partition, Bucket, BucketPrefix, BucketUri and Assets");
	if (near)
		program_offer_fix(eval->program, diag, node, near);
	return &value_error;
}
