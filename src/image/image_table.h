/* The tables of SageMaker's images, which tools/gen-images writes, and functions to search their text.
 *
 * Tables are not parsed into a structure: an image is looked up in the text. What the words mean for an image is
 * decided by image.h's functions.
 *
 * A table consists of lines of words, separated by spaces or commas. A line that starts with a space continues the
 * previous one. stdlib/images/registries.txt has
 *
 *     suffix SUFFIX REGION...            the end of registry host names in these regions
 *     graviton FAMILY...                 instance families with ARM processors
 *     registry NAME                      a map from regions to accounts: the following `account` lines
 *     account ACCOUNT REGION...
 *     part NAME REGISTRY without|only REGION...
 *                                        a registry with the accounts of another, without these regions or only in them
 *
 * The table of a framework or algorithm, stdlib/images/FRAMEWORK.txt, starts with lines for all its images:
 *
 *     default VERSION                    if no version is given, and the given scope, if any, has no default
 *     needs-no-scope SCOPE               the scope if none is given
 *     graviton, trainium                 there are images for such instances
 *     neuron, compiler                   has variants FRAMEWORK-neuron, -neuronx and -training-compiler
 *     variant                            is a variant, and cannot be looked up by its own name
 *     transformers                       images are for a base framework, and tags contain both versions
 *     python-optional                    the tag has a Python version only if one is given
 *     gpu-unnamed                        the tag does not end with `-gpu`
 *     p2-until VERSION                   from this version on, P2 instances are not supported
 *     arm64 VERSION=TAG...               the tags of scope inference_graviton
 *     pins TAG=END...                    END is appended to TAG on P4d instances and with smdistributed
 *
 * Sections follow, each a set of images for one or more scopes:
 *
 *     scope SCOPE...
 *     processors PROCESSOR...            chosen by the instance type; without this line, the tag names no processor
 *     default VERSION                    if this scope is given, and no version
 *     aliases ALIAS=VERSION...
 *     full-names                         tags contain full versions, not aliases
 *     deprecated WORD...: REASON         deprecated versions or Python versions, or `*` for all images
 *     image KEY=VALUE...                 one or more versions whose images differ in nothing else; the keys are
 *         versions; base (its name, then its aliases); python; repository (`*` is the Python version); registry;
 *         tag (before processor, Python and container; default: the version); processors (if the section has none);
 *         processor-in-tag=no (the tag does not name the processor); container=PROCESSOR:WORD,... (the end of the tag);
 *         sdk (Neuron SDK versions, before `container`)
 */
#ifndef SP_IMAGE_TABLE_H
#define SP_IMAGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

/* A part of a table; `at` is NULL if it does not exist. */
struct image_piece {
	const char *at;
	size_t length;
};

/* The table of a framework; NULL if there is none. It lives as long as the process. */
const char *image_table(const char *name);

/* The name of the file of stdlib/images/ at this index; NULL after the last. One of them, `registries`, is not the table
 * of a framework. */
const char *image_table_name(size_t index);

/* The head of a table: the lines before the first section. */
struct image_piece image_head(const char *table);

/* Iterates over the sections of a table. `*at` is initially the table. */
bool image_next_section(const char **at, struct image_piece *section);

/* Iterates over the lines with this first word; `line` excludes that word. `rest` is initially a head or section. */
bool image_next_line(struct image_piece *rest, const char *keyword, struct image_piece *line);

/* The first such line; its `at` is NULL if there is none. */
struct image_piece image_line(struct image_piece part, const char *keyword);

/* Iterates over the words of a line or list. `rest` is initially the line; there are no words if its `at` is NULL. */
bool image_next_word(struct image_piece *rest, struct image_piece *word);

/* The value of the first KEY=VALUE or KEY:VALUE with this key; its `at` is NULL if there is none. */
struct image_piece image_value(struct image_piece words, const char *key);

bool image_piece_is(struct image_piece piece, const char *text);
bool image_piece_equal(struct image_piece a, struct image_piece b);

/* Whether one of the words is `text`. */
bool image_piece_has(struct image_piece words, const char *text);

/* The account of a registry in a region; its `at` is NULL if there is none. */
struct image_piece image_account(struct image_piece registry, const char *region);

/* Iterates over the regions of a registry, or over all regions if `registry.at` is NULL. `walk` is initially {0}. */
struct region_walk {
	struct image_piece rest; /* of the current `suffix` line */
	bool is_started;
};
bool image_next_region(struct region_walk *walk, struct image_piece registry, struct image_piece *region);

/* The end of the host names of registries in a region. */
struct image_piece image_suffix(const char *region);

/* Whether an account is SageMaker's in any region, or in this one. */
bool image_account_is_known(const char *account);
bool image_account_serves(const char *account, const char *region);

/* Whether an instance family has ARM processors. */
bool image_is_graviton(struct image_piece family);

#endif
