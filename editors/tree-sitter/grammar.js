// The .pipe language for tree-sitter. The compiler's grammar is ../../grammar/parser.y. This one accepts every program
// that the compiler accepts, and some that it rejects.
//
// Three tokens come from src/scanner.c, which looks ahead like the compiler's layout pass: a significant line end, a comma
// that separates fields (and not steps or types), and a word that is a key because a colon follows.

const PRECEDENCE = { choice: 1, default: 2, or: 3, and: 4, not: 5, compare: 6, add: 7, multiply: 8, negate: 9 };

const BINARY = [
    ["default", ["??"], prec.right],
    ["or", ["or"], prec.left],
    ["and", ["and"], prec.left],
    ["compare", ["==", "!=", "<", "<=", ">", ">=", "in"], prec.left],
    ["add", ["+", "-"], prec.left],
    ["multiply", ["*", "/", "%"], prec.left],
];

function list(rule) {
    return seq(rule, repeat(seq(",", rule)));
}

function arguments_of(rule) {
    return seq("(", optional(seq(list(rule), optional(","))), ")");
}

module.exports = grammar({
    name: "pipe",

    externals: ($) => [$._line_end, $._field_comma, $._key, $._error_sentinel],
    extras: ($) => [/\s/, $.comment, $.doc_comment],
    word: ($) => $.identifier,
    supertypes: ($) => [$.declaration, $.clause, $.expression],
    inline: ($) => [$._end, $._separator, $._base_kind],

    rules: {
        source_file: ($) => repeat($._item),

        _item: ($) => choice(
            seq(choice($.declaration, $.clause), $._end),
            seq(choice($.field, $.spread), $._separator),
        ),
        _end: ($) => choice($._line_end, $._field_comma),
        _separator: ($) => choice($._line_end, $._field_comma, ","),
        block: ($) => seq("{", repeat($._item), "}"),
        field: ($) => seq(field("name", $._field_name), ":", field("value", $.expression)),
        _field_name: ($) => choice($.key, $.string),
        key: ($) => $._key,
        spread: ($) => seq("...", field("value", $.expression)),

        // Declarations

        declaration: ($) => choice(
            $.import, $.pipeline, $.param, $.config, $.let, $.step, $.use, $.condition, $.foreach, $.kind, $.component, $.export,
            $.defaults, $.function, $.schedule, $.assert, $.shape, $.enum, $.type_alias, $.test,
        ),
        import: ($) => seq("import", optional(seq($.imports, "from")), field("path", $.string)),
        imports: ($) => seq("{", repeat(seq($.imported, $._separator)), "}"),
        imported: ($) => seq(field("name", $.identifier), optional(seq("as", field("alias", $.identifier)))),
        pipeline: ($) => seq("pipeline", field("name", $.expression), field("body", $.block)),
        param: ($) => seq("param", field("name", $.identifier), optional($.as), $._typed_value),
        config: ($) => seq("config", field("name", $.identifier), $._typed_value),
        _typed_value: ($) => seq(
            ":", field("type", $.type),
            optional(seq("in", field("choices", $.expression))),
            optional(seq("=", field("value", $.expression))),
        ),
        let: ($) => seq(
            "let", field("name", $.identifier), optional(seq(":", field("type", $.type))), "=", field("value", $.expression),
        ),
        step: ($) => seq("step", $._head, ":", $._base_kind, optional(field("body", $.block))),
        use: ($) => seq("use", $._head, ":", $._base_kind, optional(field("body", $.block))),
        condition: ($) => seq(
            "condition", $._head, optional(field("body", $.block)),
            "if", field("condition", $.expression), field("then", $.block),
            repeat(seq("else", "if", field("condition", $.expression), field("then", $.block))),
            optional(seq("else", field("else", $.block))),
        ),
        foreach: ($) => seq(
            "foreach", $._head, "for", field("variable", choice($.identifier, $.key)),
            optional(seq(":", field("type", $.type))), "in", field("items", $.expression), field("body", $.block),
        ),
        kind: ($) => seq("kind", field("name", $.identifier), choice(
            field("body", $.block),
            seq(optional($.parameters), "=", $._base_kind, optional(field("body", $.block))),
        )),
        component: ($) => seq("component", field("name", $.identifier), optional($.parameters), field("body", $.block)),
        export: ($) => seq("export", field("name", $.identifier), "=", field("value", $.expression)),
        defaults: ($) => seq("defaults", list(field("kind", $.identifier)), field("body", $.block)),
        function: ($) => seq("function", field("name", $.identifier), $.parameters, "=", field("value", $.expression)),
        schedule: ($) => seq("schedule", $._head, field("body", $.block)),
        assert: ($) => seq("assert", field("value", $.expression), optional(seq(",", field("message", $.expression),
            optional(seq(",", field("place", $.expression)))))),
        shape: ($) => seq("shape", field("name", $.identifier), $.members),
        enum: ($) => seq("enum", field("name", $.identifier), "{",
            repeat(seq($.string, $._separator)), optional(seq("...", $._end)), "}"),
        type_alias: ($) => seq("type", field("name", $.identifier), "=", field("type", $.type)),
        test: ($) => seq("test", field("name", $.expression), field("body", $.block)),

        _head: ($) => seq(field("name", $.identifier), optional($.family), optional($.as)),
        as: ($) => seq("as", $.string),
        family: ($) => seq("[", $._variables, "in", field("over", $.expression), "]"),
        _variables: ($) => list(field("variable", $.identifier)),
        _base_kind: ($) => field("kind", choice($.identifier, $.call)),
        parameters: ($) => arguments_of($.parameter),
        parameter: ($) => seq(
            choice(
                field("name", $.identifier),
                seq(field("name", $.key), ":", field("type", alias($._listed_type, $.type))),
            ),
            optional(seq("=", field("value", $.expression))),
        ),

        // Clauses

        clause: ($) => choice(
            $.depends, $.run_condition, $.pick, $.cache, $.retry, $.property_file, $.output, $.when, $.given, $.expect, $.kind_type,
            $.arguments_type, $.keys, $.properties, $.clauses, $.terminal, $.deploys, $.needs, $.writes, $.makes, $.require,
        ),
        depends: ($) => seq("depends", "on", list($._ref)),
        run_condition: ($) => seq("on", choice("failure", "stop", seq("any", "end")), "of", list($._ref)),
        pick: ($) => seq("pick", choice("max", "min"), $._ref),
        cache: ($) => seq("cache", choice(
            seq("for", field("value", $.expression)),
            seq("off", optional(seq("for", field("value", $.expression)))),
        )),
        retry: ($) => seq("retry", choice(seq("on", list($._ref), optional(field("body", $.block))), "off")),
        property_file: ($) => seq(
            "property", "file", field("name", $.identifier), optional($.as), optional(seq(":", field("type", $.type))),
            "from", field("output", $.expression), "at", field("path", $.expression),
        ),
        output: ($) => seq("output", field("name", $.identifier), optional($.as), ":", field("type", $.type)),
        when: ($) => seq("when", field("value", $.expression)),
        given: ($) => seq("given", $._ref, "=", field("value", $.expression)),
        expect: ($) => seq("expect", field("value", $.expression)),
        kind_type: ($) => seq("type", field("value", $.string)),
        arguments_type: ($) => seq("arguments", field("type", $.type)),
        keys: ($) => seq("keys", field("type", $.type)),
        properties: ($) => seq("properties", list(alias($._whole_type, $.type))),
        clauses: ($) => seq("clauses", list($.allowed)),
        allowed: ($) => seq($.identifier, repeat($._ref)),
        terminal: () => "terminal",
        deploys: ($) => seq("deploys", list($.identifier)),
        needs: ($) => seq("needs", field("value", $.expression)),
        writes: ($) => seq("writes", optional("below"), list($._ref)),
        makes: ($) => seq("makes", field("name", $.identifier)),
        require: ($) => seq(
            choice("require", "advise"),
            optional(seq(choice("exactly", seq("at", choice("least", "most"))), "one", "of")),
            list($._ref),
            optional(seq("if", $._ref, optional(seq("==", choice($.string, $.boolean))))),
            optional(seq(",", field("message", $.string))),
        ),
        _ref: ($) => choice($.identifier, alias($.member_ref, $.member), alias($.index_ref, $.index)),
        member_ref: ($) => seq(field("object", $._ref), ".", field("name", alias($.identifier, $.property))),
        index_ref: ($) => seq(field("object", $._ref), "[", field("index", $.expression), "]"),

        // Types

        type: ($) => seq(optional("literal"), choice($._whole_type, $._reduced_type), optional(seq("|", $.null))),
        // In a list of types, which commas separate, no type ends with `without A, B`.
        _listed_type: ($) => seq(optional("literal"), $._whole_type, optional(seq("|", $.null))),
        _whole_type: ($) => choice(
            $._named_type,
            $.members,
            seq(choice($._named_type, $._reduced_type), $.members),
        ),
        _reduced_type: ($) => seq($._named_type, "without", list(field("without", $.identifier))),
        _named_type: ($) => seq(
            field("name", alias($.identifier, $.type_name)),
            optional(seq("<", choice(
                seq($.type, optional(seq("by", field("key", $.identifier)))),
                seq(alias($._listed_type, $.type), ",", $.type),
            ), ">")),
            optional(alias($.limits, $.arguments)),
        ),
        limits: ($) => seq("(", list($.argument), optional(","), ")"),
        members: ($) => seq("{", repeat(seq(choice($.member_declaration, $.require, $.assert), $._end)), optional(seq("...", $._end)), "}"),
        member_declaration: ($) => seq(
            field("name", $._field_name), optional("?"), ":", field("type", $.type),
            optional(seq("=", field("value", $.expression))),
        ),

        // Expressions

        expression: ($) => choice(
            $.identifier, $.call, $.string, $.number, $.boolean, $.null, $.list, $.object, $.parenthesized, $.member, $.index,
            $.unary, $.binary, $.conditional,
        ),
        parenthesized: ($) => seq("(", $.expression, ")"),
        call: ($) => seq(field("function", $.identifier), $.arguments),
        arguments: ($) => arguments_of($.argument),
        argument: ($) => seq(optional(seq(field("name", $.key), ":")), field("value", $.expression)),
        member: ($) => prec(10, seq(field("object", $.expression), ".", field("name", alias($.identifier, $.property)))),
        index: ($) => prec(10, seq(field("object", $.expression), "[", field("index", $.expression), "]")),
        unary: ($) => choice(
            prec(PRECEDENCE.not, seq("not", $.expression)),
            prec(PRECEDENCE.negate, seq("-", $.expression)),
        ),
        binary: ($) => choice(...BINARY.map(([level, operators, associate]) => associate(PRECEDENCE[level], seq(
            field("left", $.expression),
            field("operator", operators.length === 1 ? operators[0] : choice(...operators)),
            field("right", $.expression),
        )))),
        conditional: ($) => prec.right(PRECEDENCE.choice, seq(
            field("condition", $.expression), "?", field("then", $.expression), ":", field("else", $.expression),
        )),
        list: ($) => seq("[", choice(
            optional(seq(list(choice($.expression, $.spread)), optional(","))),
            seq($._each, ":", field("value", $.expression)),
        ), "]"),
        object: ($) => seq("{", choice(
            repeat(seq(choice($.field, $.spread), $._separator)),
            seq($._each, ":", field("key", $.expression), ":", field("value", $.expression)),
        ), "}"),
        _each: ($) => seq("for", $._variables, "in", field("over", $.expression), optional(seq("if", field("if", $.expression)))),

        // Words, numbers, text

        identifier: () => /[A-Za-z_][A-Za-z0-9_]*/,
        boolean: () => choice("true", "false"),
        null: () => "null",
        number: () => /(0|[1-9](_?[0-9])*)(\.[0-9](_?[0-9])*)?([eE][+-]?[0-9](_?[0-9])*)?/,
        string: ($) => choice(
            seq('"', repeat(choice($._line_text, $.escape, $.interpolation)), token.immediate('"')),
            seq('"""', repeat(choice($._lines_text, $.escape, $.interpolation)), token.immediate(prec(2, '"""'))),
        ),
        _line_text: () => choice(token.immediate(prec(1, /[^"\\$\r\n]+/)), token.immediate(prec(1, "$"))),
        _lines_text: () => choice(token.immediate(prec(1, /[^"\\$]+/)), token.immediate(prec(1, /["$]/))),
        escape: () => token.immediate(/\\([ntr"\\$]|u\{[0-9A-Fa-f]{1,6}\})/),
        interpolation: ($) => seq(token.immediate(prec(2, "${")), $.expression, "}"),
        comment: () => token(choice(/\/\/([^\/\r\n][^\r\n]*)?/, /\/\/\/\/[^\r\n]*/, /\/\*([^*]|\*+[^*\/])*\*+\//)),
        doc_comment: () => token(/\/\/\/([^\/\r\n][^\r\n]*)?/),
    },
});
