/* Lint rules on the values of steps. */
#include "lint/lint_rules.h"

#include "compile/graph_references.h"
#include "eval/check/require.h"

#include <ctype.h>
#include <math.h>

static void each_text(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                      const struct value *value, lint_visit_text *visit)
{
	if (value->kind == VALUE_STRING)
		visit(lint, code, name, owner, value);
	for (uint32_t i = 0; (value->kind == VALUE_LIST || value->kind == VALUE_JOIN) && i < value->count; i++)
		each_text(lint, code, name, owner, value->items[i], visit);
	const struct type *type = value->type ? value->type : type_primitive(TYPE_ANY);
	for (uint32_t i = 0; value->kind == VALUE_OBJECT && i < value->count; i++)
		each_text(lint, code, value->fields[i].name, type, value->fields[i].value, visit);
}

void lint_each_text(struct lint *lint, enum diag_code code, lint_visit_text *visit)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		if (step->keys)
			each_text(lint, code, NULL, NULL, step->keys, visit);
		if (step->arguments)
			each_text(lint, code, NULL, NULL, step->arguments, visit);
	}
}

/* --- secrets --- */

/* Whether a name contains a word for a secret. A word ends at a character that is no letter or digit, and before a capital after a
 * lower-case letter. Pairs of words are found with and without a separator. */
static bool sounds_secret(const char *name)
{
	static const char *const words[] = {"password", "passwd", "secret", "token", "apikey", "credential", "credentials"};
	static const char *const pairs[] = {"apikey", "accesskey", "privatekey", "secretkey"};
	char plain[80], word[80];
	size_t length = 0, in_word = 0;
	for (const char *c = name; length < sizeof plain - 1; c++) {
		bool is_alphanumeric = isalnum((unsigned char)*c);
		bool starts = c > name && isupper((unsigned char)*c) && islower((unsigned char)c[-1]);
		if (!is_alphanumeric || starts) {
			word[in_word] = '\0';
			for (size_t i = 0; i < sizeof words / sizeof *words; i++)
				if (strcmp(word, words[i]) == 0)
					return true;
			in_word = 0;
		}
		if (!*c)
			break;
		if (is_alphanumeric)
			word[in_word++] = plain[length++] = (char)tolower((unsigned char)*c);
	}
	plain[length] = '\0';
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strstr(plain, pairs[i]))
			return true;
	return false;
}

/* An access key ID of AWS: AKIA or ASIA, then 16 capitals and digits. */
static bool holds_access_key(const char *text)
{
	for (const char *at = text; (at = strstr(at, "IA")); at += 2) {
		if (at - text < 2 || (strncmp(at - 2, "AK", 2) != 0 && strncmp(at - 2, "AS", 2) != 0))
			continue;
		size_t length = strspn(at + 2, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
		if (length == 16 && (at - 2 == text || !isalnum((unsigned char)at[-3])))
			return true;
	}
	return false;
}

/* Shannon entropy in bits per character: random base64 has about 5, words 3 to 4, hexadecimal at most 4. */
static double entropy(const char *text, size_t length)
{
	unsigned counts[256] = {0};
	double bits = 0;
	for (size_t i = 0; i < length; i++)
		counts[(unsigned char)text[i]]++;
	for (int i = 0; i < 256; i++)
		if (counts[i])
			bits -= counts[i] * log2((double)counts[i] / (double)length);
	return bits / (double)length;
}

static bool looks_random(const struct word *text)
{
	bool has_upper = false, has_lower = false, has_digit = false;
	for (const char *c = text->text; *c; c++) {
		has_upper |= isupper((unsigned char)*c) != 0;
		has_lower |= islower((unsigned char)*c) != 0;
		has_digit |= isdigit((unsigned char)*c) != 0;
		if (!isalnum((unsigned char)*c) && !strchr("+/=", *c))
			return false;
	}
	return text->length >= 32 && has_upper && has_lower && has_digit && entropy(text->text, text->length) > 4.3;
}

static void visit_secret(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                         const struct value *text)
{
	const char *why = NULL;
	const char *string = text->word->text;
	bool is_free = owner && owner->kind != TYPE_SHAPE; /* the program chose the name */
	bool is_reference = strncmp(string, "arn:", 4) == 0 || strstr(string, "://") || !*string;
	if (holds_access_key(string))
		why = "it has the form of an AWS access key";
	else if (is_free && name && !is_reference && sounds_secret(name->text))
		why = arena_printf(lint->program->arena, "`%s` sounds like a secret", name->text);
	else if (is_free && looks_random(text->word))
		why = "it looks like random characters";
	if (!why || !text->at)
		return;
	struct diag *diag = lint_report(lint, code, text->at,
	                                "this text looks like a secret, and everyone who can read the definition can read it");
	diag_label(diag, "%s", why);
	diag_help(diag, "keep it in AWS Secrets Manager and pass its ARN");
}

void lint_secrets(struct lint *lint, enum diag_code code)
{
	lint_each_text(lint, code, visit_secret);
}

/* --- literals that tie a program to one account or bucket --- */

static bool holds_account(const char *text)
{
	for (const char *at = text; *at;) {
		size_t digits = strspn(at, "0123456789");
		if (digits == 12)
			return true;
		at += digits ? digits : 1;
	}
	return false;
}

static void visit_literals(struct lint *lint, enum diag_code code, const struct node *node)
{
	if (node->kind == N_CONFIG || node->kind == N_PIPELINE || node->kind == N_PARAM)
		return;
	if (node->kind == N_STRING && node->word) {
		const char *text = node->word->text, *what = NULL;
		if (strncmp(text, "arn:", 4) == 0 && strstr(text, ":role/"))
			what = "a role";
		else if (holds_account(text))
			what = "an account";
		else if (strncmp(text, "s3://", 5) == 0 && text[5])
			what = "a bucket";
		if (what)
			diag_help(lint_report(lint, code, node, "this text names %s, which ties the program to it", what),
			          "make it a `config`, or use `Pipeline.RoleArn`, `.Account`, `.Region`, `.Bucket`");
	}
	for (const struct node *child = node->first; child; child = child->next)
		visit_literals(lint, code, child);
}

void lint_literals(struct lint *lint, enum diag_code code)
{
	visit_literals(lint, code, lint->program->tree->root);
}

/* --- the cache --- */

struct cache_search {
	const struct value *found;
};

static void find_changing(void *context, const struct value *reference)
{
	static const char *const changing[] = {"StartDateTime", "CurrentDateTime", "PipelineExecutionId", "PipelineExecutionArn"};
	struct cache_search *search = context;
	if (reference->kind != VALUE_GET || reference->access != ACCESS_EXECUTION)
		return;
	for (size_t i = 0; i < sizeof changing / sizeof *changing; i++)
		if (names_is(reference->word, changing[i]))
			search->found = reference;
}

static bool is_cached(const struct step *step)
{
	const struct field *enabled = step->cache ? value_field_named(step->cache, "Enabled") : NULL;
	return enabled && enabled->value->boolean && step->arguments;
}

/* The value of an attribute of the cache key, which is a member of Arguments or a step key; or NULL. Where the path leads into
 * something other than an object, that is the value. */
static const struct value *key_value(const struct step *step, const struct cache_key *key)
{
	const struct field *field = value_field(step->arguments, key->path[0]);
	if (!field)
		field = value_field(step->keys, key->path[0]);
	for (uint32_t i = 1; field && i < key->depth && field->value->kind == VALUE_OBJECT; i++)
		field = value_field(field->value, key->path[i]);
	return field ? field->value : NULL;
}

static void check_cache_key(struct lint *lint, enum diag_code code, const struct step *step, const struct cache_key *key)
{
	const struct value *value = key_value(step, key);
	struct cache_search search = {NULL};
	if (value)
		graph_each_reference(value, find_changing, &search);
	if (!search.found || !search.found->at)
		return;
	struct diag *diag = lint_report(lint, code, search.found->at,
	                                "the cache of `%s` never hits: `Execution.%s` differs in each run",
	                                program_step_name(step), search.found->word->text);
	diag_help(diag, "SageMaker compares `%s` with earlier runs: keep it the same, or write `cache off`", key->text);
}

void lint_unstable_cache(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		for (uint32_t k = 0; is_cached(step) && k < step->kind->cache_key_count; k++)
			check_cache_key(lint, code, step, &step->kind->cache_keys[k]);
	}
}

/* --- the advice of the library --- */

static void report_advice(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value,
                          const struct node *rule)
{
	struct arena *arena = lint->program->arena;
	bool is_own = value == step->arguments || value == step->keys;
	const char *owner = is_own ? arena_printf(arena, "`%s`", step->name->text) : type_text(arena, value->type);
	struct broken_rule broken;
	if (!require_is_broken(arena, value, rule, owner, &broken))
		return;
	const struct node *at = broken.at ? broken.at->at : NULL;
	bool is_written = at && at->kind == N_FIELD;
	const struct node *place = is_written ? at : is_own || !value->at ? program_step_place(step) : value->at;
	struct diag *diag = lint_report(lint, code, place, "%s", broken.message);
	if (is_written || is_own)
		diag->span = is_written ? node_name_span(at) : program_step_span(step);
	if (require_reason(rule))
		diag_help(diag, "%s", require_reason(rule));
}

static void check_advice(struct lint *lint, enum diag_code code, const struct step *step, const struct value *value)
{
	for (uint32_t i = 0; (value->kind == VALUE_LIST || value->kind == VALUE_JOIN) && i < value->count; i++)
		check_advice(lint, code, step, value->items[i]);
	if (value->kind != VALUE_OBJECT)
		return;
	const struct type *shape = value->type && value->type->kind == TYPE_SHAPE ? value->type : NULL;
	for (const struct requirement *r = shape ? shape->requirements : NULL; r; r = r->next)
		if (r->node->flags & NODE_ADVICE)
			report_advice(lint, code, step, value, r->node);
	for (uint32_t i = 0; i < value->count; i++)
		check_advice(lint, code, step, value->fields[i].value);
}

void lint_advice(struct lint *lint, enum diag_code code)
{
	for (size_t i = 0; i < lint->program->all_steps.count; i++) {
		const struct step *step = lint->program->all_steps.items[i];
		if (step->keys)
			check_advice(lint, code, step, step->keys);
		if (step->arguments)
			check_advice(lint, code, step, step->arguments);
	}
}
