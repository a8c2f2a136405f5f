/* The grammar, a push parser made with Bison: turns tokens into nodes. Actions only build nodes; they check nothing.
 *
 * layout.c produces the symbols, with line ends, brackets and keys resolved. recover.c pushes them. It pushes only
 * symbols that the parser accepts: it repairs errors, and pushes MISSING as a placeholder for a missing name, value or
 * other construct. The `error` rules are the points where parsing resumes when no small repair helps. */
%code requires {
#include "syntax/tree_builder.h"
}

%code provides {
/* A symbol to push: as `keyword` if the parser accepts that, else as `token`. */
struct parser_choice {
	short token, keyword; /* keyword: 0 if there is none */
};

/* Whether a token can be pushed without an error. */
bool parser_accepts(parser_pstate *state, int token);

/* Stores the tokens that can be pushed, at most `room`; returns how many. */
size_t parser_expected(parser_pstate *state, int *tokens, size_t room);

/* How many brackets and `${` are open after the tokens pushed so far. */
size_t parser_depth(const parser_pstate *state);

/* How many of these choices could be pushed in sequence. Pushes nothing. */
size_t parser_try(parser_pstate *state, const struct parser_choice *choices, size_t count);

/* The name of a token in messages: "`step`", "a name". */
const char *parser_token_text(int token);
}

%define api.pure full
%define api.push-pull push
%define api.prefix {parser_}
%define api.token.prefix {T_}
%define api.value.type {struct node *}
%define api.location.type {struct span}
%define parse.error custom
%define parse.lac full
%define lr.type ielr
%locations
%expect 0
%parse-param {struct tree_builder *builder}

%code {
#include <stdlib.h>
#include <string.h>

#define YYLLOC_DEFAULT(current, rhs, n)                                                            \
	do                                                                                         \
		if (n)                                                                             \
			(current) = span_of(YYRHSLOC(rhs, 1).start, YYRHSLOC(rhs, n).end);         \
		else                                                                               \
			(current) = span_of(YYRHSLOC(rhs, 0).end, YYRHSLOC(rhs, 0).end);           \
	while (0)

#define NEW(kind) tree_new_node(builder, N_##kind, yyloc)
#define NAMED(kind, name) tree_new_named(builder, N_##kind, yyloc, (name))
#define ADD(parent, role, child) tree_add_child((parent), ROLE_##role, (child))
#define TAKE(parent, role, list) tree_take_children(builder, (parent), ROLE_##role, (list))
#define BECOME(node, kind) tree_retype((node), N_##kind, yyloc)
#define GROW(node) ((node)->end = yyloc.end)

static void parser_error(const struct span *span, struct tree_builder *builder, const char *message);

static struct node *new_binary(struct tree_builder *builder, struct span span, enum node_op op, struct node *left,
                               struct node *right)
{
	struct node *node = tree_new_node(builder, N_BINARY, span);
	node->op = (uint8_t)op;
	return tree_add_child(tree_add_child(node, ROLE_LEFT, left), ROLE_RIGHT, right);
}

static struct node *new_unary(struct tree_builder *builder, struct span span, enum node_op op, struct node *right)
{
	struct node *node = tree_new_node(builder, N_UNARY, span);
	node->op = (uint8_t)op;
	return tree_add_child(node, ROLE_RIGHT, right);
}

static struct node *new_require(struct tree_builder *builder, struct span span, enum node_op op, struct node *names,
                                struct node *condition, struct node *message)
{
	struct node *node = tree_new_node(builder, N_REQUIRE, span);
	node->op = (uint8_t)op;
	tree_take_children(builder, node, ROLE_ITEM, names);
	return tree_add_child(tree_add_child(node, ROLE_CONDITION, condition), ROLE_MESSAGE, message);
}

static struct node *set_op(struct node *node, enum node_op op)
{
	node->op = (uint8_t)op;
	return node;
}
#define BINARY(op, left, right) new_binary(builder, yyloc, OP_##op, (left), (right))
#define UNARY(op, right) new_unary(builder, yyloc, OP_##op, (right))
#define REQUIRE(op, names, condition, message) \
	new_require(builder, yyloc, REQUIRE_##op, (names), (condition), (message))
}

%token END 0 "end of file" NL "end of line" MISSING "something"
%token WORD "a name" KEY "a field" NUMBER "a number" STRING "a string"
%token HEAD "a string with `${`" MID "the rest of the string" TAIL "the `}` of `${`"
%token LBRACE "`{`" RBRACE "`}`" LBRACKET "`[`" RBRACKET "`]`" LPAREN "`(`" RPAREN "`)`"
%token COMMA "`,`" COLON "`:`" DOT "`.`" ELLIPSIS "`...`" QUESTION "`?`" COALESCE "`??`"
%token ASSIGN "`=`" EQ "`==`" NE "`!=`" LT "`<`" LE "`<=`" GT "`>`" GE "`>=`"
%token PLUS "`+`" MINUS "`-`" STAR "`*`" SLASH "`/`" PERCENT "`%`" PIPE "`|`"
%token TRUE "`true`" FALSE "`false`" NULL "`null`" AND "`and`" OR "`or`" NOT "`not`" IN "`in`"
%token FOR "`for`" IF "`if`" ELSE "`else`"
%token IMPORT "`import`" PIPELINE "`pipeline`" PARAM "`param`" CONFIG "`config`" LET "`let`"
%token STEP "`step`" CONDITION "`condition`" KIND "`kind`" COMPONENT "`component`" EXPORT "`export`"
%token USE "`use`" DEFAULTS "`defaults`" FUNCTION "`function`" SCHEDULE "`schedule`"
%token FOREACH "`foreach`" PICK "`pick`"
%token ASSERT "`assert`" SHAPE "`shape`" ENUM "`enum`" TYPE "`type`" TEST "`test`"
%token DEPENDS "`depends`" CACHE "`cache`" RETRY "`retry`" PROPERTY "`property`" OUTPUT "`output`"
%token WHEN "`when`" GIVEN "`given`" EXPECT "`expect`" ARGUMENTS "`arguments`" KEYS "`keys`"
%token PROPERTIES "`properties`" CLAUSES "`clauses`" REQUIRE "`require`" TERMINAL "`terminal`"
%token ADVISE "`advise`" WRITES "`writes`" MAKES "`makes`" DEPLOYS "`deploys`" NEEDS "`needs`" BELOW "`below`"
%token AS "`as`" FROM "`from`" ON "`on`" OFF "`off`" FILE "`file`" AT "`at`" WITHOUT "`without`"
%token BY "`by`" LITERAL "`literal`" EXACTLY "`exactly`" LEAST "`least`" MOST "`most`" ONE "`one`"
%token OF "`of`" FAILURE "`failure`" STOP "`stop`" ANY "`any`" ENDING "`end`" MAX "`max`" MIN "`min`"

%right "`?`" "`:`"
%right "`??`"
%left "`or`"
%left "`and`"
%precedence "`not`"
%nonassoc "`==`" "`!=`" "`<`" "`<=`" "`>`" "`>=`" "`in`"
%left "`+`" "`-`"
%left "`*`" "`/`" "`%`"
%precedence NEGATE

%%

file: items { builder->root = BECOME($1, FILE); };

/* Blocks. The grammar allows any item in any block. A later check (eval/resolve_places.c) reports misplaced ones. */

items:
  %empty { $$ = NEW(BLOCK); }
| items item { $$ = ADD($1, ITEM, $2); };

item:
  declaration NL
| clause NL
| field sep
| spread sep
| error NL { $$ = NEW(ERROR); };

sep: NL | COMMA;

block:
  LBRACE items RBRACE { $$ = BECOME($2, BLOCK); }
| MISSING { $$ = NEW(BLOCK); };

block_opt: %empty { $$ = NULL; } | block;

field: key COLON expr { $$ = $1; GROW($$); ADD($$, VALUE, $3); };

key:
  KEY { $$ = NAMED(FIELD, @1); }
| STRING { $$ = tree_set_flag(NEW(FIELD), NODE_QUOTED); tree_set_quoted_name(builder, $$, @1); };

spread: ELLIPSIS expr { $$ = ADD(NEW(SPREAD), VALUE, $2); };

/* Declarations */

declaration:
  IMPORT path { $$ = NEW(IMPORT); tree_set_quoted_name(builder, $$, @2); }
| IMPORT LBRACE imports RBRACE FROM path {
	$$ = TAKE(NEW(IMPORT), ITEM, $3);
	tree_set_quoted_name(builder, $$, @6);
  }
| PIPELINE expr block { $$ = ADD(ADD(NEW(PIPELINE), NAME, $2), BLOCK, $3); }
| PARAM WORD as COLON type choice default {
	$$ = ADD(ADD(ADD(ADD(NAMED(PARAM, @2), AS, $3), TYPE, $5), IN, $6), VALUE, $7);
  }
| CONFIG WORD COLON type choice default {
	$$ = ADD(ADD(ADD(NAMED(CONFIG, @2), TYPE, $4), IN, $5), VALUE, $6);
  }
| LET WORD ASSIGN expr { $$ = ADD(NAMED(LET, @2), VALUE, $4); }
| LET WORD COLON type ASSIGN expr { $$ = ADD(ADD(NAMED(LET, @2), TYPE, $4), VALUE, $6); }
| STEP head COLON base_kind block_opt { $$ = ADD(ADD(BECOME($2, STEP), KIND, $4), BLOCK, $5); }
| USE head COLON base_kind block_opt { $$ = ADD(ADD(BECOME($2, USE), KIND, $4), BLOCK, $5); }
| CONDITION head block_opt arms {
	$$ = TAKE(ADD(BECOME($2, CONDITION), BLOCK, $3), ITEM, $4);
  }
| CONDITION head block_opt arms ELSE block {
	struct node *arm = tree_add_child(tree_new_node(builder, N_ARM, span_of(@5.start, @6.end)), ROLE_BLOCK, $6);
	$$ = ADD(TAKE(ADD(BECOME($2, CONDITION), BLOCK, $3), ITEM, $4), ARM, arm);
  }
| FOREACH head FOR name IN expr block {
	$$ = ADD(ADD(ADD(BECOME($2, FOREACH), ITEM, $4), IN, $6), BLOCK, $7);
  }
| FOREACH head FOR typed_name COLON simple_type IN expr block {
	$$ = ADD(ADD(ADD(ADD(BECOME($2, FOREACH), ITEM, $4), TYPE, $6), IN, $8), BLOCK, $9);
  }
| KIND WORD block { $$ = ADD(NAMED(KIND, @2), BLOCK, $3); }
| KIND WORD parameters ASSIGN base_kind block_opt {
	$$ = ADD(ADD(TAKE(NAMED(KIND, @2), PARAMETER, $3), KIND, $5), BLOCK, $6);
  }
| KIND WORD ASSIGN base_kind block_opt { $$ = ADD(ADD(NAMED(KIND, @2), KIND, $4), BLOCK, $5); }
| COMPONENT WORD parameters block { $$ = ADD(TAKE(NAMED(COMPONENT, @2), PARAMETER, $3), BLOCK, $4); }
| COMPONENT WORD block { $$ = ADD(NAMED(COMPONENT, @2), BLOCK, $3); }
| EXPORT WORD ASSIGN expr { $$ = ADD(NAMED(EXPORT, @2), VALUE, $4); }
| DEFAULTS names block { $$ = ADD(TAKE(NEW(DEFAULTS), ITEM, $2), BLOCK, $3); }
| FUNCTION WORD parameters ASSIGN expr {
	$$ = ADD(TAKE(NAMED(FUNCTION, @2), PARAMETER, $3), VALUE, $5);
  }
| SCHEDULE head block { $$ = ADD(BECOME($2, SCHEDULE), BLOCK, $3); }
| assertion
| SHAPE WORD members { $$ = ADD(NAMED(SHAPE, @2), BODY, $3); }
| ENUM WORD LBRACE texts open RBRACE {
	$$ = TAKE(NAMED(ENUM, @2), ITEM, $4);
	if ($5)
		tree_set_flag($$, NODE_OPEN);
  }
| TYPE WORD ASSIGN type { $$ = ADD(NAMED(TYPE, @2), TYPE, $4); }
| TEST expr block { $$ = ADD(ADD(NEW(TEST), NAME, $2), BLOCK, $3); };

path: STRING { $$ = NULL; } | MISSING { $$ = NULL; };

imports:
  %empty { $$ = NEW(IMPORT); }
| imports import sep { $$ = ADD($1, ITEM, $2); };

import:
  WORD { $$ = NAMED(IMPORT_NAME, @1); }
| WORD AS name { $$ = ADD(NAMED(IMPORT_NAME, @1), AS, $3); };

as:
  %empty { $$ = NULL; }
| AS string { $$ = $2; }
| AS MISSING { $$ = NEW(ERROR); };

choice: %empty { $$ = NULL; } | IN expr { $$ = $2; };

default: %empty { $$ = NULL; } | ASSIGN expr { $$ = $2; };

/* The start of a step, use, condition or schedule, up to its colon or block. */
head: WORD family as { $$ = ADD(ADD(NAMED(STEP, @1), FAMILY, $2), AS, $3); };

family:
  %empty { $$ = NULL; }
| LBRACKET variables IN expr RBRACKET { $$ = ADD(BECOME($2, FAMILY), VALUE, $4); }
| LBRACKET error RBRACKET { $$ = NEW(ERROR); };

variables:
  name { $$ = ADD(NEW(FAMILY), ITEM, $1); }
| name COMMA name { $$ = ADD(ADD(NEW(FAMILY), ITEM, $1), ITEM, $3); };

base_kind: name | call | MISSING { $$ = NEW(ERROR); };

/* The variable of a `foreach`, before its type. In braces it looks like a key. */
typed_name: name | KEY { $$ = NAMED(NAME, @1); };

arms:
  IF expr block { $$ = ADD(NEW(CONDITION), ARM, ADD(ADD(NEW(ARM), CONDITION, $2), BLOCK, $3)); }
| arms ELSE IF expr block {
	struct node *arm = tree_new_node(builder, N_ARM, span_of(@2.start, @5.end));
	$$ = ADD($1, ARM, ADD(ADD(arm, CONDITION, $4), BLOCK, $5));
  };

parameters:
  LPAREN RPAREN { $$ = NULL; }
| LPAREN parameter_list comma_opt RPAREN { $$ = $2; }
| LPAREN error RPAREN { $$ = NULL; }
| LPAREN parameter_list error RPAREN { $$ = $2; };

parameter_list:
  parameter { $$ = ADD(NEW(KIND), PARAMETER, $1); }
| parameter_list COMMA parameter { $$ = ADD($1, PARAMETER, $3); };

parameter:
  WORD default { $$ = ADD(NAMED(PARAMETER, @1), VALUE, $2); }
| KEY COLON simple_type default { $$ = ADD(ADD(NAMED(PARAMETER, @1), TYPE, $3), VALUE, $4); };

comma_opt: %empty { $$ = NULL; } | COMMA { $$ = NULL; };

names:
  name { $$ = ADD(NEW(DEFAULTS), ITEM, $1); }
| names COMMA name { $$ = ADD($1, ITEM, $3); };

name: WORD { $$ = NAMED(NAME, @1); };

/* Clauses: of steps, of tests, and of built-in kinds */

clause:
  DEPENDS ON refs { $$ = BECOME($3, DEPENDS); }
| ON FAILURE OF refs { $$ = set_op(BECOME($4, DEPENDS), TRIGGER_FAILED); }
| ON STOP OF refs { $$ = set_op(BECOME($4, DEPENDS), TRIGGER_STOPPED); }
| ON ANY ENDING OF refs { $$ = set_op(BECOME($5, DEPENDS), TRIGGER_ANY); }
| PICK MAX ref { $$ = set_op(ADD(NEW(PICK), ITEM, $3), PICK_MAX); }
| PICK MIN ref { $$ = set_op(ADD(NEW(PICK), ITEM, $3), PICK_MIN); }
| CACHE FOR expr { $$ = ADD(NEW(CACHE), VALUE, $3); }
| CACHE OFF { $$ = tree_set_flag(NEW(CACHE), NODE_OFF); }
| CACHE OFF FOR expr { $$ = ADD(tree_set_flag(NEW(CACHE), NODE_OFF), VALUE, $4); }
| RETRY ON refs block_opt { $$ = ADD(BECOME($3, RETRY), BLOCK, $4); }
| RETRY OFF { $$ = tree_set_flag(NEW(RETRY), NODE_OFF); }
| PROPERTY FILE WORD as FROM expr AT expr {
	$$ = ADD(ADD(ADD(NAMED(PROPERTY_FILE, @3), AS, $4), FROM, $6), AT, $8);
  }
| PROPERTY FILE WORD as COLON type FROM expr AT expr {
	$$ = ADD(ADD(ADD(ADD(NAMED(PROPERTY_FILE, @3), AS, $4), TYPE, $6), FROM, $8), AT, $10);
  }
| OUTPUT WORD as COLON type { $$ = ADD(ADD(NAMED(OUTPUT, @2), AS, $3), TYPE, $5); }
| WHEN expr { $$ = ADD(NEW(WHEN), VALUE, $2); }
| GIVEN ref ASSIGN expr { $$ = ADD(ADD(NEW(GIVEN), LEFT, $2), VALUE, $4); }
| EXPECT expr { $$ = ADD(NEW(EXPECT), VALUE, $2); }
| TYPE string { $$ = ADD(NEW(KIND_TYPE), VALUE, $2); }
| ARGUMENTS type { $$ = ADD(NEW(ARGUMENTS), TYPE, $2); }
| KEYS type { $$ = ADD(NEW(KEYS), TYPE, $2); }
| PROPERTIES merged_types { $$ = BECOME($2, PROPERTIES); }
| CLAUSES allowed_list { $$ = BECOME($2, CLAUSES); }
| TERMINAL { $$ = NEW(TERMINAL); }
| DEPLOYS names { $$ = BECOME($2, DEPLOYS); }
| NEEDS expr { $$ = ADD(NEW(NEEDS), VALUE, $2); }
| MAKES WORD { $$ = NAMED(MAKES, @2); }
| WRITES refs { $$ = BECOME($2, WRITES); }
| WRITES BELOW refs { $$ = tree_set_flag(BECOME($3, WRITES), NODE_OPEN); }
| require;

refs:
  ref { $$ = ADD(NEW(DEPENDS), ITEM, $1); }
| refs COMMA ref { $$ = ADD($1, ITEM, $3); };

/* A reference to a step or a member of one, without calls. */
ref:
  name
| MISSING { $$ = NEW(ERROR); }
| ref DOT WORD { $$ = ADD(NAMED(MEMBER, @3), LEFT, $1); }
| ref LBRACKET expr RBRACKET { $$ = ADD(ADD(NEW(INDEX), LEFT, $1), RIGHT, $3); };

merged_types:
  whole_type { $$ = ADD(NEW(PROPERTIES), TYPE, $1); }
| merged_types COMMA whole_type { $$ = ADD($1, TYPE, $3); };

allowed_list:
  allowed { $$ = ADD(NEW(CLAUSES), ITEM, $1); }
| allowed_list COMMA allowed { $$ = ADD($1, ITEM, $3); };

allowed:
  WORD { $$ = NAMED(ALLOWED, @1); }
| allowed member_path { $$ = ADD($1, ITEM, $2); GROW($$); };

member_path:
  name
| member_path DOT WORD { $$ = ADD(NAMED(MEMBER, @3), LEFT, $1); };

assertion:
  ASSERT expr { $$ = ADD(NEW(ASSERT), VALUE, $2); }
| ASSERT expr COMMA expr { $$ = ADD(ADD(NEW(ASSERT), VALUE, $2), MESSAGE, $4); }
| ASSERT expr COMMA expr COMMA expr { $$ = ADD(ADD(ADD(NEW(ASSERT), VALUE, $2), MESSAGE, $4), AT, $6); };

require:
  REQUIRE claim { $$ = BECOME($2, REQUIRE); }
| ADVISE claim { $$ = tree_set_flag(BECOME($2, REQUIRE), NODE_ADVICE); };

claim:
  refs why { $$ = REQUIRE(MEMBER, $1, NULL, $2); }
| refs IF test why { $$ = REQUIRE(MEMBER, $1, $3, $4); }
| EXACTLY ONE OF refs why { $$ = REQUIRE(EXACTLY_ONE, $4, NULL, $5); }
| EXACTLY ONE OF refs IF test why { $$ = REQUIRE(EXACTLY_ONE, $4, $6, $7); }
| AT LEAST ONE OF refs why { $$ = REQUIRE(AT_LEAST_ONE, $5, NULL, $6); }
| AT LEAST ONE OF refs IF test why { $$ = REQUIRE(AT_LEAST_ONE, $5, $7, $8); }
| AT MOST ONE OF refs why { $$ = REQUIRE(AT_MOST_ONE, $5, NULL, $6); }
| AT MOST ONE OF refs IF test why { $$ = REQUIRE(AT_MOST_ONE, $5, $7, $8); };

/* The condition of a rule: a member is present, or equals a constant. */
test:
  ref
| ref EQ constant { $$ = BINARY(EQUAL, $1, $3); };

constant: string | TRUE { $$ = NEW(TRUE); } | FALSE { $$ = NEW(FALSE); };

why: %empty { $$ = NULL; } | COMMA string { $$ = $2; };

/* Types */

type:
  simple_type
| reduced_type
| LITERAL reduced_type { $$ = tree_set_flag(BECOME($2, TYPE_REF), NODE_LITERAL); }
| reduced_type PIPE NULL { $$ = tree_set_flag(BECOME($1, TYPE_REF), NODE_NULLABLE); }
| LITERAL reduced_type PIPE NULL {
	$$ = tree_set_flag(tree_set_flag(BECOME($2, TYPE_REF), NODE_LITERAL), NODE_NULLABLE);
  };

/* A type in a comma-separated list: it cannot end with `without A, B`. */
simple_type:
  whole_type
| LITERAL whole_type { $$ = tree_set_flag(BECOME($2, TYPE_REF), NODE_LITERAL); }
| whole_type PIPE NULL { $$ = tree_set_flag(BECOME($1, TYPE_REF), NODE_NULLABLE); }
| LITERAL whole_type PIPE NULL {
	$$ = tree_set_flag(tree_set_flag(BECOME($2, TYPE_REF), NODE_LITERAL), NODE_NULLABLE);
  };

whole_type: named_type | body_type;

named_type:
  type_name
| type_name LPAREN argument_list comma_opt RPAREN { $$ = TAKE(BECOME($1, TYPE_REF), ITEM, $3); }
| type_name LPAREN error RPAREN { $$ = BECOME($1, TYPE_REF); }
| MISSING { $$ = NEW(ERROR); };

type_name:
  WORD { $$ = NAMED(TYPE_REF, @1); }
| WORD LT type GT { $$ = ADD(NAMED(TYPE_REF, @1), TYPE, $3); }
| WORD LT type BY name GT { $$ = ADD(ADD(NAMED(TYPE_REF, @1), TYPE, $3), KEY, $5); }
| WORD LT simple_type COMMA type GT { $$ = ADD(ADD(NAMED(TYPE_REF, @1), TYPE, $3), TYPE, $5); };

reduced_type: named_type WITHOUT names { $$ = TAKE(BECOME($1, TYPE_REF), WITHOUT, $3); };

body_type:
  LBRACE member_list open RBRACE {
	struct node *members = BECOME($2, MEMBERS);
	if ($3)
		tree_set_flag(members, NODE_OPEN);
	$$ = ADD(NEW(TYPE_REF), BODY, members);
  }
| named_type members { $$ = ADD(BECOME($1, TYPE_REF), BODY, $2); }
| reduced_type members { $$ = ADD(BECOME($1, TYPE_REF), BODY, $2); };

members:
  LBRACE member_list open RBRACE {
	$$ = BECOME($2, MEMBERS);
	if ($3)
		tree_set_flag($$, NODE_OPEN);
  };

member_list:
  %empty { $$ = NEW(MEMBERS); }
| member_list member NL { $$ = ADD($1, ITEM, $2); };

member:
  key COLON type default { $$ = ADD(ADD(BECOME($1, MEMBER_DECL), TYPE, $3), VALUE, $4); }
| key QUESTION COLON type default {
	$$ = ADD(ADD(BECOME($1, MEMBER_DECL), TYPE, $4), VALUE, $5);
	tree_set_flag($$, NODE_OPTIONAL);
  }
| require
| assertion
| error { $$ = NEW(ERROR); };

/* Whether a list ends with `...`: a node means yes, NULL means no. */
open: %empty { $$ = NULL; } | ELLIPSIS NL { $$ = NEW(ERROR); };

texts:
  %empty { $$ = NEW(ENUM); }
| texts text sep { $$ = ADD($1, ITEM, $2); };

text:
  STRING { $$ = tree_new_string(builder, @1); }
| MISSING { $$ = NEW(ERROR); }
| error { $$ = NEW(ERROR); };

/* Expressions */

expr:
  postfix
| NOT expr { $$ = UNARY(NOT, $2); }
| MINUS expr %prec NEGATE { $$ = UNARY(NEGATE, $2); }
| expr PLUS expr { $$ = BINARY(ADD, $1, $3); }
| expr MINUS expr { $$ = BINARY(SUBTRACT, $1, $3); }
| expr STAR expr { $$ = BINARY(MULTIPLY, $1, $3); }
| expr SLASH expr { $$ = BINARY(DIVIDE, $1, $3); }
| expr PERCENT expr { $$ = BINARY(REMAINDER, $1, $3); }
| expr EQ expr { $$ = BINARY(EQUAL, $1, $3); }
| expr NE expr { $$ = BINARY(NOT_EQUAL, $1, $3); }
| expr LT expr { $$ = BINARY(LESS, $1, $3); }
| expr LE expr { $$ = BINARY(LESS_EQUAL, $1, $3); }
| expr GT expr { $$ = BINARY(GREATER, $1, $3); }
| expr GE expr { $$ = BINARY(GREATER_EQUAL, $1, $3); }
| expr IN expr { $$ = BINARY(IN, $1, $3); }
| expr AND expr { $$ = BINARY(AND, $1, $3); }
| expr OR expr { $$ = BINARY(OR, $1, $3); }
| expr COALESCE expr { $$ = BINARY(COALESCE, $1, $3); }
| expr QUESTION expr COLON expr { $$ = ADD(ADD(ADD(NEW(TERNARY), CONDITION, $1), LEFT, $3), RIGHT, $5); };

postfix:
  name
| call
| string
| NUMBER { $$ = tree_new_number(builder, @1); }
| TRUE { $$ = NEW(TRUE); }
| FALSE { $$ = NEW(FALSE); }
| NULL { $$ = NEW(NULL); }
| MISSING { $$ = NEW(ERROR); }
| list
| object
| LPAREN expr RPAREN { $$ = tree_set_flag($2, NODE_PAREN); }
| LPAREN error RPAREN { $$ = NEW(ERROR); }
| postfix DOT WORD { $$ = ADD(NAMED(MEMBER, @3), LEFT, $1); }
| postfix LBRACKET expr RBRACKET { $$ = ADD(ADD(NEW(INDEX), LEFT, $1), RIGHT, $3); }
| postfix LBRACKET error RBRACKET { $$ = ADD(NEW(INDEX), LEFT, $1); };

call: name arguments { $$ = TAKE(ADD(NEW(CALL), LEFT, $1), ITEM, $2); };

arguments:
  LPAREN RPAREN { $$ = NULL; }
| LPAREN argument_list comma_opt RPAREN { $$ = $2; }
| LPAREN error RPAREN { $$ = NULL; }
| LPAREN argument_list error RPAREN { $$ = $2; };

argument_list:
  argument { $$ = ADD(NEW(CALL), ITEM, $1); }
| argument_list COMMA argument { $$ = ADD($1, ITEM, $3); };

argument:
  expr { $$ = ADD(NEW(ARGUMENT), VALUE, $1); }
| KEY COLON expr { $$ = ADD(NAMED(ARGUMENT, @1), VALUE, $3); };

string:
  STRING { $$ = tree_new_string(builder, @1); }
| template TAIL {
	ADD($1, ITEM, tree_new_node(builder, N_STRING, @2));
	$$ = tree_finish_template(builder, $1, yyloc);
  };

template:
  HEAD part { $$ = ADD(ADD(NEW(TEMPLATE), ITEM, tree_new_node(builder, N_STRING, @1)), ITEM, $2); }
| template MID part { $$ = ADD(ADD($1, ITEM, tree_new_node(builder, N_STRING, @2)), ITEM, $3); };

part: expr | error { $$ = NEW(ERROR); };

list:
  LBRACKET RBRACKET { $$ = NEW(LIST); }
| LBRACKET elements comma_opt RBRACKET { $$ = BECOME($2, LIST); }
| LBRACKET error RBRACKET { $$ = NEW(LIST); }
| LBRACKET elements error RBRACKET { $$ = BECOME($2, LIST); }
| LBRACKET FOR variables IN expr filter COLON expr RBRACKET {
	$$ = ADD(ADD(ADD(BECOME($3, LIST_FOR), IN, $5), CONDITION, $6), VALUE, $8);
  };

elements:
  element { $$ = ADD(NEW(LIST), ITEM, $1); }
| elements COMMA element { $$ = ADD($1, ITEM, $3); };

element: expr | spread;

filter: %empty { $$ = NULL; } | IF expr { $$ = $2; };

object:
  LBRACE RBRACE { $$ = NEW(OBJECT); }
| LBRACE fields RBRACE { $$ = BECOME($2, OBJECT); }
| LBRACE FOR variables IN expr filter COLON expr COLON expr RBRACE {
	$$ = ADD(ADD(ADD(ADD(BECOME($3, OBJECT_FOR), IN, $5), CONDITION, $6), KEY, $8), VALUE, $10);
  }
| LBRACE FOR error RBRACE { $$ = NEW(ERROR); };

fields:
  entry sep { $$ = ADD(NEW(OBJECT), ITEM, $1); }
| fields entry sep { $$ = ADD($1, ITEM, $2); };

entry: field | spread | error { $$ = NEW(ERROR); };

%%

/* Only accepted symbols are pushed, so Bison itself never reports an error: recover.c reports them all. */
static int yyreport_syntax_error(const yypcontext_t *context, struct tree_builder *builder)
{
	(void)context;
	(void)builder;
	return 0;
}

/* Bison calls this when the stack reaches YYMAXDEPTH. */
static void parser_error(const struct span *span, struct tree_builder *builder, const char *message)
{
	(void)span;
	(void)message;
	builder->is_exhausted = true;
}

bool parser_accepts(parser_pstate *state, int token)
{
	yysymbol_kind_t symbol = YYTRANSLATE(token);
	int entry = yypact[*state->yyssp];
	if (!yypact_value_is_default(entry)) {
		entry += symbol;
		if (entry >= 0 && entry <= YYLAST && yycheck[entry] == symbol && yytable[entry] > 0)
			return true;
	}
	return yy_lac(state->yyesa, &state->yyes, &state->yyes_capacity, state->yyssp, symbol) != 1;
}

size_t parser_expected(parser_pstate *state, int *tokens, size_t room)
{
	yysymbol_kind_t symbols[YYNTOKENS];
	yypcontext_t context = {state, YYSYMBOL_YYEMPTY, NULL};
	int found = yypcontext_expected_tokens(&context, symbols, YYNTOKENS);
	size_t count = 0;
	/* token numbers are in the order of symbol kinds, which begin with three symbols of Bison's own */
	for (int i = 0; i < found && count < room; i++)
		tokens[count++] = symbols[i] == YYSYMBOL_YYEOF ? T_END : (int)symbols[i] - 3 + T_NL;
	return count;
}

const char *parser_token_text(int token)
{
	return yysymbol_name(YYTRANSLATE(token));
}

size_t parser_depth(const parser_pstate *state)
{
	size_t depth = 0;
	for (const yy_state_t *at = state->yyss; at <= state->yyssp; at++) {
		yysymbol_kind_t symbol = YY_ACCESSING_SYMBOL(*at);
		depth += symbol == YYSYMBOL_LBRACE || symbol == YYSYMBOL_LBRACKET || symbol == YYSYMBOL_LPAREN ||
		         symbol == YYSYMBOL_HEAD || symbol == YYSYMBOL_template;
	}
	return depth;
}

/* The stack of a trial parse: a copy of the parser's states, without values. Reads Bison's tables. */
struct trial {
	yy_state_t *states;
	size_t count, room;
};

static void trial_push(struct trial *trial, yy_state_t state)
{
	if (trial->count == trial->room) {
		trial->room *= 2;
		trial->states = realloc(trial->states, trial->room * sizeof *trial->states);
		if (!trial->states)
			arena_exhausted();
	}
	trial->states[trial->count++] = state;
}

static void trial_reduce(struct trial *trial, int rule)
{
	trial->count -= (size_t)yyr2[rule];
	int left = yyr1[rule] - YYNTOKENS;
	int top = trial->states[trial->count - 1];
	int entry = yypgoto[left] + top;
	bool is_listed = entry >= 0 && entry <= YYLAST && yycheck[entry] == top;
	trial_push(trial, (yy_state_t)(is_listed ? yytable[entry] : yydefgoto[left]));
}

static bool trial_shift(struct trial *trial, int token)
{
	yysymbol_kind_t symbol = YYTRANSLATE(token);
	for (;;) {
		int top = trial->states[trial->count - 1], action = yypact[top];
		bool is_listed = !yypact_value_is_default(action);
		if (is_listed) {
			action += symbol;
			is_listed = action >= 0 && action <= YYLAST && yycheck[action] == symbol;
		}
		if (!is_listed) {
			if (yydefact[top] == 0)
				return false;
			trial_reduce(trial, yydefact[top]);
			continue;
		}
		action = yytable[action];
		if (yytable_value_is_error(action) || action == 0)
			return false;
		if (action > 0) {
			trial_push(trial, (yy_state_t)action);
			return true;
		}
		trial_reduce(trial, -action);
	}
}

static struct trial trial_copy(const yy_state_t *states, size_t count)
{
	struct trial copy = {malloc((count + 64) * sizeof *states), count, count + 64};
	if (!copy.states)
		arena_exhausted();
	memcpy(copy.states, states, count * sizeof *states);
	return copy;
}

static bool trial_take(struct trial *trial, struct parser_choice choice)
{
	if (choice.keyword) {
		struct trial as_keyword = trial_copy(trial->states, trial->count);
		if (trial_shift(&as_keyword, choice.keyword)) {
			free(trial->states);
			*trial = as_keyword;
			return true;
		}
		free(as_keyword.states);
	}
	return trial_shift(trial, choice.token);
}

size_t parser_try(parser_pstate *state, const struct parser_choice *choices, size_t count)
{
	struct trial trial = trial_copy(state->yyss, (size_t)(state->yyssp - state->yyss) + 1);
	size_t taken = 0;
	while (taken < count && trial_take(&trial, choices[taken]))
		taken++;
	free(trial.states);
	return taken;
}
