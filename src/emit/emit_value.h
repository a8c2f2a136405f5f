/* Values as JSON: constants, and deferred values as the service's expressions. */
#ifndef SP_EMIT_VALUE_H
#define SP_EMIT_VALUE_H

#include "emit/emit_writer.h"
#include "eval/value.h"

/* Writes a checked value: a constant, Get, Std:Join or Std:JsonGet. */
void emit_value(struct emit_writer *writer, const struct value *value);

/* Writes a condition of the service: Equals, In, Not, Or … A deferred Boolean is compared with true. */
void emit_condition(struct emit_writer *writer, const struct value *value);

#endif
