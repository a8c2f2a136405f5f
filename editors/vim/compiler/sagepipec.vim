" After `:compiler sagepipec`, :make checks the program and :cnext goes to the next error.

if exists('current_compiler')
    finish
endif
let current_compiler = 'sagepipec'

CompilerSet makeprg=sagepipec\ --check\ --message-format\ gcc\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m
