#include "cli/follow.h"

#include "base/printable.h"
#include "deploy/execution.h"
#include "deploy/watch_render.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* The watch ends when this many polls in a row have failed. The calls of each poll are retried too. */
enum { MAX_FAILED_POLLS = 10 };

/* --- Ctrl-C --- */

/* What the handler prints; complete before the handler is installed. */
static char interrupt_message[1024];

/* Raises the signal again, now with its default effect, so that the parent process sees that the command was interrupted. */
static void handle_interrupt(int number)
{
	ssize_t written = write(STDERR_FILENO, interrupt_message, strlen(interrupt_message));
	(void)written;
	raise(number);
}

static void catch_interrupts(const char *id, const char *stop_command)
{
	struct sigaction action = {.sa_handler = handle_interrupt, .sa_flags = (int)SA_RESETHAND};
	snprintf(interrupt_message, sizeof interrupt_message, "\nsagepipec: execution %s is still running; to stop it: "
	                                                      "%s\n", id, stop_command);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static void release_interrupts(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}

/* --- the terminal --- */

/* Whether the output is a terminal that can draw over its lines. */
static bool can_redraw(const struct options *options)
{
	const char *kind = getenv("TERM");
	return isatty(STDOUT_FILENO) && !options->wants_json && !(kind && strcmp(kind, "dumb") == 0);
}

struct screen {
	bool is_live;      /* the table is drawn over itself; else changes are printed as lines */
	struct text drawn; /* the table on the terminal */
};

static struct winsize terminal_size(void)
{
	struct winsize size = {0};
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
		size = (struct winsize){.ws_row = 24, .ws_col = 80};
	return size;
}

/* Shortens a table that is higher than the terminal: removes lines after the first, since those steps ended long ago. */
static void cut_table(struct text *table, struct winsize size)
{
	size_t head = strcspn(table->bytes, "\n") + 1, rows = size.ws_row > 4 ? size.ws_row - 3u : 1;
	const char *rest = table->bytes + head;
	size_t hidden = 0;
	for (; *rest && watch_count_rows(rest, size.ws_col) > rows; hidden++)
		rest += strcspn(rest, "\n") + 1;
	if (!hidden)
		return;
	struct text cut = {0};
	text_add(&cut, table->bytes, head);
	text_printf(&cut, "  … %zu lines above\n%s", hidden, rest);
	text_free(table);
	*table = cut;
}

static void draw(struct screen *screen, const struct command *command, const struct watch *watch, int64_t now, bool is_last)
{
	struct winsize size = terminal_size();
	const struct watch_style style = {size.ws_col, command_wants_color(&command->options, STDOUT_FILENO)};
	struct text table = {0}, out = {0};
	watch_put_table(&table, watch, &style, now);
	if (!is_last)
		cut_table(&table, size);
	size_t rows = watch_count_rows(text_string(&screen->drawn), size.ws_col);
	if (rows)
		text_printf(&out, "\033[%zuA\r\033[J", rows); /* moves up, clears to the end of the screen */
	text_add(&out, table.bytes, table.length);
	fwrite(out.bytes, 1, out.length, stdout);
	fflush(stdout);
	text_free(&out);
	text_free(&screen->drawn);
	screen->drawn = table;
}

/* Leaves the table on the terminal, so that a message can be printed below it. The next table is drawn below that message. */
static void leave_table(struct screen *screen)
{
	text_free(&screen->drawn);
	screen->drawn = (struct text){0};
}

/* --- polling --- */

static void show(struct screen *screen, const struct command *command, const struct watch *watch, const struct watch *before)
{
	if (screen->is_live) {
		draw(screen, command, watch, aws_real_clock.now(NULL), !watch_is_active(watch));
	} else if (!command->options.wants_json) {
		struct text lines = {0};
		watch_put_changes(&lines, watch, before);
		fwrite(text_string(&lines), 1, lines.length, stdout);
		fflush(stdout);
		text_free(&lines);
	}
}

/* Waits until the next poll. A live table is redrawn each second, since it counts the seconds. */
static void wait_for_next_poll(struct screen *screen, const struct command *command, const struct watch *watch)
{
	for (long i = 0; i < command->options.interval; i++) {
		aws_real_clock.sleep(NULL, 1000);
		if (screen->is_live && watch->arn && i + 1 < command->options.interval)
			draw(screen, command, watch, aws_real_clock.now(NULL), false);
	}
}

/* Whether a failure may be temporary: of the network, of a failing service, or of a busy one. A refusal that was retried
 * came from a busy service. */
static bool may_be_temporary(const struct aws_failure *failure)
{
	bool is_busy = failure->code == SP6008 && failure->attempts > 1;
	return is_busy || failure->code == SP6007 || failure->code == SP6009 || failure->code == SP6010;
}

static void put_unreachable(const struct aws_failure *failure)
{
	struct text text = {0};
	printable_put(&text, failure->message);
	fprintf(stderr, "sagepipec: cannot read the status of the execution: %s\n", text_string(&text));
	text_free(&text);
}

/* Reads and shows the state once; false after a failure. */
static bool poll_once(struct watch *watch, struct screen *screen, const struct command *command, struct aws *aws, const char *arn,
                      const struct watch_plan *plan, struct aws_failure *failure)
{
	struct watch now;
	if (!watch_read(&now, aws, arn, plan, failure))
		return false;
	struct watch before = *watch;
	*watch = now;
	show(screen, command, watch, before.arn ? &before : NULL);
	watch_free(&before);
	return true;
}

bool follow_execution(struct watch *watch, struct command *command, struct aws *aws, const char *arn, const char *stop_command,
                      struct aws_failure *failure)
{
	struct watch_plan plan;
	struct screen screen = {.is_live = can_redraw(&command->options)};
	bool is_read;
	int failed = 0;
	*watch = (struct watch){0};
	catch_interrupts(execution_id(arn), stop_command);
	watch_read_plan(&plan, aws, &command->arena, arn);
	for (;; wait_for_next_poll(&screen, command, watch)) {
		is_read = poll_once(watch, &screen, command, aws, arn, &plan, failure);
		if (is_read && !watch_is_active(watch))
			break;
		failed = is_read ? 0 : failed + 1;
		if (is_read)
			continue;
		leave_table(&screen);
		if (!may_be_temporary(failure) || failed == MAX_FAILED_POLLS)
			break;
		if (failed == 1)
			put_unreachable(failure);
	}
	release_interrupts();
	text_free(&screen.drawn);
	if (!is_read)
		watch_free(watch);
	return is_read;
}

enum status follow_put(const struct command *command, const struct watch *watch)
{
	struct text out = {0};
	const struct watch_style style = {command_terminal_width(STDOUT_FILENO), command_wants_color(&command->options, STDOUT_FILENO)};
	if (command->options.wants_json)
		watch_put_json(&out, watch);
	else
		watch_put_table(&out, watch, &style, aws_real_clock.now(NULL));
	enum status status = command_put_result(&command->options, &out);
	text_free(&out);
	return status;
}
