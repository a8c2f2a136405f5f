; Of several patterns that match a node, the last one wins.

(identifier) @variable
((identifier) @variable.builtin
  (#any-of? @variable.builtin "Pipeline" "Execution" "Step" "PipelineExperimentConfig"))

; Words that are no names
[
  "and" "or" "not" "in"
] @keyword.operator
[
  "for"
] @keyword.repeat
[
  "if" "else"
] @keyword.conditional
(boolean) @boolean
(null) @constant.builtin

; Words that begin a declaration
[
  "import" "pipeline" "param" "config" "let" "step" "condition" "kind" "component" "export" "use" "defaults" "function"
  "schedule" "assert" "shape" "enum" "type" "test" "foreach"
] @keyword

; Words that begin a clause
[
  "depends" "cache" "retry" "property" "output" "when" "given" "expect" "arguments" "keys" "properties" "clauses" "require"
  "advise" "writes" "makes" "deploys" "needs" "on" "pick"
] @keyword
(terminal) @keyword

; Words inside them
[
  "as" "from" "off" "file" "at" "without" "by" "literal" "exactly" "least" "most" "one" "of" "below" "failure" "stop"
  "any" "end" "max" "min"
] @keyword

; Text, numbers, signs
(number) @number
(string) @string
(escape) @string.escape
(interpolation ["${" "}"] @punctuation.special)
(comment) @comment
(doc_comment) @comment.documentation
[
  "=" "==" "!=" "<" "<=" ">" ">=" "+" "-" "*" "/" "%" "?" "??" "|" "..."
] @operator
["(" ")" "[" "]" "{" "}"] @punctuation.bracket
[":" "," "."] @punctuation.delimiter

; Names
(import path: (string) @string.special)
(pipeline name: (string) @title)
(param name: (identifier) @variable.parameter)
(config name: (identifier) @constant)
(let name: (identifier) @constant)
(export name: (identifier) @constant)
[
  (step name: (identifier) @label)
  (use name: (identifier) @label)
  (condition name: (identifier) @label)
  (foreach name: (identifier) @label)
  (schedule name: (identifier) @label)
]
(step kind: (identifier) @type)
(use kind: (identifier) @type)
(kind kind: (identifier) @type)
(step kind: (call function: (identifier) @type))
(use kind: (call function: (identifier) @type))
(kind kind: (call function: (identifier) @type))
(defaults kind: (identifier) @type)
(kind name: (identifier) @type)
(component name: (identifier) @type)
(shape name: (identifier) @type)
(enum name: (identifier) @type)
(type_alias name: (identifier) @type)
(function name: (identifier) @function)
(expression (call function: (identifier) @function.call))
(parameter name: (_) @variable.parameter)
(argument name: (key) @variable.parameter)
(family variable: (identifier) @variable)
(imported name: (identifier) @type)
(property_file name: (identifier) @property)
(output name: (identifier) @property)
(allowed (identifier) @constant)
(type_name) @type
((type_name) @type.builtin
  (#any-of? @type.builtin "String" "Integer" "Float" "Boolean" "Scalar" "Any" "List" "Map"))

(key) @property
(field name: (string) @property)
(member_declaration name: (string) @property)
(property) @property
