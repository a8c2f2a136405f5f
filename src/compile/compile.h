/* The compiler: one function that runs the passes over a root file. It never returns NULL; what is wrong is in the
 * diagnostics, and program_has_errors() says whether anything may be made of the program. The passes, in order:
 *
 *   module    reads and parses the root file and its imports; names get scopes
 *   resolve   enters declarations into symbol tables
 *   expand    turns units into steps: a single one, a family, or those of a component
 *   eval      turns expressions into values, on demand
 *   lower     turns each step's block into arguments, step keys and clauses, checked against its kind; likewise schedules
 *   graph     turns references between steps into edges; checks cycles and the names of steps
 *   limits    checks what SageMaker refuses in a pipeline as a whole */
#ifndef SP_COMPILE_H
#define SP_COMPILE_H

#include "eval/program.h"

/* Compiles a file. `world`, `options` and the file must outlive the program; everything else lives in `arena`. */
struct program *compile_program(struct arena *arena, struct world *world, const struct program_options *options,
                                const struct source_file *file);

#endif
