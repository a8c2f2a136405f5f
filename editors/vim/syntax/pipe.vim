" Highlighting of .pipe programs. The word lists are the groups of the compiler's lexer. All words but the reserved ones are
" contextual: they are ordinary names elsewhere.

if exists('b:current_syntax')
    finish
endif

let s:reserved = ['true', 'false', 'null', 'and', 'or', 'not', 'in', 'for', 'if', 'else']
let s:declarations = ['import', 'pipeline', 'param', 'config', 'let', 'step', 'condition', 'kind', 'component', 'export',
    \ 'use', 'defaults', 'function', 'schedule', 'assert', 'shape', 'enum', 'type', 'test', 'foreach']
let s:clauses = ['depends', 'cache', 'retry', 'property', 'output', 'when', 'given', 'expect', 'arguments', 'keys',
    \ 'properties', 'clauses', 'require', 'terminal', 'advise', 'writes', 'makes', 'deploys', 'needs', 'on', 'pick']
let s:inner = ['as', 'from', 'off', 'file', 'at', 'without', 'by', 'literal', 'exactly', 'least', 'most', 'one', 'of',
    \ 'below', 'failure', 'stop', 'any', 'end', 'max', 'min']

function! s:any(words) abort
    return '\%(' . join(a:words, '\|') . '\)'
endfunction

" The start of a declaration, clause or field.
let s:start = '\%(\%(^\|[{},]\)\s*\)\@80<='
" A word before a colon is a key, not a keyword.
let s:no_key = '\%(\s*?\=\s*:\)\@!'
let s:key = '\%(\%(^\|[{(,]\)\s*\)\@80<=\h\w*\ze\s*?\=\s*:'

syntax match pipeOperator /[-+*\/%<>=!|?]/
syntax match pipeSpread /\.\.\./
syntax match pipeNumber /\<\%(0\|[1-9]\%(_\=\d\)*\)\%(\.\d\%(_\=\d\)*\)\=\%([eE][+-]\=\d\%(_\=\d\)*\)\=\>/
syntax match pipeFunction /\<\h\w*\ze(/
syntax match pipeType /\<\%(String\|Integer\|Float\|Boolean\|Scalar\|Any\|List\|Map\)\>/
syntax match pipeBuiltin /\<\%(Pipeline\|Execution\|Step\|PipelineExperimentConfig\)\>\ze[^(]/
execute 'syntax match pipeBoolean /\<\%(true\|false\|null\)\>/'
execute 'syntax match pipeReserved /\<' . s:any(filter(copy(s:reserved), 'index(["true", "false", "null"], v:val) < 0')) . '\>/'
execute 'syntax match pipeInner /\<' . s:any(s:inner) . '\>\ze\%(\s*$\|\s*}\|\s\+\%(\%(in\|and\|or\|if\)\>\)\@!["{[:alnum:]_]\)/'
syntax match pipeInner /\%(\<\%(depends\|retry\)\s\+\)\@80<=on\>/
execute 'syntax match pipeClause /' . s:start . '\<' . s:any(s:clauses) . '\>' . s:no_key . '\ze\%(\s*$\|\s*}\|\s\+["{(\[[:alnum:]_-]\)/'
execute 'syntax match pipeDeclaration /' . s:start . '\<' . s:any(s:declarations) . '\>' . s:no_key
    \ . '\ze\s\+["{(\[[:alnum:]_-]/ nextgroup=pipeName skipwhite'
syntax match pipeName /\h\w*/ contained
execute 'syntax match pipeKey /' . s:key . '/'
syntax match pipeMember /\.\@1<=\s*\h\w*/

syntax match pipeEscape /\\\%([ntr"\\$]\|u{\x\{1,6}}\)/ contained
syntax region pipeInterpolation matchgroup=pipeDelimiter start=/\${/ end=/}/ contained contains=TOP,pipeDeclaration,pipeClause,pipeInner
syntax region pipeString start=/"/ skip=/\\\\\|\\"/ end=/"\|$/ contains=pipeEscape,pipeInterpolation
syntax region pipeString start=/"""/ skip=/\\\\\|\\"/ end=/"""/ contains=pipeEscape,pipeInterpolation
syntax region pipeBraces start=/{/ end=/}/ transparent fold contains=TOP

syntax match pipeComment +//.*$+ contains=pipeTodo,@Spell
syntax match pipeDoc +///\%(/\)\@!.*$+ contains=@Spell
syntax region pipeComment start=+/\*+ end=+\*/+ contains=pipeTodo,@Spell
syntax keyword pipeTodo TODO FIXME XXX NOTE contained

syntax sync minlines=200

highlight default link pipeReserved Conditional
highlight default link pipeBoolean Boolean
highlight default link pipeDeclaration Keyword
highlight default link pipeClause Statement
highlight default link pipeInner Statement
highlight default link pipeName Identifier
highlight default link pipeKey Label
highlight default link pipeMember Normal
highlight default link pipeFunction Function
highlight default link pipeType Type
highlight default link pipeBuiltin Constant
highlight default link pipeOperator Operator
highlight default link pipeSpread Operator
highlight default link pipeNumber Number
highlight default link pipeString String
highlight default link pipeEscape SpecialChar
highlight default link pipeDelimiter Special
highlight default link pipeComment Comment
highlight default link pipeDoc SpecialComment
highlight default link pipeTodo Todo

let b:current_syntax = 'pipe'
