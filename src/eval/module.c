#include "eval/module.h"

#include "base/suggest.h"
#include "eval/project.h"
#include "eval/resolve.h"

#include <errno.h>

/* --- files --- */

/* Joins the path of an import to the folder of the importing file. */
static const char *path_beside(struct arena *arena, const char *importer, const char *path)
{
	const char *slash = strrchr(importer, '/');
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return slash ? arena_printf(arena, "%.*s/%s", (int)(slash - importer), importer, path) : path;
}

static bool is_relative(const char *path)
{
	return strncmp(path, "./", 2) == 0 || strncmp(path, "../", 3) == 0;
}

/* The path of the file of an import; NULL when there is no such file. */
static const char *find_path(struct program *program, const struct source_file *importer, const char *path)
{
	const struct program_options *options = program->options;
	const struct reader *reader = options->reader;
	if (is_relative(path) || *path == '/') {
		const char *there = *path == '/' ? path : path_beside(program->arena, importer->name, path);
		return reader && reader->kind(reader->context, there) != PATH_NONE ? there : NULL;
	}
	for (size_t i = 0; reader && i < options->import_folder_count; i++) {
		const char *there = arena_printf(program->arena, "%s/%s", options->import_folders[i], path);
		if (reader->kind(reader->context, there) != PATH_NONE)
			return there;
	}
	return NULL;
}

static struct diag *report_import(struct program *program, enum diag_code code, const struct node *node, const char *message)
{
	struct diag *diag = program_report(program, code, node, "%s", message);
	diag->span = node_name_span(node);
	return diag;
}

static void report_missing(struct program *program, const struct node *node)
{
	const char *path = node->word->text;
	struct diag *diag = report_import(program, SP2050, node, arena_printf(program->arena, "there is no file \"%s\"", path));
	if (!program->options->reader)
		diag_help(diag, "this compilation cannot read files");
	else if (is_relative(path) || *path == '/')
		diag_help(diag, "the path is relative to the file in which it is written");
	else if (program->options->import_folder_count)
		diag_help(diag, "none of the -I folders has it; a path relative to this file starts with `./`");
	else
		diag_help(diag, "a path relative to this file starts with `./`; any other is looked up in the -I folders");
}

static struct module_file *add_file(struct program *program, const struct source_file *source, const char *path)
{
	struct module_file *file = arena_new(program->arena, struct module_file);
	struct tree *tree = parse_file(program->arena, &program->world->names, program->diags, source);
	const struct module_file *last = program->files.count ? program->files.items[program->files.count - 1] : NULL;
	file->tree = tree;
	file->path = path;
	file->first_value = last ? last->first_value + last->tree->node_count : 0;
	vec_push(program->arena, &program->files, file);
	return file;
}

/* Whether a file may be imported: a regular file with the name of a program, in the project or a folder of -I. Otherwise it is reported,
 * and not read, so that no message shows a line of it. */
static bool may_import(struct program *program, const struct node *node, const char *path, const char *real)
{
	const struct reader *reader = program->options->reader;
	size_t length = real ? strlen(real) : 0;
	const char *why = NULL, *help = NULL;
	if (reader->kind(reader->context, path) != PATH_FILE || !real) {
		why = "it is not a file";
	} else if (length < strlen(".pipe") || strcmp(real + length - strlen(".pipe"), ".pipe") != 0) {
		why = "the name of the file does not end in `.pipe`";
	} else if (!project_holds(program, real) && !project_imports(program, real)) {
		why = arena_printf(program->arena, "it is outside the project's folder, %s", project_folder(program));
		help = "put a `.sagepipec.json` into the folder that holds all files of the project, or give the file's folder with -I";
	}
	if (!why)
		return true;
	struct diag *diag = report_import(program, SP2050, node, arena_printf(program->arena, "\"%s\" cannot be imported: %s",
	                                                                      node->word->text, why));
	if (help)
		diag_help(diag, "%s", help);
	return false;
}

/* The file of an import, parsed on its first import; NULL after a report. */
static struct module_file *import_file(struct program *program, const struct module_file *importer, const struct node *node)
{
	const char *path = find_path(program, importer->tree->file, node->word->text);
	if (!path) {
		report_missing(program, node);
		return NULL;
	}
	const char *real = program_real_path(program, path);
	for (size_t i = 0; real && i < program->files.count; i++)
		if (program->files.items[i]->path && strcmp(program->files.items[i]->path, real) == 0)
			return program->files.items[i];
	const struct reader *reader = program->options->reader;
	struct text text = {0};
	if (!may_import(program, node, path, real))
		return NULL;
	if (!reader->read(reader->context, path, SOURCE_MAX_BYTES, &text)) {
		const char *why = strerror(errno);
		report_import(program, SP2050, node, arena_printf(program->arena, "\"%s\" cannot be read: %s", path, why));
		return NULL;
	}
	program_add_input(program, path);
	const char *copy = arena_copy(program->arena, text_string(&text), text.length);
	const struct source_file *source = source_new(program->arena, path, copy, text.length);
	text_free(&text);
	return add_file(program, source, real);
}

/* The files whose imports are being read, innermost first. */
struct open_import {
	const struct open_import *outer;
	struct module_file *file;
};

static void report_cycle(struct program *program, const struct open_import *reading, const struct node *node,
                         const struct module_file *target)
{
	const char *path = target->tree->file->name;
	for (const struct open_import *r = reading; r; r = r->outer) {
		bool is_first = r->file == target;
		path = arena_printf(program->arena, is_first ? "%s` imports `%s" : "%s`, which imports `%s",
		                    r->file->tree->file->name, path);
		if (is_first)
			break;
	}
	diag_help(report_import(program, SP2051, node, "import cycle"), "`%s`", path);
}

static void read_imports(struct program *program, const struct open_import *outer, struct module_file *file)
{
	const struct open_import reading = {outer, file};
	file->is_open = true;
	for (const struct node *item = node_child(file->tree->root, ROLE_ITEM); item; item = node_next(item)) {
		if (item->kind != N_IMPORT || !item->word)
			continue;
		size_t known = program->files.count;
		struct module_file *target = import_file(program, file, item);
		if (target && target->is_open) {
			report_cycle(program, &reading, item, target);
			continue;
		}
		vec_push(program->arena, &file->imports, ((struct module_import){item, target}));
		if (program->files.count > known)
			read_imports(program, &reading, target);
	}
	file->is_open = false;
}

void module_read_files(struct program *program, const struct source_file *root)
{
	struct module_file *file = add_file(program, root, program_real_path(program, root->name));
	program->tree = (struct tree *)file->tree;
	read_imports(program, NULL, file);
}

struct module_file *module_imported(const struct module_file *importer, const struct node *import)
{
	for (size_t i = 0; i < importer->imports.count; i++)
		if (importer->imports.items[i].node == import)
			return importer->imports.items[i].file;
	return NULL;
}

/* --- names --- */

void module_init(struct program *program, struct module *module,
                 const struct type *(*find)(void *context, const struct word *name),
                 void (*complain)(void *context, const struct node *reference, const char *what))
{
	module->program = program;
	module->env = (struct env){.module = module};
	module->scope = (struct type_scope){
		.world = program->world,
		.find = find,
		.report = complain,
		.context = module,
		.arena = program->arena,
	};
}

/* Enters the declaration that one table has under a name into another table, under the same or a new name. False when there is
 * none. */
static bool bind_name(struct program *program, const struct node *item, const struct node *name, struct map *to,
                      const struct map *from)
{
	void *declaration = map_get(from, item->word), *earlier = map_get(to, name->word);
	if (!declaration)
		return false;
	if (earlier && earlier != declaration) {
		struct diag *diag = diag_report(program->diags, SP2001, program_file(program, name), node_name_span(name),
		                                "`%s` is declared twice", name->word->text);
		diag_help(diag, "import it under another name: `%s as OTHER`", item->word->text);
	} else if (!earlier) {
		map_put(program->arena, to, name->word, declaration);
	}
	return true;
}

/* Whether a file declares a step of this name. Steps are imported only with the whole file. */
static bool declares_step(const struct tree *tree, const struct word *name)
{
	for (const struct node *item = node_child(tree->root, ROLE_ITEM); item; item = node_next(item))
		if (node_is_unit(item) && item->word == name)
			return true;
	return false;
}

static void report_unknown_name(struct program *program, const struct node *item, const struct module_file *file)
{
	const char *path = file->tree->file->name, *name = item->word->text;
	struct suggest suggest;
	if (declares_step(file->tree, item->word)) {
		report_import(program, SP2053, item, arena_printf(program->arena, "`%s` is a step: import its whole file", name));
		return;
	}
	struct diag *diag = report_import(program, SP2052, item, arena_printf(program->arena, "\"%s\" declares no `%s`", path, name));
	suggest_init(&suggest, name);
	resolve_offer_names(&suggest, &file->module->values);
	resolve_offer_names(&suggest, &file->module->types);
	resolve_offer_names(&suggest, &file->module->functions);
	const char *near = suggest_result(&suggest);
	if (!near)
		return;
	diag_help(diag, "it declares a similar name: `%s`", near);
	program_offer_fix(program, diag, item, near);
}

void module_bind_names(struct program *program, const struct module_file *importer)
{
	for (size_t i = 0; i < importer->imports.count; i++) {
		const struct module_file *file = importer->imports.items[i].file;
		const struct node *item = node_child(importer->imports.items[i].node, ROLE_ITEM);
		for (; item && file && file->module; item = node_next(item)) {
			const struct node *as = node_child(item, ROLE_AS), *name = as ? as : item;
			struct module *to = importer->module, *from = file->module;
			if (!item->word || !name->word)
				continue;
			if (map_get(&from->values, item->word))
				resolve_report_reserved(program, name);
			bool is_bound = bind_name(program, item, name, &to->values, &from->values);
			is_bound |= bind_name(program, item, name, &to->types, &from->types);
			is_bound |= bind_name(program, item, name, &to->functions, &from->functions);
			struct symbol *symbol = map_get(&to->values, name->word);
			if (symbol && symbol->kind == SYMBOL_PARAM)
				symbol->is_optional = false;
			if (!is_bound)
				report_unknown_name(program, item, file);
		}
	}
}

/* --- kinds, functions and components --- */

static const struct kind *new_kind(struct declared *declared)
{
	const struct node *node = declared->node, *reference = node_child(node, ROLE_KIND);
	const struct node *name = node_callee(reference);
	struct program *program = declared->module->program;
	if (!name || !name->word)
		return NULL;
	/* `kind Training(...) = Training(...)` is made from the library's kind, which it shadows */
	const struct kind *base = name->word == node->word ? kind_find(program->world, name->word)
	                                                   : module_kind(declared->module, name->word);
	if (!base)
		return NULL;
	struct kind *kind = arena_new(program->arena, struct kind);
	*kind = *base;
	kind->name = node->word;
	kind->node = node;
	kind->base = base;
	kind->module = declared->module;
	return kind;
}

const struct kind *module_kind(struct module *module, const struct word *name)
{
	struct declared *declared = name ? map_get(&module->types, name) : NULL;
	if (!declared)
		return name ? kind_find(module->program->world, name) : NULL;
	if (declared->node->kind != N_KIND)
		return NULL;
	if (declared->is_busy) {
		diag_report(module->program->diags, SP2006, program_file(module->program, declared->node), node_name_span(declared->node),
		            "the kind `%s` is defined in terms of itself", name->text);
		return NULL;
	}
	if (!declared->is_kind_known) {
		declared->is_busy = declared->is_kind_known = true;
		declared->kind = new_kind(declared);
		declared->is_busy = false;
	}
	return declared->kind;
}

const struct node *module_function(struct module *module, const struct word *name, struct module **owner)
{
	const struct declared *declared = map_get(&module->functions, name);
	*owner = declared ? declared->module : &module->program->library;
	return declared ? declared->node : world_function(module->program->world, name);
}

static void offer_declared(struct suggest *suggest, const struct map *map, enum node_kind kind)
{
	for (size_t i = 0; i < map->room; i++)
		if (map->slots[i].key && ((const struct declared *)map->slots[i].value)->node->kind == kind)
			suggest_offer(suggest, map->slots[i].key->text);
}

const char *module_suggest_kind(struct module *module, const char *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name);
	offer_declared(&suggest, &module->types, N_KIND);
	suggest_offer(&suggest, world_suggest(module->program->world, name, WORLD_KINDS));
	return suggest_result(&suggest);
}

const char *module_suggest_component(struct module *module, const char *name)
{
	struct suggest suggest;
	suggest_init(&suggest, name);
	offer_declared(&suggest, &module->functions, N_COMPONENT);
	suggest_offer(&suggest, world_suggest(module->program->world, name, WORLD_COMPONENTS));
	return suggest_result(&suggest);
}
