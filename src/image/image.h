/* The URIs of SageMaker's images: what `image_uris.retrieve` of the SageMaker Python SDK answers, from its own tables.
 *
 * The tables are stdlib/images/ (image_table.h); the rules are those of sagemaker/image_uris.py, less JumpStart. Where
 * the SDK passes over an argument that fits nothing in its table, this module refuses it: a version or a scope that
 * does not exist, an instance type that is none, an inference tool where there is no variant for it. It knows no
 * framework by name, and nothing of programs and values. */
#ifndef SP_IMAGE_H
#define SP_IMAGE_H

#include "base/arena.h"

#include <stdbool.h>

/* What is asked. In this order stdlib/images.pipe hands the arguments on. */
enum image_argument {
	IMAGE_FRAMEWORK,
	IMAGE_VERSION,
	IMAGE_REGION,
	IMAGE_INSTANCE,
	IMAGE_PYTHON,
	IMAGE_ACCELERATOR,
	IMAGE_SCOPE,
	IMAGE_BASE,          /* base_framework_version: "pytorch2.1" */
	IMAGE_CONTAINER,     /* container_version, where the table has none */
	IMAGE_SDK,           /* sdk_version, of Neuron */
	IMAGE_TOOL,          /* inference_tool: "neuron", "neuronx" */
	IMAGE_COMPILER,      /* training_compiler_config: "true" or NULL */
	IMAGE_SMDISTRIBUTED, /* distribution: "true" or NULL */
	IMAGE_SERVERLESS,    /* serverless_inference_config: "true" or NULL */
	IMAGE_ARGUMENT_COUNT
};

struct image_answer {
	const char *uri;           /* NULL: refused */
	enum image_argument wrong; /* which argument is */
	const char *message;       /* what is wrong */
	const char *help;          /* what exists, and what is near; may be NULL */
};

/* The URI of an image, in the arena. `asked` has framework and region, and NULL for what is not given. */
struct image_answer image_find(struct arena *arena, const char *const asked[IMAGE_ARGUMENT_COUNT]);

/* What the tables say of an image URI that somebody wrote. Everything but `kind` lives in the arena. */
enum image_doubt {
	IMAGE_GOOD,       /* or not SageMaker's, or nothing that looks like an image's URI */
	IMAGE_ELSEWHERE,  /* the account has no images in the region of the URI, or that is not `region` */
	IMAGE_UNKNOWN,    /* no table has this version, and there is one with others */
	IMAGE_DEPRECATED
};

struct image_remark {
	enum image_doubt doubt;
	const char *repository, *region, *tag; /* of the URI */
	const char *account;                   /* ELSEWHERE: the account in the wanted region, or NULL */
	const char *why;                       /* DEPRECATED: the reason; UNKNOWN: the versions that exist */
};

/* Judges a URI by the first doubt that there is. `region` is where the pipeline runs, or NULL when nobody says. */
struct image_remark image_check_uri(struct arena *arena, const char *uri, const char *region);

#endif
