/* The settings in the files ~/.aws/config and ~/.aws/credentials. */
#include "aws/aws_parts.h"
#include "host/file.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>
#include <strings.h>

enum { FILE_MAX = 4 << 20 };

/* A setting, in the list of all settings. A section has a kind and a name: "profile" and "x" for `[profile x]`, "profile" and "default"
 * for `[default]`. */
struct aws_settings {
	struct aws_settings *next;
	enum aws_file file;
	const char *kind, *name, *key;
	char *value; /* including the indented lines below it */
};

/* The state of reading a file. */
struct ini {
	struct aws *aws;
	enum aws_file file;
	const char *kind, *name;   /* of the current section; NULL before the first one */
	struct aws_settings *open; /* the setting that an indented line continues, or NULL */
	char *open_end;
};

static char *trimmed(struct arena *arena, const char *from, const char *end)
{
	while (from < end && isspace((unsigned char)*from))
		from++;
	while (end > from && isspace((unsigned char)end[-1]))
		end--;
	return arena_copy(arena, from, (size_t)(end - from));
}

/* Ends the open value after its last line, by a NUL in the arena's copy of the file. */
static void close_setting(struct ini *ini)
{
	if (ini->open)
		*ini->open_end = '\0';
	ini->open = NULL;
}

/* A setting with an empty key records that the section exists, even if it is empty. */
static void add_setting(struct ini *ini, const char *key, char *value)
{
	struct aws_settings *setting = arena_new(ini->aws->arena, struct aws_settings);
	*setting = (struct aws_settings){ini->aws->settings, ini->file, ini->kind, ini->name, key, value};
	ini->aws->settings = setting;
}

/* Reads the head of a section: `[profile x]`, `[profile "x y"]`, `[sso-session x]`, `[services x]` or `[default]` in the config file,
 * `[x]` in the credentials file. Settings in any other section apply to nothing. */
static void read_section(struct ini *ini, const char *from, const char *end)
{
	struct arena *arena = ini->aws->arena;
	char *text = trimmed(arena, from, end);
	char *blank = text + strcspn(text, " \t");
	ini->kind = "profile";
	ini->name = text;
	if (ini->file == AWS_FILE_CONFIG && *blank) {
		*blank++ = '\0';
		ini->kind = text;
		ini->name = trimmed(arena, blank, blank + strlen(blank));
		size_t length = strlen(ini->name);
		if (length > 1 && (*ini->name == '"' || *ini->name == '\'') && ini->name[length - 1] == *ini->name)
			ini->name = arena_copy(arena, ini->name + 1, length - 2);
	} else if (ini->file == AWS_FILE_CONFIG && strcmp(text, "default") != 0) {
		ini->kind = "other";
	}
	add_setting(ini, "", NULL);
}

/* Reads a line. False if it is neither empty, a comment, a section nor a setting. */
static bool read_line(struct ini *ini, char *line, char *end)
{
	char *first = line;
	while (first < end && isspace((unsigned char)*first))
		first++;
	while (end > first && isspace((unsigned char)end[-1]))
		end--;
	if (first == end || *first == '#' || *first == ';')
		return true;
	if (first > line && ini->open) {
		ini->open_end = end;
		return true;
	}
	close_setting(ini);
	if (*first == '[') {
		while (end > first && end[-1] != ']') /* a comment may follow */
			end--;
		if (end > first)
			read_section(ini, first + 1, end - 1);
		return end > first;
	}
	char *sign = first + strcspn(first, "=:");
	if (!ini->kind || sign >= end || sign == first)
		return false;
	char *value = sign + 1;
	while (value < end && isspace((unsigned char)*value))
		value++;
	add_setting(ini, trimmed(ini->aws->arena, first, sign), value);
	ini->open = ini->aws->settings;
	ini->open_end = end;
	return true;
}

static bool read_file(struct aws *aws, enum aws_file file, const char *path, struct aws_failure *failure)
{
	struct text text;
	if (!file_read(path, FILE_MAX, &text)) {
		if (errno == ENOENT || errno == ENOTDIR)
			return true;
		aws_fail(aws, failure, SP6005, NULL, "cannot read %s: %s", path, strerror(errno));
		return false;
	}
	struct ini ini = {.aws = aws, .file = file};
	char *line = arena_copy(aws->arena, text_string(&text), text.length);
	bool is_good = true;
	text_free(&text);
	for (unsigned number = 1; *line && is_good; number++) {
		char *end = line + strcspn(line, "\n");
		bool is_last = !*end;
		is_good = read_line(&ini, line, end);
		if (!is_good)
			aws_fail(aws, failure, SP6005,
			         "a line must be `[profile NAME]` or `KEY = VALUE`, or start with `#`",
			         "line %u of %s is neither a section nor a setting", number, path);
		line = is_last ? end : end + 1;
	}
	close_setting(&ini);
	return is_good;
}

void aws_put_home_path(struct text *out, const char *name)
{
	const char *home = aws_environment("HOME");
	text_printf(out, "%s/.aws/%s", home ? home : "", name);
}

/* The path of a file: from a variable, where it may begin with `~/`, or the default. */
static const char *find_path(struct aws *aws, const char *variable, const char *name)
{
	const char *path = aws_environment(variable), *home = aws_environment("HOME");
	struct text default_path = {0};
	if (!path) {
		aws_put_home_path(&default_path, name);
		path = arena_copy(aws->arena, default_path.bytes, default_path.length);
		text_free(&default_path);
	}
	return strncmp(path, "~/", 2) == 0 && home ? arena_printf(aws->arena, "%s%s", home, path + 1) : path;
}

bool aws_settings_read(struct aws *aws, struct aws_failure *failure)
{
	aws->settings = NULL;
	return read_file(aws, AWS_FILE_CONFIG, find_path(aws, "AWS_CONFIG_FILE", "config"), failure) &&
	       read_file(aws, AWS_FILE_CREDENTIALS, find_path(aws, "AWS_SHARED_CREDENTIALS_FILE", "credentials"),
	                 failure);
}

/* Finds a setting. If the file has several with this key, the last one applies, which is the first in the list. */
static const struct aws_settings *find(const struct aws *aws, enum aws_file file, const char *kind,
                                       const char *name, const char *key)
{
	const struct aws_settings *setting = aws->settings;
	while (setting && (setting->file != file || strcmp(setting->kind, kind) != 0 ||
	                   strcmp(setting->name, name) != 0 || strcasecmp(setting->key, key) != 0))
		setting = setting->next;
	return setting;
}

const char *aws_setting_in(const struct aws *aws, enum aws_file file, const char *profile, const char *key)
{
	const struct aws_settings *setting = find(aws, file, "profile", profile, key);
	return setting && *setting->value ? setting->value : NULL;
}

const char *aws_setting(const struct aws *aws, const char *profile, const char *key)
{
	const char *value = aws_setting_in(aws, AWS_FILE_CREDENTIALS, profile, key);
	return value ? value : aws_setting_in(aws, AWS_FILE_CONFIG, profile, key);
}

const char *aws_section_setting(const struct aws *aws, const char *kind, const char *name, const char *key)
{
	const struct aws_settings *setting = find(aws, AWS_FILE_CONFIG, kind, name, key);
	return setting ? setting->value : NULL;
}

bool aws_has_profile(const struct aws *aws, const char *profile)
{
	return find(aws, AWS_FILE_CREDENTIALS, "profile", profile, "") ||
	       find(aws, AWS_FILE_CONFIG, "profile", profile, "");
}

const char *aws_nested_setting(struct aws *aws, const char *block, const char *key)
{
	while (*block) {
		const char *end = block + strcspn(block, "\n");
		const char *sign = block + strcspn(block, "=\n");
		if (sign < end && strcasecmp(trimmed(aws->arena, block, sign), key) == 0)
			return trimmed(aws->arena, sign + 1, end);
		block = end + (*end != '\0');
	}
	return NULL;
}
