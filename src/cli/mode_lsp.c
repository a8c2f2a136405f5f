#include "cli/modes.h"

#include "lsp/lsp.h"

#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Where a copy of the library may be written for an editor to open (XDG Base Directory Specification); NULL: nowhere. */
static const char *cache_folder(struct arena *arena)
{
	const char *cache = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
	if (cache && *cache == '/')
		return arena_printf(arena, "%s/sagepipec/" PACKAGE_VERSION, cache);
	return home && *home == '/' ? arena_printf(arena, "%s/.cache/sagepipec/" PACKAGE_VERSION, home) : NULL;
}

enum status mode_lsp(struct command *command)
{
	static const char running[] = "/proc/self/exe"; /* Linux: this executable, even after another one was installed */
	const struct options *options = &command->options;
	const struct lsp_options server = {
		.program = options->program, .lint_config = options->lint_config, .profile = options->profile,
		.self = access(running, X_OK) == 0 ? running : command->self,
	};
	signal(SIGPIPE, SIG_IGN); /* write reports an editor that is gone */
	return lsp_serve(&server, cache_folder(&command->arena), STDIN_FILENO, STDOUT_FILENO);
}
