/* The syntax tree: one struct for all constructs. Any child may be missing.
 *
 * A node knows its place and its children, and nothing else: types, symbols and values are kept in arrays beside the
 * tree, indexed by node id. Children are in source order, each with a role. A child that the source lacks is absent,
 * so every accessor may return NULL. The table below lists the roles of each kind of node: `*` means any number, and
 * `?` means that the child is optional even in a correct program. */
#ifndef SP_NODE_H
#define SP_NODE_H

#include "base/names.h"
#include "source/source.h"

/* NODE(kind)              word and roles */
#define NODE_KINDS(NODE)                                                                                          \
	NODE(FILE)          /* ITEM* (declarations) */                                                            \
	/* declarations */                                                                                        \
	NODE(IMPORT)        /* word: path; ITEM* IMPORT_NAME */                                                   \
	NODE(IMPORT_NAME)   /* word: name; AS? NAME */                                                            \
	NODE(PIPELINE)      /* NAME? expression, BLOCK */                                                         \
	NODE(PARAM)         /* word: name; AS? TYPE IN? VALUE? */                                                 \
	NODE(CONFIG)        /* word: name; TYPE IN? VALUE? */                                                     \
	NODE(LET)           /* word: name; TYPE? VALUE */                                                         \
	NODE(STEP)          /* word: name; FAMILY? AS? KIND (NAME or CALL) BLOCK? */                              \
	NODE(CONDITION)     /* word: name; FAMILY? AS? BLOCK? (clauses, fields) ARM* */                           \
	NODE(FOREACH)       /* word: name; FAMILY? AS? ITEM NAME (the variable) TYPE? (of it) IN BLOCK */         \
	NODE(ARM)           /* CONDITION? (not of `else`) BLOCK */                                                \
	NODE(FAMILY)        /* ITEM* NAME (one or two variables) VALUE (what they iterate over) */                \
	NODE(KIND)          /* word: name; PARAMETER* KIND? (NAME or CALL; not of a built-in kind) BLOCK */       \
	NODE(COMPONENT)     /* word: name; PARAMETER* BLOCK */                                                    \
	NODE(USE)           /* word: name; FAMILY? AS? KIND (NAME or CALL) BLOCK? */                              \
	NODE(EXPORT)        /* word: name; VALUE */                                                               \
	NODE(DEFAULTS)      /* ITEM* NAME, BLOCK */                                                               \
	NODE(FUNCTION)      /* word: name; PARAMETER* VALUE */                                                    \
	NODE(PARAMETER)     /* word: name; TYPE? VALUE? (default): of a kind, component or function */            \
	NODE(SCHEDULE)      /* word: name; FAMILY? AS? BLOCK */                                                   \
	NODE(ASSERT)        /* VALUE MESSAGE? */                                                                  \
	NODE(SHAPE)         /* word: name; BODY MEMBERS */                                                        \
	NODE(ENUM)          /* word: name; ITEM* STRING; flag OPEN */                                             \
	NODE(TYPE)          /* word: name; TYPE */                                                                \
	NODE(TEST)          /* NAME? expression, BLOCK */                                                         \
	/* clauses */                                                                                             \
	NODE(DEPENDS)       /* op OP_NONE (`depends on`) or TRIGGER_* (`on … of`); ITEM* NAME, MEMBER or INDEX */ \
	NODE(PICK)          /* op PICK_*; ITEM reference: `pick max Score.Value` in a `foreach` */                \
	NODE(CACHE)         /* VALUE? (duration); flag OFF */                                                     \
	NODE(RETRY)         /* ITEM* (NAME or MEMBER) BLOCK?; flag OFF */                                         \
	NODE(PROPERTY_FILE) /* word: name; AS? TYPE? FROM AT */                                                   \
	NODE(OUTPUT)        /* word: name; AS? TYPE */                                                            \
	NODE(WHEN)          /* VALUE */                                                                           \
	NODE(GIVEN)         /* LEFT reference, VALUE: `given REF = value` in a schedule or test */                \
	NODE(EXPECT)        /* VALUE: `expect expression` in a test */                                            \
	/* clauses of a built-in kind (stdlib/steps) */                                                           \
	NODE(KIND_TYPE)     /* VALUE STRING: `type "Training"` */                                                 \
	NODE(ARGUMENTS)     /* TYPE: `arguments CreateTrainingJobRequest without X { ... }` */                    \
	NODE(KEYS)          /* TYPE: `keys { ... }`, step keys outside Arguments */                               \
	NODE(PROPERTIES)    /* TYPE*: `properties A, B { ... }` */                                                \
	NODE(CLAUSES)       /* ITEM* ALLOWED */                                                                   \
	NODE(ALLOWED)       /* word: first word; ITEM* NAME or MEMBER: `retry Step SageMaker`, `cache A B.C` */   \
	NODE(REQUIRE)       /* op REQUIRE_*; ITEM* reference, CONDITION? (after `if`: a reference, or BINARY      \
	                       OP_EQUAL of a reference and a constant) MESSAGE?; flag ADVICE */                   \
	NODE(WRITES)        /* ITEM* references: where a step writes files; flag OPEN: `writes below` */          \
	NODE(MAKES)         /* word: the argument with the name of the resource that a step makes */              \
	NODE(DEPLOYS)       /* ITEM* NAME: step keys that only deployment reads, not emitted */                   \
	NODE(NEEDS)         /* VALUE: a list of IAM policy statements that its steps need */                      \
	NODE(TERMINAL)      /* no step may refer to a step of this kind or depend on it */                        \
	/* blocks */                                                                                              \
	NODE(BLOCK)         /* ITEM* FIELD, SPREAD, clauses, declarations */                                      \
	NODE(FIELD)         /* word: key; VALUE; flag QUOTED */                                                   \
	/* expressions */                                                                                         \
	NODE(NAME)          /* word */                                                                            \
	NODE(STRING)        /* word: the text, escapes decoded, indentation removed */                            \
	NODE(TEMPLATE)      /* ITEM*: expressions and non-empty STRING parts, in order */                         \
	NODE(NUMBER)        /* word: the digits as written, without `_` */                                        \
	NODE(TRUE)                                                                                                \
	NODE(FALSE)                                                                                               \
	NODE(NULL)                                                                                                \
	NODE(LIST)          /* ITEM* expressions and SPREAD */                                                    \
	NODE(OBJECT)        /* ITEM* FIELD and SPREAD */                                                          \
	NODE(LIST_FOR)      /* ITEM* NAME (one or two variables) IN VALUE CONDITION? */                           \
	NODE(OBJECT_FOR)    /* ITEM* NAME, IN, KEY, VALUE, CONDITION? */                                          \
	NODE(MEMBER)        /* word: member name, at the end of the span; LEFT */                                 \
	NODE(INDEX)         /* LEFT RIGHT */                                                                      \
	NODE(CALL)          /* LEFT (NAME) ITEM* ARGUMENT */                                                      \
	NODE(ARGUMENT)      /* word: name, or NULL if positional; VALUE */                                        \
	NODE(UNARY)         /* op OP_NOT or OP_NEGATE; RIGHT */                                                   \
	NODE(BINARY)        /* op OP_*; LEFT RIGHT */                                                             \
	NODE(TERNARY)       /* CONDITION LEFT RIGHT */                                                            \
	NODE(SPREAD)        /* VALUE */                                                                           \
	NODE(ERROR)         /* skipped tokens; accepted everywhere without a further message */                   \
	/* types */                                                                                               \
	NODE(TYPE_REF)      /* word: name, or NULL for a bare `{ ... }`; TYPE* arguments, KEY? NAME (`by`), ITEM* \
	                       ARGUMENT (constraints), WITHOUT* NAME, BODY? MEMBERS; flags LITERAL NULLABLE */    \
	NODE(MEMBERS)       /* ITEM* MEMBER_DECL and REQUIRE; flag OPEN (ends with `...`) */                      \
	NODE(MEMBER_DECL)   /* word: name; TYPE VALUE? (default); flag OPTIONAL */

enum node_kind {
#define NODE(kind) N_##kind,
	NODE_KINDS(NODE)
#undef NODE
	NODE_KIND_COUNT
};

#define NODE_ROLES(ROLE)                                                                           \
	ROLE(ITEM) ROLE(NAME) ROLE(AS) ROLE(TYPE) ROLE(IN) ROLE(VALUE) ROLE(KIND) ROLE(BLOCK)      \
	ROLE(FAMILY) ROLE(PARAMETER) ROLE(ARM) ROLE(CONDITION) ROLE(MESSAGE) ROLE(BODY) ROLE(FROM) \
	ROLE(AT) ROLE(LEFT) ROLE(RIGHT) ROLE(KEY) ROLE(WITHOUT)

enum node_role {
#define ROLE(role) ROLE_##role,
	NODE_ROLES(ROLE)
#undef ROLE
	ROLE_COUNT
};

enum node_op {
	OP_NONE, OP_ADD, OP_SUBTRACT, OP_MULTIPLY, OP_DIVIDE, OP_REMAINDER, OP_NEGATE,
	OP_EQUAL, OP_NOT_EQUAL, OP_LESS, OP_LESS_EQUAL, OP_GREATER, OP_GREATER_EQUAL, OP_IN,
	OP_AND, OP_OR, OP_NOT, OP_COALESCE,
	REQUIRE_MEMBER, REQUIRE_EXACTLY_ONE, REQUIRE_AT_LEAST_ONE, REQUIRE_AT_MOST_ONE,
	PICK_MAX, PICK_MIN,
	TRIGGER_FAILED, TRIGGER_STOPPED, TRIGGER_ANY /* how the steps after N_DEPENDS end; OP_NONE: they complete */
};

enum node_flag {
	NODE_OFF = 1,       /* `cache off`, `retry off` */
	NODE_QUOTED = 2,    /* a field whose key is a string */
	NODE_PAREN = 4,     /* an expression in parentheses */
	NODE_OPEN = 8,      /* an enum or member list that ends with `...`; `writes below` */
	NODE_OPTIONAL = 16, /* `Name?: T` */
	NODE_LITERAL = 32,  /* `literal T` */
	NODE_NULLABLE = 64, /* `T | null` */
	NODE_ADVICE = 128   /* `advise`: a `require` that is only advice */
};

struct node {
	uint8_t kind, role, op, flags;
	uint32_t id;         /* dense, from 0, within one tree */
	uint32_t start, end; /* span in the file */
	uint32_t name_start; /* where `word` is in the source, from its quote if it has one */
	uint32_t name_end;
	struct node *parent, *first, *last, *next;
	const struct word *word;
};

/* One parsed file. It lives in the arena that it was parsed into. */
struct tree {
	const struct source_file *file;
	struct node *root;         /* N_FILE; never NULL */
	uint32_t node_count;
	const struct token *tokens;
	size_t token_count;
};

/* The first child with this role, or NULL; NULL for NULL. */
struct node *node_child(const struct node *node, enum node_role role);

/* The next sibling with the same role, or NULL: `for (n = node_child(..); n; n = node_next(n))`. */
struct node *node_next(const struct node *node);

/* The name in a reference to a function, kind or component: `F` in `F(x)`, or `F` alone. NULL for NULL. */
const struct node *node_callee(const struct node *reference);

/* Whether a node is `outer` or below it; false for a NULL node. */
bool node_is_within(const struct node *node, const struct node *outer);

/* The topmost ancestor: in a whole tree, its N_FILE. */
const struct node *node_root(const struct node *node);

/* The next node in preorder (children before siblings); NULL after the last. */
const struct node *node_following(const struct node *node);

/* The innermost node at an offset; where two nodes touch, the second. Never NULL. */
struct node *node_at(const struct tree *tree, uint32_t offset);

/* The index of the first token that starts at or after an offset. */
size_t node_token_index(const struct tree *tree, uint32_t offset);

/* The index of the first token that ends after an offset; the number of tokens if there is none. */
size_t node_token_ending_after(const struct tree *tree, uint32_t offset);

/* The text of the `///` lines directly above a declaration, joined with "\n"; NULL if there are none. */
const struct word *node_doc(const struct tree *tree, struct names *names, const struct node *node);

/* Whether a declaration makes steps: N_STEP, N_CONDITION, N_FOREACH or N_USE. */
static inline bool node_is_unit(const struct node *node)
{
	return node->kind == N_STEP || node->kind == N_CONDITION || node->kind == N_FOREACH || node->kind == N_USE;
}

static inline struct span node_span(const struct node *node)
{
	return (struct span){node->start, node->end};
}

static inline struct span node_name_span(const struct node *node)
{
	return (struct span){node->name_start, node->name_end};
}

/* Names for dumps: "STEP", "TYPE_REF"; "VALUE". */
const char *node_kind_name(enum node_kind kind);
const char *node_role_name(enum node_role role);
/* The operator as written in the source: "+", "<=", "exactly one of". */
const char *node_op_name(enum node_op op);

/* The clause of a trigger: "on failure of"; "depends on" for OP_NONE. */
const char *node_trigger_clause(enum node_op trigger);
/* The trigger in a definition: "Failed"; "Completed" for OP_NONE. */
const char *node_trigger_name(enum node_op trigger);
/* The trigger with this name in a definition. Returns false if there is none. */
bool node_find_trigger(const char *name, enum node_op *trigger);

#endif
