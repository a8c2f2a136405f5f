/* Checks image URIs in programs against the tables. */
#include "image/image.h"

#include "base/text.h"
#include "image/image_table.h"

#include <string.h>

struct uri_check {
	struct arena *arena;
	const char *account, *wanted; /* `wanted`: the region of the pipeline, or NULL */
	struct image_remark remark;
	struct text *versions;      /* collects what a tag can begin with, if not NULL */
	struct image_piece version; /* the last one seen of the repository's versions */
	bool has_several, is_version_known;
};

/* Parses "123456789012.dkr.ecr.REGION.SUFFIX/REPOSITORY:TAG"; false if the text has another form. */
static bool parse_uri(struct uri_check *check, const char *uri)
{
	static const char registry[] = ".dkr.ecr";
	const char *slash = strchr(uri, '/'), *colon = slash ? strchr(slash, ':') : NULL;
	if (strspn(uri, "0123456789") != 12 || strncmp(uri + 12, registry, strlen(registry)) != 0 || !slash)
		return false;
	const char *region = uri + 12 + strlen(registry);
	region += strncmp(region, "-fips", 5) == 0 ? 5 : 0;
	size_t length = *region == '.' ? strcspn(region + 1, "./") : 0;
	const char *end = colon ? colon : slash + strcspn(slash, "@");
	if (!length || region[1 + length] != '.')
		return false;
	check->account = arena_copy(check->arena, uri, 12);
	check->remark.region = arena_copy(check->arena, region + 1, length);
	check->remark.repository = arena_copy(check->arena, slash + 1, (size_t)(end - slash - 1));
	check->remark.tag = colon && !strchr(slash, '@') ? colon + 1 : NULL;
	return true;
}

/* Whether an image line has this repository; a `*` in the line matches any Python version. */
static bool has_repository(struct image_piece line, const char *repository)
{
	struct image_piece name = image_value(line, "repository");
	const char *star = name.at ? memchr(name.at, '*', name.length) : NULL;
	return star ? strncmp(repository, name.at, (size_t)(star - name.at)) == 0 : image_piece_is(name, repository);
}

/* Skips a prefix of a tag. Returns what follows, which is empty or starts with `-`; NULL if the tag does not start
 * with it. */
static const char *skip_prefix(const char *tag, struct image_piece start)
{
	if (!tag || !start.length || strncmp(tag, start.at, start.length) != 0)
		return NULL;
	return strchr("-", tag[start.length]) ? tag + start.length : NULL;
}

/* Skips a version or one of its aliases, like skip_prefix. */
static const char *skip_version(const char *tag, struct image_piece version, struct image_piece aliases)
{
	const char *rest = skip_prefix(tag, version);
	struct image_piece pair;
	while (!rest && image_next_word(&aliases, &pair)) {
		const char *equals = memchr(pair.at, '=', pair.length);
		struct image_piece alias = {pair.at, (size_t)(equals - pair.at)};
		if (image_piece_equal(version, (struct image_piece){equals + 1, pair.length - alias.length - 1}))
			rest = skip_prefix(tag, alias);
	}
	return rest;
}

/* The part of a tag from the version on. If the image has base frameworks, the version follows a part like
 * "2.1.0-transformers"; NULL if the tag lacks that. */
static const char *version_part(const char *tag, struct image_piece line)
{
	static const char transformers[] = "-transformers";
	struct image_piece bases = image_value(line, "base"), base;
	while (image_next_word(&bases, &base)) {
		size_t name = 0;
		while (name < base.length && !strchr("0123456789", base.at[name]))
			name++;
		const char *rest = skip_prefix(tag, (struct image_piece){base.at + name, base.length - name});
		if (rest && strncmp(rest, transformers, strlen(transformers)) == 0)
			return rest + strlen(transformers);
	}
	return bases.at ? NULL : tag;
}

static void add_version(struct uri_check *check, struct image_piece version)
{
	const char *known = text_string(check->versions);
	for (const char *at = known; (at = strstr(at, arena_copy(check->arena, version.at, version.length))); at++)
		if ((at == known || at[-1] == ' ') && strchr(",", at[version.length]))
			return;
	text_printf(check->versions, "%s%.*s", check->versions->length ? ", " : "", (int)version.length, version.at);
}

/* Whether a tag has this word between hyphens. */
static bool has_word(const char *tag, struct image_piece word)
{
	for (const char *at = tag; at; at = strchr(at, '-')) {
		at += *at == '-';
		if (skip_prefix(at, word))
			return true;
	}
	return false;
}

/* The reason why an image is deprecated; its `at` is NULL if the image is not deprecated. */
static struct image_piece find_reason(struct image_piece section, const char *tag)
{
	struct image_piece line, word;
	while (image_next_line(&section, "deprecated", &line)) {
		const char *colon = memchr(line.at, ':', line.length);
		struct image_piece words = {line.at, (size_t)(colon - line.at)};
		while (image_next_word(&words, &word)) {
			bool is_python = strncmp(word.at, "py", 2) == 0;
			if (image_piece_is(word, "*") || (is_python ? has_word(tag, word) : skip_prefix(tag, word) != NULL))
				return (struct image_piece){colon + 2, line.length - (size_t)(colon + 2 - line.at)};
		}
	}
	return (struct image_piece){NULL, 0};
}

static void check_line(struct uri_check *check, struct image_piece section, struct image_piece line)
{
	struct image_remark *remark = &check->remark;
	struct image_piece versions = image_value(line, "versions"), tag = image_value(line, "tag"), version, why;
	struct image_piece registry = image_value(line, "registry"), account = {NULL, 0};
	bool matches = !versions.length || strcmp(remark->tag ? remark->tag : "latest", "latest") == 0 || skip_prefix(remark->tag, tag);
	bool is_elsewhere = check->wanted && strcmp(check->wanted, remark->region) != 0;
	if (is_elsewhere && image_piece_is(image_account(registry, remark->region), check->account))
		account = image_account(registry, check->wanted);
	if (account.at)
		remark->account = arena_copy(check->arena, account.at, account.length);
	while (image_next_word(&versions, &version)) {
		check->has_several |= check->version.at && !image_piece_equal(check->version, version);
		check->version = version;
		if (check->versions)
			add_version(check, tag.at ? tag : version);
		matches |= !tag.at && skip_version(version_part(remark->tag, line), version, image_line(section, "aliases")) != NULL;
	}
	check->is_version_known |= matches;
	if (matches && remark->tag && (why = find_reason(section, remark->tag)).at)
		remark->why = arena_copy(check->arena, why.at, why.length);
}

static void check_tables(struct uri_check *check)
{
	const char *name;
	for (size_t i = 0; (name = image_table_name(i)); i++) {
		const char *at = image_table(name);
		if (!at || (!strstr(at, check->remark.repository) && !strchr(at, '*')))
			continue; /* most tables */
		for (struct image_piece section; image_next_section(&at, &section);) {
			struct image_piece rest = section, line;
			while (image_next_line(&rest, "image", &line))
				if (has_repository(line, check->remark.repository))
					check_line(check, section, line);
		}
	}
}

struct image_remark image_check_uri(struct arena *arena, const char *uri, const char *region)
{
	struct uri_check check = {.arena = arena, .wanted = region};
	struct image_remark *remark = &check.remark;
	if (!parse_uri(&check, uri) || !image_account_is_known(check.account))
		return *remark;
	check_tables(&check);
	bool is_elsewhere = region && strcmp(region, remark->region) != 0;
	bool is_not_served = image_suffix(remark->region).at && !image_account_serves(check.account, remark->region);
	if (is_elsewhere || is_not_served)
		remark->doubt = IMAGE_ELSEWHERE;
	else if (check.has_several && !check.is_version_known) /* a table with only one version is probably incomplete */
		remark->doubt = IMAGE_UNKNOWN;
	else if (remark->why)
		remark->doubt = IMAGE_DEPRECATED;
	if (remark->doubt == IMAGE_UNKNOWN) {
		struct text versions = {0};
		check.versions = &versions;
		check_tables(&check);
		remark->why = arena_copy(arena, text_string(&versions), versions.length);
		text_free(&versions);
	}
	return *remark;
}
