#include "emit/emit_schedule.h"

#include "compile/schedule.h"
#include "emit/emit_value.h"

#include <inttypes.h>

static void write_given(struct emit_writer *writer, const struct schedule *schedule)
{
	emit_key(writer, "SageMakerPipelineParameters");
	emit_open(writer, '{');
	emit_key(writer, "PipelineParameterList");
	emit_open(writer, '[');
	for (size_t i = 0; i < schedule->given.count; i++) {
		const struct given *given = &schedule->given.items[i];
		emit_item(writer);
		emit_open(writer, '{');
		emit_key(writer, "Name");
		emit_word(writer, given->param->emitted);
		emit_key(writer, "Value");
		emit_string(writer, schedule_given_text(given->value));
		emit_close(writer, '}');
	}
	emit_close(writer, ']');
	emit_close(writer, '}');
}

static void write_target(struct emit_writer *writer, const struct schedule *schedule, const struct value *target, const char *arn)
{
	emit_open(writer, '{');
	emit_key(writer, "Arn");
	emit_string(writer, arn);
	for (uint32_t i = 0; i < target->count; i++) {
		emit_key(writer, target->fields[i].name->text);
		emit_value(writer, target->fields[i].value);
	}
	write_given(writer, schedule);
	emit_close(writer, '}');
}

void emit_schedule(struct text *out, const struct schedule *schedule, const char *arn)
{
	struct emit_writer writer = {.out = out, .is_compact = true};
	emit_open(&writer, '{');
	for (uint32_t i = 0; i < schedule->fields->count; i++) {
		const struct field *field = &schedule->fields->fields[i];
		int64_t seconds;
		emit_key(&writer, field->name->text);
		bool is_date = names_is(field->name, "StartDate") || names_is(field->name, "EndDate");
		if (names_is(field->name, "Target"))
			write_target(&writer, schedule, field->value, arn);
		else if (is_date && schedule_seconds(field->value->word->text, &seconds))
			text_printf(out, "%" PRId64, seconds);
		else
			emit_value(&writer, field->value);
	}
	emit_close(&writer, '}');
}
