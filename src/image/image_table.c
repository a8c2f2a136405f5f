#include "image/image_table.h"

#include "base/embedded.h"

#include <string.h>

static const char registries[] = "registries";

static const char *find_text(const char *name)
{
	for (size_t i = 0; i < embedded_image_count; i++)
		if (strcmp(embedded_images[i].name, name) == 0)
			return embedded_images[i].text;
	return NULL;
}

const char *image_table(const char *name)
{
	return strcmp(name, registries) == 0 ? NULL : find_text(name);
}

const char *image_table_name(size_t index)
{
	return index < embedded_image_count ? embedded_images[index].name : NULL;
}

bool image_piece_is(struct image_piece piece, const char *text)
{
	return piece.at && strncmp(piece.at, text, piece.length) == 0 && !text[piece.length];
}

bool image_piece_equal(struct image_piece a, struct image_piece b)
{
	return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static const char *line_end(const char *at, const char *end)
{
	const char *found = memchr(at, '\n', (size_t)(end - at));
	return found ? found : end;
}

/* The line at `at`, with its continuation lines, without the last line end. */
static struct image_piece line_at(const char *at, const char *end)
{
	const char *stop = line_end(at, end);
	while (stop + 1 < end && stop[1] == ' ')
		stop = line_end(stop + 1, end);
	return (struct image_piece){at, (size_t)(stop - at)};
}

static bool starts_with(struct image_piece line, const char *keyword)
{
	size_t length = strlen(keyword);
	return line.length >= length && memcmp(line.at, keyword, length) == 0 && (line.length == length || line.at[length] == ' ');
}

bool image_next_line(struct image_piece *rest, const char *keyword, struct image_piece *line)
{
	while (rest->length) {
		const char *end = rest->at + rest->length;
		*line = line_at(rest->at, end);
		const char *next = line->at + line->length + (line->at + line->length < end);
		*rest = (struct image_piece){next, (size_t)(end - next)};
		if (!starts_with(*line, keyword))
			continue;
		size_t word = strlen(keyword);
		*line = (struct image_piece){line->at + word, line->length - word};
		return true;
	}
	return false;
}

struct image_piece image_line(struct image_piece part, const char *keyword)
{
	struct image_piece line;
	return image_next_line(&part, keyword, &line) ? line : (struct image_piece){NULL, 0};
}

static const char *next_scope(const char *at)
{
	const char *found = strstr(at, "\nscope");
	return found ? found + 1 : at + strlen(at);
}

struct image_piece image_head(const char *table)
{
	const char *end = strncmp(table, "scope", 5) == 0 ? table : next_scope(table);
	return (struct image_piece){table, (size_t)(end - table)};
}

bool image_next_section(const char **at, struct image_piece *section)
{
	if (strncmp(*at, "scope", 5) != 0)
		*at = next_scope(*at);
	if (!**at)
		return false;
	const char *end = next_scope(*at);
	*section = (struct image_piece){*at, (size_t)(end - *at)};
	*at = end;
	return true;
}

static bool is_delimiter(char c)
{
	return c == ' ' || c == ',' || c == '\n';
}

bool image_next_word(struct image_piece *rest, struct image_piece *word)
{
	*word = (struct image_piece){NULL, 0};
	if (!rest->at)
		return false;
	const char *at = rest->at, *end = at + rest->length;
	while (at < end && is_delimiter(*at))
		at++;
	const char *stop = at;
	while (stop < end && !is_delimiter(*stop))
		stop++;
	*word = (struct image_piece){at, (size_t)(stop - at)};
	*rest = (struct image_piece){stop, (size_t)(end - stop)};
	return stop > at;
}

bool image_piece_has(struct image_piece words, const char *text)
{
	struct image_piece word;
	while (image_next_word(&words, &word))
		if (image_piece_is(word, text))
			return true;
	return false;
}

/* A value ends at the next space or line end. A comma ends it only in KEY:VALUE. */
struct image_piece image_value(struct image_piece words, const char *key)
{
	size_t length = strlen(key);
	const char *end = words.at ? words.at + words.length : NULL;
	for (const char *at = words.at; at && (size_t)(end - at) > length; at++) {
		bool starts = at == words.at || is_delimiter(at[-1]);
		if (!starts || memcmp(at, key, length) != 0 || (at[length] != '=' && at[length] != ':'))
			continue;
		const char *value = at + length + 1, *stop = value;
		while (stop < end && (!is_delimiter(*stop) || (*stop == ',' && at[length] == '=')))
			stop++;
		return (struct image_piece){value, (size_t)(stop - value)};
	}
	return (struct image_piece){NULL, 0};
}

/* --- registries --- */

static struct image_piece all_registries(void)
{
	const char *table = find_text(registries);
	return (struct image_piece){table, strlen(table)};
}

/* The `account` lines of a registry; its `at` is NULL for a part of another. */
static struct image_piece accounts_of(struct image_piece name)
{
	struct image_piece rest = all_registries(), line, word;
	while (image_next_line(&rest, "registry", &line)) {
		if (!image_next_word(&line, &word) || !image_piece_equal(word, name))
			continue;
		const char *end = rest.at;
		while (strncmp(end, "account ", 8) == 0) {
			struct image_piece account = line_at(end, rest.at + rest.length);
			end = account.at + account.length + (account.at[account.length] == '\n');
		}
		return (struct image_piece){rest.at, (size_t)(end - rest.at)};
	}
	return (struct image_piece){NULL, 0};
}

/* Finds a registry that is declared as a part of another. Sets `whole` to the name of the other registry, and `regions`
 * to the regions that the part has (if `is_only`) or lacks. */
static bool find_part(struct image_piece name, struct image_piece *whole, bool *is_only, struct image_piece *regions)
{
	struct image_piece rest = all_registries(), word;
	while (image_next_line(&rest, "part", regions)) {
		if (!image_next_word(regions, &word) || !image_piece_equal(word, name))
			continue;
		image_next_word(regions, whole);
		image_next_word(regions, &word);
		*is_only = image_piece_is(word, "only");
		return true;
	}
	return false;
}

static struct image_piece account_in(struct image_piece accounts, const char *region)
{
	struct image_piece line, account;
	while (image_next_line(&accounts, "account", &line))
		if (image_next_word(&line, &account) && image_piece_has(line, region))
			return account;
	return (struct image_piece){NULL, 0};
}

struct image_piece image_account(struct image_piece registry, const char *region)
{
	struct image_piece whole = registry, regions;
	bool is_only;
	if (find_part(registry, &whole, &is_only, &regions) && image_piece_has(regions, region) != is_only)
		return (struct image_piece){NULL, 0};
	return account_in(accounts_of(whole), region);
}

static bool walk_suffixes(struct region_walk *walk, struct image_piece *region)
{
	/* Each region is in exactly one `suffix` line. */
	while (!image_next_word(&walk->rest, region)) {
		const char *next = walk->rest.at;
		struct image_piece rest = {next, strlen(next)}, suffix;
		if (!image_next_line(&rest, "suffix", &walk->rest))
			return false;
		image_next_word(&walk->rest, &suffix);
	}
	return true;
}

bool image_next_region(struct region_walk *walk, struct image_piece registry, struct image_piece *region)
{
	if (!walk->is_started)
		*walk = (struct region_walk){{find_text(registries), 0}, true};
	char name[64];
	while (walk_suffixes(walk, region)) {
		if (!registry.at)
			return true;
		size_t length = region->length < sizeof name - 1 ? region->length : sizeof name - 1;
		memcpy(name, region->at, length);
		name[length] = '\0';
		if (image_account(registry, name).at)
			return true;
	}
	return false;
}

struct image_piece image_suffix(const char *region)
{
	struct image_piece rest = all_registries(), line, suffix;
	while (image_next_line(&rest, "suffix", &line))
		if (image_next_word(&line, &suffix) && image_piece_has(line, region))
			return suffix;
	return (struct image_piece){NULL, 0};
}

bool image_account_serves(const char *account, const char *region)
{
	struct image_piece rest = all_registries(), line, word;
	while (image_next_line(&rest, "account", &line))
		if (image_next_word(&line, &word) && image_piece_is(word, account) && (!region || image_piece_has(line, region)))
			return true;
	return false;
}

bool image_account_is_known(const char *account)
{
	return image_account_serves(account, NULL);
}

bool image_is_graviton(struct image_piece family)
{
	struct image_piece words = image_line(all_registries(), "graviton"), word;
	while (image_next_word(&words, &word))
		if (image_piece_equal(word, family))
			return true;
	return false;
}
