/* Lint rules on the images of steps, which are looked up in the tables of SageMaker's images. */
#include "eval/eval.h"
#include "eval/pipeline.h"
#include "image/image.h"
#include "lint/lint_rules.h"

static const char *region_of(struct program *program)
{
	struct eval eval = {.program = program};
	if (program->options->region)
		return program->options->region;
	const struct value *region = pipeline_field(&eval, "Region");
	return region && region->kind == VALUE_STRING ? region->word->text : NULL;
}

static const struct image_remark *find_remark(struct lint *lint, const struct value *text)
{
	static const struct image_remark none;
	struct arena *arena = lint->program->arena;
	if (!text->at || !strstr(text->word->text, ".dkr.ecr"))
		return &none;
	struct image_remark *known = map_get(&lint->images, text->word);
	if (!known) {
		known = arena_new(arena, struct image_remark);
		*known = image_check_uri(arena, text->word->text, region_of(lint->program));
		map_put(arena, &lint->images, text->word, known);
	}
	return known;
}

static void visit_region(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                         const struct value *text)
{
	const struct image_remark *remark = find_remark(lint, text);
	const char *region = region_of(lint->program);
	bool is_data = owner && owner->kind == TYPE_MAP; /* for code of the user, which may use the image in another region */
	(void)name;
	if (remark->doubt != IMAGE_ELSEWHERE || is_data)
		return;
	if (!region || strcmp(region, remark->region) == 0) {
		lint_report(lint, code, text->at, "this account has no SageMaker images in %s", remark->region);
		return;
	}
	struct diag *diag = lint_report(lint, code, text->at, "this image is in %s, but the pipeline runs in %s", remark->region, region);
	if (remark->account)
		diag_help(diag, "use `image()` for the image in the pipeline's region; in %s the account is %s", region, remark->account);
	else
		diag_help(diag, "use `image()` for the image in the pipeline's region");
}

static void visit_version(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                          const struct value *text)
{
	const struct image_remark *remark = find_remark(lint, text);
	(void)name, (void)owner;
	if (remark->doubt == IMAGE_UNKNOWN)
		diag_help(lint_report(lint, code, text->at, "no known version of `%s` matches the tag `%s`", remark->repository,
		                      remark->tag),
		          "known versions: %s", remark->why);
}

static void visit_support(struct lint *lint, enum diag_code code, const struct word *name, const struct type *owner,
                          const struct value *text)
{
	const struct image_remark *remark = find_remark(lint, text);
	(void)name, (void)owner;
	if (remark->doubt == IMAGE_DEPRECATED)
		lint_report(lint, code, text->at, "the image `%s:%s` is deprecated: %s", remark->repository, remark->tag, remark->why);
}

void lint_image_regions(struct lint *lint, enum diag_code code)
{
	lint_each_text(lint, code, visit_region);
}

void lint_image_versions(struct lint *lint, enum diag_code code)
{
	lint_each_text(lint, code, visit_version);
}

void lint_image_support(struct lint *lint, enum diag_code code)
{
	lint_each_text(lint, code, visit_support);
}
