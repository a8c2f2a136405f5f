#!/usr/bin/env python3
"""Draws the pictures of doc/editors.md, README.md and doc/start.md.

    SAGEPIPEC=build/sagepipec python3 tests/editors/record.py

They show Neovim with the language server, in a terminal that tmux emulates, as SVG with its colors. In doc/overview.svg
Neovim shows the program of doc/start.md, and beside it is the graph that the compiler draws of it, with Graphviz."""

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
from tap import SAGEPIPEC, SRCDIR, sagepipec  # noqa: E402

WIDE, NARROW = (100, 16), (74, 24)  # characters and lines of a terminal
ADVANCE, LINE, MARGIN = 8.4, 18, 12  # pixels
GRAPH_SCALE = 1.1
SECONDS = 20
SIGN = "E let"  # shown when the server has found the mistake
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
    """The style after an escape sequence for colors: ink, paper, bold, underlined, reversed."""
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


def panel(text, size):
    """Text that tmux captured with its escape sequences as SVG elements, and their width and height in pixels."""
    shapes, words, style = [], [], (None, None, False, False, False)
    for row, line in enumerate(text.split("\n")[:size[1]]):
        column = 0
        for codes, run in re.findall(r"(?:\x1b\[([\d;:]*)m)|([^\x1b]+)", line):
            if not run:
                style = apply(codes, style)
                continue
            ink, paper, bold, underlined, swapped = style
            if swapped:
                ink, paper = paper or PAPER, ink or INK
            x, y = MARGIN + column * ADVANCE, MARGIN + row * LINE
            if paper:
                shapes.append(f'<rect x="{x:.1f}" y="{y}" width="{len(run) * ADVANCE:.1f}" height="{LINE}" fill="{paper}"/>')
            if shown := run.strip():
                x += (len(run) - len(run.lstrip())) * ADVANCE
                looks = f' fill="{ink}"' * bool(ink) + ' font-weight="bold"' * bold + ' text-decoration="underline"' * underlined
                length = f"{len(shown) * ADVANCE:.1f}"
                shown = escape(shown).replace(" ", "\N{NO-BREAK SPACE}")  # browsers drop some of the others
                words.append(f'<text x="{x:.1f}" y="{y + 13.5}" textLength="{length}"{looks}>{shown}</text>')
            column += len(run)
    width, height = round(2 * MARGIN + size[0] * ADVANCE), 2 * MARGIN + size[1] * LINE
    elements = [
        f'<rect width="{width}" height="{height}" rx="6" fill="{PAPER}"/>',
        f'<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="{INK}">',
        *shapes, *words, "</g>"]
    return elements, width, height


def picture(title, elements, width, height):
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">',
        f"<title>{escape(title)}</title>", *elements, "</svg>", ""])


def beside(elements, width, height, graph):
    """The elements with Graphviz's drawing at their right, in a frame as high as they are; and the size of both."""
    box = map(float, re.search(r'viewBox="0.00 0.00 (\S+) (\S+)"', graph).groups())
    inner_width, inner_height = (round(GRAPH_SCALE * side) for side in box)
    frame = f'x="{width + MARGIN + 0.5}" y="0.5" width="{inner_width + 2 * MARGIN - 1}" height="{height - 1}"'
    place = f'x="{width + 2 * MARGIN}" y="{(height - inner_height) // 2}" width="{inner_width}" height="{inner_height}"'
    graph = re.sub(r'(?<=<svg )width="\S+" height="\S+"', place, graph, count=1)
    elements = [*elements, f'<rect {frame} rx="6" fill="#ffffff" stroke="#d0d7de"/>', graph.strip()]
    return elements, width + inner_width + 3 * MARGIN, height


class Neovim:
    """Neovim in a terminal of the given size, with a program in which a property is misspelled."""

    def __init__(self, folder, size, program, *commands):
        self.socket = str(folder / "tmux")
        program.write_text(program.read_text().replace("S3ModelArtifacts", "S3ModelArtifact"))
        settings = folder / "init.vim"
        settings.write_text("\n".join([f"set runtimepath^={SRCDIR}/editors/vim", SETTINGS, *commands, ""]))
        self.tmux("new-session", "-d", "-x", str(size[0]), "-y", str(size[1]),
                  "env", f"PATH={Path(SAGEPIPEC).parent}:{os.environ['PATH']}", f"HOME={folder}", "TERM=screen-256color",
                  "nvim", "-i", "NONE", "-u", str(settings), str(program))
        self.tmux("set", "-g", "status", "off")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.tmux("kill-server")

    def tmux(self, *arguments):
        return subprocess.run(["tmux", "-S", self.socket, "-f", "/dev/null", *arguments], check=True, capture_output=True,
                              encoding="utf-8").stdout

    def type(self, *keys):
        self.tmux("send-keys", *keys)

    def wait(self, text):
        """Waits for a text, and returns the screen."""
        end = time.monotonic() + SECONDS
        while text not in self.tmux("capture-pane", "-p"):
            if time.monotonic() > end:
                sys.exit(f"the terminal does not show {text!r}:\n{self.tmux('capture-pane', '-p')}")
            time.sleep(0.05)
        time.sleep(0.5)
        return self.tmux("capture-pane", "-p", "-e", "-N")

    def show_mistake(self, first):
        """Scrolls to the first line that is shown, and opens the message."""
        self.wait("pipeline")
        self.type(f"/^{first}", "Enter", "zt")
        self.wait(SIGN)
        self.type("/^let trained", "Enter", "$", ":lua vim.diagnostic.open_float()", "Enter", "C-l")
        return self.wait("Diagnostics:")


def copy_sample(folder):
    shutil.copytree(SRCDIR / "samples/abalone", folder / "abalone")
    return folder / "abalone/abalone.pipe"


def copy_tutorial(folder):
    """Writes the files of doc/start.md, and returns the path of the program."""
    for mode, path, text in re.findall(r"^```\w+ (file|more) (\S+)\n(.*?)^```$", (SRCDIR / "doc/start.md").read_text(), re.M | re.S):
        (folder / path).parent.mkdir(exist_ok=True)
        with (folder / path).open("a" if mode == "more" else "w") as file:
            file.write("\n" * (mode == "more") + text)
    return folder / "train.pipe"


def draw_editors():
    pictures = SRCDIR / "doc/editors"
    with tempfile.TemporaryDirectory() as name, Neovim(Path(name), WIDE, copy_sample(Path(name))) as neovim:
        mistake = neovim.show_mistake("let xgboost")
        (pictures / "diagnostics.svg").write_text(picture("Neovim shows a mistake in abalone.pipe where it is", *panel(mistake, WIDE)))
        neovim.type("0", "/ModelArtifacts", "Enter", "C", "C-x", "C-o")
        completion = neovim.wait("ModelArtifacts")
        (pictures / "completion.svg").write_text(picture("Neovim completes a property of a training step", *panel(completion, WIDE)))


def draw_overview():
    with tempfile.TemporaryDirectory() as name:
        program = copy_tutorial(Path(name))
        graph = sagepipec("--graph", "--as", "svg", str(program)).stdout
        with Neovim(Path(name), NARROW, program, "set nowrap", "lua vim.diagnostic.config({ virtual_text = false })") as neovim:
            both = beside(*panel(neovim.show_mistake("step Train"), NARROW), graph)
        (SRCDIR / "doc/overview.svg").write_text(
            picture("Neovim shows a misspelled property of a training step; beside it is the graph of the pipeline", *both))


draw_editors()
draw_overview()
