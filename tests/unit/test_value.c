/* value: equality, weight and height, and printing. */
#include "eval/program.h"
#include "tap.h"

static struct arena arena;
static struct names names;

static struct value *new_value(enum value_kind kind, const char *word)
{
	struct value *value = arena_new(&arena, struct value);
	value->kind = (uint8_t)kind;
	value->word = word ? names_word(&names, word) : NULL;
	return value;
}

static const struct value *number(const char *digits)
{
	return new_value(VALUE_NUMBER, digits);
}

static const struct value *string(const char *text)
{
	return new_value(VALUE_STRING, text);
}

static const struct value *list(const struct value *a, const struct value *b)
{
	struct value *list = new_value(VALUE_LIST, NULL);
	list->items = arena_array(&arena, const struct value *, 2);
	list->items[0] = a;
	list->items[1] = b;
	list->count = (a != NULL) + (b != NULL);
	return list;
}

static const struct value *object(const char *name, const struct value *first, const char *other, const struct value *second)
{
	struct value *object = new_value(VALUE_OBJECT, NULL);
	struct field *fields = arena_array(&arena, struct field, 2);
	fields[0] = (struct field){names_word(&names, name), first, NULL};
	if (other)
		fields[1] = (struct field){names_word(&names, other), second, NULL};
	object->fields = fields;
	object->count = other ? 2 : 1;
	return object;
}

static const struct value *access_of(const struct value *parent, enum value_kind kind, enum access access, const char *name,
                                   uint32_t position)
{
	struct value *value = new_value(kind, name);
	value->parent = parent;
	value->access = (uint8_t)access;
	value->position = position;
	return value;
}

static void test_equality(void)
{
	const struct value *one = number("1"), *text = string("1");
	tap_ok(value_equal(one, number("1")) && value_equal(one, number("1.0")) && value_equal(number("100"), number("1e2")),
	       "numbers are equal by value");
	tap_ok(!value_equal(one, number("2")) && !value_equal(one, text), "different numbers are not equal, and a string equals no number");
	tap_ok(value_equal(string("a"), string("a")) && !value_equal(string("a"), string("A")), "strings are equal if their bytes are");
	tap_ok(value_equal(new_value(VALUE_NULL, NULL), new_value(VALUE_NULL, NULL)), "null equals null");
	tap_ok(value_equal(list(one, text), list(one, text)) && !value_equal(list(one, text), list(text, one)),
	       "lists are equal if their elements are, in order");
	tap_ok(!value_equal(list(one, NULL), list(one, one)), "lists of different lengths are not equal");
	tap_ok(value_equal(object("a", one, "b", text), object("b", text, "a", one)), "objects are equal in any order of members");
	tap_ok(!value_equal(object("a", one, NULL, NULL), object("a", one, "b", text)), "objects with different numbers of members are not equal");
	tap_ok(!value_equal(object("a", one, NULL, NULL), object("b", one, NULL, NULL)), "objects with different names of members are not equal");
	tap_ok(value_is_integer(one) && value_is_integer(number("-7")) && !value_is_integer(number("1.0")) &&
	               !value_is_integer(number("1e3")) && !value_is_integer(text),
	       "an integer has neither a fraction nor an exponent");
}

static void test_weight(void)
{
	const struct value *one = number("1"), *inner = list(one, one), *outer = list(inner, inner);
	tap_ok(value_weigh(one) == 1 && value_weigh(inner) == 3 && value_weigh(outer) == 7, "a shared value counts each time that it occurs");
	tap_ok(inner->height == 1 && outer->height == 2, "the height counts levels above the scalars");
	const struct value *heavy = one;
	for (unsigned i = 0; i < 100; i++)
		heavy = list(heavy, heavy);
	tap_ok(value_weigh(heavy) == VALUE_MAX_WEIGHT && heavy->height == 100, "the weight stops at its maximum");
	const struct value *high = one;
	for (unsigned i = 0; i < 2000; i++) {
		high = list(high, NULL);
		value_weigh(high);
	}
	tap_ok(high->height == VALUE_MAX_HEIGHT, "the height stops at its maximum");
	char long_text[1000];
	memset(long_text, 'x', sizeof long_text - 1);
	long_text[sizeof long_text - 1] = '\0';
	tap_ok(value_weigh(string(long_text)) > value_weigh(string("x")), "a long string weighs more");
	tap_ok(value_weigh(object(long_text, one, NULL, NULL)) > value_weigh(object("x", one, NULL, NULL)), "a long name of a member weighs more");
}

static void is_printed(void (*print)(struct text *out, const struct value *value), const struct value *value,
                       const char *expected, const char *name)
{
	struct text text = {0};
	print(&text, value);
	tap_is(text_string(&text), expected, name);
	text_free(&text);
}

static void test_printing(void)
{
	const struct value *json = object("a b", list(number("1.50"), new_value(VALUE_NULL, NULL)), "q", string("\"x\""));
	is_printed(value_print_json, json, "{\"a b\": [1.50, null], \"q\": \"\\\"x\\\"\"}", "JSON has the spaces that Python writes");
	is_printed(value_print_json, list(NULL, NULL), "[]", "an empty list is printed");

	struct step step = {.step_name = names_word(&names, "Train-1")};
	struct value *root = new_value(VALUE_STEP, NULL);
	root->step = &step;
	const struct value *outputs = access_of(root, VALUE_GET, ACCESS_MEMBER, "Outputs", 0);
	const struct value *element = access_of(outputs, VALUE_GET, ACCESS_KEY, "my data", 0);
	is_printed(value_print_path, access_of(element, VALUE_GET, ACCESS_MEMBER, "S3Uri", 0), "Steps.Train-1.Outputs['my data'].S3Uri",
	           "a path with members and a key is printed");
	is_printed(value_print_path, access_of(outputs, VALUE_GET, ACCESS_POSITION, NULL, 12), "Steps.Train-1.Outputs[12]", "a path with a position is printed");
	is_printed(value_print_path, access_of(NULL, VALUE_GET, ACCESS_PARAMETER, "p", 0), "Parameters.p", "a path of a parameter is printed");
	is_printed(value_print_path, access_of(NULL, VALUE_GET, ACCESS_EXECUTION, "PipelineName", 0), "Execution.PipelineName",
	           "a path of an execution variable is printed");

	struct value *file = new_value(VALUE_FILE, NULL);
	const struct value *metrics = access_of(file, VALUE_JSON, ACCESS_MEMBER, "metrics", 0);
	const struct value *first = access_of(metrics, VALUE_JSON, ACCESS_POSITION, NULL, 0);
	is_printed(value_print_json_path, access_of(first, VALUE_JSON, ACCESS_KEY, "a b", 0), "metrics[0]['a b']", "a path into a JSON file is printed");
	is_printed(value_print_json_path, access_of(file, VALUE_JSON, ACCESS_TEXT, "a.b[0]", 0), "a.b[0]", "a path given as text is printed unchanged");
	tap_ok(value_root(first) == file && value_root(element) == root && value_root(root) == root, "value_root gives the root of a path");
}

int main(void)
{
	names_init(&names, &arena);
	test_equality();
	test_weight();
	test_printing();
	arena_free(&arena);
	return tap_done();
}
