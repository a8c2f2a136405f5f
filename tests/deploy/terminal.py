"""Runs a program on a simulated terminal, which knows as much of VT100 as a table needs."""

import fcntl
import functools
import os
import pty
import re
import struct
import subprocess
import termios

from tap import limited, ok

ESCAPE = re.compile(r"\x1b\[([0-9;]*)([A-Za-z])")
REDRAWN = re.compile(r"(?=\x1b\[[0-9]*A)")  # the cursor moves up
# An incomplete escape sequence or character at the end.
CUT = re.compile(rb"(?:\x1b(?:\[[0-9;]*)?|[\xc0-\xff]|[\xe0-\xff][\x80-\xbf]|[\xf0-\xff][\x80-\xbf]{2})$")


def needed(test):
    """Skips a test if there is no pseudo-terminal, as in a chroot without /dev/pts."""
    try:
        for descriptor in pty.openpty():
            os.close(descriptor)
    except OSError as error:
        reason = f"{test.__name__} # SKIP {error}"
        return functools.wraps(test)(lambda *_: ok(True, reason))
    return test


class Screen:
    """Lines of text. Lines above the height have scrolled away, and the cursor cannot reach them."""

    def __init__(self, width, height):
        self.width, self.height = width, height
        self.lines, self.row, self.column = [""], 0, 0
        self.colors = 0

    def _put(self, character):
        if self.column == self.width:
            self._line_feed()
        line = self.lines[self.row].ljust(self.column)
        self.lines[self.row] = line[:self.column] + character + line[self.column + 1:]
        self.column += 1

    def _line_feed(self):
        self.row, self.column = self.row + 1, 0
        if self.row == len(self.lines):
            self.lines.append("")

    def write(self, text):
        while text:
            escape = ESCAPE.match(text)
            if escape:
                self._escape(escape[2], int(escape[1] or 0) if escape[1].isdigit() or not escape[1] else 0)
                text = text[escape.end():]
                continue
            if text[0] == "\n":
                self._line_feed()
            elif text[0] == "\r":
                self.column = 0
            else:
                self._put(text[0])
            text = text[1:]

    def _escape(self, what, number):
        if what == "A":
            top = max(0, len(self.lines) - self.height)
            self.row = max(top, self.row - (number or 1))
        elif what == "J":
            self.lines[self.row] = self.lines[self.row][:self.column]
            del self.lines[self.row + 1:]
        elif what == "m":
            self.colors += 1
        else:
            raise AssertionError(f"an escape sequence that this terminal does not know: {what}")

    @property
    def text(self):
        return "\n".join(line.rstrip() for line in self.lines).rstrip() + "\n"


def run(arguments, environment, width=80, height=24, typed="", interrupt_after=None, folder=None):
    """Runs a program on a terminal. Returns its status, the screen, and each different picture that it showed, however briefly.
    When the text `interrupt_after` appears, Ctrl-C is typed."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
    process = subprocess.Popen(arguments, stdin=follower, stdout=follower, stderr=follower, env=environment, cwd=folder,
                               start_new_session=True, preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0))
    os.close(follower)
    screen, pictures, pending = Screen(width, height), [], b""
    if typed:
        os.write(leader, typed.encode())
    with limited(process):
        while data := read(leader):
            pending += data
            if CUT.search(pending):
                continue
            text, pending = pending.decode(errors="replace"), b""
            for part in REDRAWN.split(text):
                screen.write(part)
                if not pictures or pictures[-1] != screen.text:
                    pictures.append(screen.text)
                if interrupt_after and interrupt_after in screen.text:
                    os.write(leader, b"\x03")
                    interrupt_after = None
        status = process.wait()
    os.close(leader)
    return status, screen, pictures


def read(leader):
    """The next output of the program; empty after its last process has ended."""
    try:
        return os.read(leader, 65536)
    except OSError:
        return b""
