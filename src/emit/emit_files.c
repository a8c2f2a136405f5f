#include "emit/emit_files.h"

#include "base/json.h"
#include "eval/assets/assets.h"

#include <inttypes.h>

static void put_field(struct text *out, const char *name, const char *value)
{
	text_printf(out, "\"%s\": ", name);
	json_add_string(out, value, strlen(value));
	text_puts(out, ", ");
}

static void put_digest(struct text *out, const char *digest, uint64_t size)
{
	text_printf(out, "\"digest\": \"%s\", \"size\": %" PRIu64, digest, size);
}

static void put_text(struct text *out, const char *bytes, size_t length)
{
	text_puts(out, ", \"text\": ");
	json_add_string(out, bytes, length);
}

/* Appends a file of a folder or archive. */
static void put_part(struct text *out, const struct asset *asset, const struct asset_part *part)
{
	text_puts(out, "      { ");
	put_field(out, "name", part->name);
	if (asset->kind == ASSET_FOLDER) {
		struct text uri = {0};
		text_printf(&uri, "%s/%s", asset->uri->text, part->name);
		put_field(out, "uri", uri.bytes);
		text_free(&uri);
	}
	if (part->path)
		put_field(out, "source", part->path);
	if (part->made)
		put_field(out, "made", part->made->uri->text);
	put_digest(out, part->digest, part->size);
	if (part->bytes)
		put_text(out, part->bytes, part->size);
	text_puts(out, " }");
}

static void put_asset(struct text *out, const struct asset *asset)
{
	text_puts(out, "    { ");
	put_field(out, "kind", assets_kind_name(asset->kind));
	put_field(out, "uri", asset->uri->text);
	if (asset->source)
		put_field(out, "source", asset->source);
	put_digest(out, asset->digest, asset->size);
	if (asset->kind == ASSET_TEXT)
		put_text(out, asset->parts[0].bytes, asset->parts[0].size);
	if (asset->kind >= ASSET_FOLDER) {
		text_puts(out, ", \"files\": [\n");
		for (size_t i = 0; i < asset->part_count; i++) {
			put_part(out, asset, &asset->parts[i]);
			text_puts(out, i + 1 < asset->part_count ? ",\n" : "\n");
		}
		text_puts(out, "    ]");
	}
	text_puts(out, " }");
}

void emit_manifest(struct text *out, const struct program *program)
{
	const struct assets *assets = program->assets;
	size_t count = assets ? assets->list.count : 0;
	text_puts(out, "{\n  \"assets\": [\n");
	for (size_t i = 0; i < count; i++) {
		put_asset(out, assets->list.items[i]);
		text_puts(out, i + 1 < count ? ",\n" : "\n");
	}
	text_puts(out, "  ]\n}\n");
}

/* Appends a path with make's escapes. `%` needs none: it is special only in pattern rules. */
static void put_path(struct text *out, const char *path)
{
	for (const char *at = path; *at; at++) {
		const char *after_run = at; /* make halves a run of backslashes before a space or `#`, so it is doubled */
		while (*after_run == '\\')
			after_run++;
		if (*at == '\\' && (*after_run == ' ' || *after_run == '#'))
			text_putc(out, '\\');
		if (*at == ' ' || *at == '#')
			text_putc(out, '\\');
		if (*at == '$')
			text_putc(out, '$');
		text_putc(out, *at);
	}
}

void emit_deps(struct text *out, const struct program *program, const char *target, const char *root)
{
	put_path(out, target);
	text_putc(out, ':');
	if (root) {
		text_putc(out, ' ');
		put_path(out, root);
	}
	for (size_t i = 0; i < program->inputs.count; i++) {
		text_puts(out, " \\\n  ");
		put_path(out, program->inputs.items[i]->text);
	}
	text_putc(out, '\n');
	for (size_t i = 0; i < program->inputs.count; i++) {
		put_path(out, program->inputs.items[i]->text);
		text_puts(out, ":\n");
	}
}
