/* archive_maker and digest. libarchive reads the archives back, and makes the same tar.gz. */
#include "base/archive/archive_maker.h"
#include "base/digest.h"
#include "base/text.h"
#include "tap.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>

struct file {
	const char *name, *bytes;
	size_t length;
};

static char long_name[400], large[3 * 1024 * 1024 + 17];

static const struct file files[] = {
	{"a.py", "print(1)\n", 9},
	{"empty", "", 0},
	{"lib/\xC3\xA9 \xC3\xB6.txt", "umlauts", 7},
	{"z.bin", large, sizeof large},
	{long_name, "long", 4},
};
enum { FILE_COUNT = sizeof files / sizeof *files };

static bool put_text(void *context, const void *bytes, size_t length)
{
	text_add(context, bytes, length);
	return true;
}

/* A sink that has room for a limited number of bytes. */
static bool put_limited(void *context, const void *bytes, size_t length)
{
	size_t *left = context;
	(void)bytes;
	if (length > *left)
		return false;
	*left -= length;
	return true;
}

/* Makes an archive of the first `count` files, each passed in pieces of `piece` bytes. */
static bool make(enum archive_form form, const struct archive_sink *sink, size_t count, size_t piece)
{
	struct archive_maker *maker = archive_maker_begin(form, sink);
	bool is_good = true;
	for (size_t i = 0; i < count; i++) {
		is_good = archive_maker_file(maker, files[i].name, files[i].length) && is_good;
		for (size_t at = 0; at < files[i].length; at += piece) {
			size_t length = files[i].length - at < piece ? files[i].length - at : piece;
			is_good = archive_maker_add(maker, files[i].bytes + at, length) && is_good;
		}
	}
	return archive_maker_end(maker) && is_good;
}

static struct text make_text(enum archive_form form, size_t count, size_t piece)
{
	struct text text = {0};
	const struct archive_sink sink = {&text, put_text};
	if (!make(form, &sink, count, piece))
		text_free(&text);
	return text;
}

static bool is_entry(struct archive *archive, struct archive_entry *entry, const struct file *file)
{
	static char room[sizeof large + 1];
	const char *name = archive_entry_pathname_utf8(entry) ? archive_entry_pathname_utf8(entry) : archive_entry_pathname(entry);
	size_t got = 0;
	for (la_ssize_t more = 1; more > 0; got += more > 0 ? (size_t)more : 0)
		more = archive_read_data(archive, room + got, sizeof room - got);
	return name && strcmp(name, file->name) == 0 && archive_entry_mtime(entry) == 315532800 &&
	       archive_entry_filetype(entry) == AE_IFREG && archive_entry_perm(entry) == 0755 && archive_entry_uid(entry) == 0 &&
	       got == file->length && memcmp(room, file->bytes, got) == 0;
}

static bool is_right(const struct text *text)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	archive_read_support_format_all(archive);
	archive_read_support_filter_all(archive);
	bool is_good = archive_read_open_memory(archive, text->bytes, text->length) == ARCHIVE_OK;
	for (size_t i = 0; i < FILE_COUNT && is_good; i++)
		is_good = archive_read_next_header(archive, &entry) >= ARCHIVE_WARN && is_entry(archive, entry, &files[i]);
	is_good = is_good && archive_read_next_header(archive, &entry) == ARCHIVE_EOF;
	archive_read_free(archive);
	return is_good;
}

static la_ssize_t write_text(struct archive *archive, void *context, const void *bytes, size_t length)
{
	(void)archive;
	text_add(context, bytes, length);
	return (la_ssize_t)length;
}

/* Packs all files but the last with libarchive, which would give the entry for that long name the owner root. */
static struct text make_by_libarchive(void)
{
	struct text text = {0};
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	archive_write_set_format_gnutar(archive);
	archive_write_add_filter_gzip(archive);
	archive_write_set_options(archive, "gzip:!timestamp,gzip:compression-level=6");
	archive_write_set_bytes_in_last_block(archive, 1);
	archive_write_open(archive, &text, NULL, write_text, NULL);
	for (size_t i = 0; i < FILE_COUNT - 1; i++) {
		archive_entry_clear(entry);
		archive_entry_set_pathname(entry, files[i].name);
		archive_entry_set_filetype(entry, AE_IFREG);
		archive_entry_set_perm(entry, 0755);
		archive_entry_set_mtime(entry, 315532800, 0);
		archive_entry_set_size(entry, (la_int64_t)files[i].length);
		archive_write_header(archive, entry);
		archive_write_data(archive, files[i].bytes, files[i].length);
	}
	archive_entry_free(entry);
	archive_write_free(archive);
	return text;
}

static void test_against_libarchive(void)
{
	struct text own = make_text(ARCHIVE_TAR_GZ, FILE_COUNT - 1, 64 * 1024), other = make_by_libarchive();
	tap_ok(own.length == other.length && memcmp(own.bytes, other.bytes, own.length) == 0, "tar.gz: libarchive makes the same bytes");
	text_free(&own);
	text_free(&other);
}

static void test_form(enum archive_form form, const char *name)
{
	char title[100];
	struct text text = make_text(form, FILE_COUNT, 64 * 1024), pieces = make_text(form, FILE_COUNT, 1000003);
	snprintf(title, sizeof title, "%s: libarchive reads the same files back", name);
	setlocale(LC_ALL, "C.UTF-8"); /* libarchive needs it to read names beyond ASCII */
	tap_ok(text.length && is_right(&text), title);
	setenv("TZ", "Asia/Tokyo", 1);
	tzset();
	struct text elsewhere = make_text(form, FILE_COUNT, 64 * 1024);
	setlocale(LC_ALL, "C");
	setenv("TZ", "UTC", 1);
	tzset();
	snprintf(title, sizeof title, "%s: the bytes do not depend on time zone and locale", name);
	tap_ok(text.length == elsewhere.length && memcmp(text.bytes, elsewhere.bytes, text.length) == 0, title);
	snprintf(title, sizeof title, "%s: the bytes do not depend on the size of the pieces", name);
	tap_ok(text.length == pieces.length && memcmp(text.bytes, pieces.bytes, text.length) == 0, title);
	text_free(&text);
	text_free(&pieces);
	text_free(&elsewhere);
}

/* Makes an archive of one file with 3 bytes, of which `given` bytes are passed. */
static bool make_wrong(enum archive_form form, size_t given)
{
	struct text text = {0};
	const struct archive_sink sink = {&text, put_text};
	struct archive_maker *maker = archive_maker_begin(form, &sink);
	archive_maker_file(maker, "a", 3);
	archive_maker_add(maker, "abcd", given);
	bool is_good = archive_maker_end(maker);
	text_free(&text);
	return is_good;
}

static bool make_many(enum archive_form form, unsigned count)
{
	size_t room = SIZE_MAX;
	char name[20];
	const struct archive_sink sink = {&room, put_limited};
	struct archive_maker *maker = archive_maker_begin(form, &sink);
	for (unsigned i = 0; i < count; i++) {
		snprintf(name, sizeof name, "%u", i);
		archive_maker_file(maker, name, 0);
	}
	return archive_maker_end(maker);
}

static void test_failures(enum archive_form form, const char *name)
{
	char title[100];
	size_t room = 1000;
	const struct archive_sink full = {&room, put_limited};
	snprintf(title, sizeof title, "%s: a file that is shorter or longer than announced is an error", name);
	tap_ok(make_wrong(form, 3) && !make_wrong(form, 2) && !make_wrong(form, 4), title);
	snprintf(title, sizeof title, "%s: a full sink is an error", name);
	tap_ok(!make(form, &full, FILE_COUNT, sizeof large), title);
}

static void test_digest(void)
{
	char hex[DIGEST_ROOM];
	digest_bytes("", 0, hex);
	tap_is(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "empty input has a digest");
	struct digest *digest = digest_begin();
	digest_add(digest, "a", 1);
	digest_add(digest, "bc", 2);
	digest_end(digest, hex);
	tap_is(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "the digest of pieces is that of the whole");
}

int main(void)
{
	memset(long_name, 'n', sizeof long_name - 1);
	memset(long_name + 100, '/', 1);
	for (size_t i = 0; i < sizeof large; i++)
		large[i] = (char)(i * i >> 7);
	test_form(ARCHIVE_TAR_GZ, "tar.gz");
	test_form(ARCHIVE_ZIP, "zip");
	test_against_libarchive();
	test_failures(ARCHIVE_TAR_GZ, "tar.gz");
	test_failures(ARCHIVE_ZIP, "zip");
	tap_ok(make_many(ARCHIVE_ZIP, 65535) && !make_many(ARCHIVE_ZIP, 65536), "a zip holds at most 65,535 files");
	tap_ok(make_many(ARCHIVE_TAR_GZ, 65536), "a tar.gz holds more than 65,535 files");
	test_digest();
	return tap_done();
}
