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

/* A running child process. */
struct child_process {
	pid_t process;
	int files[3];             /* the server's ends of the pipes to its standard streams; -1: closed */
	const struct text *input;
	size_t written;           /* how many bytes of the input */
};

static void close_file(int *file)
{
	if (*file >= 0)
		close(*file);
	*file = -1;
}

/* Opens three pipes, and sets the ends of the server and of the child. False if no more pipes can be opened. */
static bool open_pipes(int server_ends[3], int child_ends[3])
{
	for (int i = 0; i < 3; i++)
		server_ends[i] = child_ends[i] = -1;
	for (int i = 0; i < 3; i++) {
		int ends[2];
		if (pipe(ends) != 0) {
			for (int j = 0; j < 3; j++) {
				close_file(&server_ends[j]);
				close_file(&child_ends[j]);
			}
			return false;
		}
		server_ends[i] = ends[i == STDIN_FILENO];
		child_ends[i] = ends[i != STDIN_FILENO];
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	}
	fcntl(server_ends[STDIN_FILENO], F_SETFL, O_NONBLOCK);
	return true;
}

/* Runs `program` with these arguments; false if it cannot be run. */
static bool start_child(struct child_process *running, const char *program, const char *const *arguments)
{
	int child_ends[3];
	char *argv[ARGUMENTS_MAX + 2] = {"sagepipec"};
	for (size_t i = 0; i < ARGUMENTS_MAX && arguments[i]; i++)
		argv[i + 1] = (char *)arguments[i];
	if (!open_pipes(running->files, child_ends))
		return false;
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	for (int i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&actions, child_ends[i], i);
	int failure = posix_spawnp(&running->process, program, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	for (int i = 0; i < 3; i++) {
		close_file(&child_ends[i]);
		if (failure)
			close_file(&running->files[i]);
	}
	return failure == 0;
}

static void write_input(struct child_process *running)
{
	ssize_t count = write(running->files[STDIN_FILENO], text_string(running->input) + running->written,
	                      running->input->length - running->written);
	if (count > 0)
		running->written += (size_t)count;
	if (running->written == running->input->length || (count < 0 && errno != EINTR && errno != EAGAIN))
		close_file(&running->files[STDIN_FILENO]);
}

static void read_output(int *file, struct text *out)
{
	char bytes[16 * 1024];
	ssize_t count = read(*file, bytes, sizeof bytes);
	if (count > 0 && out->length < OUTPUT_MAX)
		text_add(out, bytes, (size_t)count);
	else if (count == 0 || (count < 0 && errno != EINTR))
		close_file(file);
}

/* Writes the child's input and reads its output, until the child closes its output. Meanwhile reads what the client sends. False
 * after a failure: the request was cancelled, the client disconnected, or the child took too long. */
static bool exchange_data(struct lsp_request *request, struct child_process *running, struct lsp_child *child)
{
	struct text *const texts[] = {NULL, &child->out, &child->err};
	time_t deadline = time(NULL) + SECONDS_MAX;
	while (running->files[STDOUT_FILENO] >= 0 || running->files[STDERR_FILENO] >= 0) {
		struct pollfd files[4] = {{.fd = request->lsp->in, .events = POLLIN}};
		for (int i = 0; i < 3; i++)
			files[i + 1] = (struct pollfd){.fd = running->files[i], .events = i == STDIN_FILENO ? POLLOUT : POLLIN};
		int ready = poll(files, 4, 1000);
		if (ready > 0 && files[0].revents && lsp_is_cancelled(request))
			return false;
		if (request->lsp->is_input_closed || time(NULL) > deadline) {
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
	if (!program || !start_child(&running, program, arguments)) {
		lsp_fail(request, LSP_REQUEST_FAILED, "cannot start another sagepipec process");
		return false;
	}
	bool is_done = exchange_data(request, &running, child);
	if (!is_done)
		kill(running.process, SIGKILL);
	while (waitpid(running.process, &status, 0) < 0 && errno == EINTR)
		continue;
	for (int i = 0; i < 3; i++)
		close_file(&running.files[i]);
	child->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
	return is_done;
}
