/* file: reading and writing of whole files. Runs in a folder of its own. */
#include "host/file.h"
#include "tap.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static bool holds(const char *path, const char *expected)
{
	struct text text;
	bool is_read = file_read(path, 1000, &text);
	bool same = is_read && text.length == strlen(expected) && memcmp(text.bytes, expected, text.length) == 0;
	if (is_read)
		text_free(&text);
	return same;
}

static mode_t mode_of(const char *path)
{
	struct stat status;
	return stat(path, &status) == 0 ? status.st_mode & 0777 : 0;
}

static void test_reading(void)
{
	struct text text;
	errno = 0;
	tap_ok(!file_read("missing", 10, &text) && errno == ENOENT && !text.bytes, "reading a missing file fails");
	tap_ok(!file_read(".", 10, &text) && errno == EISDIR && !text.bytes, "reading a folder fails");
	tap_ok(file_write("empty", "", 0) && holds("empty", ""), "an empty file is written and read");
	tap_ok(file_write("long", "0123456789", 10) && file_read("long", 5, &text), "a file over the limit is read");
	tap_ok(text.length > 5, "the length shows that a file is over the limit");
	text_free(&text);
}

static void test_writing(void)
{
	umask(022);
	tap_ok(file_write("new", "a\0b", 3) && mode_of("new") == 0644, "a new file has the mode that the umask allows");
	tap_ok(chmod("new", 0600) == 0 && file_write("new", "second", 6) && holds("new", "second"), "a file is replaced");
	tap_ok(mode_of("new") == 0600, "a replaced file keeps its mode");
	tap_ok(symlink("new", "link") == 0 && file_write("link", "third", 5), "a symbolic link is written through");
	tap_ok(holds("new", "third") && readlink("link", (char[8]){0}, 8) == 3, "the link stays, and its target is replaced");
	tap_ok(symlink("nowhere", "loose") == 0 && file_write("loose", "x", 1) && holds("loose", "x"), "a dangling link is replaced by a file");

	errno = 0;
	tap_ok(!file_write("no/such/folder", "x", 1) && errno == ENOENT, "writing into a missing folder fails");
	tap_ok(!file_write(".", "x", 1) && errno == EISDIR, "writing to a folder fails");
	tap_ok(file_write("/dev/null", "x", 1), "a device is written to");
	tap_ok(access("/dev/full", W_OK) != 0 || (!file_write("/dev/full", "x", 1) && errno == ENOSPC), "writing to a full device fails");
}

int main(void)
{
	char folder[] = "/tmp/sagepipec.XXXXXX";
	if (!mkdtemp(folder) || chdir(folder) != 0)
		return 99;
	test_reading();
	test_writing();
	static const char *const made[] = {"empty", "long", "new", "link", "loose", "nowhere"};
	for (size_t i = 0; i < sizeof made / sizeof *made; i++)
		unlink(made[i]);
	tap_ok(chdir("/") == 0 && rmdir(folder) == 0, "no temporary file is left behind");
	return tap_done();
}
