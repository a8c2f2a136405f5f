#include "emit/policy_data.h"

#include "compile/graph_references.h"

/* A walk over the fields of a step. */
struct policy_walk {
	struct policy_builder *builder;
	struct policy *policy;
	bool is_written; /* the step writes to the locations */
	bool is_deleted; /* the locations are only cleaned up */
	bool is_key;     /* the texts are KMS keys */
};

/* --- S3 --- */

static void add_actions(const struct policy_walk *walk, struct policy_statement *statement, const char *const *actions)
{
	for (; *actions; actions++)
		policy_add_action(walk->builder, statement, *actions);
}

/* Allows access to the object with exactly this key, and to all objects whose keys begin with it. Written locations can also be
 * read and listed: other steps read them, and the service lists them. */
static void add_location(const struct policy_walk *walk, const char *uri)
{
	static const char *const reads[] = {"s3:GetObject", NULL}, *const lists[] = {"s3:ListBucket", NULL};
	static const char *const writes[] = {"s3:PutObject", "s3:AbortMultipartUpload", NULL};
	struct policy_builder *builder = walk->builder;
	const char *path = uri + strlen("s3://");
	size_t bucket_length = strcspn(path, "/");
	const char *bucket = arena_copy(builder->arena, path, bucket_length), *key = path + bucket_length;
	bool is_open_bucket = strchr(bucket, '*') != NULL || !*bucket;
	const char *star = strchr(key, '*'); /* what follows it does not narrow the resource */
	int length = star ? (int)(star - key) : (int)strlen(key);
	const char *objects = "*";
	if (!is_open_bucket)
		objects = arena_printf(builder->arena, "%s%.*s*", bucket, length ? length : 1, length ? key : "/");
	if (walk->is_deleted) {
		static const char *const deletes[] = {"s3:DeleteObject", NULL};
		struct policy_statement *deleting = policy_get_statement(builder, walk->policy, "DeleteData");
		add_actions(walk, deleting, deletes);
		policy_add_resource(builder, deleting, policy_arn(builder, "s3", objects));
		return;
	}
	struct policy_statement *reading = policy_get_statement(builder, walk->policy, "ReadData");
	add_actions(walk, reading, reads);
	policy_add_resource(builder, reading, policy_arn(builder, "s3", objects));
	struct policy_statement *listing = policy_get_statement(builder, walk->policy, "ListData");
	add_actions(walk, listing, lists);
	policy_add_resource(builder, listing, policy_arn(builder, "s3", is_open_bucket ? "*" : bucket));
	if (!walk->is_written)
		return;
	struct policy_statement *writing = policy_get_statement(builder, walk->policy, "WriteData");
	add_actions(walk, writing, writes);
	policy_add_resource(builder, writing, policy_arn(builder, "s3", objects));
}

/* --- images --- */

/* Adds an image of ECR: ACCOUNT.dkr.ecr.REGION.amazonaws.com/REPOSITORY:TAG. Any other text is ignored. */
static void add_image(const struct policy_walk *walk, const char *text)
{
	static const char *const actions[] = {"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer", NULL};
	static const char *const login[] = {"ecr:GetAuthorizationToken", NULL};
	struct policy_builder *builder = walk->builder;
	const char *middle = text + strspn(text, "0123456789"), *region = middle + strlen(".dkr.ecr.");
	if (middle - text != 12 || strncmp(middle, ".dkr.ecr.", strlen(".dkr.ecr.")) != 0)
		return;
	const char *repository = strchr(region, '/');
	if (!repository)
		return;
	struct policy_statement *statement = policy_get_statement(builder, walk->policy, "PullImages");
	add_actions(walk, statement, actions);
	policy_add_resource(builder, statement,
	                    arena_printf(builder->arena, "arn:%s:ecr:%.*s:%.12s:repository/%.*s", builder->partition,
	                                 (int)strcspn(region, "."), region, text, (int)strcspn(repository + 1, ":@"), repository + 1));
	statement = policy_get_statement(builder, walk->policy, "LogInToRegistries");
	add_actions(walk, statement, login);
	policy_add_resource(builder, statement, "*");
}

/* --- keys --- */

/* Whether a field holds a KMS key: `KmsKeyId`, `VolumeKmsKeyId`, `KmsKeyArn` … */
static bool is_key_field(const struct word *name)
{
	return strstr(name->text, "KmsKey") || strstr(name->text, "KMSKey");
}

/* Adds a key by its ARN or ID. Only the account knows which key an alias names, so an alias allows any key. */
static void add_key(const struct policy_walk *walk, const char *key)
{
	static const char *const actions[] = {
		"kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*", NULL,
	};
	struct policy_builder *builder = walk->builder;
	bool is_alias = strncmp(key, "alias/", 6) == 0 || strstr(key, ":alias/");
	const char *resource = key;
	if (is_alias || strncmp(key, "arn:", 4) != 0)
		resource = policy_arn(builder, "kms", is_alias ? "key/*" : arena_printf(builder->arena, "key/%s", key));
	struct policy_statement *statement = policy_get_statement(builder, walk->policy, "UseKeys");
	add_actions(walk, statement, actions);
	policy_add_resource(builder, statement, resource);
}

/* --- the walk --- */

/* Adds the key, location or image that a text names. */
static void add_text(const struct policy_walk *walk, const char *text)
{
	if (walk->is_key && *text)
		add_key(walk, text);
	else if (strncmp(text, "s3://", 5) == 0)
		add_location(walk, text);
	else
		add_image(walk, text);
}

static void walk_value(const struct policy_walk *walk, const struct value *value, const struct type *type);

static bool is_location(const struct type *type)
{
	return type && type->pattern && strstr(type->pattern->text, "s3)://");
}

/* Adds what a parameter may name: its values after `in`, else its default. A parameter with neither may name any location or key.
 * `rest` is what follows the parameter in its string. */
static void walk_parameter(const struct policy_walk *walk, const struct value *get, const struct type *type, const char *rest)
{
	struct program *program = walk->builder->program;
	const struct symbol *symbol = program->symbols.items[get->symbol_index];
	uint32_t count = symbol->allowed ? symbol->allowed->count : 0;
	for (uint32_t i = 0; i < count; i++)
		if (symbol->allowed->items[i]->kind == VALUE_STRING)
			add_text(walk, arena_printf(walk->builder->arena, "%s%s", symbol->allowed->items[i]->word->text, rest));
	if (!count && symbol->initial && symbol->initial->kind == VALUE_STRING)
		add_text(walk, arena_printf(walk->builder->arena, "%s%s", symbol->initial->word->text, rest));
	if (!count && !symbol->initial && (is_location(type) || walk->is_key))
		add_text(walk, walk->is_key ? "*" : "s3://*");
}

/* Whether only the run knows what a value is: an item of a `foreach`, or an output of a step that runs code. What a job reports of itself
 * is among what the job reads and writes. */
static bool is_of_run(const struct policy_walk *walk, const struct value *value)
{
	const struct word *outputs = walk->builder->program->world->word.output_parameters;
	for (; value && value->kind == VALUE_GET; value = value->parent)
		if (value->access == ACCESS_ITEM || (value->access == ACCESS_MEMBER && value->word == outputs))
			return true;
	return false;
}

static bool is_parameter(const struct value *value)
{
	return value->kind == VALUE_GET && value->access == ACCESS_PARAMETER;
}

static void walk_join(const struct policy_walk *walk, const struct value *join, const struct type *type)
{
	if (join->count && is_parameter(join->items[0])) { /* everything below the location that the parameter names */
		walk_parameter(walk, join->items[0], type, join->count > 1 ? "*" : "");
		return;
	}
	const char *text = policy_text(walk->builder, join);
	if (join->count && is_location(type) && is_of_run(walk, join->items[0]))
		text = "s3://*";
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
		inner.is_key |= is_key_field(field->name);
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
		add_key(walk, "*");
	else if (is_location(type) && is_of_run(walk, value))
		add_text(walk, "s3://*");
	for (uint32_t i = 0; value->kind == VALUE_LIST && i < value->count; i++)
		walk_value(walk, value->items[i], type && type->kind == TYPE_LIST ? type->element : NULL);
}

void policy_add_data(struct policy_builder *builder, struct policy *policy, const struct step *step, const struct value *writes)
{
	struct policy_walk walk = {.builder = builder, .policy = policy, .is_written = true};
	walk_value(&walk, writes, NULL);
	walk.is_written = false;
	if (step->arguments)
		walk_value(&walk, step->arguments, NULL);
}

static void visit_value(void *context, const struct value *value, const struct value *holder)
{
	(void)holder;
	walk_value(context, value, NULL);
}

void policy_add_deletions(struct policy_builder *builder, struct policy *policy, const struct step *source)
{
	struct policy_walk walk = {.builder = builder, .policy = policy, .is_deleted = true};
	for (const struct node *path = node_child(source->kind->writes, ROLE_ITEM); path && source->arguments; path = node_next(path))
		graph_each_value_at(source->arguments, path, visit_value, &walk);
}

/* Adds the JSON file that a reference reads: the object of s3json(), or an output of a step. */
static void add_json_file(void *context, const struct value *reference)
{
	const struct policy_walk *walk = context;
	const struct value *file = value_root(reference);
	const struct step *source = file->kind == VALUE_FILE ? file->step : NULL;
	if (file->kind == VALUE_FILE && !source)
		walk_value(walk, file->uri, NULL);
	for (const struct node *path = source ? node_child(source->kind->writes, ROLE_ITEM) : NULL; path; path = node_next(path))
		if (source->arguments)
			graph_each_value_at(source->arguments, path, visit_value, context);
}

void policy_add_json_files(struct policy_builder *builder, struct policy *policy, const struct step *step)
{
	struct policy_walk walk = {.builder = builder, .policy = policy};
	graph_each_step_reference(step, add_json_file, &walk);
}
