#include "eval/resolve.h"

#include "base/suggest.h"

/* The predefined objects. */
static const char *const objects[] = {"Pipeline", "Execution", "Step", "PipelineExperimentConfig"};

bool resolve_is_reserved(const struct word *name)
{
#define WORD(name, text) text,
	static const char *const words[] = {RESERVED_WORDS(WORD)};
#undef WORD
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (names_is(name, words[i]))
			return true;
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		if (names_is(name, objects[i]))
			return true;
	return false;
}

void resolve_report_duplicate(struct program *program, const struct node *node, const struct node *earlier)
{
	struct diag *diag = diag_report(program->diags, SP2001, program_file(program, node), node_name_span(node),
	                                "`%s` is declared twice", node->word->text);
	diag_related(diag, program_file(program, earlier), node_name_span(earlier), "it is declared here first");
}

void resolve_report_reserved(struct program *program, const struct node *node)
{
	if (resolve_is_reserved(node->word))
		diag_report(program->diags, SP2002, program_file(program, node), node_name_span(node),
		            "`%s` is reserved and cannot be declared", node->word->text);
}

struct symbol *resolve_add_symbol(struct program *program, struct module *module, enum symbol_kind kind, const struct node *node)
{
	struct symbol *symbol = arena_new(program->arena, struct symbol);
	symbol->kind = kind;
	symbol->name = node->word;
	symbol->node = node;
	symbol->module = module;
	symbol->index = (uint32_t)program->symbols.count;
	vec_push(program->arena, &program->symbols, symbol);
	resolve_report_reserved(program, node);
	return symbol;
}

void resolve_declare(struct program *program, struct map *names, struct symbol *symbol)
{
	if (!symbol->name || resolve_is_reserved(symbol->name))
		return;
	struct symbol *earlier = map_get(names, symbol->name);
	if (earlier)
		resolve_report_duplicate(program, symbol->node, earlier->node);
	else
		map_put(program->arena, names, symbol->name, symbol);
}

void resolve_check_variables(struct program *program, const struct node *node, enum node_role role)
{
	for (const struct node *v = node_child(node, role); v; v = node_next(v)) {
		resolve_report_reserved(program, v);
		for (const struct node *earlier = node_child(node, role); earlier != v; earlier = node_next(earlier))
			if (v->word && earlier->word == v->word)
				resolve_report_duplicate(program, v, earlier);
	}
}

const struct env *resolve_bind_lets(struct program *program, const struct node *block, const struct env *env, struct module *module,
                                    struct origin origin, struct step *step)
{
	const struct env *end = env;
	for (const struct node *item = node_child(block, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_LET || !item->word)
			continue;
		struct symbol *symbol = resolve_add_symbol(program, module, SYMBOL_LET, item);
		for (const struct env *e = env; e != end; e = e->outer)
			if (e->name == item->word && !resolve_is_reserved(item->word))
				resolve_report_duplicate(program, item, e->symbol->node);
		symbol->expression = node_child(item, ROLE_VALUE);
		symbol->origin = origin;
		symbol->step = step;
		struct env *inner = arena_new(program->arena, struct env);
		*inner = (struct env){.outer = env, .name = item->word, .symbol = symbol};
		env = inner;
	}
	for (const struct env *e = env; e != end; e = e->outer)
		e->symbol->env = env;
	return env;
}

struct symbol *resolve_name(const struct program *program, const struct env *env, const struct word *name,
                            const struct value **value)
{
	*value = NULL;
	for (; env; env = env->outer) {
		struct symbol *symbol = env->names ? map_get(env->names, name) : NULL;
		if (symbol)
			return symbol;
		if (env->module)
			return map_get(&env->module->values, name);
		if (env->name == name && !env->names) {
			*value = env->value;
			return env->symbol;
		}
	}
	return map_get(&program->root.values, name);
}

void resolve_offer_names(struct suggest *suggest, const struct map *names)
{
	for (size_t i = 0; i < names->room; i++)
		if (names->slots[i].key)
			suggest_offer(suggest, names->slots[i].key->text);
}

const char *resolve_suggest(const struct program *program, const struct env *env, const char *name)
{
	struct suggest suggest;
	if (!program_may_suggest(program))
		return NULL;
	suggest_init(&suggest, name);
	const struct module *module = &program->root;
	for (; env; env = env->outer) {
		if (env->name)
			suggest_offer(&suggest, env->name->text);
		if (env->names)
			resolve_offer_names(&suggest, env->names);
		if (env->module)
			module = env->module;
	}
	resolve_offer_names(&suggest, &module->values);
	for (size_t i = 0; i < sizeof objects / sizeof *objects; i++)
		suggest_offer(&suggest, objects[i]);
	return suggest_result(&suggest);
}
