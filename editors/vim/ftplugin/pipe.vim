" Settings for .pipe programs.

if exists('b:did_ftplugin')
    finish
endif
let b:did_ftplugin = 1

setlocal comments=s1:/*,mb:*,ex:*/,:////,:///,://
setlocal commentstring=//\ %s
setlocal formatoptions-=t formatoptions+=croql
setlocal expandtab shiftwidth=4 softtabstop=4
setlocal suffixesadd=.pipe
setlocal include=^\\s*import\\>.\\{-}\\ze\"
setlocal includeexpr=substitute(v:fname,'^\"\\\|\"$','','g')
setlocal define=^\\s*\\%(param\\\|config\\\|let\\\|step\\\|condition\\\|foreach\\\|kind\\\|component\\\|use\\\|function\\\|schedule\\\|shape\\\|enum\\\|type\\\|export\\)\\>
setlocal formatprg=sagepipec\ --fmt\ -
" Neovim shows the server's hover text unless keywordprg is set.
if !has('nvim')
    setlocal keywordprg=sagepipec\ --describe
endif

let b:undo_ftplugin = 'setlocal comments< commentstring< formatoptions< expandtab< shiftwidth< softtabstop< suffixesadd<'
    \ . ' include< includeexpr< define< formatprg< keywordprg<'

if !exists('g:current_compiler')
    compiler sagepipec
endif
