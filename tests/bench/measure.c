/* measure RUNS COMMAND [ARGUMENT...]: runs a command repeatedly, each time after `true`, and prints the medians of both wall
 * times in microseconds and the command's peak memory in KiB.
 *
 * This is not in Python, because the peak memory of a process that Python starts includes Python's. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

/* The wall time of one run. The output is discarded. */
static double run(char *const command[])
{
	double start = now();
	pid_t child = fork();
	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execvp(command[0], command);
		_exit(127);
	}
	int status;
	if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) {
		fprintf(stderr, "measure: %s failed\n", command[0]);
		exit(1);
	}
	return now() - start;
}

static int compare(const void *a, const void *b)
{
	double left = *(const double *)a, right = *(const double *)b;
	return (left > right) - (left < right);
}

static double median(double *values, int count)
{
	qsort(values, count, sizeof *values, compare);
	return values[count / 2];
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	if (runs < 1 || runs > 1000) {
		fputs("usage: measure RUNS COMMAND [ARGUMENT...]\n", stderr);
		return 2;
	}
	char *const nothing[] = {"true", NULL};
	double base[1000], full[1000];
	for (int i = 0; i < runs; i++) {
		base[i] = run(nothing);
		full[i] = run(argv + 2);
	}
	struct rusage usage;
	getrusage(RUSAGE_CHILDREN, &usage);
	printf("%.0f %.0f %ld\n", median(base, runs), median(full, runs), (long)usage.ru_maxrss);
	return 0;
}
