//! `generate FOLDER` does the same as `tree-sitter generate --abi 14`, without the rest of that program. Neovim 0.7 reads
//! ABI version 14.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("usage: generate FOLDER");
        return ExitCode::from(2);
    };
    let grammar = format!("{folder}/grammar.js");
    match tree_sitter_generate::generate_parser_in_directory(folder.as_ref(), Some(&grammar), 14, None, None) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
