/* Where each kind of statement may stand. */
#include "eval/resolve.h"

/* The blocks that hold statements, a bit each, in the order of `places`. */
enum {
	IN_FILE = 1, IN_STEP = 2, IN_BRANCH = 4, IN_CONDITION = 8, IN_PIPELINE = 16, IN_DEFAULTS = 32, IN_KIND = 64,
	IN_COMPONENT = 128, IN_USE = 256, IN_SCHEDULE = 512, IN_FOREACH = 1024, IN_ANY_BLOCK = 2047
};

static const struct {
	enum node_kind owner; /* the construct that has the block */
	const char *phrase;
} places[] = {
	{N_FILE, "at the top level of a file"},
	{N_STEP, "in the block of a step"},
	{N_ARM, "in a branch of a condition"},
	{N_CONDITION, "in the block of a condition"},
	{N_PIPELINE, "in the `pipeline` block"},
	{N_DEFAULTS, "in `defaults`"},
	{N_KIND, "in the body of a kind"},
	{N_COMPONENT, "in the body of a component"},
	{N_USE, "in the block of a `use`"},
	{N_SCHEDULE, "in the block of a `schedule`"},
	{N_FOREACH, "in the block of a `foreach`"},
};

enum {
	PLACE_COUNT = sizeof places / sizeof *places,
	WHERE_STEPS_ARE = IN_FILE | IN_BRANCH | IN_COMPONENT,
	WHERE_FIELDS_ARE = IN_STEP | IN_CONDITION | IN_PIPELINE | IN_DEFAULTS | IN_KIND | IN_SCHEDULE | IN_FOREACH
};

/* What messages call each kind of statement, and the places where it may stand. */
static const struct {
	const char *noun;
	unsigned places;
	bool is_unsupported; /* it parses, but this version of the compiler gives it no meaning */
} statements[NODE_KIND_COUNT] = {
	[N_IMPORT] = {"`import`", IN_FILE, false},
	[N_PIPELINE] = {"`pipeline`", IN_FILE, false},
	[N_PARAM] = {"`param`", IN_FILE, false},
	[N_CONFIG] = {"`config`", IN_FILE, false},
	[N_LET] = {"`let`", WHERE_STEPS_ARE | IN_FOREACH | IN_KIND, false},
	[N_STEP] = {"`step`", WHERE_STEPS_ARE | IN_FOREACH, false},
	[N_CONDITION] = {"`condition`", WHERE_STEPS_ARE, false},
	[N_FOREACH] = {"`foreach`", WHERE_STEPS_ARE, false},
	[N_KIND] = {"`kind`", IN_FILE, false},
	[N_COMPONENT] = {"`component`", IN_FILE, false},
	[N_USE] = {"`use`", WHERE_STEPS_ARE | IN_FOREACH, false},
	[N_EXPORT] = {"`export`", IN_COMPONENT, false},
	[N_DEFAULTS] = {"`defaults`", IN_FILE, false},
	[N_FUNCTION] = {"`function`", IN_FILE, false},
	[N_SCHEDULE] = {"`schedule`", IN_FILE, false},
	[N_ASSERT] = {"`assert`", IN_FILE | IN_KIND | IN_COMPONENT, false},
	[N_SHAPE] = {"`shape`", IN_FILE, false},
	[N_ENUM] = {"`enum`", IN_FILE, false},
	[N_TYPE] = {"`type`", IN_FILE, false},
	[N_TEST] = {"`test`", IN_FILE, true},
	[N_DEPENDS] = {"`depends on`", IN_STEP | IN_CONDITION | IN_FOREACH | IN_KIND | IN_USE, false},
	[N_CACHE] = {"`cache`", IN_STEP | IN_DEFAULTS | IN_KIND, false},
	[N_RETRY] = {"`retry`", IN_STEP | IN_DEFAULTS | IN_KIND, false},
	[N_PROPERTY_FILE] = {"`property file`", IN_STEP | IN_KIND, false},
	[N_OUTPUT] = {"`output`", IN_STEP | IN_KIND, false},
	[N_WHEN] = {"`when`", IN_STEP | IN_CONDITION | IN_FOREACH | IN_KIND | IN_USE | IN_SCHEDULE, false},
	[N_PICK] = {"`pick`", IN_FOREACH, false},
	[N_GIVEN] = {"`given`", IN_SCHEDULE, false},
	[N_EXPECT] = {"`expect`", 0, false},
	[N_FIELD] = {"a field", WHERE_FIELDS_ARE, false},
	[N_SPREAD] = {"`...`", WHERE_FIELDS_ARE, false},
	[N_ERROR] = {"", IN_ANY_BLOCK, false},
};

/* The index in `places` of the block of a construct; PLACE_COUNT when it holds no statements. */
static size_t place_of(enum node_kind owner)
{
	size_t place = 0;
	while (place < PLACE_COUNT && places[place].owner != owner)
		place++;
	return place;
}

/* The phrase for the first place in a set. */
static const char *first_phrase(unsigned set)
{
	size_t place = 0;
	while (!(set & 1u << place))
		place++;
	return places[place].phrase;
}

bool resolve_check_statement(struct program *program, const struct node *node, enum node_kind owner)
{
	const char *noun = statements[node->kind].noun ? statements[node->kind].noun : "this";
	if (node->kind == N_DEPENDS)
		noun = arena_printf(program->arena, "`%s`", node_trigger_clause(node->op));
	unsigned allowed = statements[node->kind].places;
	size_t place = place_of(owner);
	if (owner == N_FOREACH && (node->kind == N_CONDITION || node->kind == N_FOREACH))
		return true; /* graph_check_foreach reports it, as it does for those in components */
	if (!(allowed & 1u << place)) {
		struct diag *diag = program_report(program, SP1201, node, "%s is not allowed %s", noun, places[place].phrase);
		if (allowed)
			diag_help(diag, "it is allowed %s", first_phrase(allowed));
		return false;
	}
	if (statements[node->kind].is_unsupported) {
		program_report(program, SP1202, node, "%s is not supported by this version of sagepipec", noun);
		return false;
	}
	return true;
}

void resolve_check_block(struct program *program, const struct node *block)
{
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item))
		resolve_check_statement(program, item, block->parent->kind);
}

bool resolve_may_stand(enum node_kind statement, enum node_kind owner)
{
	return statements[statement].places & 1u << place_of(owner) && !statements[statement].is_unsupported;
}

bool resolve_is_placed(const struct node *clause)
{
	return resolve_may_stand(clause->kind, clause->parent->parent->kind);
}
