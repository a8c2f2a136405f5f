/* cjson_roundtrip FILE: parses a JSON file with cJSON and prints it, as a reference for the compiler's time. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *length)
{
	FILE *file = fopen(path, "rb");
	if (!file || fseek(file, 0, SEEK_END) != 0)
		return NULL;
	long size = ftell(file);
	rewind(file);
	char *text = size < 0 ? NULL : malloc(size + 1);
	*length = text ? fread(text, 1, size, file) : 0;
	fclose(file);
	return text;
}

int main(int argc, char **argv)
{
	size_t length;
	char *text = argc == 2 ? read_file(argv[1], &length) : NULL;
	cJSON *value = text ? cJSON_ParseWithLength(text, length) : NULL;
	char *printed = value ? cJSON_PrintUnformatted(value) : NULL;
	if (!printed)
		return 1;
	puts(printed);
	free(printed);
	cJSON_Delete(value);
	free(text);
	return 0;
}
