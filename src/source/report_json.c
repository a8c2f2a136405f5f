#include "source/report_json.h"

#include "base/json_tree.h"
#include "base/printable.h"
#include "base/uri.h"

#include <cjson/cJSON.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* cJSON returns NULL or false only if memory runs out. These helpers then end the process. */

static cJSON *checked(cJSON *item)
{
	if (!item)
		arena_exhausted();
	return item;
}

static cJSON *add(cJSON *object, const char *key, cJSON *item)
{
	if (!cJSON_AddItemToObjectCS(object, key, checked(item)))
		arena_exhausted();
	return item;
}

static cJSON *push(cJSON *array, cJSON *item)
{
	if (!cJSON_AddItemToArray(array, checked(item)))
		arena_exhausted();
	return item;
}

static cJSON *string(const char *value)
{
	struct text clean = {0};
	printable_put_utf8(&clean, value);
	cJSON *item = checked(cJSON_CreateString(text_string(&clean)));
	text_free(&clean);
	return item;
}

static cJSON *string_or_null(const char *value)
{
	return value ? string(value) : checked(cJSON_CreateNull());
}

/* JSON lines */

static void add_place(cJSON *object, const char *key, const struct source_file *file, uint32_t offset)
{
	struct place place = source_place(file, offset);
	cJSON *item = add(object, key, cJSON_CreateObject());
	add(item, "line", cJSON_CreateNumber(place.line));
	add(item, "column", cJSON_CreateNumber(place.column));
	add(item, "offset", cJSON_CreateNumber(offset));
}

static void add_span(cJSON *object, const struct source_file *file, struct span span)
{
	add_place(object, "start", file, span.start);
	add_place(object, "end", file, span.end);
}

static cJSON *diag_object(const struct diag *diag)
{
	cJSON *object = checked(cJSON_CreateObject());
	add(object, "code", string(diag_code_name(diag->code)));
	add(object, "severity", string(diag_severity_name(diag->severity)));
	add(object, "message", string(diag->message));
	add(object, "file", string(diag->file->name));
	add_span(object, diag->file, diag->span);
	add(object, "label", string_or_null(diag->label));
	add(object, "help", string_or_null(diag->help));

	cJSON *related = add(object, "related", cJSON_CreateArray());
	for (const struct diag_related *note = diag->related; note; note = note->next) {
		cJSON *item = push(related, cJSON_CreateObject());
		add(item, "file", string(note->file->name));
		add_span(item, note->file, note->span);
		add(item, "message", string(note->message));
	}
	cJSON *fixes = add(object, "fixes", cJSON_CreateArray());
	for (const struct diag_edit *edit = diag->edits; edit; edit = edit->next) {
		cJSON *item = push(fixes, cJSON_CreateObject());
		add_span(item, diag->file, edit->span);
		add(item, "replacement", string(edit->replacement));
	}
	return object;
}

void report_json(struct text *out, const struct diags *diags, const struct report_options *options)
{
	(void)options;
	for (const struct diag *diag = diags->first; diag; diag = diag->next)
		json_put_line(out, diag_object(diag));
}

/* SARIF */

/* Doubles braces: a single brace would be a placeholder for an argument of the message (SARIF 2.1.0, 3.11.5). */
static void put_doubling_braces(struct text *out, const char *string)
{
	for (; *string; string++)
		text_repeat(out, *string, *string == '{' || *string == '}' ? 2 : 1);
}

static cJSON *message_object(const char *message, const char *help)
{
	struct text text = {0};
	put_doubling_braces(&text, message);
	if (help) {
		text_puts(&text, "\nhelp: ");
		put_doubling_braces(&text, help);
	}
	cJSON *object = checked(cJSON_CreateObject());
	add(object, "text", string(text_string(&text)));
	text_free(&text);
	return object;
}

static cJSON *uri_of(const char *path)
{
	struct text uri = {0};
	if (*path == '/')
		uri_from_path(&uri, path);
	else
		uri_add_path(&uri, path);
	cJSON *item = checked(cJSON_CreateString(text_string(&uri)));
	text_free(&uri);
	return item;
}

static void add_artifact(cJSON *object, const struct source_file *file)
{
	add(add(object, "artifactLocation", cJSON_CreateObject()), "uri", uri_of(file->name));
}

static void add_region(cJSON *object, const char *key, const struct source_file *file, struct span span)
{
	struct place start = source_place(file, span.start), end = source_place(file, span.end);
	cJSON *region = add(object, key, cJSON_CreateObject());
	add(region, "startLine", cJSON_CreateNumber(start.line));
	add(region, "startColumn", cJSON_CreateNumber(start.column));
	add(region, "endLine", cJSON_CreateNumber(end.line));
	add(region, "endColumn", cJSON_CreateNumber(end.column));
}

static cJSON *location_object(const struct source_file *file, struct span span, const char *message)
{
	cJSON *location = checked(cJSON_CreateObject());
	cJSON *physical = add(location, "physicalLocation", cJSON_CreateObject());
	add_artifact(physical, file);
	add_region(physical, "region", file, span);
	if (message)
		add(location, "message", message_object(message, NULL));
	return location;
}

static uint64_t hash(uint64_t sum, const char *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++) /* FNV-1a */
		sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
	return sum;
}

/* Adds a hash that identifies a diagnostic even after its line has moved or been reindented. */
static void add_fingerprint(cJSON *result, const struct diag *diag)
{
	const char *text = diag->file->text, *code = diag_code_name(diag->code);
	struct span line = source_line(diag->file, source_place(diag->file, diag->span.start).line);
	while (line.start < line.end && strchr(" \t", text[line.start]))
		line.start++;
	while (line.start < line.end && strchr(" \t", text[line.end - 1]))
		line.end--;

	uint64_t sum = UINT64_C(14695981039346656037);
	sum = hash(sum, code, strlen(code) + 1);
	sum = hash(sum, diag->message, strlen(diag->message) + 1);
	sum = hash(sum, text + line.start, line.end - line.start);
	char digits[17];
	snprintf(digits, sizeof digits, "%016" PRIx64, sum);
	add(add(result, "partialFingerprints", cJSON_CreateObject()), "messageAndLine/v1", string(digits));
}

/* All edits of a diagnostic make one fix: they belong together. */
static void add_fixes(cJSON *result, const struct diag *diag)
{
	cJSON *fix = push(add(result, "fixes", cJSON_CreateArray()), cJSON_CreateObject());
	if (diag->help)
		add(fix, "description", message_object(diag->help, NULL));
	cJSON *change = push(add(fix, "artifactChanges", cJSON_CreateArray()), cJSON_CreateObject());
	add_artifact(change, diag->file);
	cJSON *replacements = add(change, "replacements", cJSON_CreateArray());
	for (const struct diag_edit *edit = diag->edits; edit; edit = edit->next) {
		cJSON *replacement = push(replacements, cJSON_CreateObject());
		add_region(replacement, "deletedRegion", diag->file, edit->span);
		cJSON *inserted = add(replacement, "insertedContent", cJSON_CreateObject());
		add(inserted, "text", string(edit->replacement));
	}
}

static cJSON *result_object(const struct diag *diag, int rule)
{
	cJSON *result = checked(cJSON_CreateObject());
	add(result, "ruleId", string(diag_code_name(diag->code)));
	add(result, "ruleIndex", cJSON_CreateNumber(rule));
	add(result, "level", string(diag_severity_name(diag->severity)));
	add(result, "message", message_object(diag->message, diag->help));
	cJSON *locations = add(result, "locations", cJSON_CreateArray());
	push(locations, location_object(diag->file, diag->span, diag->label));
	if (diag->related) {
		cJSON *related = add(result, "relatedLocations", cJSON_CreateArray());
		for (const struct diag_related *note = diag->related; note; note = note->next)
			push(related, location_object(note->file, note->span, note->message));
	}
	add_fingerprint(result, diag);
	if (diag->edits)
		add_fixes(result, diag);
	return result;
}

/* Describes the codes that occur, in numeric order, and stores the index of each. */
static void add_rules(cJSON *driver, const struct diags *diags, int index[DIAG_CODE_COUNT])
{
	bool occurs[DIAG_CODE_COUNT] = {false};
	for (const struct diag *diag = diags->first; diag; diag = diag->next)
		occurs[diag->code] = true;

	cJSON *rules = add(driver, "rules", cJSON_CreateArray());
	int count = 0;
	for (int code = 0; code < DIAG_CODE_COUNT; code++) {
		if (!occurs[code])
			continue;
		index[code] = count++;
		cJSON *rule = push(rules, cJSON_CreateObject());
		add(rule, "id", string(diag_code_name((enum diag_code)code)));
		add(rule, "shortDescription", message_object(diag_code_title((enum diag_code)code), NULL));
		cJSON *configuration = add(rule, "defaultConfiguration", cJSON_CreateObject());
		enum severity severity = diag_code_severity((enum diag_code)code);
		add(configuration, "level", string(diag_severity_name(severity)));
	}
}

void report_sarif(struct text *out, const struct diags *diags, const struct report_options *options)
{
	int index[DIAG_CODE_COUNT];
	(void)options;
	cJSON *log = checked(cJSON_CreateObject());
	add(log, "$schema", string("https://json.schemastore.org/sarif-2.1.0.json"));
	add(log, "version", string("2.1.0"));
	cJSON *run = push(add(log, "runs", cJSON_CreateArray()), cJSON_CreateObject());
	cJSON *driver = add(add(run, "tool", cJSON_CreateObject()), "driver", cJSON_CreateObject());
	add(driver, "name", string("sagepipec"));
#ifdef PACKAGE_VERSION
	add(driver, "version", string(PACKAGE_VERSION));
#endif
	add_rules(driver, diags, index);
	add(run, "columnKind", string("unicodeCodePoints"));
	cJSON *results = add(run, "results", cJSON_CreateArray());
	for (const struct diag *diag = diags->first; diag; diag = diag->next)
		push(results, result_object(diag, index[diag->code]));
	json_put_line(out, log);
}
