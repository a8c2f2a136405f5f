/* The modes of the command, one function for each: `--fmt` is mode_format in mode_format.c. A mode reads its files, prints its
 * result, reports problems to standard error, and returns the exit status. */
#ifndef SP_MODES_H
#define SP_MODES_H

#include "cli/command.h"

/* Without a mode option: writes a form of the program (--emit). */
enum status mode_compile(struct command *command);

/* Deploys the program, or prints the requests that would do so (--dry-run). */
enum status mode_upsert(struct command *command);

/* Reports diagnostics and lint of several files, on every core, in the order of the arguments. With --fix, repairs the
 * files first; repaired standard input goes to standard output. */
enum status mode_check(struct command *command);

/* Formats files in place where their syntax is right, and reports syntax errors. A file in canonical layout is not
 * touched. With --verify, prints the differences and writes nothing. */
enum status mode_format(struct command *command);

/* Compares the program with the deployed definition, or with the file of --against. */
enum status mode_diff(struct command *command);

/* Draws the steps and their dependencies. */
enum status mode_graph(struct command *command);

/* Prints a stage of the compiler. */
enum status mode_dump(struct command *command);

/* Prints the explanation of a diagnostic code. */
enum status mode_explain(struct command *command);

/* Prints the members of a step kind or shape. */
enum status mode_describe(struct command *command);

/* Runs the language server on standard input and output. */
enum status mode_lsp(struct command *command);

/* Operates deployed pipelines: `--start`, `--status`, `--stop`, `--retry`, `--history`, `--rollback` and `--delete`. The operand
 * is a program, by its file; a pipeline, by its name or ARN; or an execution, by its ARN (target.h). */
enum status mode_operate(struct command *command);

#endif
