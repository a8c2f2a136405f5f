([(comment) (doc_comment)] @injection.content
  (#set! injection.language "comment"))

((argument name: (key) @_name value: (string) @injection.content)
  (#eq? @_name "pattern")
  (#set! injection.language "regex"))
