#include "draw/draw_forms.h"

static bool as_text(struct text *out, const struct program *program, const struct draw_options *options, struct text *complaint)
{
	(void)complaint;
	draw_text(out, program, options);
	return true;
}

static bool as_dot(struct text *out, const struct program *program, const struct draw_options *options, struct text *complaint)
{
	(void)options, (void)complaint;
	draw_dot(out, program);
	return true;
}

static bool as_mermaid(struct text *out, const struct program *program, const struct draw_options *options, struct text *complaint)
{
	(void)options, (void)complaint;
	draw_mermaid(out, program);
	return true;
}

static bool as_svg(struct text *out, const struct program *program, const struct draw_options *options, struct text *complaint)
{
	(void)options;
	return draw_svg(out, program, complaint);
}

const struct draw_form draw_forms[] = {
	{"text", "plaintext", as_text},
	{"dot", "dot", as_dot},
	{"mermaid", "mermaid", as_mermaid},
	{"svg", "xml", as_svg},
};

enum { FORM_COUNT = sizeof draw_forms / sizeof *draw_forms };

const char *draw_form_name(size_t index)
{
	return index < FORM_COUNT ? draw_forms[index].name : NULL;
}

const struct draw_form *draw_find_form(const char *name)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (strcmp(draw_forms[i].name, name) == 0)
			return &draw_forms[i];
	return NULL;
}
