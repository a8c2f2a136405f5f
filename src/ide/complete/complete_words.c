/* Keywords, and the declarations and clauses that begin with them. */
#include "ide/complete/complete_parts.h"

#include "eval/resolve.h"
#include "ide/bind.h"
#include "syntax/parser.h"
#include "syntax/token.h"

/* Ranks. Fields (complete_fields.c) that are missing or likely to be needed rank before USUAL, most others between USUAL and RARE. */
enum { USUAL = 2, RARE = 4, WORDS = 5 };

static const struct statement {
	const char *label, *snippet, *detail;
	enum node_kind node;
	unsigned clause;           /* the CLAUSE_* that a step kind must accept, or 0 */
	uint8_t rank;
} statements[] = {
	{"step", "step ${1:Name}: $0", "a step of the pipeline", N_STEP, 0, USUAL},
	{"condition", "condition ${1:Name} if $2 {\n    $0\n}", "a condition with branches", N_CONDITION, 0, USUAL},
	{"foreach", "foreach ${1:Each} for ${2:item} in ${3:Items} {\n    MaxConcurrency: ${4:4}\n    $0\n}",
	 "runs steps once for each item of a list", N_FOREACH, 0, RARE},
	{"param", "param ${1:Name}: ${2|String,Integer,Float,Boolean|} = $0", "a parameter, which each run can set", N_PARAM, 0,
	 USUAL},
	{"let", "let ${1:name} = $0", "a named value", N_LET, 0, USUAL},
	{"config", "config ${1:name}: ${2:String} = $0", "a setting fixed at compile time", N_CONFIG, 0, USUAL},
	{"defaults", "defaults ${1:Kind} {\n    $0\n}", "defaults for all steps of a kind", N_DEFAULTS, 0, RARE},
	{"pipeline", "pipeline \"${1:Name}\" {\n    RoleArn: \"$2\"\n    Region: \"$3\"\n}", "describes the pipeline", N_PIPELINE, 0, RARE},
	{"import", "import \"./$0\"", "imports all declarations of a file", N_IMPORT, 0, RARE},
	{"import from", "import { $0 } from \"./$1\"", "imports some declarations of a file", N_IMPORT, 0, RARE},
	{"function", "function ${1:name}($2) = $0", "a function", N_FUNCTION, 0, RARE},
	{"kind", "kind ${1:Name}($2) = ${3:Kind} {\n    $0\n}", "a step kind derived from another", N_KIND, 0, RARE},
	{"component", "component ${1:Name}($2) {\n    $0\n}", "a reusable group of steps", N_COMPONENT, 0, RARE},
	{"use", "use ${1:Name}: $0", "an instance of a component", N_USE, 0, RARE},
	{"export", "export ${1:name} = $0", "a value that a component exports", N_EXPORT, 0, RARE},
	{"schedule", "schedule ${1:Name} {\n    ScheduleExpression: \"${2:rate(1 day)}\"\n    $0\n}", "starts the pipeline at set times",
	 N_SCHEDULE, 0, RARE},
	{"assert", "assert $1, \"$0\"", "a condition checked at compile time", N_ASSERT, 0, RARE},
	{"shape", "shape ${1:Name} {\n    $0\n}", "a type with members", N_SHAPE, 0, RARE},
	{"enum", "enum ${1:Name} { \"$0\" }", "a type with a set of string values", N_ENUM, 0, RARE},
	{"type", "type ${1:Name} = $0", "another name for a type", N_TYPE, 0, RARE},
	{"depends on", "depends on $0", "runs after other steps", N_DEPENDS, 0, USUAL},
	{"on failure of", "on failure of $0", "runs if other steps fail", N_DEPENDS, 0, RARE},
	{"on stop of", "on stop of $0", "runs if other steps are stopped", N_DEPENDS, 0, RARE},
	{"on any end of", "on any end of $0", "runs after other steps, however they end", N_DEPENDS, 0, RARE},
	{"pick max", "pick max $0", "selects the iteration with the greatest value", N_PICK, 0, USUAL},
	{"pick min", "pick min $0", "selects the iteration with the smallest value", N_PICK, 0, USUAL},
	{"cache for", "cache for \"${1:P30D}\"", "reuses results of earlier runs", N_CACHE, CLAUSE_CACHE, USUAL},
	{"cache off", "cache off", "does not reuse results", N_CACHE, CLAUSE_CACHE, RARE},
	{"retry on", "retry on $1 { MaxAttempts: ${2:3} }", "retries after an exception", N_RETRY, CLAUSE_RETRY, USUAL},
	{"retry off", "retry off", "does not retry", N_RETRY, CLAUSE_RETRY, RARE},
	{"property file", "property file ${1:Name} from \"$2\" at \"${3:report.json}\"", "a JSON file that the step writes",
	 N_PROPERTY_FILE, CLAUSE_PROPERTY_FILE, USUAL},
	{"output", "output ${1:name}: ${2|String,Integer,Float,Boolean|}", "a value that the step returns", N_OUTPUT, CLAUSE_OUTPUT,
	 USUAL},
	{"when", "when $0", "the step exists only if this is true", N_WHEN, 0, RARE},
	{"given", "given $1 = $0", "sets a parameter in these runs", N_GIVEN, 0, USUAL},
};

/* The text to insert when the editor takes no snippets. */
static const char *plain_text(const char *label)
{
	return strcmp(label, "import from") == 0 ? "import" : label;
}

void complete_statements(struct complete *complete, const struct node *owner)
{
	const struct node *block = node_child(owner, ROLE_BLOCK);
	const struct kind *kind = block ? bind_kind(complete->program, block) : NULL;
	bool has_clauses = owner->kind == N_STEP || owner->kind == N_KIND || owner->kind == N_DEFAULTS;
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
		const struct statement *s = &statements[i];
		if (!resolve_may_stand(s->node, owner->kind) || (has_clauses && kind && s->clause && !(kind->clauses & s->clause)))
			continue;
		if (s->node == N_PIPELINE && complete->program->pipeline.node)
			continue;
		complete_add(complete, (struct completion){
			.kind = COMPLETION_WORD, .rank = s->rank, .order = (uint32_t)i, .label = s->label, .detail = s->detail,
			.insert = complete->options.takes_snippets ? s->snippet : plain_text(s->label), .is_snippet = true});
	}
}

/* Leaves out the keywords that begin statements, and `true` and `false`: other functions add items for them. */
void complete_words(struct complete *complete)
{
	for (size_t i = 0; i < complete->place.probe.count; i++) {
		int token = complete->place.probe.expected[i];
		bool is_word = token >= T_TRUE && (token < T_IMPORT || token > T_NEEDS);
		const char *quoted = parser_token_text(token);
		if (!is_word || token == T_TRUE || token == T_FALSE)
			continue;
		const char *word = arena_copy(complete->arena, quoted + 1, strlen(quoted) - 2);
		complete_add(complete, (struct completion){
			.kind = COMPLETION_WORD, .rank = complete->place.at ? WORDS : 0, .label = word, .insert = word});
	}
}
