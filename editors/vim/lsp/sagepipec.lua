-- For Neovim 0.11 and newer: vim.lsp.enable('sagepipec'). Put settings into vim.lsp.config('sagepipec', {...}).
return {
    cmd = { 'sagepipec', '--lsp' },
    filetypes = { 'pipe' },
    root_markers = { '.sagepipec.json', '.git' },
}
