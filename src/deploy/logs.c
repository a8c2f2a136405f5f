#include "deploy/logs.h"

#include "base/arn.h"
#include "base/embedded.h"
#include "base/json_tree.h"

#include <cjson/cJSON.h>
#include <string.h>

/* The console of each partition. A partition that is not listed uses the console of "aws". */
static const struct {
	const char *partition, *domain;
} consoles[] = {{"aws", "console.aws.amazon.com"}, {"aws-cn", "console.amazonaws.cn"}, {"aws-us-gov", "console.amazonaws-us-gov.com"}};

static const char *console_of(const char *partition)
{
	for (size_t i = 0; i < sizeof consoles / sizeof *consoles; i++)
		if (strcmp(consoles[i].partition, partition) == 0)
			return consoles[i].domain;
	return consoles[0].domain;
}

/* Appends a word of the table, with the name in place of `*`. The fragment of a console URL is percent-encoded twice, with `$`
 * for `%`. */
static void put_encoded(struct text *out, const char *word, const char *name)
{
	for (; *word && *word != ' ' && *word != '\n'; word++) {
		if (*word == '*')
			put_encoded(out, name, "");
		else if (*word == '/')
			text_puts(out, "$252F");
		else
			text_putc(out, *word);
	}
}

/* The third and later words of the table's line for an ARN's service and resource type; NULL if there is no such line. */
static const char *find_line(const struct arn *arn)
{
	size_t service = strlen(arn->service), type = strcspn(arn->resource, "/:");
	for (const char *line = embedded_logs.text; *line; line = strchr(line, '\n') + 1)
		if (strncmp(line, arn->service, service) == 0 && line[service] == ' ' &&
		    strncmp(line + service + 1, arn->resource, type) == 0 && line[service + 1 + type] == ' ')
			return line + service + type + 2;
	return NULL;
}

bool logs_put_link(struct text *out, const char *text)
{
	struct arena scratch = {0};
	struct arn arn;
	const char *line = arn_read(&arn, &scratch, text) ? find_line(&arn) : NULL;
	if (line) {
		const char *name = arn.resource + strcspn(arn.resource, "/:");
		name = arena_copy(&scratch, name + 1, strcspn(name + 1, ":")); /* without a function's version */
		const char *stream = line + strcspn(line, " \n");
		text_printf(out, "https://%s.%s/cloudwatch/home?region=%s#logsV2:log-groups/log-group/", arn.region,
		            console_of(arn.partition), arn.region);
		put_encoded(out, line, name);
		if (*stream == ' ') {
			text_puts(out, "$3FlogStreamNameFilter$3D");
			put_encoded(out, stream + 1, name);
		}
	}
	arena_free(&scratch);
	return line != NULL;
}

bool logs_put_link_of_step(struct text *out, const struct cJSON *metadata)
{
	const cJSON *kind = metadata ? metadata->child : NULL, *item;
	cJSON_ArrayForEach(item, kind)
		if (cJSON_IsString(item) && logs_put_link(out, item->valuestring))
			return true;
	const char *path = json_text(kind, "LogFilePath");
	if (path)
		text_puts(out, path);
	return path != NULL;
}
