#include "diff/diff_parts.h"
#include "emit/expanded_value.h"

/* --- places --- */

static bool is_of_program(const struct program *program, const struct node *node)
{
	return node && !world_tree(program->world, node_root(node));
}

/* The node of the program for a path: its field, its value, or the program's call of the library that made the value; or NULL. */
static const struct node *path_node(const struct program *program, const struct diff_path *path)
{
	const struct value *source = path->source;
	if (path->at && is_of_program(program, path->at))
		return path->at;
	if (source && source->at && is_of_program(program, source->at))
		return source->at;
	for (const struct call_frame *frame = source ? source->frame : NULL; frame; frame = frame->outer)
		if (is_of_program(program, frame->call))
			return frame->call;
	return NULL;
}

const struct node *diff_path_node(const struct program *program, const struct diff_path *path)
{
	const struct node *place = NULL;
	for (; path && !place; path = path->outer)
		place = path_node(program, path);
	return place;
}

const struct node *diff_step_node(const struct program *program, const struct diff_step *step)
{
	const struct node *place = step->source ? step->source->node : NULL;
	const struct scope *scope = step->source ? step->source->scope : NULL;
	while (place && scope && scope->instance && !is_of_program(program, place)) {
		place = scope->instance->node;
		scope = scope->instance->outer;
	}
	return place;
}

/* --- field names --- */

static void put_key(struct text *out, const struct diff_path *path)
{
	if (path->key && !path->is_element && names_is_identifier(path->key->text, path->key->length)) {
		text_printf(out, "%s%s", out->length ? "." : "", path->key->text);
		return;
	}
	text_putc(out, '[');
	if (path->key)
		expanded_string(out, path->key);
	else
		text_printf(out, "%u", (unsigned)path->position);
	text_putc(out, ']');
}

/* Appends a path as the language writes it: `ResourceConfig.InstanceCount`, `InputDataConfig["train"].DataSource`, `depends on
 * Train`. */
static void put_field(struct text *out, const struct diff *diff, const struct diff_path *path)
{
	const struct diff_path *outer = path->outer;
	bool is_of_clause = outer && outer->label && path->is_element && path->key;
	if (is_of_clause && outer->are_steps) {
		text_printf(out, "%s %s", node_trigger_clause(path->trigger), diff_step_name(diff, path->key));
		return;
	}
	if (outer)
		put_field(out, diff, outer);
	if (path->label)
		text_puts(out, path->label);
	else if (is_of_clause)
		text_printf(out, " %s", path->key->text);
	else if (path->key || path->is_element)
		put_key(out, path);
}

/* --- differences --- */

/* The members of a path, outermost first, up to the first element of a list. */
static const struct word *const *path_members(struct arena *arena, const struct diff_path *path, uint32_t *depth)
{
	VEC(const struct word *) inward = {0};
	for (const struct diff_path *at = path; at; at = at->outer) {
		if (at->is_element)
			inward.count = 0;
		else if (at->key)
			vec_push(arena, &inward, at->key);
	}
	const struct word **members = arena_array(arena, const struct word *, inward.count);
	for (size_t i = 0; i < inward.count; i++)
		members[i] = inward.items[inward.count - 1 - i];
	*depth = (uint32_t)inward.count;
	return members;
}

void diff_note(struct comparison *comparison, enum diff_change change, const struct diff_path *path, const struct value *old,
               const struct value *new)
{
	struct diff *diff = comparison->diff;
	struct arena *arena = diff->program->arena;
	const struct diff_path *outermost = path;
	struct text field = {0};
	comparison->has_found = true;
	if (comparison->is_quiet)
		return;
	for (const struct diff_path *at = path; at; at = at->outer)
		if (at->key)
			outermost = at;
	if (path)
		put_field(&field, diff, path);
	struct difference difference = {
		comparison->subject, change, comparison->name, NULL, old, new, NULL,
		comparison->step, path ? outermost->key : NULL, NULL, 0, {0},
	};
	difference.path = path_members(arena, path, &difference.depth);
	if (field.length)
		difference.field = arena_copy(arena, field.bytes, field.length);
	bool is_in_program = new || change == DIFF_MOVED || change == DIFF_RENAMED;
	if (is_in_program)
		difference.at = diff_path_node(diff->program, path);
	if (is_in_program && !difference.at && comparison->step)
		difference.at = diff_step_node(diff->program, comparison->step);
	vec_push(arena, &diff->differences, difference);
	text_free(&field);
}

/* --- whole values --- */

/* Whether the paths of two Get are equal, apart from the names of renamed steps. */
static bool is_same_path(const struct diff *diff, const struct word *old, const struct word *new)
{
	const char *old_name, *new_name;
	size_t old_length = diff_reference_step(old, &old_name), new_length = diff_reference_step(new, &new_name);
	if (old == new || !old_length || !new_length || strcmp(old_name + old_length, new_name + new_length) != 0)
		return old == new;
	struct names *names = &diff->program->world->names;
	return map_get(&diff->renamed, names_intern(names, old_name, old_length)) == names_intern(names, new_name, new_length);
}

/* Whether two values are equal; lists are ordered. */
static bool is_same(const struct diff *diff, const struct value *old, const struct value *new)
{
	if (old == new || old->kind != new->kind)
		return old == new;
	if (old->kind == VALUE_NUMBER)
		return diff_same_number(old->word, new->word);
	if (old->kind != VALUE_LIST && old->kind != VALUE_OBJECT)
		return value_equal(old, new);
	bool is_get = diff_expression(old) && names_is(old->fields[0].name, "Get");
	if (old->count != new->count)
		return false;
	for (uint32_t i = 0; i < old->count; i++) {
		const struct field *field = old->kind == VALUE_OBJECT ? value_field(new, old->fields[i].name) : NULL;
		if (old->kind == VALUE_OBJECT && !field)
			return false;
		const struct value *a = field ? old->fields[i].value : old->items[i], *b = field ? field->value : new->items[i];
		bool are_paths = is_get && a->kind == VALUE_STRING && b->kind == VALUE_STRING;
		if (are_paths ? !is_same_path(diff, a->word, b->word) : !is_same(diff, a, b))
			return false;
	}
	return true;
}

void diff_compare_whole(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                        const struct value *new)
{
	if (!old && !new)
		return;
	if (!old || !new)
		diff_note(comparison, new ? DIFF_ADDED : DIFF_REMOVED, path, old, new);
	else if (!is_same(comparison->diff, old, new))
		diff_note(comparison, DIFF_CHANGED, path, old, new);
}

/* --- objects --- */

static const struct type *type_of_field(const struct type *type, const struct word *name)
{
	struct member *member = type->kind == TYPE_SHAPE ? type_find_member(type, name) : NULL;
	if (member)
		return type_of_member(member);
	return type->kind == TYPE_MAP ? type->element : type_primitive(TYPE_ANY);
}

/* Finds members of an object by name: first at the expected position, then by search; in a large object by an index. */
struct member_lookup {
	const struct value *object;
	struct map map;
};

static const struct value *look_up(struct arena *arena, struct member_lookup *lookup, const struct word *name, uint32_t expected)
{
	enum { FEW = 16 };
	const struct value *object = lookup->object;
	if (expected < object->count && object->fields[expected].name == name)
		return object->fields[expected].value;
	if (object->count <= FEW) {
		const struct field *field = value_field(object, name);
		return field ? field->value : NULL;
	}
	for (uint32_t i = 0; lookup->map.count < object->count && i < object->count; i++)
		map_put(arena, &lookup->map, object->fields[i].name, (void *)object->fields[i].value);
	return map_get(&lookup->map, name);
}

/* The program's field for a member, most often at the same position as in the definition; or NULL. */
static const struct field *source_member(const struct diff_path *path, const struct word *name, uint32_t position)
{
	const struct value *source = path->source;
	if (!source || source->kind != VALUE_OBJECT)
		return NULL;
	bool is_there = position < source->count && source->fields[position].name == name;
	return is_there ? &source->fields[position] : value_field(source, name);
}

static void compare_objects(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                            const struct value *new, const struct type *type)
{
	struct arena *arena = comparison->diff->program->arena;
	struct member_lookup olds = {.object = old}, news = {.object = new};
	for (uint32_t i = 0; i < new->count && !(comparison->is_quiet && comparison->has_found); i++) {
		const struct word *name = new->fields[i].name;
		const struct field *source = source_member(path, name, i);
		struct diff_path inner = {.outer = path, .key = name, .source = source ? source->value : NULL,
		                     .at = source ? source->at : NULL};
		diff_compare(comparison, &inner, look_up(arena, &olds, name, i), new->fields[i].value, type_of_field(type, name));
	}
	for (uint32_t i = 0; i < old->count && !(comparison->is_quiet && comparison->has_found); i++)
		if (!look_up(arena, &news, old->fields[i].name, i))
			diff_note(comparison, DIFF_REMOVED, &(struct diff_path){.outer = path, .key = old->fields[i].name},
			          old->fields[i].value, NULL);
}

/* --- lists --- */

const struct word *diff_dependency(const struct value *element, enum node_op *trigger)
{
	*trigger = OP_NONE;
	if (element->kind == VALUE_STRING)
		return element->word;
	const struct value *step = element->kind == VALUE_OBJECT ? diff_member(element, "Step") : NULL;
	const struct value *name = step ? diff_member(element, "Trigger") : NULL;
	if (!step || step->kind != VALUE_STRING || element->count != (name ? 2u : 1u))
		return NULL;
	bool is_known = !name || (name->kind == VALUE_STRING && node_find_trigger(name->word->text, trigger));
	return is_known ? step->word : NULL;
}

/* The name of an element, or NULL. A step on the old side has its new name if it was renamed. */
static const struct word *name_of(const struct diff *diff, const struct diff_path *path, const struct value *element,
                                  const struct word *by, bool is_old)
{
	if (path->are_steps) {
		enum node_op trigger;
		const struct word *name = diff_dependency(element, &trigger);
		const struct word *renamed = name && is_old ? map_get(&diff->renamed, name) : NULL;
		return renamed ? renamed : name;
	}
	const struct field *field = element->kind == VALUE_OBJECT ? value_field(element, by) : NULL;
	return field && field->value->kind == VALUE_STRING ? field->value->word : NULL;
}

/* What makes an element unique in its list: its name, for a dependency together with its trigger. */
static const struct word *key_of(const struct diff *diff, const struct diff_path *path, const struct value *element,
                                 const struct word *by, bool is_old)
{
	enum node_op trigger = OP_NONE;
	const struct word *name = name_of(diff, path, element, by, is_old);
	if (name && path->are_steps)
		diff_dependency(element, &trigger);
	if (!trigger)
		return name;
	const char *text = arena_printf(diff->program->arena, "%s %s", node_trigger_clause(trigger), name->text);
	return names_word(&diff->program->world->names, text);
}

/* The path of an element that has a name. */
static struct diff_path named_path(const struct diff *diff, const struct diff_path *outer, const struct value *element,
                                   const struct word *by, bool is_old)
{
	struct diff_path path = {.outer = outer, .key = name_of(diff, outer, element, by, is_old), .is_element = true};
	if (outer->are_steps)
		diff_dependency(element, &path.trigger);
	return path;
}

/* Indexes elements by key; false when one has no name, or two have the same. */
static bool index_elements(const struct diff *diff, const struct diff_path *path, struct map *map, const struct value *list,
                           const struct word *by, bool is_old)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct word *key = key_of(diff, path, list->items[i], by, is_old);
		if (!key || map_get(map, key))
			return false;
		map_put(diff->program->arena, map, key, (void *)list->items[i]);
	}
	return true;
}

/* The program's value for an element, if its list has the same length; or NULL. */
static const struct value *source_element(const struct diff_path *path, const struct value *list, uint32_t position)
{
	const struct value *source = path->source;
	bool is_alike = source && source->kind == VALUE_LIST && source->count == list->count;
	return is_alike ? source->items[position] : NULL;
}

/* Compares lists by the names of their elements. False, with nothing compared, if not all elements have unique names. */
static bool compare_named(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                          const struct value *new, const struct type *element, const struct word *by)
{
	struct map olds = {0}, news = {0};
	const struct diff *diff = comparison->diff;
	if (!index_elements(diff, path, &olds, old, by, true) || !index_elements(diff, path, &news, new, by, false))
		return false;
	for (uint32_t i = 0; i < new->count; i++) {
		struct diff_path inner = named_path(diff, path, new->items[i], by, false);
		inner.source = source_element(path, new, i);
		const struct value *counterpart = map_get(&olds, key_of(diff, path, new->items[i], by, false));
		if (!counterpart || !path->are_steps) /* a dependency is only its key, which is equal */
			diff_compare(comparison, &inner, counterpart, new->items[i], element);
	}
	for (uint32_t i = 0; i < old->count; i++) {
		struct diff_path inner = named_path(diff, path, old->items[i], by, true);
		if (!map_get(&news, key_of(diff, path, old->items[i], by, true)))
			diff_note(comparison, DIFF_REMOVED, &inner, old->items[i], NULL);
	}
	return true;
}

/* Whether two elements differ. Notes nothing. */
static bool differs(const struct comparison *comparison, const struct value *old, const struct value *new,
                    const struct type *type)
{
	const struct diff_path path = {.is_element = true};
	struct comparison quiet = *comparison;
	quiet.is_quiet = true;
	quiet.has_found = false;
	diff_compare(&quiet, &path, old, new, type);
	return quiet.has_found;
}

/* Parts of two lists that are compared by position. */
struct window {
	const struct value *old, *new;
	uint32_t old_start, old_end, new_start, new_end;
};

/* Compares the elements in pairs, in order. Elements without a partner are added or removed. */
static void compare_pairs(struct comparison *comparison, const struct diff_path *path, const struct window *window,
                          const struct type *element)
{
	uint32_t old = window->old_start, new = window->new_start;
	while (old < window->old_end || new < window->new_end) {
		bool has_old = old < window->old_end, has_new = new < window->new_end;
		struct diff_path inner = {.outer = path, .position = has_new ? new : old, .is_element = true};
		inner.source = has_new ? source_element(path, window->new, new) : NULL;
		diff_compare(comparison, &inner, has_old ? window->old->items[old] : NULL,
		             has_new ? window->new->items[new] : NULL, element);
		old += has_old;
		new += has_new;
	}
}

/* Aligns the elements by their longest common subsequence. `lengths` has, for each pair of positions, its length from there on. */
static void compare_aligned(struct comparison *comparison, const struct diff_path *path, const struct window *window,
                            const struct type *element)
{
	uint32_t rows = window->old_end - window->old_start, columns = window->new_end - window->new_start, width = columns + 1;
	struct arena *arena = comparison->diff->program->arena;
	uint16_t *lengths = arena_array(arena, uint16_t, (size_t)(rows + 1) * width);
	for (uint32_t row = rows; row-- > 0;)
		for (uint32_t column = columns; column-- > 0;) {
			uint16_t *here = &lengths[row * width + column];
			const struct value *old = window->old->items[window->old_start + row];
			const struct value *new = window->new->items[window->new_start + column];
			uint16_t without = here[1] > here[width] ? here[1] : here[width];
			*here = differs(comparison, old, new, element) ? without : (uint16_t)(here[width + 1] + 1);
		}
	uint32_t row = 0, column = 0;
	struct window gap = *window;
	while (row < rows && column < columns) {
		const uint16_t *here = &lengths[row * width + column];
		if (here[0] == here[width]) {
			row++;
		} else if (here[0] == here[1]) {
			column++;
		} else {
			gap.old_end = window->old_start + row++;
			gap.new_end = window->new_start + column++;
			compare_pairs(comparison, path, &gap, element);
			gap.old_start = gap.old_end + 1;
			gap.new_start = gap.new_end + 1;
		}
	}
	gap.old_end = window->old_end;
	gap.new_end = window->new_end;
	compare_pairs(comparison, path, &gap, element);
}

/* Skips equal elements at both ends. Aligns the elements between, or compares them in pairs if there are too many. */
static void compare_positions(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                              const struct value *new, const struct type *element)
{
	enum { MAX_PAIRS = 10000 };
	struct window window = {old, new, 0, old->count, 0, new->count};
	while (window.old_start < old->count && window.new_start < new->count &&
	       !differs(comparison, old->items[window.old_start], new->items[window.new_start], element)) {
		window.old_start++;
		window.new_start++;
	}
	while (window.old_end > window.old_start && window.new_end > window.new_start &&
	       !differs(comparison, old->items[window.old_end - 1], new->items[window.new_end - 1], element)) {
		window.old_end--;
		window.new_end--;
	}
	uint64_t rows = window.old_end - window.old_start, columns = window.new_end - window.new_start;
	if (rows > 1 && columns > 1 && rows * columns <= MAX_PAIRS && !comparison->is_quiet)
		compare_aligned(comparison, path, &window, element);
	else
		compare_pairs(comparison, path, &window, element);
}

static void compare_lists(struct comparison *comparison, const struct diff_path *path, const struct value *old,
                          const struct value *new, const struct type *type)
{
	const struct word *by = path->by ? path->by : type->kind == TYPE_LIST ? type->by : NULL;
	const struct type *element = type->kind == TYPE_LIST ? type->element : type_primitive(TYPE_ANY);
	bool has_names = (by || path->are_steps) && compare_named(comparison, path, old, new, element, by);
	if (!has_names)
		compare_positions(comparison, path, old, new, element);
}

void diff_compare(struct comparison *comparison, const struct diff_path *path, const struct value *old, const struct value *new,
                  const struct type *type)
{
	bool is_whole = !old || !new || diff_expression(old) || diff_expression(new) || old->kind != new->kind;
	if (!is_whole && old->kind == VALUE_OBJECT)
		compare_objects(comparison, path, old, new, type);
	else if (!is_whole && old->kind == VALUE_LIST)
		compare_lists(comparison, path, old, new, type);
	else
		diff_compare_whole(comparison, path, old, new);
}
