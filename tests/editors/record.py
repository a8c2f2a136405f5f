#!/usr/bin/env python3
"""Draws the pictures of doc/editors.md: Neovim, with the language server, on a terminal that tmux plays.

    SAGEPIPEC=build/sagepipec python3 tests/editors/record.py

A picture is what the terminal shows, as SVG, with its colors."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tap import SAGEPIPEC, SRCDIR  # noqa: E402

WIDTH, HEIGHT = 100, 16  # characters
ADVANCE, LINE = 8.4, 18  # pixels
SECONDS = 20
INK, PAPER = "#d4d4d4", "#1e1e1e"
PALETTE = ("#1e1e1e #f14c4c #89d185 #e2c08d #6796e6 #c586c0 #4ec9b0 #d4d4d4 "
           "#808080 #f48771 #b5cea8 #dcdcaa #9cdcfe #d8a0df #7fdbca #ffffff").split()

SETTINGS = """
set noswapfile shortmess+=I laststatus=0 nohlsearch noruler noshowcmd signcolumn=yes background=dark scrolloff=0 completeopt=menu,menuone
filetype plugin indent on
syntax on
lua require('sagepipec').setup({ settings = { region = 'us-west-2' } })
highlight Pmenu ctermfg=7 ctermbg=236
highlight PmenuSel ctermfg=15 ctermbg=24
highlight SignColumn ctermbg=none
"""


def color_of(number):
    if number < 16:
        return PALETTE[number]
    if number >= 232:
        return "#" + f"{8 + 10 * (number - 232):02x}" * 3
    levels = (0, 95, 135, 175, 215, 255)
    return "#" + "".join(f"{levels[(number - 16) // step % 6]:02x}" for step in (36, 6, 1))


def apply(codes, style):
    """The style after an escape of colors: ink, paper, bold, underlined, reversed."""
    ink, paper, bold, underlined, swapped = style
    codes = [int(code or 0) for code in re.split("[;:]", codes)]
    while codes:
        code = codes.pop(0)
        if code == 0:
            ink, paper, bold, underlined, swapped = None, None, False, False, False
        elif code in (1, 22):
            bold = code == 1
        elif code in (4, 24):
            underlined = code == 4
        elif code in (7, 27):
            swapped = code == 7
        elif code in (38, 48) and codes[:1] == [5]:
            color, codes = color_of(codes[1]), codes[2:]
            ink, paper = (color, paper) if code == 38 else (ink, color)
        elif 30 <= code <= 37 or 90 <= code <= 97:
            ink = color_of(code - 30 if code < 90 else code - 82)
        elif code == 39:
            ink = None
        elif 40 <= code <= 47 or 100 <= code <= 107:
            paper = color_of(code - 40 if code < 100 else code - 92)
        elif code == 49:
            paper = None
    return ink, paper, bold, underlined, swapped


def draw(text, title):
    """An SVG of what tmux captured with its escapes."""
    shapes, words, style = [], [], (None, None, False, False, False)
    for row, line in enumerate(text.split("\n")[:HEIGHT]):
        column = 0
        for codes, run in re.findall(r"(?:\x1b\[([\d;:]*)m)|([^\x1b]+)", line):
            if not run:
                style = apply(codes, style)
                continue
            ink, paper, bold, underlined, swapped = style
            if swapped:
                ink, paper = paper or PAPER, ink or INK
            x, y = 12 + column * ADVANCE, 12 + row * LINE
            if paper:
                shapes.append(f'<rect x="{x:.1f}" y="{y}" width="{len(run) * ADVANCE:.1f}" height="{LINE}" fill="{paper}"/>')
            if run.strip():
                looks = f' fill="{ink}"' * bool(ink) + ' font-weight="bold"' * bold + ' text-decoration="underline"' * underlined
                words.append(f'<text x="{x:.1f}" y="{y + 13.5}" textLength="{len(run) * ADVANCE:.1f}"{looks}>{escape(run)}</text>')
            column += len(run)
    width, height = round(24 + WIDTH * ADVANCE), 24 + HEIGHT * LINE
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{width}" height="{height}" rx="6" fill="{PAPER}"/>',
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="{INK}" xml:space="preserve">',
        *shapes, *words, "</g>", "</svg>", ""])


class Terminal:
    def __init__(self, folder, *command):
        self.socket = str(folder / "tmux")
        self.tmux("new-session", "-d", "-x", str(WIDTH), "-y", str(HEIGHT), *command)
        self.tmux("set", "-g", "status", "off")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *arguments], check=True, capture_output=True,
                              encoding="utf-8").stdout

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def wait(self, text):
        """What is shown once the text is there."""
        end = time.monotonic() + SECONDS
        while text not in self.tmux("capture-pane", "-p"):
            if time.monotonic() > end:
                sys.exit(f"the terminal does not show {text!r}:\n{self.tmux('capture-pane', '-p')}")
            time.sleep(0.05)
        time.sleep(0.5)
        return self.tmux("capture-pane", "-p", "-e", "-N")


def main():
    pictures = SRCDIR / "doc/editors"
    pictures.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = folder / "abalone"
        shutil.copytree(SRCDIR / "samples/abalone", project)
        program = project / "abalone.pipe"
        text = program.read_text()
        program.write_text(text.replace("S3ModelArtifacts", "S3ModelArtifact"))
        settings = folder / "init.vim"
        settings.write_text(f"set runtimepath^={SRCDIR}/editors/vim\n{SETTINGS}")
        terminal = Terminal(folder, "env", f"PATH={Path(SAGEPIPEC).parent}:{os.environ['PATH']}", f"HOME={name}", "TERM=screen-256color",
                            "nvim", "-i", "NONE", "-u", str(settings), str(program))
        try:
            terminal.wait("pipeline")
            terminal.type("/^let xgboost", "Enter", "zt")
            terminal.wait("no property")
            terminal.type("j", "$", ":lua vim.diagnostic.open_float()", "Enter", "C-l")
            picture = terminal.wait("Diagnostics:")
            (pictures / "diagnostics.svg").write_text(draw(picture, "Neovim shows a mistake in abalone.pipe where it is"))
            terminal.type("0", "/ModelArtifacts", "Enter", "C", "C-x", "C-o")
            picture = terminal.wait("ModelArtifacts")
            (pictures / "completion.svg").write_text(draw(picture, "Neovim completes a property of a training step"))
        finally:
            terminal.tmux("kill-server")


main()
