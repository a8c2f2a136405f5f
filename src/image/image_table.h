/* The tables of SageMaker's images: their text, which tools/gen-images writes, and the ways to look around in it.
 *
 * Nothing is parsed or kept: a table is read where it lies, when an image of it is asked for. What the words mean
 * for an image is image.h's business.
 *
 * A table is lines of words, divided by blanks or commas; a line that begins with a blank goes on with the one before.
 * stdlib/images/registries.txt has
 *
 *     suffix SUFFIX REGION...            where the names of a region's registries end
 *     graviton FAMILY...                 instance families with ARM processors
 *     registry NAME                      a map from regions to accounts: the `account` lines behind it
 *     account ACCOUNT REGION...
 *     part NAME REGISTRY without|only REGION...
 *
 * and the table of a framework or algorithm, stdlib/images/FRAMEWORK.txt, begins with what is true of all its images:
 *
 *     default VERSION                    when neither version nor scope is given
 *     needs-no-scope SCOPE               the scope when none is given
 *     graviton, trainium                 there are images for such instances
 *     neuron, compiler                   FRAMEWORK-neuron, -neuronx and -training-compiler are variants of it
 *     variant                            it is one, and is not asked for by its own name
 *     transformers                       images are of a base framework, and tags name both versions
 *     python-optional                    the tag has a Python version only when one is given
 *     gpu-unnamed                        no `-gpu` at the end of a tag
 *     p2-until VERSION                   from this one on, P2 instances are not supported
 *     arm64 VERSION=TAG...               the tags of scope inference_graviton
 *     pins TAG=END...                    what such a tag has behind it on P4d, or with smdistributed
 *
 * Sections follow, each a set of images for one or more scopes:
 *
 *     scope SCOPE...
 *     processors PROCESSOR...            what the instance decides; without any, the tag has no word for it
 *     default VERSION                    when this scope is given, and no version
 *     aliases ALIAS=VERSION...
 *     full-names                         tags have the versions that aliases stand for
 *     deprecated WORD...: REASON         versions, Python versions, or `*`
 *     image KEY=VALUE...                 versions that differ in nothing else:
 *         versions; base (its name, then its aliases); python; repository (`*` is the Python version); registry;
 *         tag (before processor, Python and container; else the version); processors (where the section has none);
 *         container=PROCESSOR:WORD,... (the end of the tag); sdk (versions of Neuron's, before `container`)
 */
#ifndef SP_IMAGE_TABLE_H
#define SP_IMAGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A part of a table; `at` is NULL for what is not there. */
struct image_piece {
	const char *at;
	size_t length;
};

/* The table of a framework; NULL when there is none. Lives as long as the process. */
const char *image_table(const char *name);

/* The name of each file, in alphabetical order; NULL at the end. One is no table: the registries. */
const char *image_table_name(size_t index);

/* What is before the first section, and then each section: false at the end. `*at` begins as the table. */
struct image_piece image_head(const char *table);
bool image_next_section(const char **at, struct image_piece *section);

/* Each line with this first word, less that word. `rest` begins as a head or section. */
bool image_next_line(struct image_piece *rest, const char *keyword, struct image_piece *line);

/* The first such line; its `at` is NULL when there is none. */
struct image_piece image_line(struct image_piece part, const char *keyword);

/* Each word of a line or list; none of one that is not there. */
bool image_next_word(struct image_piece *rest, struct image_piece *word);

/* The value of the first KEY=VALUE with this key. */
struct image_piece image_value(struct image_piece words, const char *key);

bool image_piece_is(struct image_piece piece, const char *text);
bool image_piece_equal(struct image_piece a, struct image_piece b);
bool image_piece_has(struct image_piece words, const char *text);

/* The account of a registry in a region; its `at` is NULL when there is none. */
struct image_piece image_account(struct image_piece registry, const char *region);

/* Each region of a registry, or of every one when `registry.at` is NULL; `state` begins as {0}. */
struct region_walk {
	struct image_piece rest;
	bool is_started;
};
bool image_next_region(struct region_walk *walk, struct image_piece registry, struct image_piece *region);

/* Where the names of registries end in a region. */
struct image_piece image_suffix(const char *region);

/* Whether an account is SageMaker's in some region, or in this one. */
bool image_account_is_known(const char *account);
bool image_account_serves(const char *account, const char *region);

/* Whether an instance family has an ARM processor. */
bool image_is_graviton(struct image_piece family);

#endif
