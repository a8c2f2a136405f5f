/* Graphviz is loaded for the first picture: if it were linked, its libraries would slow every start. Only the two plugins that are
 * needed are loaded, and none that reads the fonts of the machine: the widths of texts come from Graphviz's own tables, so that a
 * picture looks the same everywhere. */
#include "draw/draw.h"

#ifdef HAVE_GRAPHVIZ

#include <dlfcn.h>
#include <gvc.h>
#include <string.h>

/* The functions used, by library. */
#define GVC_FUNCTIONS(X) X(gvContextPlugins) X(gvLayout) X(gvRenderData) X(gvFreeRenderData) X(gvFreeLayout) X(gvFreeContext)
#define CGRAPH_FUNCTIONS(X) X(agmemread) X(agclose) X(agseterr) X(aglasterr)

struct graphviz {
#define X(name) __typeof__(name) *name;
	GVC_FUNCTIONS(X)
	CGRAPH_FUNCTIONS(X)
#undef X
	lt_symlist_t plugins[3];
};

static void *load_symbol(const char *file, const char *symbol, struct text *complaint)
{
	void *library = dlopen(file, RTLD_NOW | RTLD_LOCAL);
	void *found = library ? dlsym(library, symbol) : NULL;
	if (!found)
		text_printf(complaint, "Graphviz cannot be loaded: %s", dlerror());
	return found;
}

static bool load(struct graphviz *graphviz, struct text *complaint)
{
	/* POSIX allows a function pointer from a data pointer here; ISO C does not. */
#define LOAD(file, name)                                                                                           \
	*(void **)(&graphviz->name) = load_symbol(file, #name, complaint);                                \
	if (!graphviz->name)                                                                                       \
		return false;
#define X(name) LOAD(GRAPHVIZ_GVC, name)
	GVC_FUNCTIONS(X)
#undef X
#define X(name) LOAD(GRAPHVIZ_CGRAPH, name)
	CGRAPH_FUNCTIONS(X)
#undef X
	static const char *const plugins[][2] = {
		{GRAPHVIZ_DOT_LAYOUT, "gvplugin_dot_layout_LTX_library"},
		{GRAPHVIZ_CORE, "gvplugin_core_LTX_library"},
	};
	for (size_t i = 0; i < 2; i++) {
		graphviz->plugins[i].name = plugins[i][1];
		graphviz->plugins[i].address = load_symbol(plugins[i][0], plugins[i][1], complaint);
		if (!graphviz->plugins[i].address)
			return false;
	}
	graphviz->agseterr(AGMAX); /* else it prints its messages */
	return true;
}

/* Names are bold and kinds are small. Graphviz computed the layout with one size for both, which leaves spare room for other fonts. */
static const char style[] = "<style>.node text{font-size:12px;font-weight:bold}"
                            ".node text+text{font-size:10px;font-weight:normal;fill:#4b5563}.cluster text{font-size:10px}</style>\n";

/* Appends the picture from `<svg` on. What precedes it, the version of Graphviz and the URL of a DTD, is left out. */
static void put_svg(struct text *out, const char *rendered)
{
	const char *start = strstr(rendered, "<svg"), *inside = start ? strstr(start, ">\n") : NULL;
	size_t head = inside ? (size_t)(inside + 2 - start) : 0;
	text_add(out, start, head);
	text_puts(out, style);
	text_puts(out, start + head);
}

bool draw_svg(struct text *out, const struct program *program, struct text *complaint)
{
	static struct graphviz graphviz;
	static bool is_loaded;
	is_loaded = is_loaded || load(&graphviz, complaint);
	if (!is_loaded)
		return false;
	struct text dot = {0};
	draw_dot(&dot, program);
	GVC_t *context = graphviz.gvContextPlugins(graphviz.plugins, 0);
	Agraph_t *graph = graphviz.agmemread(dot.bytes);
	char *rendered = NULL;
	size_t length; /* not used; unsigned in older versions */
	bool is_laid_out = graph && graphviz.gvLayout(context, graph, "dot") == 0;
	bool is_drawn = is_laid_out && graphviz.gvRenderData(context, graph, "svg", &rendered, (void *)&length) == 0 && rendered;
	if (is_drawn) {
		put_svg(out, rendered);
		graphviz.gvFreeRenderData(rendered);
	} else {
		const char *reason = graphviz.aglasterr();
		text_printf(complaint, "Graphviz cannot draw the graph: %s", reason ? reason : "no reason given");
	}
	if (is_laid_out)
		graphviz.gvFreeLayout(context, graph);
	if (graph)
		graphviz.agclose(graph);
	graphviz.gvFreeContext(context);
	text_free(&dot);
	return is_drawn;
}

#else

bool draw_svg(struct text *out, const struct program *program, struct text *complaint)
{
	(void)out;
	(void)program;
	text_puts(complaint, "this sagepipec was built without Graphviz, which SVG needs");
	return false;
}

#endif
