#include "image/image_lookup.h"

#include "base/vec.h"


/* --- table and scope --- */

static bool find_framework(struct image_look *look)
{
	const char *name = look->asked[IMAGE_FRAMEWORK], *other;
	look->name = name;
	look->table = image_table(name);
	look->head = look->table ? image_head(look->table) : (struct image_piece){NULL, 0};
	if (look->table && !image_has_fact(look, "variant"))
		return true;
	if (look->table) {
		image_refuse(look, IMAGE_FRAMEWORK, NULL, "`%s` is a variant, and not asked for by its own name", name);
		look->answer.help = "name the framework, and the variant with `tool` or `compiler`";
		return false;
	}
	struct image_words exist = {0};
	for (size_t i = 0; (other = image_table_name(i)); i++)
		if (image_table(other) && !image_line(image_head(image_table(other)), "variant").at)
			vec_push(look->arena, &exist, other);
	return image_refuse(look, IMAGE_FRAMEWORK, &exist, "SageMaker has no images named `%s`", name);
}

static bool take_variant(struct image_look *look, enum image_argument wrong, const char *what)
{
	const char *name = arena_printf(look->arena, "%s-%s", look->name, what);
	look->table = image_table(name);
	if (!look->table)
		return image_refuse(look, wrong, NULL, "SageMaker has no images of `%s` for `%s`", look->name, what);
	look->name = name;
	return true;
}

/* Neuron and the training compiler have tables of their own. */
static bool find_variant(struct image_look *look)
{
	const char *tools[] = {"neuron", "neuronx"};
	struct image_piece family = image_family(look->asked[IMAGE_INSTANCE]);
	const char *tool = look->asked[IMAGE_TOOL];
	if (look->asked[IMAGE_COMPILER]) {
		if (!image_has_fact(look, "compiler"))
			return image_refuse(look, IMAGE_COMPILER, NULL, "there are no images of `%s` with the training compiler", look->name);
		return take_variant(look, IMAGE_COMPILER, "training-compiler");
	}
	if (tool && !image_has_fact(look, "neuron"))
		return image_refuse(look, IMAGE_TOOL, NULL, "images of `%s` differ in no inference tool", look->name);
	if (tool && strcmp(tool, tools[0]) != 0 && strcmp(tool, tools[1]) != 0)
		return image_refuse(look, IMAGE_TOOL, &(struct image_words){tools, 2, 0}, "there is no inference tool `%s`", tool);
	if (!tool && image_has_fact(look, "neuron") && (image_is_family(family, "inf") || image_is_family(family, "trn")))
		tool = tools[0];
	look->tool = tool;
	return !tool || take_variant(look, look->asked[IMAGE_TOOL] ? IMAGE_TOOL : IMAGE_INSTANCE, tool);
}

/* What the instance alone rules out. */
static bool check_instance(struct image_look *look)
{
	const char *instance = look->asked[IMAGE_INSTANCE];
	struct image_piece family = image_family(instance);
	if (!instance)
		return true;
	if (!family.at && strncmp(instance, "local", 5) != 0) {
		image_refuse(look, IMAGE_INSTANCE, NULL, "\"%s\" is no instance type", instance);
		look->answer.help = "it looks like ml.m5.xlarge";
		return false;
	}
	if (look->asked[IMAGE_COMPILER])
		return true;
	if (strstr(instance, "trn") && !image_has_fact(look, "trainium"))
		return image_refuse(look, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Trainium instances", look->asked[IMAGE_FRAMEWORK]);
	if (family.at && image_is_graviton(family) && !image_has_fact(look, "graviton"))
		return image_refuse(look, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Graviton instances", look->asked[IMAGE_FRAMEWORK]);
	return true;
}

/* The scope that is wanted, as far as the arguments say. */
static const char *wanted_scope(struct image_look *look)
{
	struct image_piece family = image_family(look->asked[IMAGE_INSTANCE]), otherwise = image_line(look->head, "needs-no-scope"), word;
	if (look->asked[IMAGE_ACCELERATOR])
		return "eia";
	if (family.at && image_is_graviton(family) && image_has_fact(look, "graviton") && !look->asked[IMAGE_COMPILER])
		return "inference_graviton";
	if (!look->asked[IMAGE_SCOPE] && image_next_word(&otherwise, &word))
		return image_copy(look, word);
	return look->asked[IMAGE_SCOPE];
}

static bool find_scope(struct image_look *look)
{
	const char *accelerator = look->asked[IMAGE_ACCELERATOR], *at = look->table;
	enum image_argument wrong = accelerator ? IMAGE_ACCELERATOR : look->asked[IMAGE_SCOPE] ? IMAGE_SCOPE : IMAGE_INSTANCE;
	struct image_words exist = {0};
	size_t sections = 0;
	if (accelerator && strncmp(accelerator, "ml.eia", 6) != 0 && strcmp(accelerator, "local_sagemaker_notebook") != 0)
		return image_refuse(look, IMAGE_ACCELERATOR, NULL, "\"%s\" is no Elastic Inference accelerator", accelerator);
	look->scope = wanted_scope(look);
	for (struct image_piece section; image_next_section(&at, &section); sections++) {
		struct image_piece scopes = image_line(section, "scope");
		image_add_all(look, &exist, scopes);
		if (!look->scope || image_piece_has(scopes, look->scope))
			look->section = section;
	}
	if (!look->scope && sections > 1)
		return image_refuse(look, IMAGE_SCOPE, &exist, "the images of `%s` differ by `scope`", look->name);
	if (look->scope && !look->section.at)
		return image_refuse(look, wrong, &exist, "there are no images of `%s` for the scope `%s`", look->name, look->scope);
	return true;
}

/* --- version --- */

static bool is_transformers(const struct image_look *look)
{
	return image_line(image_head(look->table), "transformers").at != NULL;
}

static struct image_piece first_image(struct image_look *look, struct image_piece *rest)
{
	struct image_piece line = {NULL, 0};
	if (!rest->at)
		*rest = look->section;
	return image_next_line(rest, "image", &line) ? line : (struct image_piece){NULL, 0};
}

/* What the SDK takes when no version is given: it looks at the framework itself, and at the scope that was written. */
static const char *default_version(struct image_look *look)
{
	struct image_piece section, found = {NULL, 0}, word;
	const char *at = image_table(look->asked[IMAGE_FRAMEWORK]), *scope = look->asked[IMAGE_SCOPE];
	while (scope && image_next_section(&at, &section))
		if (image_piece_has(image_line(section, "scope"), scope))
			found = image_line(section, "default");
	if (!found.at)
		found = image_line(look->head, "default");
	return image_next_word(&found, &word) ? image_copy(look, word) : NULL;
}

static bool find_version(struct image_look *look)
{
	struct image_words versions = {0};
	struct image_piece rest = {NULL, 0}, line, aliases = image_line(look->section, "aliases"), word;
	while ((line = first_image(look, &rest)).at)
		image_add_all(look, &versions, image_value(line, "versions"));
	look->version = look->asked[IMAGE_VERSION];
	if (!look->version && versions.count <= 1 && !is_transformers(look))
		look->version = versions.count ? versions.items[0] : "";
	if (!look->version && !is_transformers(look))
		look->version = default_version(look);
	look->full_version = look->version;
	if (look->version && image_value(aliases, look->version).at)
		look->full_version = image_copy(look, image_value(aliases, look->version));
	for (size_t i = 0; i < versions.count && look->full_version; i++)
		if (strcmp(versions.items[i], look->full_version) == 0)
			return true;
	if (look->version && !*look->version && !versions.count)
		return true;
	while (image_next_word(&aliases, &word)) {
		const char *equals = memchr(word.at, '=', word.length);
		image_add_once(look, &versions, (struct image_piece){word.at, (size_t)(equals - word.at)});
	}
	if (!look->asked[IMAGE_VERSION])
		return image_refuse(look, IMAGE_VERSION, &versions, "an image of `%s` needs its `version`", look->name);
	return image_refuse(look, IMAGE_VERSION, &versions, "there is no version %s of `%s`%s%s", look->version, look->name,
	              look->scope ? " for " : "", look->scope ? look->scope : "");
}

/* The base framework of an image, and the words that stand for it: "pytorch2.1.0,pytorch2.1". */
static bool find_base(struct image_look *look)
{
	struct image_words exist = {0};
	struct image_piece rest = {NULL, 0}, line, word;
	const char *asked = look->asked[IMAGE_BASE];
	if (!is_transformers(look))
		return !asked || image_refuse(look, IMAGE_BASE, NULL, "images of `%s` have no base framework", look->name);
	while ((line = first_image(look, &rest)).at) {
		struct image_piece bases = image_value(line, "base"), names = bases;
		if (!image_piece_has(image_value(line, "versions"), look->full_version))
			continue;
		image_add_all(look, &exist, bases);
		if (!asked || !image_piece_has(bases, asked) || !image_next_word(&names, &word))
			continue;
		look->image = line;
		look->base = image_line(look->section, "full-names").at ? image_copy(look, word) : asked;
	}
	if (!asked)
		return image_refuse(look, IMAGE_BASE, &exist, "an image of `%s` needs its `base` framework", look->name);
	if (!look->base)
		return image_refuse(look, IMAGE_BASE, &exist, "there is no base framework %s of `%s` %s", asked, look->name, look->version);
	look->base += strcspn(look->base, "0123456789");
	return true;
}

/* The image for a Python version: an image line may have several, and a version several lines. */
static bool find_python(struct image_look *look)
{
	struct image_words exist = {0};
	struct image_piece rest = {NULL, 0}, line;
	const char *asked = look->asked[IMAGE_PYTHON];
	struct image_piece based = look->image;
	look->image = (struct image_piece){NULL, 0};
	while ((line = first_image(look, &rest)).at) {
		struct image_piece versions = image_value(line, "versions"), pythons = image_value(line, "python");
		bool is_it = based.at ? line.at == based.at : !*look->full_version || image_piece_has(versions, look->full_version);
		if (!is_it)
			continue;
		image_add_all(look, &exist, pythons);
		if (!pythons.at || !asked || image_piece_has(pythons, asked))
			look->image = line;
	}
	if (!exist.count || (!asked && image_line(look->head, "python-optional").at))
		return true;
	look->python = asked ? asked : exist.items[0];
	if (!asked && exist.count > 1)
		return image_refuse(look, IMAGE_PYTHON, &exist, "`%s` %s has images for several versions of Python: say which with `python`",
		              look->name, look->version);
	return look->image.at || image_refuse(look, IMAGE_PYTHON, &exist, "there is no image of `%s` %s for Python version %s",
	                                look->name, look->version, asked);
}

struct image_answer image_find(struct arena *arena, const char *const asked[IMAGE_ARGUMENT_COUNT])
{
	struct image_look look = {.arena = arena, .asked = asked};
	if (find_framework(&look) && check_instance(&look) && find_variant(&look) && find_scope(&look) && find_version(&look) &&
	    find_base(&look) && find_python(&look))
		image_make_uri(&look);
	return look.answer;
}
