-- Tests Neovim's own client with the language server, set up with require('sagepipec').setup(). Runs in a copy of samples/abalone.
-- Prints TAP without numbers.

local SECONDS = tonumber(vim.env.TEST_SECONDS) or 120
local lines = {}

local function ok(passed, name, reason)
    table.insert(lines, (passed and '' or 'not ') .. 'ok - ' .. name)
    if not passed then
        for _, line in ipairs(vim.split(type(reason) == 'string' and reason or vim.inspect(reason), '\n')) do
            table.insert(lines, '# ' .. line)
        end
    end
end

local function wait(condition)
    return vim.wait(SECONDS * 1000, condition, 20) and true or false
end

local function text()
    return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n'
end

local function count(pattern)
    return select(2, text():gsub(pattern, ''))
end

local function file(name)
    local handle = assert(io.open(name))
    local content = handle:read('*a')
    handle:close()
    return content
end

-- Goes to the first occurrence of a plain text, or to its last character.
local function go_to(plain, to_end)
    for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
        local first, last = line:find(plain, 1, true)
        if first then
            vim.api.nvim_win_set_cursor(0, { number, to_end and last or first - 1 })
            return number
        end
    end
    error('no ' .. plain)
end

local function open(name)
    vim.cmd('edit! ' .. name)
    return wait(function() return next(vim.lsp.buf_get_clients(0)) ~= nil end)
end

local function ask(method, extra)
    local params = vim.tbl_extend('force', vim.lsp.util.make_position_params(), extra or {})
    for _, reply in pairs(vim.lsp.buf_request_sync(0, method, params, SECONDS * 1000) or {}) do
        return reply.result, reply.error
    end
end

local function diagnose()
    ok(open('broken.pipe'), 'opening a program starts the server')
    wait(function() return #vim.diagnostic.get(0) > 0 end)
    local found = vim.diagnostic.get(0)[1] or {}
    ok(found.code == 'SP2020' and found.lnum == 19 and found.message:find('S3ModelArtifact', 1, true), 'a mistake is shown', found)
    go_to('S3ModelArtifact')
    vim.cmd([[substitute/S3ModelArtifact\>/S3ModelArtifacts/]])
    ok(wait(function() return #vim.diagnostic.get(0) == 0 end), 'a mistake disappears when it is corrected', vim.diagnostic.get(0))
end

local function complete()
    go_to('AbaloneTrain.ModelArtifacts.', true)
    local result = ask('textDocument/completion') or {}
    local labels = vim.tbl_map(function(item) return item.label end, result.items or result)
    ok(vim.tbl_contains(labels, 'S3ModelArtifacts'), 'members of a property are completed', labels)
    ok(vim.bo.omnifunc == 'v:lua.vim.lsp.omnifunc', 'omnifunc is set', vim.bo.omnifunc)
end

local function look()
    go_to('trained), input(')
    vim.lsp.buf.definition()
    ok(wait(function() return vim.api.nvim_win_get_cursor(0)[1] == 20 end), 'go to definition finds the definition', vim.api.nvim_win_get_cursor(0))
    go_to('MseThreshold: Float')
    local hover = ask('textDocument/hover') or {}
    ok(vim.inspect(hover):find('Float', 1, true), 'hover shows the type', hover)
    local references = ask('textDocument/references', { context = { includeDeclaration = true } }) or {}
    ok(#references == 3, 'all references are found', references)
end

local function rename()
    go_to('step AbaloneTrain:', false)
    vim.cmd('normal! w')
    local before = count('AbaloneTrain%f[%W]')
    vim.lsp.buf.rename('Learn')
    ok(wait(function() return count('%f[%w]Learn%f[%W]') > 0 end), 'rename reaches the buffer', text())
    ok(before > 1 and count('AbaloneTrain%f[%W]') == 0 and count('%f[%w]Learn%f[%W]') == before, 'rename changes every occurrence', text())
end

local function format()
    open('messy.pipe')
    if vim.lsp.buf.format then
        vim.lsp.buf.format({ timeout_ms = SECONDS * 1000 })
    else
        vim.lsp.buf.formatting_sync(nil, SECONDS * 1000)
    end
    ok(text() == file('abalone.pipe'), 'formatting gives the formatted program', text())
end

local function run_commands()
    open('abalone.pipe')
    local windows = #vim.api.nvim_list_wins()
    vim.cmd('SagepipecCompile')
    wait(function() return #vim.api.nvim_list_wins() > windows end)
    ok(text():find('"Version": "2020-12-01"', 1, true) and vim.bo.buftype == 'nofile', ':SagepipecCompile shows the definition', text():sub(1, 500))
    vim.cmd('close')
    vim.cmd('SagepipecGraph')
    wait(function() return #vim.api.nvim_list_wins() > windows end)
    ok(text():find('AbaloneProcess', 1, true), ':SagepipecGraph shows the graph', text():sub(1, 500))
    vim.cmd('close')

    local lens = (ask('textDocument/codeLens') or {})[1]
    local id, reply = next(vim.lsp.buf_request_sync(0, 'codeLens/resolve', lens, SECONDS * 1000))
    local command = reply.result.command
    vim.lsp.commands[command.command](command, { client_id = id })
    ok(#vim.fn.getqflist() == #command.arguments[3] and #vim.fn.getqflist() > 0, 'a code lens shows references', reply)
    vim.cmd('cclose')
end

local function tree_sitter()
    vim.cmd('edit! abalone.pipe')
    local add = vim.treesitter.language and vim.treesitter.language.add or vim.treesitter.require_language
    if vim.treesitter.language and vim.treesitter.language.add then
        add('pipe', { path = vim.env.PARSER })
    else
        add('pipe', vim.env.PARSER)
    end
    local root = vim.treesitter.get_parser(0, 'pipe'):parse()[1]:root()
    ok(not root:has_error() and root:type() == 'source_file', 'a program is parsed with the tree-sitter grammar', root:sexpr())
    local parse = vim.treesitter.query.parse or vim.treesitter.parse_query
    for _, name in ipairs({ 'highlights', 'folds', 'indents', 'locals', 'injections' }) do
        local query = parse('pipe', file(vim.env.EDITORS .. '/tree-sitter/queries/' .. name .. '.scm'))
        local captures = 0
        for _ in query:iter_captures(root, 0) do
            captures = captures + 1
        end
        ok(captures > 0, name .. '.scm captures nodes', captures)
    end
end

local function main()
    vim.o.hidden = true
    vim.o.swapfile = false
    vim.opt.runtimepath:prepend(vim.env.EDITORS .. '/vim')
    vim.cmd('filetype plugin indent on')
    require('sagepipec').setup({ settings = { region = 'us-west-2' } })
    diagnose()
    complete()
    look()
    rename()
    format()
    run_commands()
    tree_sitter()
end

local passed, message = xpcall(main, debug.traceback)
ok(passed, 'the script runs to its end', message)
io.stdout:write(table.concat(lines, '\n') .. '\n')
vim.cmd('qall!')
