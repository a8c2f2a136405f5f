/* From the image to its URI: the account, the processor, the tag. */
#include "image/image_lookup.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* --- processor --- */

static const char *processor_of(struct image_look *look, struct image_piece processors)
{
	const char *instance = look->asked[IMAGE_INSTANCE];
	struct image_piece family = image_family(instance), rest = processors, word;
	if (look->asked[IMAGE_SERVERLESS])
		return "cpu";
	if (!family.at)
		return strcmp(instance, "local") == 0 ? "cpu" : "gpu";
	while (image_next_word(&rest, &word))
		if (image_piece_equal(word, family))
			return image_copy(look, word);
	if (image_is_family(family, "inf"))
		return "inf";
	if (image_is_family(family, "trn"))
		return "trn";
	return image_is_family(family, "g") || image_is_family(family, "p") ? "gpu" : "cpu";
}

static bool find_processor(struct image_look *look)
{
	struct image_piece processors = image_line(look->section, "processors"), rest, word;
	struct image_words exist = {0};
	if (!processors.at)
		processors = image_value(look->image, "processors");
	if (!processors.at)
		return true;
	image_add_all(look, &exist, processors);
	rest = processors;
	image_next_word(&rest, &word);
	if (!look->asked[IMAGE_INSTANCE] && (exist.count == 1 || look->asked[IMAGE_SERVERLESS])) {
		look->processor = exist.count == 1 ? image_copy(look, word) : "cpu";
		return true;
	}
	if (!look->asked[IMAGE_INSTANCE])
		return image_refuse(look, IMAGE_INSTANCE, NULL, "the images of `%s` differ by processor (%s): say which with `instance`",
		              look->name, image_listed(look, &exist));
	look->processor = processor_of(look, processors);
	return image_piece_has(processors, look->processor) ||
	       image_refuse(look, IMAGE_INSTANCE, NULL, "there is no image of `%s` %s for %s, only for %s", look->name, look->version,
	              look->processor, image_listed(look, &exist));
}

/* "2.12" of "2.12.1": the first two numbers decide. */
static bool is_from(const char *version, struct image_piece first)
{
	char *rest, *first_rest;
	long major = strtol(version, &rest, 10), first_major = strtol(first.at, &first_rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0, first_minor = strtol(first_rest + 1, NULL, 10);
	return major > first_major || (major == first_major && minor >= first_minor);
}

static bool check_p2(struct image_look *look)
{
	struct image_piece family = image_family(look->asked[IMAGE_INSTANCE]), first = image_line(look->head, "p2-until"), word;
	if (!image_piece_is(family, "p2") || !image_next_word(&first, &word) || !is_from(look->version, word))
		return true;
	return image_refuse(look, IMAGE_INSTANCE, NULL, "SageMaker runs `%s` on P2 instances before version %.*s only",
	              look->asked[IMAGE_FRAMEWORK], (int)word.length, word.at);
}

/* --- tag --- */

static bool find_container(struct image_look *look, const char **container)
{
	struct image_piece containers = image_value(look->image, "container"), sdks = image_value(look->image, "sdk"), word;
	struct image_words exist = {0};
	const char *sdk = look->asked[IMAGE_SDK];
	*container = look->asked[IMAGE_CONTAINER];
	if (containers.at) {
		struct image_piece found = image_value(containers, look->processor ? look->processor : "");
		if (!found.at)
			return image_refuse(look, IMAGE_VERSION, NULL, "the SDK's table of `%s` has no image of version %s for %s",
			              look->name, look->version, look->processor ? look->processor : "any processor");
		*container = image_copy(look, found);
	}
	if (!sdks.at)
		return !sdk || image_refuse(look, IMAGE_SDK, NULL, "the images of `%s` do not differ by the version of an SDK", look->name);
	image_add_all(look, &exist, sdks);
	if (sdk && !image_piece_has(sdks, sdk))
		return image_refuse(look, IMAGE_SDK, &exist, "there is no image of `%s` %s for the SDK %s", look->name, look->version, sdk);
	image_next_word(&sdks, &word);
	*container = arena_printf(look->arena, "%s-%s", sdk ? sdk : image_copy(look, word), *container ? *container : "");
	return true;
}

static void add_part(struct text *tag, const char *part)
{
	if (part && *part)
		text_printf(tag, "%s%s", tag->length ? "-" : "", part);
}

static const char *tag_prefix(struct image_look *look)
{
	struct image_piece tag = image_value(look->image, "tag");
	bool is_full = image_line(look->section, "full-names").at != NULL;
	if (look->base)
		return arena_printf(look->arena, "%s-transformers%s", look->base, is_full ? look->full_version : look->version);
	return tag.at ? image_copy(look, tag) : look->version;
}

static const char *finish_tag(struct image_look *look, struct text *tag)
{
	static const char gpu[] = "-gpu";
	struct image_piece pins = image_line(look->head, "pins"), pin = {NULL, 0};
	const char *instance = look->asked[IMAGE_INSTANCE];
	bool is_pinned = instance && (look->asked[IMAGE_SMDISTRIBUTED] || image_piece_is(image_family(instance), "p4d"));
	if (pins.at && is_pinned && tag->length)
		pin = image_value(pins, text_string(tag));
	if (pin.at) {
		text_putc(tag, '-');
		text_add(tag, pin.at, pin.length);
	}
	size_t length = tag->length;
	if (image_has_fact(look, "gpu-unnamed") && length > strlen(gpu) && strcmp(tag->bytes + length - strlen(gpu), gpu) == 0)
		length -= strlen(gpu);
	return arena_copy(look->arena, text_string(tag), length);
}

static bool make_tag(struct image_look *look, const char **tag)
{
	struct image_piece arm64 = image_line(look->head, "arm64"), family = image_family(look->asked[IMAGE_INSTANCE]);
	const char *container;
	struct text text = {0};
	if (!find_container(look, &container))
		return false;
	if (arm64.at && look->scope && strcmp(look->scope, "inference_graviton") == 0) {
		if (family.at && !image_is_graviton(family))
			return image_refuse(look, IMAGE_INSTANCE, NULL, "an image for Graviton does not run on %s", look->asked[IMAGE_INSTANCE]);
		struct image_piece found = image_value(arm64, look->version);
		*tag = found.at ? image_copy(look, found) : NULL;
		return found.at || image_refuse(look, IMAGE_VERSION, NULL, "there is no image of `%s` %s for Graviton", look->name, look->version);
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

static const char *repository_of(struct image_look *look)
{
	struct image_piece name = image_value(look->image, "repository");
	const char *star = memchr(name.at, '*', name.length);
	return star ? arena_printf(look->arena, "%.*s%s", (int)(star - name.at), name.at, look->python) : image_copy(look, name);
}

bool image_make_uri(struct image_look *look)
{
	const char *region = look->asked[IMAGE_REGION], *tag = "";
	struct image_piece registry = image_value(look->image, "registry"), account = image_account(registry, region), found;
	struct region_walk walk = {0};
	struct image_words exist = {0};
	if (!account.at) {
		while (image_next_region(&walk, registry, &found))
			image_add_once(look, &exist, found);
		return image_refuse(look, IMAGE_REGION, &exist, "there is no image of `%s`%s%s in %s", look->name, *look->version ? " " : "",
		              look->version, region);
	}
	if (!find_processor(look) || !check_p2(look) || !make_tag(look, &tag))
		return false;
	struct image_piece suffix = image_suffix(region);
	look->answer.uri = arena_printf(look->arena, "%.*s.dkr.ecr.%s.%.*s/%s%s%s", (int)account.length, account.at, region,
	                                (int)suffix.length, suffix.at, repository_of(look), *tag ? ":" : "", tag);
	return true;
}
