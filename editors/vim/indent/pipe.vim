" Indentation of .pipe programs: one level more than the line that opened the innermost bracket, and one more for a
" continuation line.

if exists('b:did_indent')
    finish
endif
let b:did_indent = 1

setlocal indentexpr=PipeIndent(v:lnum)
setlocal indentkeys=0{,0},0),0],0?,0:,0.,o,O,!^F
setlocal nosmartindent
let b:undo_indent = 'setlocal indentexpr< indentkeys< smartindent<'

if exists('*PipeIndent')
    finish
endif

let s:begins_on = '^\s*\%(\.\%(\.\.\)\@!\|[?:=*%|<>+-]\|/[/*]\@!\|!=\|\%(and\|or\|in\|if\)\>\%(\s*?\=\s*:\)\@!\)'
let s:goes_on = '\%([-+*%|=<:]\|\s>\|/\@1<!/\|?\|\<\%(and\|or\|not\|in\)\)$'
let s:skip = 'synIDattr(synID(line("."), col("."), 1), "name") =~# "String\\|Comment\\|Doc\\|Escape"'

" Whether a line begins inside a multi-line string.
function! s:is_in_string(line) abort
    return getline(a:line) !~# '^"' && synIDattr(synID(a:line, 1, 1), 'name') ==# 'pipeString'
endfunction

" The code of a line, without trailing blanks and comment.
function! s:code(line) abort
    let text = getline(a:line)
    let at = match(text, '//')
    while at >= 0 && synIDattr(synID(a:line, at + 1, 1), 'name') !~# 'Comment\|Doc'
        let at = match(text, '//', at + 1)
    endwhile
    return substitute(at >= 0 ? strpart(text, 0, at) : text, '\s*$', '', '')
endfunction

" The last line with code before this one; 0 if there is none.
function! s:before(line) abort
    let line = prevnonblank(a:line - 1)
    while line > 0 && empty(s:code(line))
        let line = prevnonblank(line - 1)
    endwhile
    return line
endfunction

" Whether the statement that contains a line takes a list without brackets.
function! s:is_list(line, base) abort
    let line = a:line
    while line > 0 && indent(line) > a:base
        let line = s:before(line)
    endwhile
    return getline(line) =~# '^\s*\%(assert\|defaults\|depends\|retry\|on\|require\|advise\|writes\|deploys\|properties\|clauses\|type\|shape\)\>\%(\s*?\=\s*:\)\@!'
endfunction

function! PipeIndent(line) abort
    if s:is_in_string(a:line)
        return -1
    endif
    call cursor(a:line, 1)
    let closes = getline(a:line) =~# '^\s*[}\])]'
    let [opener, column] = searchpairpos('[{(\[]', '', '[})\]]', 'bnW', s:skip)
    if closes
        return opener ? indent(opener) : 0
    endif
    let base = opener ? indent(opener) + shiftwidth() : 0
    let before = s:before(a:line)
    let bracket = opener ? getline(opener)[column - 1] : '{'
    if getline(a:line) =~# s:begins_on
        return base + shiftwidth()
    endif
    if before > opener && (s:code(before) =~# s:goes_on
        \ || (bracket ==# '{' && s:code(before) =~# ',$' && s:is_list(before, base)))
        return base + shiftwidth()
    endif
    return base
endfunction
