#include "host/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(const char *path, size_t limit, struct text *text)
{
	char buffer[64 * 1024];
	bool is_standard = strcmp(path, "-") == 0;
	int fd = is_standard ? STDIN_FILENO : open(path, O_RDONLY);
	ssize_t got = fd < 0 ? -1 : 1;
	*text = (struct text){0};
	while (got > 0 && text->length <= limit) {
		got = read(fd, buffer, sizeof buffer);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			text_add(text, buffer, (size_t)got);
	}
	int error = errno;
	if (fd >= 0 && !is_standard)
		close(fd);
	if (got < 0)
		text_free(text);
	else if (!text->bytes)
		text_puts(text, "");
	errno = error;
	return got >= 0;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
	while (length) {
		ssize_t put = write(fd, bytes, length);
		if (put < 0 && errno != EINTR)
			return false;
		if (put > 0) {
			bytes += put;
			length -= (size_t)put;
		}
	}
	return true;
}

static bool write_special(const char *path, const char *bytes, size_t length)
{
	int fd = open(path, O_WRONLY);
	if (fd < 0)
		return false;
	bool is_written = write_all(fd, bytes, length);
	return close(fd) == 0 && is_written;
}

static mode_t mode_of_new_files(void)
{
	mode_t mask = umask(0);
	umask(mask);
	return 0666 & ~mask;
}

/* Replaces a file, or creates it. */
static bool replace(const char *path, mode_t mode, const char *bytes, size_t length)
{
	struct text name = {0};
	text_printf(&name, "%s.XXXXXX", path);
	int fd = mkstemp(name.bytes);
	bool is_written = fd >= 0;
	if (is_written) {
		is_written = write_all(fd, bytes, length) && fchmod(fd, mode) == 0;
		is_written = close(fd) == 0 && is_written;
		is_written = is_written && rename(name.bytes, path) == 0;
		if (!is_written) {
			int error = errno;
			unlink(name.bytes);
			errno = error;
		}
	}
	text_free(&name);
	return is_written;
}

bool file_write(const char *path, const char *bytes, size_t length)
{
	struct stat status;
	if (stat(path, &status) != 0)
		return replace(path, mode_of_new_files(), bytes, length);
	if (!S_ISREG(status.st_mode)) /* a device or pipe must not be replaced */
		return write_special(path, bytes, length);
	char *target = realpath(path, NULL); /* replaces the target of a symbolic link, not the link */
	bool is_written = target && replace(target, status.st_mode & 07777, bytes, length);
	free(target);
	return is_written;
}

static bool reader_read(void *context, const char *path, size_t limit, struct text *text)
{
	(void)context;
	return file_read(path, limit, text);
}

static bool reader_stream(void *context, const char *path, bool (*take)(void *into, const void *bytes, size_t length), void *into)
{
	char buffer[256 * 1024];
	int fd = open(path, O_RDONLY);
	ssize_t got = fd < 0 ? -1 : 1;
	bool is_taken = true;
	(void)context;
	while (got > 0 && is_taken) {
		got = read(fd, buffer, sizeof buffer);
		if (got < 0 && errno == EINTR)
			got = 1;
		else if (got > 0)
			is_taken = take(into, buffer, (size_t)got);
	}
	int error = is_taken ? errno : 0;
	if (fd >= 0)
		close(fd);
	errno = error;
	return got >= 0 && is_taken;
}

static enum path_kind reader_kind(void *context, const char *path)
{
	struct stat status;
	(void)context;
	if (stat(path, &status) != 0)
		return PATH_NONE;
	return S_ISREG(status.st_mode) ? PATH_FILE : S_ISDIR(status.st_mode) ? PATH_FOLDER : PATH_OTHER;
}

static bool reader_list(void *context, const char *path, void (*visit)(void *into, const char *name), void *into)
{
	DIR *folder = opendir(path);
	(void)context;
	if (!folder)
		return false;
	errno = 0;
	for (const struct dirent *entry; (entry = readdir(folder)); errno = 0)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			visit(into, entry->d_name);
	int error = errno;
	closedir(folder);
	errno = error;
	return !error;
}

static bool reader_resolve(void *context, const char *path, struct text *real)
{
	char *resolved = realpath(path, NULL);
	(void)context;
	if (resolved)
		text_puts(real, resolved);
	free(resolved);
	return resolved != NULL;
}

const struct reader file_reader = {NULL, reader_read, reader_stream, reader_kind, reader_list, reader_resolve};
