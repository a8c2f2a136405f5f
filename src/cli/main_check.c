#include "cli/main_check.h"

#include "host/analyze.h"
#include "host/file.h"
#include "lint/fix.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_THREADS = 64, THREAD_STACK = 8 << 20 };

/* One file, and what a worker found out about it. */
struct job {
	const char *path;
	struct text source;   /* kept for the report, which shows its lines */
	struct arena arena;
	struct diags diags;
	struct text failures;
	struct text result;   /* of --fix: the repaired program, when it came from standard input */
};

struct queue {
	const struct options *options;
	struct job *jobs;
	int count, next;
	pthread_mutex_t lock;
};

static void add_failure(struct text *failures, const char *what, const char *name)
{
	text_printf(failures, "cannot %s %s: %s\n", what, name, strerror(errno));
}

/* A file that a program imports, and its copy, which outlives the program. */
struct kept {
	const struct source_file *file, *copy;
};

typedef VEC(struct kept) kept_vec;

static const struct source_file *keep_file(struct arena *arena, kept_vec *list, const struct source_file *file)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].file == file)
			return list->items[i].copy;
	const struct source_file *copy = source_copy(arena, file);
	vec_push(arena, list, ((struct kept){file, copy}));
	return copy;
}

/* The report shows lines of files that are gone with the program, all but the one that was checked. */
static void keep_diags(struct job *job, const struct diags *diags, const struct source_file *checked)
{
	kept_vec list = {0};
	vec_push(&job->arena, &list, ((struct kept){checked, checked}));
	diag_append(&job->diags, diags);
	for (struct diag *diag = job->diags.first; diag; diag = diag->next) {
		diag->file = keep_file(&job->arena, &list, diag->file);
		for (struct diag_related *related = diag->related; related; related = related->next)
			related->file = keep_file(&job->arena, &list, related->file);
	}
}

static void check_job(const struct options *options, struct world *world, struct job *job)
{
	struct lint_config config = {{0}};
	struct text text;
	bool is_standard = strcmp(job->path, "-") == 0;
	const char *name = is_standard ? options->stdin_name : job->path;
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
			keep_diags(job, program->diags, file);
			arena_free(&arena);
			break;
		}
		arena_free(&arena);
		text_free(&text);
		text = fixed;
		is_fixed = true;
	}
	if (options->fixes && is_standard)
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

/* Each worker has a world of its own: the library is read on demand, and nothing is shared but the queue. The stack is
 * that of Linux: what macOS gives a thread, 512 KiB, is little for EVAL_MAX_DEPTH. */
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

struct check_result main_check(const struct options *options, const struct report_options *report,
                               struct check_texts *texts)
{
	struct arena arena = {0};
	struct diags all = {.arena = &arena};
	struct queue queue = {.options = options, .count = options->file_count};
	queue.jobs = arena_array(&arena, struct job, options->file_count);
	pthread_mutex_init(&queue.lock, NULL);
	for (int i = 0; i < queue.count; i++) {
		queue.jobs[i].path = options->files[i];
		queue.jobs[i].diags.arena = &queue.jobs[i].arena;
	}
	work_on_every_core(&queue);
	for (int i = 0; i < queue.count; i++) {
		diag_append(&all, &queue.jobs[i].diags);
		text_add(&texts->failures, text_string(&queue.jobs[i].failures), queue.jobs[i].failures.length);
		text_add(&texts->result, text_string(&queue.jobs[i].result), queue.jobs[i].result.length);
	}
	report_render(&texts->report, &all, report);
	for (int i = 0; i < queue.count; i++) {
		text_free(&queue.jobs[i].source);
		text_free(&queue.jobs[i].failures);
		text_free(&queue.jobs[i].result);
		arena_free(&queue.jobs[i].arena);
	}
	pthread_mutex_destroy(&queue.lock);
	arena_free(&arena);
	return (struct check_result){all.errors, all.warnings};
}
