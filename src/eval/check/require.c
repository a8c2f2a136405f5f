#include "eval/check/require.h"

/* The field at a path of members (N_NAME or N_MEMBER), or NULL. */
static const struct field *find_path(const struct value *object, const struct node *path)
{
	const struct node *left = path->kind == N_MEMBER ? node_child(path, ROLE_LEFT) : NULL;
	const struct field *owner = left ? find_path(object, left) : NULL;
	if (left && !owner)
		return NULL;
	const struct field *field = value_field(left ? owner->value : object, path->word);
	return field && field->value->kind != VALUE_NULL ? field : NULL;
}

static void print_path(struct text *out, const struct node *path)
{
	if (path->kind == N_MEMBER) {
		print_path(out, node_child(path, ROLE_LEFT));
		text_putc(out, '.');
	}
	text_puts(out, path->word->text);
}

static const struct node *tested_path(const struct node *test)
{
	return test->kind == N_BINARY ? node_child(test, ROLE_LEFT) : test;
}

/* The field that makes the test after `if` true, or NULL. A deferred value is not equal to any constant. */
static const struct field *test_field(const struct value *object, const struct node *test)
{
	const struct field *field = find_path(object, tested_path(test));
	const struct node *wanted = test->kind == N_BINARY ? node_child(test, ROLE_RIGHT) : NULL;
	if (!field || !wanted)
		return field;
	const struct value *value = field->value;
	bool is_equal = wanted->kind == N_STRING ? value->kind == VALUE_STRING && value->word == wanted->word
	                                         : value->kind == VALUE_BOOLEAN && value->boolean == (wanted->kind == N_TRUE);
	return is_equal ? field : NULL;
}

/* The members that a rule names, and those of them that an object has. */
struct members_of_rule {
	uint32_t total, present;
	bool is_unknown; /* a member is value_error, so the rule cannot be judged */
	const struct field *first, *second; /* the first two present */
	struct text all, missing; /* their names, as messages list them */
};

static struct members_of_rule count_members(const struct value *object, const struct node *rule)
{
	struct members_of_rule members = {0};
	for (const struct node *path = node_child(rule, ROLE_ITEM); path; path = node_next(path)) {
		const struct field *field = find_path(object, path);
		text_puts(&members.all, members.total ? (node_next(path) ? ", `" : " and `") : "`");
		print_path(&members.all, path);
		text_puts(&members.all, "`");
		if (!field) {
			text_puts(&members.missing, members.missing.length ? ", `" : "`");
			print_path(&members.missing, path);
			text_puts(&members.missing, "`");
		} else if (!members.present) {
			members.first = field;
		} else if (members.present == 1) {
			members.second = field;
		}
		members.total++;
		members.present += field != NULL;
		members.is_unknown |= field && field->value->kind == VALUE_ERROR;
	}
	return members;
}

/* How an object breaks a rule, for a message; NULL when it satisfies the rule. */
static const char *problem_of(struct arena *arena, const struct members_of_rule *members, enum node_op op, const char *owner)
{
	const char *all = text_string(&members->all);
	bool takes_one = op == REQUIRE_EXACTLY_ONE || op == REQUIRE_AT_MOST_ONE;
	if (takes_one && members->present > 1)
		return arena_printf(arena, "`%s` conflicts with `%s`: %s takes only one of %s", members->second->name->text,
		                    members->first->name->text, owner, all);
	switch (op) {
	case REQUIRE_EXACTLY_ONE:
		return members->present ? NULL : arena_printf(arena, "%s needs exactly one of %s", owner, all);
	case REQUIRE_AT_LEAST_ONE:
		return members->present ? NULL : arena_printf(arena, "%s needs at least one of %s", owner, all);
	case REQUIRE_AT_MOST_ONE:
		return NULL;
	default:
		if (members->present == members->total)
			return NULL;
		return arena_printf(arena, "%s needs %s", owner, text_string(&members->missing));
	}
}

/* Adds " when `A` is set" or " when `A` is "x"" to a message. */
static const char *add_test(struct arena *arena, const char *problem, const struct node *test)
{
	struct text text = {0};
	const struct node *wanted = test->kind == N_BINARY ? node_child(test, ROLE_RIGHT) : NULL;
	text_printf(&text, "%s when `", problem);
	print_path(&text, tested_path(test));
	if (!wanted)
		text_puts(&text, "` is set");
	else if (wanted->kind == N_STRING)
		text_printf(&text, "` is \"%s\"", wanted->word->text);
	else
		text_puts(&text, wanted->kind == N_TRUE ? "` is true" : "` is false");
	const char *copy = arena_copy(arena, text.bytes, text.length);
	text_free(&text);
	return copy;
}

bool require_is_broken(struct arena *arena, const struct value *object, const struct node *rule, const char *owner,
                       struct broken_rule *broken)
{
	const struct node *test = node_child(rule, ROLE_CONDITION);
	const struct field *field = test ? test_field(object, test) : NULL;
	*broken = (struct broken_rule){0};
	if (test && !field)
		return false;
	struct members_of_rule members = count_members(object, rule);
	broken->message = members.is_unknown ? NULL : problem_of(arena, &members, (enum node_op)rule->op, owner);
	if (broken->message && test)
		broken->message = add_test(arena, broken->message, test);
	broken->at = members.second ? members.second : field;
	broken->beside = members.second ? members.first : NULL;
	text_free(&members.all);
	text_free(&members.missing);
	return broken->message;
}

const char *require_reason(const struct node *rule)
{
	const struct node *why = node_child(rule, ROLE_MESSAGE);
	return why && why->word ? why->word->text : NULL;
}
