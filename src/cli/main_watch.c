#include "cli/main_watch.h"

#include "base/printable.h"
#include "deploy/execution.h"
#include "deploy/watch_render.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* How often in a row AWS may be out of reach, each time after the repetitions of a call. */
enum { LOST_MOST = 10 };

/* --- Ctrl-C --- */

/* What is said; it is whole before the handler is set. */
static char farewell[1024];

/* The second signal, raised here, has its usual effect: who started the command sees that it was interrupted. */
static void leave(int number)
{
	ssize_t written = write(STDERR_FILENO, farewell, strlen(farewell));
	(void)written;
	raise(number);
}

static void say_when_interrupted(const char *id, const char *how)
{
	struct sigaction action = {.sa_handler = leave, .sa_flags = (int)SA_RESETHAND};
	snprintf(farewell, sizeof farewell, "\nsagepipec: execution %s goes on; this stops it: %s\n", id, how);
	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static void forget_interrupts(void)
{
	signal(SIGINT, SIG_DFL);
	signal(SIGTERM, SIG_DFL);
}

/* --- the terminal --- */

/* Whether what is written can be written over. */
static bool has_table(const struct options *options)
{
	const char *kind = getenv("TERM");
	return isatty(STDOUT_FILENO) && !options->wants_json && !(kind && strcmp(kind, "dumb") == 0);
}

/* What stands on the terminal, to be drawn over. */
struct screen {
	bool is_live;
	struct text drawn;
};

static struct winsize size_of_terminal(void)
{
	struct winsize size = {0};
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || !size.ws_col)
		size = (struct winsize){.ws_row = 24, .ws_col = 80};
	return size;
}

/* Takes lines from a table that is higher than the terminal: those behind the first, which tell of what is long over. */
static void cut_table(struct text *table, struct winsize size)
{
	size_t head = strcspn(table->bytes, "\n") + 1, room = size.ws_row > 4 ? size.ws_row - 3u : 1;
	const char *rest = table->bytes + head;
	size_t hidden = 0;
	for (; *rest && watch_count_rows(rest, size.ws_col) > room; hidden++)
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
	struct winsize size = size_of_terminal();
	const struct watch_style style = {size.ws_col, main_wants_color(&command->options, STDOUT_FILENO)};
	struct text table = {0}, out = {0};
	watch_put_table(&table, watch, &style, now);
	if (!is_last)
		cut_table(&table, size);
	size_t rows = watch_count_rows(text_string(&screen->drawn), size.ws_col);
	if (rows)
		text_printf(&out, "\033[%zuA\r\033[J", rows); /* up, and clear to the end */
	text_add(&out, table.bytes, table.length);
	fwrite(out.bytes, 1, out.length, stdout);
	fflush(stdout);
	text_free(&out);
	text_free(&screen->drawn);
	screen->drawn = table;
}

/* What is said on standard error on the same terminal stands below the table, which is not drawn over any more. */
static void leave_table(struct screen *screen)
{
	text_free(&screen->drawn);
	screen->drawn = (struct text){0};
}

/* --- following --- */

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

/* Waits until the next look; on a terminal the seconds go on meanwhile. */
static void wait_for_next(struct screen *screen, const struct command *command, const struct watch *watch)
{
	for (long i = 0; i < command->options.interval; i++) {
		aws_real_clock.sleep(NULL, 1000);
		if (screen->is_live && watch->arn && i + 1 < command->options.interval)
			draw(screen, command, watch, aws_real_clock.now(NULL), false);
	}
}

/* Whether a failure may pass: the network, a service in trouble, or one that is busy, for which alone a request that is
 * refused is repeated. */
static bool may_pass(const struct aws_failure *failure)
{
	bool is_busy = failure->code == SP6008 && failure->attempts > 1;
	return is_busy || failure->code == SP6007 || failure->code == SP6009 || failure->code == SP6010;
}

static void say_lost(const struct aws_failure *failure)
{
	struct text text = {0};
	printable_put(&text, failure->message);
	fprintf(stderr, "sagepipec: the execution cannot be seen: %s\n", text_string(&text));
	text_free(&text);
}

/* One look; false after a failure. */
static bool look(struct watch *watch, struct screen *screen, const struct command *command, struct aws *aws, const char *arn,
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

bool main_watch(struct watch *watch, struct command *command, struct aws *aws, const char *arn, const char *how,
                struct aws_failure *failure)
{
	struct watch_plan plan;
	struct screen screen = {.is_live = has_table(&command->options)};
	bool is_read;
	int lost = 0;
	*watch = (struct watch){0};
	say_when_interrupted(execution_id(arn), how);
	watch_read_plan(&plan, aws, &command->arena, arn);
	for (;; wait_for_next(&screen, command, watch)) {
		is_read = look(watch, &screen, command, aws, arn, &plan, failure);
		if (is_read && !watch_is_active(watch))
			break;
		lost = is_read ? 0 : lost + 1;
		if (is_read)
			continue;
		leave_table(&screen);
		if (!may_pass(failure) || lost == LOST_MOST)
			break;
		if (lost == 1)
			say_lost(failure);
	}
	forget_interrupts();
	text_free(&screen.drawn);
	if (!is_read)
		watch_free(watch);
	return is_read;
}

enum status main_watch_put(const struct command *command, const struct watch *watch)
{
	struct text out = {0};
	const struct watch_style style = {main_terminal_width(STDOUT_FILENO), main_wants_color(&command->options, STDOUT_FILENO)};
	if (command->options.wants_json)
		watch_put_json(&out, watch);
	else
		watch_put_table(&out, watch, &style, aws_real_clock.now(NULL));
	enum status status = main_put_result(&command->options, &out);
	text_free(&out);
	return status;
}
