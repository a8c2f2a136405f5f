/* `--upsert`: a deployment on the terminal, in a log, or for a script. */
#ifndef SP_MAIN_DEPLOY_H
#define SP_MAIN_DEPLOY_H

#include "cli/options.h"

/* Deploys a program without errors that deploy_check has seen, or prints what would be sent. */
enum status main_deploy(const struct options *options, struct arena *arena, struct program *program);

#endif
