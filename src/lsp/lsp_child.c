#include "lsp/lsp_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { SECONDS_MAX = 180, OUTPUT_MAX = 64 * 1024 * 1024, ARGUMENTS_MAX = 4096 };

/* A child that runs: the server's ends of its three pipes, -1 when closed. */
struct child_process {
	pid_t process;
	int files[3];
	const struct text *input;
	size_t written;
};

static void close_file(int *file)
{
	if (*file >= 0)
		close(*file);
	*file = -1;
}

/* Makes the pipes: `own` are the server's ends, `others` those of the child. False when there are no more of them. */
static bool open_pipes(int own[3], int others[3])
{
	for (int i = 0; i < 3; i++)
		own[i] = others[i] = -1;
	for (int i = 0; i < 3; i++) {
		int ends[2];
		if (pipe(ends) != 0) {
			for (int j = 0; j < 3; j++) {
				close_file(&own[j]);
				close_file(&others[j]);
			}
			return false;
		}
		own[i] = ends[i == STDIN_FILENO];
		others[i] = ends[i != STDIN_FILENO];
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	}
	fcntl(own[STDIN_FILENO], F_SETFL, O_NONBLOCK);
	return true;
}

static bool start(struct child_process *running, const char *program, const char *const *arguments)
{
	int others[3];
	char *words[ARGUMENTS_MAX + 2] = {"sagepipec"};
	for (size_t i = 0; i < ARGUMENTS_MAX && arguments[i]; i++)
		words[i + 1] = (char *)arguments[i];
	if (!open_pipes(running->files, others))
		return false;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, others[i], i);
	int problem = posix_spawnp(&running->process, program, &actions, NULL, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	for (int i = 0; i < 3; i++) {
		close_file(&others[i]);
		if (problem)
			close_file(&running->files[i]);
	}
	errno = problem;
	return problem == 0;
}

static void write_input(struct child_process *running)
{
	ssize_t put = write(running->files[STDIN_FILENO], text_string(running->input) + running->written,
	                    running->input->length - running->written);
	if (put > 0)
		running->written += (size_t)put;
	if (running->written == running->input->length || (put < 0 && errno != EINTR && errno != EAGAIN))
		close_file(&running->files[STDIN_FILENO]);
}

static void read_output(int *file, struct text *out)
{
	char bytes[16 * 1024];
	ssize_t got = read(*file, bytes, sizeof bytes);
	if (got > 0 && out->length < OUTPUT_MAX)
		text_add(out, bytes, (size_t)got);
	else if (got == 0 || (got < 0 && errno != EINTR))
		close_file(file);
}

/* Moves what can be moved, until the child closes its output; false when it should not be waited for any longer. */
static bool serve(struct lsp_request *request, struct child_process *running, struct lsp_child *child)
{
	struct text *const texts[] = {NULL, &child->out, &child->err};
	time_t end = time(NULL) + SECONDS_MAX;
	while (running->files[STDOUT_FILENO] >= 0 || running->files[STDERR_FILENO] >= 0) {
		struct pollfd files[4] = {{.fd = request->lsp->in, .events = POLLIN}};
		for (int i = 0; i < 3; i++)
			files[i + 1] = (struct pollfd){.fd = running->files[i], .events = i == STDIN_FILENO ? POLLOUT : POLLIN};
		int ready = poll(files, 4, 1000);
		if (ready > 0 && files[0].revents && lsp_is_cancelled(request))
			return false;
		if (request->lsp->is_at_end || time(NULL) > end) {
			lsp_fail(request, LSP_REQUEST_FAILED, "the command took too long");
			return false;
		}
		for (int i = 0; i < 3 && ready > 0; i++)
			if (files[i + 1].revents && i == STDIN_FILENO)
				write_input(running);
			else if (files[i + 1].revents)
				read_output(&running->files[i], texts[i]);
	}
	return true;
}

bool lsp_run_child(struct lsp_request *request, const char *const *arguments, const struct text *input, struct lsp_child *child)
{
	const char *program = request->lsp->options->self;
	struct child_process running = {.input = input};
	int status = 0;
	*child = (struct lsp_child){.status = -1};
	if (!program || !start(&running, program, arguments)) {
		lsp_fail(request, LSP_REQUEST_FAILED, "sagepipec cannot be started once more");
		return false;
	}
	bool is_done = serve(request, &running, child);
	if (!is_done)
		kill(running.process, SIGKILL);
	while (waitpid(running.process, &status, 0) < 0 && errno == EINTR)
		continue;
	for (int i = 0; i < 3; i++)
		close_file(&running.files[i]);
	child->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return is_done;
}
