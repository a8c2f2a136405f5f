#include "image.h"

#include "image_table.h"
#include "suggest.h"
#include "text.h"
#include "vec.h"

#include <ctype.h>
#include <stdlib.h>

/* One question on its way to an answer. */
struct look {
	struct arena *arena;
	const char *const *asked;
	struct image_answer answer;
	const char *name, *table; /* of the framework, or of its variant */
	struct piece head;        /* of the framework itself */
	struct piece section, image;
	const char *scope;        /* NULL where the table has none */
	const char *version, *full_version; /* as asked, or the default; what an alias stands for */
	const char *base;                   /* likewise, without its name in front when that is cut off */
	const char *python, *tool, *processor;
};

static bool is_transformers(const struct look *look)
{
	return image_line(image_head(look->table), "transformers").at != NULL;
}

static const char *copy(struct look *look, struct piece piece)
{
	return arena_copy(look->arena, piece.at, piece.length);
}

/* --- what exists --- */

struct words {
	const char **items;
	size_t count, room;
};

static void add_once(struct look *look, struct words *words, struct piece word)
{
	for (size_t i = 0; i < words->count; i++)
		if (piece_is(word, words->items[i]))
			return;
	vec_push(look->arena, words, copy(look, word));
}

static void add_all(struct look *look, struct words *words, struct piece list)
{
	struct piece word;
	while (image_next_word(&list, &word))
		add_once(look, words, word);
}

static const char *listed(struct look *look, const struct words *words)
{
	struct text text = {0};
	for (size_t i = 0; i < words->count; i++)
		text_printf(&text, "%s%s", i ? ", " : "", words->items[i]);
	const char *list = arena_copy(look->arena, text_string(&text), text.length);
	text_free(&text);
	return list;
}

/* Whether two versions are the same but for what stands between the numbers: `1.7.1` and `1.7-1`. */
static bool has_same_digits(const char *a, const char *b)
{
	static const char digits[] = "0123456789";
	for (; *a || *b; a++, b++) {
		a += strcspn(a, digits);
		b += strcspn(b, digits);
		if (*a != *b)
			return false;
		if (!*a)
			break;
	}
	return true;
}

/* What somebody may have meant. A version that is spelled much like another one is not near to it. */
static const char *nearest(enum image_argument argument, const char *word, const struct words *exist)
{
	const char *const *items = exist->items;
	for (size_t i = exist->count; *word && i-- > 0;)
		if (strncmp(items[i], word, strlen(word)) == 0)
			return items[i];
	for (size_t i = exist->count; argument == IMAGE_VERSION && i-- > 0;)
		if (has_same_digits(items[i], word))
			return items[i];
	return argument == IMAGE_VERSION ? NULL : suggest_nearest(word, items, exist->count);
}

/* The answer no. What exists may be NULL; what is near to a wrong argument is pointed out. */
static bool refuse(struct look *look, enum image_argument wrong, const struct words *exist, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static bool refuse(struct look *look, enum image_argument wrong, const struct words *exist, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	look->answer.wrong = wrong;
	look->answer.message = arena_vprintf(look->arena, format, args);
	va_end(args);
	if (!exist || !exist->count)
		return false;
	const char *near = look->asked[wrong] && exist->count > 1 ? nearest(wrong, look->asked[wrong], exist) : NULL;
	const char *list = arena_printf(look->arena, "%s %s", exist->count == 1 ? "is" : "are", listed(look, exist));
	if (!near)
		look->answer.help = arena_printf(look->arena, "there %s", list);
	else if (wrong == IMAGE_FRAMEWORK)
		look->answer.help = arena_printf(look->arena, "did you mean `%s`?", near);
	else
		look->answer.help = arena_printf(look->arena, "did you mean `%s`? There %s", near, list);
	return false;
}

/* --- table and scope --- */

static bool is_family(struct piece family, const char *prefix)
{
	return family.at && family.length >= strlen(prefix) && memcmp(family.at, prefix, strlen(prefix)) == 0;
}

/* The family in "ml.FAMILY.SIZE" or "ml_FAMILY"; its `at` is NULL for anything else. */
static struct piece family_of(const char *instance)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
	if (!instance || (strncmp(instance, "ml.", 3) != 0 && strncmp(instance, "ml_", 3) != 0))
		return (struct piece){NULL, 0};
	struct piece family = {instance + 3, strspn(instance + 3, letters)};
	const char *rest = family.at + family.length;
	rest += *rest == '.';
	while (isalnum((unsigned char)*rest) || *rest == '_')
		rest++;
	return family.length && !*rest ? family : (struct piece){NULL, 0};
}

static bool has_fact(const struct look *look, const char *fact)
{
	return image_line(look->head, fact).at != NULL;
}

static bool find_framework(struct look *look)
{
	const char *name = look->asked[IMAGE_FRAMEWORK], *other;
	look->name = name;
	look->table = image_table(name);
	look->head = look->table ? image_head(look->table) : (struct piece){NULL, 0};
	if (look->table && !has_fact(look, "variant"))
		return true;
	if (look->table) {
		refuse(look, IMAGE_FRAMEWORK, NULL, "`%s` is a variant, and not asked for by its own name", name);
		look->answer.help = "name the framework, and the variant with `tool` or `compiler`";
		return false;
	}
	struct words exist = {0};
	for (size_t i = 0; (other = image_table_name(i)); i++)
		if (image_table(other) && !image_line(image_head(image_table(other)), "variant").at)
			vec_push(look->arena, &exist, other);
	return refuse(look, IMAGE_FRAMEWORK, &exist, "SageMaker has no images named `%s`", name);
}

static bool take_variant(struct look *look, enum image_argument wrong, const char *what)
{
	const char *name = arena_printf(look->arena, "%s-%s", look->name, what);
	look->table = image_table(name);
	if (!look->table)
		return refuse(look, wrong, NULL, "SageMaker has no images of `%s` for `%s`", look->name, what);
	look->name = name;
	return true;
}

/* Neuron and the training compiler have tables of their own. */
static bool find_variant(struct look *look)
{
	const char *tools[] = {"neuron", "neuronx"};
	struct piece family = family_of(look->asked[IMAGE_INSTANCE]);
	const char *tool = look->asked[IMAGE_TOOL];
	if (look->asked[IMAGE_COMPILER]) {
		if (!has_fact(look, "compiler"))
			return refuse(look, IMAGE_COMPILER, NULL, "there are no images of `%s` with the training compiler", look->name);
		return take_variant(look, IMAGE_COMPILER, "training-compiler");
	}
	if (tool && !has_fact(look, "neuron"))
		return refuse(look, IMAGE_TOOL, NULL, "images of `%s` differ in no inference tool", look->name);
	if (tool && strcmp(tool, tools[0]) != 0 && strcmp(tool, tools[1]) != 0)
		return refuse(look, IMAGE_TOOL, &(struct words){tools, 2, 0}, "there is no inference tool `%s`", tool);
	if (!tool && has_fact(look, "neuron") && (is_family(family, "inf") || is_family(family, "trn")))
		tool = tools[0];
	look->tool = tool;
	return !tool || take_variant(look, look->asked[IMAGE_TOOL] ? IMAGE_TOOL : IMAGE_INSTANCE, tool);
}

/* What the instance alone rules out. */
static bool check_instance(struct look *look)
{
	const char *instance = look->asked[IMAGE_INSTANCE];
	struct piece family = family_of(instance);
	if (!instance)
		return true;
	if (!family.at && strncmp(instance, "local", 5) != 0) {
		refuse(look, IMAGE_INSTANCE, NULL, "\"%s\" is no instance type", instance);
		look->answer.help = "it looks like ml.m5.xlarge";
		return false;
	}
	if (look->asked[IMAGE_COMPILER])
		return true;
	if (strstr(instance, "trn") && !has_fact(look, "trainium"))
		return refuse(look, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Trainium instances", look->asked[IMAGE_FRAMEWORK]);
	if (family.at && image_is_graviton(family) && !has_fact(look, "graviton"))
		return refuse(look, IMAGE_INSTANCE, NULL, "there are no images of `%s` for Graviton instances", look->asked[IMAGE_FRAMEWORK]);
	return true;
}

/* The scope that is wanted, as far as the arguments say. */
static const char *wanted_scope(struct look *look)
{
	struct piece family = family_of(look->asked[IMAGE_INSTANCE]), otherwise = image_line(look->head, "needs-no-scope"), word;
	if (look->asked[IMAGE_ACCELERATOR])
		return "eia";
	if (family.at && image_is_graviton(family) && has_fact(look, "graviton") && !look->asked[IMAGE_COMPILER])
		return "inference_graviton";
	if (!look->asked[IMAGE_SCOPE] && image_next_word(&otherwise, &word))
		return copy(look, word);
	return look->asked[IMAGE_SCOPE];
}

static bool find_scope(struct look *look)
{
	const char *accelerator = look->asked[IMAGE_ACCELERATOR], *at = look->table;
	enum image_argument wrong = accelerator ? IMAGE_ACCELERATOR : look->asked[IMAGE_SCOPE] ? IMAGE_SCOPE : IMAGE_INSTANCE;
	struct words exist = {0};
	size_t sections = 0;
	if (accelerator && strncmp(accelerator, "ml.eia", 6) != 0 && strcmp(accelerator, "local_sagemaker_notebook") != 0)
		return refuse(look, IMAGE_ACCELERATOR, NULL, "\"%s\" is no Elastic Inference accelerator", accelerator);
	look->scope = wanted_scope(look);
	for (struct piece section; image_next_section(&at, &section); sections++) {
		struct piece scopes = image_line(section, "scope");
		add_all(look, &exist, scopes);
		if (!look->scope || piece_has(scopes, look->scope))
			look->section = section;
	}
	if (!look->scope && sections > 1)
		return refuse(look, IMAGE_SCOPE, &exist, "the images of `%s` differ by `scope`", look->name);
	if (look->scope && !look->section.at)
		return refuse(look, wrong, &exist, "there are no images of `%s` for the scope `%s`", look->name, look->scope);
	return true;
}

/* --- version --- */

static struct piece first_image(struct look *look, struct piece *rest)
{
	struct piece line = {NULL, 0};
	if (!rest->at)
		*rest = look->section;
	return image_next_line(rest, "image", &line) ? line : (struct piece){NULL, 0};
}

/* What the SDK takes when no version is given: it looks at the framework itself, and at the scope that was written. */
static const char *default_version(struct look *look)
{
	struct piece section, found = {NULL, 0}, word;
	const char *at = image_table(look->asked[IMAGE_FRAMEWORK]), *scope = look->asked[IMAGE_SCOPE];
	while (scope && image_next_section(&at, &section))
		if (piece_has(image_line(section, "scope"), scope))
			found = image_line(section, "default");
	if (!found.at)
		found = image_line(look->head, "default");
	return image_next_word(&found, &word) ? copy(look, word) : NULL;
}

static bool find_version(struct look *look)
{
	struct words versions = {0};
	struct piece rest = {NULL, 0}, line, aliases = image_line(look->section, "aliases"), word;
	while ((line = first_image(look, &rest)).at)
		add_all(look, &versions, image_value(line, "versions"));
	look->version = look->asked[IMAGE_VERSION];
	if (!look->version && versions.count <= 1 && !is_transformers(look))
		look->version = versions.count ? versions.items[0] : "";
	if (!look->version && !is_transformers(look))
		look->version = default_version(look);
	look->full_version = look->version;
	if (look->version && image_value(aliases, look->version).at)
		look->full_version = copy(look, image_value(aliases, look->version));
	for (size_t i = 0; i < versions.count && look->full_version; i++)
		if (strcmp(versions.items[i], look->full_version) == 0)
			return true;
	if (look->version && !*look->version && !versions.count)
		return true;
	while (image_next_word(&aliases, &word)) {
		const char *equals = memchr(word.at, '=', word.length);
		add_once(look, &versions, (struct piece){word.at, (size_t)(equals - word.at)});
	}
	if (!look->asked[IMAGE_VERSION])
		return refuse(look, IMAGE_VERSION, &versions, "an image of `%s` needs its `version`", look->name);
	return refuse(look, IMAGE_VERSION, &versions, "there is no version %s of `%s`%s%s", look->version, look->name,
	              look->scope ? " for " : "", look->scope ? look->scope : "");
}

/* The base framework of an image, and the words that stand for it: "pytorch2.1.0,pytorch2.1". */
static bool find_base(struct look *look)
{
	struct words exist = {0};
	struct piece rest = {NULL, 0}, line, word;
	const char *asked = look->asked[IMAGE_BASE];
	if (!is_transformers(look))
		return !asked || refuse(look, IMAGE_BASE, NULL, "images of `%s` have no base framework", look->name);
	while ((line = first_image(look, &rest)).at) {
		struct piece bases = image_value(line, "base"), names = bases;
		if (!piece_has(image_value(line, "versions"), look->full_version))
			continue;
		add_all(look, &exist, bases);
		if (!asked || !piece_has(bases, asked) || !image_next_word(&names, &word))
			continue;
		look->image = line;
		look->base = image_line(look->section, "full-names").at ? copy(look, word) : asked;
	}
	if (!asked)
		return refuse(look, IMAGE_BASE, &exist, "an image of `%s` needs its `base` framework", look->name);
	if (!look->base)
		return refuse(look, IMAGE_BASE, &exist, "there is no base framework %s of `%s` %s", asked, look->name, look->version);
	look->base += strcspn(look->base, "0123456789");
	return true;
}

/* The image for a Python version: an image line may have several, and a version several lines. */
static bool find_python(struct look *look)
{
	struct words exist = {0};
	struct piece rest = {NULL, 0}, line;
	const char *asked = look->asked[IMAGE_PYTHON];
	struct piece based = look->image;
	look->image = (struct piece){NULL, 0};
	while ((line = first_image(look, &rest)).at) {
		struct piece versions = image_value(line, "versions"), pythons = image_value(line, "python");
		bool is_it = based.at ? line.at == based.at : !*look->full_version || piece_has(versions, look->full_version);
		if (!is_it)
			continue;
		add_all(look, &exist, pythons);
		if (!pythons.at || !asked || piece_has(pythons, asked))
			look->image = line;
	}
	if (!exist.count || (!asked && image_line(look->head, "python-optional").at))
		return true;
	look->python = asked ? asked : exist.items[0];
	if (!asked && exist.count > 1)
		return refuse(look, IMAGE_PYTHON, &exist, "`%s` %s has images for several versions of Python: say which with `python`",
		              look->name, look->version);
	return look->image.at || refuse(look, IMAGE_PYTHON, &exist, "there is no image of `%s` %s for Python version %s",
	                                look->name, look->version, asked);
}

/* --- processor --- */

static const char *processor_of(struct look *look, struct piece processors)
{
	const char *instance = look->asked[IMAGE_INSTANCE];
	struct piece family = family_of(instance), rest = processors, word;
	if (look->asked[IMAGE_SERVERLESS])
		return "cpu";
	if (!family.at)
		return strcmp(instance, "local") == 0 ? "cpu" : "gpu";
	while (image_next_word(&rest, &word))
		if (piece_equal(word, family))
			return copy(look, word);
	if (is_family(family, "inf"))
		return "inf";
	if (is_family(family, "trn"))
		return "trn";
	return is_family(family, "g") || is_family(family, "p") ? "gpu" : "cpu";
}

static bool find_processor(struct look *look)
{
	struct piece processors = image_line(look->section, "processors"), rest, word;
	struct words exist = {0};
	if (!processors.at)
		processors = image_value(look->image, "processors");
	if (!processors.at)
		return true;
	add_all(look, &exist, processors);
	rest = processors;
	image_next_word(&rest, &word);
	if (!look->asked[IMAGE_INSTANCE] && (exist.count == 1 || look->asked[IMAGE_SERVERLESS])) {
		look->processor = exist.count == 1 ? copy(look, word) : "cpu";
		return true;
	}
	if (!look->asked[IMAGE_INSTANCE])
		return refuse(look, IMAGE_INSTANCE, NULL, "the images of `%s` differ by processor (%s): say which with `instance`",
		              look->name, listed(look, &exist));
	look->processor = processor_of(look, processors);
	return piece_has(processors, look->processor) ||
	       refuse(look, IMAGE_INSTANCE, NULL, "there is no image of `%s` %s for %s, only for %s", look->name, look->version,
	              look->processor, listed(look, &exist));
}

/* "2.12" of "2.12.1": the first two numbers decide. */
static bool is_from(const char *version, struct piece first)
{
	char *rest, *first_rest;
	long major = strtol(version, &rest, 10), first_major = strtol(first.at, &first_rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0, first_minor = strtol(first_rest + 1, NULL, 10);
	return major > first_major || (major == first_major && minor >= first_minor);
}

static bool check_p2(struct look *look)
{
	struct piece family = family_of(look->asked[IMAGE_INSTANCE]), first = image_line(look->head, "p2-until"), word;
	if (!piece_is(family, "p2") || !image_next_word(&first, &word) || !is_from(look->version, word))
		return true;
	return refuse(look, IMAGE_INSTANCE, NULL, "SageMaker runs `%s` on P2 instances before version %.*s only",
	              look->asked[IMAGE_FRAMEWORK], (int)word.length, word.at);
}

/* --- tag --- */

static bool find_container(struct look *look, const char **container)
{
	struct piece containers = image_value(look->image, "container"), sdks = image_value(look->image, "sdk"), word;
	struct words exist = {0};
	const char *sdk = look->asked[IMAGE_SDK];
	*container = look->asked[IMAGE_CONTAINER];
	if (containers.at) {
		struct piece found = image_value(containers, look->processor ? look->processor : "");
		if (!found.at)
			return refuse(look, IMAGE_VERSION, NULL, "the SDK's table of `%s` has no image of version %s for %s",
			              look->name, look->version, look->processor ? look->processor : "any processor");
		*container = copy(look, found);
	}
	if (!sdks.at)
		return !sdk || refuse(look, IMAGE_SDK, NULL, "the images of `%s` do not differ by the version of an SDK", look->name);
	add_all(look, &exist, sdks);
	if (sdk && !piece_has(sdks, sdk))
		return refuse(look, IMAGE_SDK, &exist, "there is no image of `%s` %s for the SDK %s", look->name, look->version, sdk);
	image_next_word(&sdks, &word);
	*container = arena_printf(look->arena, "%s-%s", sdk ? sdk : copy(look, word), *container ? *container : "");
	return true;
}

static void add_part(struct text *tag, const char *part)
{
	if (part && *part)
		text_printf(tag, "%s%s", tag->length ? "-" : "", part);
}

static const char *tag_prefix(struct look *look)
{
	struct piece tag = image_value(look->image, "tag");
	bool is_full = image_line(look->section, "full-names").at != NULL;
	if (look->base)
		return arena_printf(look->arena, "%s-transformers%s", look->base, is_full ? look->full_version : look->version);
	return tag.at ? copy(look, tag) : look->version;
}

static const char *finish_tag(struct look *look, struct text *tag)
{
	static const char gpu[] = "-gpu";
	struct piece pins = image_line(look->head, "pins"), pin = {NULL, 0};
	const char *instance = look->asked[IMAGE_INSTANCE];
	bool is_pinned = instance && (look->asked[IMAGE_SMDISTRIBUTED] || piece_is(family_of(instance), "p4d"));
	if (pins.at && is_pinned && tag->length)
		pin = image_value(pins, text_string(tag));
	if (pin.at) {
		text_putc(tag, '-');
		text_add(tag, pin.at, pin.length);
	}
	size_t length = tag->length;
	if (has_fact(look, "gpu-unnamed") && length > strlen(gpu) && strcmp(tag->bytes + length - strlen(gpu), gpu) == 0)
		length -= strlen(gpu);
	return arena_copy(look->arena, text_string(tag), length);
}

static bool make_tag(struct look *look, const char **tag)
{
	struct piece arm64 = image_line(look->head, "arm64"), family = family_of(look->asked[IMAGE_INSTANCE]);
	const char *container;
	struct text text = {0};
	if (!find_container(look, &container))
		return false;
	if (arm64.at && look->scope && strcmp(look->scope, "inference_graviton") == 0) {
		if (family.at && !image_is_graviton(family))
			return refuse(look, IMAGE_INSTANCE, NULL, "an image for Graviton does not run on %s", look->asked[IMAGE_INSTANCE]);
		struct piece found = image_value(arm64, look->version);
		*tag = found.at ? copy(look, found) : NULL;
		return found.at || refuse(look, IMAGE_VERSION, NULL, "there is no image of `%s` %s for Graviton", look->name, look->version);
	}
	add_part(&text, tag_prefix(look));
	add_part(&text, look->tool ? look->tool : look->processor);
	if (!memchr(image_value(look->image, "repository").at, '*', image_value(look->image, "repository").length))
		add_part(&text, look->python);
	add_part(&text, container);
	*tag = finish_tag(look, &text);
	text_free(&text);
	return true;
}

static const char *repository_of(struct look *look)
{
	struct piece name = image_value(look->image, "repository");
	const char *star = memchr(name.at, '*', name.length);
	return star ? arena_printf(look->arena, "%.*s%s", (int)(star - name.at), name.at, look->python) : copy(look, name);
}

static bool make_uri(struct look *look)
{
	const char *region = look->asked[IMAGE_REGION], *tag = "";
	struct piece registry = image_value(look->image, "registry"), account = image_account(registry, region), found;
	struct region_walk walk = {0};
	struct words exist = {0};
	if (!account.at) {
		while (image_next_region(&walk, registry, &found))
			add_once(look, &exist, found);
		return refuse(look, IMAGE_REGION, &exist, "there is no image of `%s`%s%s in %s", look->name, *look->version ? " " : "",
		              look->version, region);
	}
	if (!find_processor(look) || !check_p2(look) || !make_tag(look, &tag))
		return false;
	struct piece suffix = image_suffix(region);
	look->answer.uri = arena_printf(look->arena, "%.*s.dkr.ecr.%s.%.*s/%s%s%s", (int)account.length, account.at, region,
	                                (int)suffix.length, suffix.at, repository_of(look), *tag ? ":" : "", tag);
	return true;
}

struct image_answer image_find(struct arena *arena, const char *const asked[IMAGE_ARGUMENT_COUNT])
{
	struct look look = {.arena = arena, .asked = asked};
	if (find_framework(&look) && check_instance(&look) && find_variant(&look) && find_scope(&look) && find_version(&look) &&
	    find_base(&look) && find_python(&look))
		make_uri(&look);
	return look.answer;
}
