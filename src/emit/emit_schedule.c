#include "emit/emit_schedule.h"

#include "compile/schedule.h"
#include "emit/emit_value.h"

#include <inttypes.h>

static void write_given(struct writer *writer, const struct schedule *schedule)
{
	write_key(writer, "SageMakerPipelineParameters");
	write_open(writer, '{');
	write_key(writer, "PipelineParameterList");
	write_open(writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		const struct given *given = &schedule->given.items[i];
		write_item(writer);
		write_open(writer, '{');
		write_key(writer, "Name");
		write_word(writer, given->param->emitted);
		write_key(writer, "Value");
		write_string(writer, schedule_given_text(given->value));
		write_close(writer, '}');
	}
	write_close(writer, ']');
	write_close(writer, '}');
}

static void write_target(struct writer *writer, const struct schedule *schedule, const struct value *target, const char *arn)
{
	write_open(writer, '{');
	write_key(writer, "Arn");
	write_string(writer, arn);
	for (uint32_t i = 0; i < target->count; i++) {
		write_key(writer, target->fields[i].name->text);
		write_value(writer, target->fields[i].value);
	}
	write_given(writer, schedule);
	write_close(writer, '}');
}

void emit_schedule(struct text *out, const struct schedule *schedule, const char *arn)
{
	struct writer writer = {.out = out, .is_compact = true};
	write_open(&writer, '{');
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		int64_t seconds;
		write_key(&writer, field->name->text);
		bool is_date = word_is(field->name, "StartDate") || word_is(field->name, "EndDate");
		if (word_is(field->name, "Target"))
			write_target(&writer, schedule, field->value, arn);
		else if (is_date && schedule_seconds(field->value->word->text, &seconds))
			text_printf(out, "%" PRId64, seconds);
		else
			write_value(&writer, field->value);
	}
	write_close(&writer, '}');
}
