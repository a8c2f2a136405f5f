#include "image/image_lookup.h"

#include "base/vec.h"

/* --- table and scope --- */

static bool find_framework(struct image_lookup *lookup)
{
	const char *name = lookup->asked[IMAGE_FRAMEWORK], *other;
	lookup->name = name;
	lookup->table = image_table(name);
	lookup->head = lookup->table ? image_head(lookup->table) : (struct image_piece){NULL, 0};
	if (lookup->table && !image_has_flag(lookup, "variant"))
		return true;
	if (lookup->table) {
		image_fail(lookup, IMAGE_FRAMEWORK, NULL, "`%s` is a variant and cannot be requested by its own name", name);
		lookup->answer.help = "give the name of the framework, and select the variant with `tool` or `compiler`";
		return false;
	}
	struct image_words available = {0};
	for (size_t i = 0; (other = image_table_name(i)); i++)
		if (image_table(other) && !image_line(image_head(image_table(other)), "variant").at)
			vec_push(lookup->arena, &available, other);
	return image_fail(lookup, IMAGE_FRAMEWORK, &available, "SageMaker has no images named `%s`", name);
}

static bool use_variant(struct image_lookup *lookup, enum image_argument wrong, const char *what)
{
	const char *name = arena_printf(lookup->arena, "%s-%s", lookup->name, what);
	lookup->table = image_table(name);
	if (!lookup->table)
		return image_fail(lookup, wrong, NULL, "SageMaker has no images of `%s` for `%s`", lookup->name, what);
	lookup->name = name;
	return true;
}

/* Chooses the table of a variant: Neuron and the training compiler have tables of their own. */
static bool find_variant(struct image_lookup *lookup)
{
	const char *tools[] = {"neuron", "neuronx"};
	struct image_piece family = image_family(lookup->asked[IMAGE_INSTANCE]);
	const char *tool = lookup->asked[IMAGE_TOOL];
	if (lookup->asked[IMAGE_COMPILER]) {
		if (!image_has_flag(lookup, "compiler"))
			return image_fail(lookup, IMAGE_COMPILER, NULL, "there are no images of `%s` with the training compiler",
			                  lookup->name);
		return use_variant(lookup, IMAGE_COMPILER, "training-compiler");
	}
	if (tool && !image_has_flag(lookup, "neuron"))
		return image_fail(lookup, IMAGE_TOOL, NULL, "images of `%s` do not differ by inference tool", lookup->name);
	if (tool && strcmp(tool, tools[0]) != 0 && strcmp(tool, tools[1]) != 0)
		return image_fail(lookup, IMAGE_TOOL, &(struct image_words){tools, 2, 0}, "there is no inference tool `%s`", tool);
	if (!tool && image_has_flag(lookup, "neuron") && (image_family_starts(family, "inf") || image_family_starts(family, "trn")))
		tool = tools[0];
	lookup->tool = tool;
	return !tool || use_variant(lookup, lookup->asked[IMAGE_TOOL] ? IMAGE_TOOL : IMAGE_INSTANCE, tool);
}

/* Checks what depends on the instance type alone. */
static bool check_instance(struct image_lookup *lookup)
{
	const char *instance = lookup->asked[IMAGE_INSTANCE];
	struct image_piece family = image_family(instance);
	if (!instance)
		return true;
	if (!family.at && strncmp(instance, "local", 5) != 0) {
		image_fail(lookup, IMAGE_INSTANCE, NULL, "\"%s\" is not an instance type", instance);
		lookup->answer.help = "an instance type looks like ml.m5.xlarge";
		return false;
	}
	if (lookup->asked[IMAGE_COMPILER])
		return true;
	if (strstr(instance, "trn") && !image_has_flag(lookup, "trainium"))
		return image_fail(lookup, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Trainium instances",
		                  lookup->asked[IMAGE_FRAMEWORK]);
	if (family.at && image_is_graviton(family) && !image_has_flag(lookup, "graviton"))
		return image_fail(lookup, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Graviton instances",
		                  lookup->asked[IMAGE_FRAMEWORK]);
	return true;
}

/* The wanted scope, as far as the arguments determine it. */
static const char *wanted_scope(struct image_lookup *lookup)
{
	struct image_piece family = image_family(lookup->asked[IMAGE_INSTANCE]), word;
	struct image_piece fallback = image_line(lookup->head, "needs-no-scope");
	if (lookup->asked[IMAGE_ACCELERATOR])
		return "eia";
	if (family.at && image_is_graviton(family) && image_has_flag(lookup, "graviton") && !lookup->asked[IMAGE_COMPILER])
		return "inference_graviton";
	if (!lookup->asked[IMAGE_SCOPE] && image_next_word(&fallback, &word))
		return image_copy(lookup, word);
	return lookup->asked[IMAGE_SCOPE];
}

static bool find_scope(struct image_lookup *lookup)
{
	const char *accelerator = lookup->asked[IMAGE_ACCELERATOR], *at = lookup->table;
	enum image_argument wrong = accelerator ? IMAGE_ACCELERATOR : lookup->asked[IMAGE_SCOPE] ? IMAGE_SCOPE : IMAGE_INSTANCE;
	struct image_words available = {0};
	size_t sections = 0;
	if (accelerator && strncmp(accelerator, "ml.eia", 6) != 0 && strcmp(accelerator, "local_sagemaker_notebook") != 0)
		return image_fail(lookup, IMAGE_ACCELERATOR, NULL, "\"%s\" is not an Elastic Inference accelerator", accelerator);
	lookup->scope = wanted_scope(lookup);
	for (struct image_piece section; image_next_section(&at, &section); sections++) {
		struct image_piece scopes = image_line(section, "scope");
		image_add_all(lookup, &available, scopes);
		if (!lookup->scope || image_piece_has(scopes, lookup->scope))
			lookup->section = section;
	}
	if (!lookup->scope && sections > 1)
		return image_fail(lookup, IMAGE_SCOPE, &available, "the images of `%s` differ by scope: select one with "
		                                                   "`scope`", lookup->name);
	if (lookup->scope && !lookup->section.at)
		return image_fail(lookup, wrong, &available, "there are no images of `%s` for the scope `%s`", lookup->name,
		                  lookup->scope);
	return true;
}

/* --- version --- */

static bool is_transformers(const struct image_lookup *lookup)
{
	return image_line(image_head(lookup->table), "transformers").at != NULL;
}

static struct image_piece next_image(struct image_lookup *lookup, struct image_piece *rest)
{
	struct image_piece line = {NULL, 0};
	if (!rest->at)
		*rest = lookup->section;
	return image_next_line(rest, "image", &line) ? line : (struct image_piece){NULL, 0};
}

/* The version that the SDK uses when none is given. It reads the table of the framework itself, and uses the scope
 * only if that was given. */
static const char *default_version(struct image_lookup *lookup)
{
	struct image_piece section, found = {NULL, 0}, word;
	const char *at = image_table(lookup->asked[IMAGE_FRAMEWORK]), *scope = lookup->asked[IMAGE_SCOPE];
	while (scope && image_next_section(&at, &section))
		if (image_piece_has(image_line(section, "scope"), scope))
			found = image_line(section, "default");
	if (!found.at)
		found = image_line(lookup->head, "default");
	return image_next_word(&found, &word) ? image_copy(lookup, word) : NULL;
}

static bool find_version(struct image_lookup *lookup)
{
	struct image_words versions = {0};
	struct image_piece rest = {NULL, 0}, line, aliases = image_line(lookup->section, "aliases"), word;
	while ((line = next_image(lookup, &rest)).at)
		image_add_all(lookup, &versions, image_value(line, "versions"));
	lookup->version = lookup->asked[IMAGE_VERSION];
	if (!lookup->version && versions.count <= 1 && !is_transformers(lookup))
		lookup->version = versions.count ? versions.items[0] : "";
	if (!lookup->version && !is_transformers(lookup))
		lookup->version = default_version(lookup);
	lookup->full_version = lookup->version;
	if (lookup->version && image_value(aliases, lookup->version).at)
		lookup->full_version = image_copy(lookup, image_value(aliases, lookup->version));
	for (size_t i = 0; i < versions.count && lookup->full_version; i++)
		if (strcmp(versions.items[i], lookup->full_version) == 0)
			return true;
	if (lookup->version && !*lookup->version && !versions.count)
		return true;
	while (image_next_word(&aliases, &word)) {
		const char *equals = memchr(word.at, '=', word.length);
		image_add_once(lookup, &versions, (struct image_piece){word.at, (size_t)(equals - word.at)});
	}
	if (!lookup->asked[IMAGE_VERSION])
		return image_fail(lookup, IMAGE_VERSION, &versions, "an image of `%s` needs a `version`", lookup->name);
	return image_fail(lookup, IMAGE_VERSION, &versions, "there is no version %s of `%s`%s%s", lookup->version, lookup->name,
	                  lookup->scope ? " for " : "", lookup->scope ? lookup->scope : "");
}

/* Finds the base framework of an image; the table lists its name and its aliases: "pytorch2.1.0,pytorch2.1". */
static bool find_base(struct image_lookup *lookup)
{
	struct image_words available = {0};
	struct image_piece rest = {NULL, 0}, line, word;
	const char *asked = lookup->asked[IMAGE_BASE];
	if (!is_transformers(lookup))
		return !asked || image_fail(lookup, IMAGE_BASE, NULL, "images of `%s` have no base framework", lookup->name);
	while ((line = next_image(lookup, &rest)).at) {
		struct image_piece bases = image_value(line, "base"), names = bases;
		if (!image_piece_has(image_value(line, "versions"), lookup->full_version))
			continue;
		image_add_all(lookup, &available, bases);
		if (!asked || !image_piece_has(bases, asked) || !image_next_word(&names, &word))
			continue;
		lookup->image = line;
		lookup->base = image_line(lookup->section, "full-names").at ? image_copy(lookup, word) : asked;
	}
	if (!asked)
		return image_fail(lookup, IMAGE_BASE, &available, "an image of `%s` needs a `base` framework", lookup->name);
	if (!lookup->base)
		return image_fail(lookup, IMAGE_BASE, &available, "there is no base framework %s of `%s` %s", asked, lookup->name,
		                  lookup->version);
	lookup->base += strcspn(lookup->base, "0123456789");
	return true;
}

/* Finds the image for a Python version. An image line may list several, and a version may have several lines. */
static bool find_python(struct image_lookup *lookup)
{
	struct image_words available = {0};
	struct image_piece rest = {NULL, 0}, line;
	const char *asked = lookup->asked[IMAGE_PYTHON];
	struct image_piece based_image = lookup->image;
	lookup->image = (struct image_piece){NULL, 0};
	while ((line = next_image(lookup, &rest)).at) {
		struct image_piece versions = image_value(line, "versions"), pythons = image_value(line, "python");
		bool has_version = !*lookup->full_version || image_piece_has(versions, lookup->full_version);
		bool matches = based_image.at ? line.at == based_image.at : has_version;
		if (!matches)
			continue;
		image_add_all(lookup, &available, pythons);
		if (!pythons.at || !asked || image_piece_has(pythons, asked))
			lookup->image = line;
	}
	if (!available.count || (!asked && image_has_flag(lookup, "python-optional")))
		return true;
	lookup->python = asked ? asked : available.items[0];
	if (!asked && available.count > 1)
		return image_fail(lookup, IMAGE_PYTHON, &available,
		                  "`%s` %s has images for several versions of Python: select one with `python`",
		                  lookup->name, lookup->version);
	return lookup->image.at || image_fail(lookup, IMAGE_PYTHON, &available, "there is no image of `%s` %s for Python version %s",
	                                      lookup->name, lookup->version, asked);
}

struct image_answer image_find(struct arena *arena, const char *const asked[IMAGE_ARGUMENT_COUNT])
{
	struct image_lookup lookup = {.arena = arena, .asked = asked};
	if (find_framework(&lookup) && check_instance(&lookup) && find_variant(&lookup) && find_scope(&lookup) && find_version(&lookup) &&
	    find_base(&lookup) && find_python(&lookup))
		image_make_uri(&lookup);
	return lookup.answer;
}
