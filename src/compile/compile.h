/* The compiler: one function runs the passes over a root file. It never returns NULL. Mistakes are diagnostics;
 * program_has_errors() says whether output may be made of the program. The passes, in order:
 *
 *   module    reads and parses the root file and its imports
 *   resolve   enters declarations into the tables of modules
 *   expand    turns units (declarations of steps) into steps: a single one, a family, or those of a component
 *   eval      turns expressions into values, on demand
 *   lower     turns each step's layers into arguments, step keys and clauses, checked against its kind; likewise schedules
 *   graph     turns references between steps into edges; checks names of steps, cycles and branches
 *   lambdas   lists the AWS Lambda functions that steps declare
 *   limits    checks SageMaker's limits on a pipeline as a whole
 *   cascade   drops diagnostics that other mistakes may have caused
 *   repeats   keeps one message for each unknown name */
#ifndef SP_COMPILE_H
#define SP_COMPILE_H

#include "eval/program.h"

/* Compiles a file. `world`, `options` and the file must outlive the program; everything else lives in `arena`. */
struct program *compile_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct source_file *file);

#endif
