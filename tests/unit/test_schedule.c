/* schedule and emit_schedule: expressions, points in time, and the request body of CreateSchedule. */
#include "compile/compile.h"
#include "compile/schedule.h"
#include "emit/emit_schedule.h"
#include "tap.h"

#include <inttypes.h>
#include <stdlib.h>

static const char *const valid[] = {
	"at(2028-02-29T23:59:59)", "rate(1 minute)", "rate(1 hours)", "rate(15 minutes)", "rate(030 days)",
	"cron(0 3 * * ? *)", "cron(0/15 8-18 ? * MON-FRI *)", "cron(15,45 */2 1,15 jan-Jun ? 2026-2030)", "cron(0 0 L * ? *)",
	"cron(0 0 3W * ? *)", "cron(0 10 ? * 6L 2026)", "cron(0 10 ? * THU#2 *)", "cron( 0  3 *\t* ? * )", "cron(0 12 ? 1/3 1 *)",
};

static const char *const invalid[] = {
	"", "daily", "cron", "rate(1 day", "at(2027-02-29T00:00:00)", "at(2028-02-29)", "at(2028-02-29T24:00:00)",
	"at(2028-02-29T08:00:00Z)", "rate(0 days)", "rate(day)", "rate(1day)", "rate(1 week)", "rate(1.5 hours)", "rate(1 day )",
	"cron(0 3 * * ?)", "cron(0 3 * * ? * *)", "cron(60 3 * * ? *)", "cron(0 24 * * ? *)", "cron(0 3 32 * ? *)", "cron(0 3 0 * ? *)",
	"cron(0 3 * 13 ? *)", "cron(0 3 ? * 8 *)", "cron(0 3 ? * FRY *)", "cron(0 3 * * ? 1969)", "cron(0 3 * * * *)", "cron(0 3 ? * ? *)",
	"cron(? 3 * * ? *)", "cron(0 3 1W,? * ? *)", "cron(0 3 ? * 3#6 *)", "cron(0, 3 * * ? *)", "cron(0/0 3 * * ? *)", "cron(L 3 * * ? *)",
	"cron(0 3 -1 * ? *)", "cron(0 3 1- * ? *)", "cron(0 3 * * ? 99999999999999999999)", "every(1 day)", "cron()", ")", "(",
};

static void test_expressions(struct arena *arena)
{
	for (size_t i = 0; i < sizeof valid / sizeof *valid; i++)
		tap_is(schedule_flaw(arena, valid[i]), NULL, arena_printf(arena, "\"%s\" is accepted", valid[i]));
	for (size_t i = 0; i < sizeof invalid / sizeof *invalid; i++)
		tap_ok(schedule_flaw(arena, invalid[i]), arena_printf(arena, "\"%s\" is rejected", invalid[i]));
}

static void test_seconds(struct arena *arena)
{
	static const struct {
		const char *text;
		int64_t seconds; /* as `date -u -d TEXT +%s` prints them; -1: the text is invalid */
	} points[] = {
		{"1970-01-01T00:00:00Z", 0},          {"2000-02-29T12:34:56Z", 951827696},  {"2026-01-01T00:00:00Z", 1767225600},
		{"2028-12-31T23:59:59Z", 1861919999}, {"2100-03-01T00:00:00Z", 4107542400}, {"9999-12-31T23:59:59Z", 253402300799},
		{"2100-02-29T00:00:00Z", -1},         {"2026-04-31T00:00:00Z", -1},         {"2026-00-01T00:00:00Z", -1},
		{"2026-01-00T00:00:00Z", -1},         {"1969-12-31T23:59:59Z", -1},         {"2026-01-01T00:60:00Z", -1},
	};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
		int64_t seconds = -1;
		bool is_valid = schedule_seconds(points[i].text, &seconds);
		tap_ok(is_valid == (points[i].seconds >= 0) && (!is_valid || seconds == points[i].seconds),
		       points[i].seconds < 0 ? arena_printf(arena, "%s is rejected", points[i].text)
		                             : arena_printf(arena, "%s is %" PRId64, points[i].text, points[i].seconds));
	}
}

static void test_request(struct arena *arena)
{
	static const char source[] = "pipeline \"P\" { RoleArn: \"arn:aws:iam::123456789012:role/R\" }\n"
				     "param Flag as \"flag\": Boolean\n"
				     "schedule Weekly {\n"
				     "    ScheduleExpression: \"cron(0 3 ? * SUN *)\"\n"
				     "    StartDate: \"2026-01-01T00:00:00Z\"\n"
				     "    given Flag = true\n"
				     "}\n"
				     "step Stop: Fail { ErrorMessage: \"${Flag}\" }\n";
	static const char expected[] =
		"{\"ScheduleExpression\": \"cron(0 3 ? * SUN *)\",\"StartDate\": 1767225600,\"Target\": {\"Arn\": "
		"\"arn:aws:sagemaker:eu-west-1:123456789012:pipeline/P\",\"RoleArn\": \"arn:aws:iam::123456789012:role/R\","
		"\"SageMakerPipelineParameters\": {\"PipelineParameterList\": [{\"Name\": \"flag\",\"Value\": \"True\"}]}},"
		"\"FlexibleTimeWindow\": {\"Mode\": \"OFF\"}}";
	struct world world;
	struct program_options options = {0};
	struct text out = {0};
	world_load(&world, arena);
	const struct program *program = compile_program(arena, &world, &options, source_new(arena, "p.pipe", source, strlen(source)));
	tap_ok(!program_has_errors(program) && program->schedules.count == 1, "a program with a schedule compiles");
	tap_is(program->schedules.items[0]->name->text, "P-Weekly", "a schedule's name begins with the pipeline's");
	emit_schedule(&out, program->schedules.items[0], "arn:aws:sagemaker:eu-west-1:123456789012:pipeline/P");
	tap_is(out.bytes, expected, "the request body of CreateSchedule is right");
	text_free(&out);
}

int main(void)
{
	struct arena arena = {0};
	test_expressions(&arena);
	test_seconds(&arena);
	test_request(&arena);
	arena_free(&arena);
	return tap_done();
}
