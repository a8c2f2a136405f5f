#include "diff/diff_parts.h"
#include "emit/expanded_value.h"

/* --- places --- */

static bool is_of_program(const struct program *program, const struct node *node)
{
	return node && !world_tree(program->world, node_root(node));
}

/* Where a value is said: the field, the value itself, or what the library was used by to say it. */
static const struct node *place_of(const struct program *program, const struct diff_spot *spot)
{
	const struct value *source = spot->source;
	if (spot->at && is_of_program(program, spot->at))
		return spot->at;
	if (source && source->at && is_of_program(program, source->at))
		return source->at;
	for (const struct call_frame *frame = source ? source->frame : NULL; frame; frame = frame->outer)
		if (is_of_program(program, frame->call))
			return frame->call;
	return NULL;
}

const struct node *diff_place(const struct program *program, const struct diff_spot *spot)
{
	const struct node *place = NULL;
	for (; spot && !place; spot = spot->outer)
		place = place_of(program, spot);
	return place;
}

const struct node *diff_step_place(const struct program *program, const struct diff_step *step)
{
	const struct node *place = step->source ? step->source->node : NULL;
	const struct scope *scope = step->source ? step->source->scope : NULL;
	while (place && scope && scope->instance && !is_of_program(program, place)) {
		place = scope->instance->node;
		scope = scope->instance->outer;
	}
	return place;
}

/* --- words --- */

static void put_key(struct text *out, const struct diff_spot *spot)
{
	if (spot->key && !spot->is_element && names_is_identifier(spot->key->text, spot->key->length)) {
		text_printf(out, "%s%s", out->length ? "." : "", spot->key->text);
		return;
	}
	text_putc(out, '[');
	if (spot->key)
		expanded_string(out, spot->key);
	else
		text_printf(out, "%u", (unsigned)spot->position);
	text_putc(out, ']');
}

/* `ResourceConfig.InstanceCount`, `InputDataConfig["train"].DataSource`, `depends on Train`. */
static void put_field(struct text *out, const struct diff *diff, const struct diff_spot *spot)
{
	const struct diff_spot *outer = spot->outer;
	if (outer)
		put_field(out, diff, outer);
	bool is_of_clause = outer && outer->words && spot->is_element && spot->key;
	if (spot->words)
		text_puts(out, spot->words);
	else if (is_of_clause)
		text_printf(out, " %s", outer->are_steps ? diff_step_words(diff, spot->key) : spot->key->text);
	else if (spot->key || spot->is_element)
		put_key(out, spot);
}

/* --- differences --- */

void diff_note(struct comparison *comparison, enum diff_change change, const struct diff_spot *spot, const struct value *old,
               const struct value *new)
{
	struct diff *diff = comparison->diff;
	struct arena *arena = diff->program->arena;
	const struct diff_spot *outermost = spot;
	struct text field = {0};
	comparison->has_found = true;
	if (comparison->is_quiet)
		return;
	for (const struct diff_spot *at = spot; at; at = at->outer)
		if (at->key)
			outermost = at;
	if (spot)
		put_field(&field, diff, spot);
	struct difference difference = {
		comparison->subject, change, comparison->name, NULL, old, new, NULL,
		comparison->step, spot ? outermost->key : NULL,
	};
	if (field.length)
		difference.field = arena_copy(arena, field.bytes, field.length);
	bool is_in_program = new || change == DIFF_MOVED || change == DIFF_RENAMED;
	if (is_in_program)
		difference.at = diff_place(diff->program, spot);
	if (is_in_program && !difference.at && comparison->step)
		difference.at = diff_step_place(diff->program, comparison->step);
	vec_push(arena, &diff->differences, difference);
	text_free(&field);
}

/* --- leaves --- */

/* The paths of two Get: equal but for the names of steps that were renamed. */
static bool same_path(const struct diff *diff, const struct word *old, const struct word *new)
{
	const char *old_name, *new_name;
	size_t old_length = diff_path_step(old, &old_name), new_length = diff_path_step(new, &new_name);
	if (old == new || !old_length || !new_length || strcmp(old_name + old_length, new_name + new_length) != 0)
		return old == new;
	struct names *names = &diff->program->world->names;
	return map_get(&diff->renamed, names_intern(names, old_name, old_length)) == names_intern(names, new_name, new_length);
}

/* Whether two values are the same where the order of lists counts. */
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
		if (are_paths ? !same_path(diff, a->word, b->word) : !is_same(diff, a, b))
			return false;
	}
	return true;
}

void diff_compare_whole(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                        const struct value *new)
{
	if (!old && !new)
		return;
	if (!old || !new)
		diff_note(comparison, new ? DIFF_ADDED : DIFF_REMOVED, spot, old, new);
	else if (!is_same(comparison->diff, old, new))
		diff_note(comparison, DIFF_CHANGED, spot, old, new);
}

/* --- objects --- */

static const struct type *type_of_field(const struct type *type, const struct word *name)
{
	struct member *member = type->kind == TYPE_SHAPE ? type_find_member(type, name) : NULL;
	if (member)
		return type_of_member(member);
	return type->kind == TYPE_MAP ? type->element : type_primitive(TYPE_ANY);
}

/* The members of an object by name: most are where they are expected, few are searched for, many are indexed. */
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

/* What the program says of a member, most often at the position that it has in the definition. */
static const struct field *source_member(const struct diff_spot *spot, const struct word *name, uint32_t position)
{
	const struct value *source = spot->source;
	if (!source || source->kind != VALUE_OBJECT)
		return NULL;
	bool is_there = position < source->count && source->fields[position].name == name;
	return is_there ? &source->fields[position] : value_field(source, name);
}

static void compare_objects(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                            const struct value *new, const struct type *type)
{
	struct arena *arena = comparison->diff->program->arena;
	struct member_lookup olds = {.object = old}, news = {.object = new};
	for (uint32_t i = 0; i < new->count && !(comparison->is_quiet && comparison->has_found); i++) {
		const struct word *name = new->fields[i].name;
		const struct field *source = source_member(spot, name, i);
		struct diff_spot inner = {.outer = spot, .key = name, .source = source ? source->value : NULL,
		                     .at = source ? source->at : NULL};
		diff_compare(comparison, &inner, look_up(arena, &olds, name, i), new->fields[i].value, type_of_field(type, name));
	}
	for (uint32_t i = 0; i < old->count && !(comparison->is_quiet && comparison->has_found); i++)
		if (!look_up(arena, &news, old->fields[i].name, i))
			diff_note(comparison, DIFF_REMOVED, &(struct diff_spot){.outer = spot, .key = old->fields[i].name},
			          old->fields[i].value, NULL);
}

/* --- lists --- */

/* The name of an element, or NULL when it has none. */
static const struct word *name_of(const struct diff *diff, const struct diff_spot *spot, const struct value *element,
                                  const struct word *by, bool is_old)
{
	if (spot->are_steps) {
		const struct word *name = element->kind == VALUE_STRING ? element->word : NULL;
		const struct word *renamed = name && is_old ? map_get(&diff->renamed, name) : NULL;
		return renamed ? renamed : name;
	}
	const struct field *field = element->kind == VALUE_OBJECT ? value_field(element, by) : NULL;
	return field && field->value->kind == VALUE_STRING ? field->value->word : NULL;
}

/* Elements by name; false when one has none, or another's. */
static bool index_elements(const struct diff *diff, const struct diff_spot *spot, struct map *map, const struct value *list,
                           const struct word *by, bool is_old)
{
	for (uint32_t i = 0; i < list->count; i++) {
		const struct word *name = name_of(diff, spot, list->items[i], by, is_old);
		if (!name || map_get(map, name))
			return false;
		map_put(diff->program->arena, map, name, (void *)list->items[i]);
	}
	return true;
}

static const struct value *source_element(const struct diff_spot *spot, const struct value *list, uint32_t position)
{
	const struct value *source = spot->source;
	bool is_alike = source && source->kind == VALUE_LIST && source->count == list->count;
	return is_alike ? source->items[position] : NULL;
}

/* False when the elements have no names. */
static bool compare_named(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                          const struct value *new, const struct type *element, const struct word *by)
{
	struct map olds = {0}, news = {0};
	const struct diff *diff = comparison->diff;
	if (!index_elements(diff, spot, &olds, old, by, true) || !index_elements(diff, spot, &news, new, by, false))
		return false;
	for (uint32_t i = 0; i < new->count; i++) {
		const struct word *name = name_of(diff, spot, new->items[i], by, false);
		struct diff_spot inner = {.outer = spot, .key = name, .is_element = true, .source = source_element(spot, new, i)};
		const struct value *counterpart = map_get(&olds, name);
		if (!counterpart || !spot->are_steps) /* a name that is there is all that there is of a step */
			diff_compare(comparison, &inner, counterpart, new->items[i], element);
	}
	for (uint32_t i = 0; i < old->count; i++) {
		const struct word *name = name_of(diff, spot, old->items[i], by, true);
		struct diff_spot inner = {.outer = spot, .key = name, .is_element = true};
		if (!map_get(&news, name))
			diff_note(comparison, DIFF_REMOVED, &inner, old->items[i], NULL);
	}
	return true;
}

static bool differs(const struct comparison *comparison, const struct value *old, const struct value *new,
                    const struct type *type)
{
	const struct diff_spot spot = {.is_element = true};
	struct comparison quiet = *comparison;
	quiet.is_quiet = true;
	quiet.has_found = false;
	diff_compare(&quiet, &spot, old, new, type);
	return quiet.has_found;
}

/* Parts of two lists. */
struct window {
	const struct value *old, *new;
	uint32_t old_start, old_end, new_start, new_end;
};

/* Elements without names that have no equal: one after the other, in pairs as long as there are two. */
static void compare_pairs(struct comparison *comparison, const struct diff_spot *spot, const struct window *window,
                          const struct type *element)
{
	uint32_t old = window->old_start, new = window->new_start;
	while (old < window->old_end || new < window->new_end) {
		bool has_old = old < window->old_end, has_new = new < window->new_end;
		struct diff_spot inner = {.outer = spot, .position = has_new ? new : old, .is_element = true};
		inner.source = has_new ? source_element(spot, window->new, new) : NULL;
		diff_compare(comparison, &inner, has_old ? window->old->items[old] : NULL,
		             has_new ? window->new->items[new] : NULL, element);
		old += has_old;
		new += has_new;
	}
}

/* The longest common subsequence: `lengths` has, for each pair of positions, its length from there on. */
static void compare_aligned(struct comparison *comparison, const struct diff_spot *spot, const struct window *window,
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
			compare_pairs(comparison, spot, &gap, element);
			gap.old_start = gap.old_end + 1;
			gap.new_start = gap.new_end + 1;
		}
	}
	gap.old_end = window->old_end;
	gap.new_end = window->new_end;
	compare_pairs(comparison, spot, &gap, element);
}

/* What is the same at both ends stays; between, the elements that are equal are found where that takes no long time. */
static void compare_positions(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                              const struct value *new, const struct type *element)
{
	enum { MOST_PAIRS = 10000 };
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
	if (rows > 1 && columns > 1 && rows * columns <= MOST_PAIRS && !comparison->is_quiet)
		compare_aligned(comparison, spot, &window, element);
	else
		compare_pairs(comparison, spot, &window, element);
}

static void compare_lists(struct comparison *comparison, const struct diff_spot *spot, const struct value *old,
                          const struct value *new, const struct type *type)
{
	const struct word *by = spot->by ? spot->by : type->kind == TYPE_LIST ? type->by : NULL;
	const struct type *element = type->kind == TYPE_LIST ? type->element : type_primitive(TYPE_ANY);
	bool has_names = (by || spot->are_steps) && compare_named(comparison, spot, old, new, element, by);
	if (!has_names)
		compare_positions(comparison, spot, old, new, element);
}

void diff_compare(struct comparison *comparison, const struct diff_spot *spot, const struct value *old, const struct value *new,
                  const struct type *type)
{
	bool is_either = !old || !new || diff_expression(old) || diff_expression(new) || old->kind != new->kind;
	if (!is_either && old->kind == VALUE_OBJECT)
		compare_objects(comparison, spot, old, new, type);
	else if (!is_either && old->kind == VALUE_LIST)
		compare_lists(comparison, spot, old, new, type);
	else
		diff_compare_whole(comparison, spot, old, new);
}
