" :compiler sagepipec, then :make checks the program, and :cnext goes to what is wrong.

if exists('current_compiler')
    finish
endif
let current_compiler = 'sagepipec'

CompilerSet makeprg=sagepipec\ --check\ --message-format\ gcc\ %:S
CompilerSet errorformat=%f:%l:%c:\ %trror:\ %m,%f:%l:%c:\ %tarning:\ %m,%f:%l:%c:\ %tote:\ %m
