#include "lint/lint_rules.h"

const struct lint_rule lint_rules[] = {
	{SP4001, false, lint_unused_params},
	{SP4002, false, lint_unused_configs},
	{SP4003, false, lint_unused_lets},
	{SP4004, false, lint_unused_declarations},
	{SP4005, false, lint_unused_property_files},
	{SP4006, false, lint_advice},
	{SP4007, false, lint_secrets},
	{SP4008, true, lint_literals},
	{SP4009, false, lint_unstable_cache},
	{SP4010, false, lint_same_uri},
	{SP4011, false, lint_redundant_dependencies},
	{SP4012, true, lint_unneeded_steps},
	{SP4013, false, lint_unused_imports},
	{SP4014, false, NULL},
	{SP4019, false, lint_unordered_reads},
	{SP4020, false, lint_made_names},
	{SP4021, false, lint_sibling_prefixes},
	{SP4023, false, lint_braces},
	{SP4060, false, lint_image_regions},
	{SP4061, false, lint_image_versions},
	{SP4062, false, lint_image_support},
};

const size_t lint_rule_count = sizeof lint_rules / sizeof *lint_rules;
