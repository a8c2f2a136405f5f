/* The texts that are part of the program: the standard library and the reference of diagnostics.
 *
 * build-aux/embed.sh turns the files into C. What the texts mean is not known here. */
#ifndef SP_EMBEDDED_H
#define SP_EMBEDDED_H

#include <stddef.h>

struct embedded_file {
	const char *name; /* below stdlib/, as "steps/training.pipe" */
	const char *text; /* ends in a NUL that `length` does not count */
	size_t length;
};

extern const struct embedded_file embedded_files[]; /* in the order of their names */
extern const size_t embedded_file_count;

/* The tables of stdlib/images/, apart, because nobody looks at one before its image is asked for; a name is "xgboost". */
extern const struct embedded_file embedded_images[];
extern const size_t embedded_image_count;

extern const struct embedded_file embedded_diagnostics;

/* stdlib/drawing.txt: how step types are drawn (draw_picture.h). */
extern const struct embedded_file embedded_drawing;

/* stdlib/logs.txt: where jobs write their logs (logs.h). */
extern const struct embedded_file embedded_logs;

/* The files of stdlib/assets ("assets/x.py"): what the library hands on as it is. */
extern const struct embedded_file embedded_assets[];
extern const size_t embedded_asset_count;

#endif
