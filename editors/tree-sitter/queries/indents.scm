; With the captures of nvim-treesitter.

[
  (block)
  (members)
  (imports)
  (enum)
  (object)
  (list)
  (arguments)
  (parameters)
  (parenthesized)
  (conditional)
] @indent.begin

["}" "]" ")"] @indent.branch @indent.end

[(comment) (doc_comment)] @indent.ignore
