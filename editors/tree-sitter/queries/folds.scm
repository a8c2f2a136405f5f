[
  (block)
  (members)
  (imports)
  (enum)
  (object)
  (list)
  (arguments)
  (parameters)
] @fold
