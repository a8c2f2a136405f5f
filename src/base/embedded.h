/* The texts compiled into the program: the standard library and the reference of diagnostics.
 *
 * build-aux/embed.sh turns the files into C. Nothing here knows what the texts mean. */
#ifndef SP_EMBEDDED_H
#define SP_EMBEDDED_H

#include <stddef.h>
#include <string.h>

struct embedded_file {
	const char *name; /* path below stdlib/, such as "steps/training.pipe"; of an image table, "xgboost" */
	const char *text; /* ends with a NUL that `length` does not count */
	size_t length;
};

/* The .pipe files, sorted by name within each folder. */
extern const struct embedded_file embedded_files[];
extern const size_t embedded_file_count;

/* The tables of stdlib/images/. They are separate because a table is read only when one of its images is looked up. */
extern const struct embedded_file embedded_images[];
extern const size_t embedded_image_count;

/* The packages of AWS, with their versions, of which the generated files are made, as these files say themselves: "botocore 1.44.5,
 * sagemaker 2.257.6". */
extern const char embedded_origins[];

/* The first of them, for `%.*s`: "botocore 1.44.5". */
#define EMBEDDED_BOTOCORE (int)strcspn(embedded_origins, ","), embedded_origins

/* doc/diagnostics.md. */
extern const struct embedded_file embedded_diagnostics;

/* stdlib/drawing.txt: how step types are drawn (draw_picture.h). */
extern const struct embedded_file embedded_drawing;

/* stdlib/python.txt: how names of Python and of the SDK are written here (python.h). */
extern const struct embedded_file embedded_python;

/* stdlib/logs.txt: where jobs write their logs (logs.h). */
extern const struct embedded_file embedded_logs;

/* The files of stdlib/assets ("assets/x.py"), which the library uploads unchanged. */
extern const struct embedded_file embedded_assets[];
extern const size_t embedded_asset_count;

#endif
