#include "cli/modes.h"

#include "host/analyze.h"
#include "host/file.h"
#include "lint/fix.h"

#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

enum { MAX_THREADS = 64, THREAD_STACK = 8 << 20 };

/* One file, and what a worker found in it. */
struct job {
	const char *path;
	struct text source;   /* the report shows its lines */
	struct arena arena;
	struct diags diags;
	struct text failures; /* what could not be read or written, a line each */
	struct text result;   /* with --fix: standard input, repaired */
};

struct queue {
	const struct options *options;
	struct job *jobs;
	int count, next;
	pthread_mutex_t lock;
};

static void add_failure(struct text *failures, const char *action, const char *name)
{
	text_printf(failures, "cannot %s %s: %s\n", action, name, strerror(errno));
}

static void check_job(const struct options *options, struct world *world, struct job *job)
{
	struct lint_config config = {{0}};
	struct text text;
	bool is_standard_input = strcmp(job->path, "-") == 0;
	const char *name = is_standard_input ? options->stdin_name : job->path;
	if (!analyze_find_config(&config, options->lint_config, job->path, &job->failures))
		return;
	if (!file_read(job->path, SOURCE_MAX_BYTES, &text)) {
		add_failure(&job->failures, "read", name);
		return;
	}
	bool is_fixed = false;
	for (int round = 0;; round++) {
		struct arena arena = {0};
		struct text fixed = {0};
		const struct source_file *file = source_new(&job->arena, name, text.bytes, text.length);
		struct program *program = analyze_program(&arena, world, &options->program, &config, file);
		if (!options->fixes || round == FIX_ROUNDS || !fix_apply(&fixed, program->diags, file)) {
			command_keep_diags(&job->diags, program->diags, file);
			arena_free(&arena);
			break;
		}
		arena_free(&arena);
		text_free(&text);
		text = fixed;
		is_fixed = true;
	}
	if (options->fixes && is_standard_input)
		text_add(&job->result, text.bytes, text.length);
	else if (is_fixed && !file_write(job->path, text.bytes, text.length))
		add_failure(&job->failures, "write", job->path);
	if (job->diags.first)
		job->source = text;
	else
		text_free(&text);
}

static void *work(void *context)
{
	struct queue *queue = context;
	struct arena arena = {0};
	struct world world;
	world_load(&world, &arena);
	for (;;) {
		pthread_mutex_lock(&queue->lock);
		int next = queue->next++;
		pthread_mutex_unlock(&queue->lock);
		if (next >= queue->count)
			break;
		check_job(queue->options, &world, &queue->jobs[next]);
	}
	arena_free(&arena);
	return NULL;
}

/* Each worker has its own world, since the library is read on demand; workers share only the queue. The stack size is the
 * default of Linux: that of macOS, 512 KiB, is too small for EVAL_MAX_DEPTH. */
static void work_on_every_core(struct queue *queue)
{
	pthread_t threads[MAX_THREADS];
	pthread_attr_t attributes;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	int wanted = cores < queue->count ? (int)cores : queue->count, started = 0;
	if (wanted > MAX_THREADS)
		wanted = MAX_THREADS;
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, THREAD_STACK);
	while (started < wanted - 1 && pthread_create(&threads[started], &attributes, work, queue) == 0)
		started++;
	pthread_attr_destroy(&attributes);
	work(queue);
	while (started)
		pthread_join(threads[--started], NULL);
}

/* What all jobs found; the texts are on the heap. */
struct findings {
	struct text report, failures, result; /* the last two as in struct job */
	uint32_t errors, warnings;
};

/* Collects what the jobs found, in the order of the arguments, and frees the jobs. */
static struct findings collect_findings(struct queue *queue)
{
	struct findings findings = {.report = {0}};
	struct arena arena = {0};
	struct diags all = {.arena = &arena};
	const struct report_options report = command_report_options(queue->options);
	for (int i = 0; i < queue->count; i++) {
		const struct job *job = &queue->jobs[i];
		diag_append(&all, &job->diags);
		text_add(&findings.failures, text_string(&job->failures), job->failures.length);
		text_add(&findings.result, text_string(&job->result), job->result.length);
	}
	report_render(&findings.report, &all, &report);
	findings.errors = all.errors;
	findings.warnings = all.warnings;
	for (int i = 0; i < queue->count; i++) {
		text_free(&queue->jobs[i].source);
		text_free(&queue->jobs[i].failures);
		text_free(&queue->jobs[i].result);
		arena_free(&queue->jobs[i].arena);
	}
	arena_free(&arena);
	return findings;
}

static struct findings check_files(struct command *command)
{
	const struct options *options = &command->options;
	struct queue queue = {.options = options, .count = options->file_count};
	queue.jobs = arena_array(&command->arena, struct job, options->file_count);
	pthread_mutex_init(&queue.lock, NULL);
	for (int i = 0; i < queue.count; i++) {
		queue.jobs[i].path = options->files[i];
		queue.jobs[i].diags.arena = &queue.jobs[i].arena;
	}
	work_on_every_core(&queue);
	pthread_mutex_destroy(&queue.lock);
	return collect_findings(&queue);
}

enum status mode_check(struct command *command)
{
	const struct options *options = &command->options;
	struct findings found = check_files(command);
	enum status status = found.result.length ? command_put_result(options, &found.result) : STATUS_DONE;
	fwrite(text_string(&found.report), 1, found.report.length, stderr);
	for (char *line = found.failures.length ? strtok(found.failures.bytes, "\n") : NULL; line; line = strtok(NULL, "\n"))
		fprintf(stderr, "sagepipec: %s\n", line);
	bool is_refused = found.errors || (options->warnings_are_errors && found.warnings) ||
	                  (options->max_warnings >= 0 && found.warnings > options->max_warnings);
	if (found.failures.length)
		status = STATUS_OUTSIDE;
	else if (status == STATUS_DONE && is_refused)
		status = STATUS_PROGRAM;
	text_free(&found.report);
	text_free(&found.failures);
	text_free(&found.result);
	return status;
}
