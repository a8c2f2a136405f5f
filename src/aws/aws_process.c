/* Credentials that a program of the user prints: the setting `credential_process`. */
#include "aws/aws_parts.h"
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <errno.h>
#include <poll.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { OUTPUT_MAX = 1 << 20, WORDS_MAX = 256 };

/* Appends the next word to `out`, with quotes removed as by a shell. Returns the rest of the command; NULL if a quote is not closed. */
static const char *read_word(const char *at, struct text *out)
{
	char quote = 0;
	for (; *at && (quote || !isspace((unsigned char)*at)); at++) {
		if (!quote && (*at == '"' || *at == '\''))
			quote = *at;
		else if (quote && *at == quote)
			quote = 0;
		else if (*at == '\\' && quote != '\'' && at[1] && (!quote || strchr("\"\\$`", at[1])))
			text_putc(out, *++at);
		else
			text_putc(out, *at);
	}
	return quote ? NULL : at;
}

/* Splits a command into words. False if it has none or too many, or an unclosed quote. Nothing is expanded: there is no
 * shell. */
static bool split_command(struct arena *arena, const char *command, char *words[WORDS_MAX + 1])
{
	size_t count = 0;
	for (command += strspn(command, " \t\n"); command && *command && count < WORDS_MAX;) {
		struct text word = {0};
		command = read_word(command, &word);
		words[count++] = arena_copy(arena, text_string(&word), word.length);
		text_free(&word);
		if (command)
			command += strspn(command, " \t\n");
	}
	words[count] = NULL;
	return command && !*command && count;
}

/* Reads available output. Appends it, but drops what comes after OUTPUT_MAX bytes. False at the end of the output. */
static bool drain(int file, struct text *out)
{
	char bytes[4096];
	ssize_t length = read(file, bytes, sizeof bytes);
	if (length > 0 && out->length < OUTPUT_MAX)
		text_add(out, bytes, (size_t)length);
	return length > 0 || (length < 0 && errno == EINTR);
}

static void read_both(int out_file, int err_file, struct text *out, struct text *err)
{
	struct pollfd files[2] = {{out_file, POLLIN, 0}, {err_file, POLLIN, 0}};
	struct text *texts[2] = {out, err};
	while (files[0].fd >= 0 || files[1].fd >= 0) {
		if (poll(files, 2, -1) < 0 && errno != EINTR)
			return;
		for (int i = 0; i < 2; i++)
			if (files[i].fd >= 0 && files[i].revents && !drain(files[i].fd, texts[i]))
				files[i].fd = -1;
	}
}

/* Runs a command and returns its status, as waitpid has it, or -1 with errno. */
static int run_command(char *const *words, struct text *out, struct text *err)
{
	int pipes[2][2];
	if (pipe(pipes[0]) != 0)
		return -1;
	if (pipe(pipes[1]) != 0) {
		close(pipes[0][0]);
		close(pipes[0][1]);
		return -1;
	}
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 2; i++) {
		posix_spawn_file_actions_adddup2(&actions, pipes[i][1], i == 0 ? STDOUT_FILENO : STDERR_FILENO);
		posix_spawn_file_actions_addclose(&actions, pipes[i][0]);
		posix_spawn_file_actions_addclose(&actions, pipes[i][1]);
	}
	pid_t process;
	int problem = posix_spawnp(&process, words[0], &actions, NULL, words, environ), status = -1;
	posix_spawn_file_actions_destroy(&actions);
	close(pipes[0][1]);
	close(pipes[1][1]);
	if (problem == 0) {
		read_both(pipes[0][0], pipes[1][0], out, err);
		while (waitpid(process, &status, 0) < 0 && errno == EINTR)
			continue;
	}
	close(pipes[0][0]);
	close(pipes[1][0]);
	errno = problem;
	return status;
}

/* Reads credentials from the output. Returns NULL, or what is wrong with the output. */
static const char *read_output(struct aws *aws, const struct text *out, struct aws_credentials *found)
{
	cJSON *json = cJSON_Parse(text_string(out));
	const cJSON *version = cJSON_GetObjectItemCaseSensitive(json, "Version");
	const char *problem = NULL;
	if (!json)
		problem = "does not print JSON";
	else if (!cJSON_IsNumber(version) || version->valueint != 1)
		problem = "does not print credentials with `\"Version\": 1`";
	else if (!aws_credentials_fill(aws, found, json_text(json, "AccessKeyId"), json_text(json, "SecretAccessKey"),
	                               json_text(json, "SessionToken"), json_text(json, "Expiration")))
		problem = "prints no AccessKeyId, no SecretAccessKey, or an invalid Expiration";
	cJSON_Delete(json);
	return problem;
}

enum aws_found aws_credentials_from_process(struct aws *aws, const char *profile, struct aws_credentials *found,
                                struct aws_failure *failure)
{
	const char *command = aws_setting(aws, profile, "credential_process"), *problem = NULL;
	char *words[WORDS_MAX + 1];
	struct text out = {0}, err = {0};
	if (!command)
		return AWS_ABSENT;
	if (!split_command(aws->arena, command, words)) {
		aws_fail(aws, failure, SP6005, NULL, "the credential_process of profile `%s` is not a valid command",
		         profile);
		return AWS_FAILED;
	}
	int status = run_command(words, &out, &err);
	if (status == 0)
		problem = read_output(aws, &out, found);
	else if (status == -1)
		problem = arena_printf(aws->arena, "cannot be run: %s", strerror(errno));
	else
		problem = arena_printf(aws->arena, "fails: %.*s", (int)strcspn(text_string(&err), "\r\n"),
		                       text_string(&err));
	if (problem)
		aws_fail(aws, failure, SP6006, NULL, "the credential_process of profile `%s`, `%s`, %s", profile,
		         words[0], problem);
	text_free(&out);
	text_free(&err);
	return problem ? AWS_FAILED : AWS_FOUND;
}
