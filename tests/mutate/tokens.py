"""The tokens of a .pipe program."""
import re

TOKEN = re.compile(
    r"""(?P<blank>[ \t\r]+|//[^\n]*|/\*.*?\*/)
      | (?P<newline>\n)
      | (?P<number>[0-9][0-9_]*(\.[0-9_]+)?([eE][+-]?[0-9]+)?)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<quote>\"\"\"|\")
      | (?P<mark>\.\.\.|\?\?|==|!=|<=|>=|[][(){},:.?=<>+*/%|-])""",
    re.VERBOSE | re.DOTALL,
)
ESCAPES = {"n": "\n", "t": "\t"}
CLOSERS = {"(": ")", "[": "]", "{": "}"}
BREAKS_AFTER = {",", "??", "or", "and", "in", *"== != < <= > >= + - * / %".split()}
CONTINUES = {"?", ":", "=", "{", ".", "??", "or", "and", "in", *"== != < <= > >= + - * / %".split()}


class Token:
    def __init__(self, kind, start, end, text, parts=()):
        self.kind, self.start, self.end, self.text, self.parts = kind, start, end, text, parts


def tokens_of(text, at=0, closer=None):
    """The tokens from an offset to the end, or to the `}` that closes a `${`, and the offset after them."""
    tokens, depth = [], 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if not match:
            raise SyntaxError(f"character {text[at]!r} at {at}")
        kind, at = match.lastgroup, match.end()
        if kind == "quote":
            parts, at = string_parts(text, at, match[0])
            tokens.append(Token("string", match.start(), at, text[match.start() : at], parts))
            continue
        if kind == "mark":
            depth += (match[0] == "{") - (match[0] == "}")
            if closer and depth < 0:
                return tokens, at
        if kind != "blank":
            tokens.append(Token(kind, match.start(), at, match[0]))
    return tokens, at


def string_parts(text, at, quote):
    """The tokens of each `${...}` in a string, and the offset after the string."""
    parts = []
    while not text.startswith(quote, at):
        if text[at] == "\\":
            at += 2
        elif text.startswith("${", at):
            tokens, at = tokens_of(text, at + 2, "}")
            parts.append(tokens)
        else:
            at += 1
    return parts, at + len(quote)


def without_line_ends(tokens):
    """The tokens without the newlines that have no meaning."""
    result, brackets = [], []
    for i, token in enumerate(tokens):
        if token.kind == "newline":
            after = next((t.text for t in tokens[i + 1 :] if t.kind != "newline"), "}")
            before = result[-1].text if result else "{"
            if brackets and brackets[-1] != "{":
                continue
            if before in BREAKS_AFTER or after in CONTINUES or (before == "}" and after == "else"):
                continue
        elif token.text in CLOSERS and token.kind == "mark":
            after = next(t.text for t in tokens[i + 1 :] if t.kind != "newline")
            brackets.append("(" if after == "for" else token.text)
        elif token.kind == "mark" and token.text in CLOSERS.values():
            brackets.pop()
        result.append(token)
    return result


def unquoted(text):
    """The value of a constant string on one line."""
    escape = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|(.))")
    return escape.sub(lambda match: chr(int(match[1], 16)) if match[1] else ESCAPES.get(match[2], match[2]), text[1:-1])
