/* assets: files of a reader in memory that can be read, cannot be read, or change. */
#include "compile/compile.h"
#include "eval/assets/assets.h"
#include "source/report.h"
#include "tap.h"

#include <errno.h>
#include <stdlib.h>

/* A project /p with the files a.py and src/a.py. */
struct disk {
	const char *text; /* of both files; NULL: they cannot be read */
};

static bool disk_stream(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into)
{
	struct disk *disk = context;
	(void)path;
	errno = disk->text ? 0 : EIO;
	return disk->text && take(into, disk->text, strlen(disk->text));
}

static bool disk_read(void *context, const char *path, size_t limit, struct text *text)
{
	struct disk *disk = context;
	(void)path;
	(void)limit;
	errno = EIO;
	if (disk->text)
		text_puts(text, disk->text);
	return disk->text;
}

static enum path_kind disk_kind(void *context, const char *path)
{
	(void)context;
	return strcmp(path, "a.py") == 0 || strcmp(path, "src/a.py") == 0 ? PATH_FILE : strcmp(path, "src") == 0 ? PATH_FOLDER : PATH_NONE;
}

static bool disk_list(void *context, const char *path, void (*visit)(void *into, const char *name), void *into)
{
	(void)context;
	(void)path;
	visit(into, "a.py");
	return true;
}

static bool disk_resolve(void *context, const char *path, struct text *real)
{
	(void)context;
	text_printf(real, strcmp(path, ".") == 0 ? "/p" : "/p/%s", path);
	return true;
}

/* Compiles a program with this expression and returns the report, which the caller frees. `disk` may be NULL. */
static struct text compile(const char *expression, struct disk *disk, const char **uri)
{
	static const char form[] = "pipeline \"P\" { AssetLocation: \"s3://b\" }\nlet code = %s\nstep Stop: Fail { ErrorMessage: code }\n";
	const struct reader reader = {disk, disk_read, disk_stream, disk_kind, disk_list, disk_resolve};
	struct arena arena = {0};
	struct world world;
	struct text source = {0}, report = {0};
	world_load(&world, &arena);
	text_printf(&source, form, expression);
	const struct program_options options = {.reader = disk ? &reader : NULL};
	const struct report_options how = {.format = REPORT_HUMAN};
	struct program *program =
		compile_program(&arena, &world, &options, source_new(&arena, "p.pipe", source.bytes, source.length));
	report_render(&report, program->diags, &how);
	if (uri)
		*uri = program->assets && program->assets->list.count ? strdup(program->assets->list.items[0]->uri->text) : NULL;
	arena_free(&arena);
	text_free(&source);
	return report;
}

/* Compares the reports for unreadable files with tests/unit/unreadable.err. */
static void test_failures(void)
{
	static const struct {
		const char *expression;
		struct disk disk;
	} cases[] = {
		{"file(\"a.py\")", {NULL}},
		{"readtext(\"a.py\")", {NULL}},
		{"archive(\"src\")", {NULL}},
	};
	struct text all = {0}, expected = {0};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct disk disk = cases[i].disk;
		struct text report = compile(cases[i].expression, &disk, NULL);
		text_puts(&all, text_string(&report));
		text_free(&report);
	}
	struct text report = compile("file(\"a.py\")", NULL, NULL);
	text_puts(&all, text_string(&report));
	text_free(&report);
	const char *srcdir = getenv("SRCDIR");
	text_printf(&expected, "%s/tests/unit/unreadable.err", srcdir ? srcdir : "..");
	FILE *file = fopen(expected.bytes, "r");
	char known[8192] = "";
	if (file) {
		known[fread(known, 1, sizeof known - 1, file)] = '\0';
		fclose(file);
	}
	tap_is(all.bytes, known, "files that cannot be read are reported");
	text_free(&all);
	text_free(&expected);
}

static void test_uris(void)
{
	struct disk disk = {"abc"};
	const char *uri;
	struct text report = compile("file(\"a.py\")", &disk, &uri);
	tap_is(uri, "s3://b/ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad/a.py", "the URI of a file contains its SHA-256 and name");
	tap_is(text_string(&report), "", "a readable file gives no message");
	text_free(&report);
	free((void *)(uintptr_t)uri);
	/* what `printf '%s  %s\n' DIGEST-OF-abc a.py | sha256sum` prints */
	report = compile("folder(\"src\")", &disk, &uri);
	tap_is(uri, "s3://b/7a0b276f310a3e948e3e8836b443204b25862047a462944ac2a810f2b359725a", "the URI of a folder contains the digest of its listing");
	text_free(&report);
	free((void *)(uintptr_t)uri);
}

static bool keep_bytes(void *context, const void *bytes, size_t length)
{
	text_add(context, bytes, length);
	return true;
}

/* Writing an asset gives the bytes that were digested, or fails. */
static void test_writing(void)
{
	static const char source[] = "pipeline \"P\" { AssetLocation: \"s3://b\" }\n"
	                             "let inner = zip(\"src\")\nstep Stop: Fail { ErrorMessage: archive({ \"x.zip\": inner }) }\n";
	struct disk disk = {"abc"};
	const struct reader reader = {&disk, disk_read, disk_stream, disk_kind, disk_list, disk_resolve};
	const struct program_options options = {.reader = &reader};
	struct arena arena = {0};
	struct world world;
	world_load(&world, &arena);
	const struct program *program = compile_program(&arena, &world, &options, source_new(&arena, "p.pipe", source, strlen(source)));
	for (size_t i = 0; i < program->assets->list.count; i++) {
		const struct asset *asset = program->assets->list.items[i];
		struct text first = {0}, second = {0}, third = {0};
		disk.text = "abc";
		bool is_good = assets_write(&reader, asset, &(struct archive_sink){&first, keep_bytes}) &&
		               assets_write(&reader, asset, &(struct archive_sink){&second, keep_bytes});
		tap_ok(is_good && first.length && first.length == second.length && memcmp(first.bytes, second.bytes, first.length) == 0,
		       "writing an archive twice gives the same bytes");
		disk.text = "abcd";
		tap_ok(!assets_write(&reader, asset, &(struct archive_sink){&third, keep_bytes}), "writing fails if a file has grown");
		text_free(&first);
		text_free(&second);
		text_free(&third);
	}
	tap_ok(program->assets->list.count == 2, "an archive and the archive in it are two assets");
	arena_free(&arena);
}

int main(void)
{
	test_failures();
	test_uris();
	test_writing();
	return tap_done();
}
