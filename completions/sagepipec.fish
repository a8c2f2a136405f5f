# fish completion for sagepipec

complete -c sagepipec -f
complete -c sagepipec -k -a '(__fish_complete_suffix .pipe)'
complete -c sagepipec -s o -r -F -d 'Write the result to a file'
complete -c sagepipec -l check -d 'Report all that is wrong, write nothing else'
complete -c sagepipec -l set -x -d 'Give a config a value: name=value'
complete -c sagepipec -l emit -x -a 'definition request' -d 'What to write'
complete -c sagepipec -l explain -x -d 'Explain a diagnostic'
complete -c sagepipec -l describe -x -d 'Print what a step kind or shape holds'
complete -c sagepipec -l dump -x -a 'tokens tree symbols types graph' -d 'Print a stage of the compiler'
complete -c sagepipec -l message-format -x -a 'human json sarif gcc github' -d 'Form of messages'
complete -c sagepipec -l color -x -a 'auto always never' -d 'Color of messages'
complete -c sagepipec -l region -x -d 'Pipeline.Region'
complete -c sagepipec -l account -x -d 'Pipeline.Account'
complete -c sagepipec -l assets -x -d 'Pipeline.Assets'
complete -c sagepipec -l stdin-filename -r -F -d 'Name of standard input in messages'
complete -c sagepipec -l help -d 'Print a summary of the options'
complete -c sagepipec -l version -d 'Print the version'
