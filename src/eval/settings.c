#include "eval/settings.h"

#include "base/suggest.h"
#include "eval/json_value.h"

/* --- configuration files --- */

static void read_file(struct program *program, const struct config_file *config)
{
	struct eval eval = {.program = program};
	struct diag *diag = NULL;
	program_add_input(program, config->name);
	const struct value *value = json_value_of_file(&eval, SP2031, config->name, config->text, config->length, &diag);
	if (value && value->kind == VALUE_OBJECT) {
		vec_push(program->arena, &program->settings, value);
		return;
	}
	if (value)
		diag = program_report(program, SP2031, value->at, "a configuration must be a JSON object with a value for each `config`");
	diag_label(diag, "read by --config");
}

void settings_read(struct program *program)
{
	for (size_t i = 0; i < program->options->config_file_count; i++)
		read_file(program, &program->options->config_files[i]);
}

/* --- --set --- */

/* The rest of a setting's path after the name of a config, "" or ".a.b"; NULL when the setting is for another config. */
static const char *path_in(const struct setting *setting, const struct word *name)
{
	bool is_same = strncmp(setting->name, name->text, name->length) == 0;
	const char *rest = setting->name + name->length;
	return is_same && (!*rest || *rest == '.') ? rest : NULL;
}

const struct setting *settings_last(const struct program *program, const struct word *name)
{
	const struct setting *last = NULL;
	for (size_t i = 0; i < program->options->setting_count; i++)
		if (path_in(&program->options->settings[i], name))
			last = &program->options->settings[i];
	return last;
}

/* The type of a member of a type; TYPE_ANY when no type is declared for it, NULL when there is no such member. */
static const struct type *type_inside(const struct type *type, const struct word *name)
{
	if (type->kind == TYPE_MAP)
		return type->element;
	if (type->kind != TYPE_SHAPE)
		return type->kind == TYPE_ANY ? type : NULL;
	struct member *member = type_find_member(type, name);
	return member ? type_of_member(member) : type->is_open ? type_primitive(TYPE_ANY) : NULL;
}

/* The value of a setting: text for a String, JSON for anything else. */
static const struct value *parse_setting(struct program *program, const struct symbol *symbol, const struct type *type,
                                         const char *text)
{
	struct eval eval = {.program = program};
	if (type_is_text(type))
		return eval_string(&eval, symbol->node, text, strlen(text));
	const struct value *value = json_value(&eval, text, symbol->node);
	if (value)
		return value;
	struct diag *diag = program_report(program, SP2031, symbol->node, "expected %s, found \"%s\"", type_noun(type), text);
	if (type->kind > TYPE_BOOLEAN || type->kind == TYPE_ANY)
		diag_help(diag, "write it as JSON");
	return &value_error;
}

/* The path `.a.b` and a value become { a: { b: value } }. */
static const struct value *wrap_setting(struct program *program, const struct symbol *symbol, const struct type *type,
                                        const char *path, const char *text)
{
	struct eval eval = {.program = program};
	if (!*path)
		return parse_setting(program, symbol, type, text);
	const char *end = strchr(path + 1, '.');
	size_t length = end ? (size_t)(end - path - 1) : strlen(path + 1);
	const struct word *name = names_intern(&program->world->names, path + 1, length);
	const struct type *inner = type_inside(type, name);
	if (!inner) {
		struct diag *diag = program_report(program, SP2031, symbol->node, "%s has no member `%s`",
		                                   type->name ? type->name->text : type_noun(type), name->text);
		struct suggest suggest;
		suggest_init(&suggest, name->text);
		for (uint32_t i = 0; type->kind == TYPE_SHAPE && i < type->count; i++)
			suggest_offer(&suggest, type->members[i].name->text);
		if (suggest_result(&suggest))
			diag_help(diag, "a member with a similar name exists: `%s`", suggest_result(&suggest));
		return &value_error;
	}
	struct field *field = arena_new(program->arena, struct field);
	struct value *object = eval_new(&eval, VALUE_OBJECT, symbol->node);
	*field = (struct field){name, wrap_setting(program, symbol, inner, path + 1 + length, text), symbol->node};
	object->fields = field;
	object->count = 1;
	return field->value->kind == VALUE_ERROR ? &value_error : object;
}

static const struct value *merge(struct program *program, const struct value *weak, const struct value *strong)
{
	struct eval eval = {.program = program};
	return weak && weak->kind != VALUE_ERROR && strong->kind != VALUE_ERROR ? eval_merge(&eval, weak, strong) : strong;
}

const struct value *settings_merge(struct program *program, const struct symbol *symbol)
{
	const struct value *value = symbol->initial;
	for (size_t i = 0; i < program->settings.count; i++) {
		const struct field *field = value_field(program->settings.items[i], symbol->name);
		if (field)
			value = merge(program, value, field->value);
	}
	for (size_t i = 0; i < program->options->setting_count; i++) {
		const struct setting *setting = &program->options->settings[i];
		const char *path = path_in(setting, symbol->name);
		if (path)
			value = merge(program, value, wrap_setting(program, symbol, symbol->type, path, setting->value));
	}
	return value;
}

/* --- settings without a config --- */

/* The config of this name in any file of the program, also in one from which only names are imported. */
static const struct symbol *find_config(const struct program *program, const struct word *name)
{
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_CONFIG && program->symbols.items[i]->name == name)
			return program->symbols.items[i];
	return NULL;
}

/* Adds help to the report of a setting without a config. */
static void add_help(struct program *program, struct diag *diag, const struct word *name)
{
	const struct symbol *symbol = map_get(&program->root.values, name);
	struct suggest suggest;
	suggest_init(&suggest, name->text);
	for (size_t i = 0; i < program->symbols.count; i++)
		if (program->symbols.items[i]->kind == SYMBOL_CONFIG)
			suggest_offer(&suggest, program->symbols.items[i]->name->text);
	if (symbol && symbol->kind == SYMBOL_PARAM)
		diag_help(diag, "`%s` is a parameter: it gets its value when the pipeline is started", name->text);
	else if (suggest_result(&suggest))
		diag_help(diag, "a `config` with a similar name exists: `%s`", suggest_result(&suggest));
}

void settings_check(struct program *program)
{
	if (program_is_shared(program))
		return; /* the settings may be for the programs that import it */
	for (size_t i = 0; i < program->options->setting_count; i++) {
		const char *path = program->options->settings[i].name;
		const struct word *name = names_intern(&program->world->names, path, strcspn(path, "."));
		if (find_config(program, name))
			continue;
		add_help(program, diag_report(program->diags, SP2032, program->tree->file, span_of(0, 0),
		                              "`--set %s=...`: the program has no `config %s`", path, name->text), name);
	}
	for (size_t i = 0; i < program->settings.count; i++) {
		const struct value *given = program->settings.items[i];
		for (uint32_t j = 0; j < given->count; j++) {
			const struct field *field = &given->fields[j];
			if (find_config(program, field->name))
				continue;
			struct diag *diag = program_report(program, SP2032, field->at, "the program has no `config %s`", field->name->text);
			diag->span = node_name_span(field->at);
			add_help(program, diag, field->name);
		}
	}
}
