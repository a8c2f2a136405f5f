[
  (source_file)
  (block)
  (function)
  (kind)
  (component)
  (list)
  (object)
] @local.scope

(param name: (identifier) @local.definition.parameter)
(config name: (identifier) @local.definition.constant)
(let name: (identifier) @local.definition.constant)
(step name: (identifier) @local.definition.var)
(use name: (identifier) @local.definition.var)
(condition name: (identifier) @local.definition.var)
(function name: (identifier) @local.definition.function)
(kind name: (identifier) @local.definition.type)
(component name: (identifier) @local.definition.type)
(shape name: (identifier) @local.definition.type)
(enum name: (identifier) @local.definition.type)
(type_alias name: (identifier) @local.definition.type)
(imported name: (identifier) @local.definition.import)
(parameter name: (_) @local.definition.parameter)
(family variable: (identifier) @local.definition.var)
(list variable: (identifier) @local.definition.var)
(object variable: (identifier) @local.definition.var)

(identifier) @local.reference
