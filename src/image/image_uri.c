/* Makes the URI of an image: the account, the processor, the tag. */
#include "image/image_lookup.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* --- processor --- */

static const char *processor_of(struct image_lookup *lookup, struct image_piece processors)
{
	const char *instance = lookup->asked[IMAGE_INSTANCE];
	struct image_piece family = image_family(instance), rest = processors, word;
	if (lookup->asked[IMAGE_SERVERLESS])
		return "cpu";
	if (!family.at)
		return strcmp(instance, "local") == 0 ? "cpu" : "gpu";
	while (image_next_word(&rest, &word))
		if (image_piece_equal(word, family))
			return image_copy(lookup, word);
	if (image_family_starts(family, "inf"))
		return "inf";
	if (image_family_starts(family, "trn"))
		return "trn";
	return image_family_starts(family, "g") || image_family_starts(family, "p") ? "gpu" : "cpu";
}

static bool find_processor(struct image_lookup *lookup)
{
	struct image_piece processors = image_line(lookup->section, "processors"), rest, word;
	struct image_words available = {0};
	if (!processors.at)
		processors = image_value(lookup->image, "processors");
	if (!processors.at)
		return true;
	image_add_all(lookup, &available, processors);
	rest = processors;
	image_next_word(&rest, &word);
	if (!lookup->asked[IMAGE_INSTANCE] && (available.count == 1 || lookup->asked[IMAGE_SERVERLESS])) {
		lookup->processor = available.count == 1 ? image_copy(lookup, word) : "cpu";
		return true;
	}
	if (!lookup->asked[IMAGE_INSTANCE])
		return image_fail(lookup, IMAGE_INSTANCE, NULL, "the images of `%s` differ by processor (%s): select one with `instance`",
		                  lookup->name, image_join_words(lookup, &available));
	lookup->processor = processor_of(lookup, processors);
	return image_piece_has(processors, lookup->processor) ||
	       image_fail(lookup, IMAGE_INSTANCE, NULL, "there is no image of `%s` %s for %s, only for %s", lookup->name, lookup->version,
	                  lookup->processor, image_join_words(lookup, &available));
}

/* Whether a version is `first` or later. Only the first two numbers are compared: "2.12" of "2.12.1". */
static bool is_from(const char *version, struct image_piece first)
{
	char *rest, *first_rest;
	long major = strtol(version, &rest, 10), first_major = strtol(first.at, &first_rest, 10);
	long minor = *rest == '.' ? strtol(rest + 1, NULL, 10) : 0, first_minor = strtol(first_rest + 1, NULL, 10);
	return major > first_major || (major == first_major && minor >= first_minor);
}

static bool check_p2(struct image_lookup *lookup)
{
	struct image_piece family = image_family(lookup->asked[IMAGE_INSTANCE]), first = image_line(lookup->head, "p2-until"), word;
	if (!image_piece_is(family, "p2") || !image_next_word(&first, &word) || !is_from(lookup->version, word))
		return true;
	return image_fail(lookup, IMAGE_INSTANCE, NULL, "SageMaker runs `%s` on P2 instances only before version %.*s",
	                  lookup->asked[IMAGE_FRAMEWORK], (int)word.length, word.at);
}

/* --- tag --- */

static bool find_container(struct image_lookup *lookup, const char **container)
{
	struct image_piece containers = image_value(lookup->image, "container"), sdks = image_value(lookup->image, "sdk"), word;
	struct image_words available = {0};
	const char *sdk = lookup->asked[IMAGE_SDK];
	*container = lookup->asked[IMAGE_CONTAINER];
	if (containers.at) {
		struct image_piece found = image_value(containers, lookup->processor ? lookup->processor : "");
		if (!found.at)
			return image_fail(lookup, IMAGE_VERSION, NULL, "the SDK's table of `%s` has no image of version %s for %s",
			                  lookup->name, lookup->version, lookup->processor ? lookup->processor : "any processor");
		*container = image_copy(lookup, found);
	}
	if (!sdks.at)
		return !sdk || image_fail(lookup, IMAGE_SDK, NULL, "the images of `%s` do not differ by SDK version",
		                          lookup->name);
	image_add_all(lookup, &available, sdks);
	if (sdk && !image_piece_has(sdks, sdk))
		return image_fail(lookup, IMAGE_SDK, &available, "there is no image of `%s` %s for the SDK %s", lookup->name,
		                  lookup->version, sdk);
	image_next_word(&sdks, &word);
	*container = arena_printf(lookup->arena, "%s-%s", sdk ? sdk : image_copy(lookup, word), *container ? *container : "");
	return true;
}

static void add_part(struct text *tag, const char *part)
{
	if (part && *part)
		text_printf(tag, "%s%s", tag->length ? "-" : "", part);
}

static const char *tag_prefix(struct image_lookup *lookup)
{
	struct image_piece tag = image_value(lookup->image, "tag");
	bool is_full = image_line(lookup->section, "full-names").at != NULL;
	if (lookup->base)
		return arena_printf(lookup->arena, "%s-transformers%s", lookup->base, is_full ? lookup->full_version : lookup->version);
	return tag.at ? image_copy(lookup, tag) : lookup->version;
}

static const char *finish_tag(struct image_lookup *lookup, struct text *tag)
{
	static const char gpu[] = "-gpu";
	struct image_piece pins = image_line(lookup->head, "pins"), pin = {NULL, 0};
	const char *instance = lookup->asked[IMAGE_INSTANCE];
	bool is_pinned = instance && (lookup->asked[IMAGE_SMDISTRIBUTED] || image_piece_is(image_family(instance), "p4d"));
	if (pins.at && is_pinned && tag->length)
		pin = image_value(pins, text_string(tag));
	if (pin.at) {
		text_putc(tag, '-');
		text_add(tag, pin.at, pin.length);
	}
	size_t length = tag->length;
	if (image_has_flag(lookup, "gpu-unnamed") && length > strlen(gpu) && strcmp(tag->bytes + length - strlen(gpu), gpu) == 0)
		length -= strlen(gpu);
	return arena_copy(lookup->arena, text_string(tag), length);
}

static bool make_tag(struct image_lookup *lookup, const char **tag)
{
	struct image_piece arm64 = image_line(lookup->head, "arm64"), family = image_family(lookup->asked[IMAGE_INSTANCE]);
	const char *container;
	struct text text = {0};
	if (!find_container(lookup, &container))
		return false;
	if (arm64.at && lookup->scope && strcmp(lookup->scope, "inference_graviton") == 0) {
		if (family.at && !image_is_graviton(family))
			return image_fail(lookup, IMAGE_INSTANCE, NULL, "an image for Graviton does not run on %s",
			                  lookup->asked[IMAGE_INSTANCE]);
		struct image_piece found = image_value(arm64, lookup->version);
		*tag = found.at ? image_copy(lookup, found) : NULL;
		return found.at || image_fail(lookup, IMAGE_VERSION, NULL, "there is no image of `%s` %s for Graviton", lookup->name,
		                              lookup->version);
	}
	add_part(&text, tag_prefix(lookup));
	add_part(&text, lookup->tool ? lookup->tool : lookup->processor);
	if (!memchr(image_value(lookup->image, "repository").at, '*', image_value(lookup->image, "repository").length))
		add_part(&text, lookup->python);
	add_part(&text, container);
	*tag = finish_tag(lookup, &text);
	text_free(&text);
	return true;
}

static const char *repository_of(struct image_lookup *lookup)
{
	struct image_piece name = image_value(lookup->image, "repository");
	const char *star = memchr(name.at, '*', name.length);
	return star ? arena_printf(lookup->arena, "%.*s%s", (int)(star - name.at), name.at, lookup->python) : image_copy(lookup, name);
}

bool image_make_uri(struct image_lookup *lookup)
{
	const char *region = lookup->asked[IMAGE_REGION], *tag = "";
	struct image_piece registry = image_value(lookup->image, "registry"), account = image_account(registry, region), found;
	struct region_walk walk = {0};
	struct image_words available = {0};
	if (!account.at) {
		while (image_next_region(&walk, registry, &found))
			image_add_once(lookup, &available, found);
		return image_fail(lookup, IMAGE_REGION, &available, "there is no image of `%s`%s%s in %s", lookup->name,
		                  *lookup->version ? " " : "",
		                  lookup->version, region);
	}
	if (!find_processor(lookup) || !check_p2(lookup) || !make_tag(lookup, &tag))
		return false;
	struct image_piece suffix = image_suffix(region);
	lookup->answer.uri = arena_printf(lookup->arena, "%.*s.dkr.ecr.%s.%.*s/%s%s%s", (int)account.length, account.at, region,
	                                  (int)suffix.length, suffix.at, repository_of(lookup), *tag ? ":" : "", tag);
	return true;
}
