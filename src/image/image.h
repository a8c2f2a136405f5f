/* The URIs of SageMaker's images: computes what `image_uris.retrieve` of the SageMaker Python SDK returns, from the
 * SDK's own tables.
 *
 * The tables are in stdlib/images/ (see image_table.h), from versions 2 and 3 of the SDK; the rules are those of
 * image_uris.py, without JumpStart. doc/stdlib.md lists where the versions differ. Where the SDK ignores an argument
 * that matches nothing in its table, this module rejects it: a version or scope that does not exist, an invalid
 * instance type, an inference tool that has no variant. It knows no framework by name, and nothing about programs and
 * values. */
#ifndef SP_IMAGE_H
#define SP_IMAGE_H

#include "base/arena.h"

#include <stdbool.h>

/* The arguments of a lookup, in the order in which stdlib/images.pipe passes them. */
enum image_argument {
	IMAGE_FRAMEWORK,
	IMAGE_VERSION,
	IMAGE_REGION,
	IMAGE_INSTANCE,
	IMAGE_PYTHON,
	IMAGE_ACCELERATOR,
	IMAGE_SCOPE,
	IMAGE_BASE,          /* base_framework_version: "pytorch2.1" */
	IMAGE_CONTAINER,     /* container_version, if the table has none */
	IMAGE_SDK,           /* sdk_version, for Neuron */
	IMAGE_TOOL,          /* inference_tool: "neuron", "neuronx" */
	IMAGE_COMPILER,      /* training_compiler_config: "true" or NULL */
	IMAGE_SMDISTRIBUTED, /* distribution: "true" or NULL */
	IMAGE_SERVERLESS,    /* serverless_inference_config: "true" or NULL */
	IMAGE_ARGUMENT_COUNT
};

struct image_answer {
	const char *uri;           /* NULL if the lookup failed */
	enum image_argument wrong; /* if it failed: the argument that is wrong */
	const char *message;       /* what is wrong with it */
	const char *help;          /* the values that exist, and the nearest one; may be NULL */
};

/* Looks up the URI of an image; it lives in the arena. `asked` has a framework and a region, and NULL for each
 * argument that is not given. */
struct image_answer image_find(struct arena *arena, const char *const asked[IMAGE_ARGUMENT_COUNT]);

/* A problem with an image URI in a program. */
enum image_doubt {
	IMAGE_GOOD,       /* no problem, or not SageMaker's image, or not the URI of an image */
	IMAGE_ELSEWHERE,  /* the URI's region is not the pipeline's, or the account has no images there */
	IMAGE_UNKNOWN,    /* the tables have several versions, but not this one */
	IMAGE_DEPRECATED
};

/* The result of a check. Its texts live in the arena, or are part of the URI. */
struct image_remark {
	enum image_doubt doubt;
	const char *repository, *region, *tag; /* of the URI */
	const char *account;                   /* for ELSEWHERE: the account in the pipeline's region, or NULL */
	const char *why;                       /* for DEPRECATED: the reason; for UNKNOWN: the versions that exist */
};

/* Checks a URI and returns the first problem. `region` is where the pipeline runs, or NULL if that is not known. */
struct image_remark image_check_uri(struct arena *arena, const char *uri, const char *region);

#endif
