#include "emit/policy.h"

/* A walk over the fields of a step. */
struct policy_walk {
	struct policies *policies;
	struct policy *policy;
	bool is_written; /* the places found are written to */
	bool is_key;     /* the texts are keys */
};

/* --- places in S3 --- */

static void act(const struct policy_walk *walk, struct statement *statement, const char *const *actions)
{
	for (; *actions; actions++)
		policy_statement_act(walk->policies, statement, *actions);
}

/* What is below the prefix, and the object that has exactly its name. What is written is read by other steps, and looked
 * into by the service. */
static void add_place(const struct policy_walk *walk, const char *uri)
{
	static const char *const reads[] = {"s3:GetObject", NULL}, *const lists[] = {"s3:ListBucket", NULL};
	static const char *const writes[] = {"s3:PutObject", "s3:AbortMultipartUpload", NULL};
	struct policies *policies = walk->policies;
	const char *place = uri + strlen("s3://");
	size_t bucket_length = strcspn(place, "/");
	const char *bucket = arena_copy(policies->arena, place, bucket_length), *key = place + bucket_length;
	bool is_open_bucket = strchr(bucket, '*') != NULL || !*bucket;
	const char *star = strchr(key, '*'); /* nothing behind it narrows what is below */
	int length = star ? (int)(star - key) : (int)strlen(key);
	const char *objects = is_open_bucket ? "*" : arena_printf(policies->arena, "%s%.*s*", bucket, length ? length : 1, length ? key : "/");
	struct statement *reading = policy_statement(policies, walk->policy, "ReadData");
	act(walk, reading, reads);
	policy_statement_on(policies, reading, policy_arn(policies, "s3", objects));
	struct statement *listing = policy_statement(policies, walk->policy, "ListData");
	act(walk, listing, lists);
	policy_statement_on(policies, listing, policy_arn(policies, "s3", is_open_bucket ? "*" : bucket));
	if (!walk->is_written)
		return;
	struct statement *writing = policy_statement(policies, walk->policy, "WriteData");
	act(walk, writing, writes);
	policy_statement_on(policies, writing, policy_arn(policies, "s3", objects));
}

/* --- images --- */

/* ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG */
static bool add_image(const struct policy_walk *walk, const char *text)
{
	static const char *const actions[] = {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", NULL};
	static const char *const login[] = {"ecr:GetAuthorizationToken", NULL};
	struct policies *policies = walk->policies;
	const char *middle = text + strspn(text, "0123456789"), *region = middle + strlen(".dkr.ecr.");
	if (middle - text != 12 || strncmp(middle, ".dkr.ecr.", strlen(".dkr.ecr.")) != 0)
		return false;
	const char *repository = strchr(region, '/');
	if (!repository)
		return false;
	struct statement *statement = policy_statement(policies, walk->policy, "PullImages");
	act(walk, statement, actions);
	policy_statement_on(policies, statement,
	             arena_printf(policies->arena, "arn:%s:ecr:%.*s:%.12s:repository/%.*s", policies->partition, (int)strcspn(region, "."),
	                          region, text, (int)strcspn(repository + 1, ":@"), repository + 1));
	statement = policy_statement(policies, walk->policy, "LogInToRegistries");
	act(walk, statement, login);
	policy_statement_on(policies, statement, "*");
	return true;
}

/* --- keys --- */

/* A field for a key of KMS: `KmsKeyId`, `VolumeKmsKeyId`, `KmsKeyArn` … */
static bool is_key(const struct word *name)
{
	return strstr(name->text, "KmsKey") || strstr(name->text, "KMSKey");
}

/* The key by its ARN or id. What an alias stands for only the account knows: any key. */
static void add_encryption(const struct policy_walk *walk, const char *key)
{
	static const char *const actions[] = {"kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", NULL};
	struct policies *policies = walk->policies;
	bool is_alias = strncmp(key, "alias/", 6) == 0 || strstr(key, ":alias/");
	const char *resource = strncmp(key, "arn:", 4) == 0 && !is_alias ? key
	                       : is_alias                                ? policy_arn(policies, "kms", "key/*")
	                                                 : policy_arn(policies, "kms", arena_printf(policies->arena, "key/%s", key));
	struct statement *statement = policy_statement(policies, walk->policy, "UseKeys");
	act(walk, statement, actions);
	policy_statement_on(policies, statement, resource);
}

/* --- the walk --- */

/* The key, place or image that a text names. */
static void add_text(const struct policy_walk *walk, const char *text)
{
	if (walk->is_key && *text)
		add_encryption(walk, text);
	else if (strncmp(text, "s3://", 5) == 0)
		add_place(walk, text);
	else
		add_image(walk, text);
}

static void walk_value(const struct policy_walk *walk, const struct value *value, const struct type *type);

/* Of a parameter the default and the values after `in` are known; one without any may lead everywhere. */
static void walk_parameter(const struct policy_walk *walk, const struct value *get, const struct type *type, const char *rest)
{
	struct program *program = walk->policies->program;
	const struct symbol *symbol = program->symbols.items[get->symbol_index];
	uint32_t count = symbol->allowed ? symbol->allowed->count : 0;
	for (uint32_t i = 0; i < count; i++)
		if (symbol->allowed->items[i]->kind == VALUE_STRING)
			add_text(walk, arena_printf(walk->policies->arena, "%s%s", symbol->allowed->items[i]->word->text, rest));
	if (!count && symbol->initial && symbol->initial->kind == VALUE_STRING)
		add_text(walk, arena_printf(walk->policies->arena, "%s%s", symbol->initial->word->text, rest));
	bool is_place = type && type->pattern && strstr(type->pattern->text, "s3)://");
	if (!count && !symbol->initial && (is_place || walk->is_key))
		add_text(walk, walk->is_key ? "*" : "s3://*");
}

static bool is_parameter(const struct value *value)
{
	return value->kind == VALUE_GET && value->access == ACCESS_PARAMETER;
}

static void walk_join(const struct policy_walk *walk, const struct value *join, const struct type *type)
{
	if (join->count && is_parameter(join->items[0])) { /* whatever is below the place that the parameter names */
		walk_parameter(walk, join->items[0], type, join->count > 1 ? "*" : "");
		return;
	}
	const char *text = policy_text(walk->policies, join);
	if (text)
		add_text(walk, text);
}

static void walk_object(const struct policy_walk *walk, const struct value *object)
{
	const struct type *shape = object->type && object->type->kind == TYPE_SHAPE ? object->type : NULL;
	for (uint32_t i = 0; i < object->count; i++) {
		const struct field *field = &object->fields[i];
		struct member *member = shape ? type_find_member(shape, field->name) : NULL;
		struct policy_walk inner = *walk;
		inner.is_key |= is_key(field->name);
		walk_value(&inner, field->value, member ? type_of_member(member) : NULL);
	}
}

static void walk_value(const struct policy_walk *walk, const struct value *value, const struct type *type)
{
	if (value->kind == VALUE_OBJECT)
		walk_object(walk, value);
	else if (value->kind == VALUE_STRING)
		add_text(walk, value->word->text);
	else if (value->kind == VALUE_JOIN)
		walk_join(walk, value, type);
	else if (is_parameter(value))
		walk_parameter(walk, value, type, "");
	else if (walk->is_key && value_is_deferred(value))
		add_encryption(walk, "*");
	for (uint32_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
		walk_value(walk, value->items[i], type && type->kind == TYPE_LIST ? type->element : NULL);
}

void policy_add_data(struct policies *policies, struct policy *policy, const struct step *step, const struct value *writes)
{
	struct policy_walk walk = {.policies = policies, .policy = policy, .is_written = true};
	walk_value(&walk, writes, NULL);
	walk.is_written = false;
	if (step->arguments)
		walk_value(&walk, step->arguments, NULL);
}
