" Tests Vim and Neovim with .pipe programs, without a language server. Prints TAP without numbers.

set hidden
let &runtimepath = $EDITORS . '/vim,' . &runtimepath
filetype plugin indent on
syntax on

let s:lines = []
function! s:ok(passed, name, reason) abort
    call add(s:lines, (a:passed ? '' : 'not ') . 'ok - ' . a:name)
    if !a:passed
        call extend(s:lines, map(split(string(a:reason), '\\n\|\n'), '"# " . v:val'))
    endif
endfunction

function! s:group(text, word) abort
    enew!
    setfiletype pipe
    call setline(1, split(a:text, "\n"))
    for lnum in range(1, line('$'))
        let at = match(getline(lnum), '\V\C' . escape(a:word, '\'))
        if at >= 0
            return synIDattr(synID(lnum, at + 1, 1), 'name')
        endif
    endfor
    return 'not found'
endfunction

function! s:main() abort
    edit abalone.pipe
    call s:ok(&filetype ==# 'pipe' && &commentstring ==# '// %s' && &expandtab && &shiftwidth == 4, 'a .pipe file has its file type and options', &filetype)
    call s:ok(&formatprg ==# 'sagepipec --fmt -', 'formatprg is set', &formatprg)

    execute 'helptags' fnameescape($EDITORS . '/vim/doc')
    let found = filter(readfile($EDITORS . '/vim/doc/tags'), 'v:val =~# "SagepipecGraph"')
    call s:ok(len(found) == 1, 'the help has a tag for :SagepipecGraph', found)

    for [text, word, group] in [
        \ ['step A: B { cache for "P1D" }', 'step', 'pipeDeclaration'],
        \ ['step A: B { cache for "P1D" }', 'A:', 'pipeName'],
        \ ['step A: B { cache for "P1D" }', 'cache', 'pipeClause'],
        \ ['step A: B { cache for "P1D" }', 'for', 'pipeReserved'],
        \ ["step A: B {\n    cache: 1\n}", 'cache', 'pipeKey'],
        \ ['let a = { if: 1, true?: 2 }', 'if', 'pipeKey'],
        \ ['let a = { if: 1, true?: 2 }', 'true', 'pipeKey'],
        \ ['let a = b ? true : false', 'true', 'pipeBoolean'],
        \ ['let a = f(type: 1)', 'f(', 'pipeFunction'],
        \ ['let a = f(type: 1)', 'type', 'pipeKey'],
        \ ['let a = B.step', 'step', 'pipeMember'],
        \ ['let a = "x ${b + 1} // y"', '// y', 'pipeString'],
        \ ['let a = "x ${b + 1} // y"', '+', 'pipeOperator'],
        \ ['let a = "x ${f("in")} y"', 'in', 'pipeString'],
        \ ['let a = "x ${f("in")} y" // z', '// z', 'pipeComment'],
        \ ["let a = \"\"\"\n  \"b\" step\n  \"\"\"\nlet c = 1", 'step', 'pipeString'],
        \ ["let a = \"\"\"\n  \"b\" step\n  \"\"\"\nlet c = 1", 'let c', 'pipeDeclaration'],
        \ ['let a = "\n"', '\n', 'pipeEscape'],
        \ ['/// doc', 'doc', 'pipeDoc'],
        \ ['//// plain', 'plain', 'pipeComment'],
        \ ['param A: List<String> = []', 'String', 'pipeType'],
        \ ['let a = Pipeline.Bucket', 'Pipeline', 'pipeBuiltin'],
        \ ["step A: B {\n    depends on C\n}", 'on', 'pipeInner'],
        \ ["step A: B {\n    retry on C\n}", 'on', 'pipeInner'],
        \ ["step A: B {\n    on failure of C\n}", 'on', 'pipeClause'],
        \ ["step A: B {\n    on failure of C\n}", 'failure', 'pipeInner'],
        \ ["step A: B {\n    on any end of C\n}", 'end', 'pipeInner'],
        \ ["step A: B {\n    on: 1\n}", 'on', 'pipeKey'],
        \ ['let a = 1_000', '1_000', 'pipeNumber']]
        let found = s:group(text, word)
        call s:ok(found ==# group, printf('the group is %s in %s', group, substitute(text, "\n", ' ', 'g')), found)
    endfor

    let wrong = []
    for file in glob($SAMPLES . '/**/*.pipe', 0, 1)
        execute 'edit' fnameescape(file)
        let before = getline(1, '$')
        silent normal! gg=G
        if getline(1, '$') !=# before
            let line = filter(range(1, len(before)), 'getline(v:val) !=# before[v:val - 1]')[0]
            call add(wrong, file . ':' . line . ': ' . getline(line))
        endif
        set nomodified
    endfor
    call s:ok(empty(wrong), 'indenting the samples again changes nothing', join(wrong, "\n"))

    edit! broken.pipe
    compiler sagepipec
    silent make
    let found = filter(getqflist(), 'v:val.valid')
    call s:ok(len(found) >= 1 && found[0].lnum == 20 && found[0].type ==# 'e' && found[0].text =~# 'S3ModelArtifact',
        \ ':make finds the line of the mistake', found)
endfunction

try
    call s:main()
catch
    call s:ok(0, 'the script runs to its end', v:exception . ' at ' . v:throwpoint)
endtry
call writefile(s:lines, '/dev/stdout')
qall!
