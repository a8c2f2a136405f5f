/* Run conditions: the edges of `on failure of`, `on stop of` and `on any end of`. Reports those that cannot be meant. */
#ifndef SP_GRAPH_TRIGGERS_H
#define SP_GRAPH_TRIGGERS_H

#include "eval/eval.h"

/* Reports each step that reads a step whose completion it does not wait for. Needs the edges. */
void graph_check_triggers(struct program *program);

/* Reports that a step depends on another with two triggers. */
void graph_report_conflict(struct program *program, const struct edge *edge, const struct edge *earlier);

/* Reports a run condition on a component instance that does not have exactly one step; it has `count` steps outside branches. */
void graph_report_component(struct program *program, const struct instance_edge *edge, size_t count);

#endif
