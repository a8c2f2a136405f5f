--- Sets up Neovim's built-in LSP client for sagepipec, for Neovim 0.7 and newer:
---
---     require('sagepipec').setup({ settings = { region = 'us-west-2' } })
local M = {}

local defaults = {
    cmd = { 'sagepipec', '--lsp' },
    settings = {}, -- named as in VS Code, without `sagepipec.`
    on_attach = nil, -- function(client, buffer)
    capabilities = nil, -- client capabilities, such as those of a completion plugin
}

-- One client per root, for versions without vim.lsp.start, which does this itself.
local clients = {}

local function root_of(buffer)
    local file = vim.api.nvim_buf_get_name(buffer)
    local folder = vim.fn.fnamemodify(file, ':p:h')
    local marker = vim.fn.findfile('.sagepipec.json', folder .. ';')
    if marker == '' then
        marker = vim.fn.finddir('.git', folder .. ';')
    end
    return marker == '' and folder or vim.fn.fnamemodify(marker, ':p'):gsub('/+$', ''):match('^(.*)/[^/]*$')
end

local function start_once(config, buffer)
    if vim.lsp.start then
        return vim.lsp.start(config, { bufnr = buffer })
    end
    local id = clients[config.root_dir]
    if not id or vim.lsp.client_is_stopped(id) then
        id = vim.lsp.start_client(config)
        clients[config.root_dir] = id
    end
    if id then
        vim.lsp.buf_attach_client(buffer, id)
    end
end

local function show(text, filetype)
    vim.cmd('botright vnew')
    local buffer = vim.api.nvim_get_current_buf()
    vim.bo[buffer].buftype = 'nofile'
    vim.bo[buffer].bufhidden = 'wipe'
    vim.bo[buffer].swapfile = false
    vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(text, '\n'))
    vim.bo[buffer].modifiable = false
    vim.bo[buffer].filetype = filetype
end

--- Runs a command of the server for the current buffer and shows the result in a window.
function M.run(command, ...)
    local params = { command = command, arguments = { vim.uri_from_bufnr(0), ... } }
    vim.lsp.buf_request(0, 'workspace/executeCommand', params, function(err, result)
        if err then
            vim.notify(err.message, vim.log.levels.ERROR)
        elseif result then
            show(result.text, result.languageId)
        end
    end)
end

--- The command that the server's code lenses call: puts the locations into the quickfix list.
local function show_references(command, context)
    local client = vim.lsp.get_client_by_id(context.client_id)
    local items = vim.lsp.util.locations_to_items(command.arguments[3], client and client.offset_encoding or 'utf-16')
    vim.fn.setqflist({}, ' ', { title = command.title, items = items })
    vim.cmd('copen')
end

local function add_commands(buffer)
    local function add(name, command, options)
        vim.api.nvim_buf_create_user_command(buffer, name, command, options)
    end
    add('SagepipecCompile', function() M.run('sagepipec.compile') end, { desc = 'show the definition' })
    add('SagepipecDiff', function() M.run('sagepipec.diff') end, { desc = 'show the difference from what is deployed' })
    add('SagepipecGraph', function(args) M.run('sagepipec.graph', args.args == '' and 'text' or args.args) end, {
        desc = 'show the graph',
        nargs = '?',
        complete = function() return { 'text', 'mermaid', 'dot', 'svg' } end,
    })
end

--- Attaches a buffer to the server of its project, and starts the server if it is not running.
function M.start(buffer, options)
    buffer = buffer == 0 and vim.api.nvim_get_current_buf() or buffer
    local config = {
        name = 'sagepipec',
        cmd = options.cmd,
        root_dir = root_of(buffer),
        -- an empty table would be sent as a list
        settings = { sagepipec = next(options.settings) and options.settings or vim.empty_dict() },
        capabilities = options.capabilities or vim.lsp.protocol.make_client_capabilities(),
        on_attach = function(client, attached)
            vim.bo[attached].omnifunc = 'v:lua.vim.lsp.omnifunc'
            vim.bo[attached].formatexpr = 'v:lua.vim.lsp.formatexpr()'
            add_commands(attached)
            if options.on_attach then
                options.on_attach(client, attached)
            end
        end,
    }
    start_once(config, buffer)
end

--- Starts the server for each program that is opened.
function M.setup(options)
    options = vim.tbl_deep_extend('force', defaults, options or {})
    vim.lsp.commands['sagepipec.showReferences'] = show_references
    vim.api.nvim_create_autocmd('FileType', {
        group = vim.api.nvim_create_augroup('sagepipec', {}),
        pattern = 'pipe',
        callback = function(args) M.start(args.buf, options) end,
    })
end

return M
