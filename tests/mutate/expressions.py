"""Syntax nodes with their offsets in a .pipe program, and the parser of expressions."""
from tokens import Token, without_line_ends

BINARY = ["or", "and", "== != < <= > >= in", "+ -", "* / %"]


class Node:
    """A syntax node. Its other attributes depend on its kind; one that the program does not have is None."""

    def __init__(self, kind, start, end=None, **more):
        self.kind, self.start, self.end, self.parent = kind, start, end, None
        self.__dict__.update(more)
        for child in self.children():
            child.parent = self

    def __getattr__(self, name):
        return None

    def children(self):
        for name, value in self.__dict__.items():
            if name == "parent" or name.startswith("_"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, Node):
                    yield child

    def walk(self):
        yield self
        for child in self.children():
            yield from child.walk()

    def above(self):
        node = self.parent
        while node:
            yield node
            node = node.parent


class ExpressionParser:
    def __init__(self, text, tokens):
        self.text, self.at = text, 0
        self.tokens = without_line_ends(tokens) + [Token("end", len(text), len(text), "")]

    # Tokens

    @property
    def token(self):
        return self.tokens[self.at]

    def is_at(self, *texts):
        return self.token.kind in ("mark", "word") and self.token.text in texts

    def next_is(self, text):
        return self.tokens[self.at + 1].text == text

    def take(self, *texts):
        token = self.token
        if texts and not self.is_at(*texts):
            line = self.text.count("\n", 0, token.start) + 1
            raise SyntaxError(f"line {line}: {' or '.join(texts)} expected, not {token.text!r}")
        self.at += 1
        return token

    def optional(self, text):
        return self.take() if self.is_at(text) else None

    def finish(self, node):
        node.end = self.tokens[self.at - 1].end
        for child in node.children():
            child.parent = node
        return node

    def skip_separators(self):
        while self.token.kind == "newline" or self.is_at(","):
            self.at += 1

    def word(self):
        token = self.take()
        return Node("word", token.start, token.end, text=token.text)

    def words(self):
        result = [self.word()]
        while self.optional(","):
            result.append(self.word())
        return result

    # Expressions, from the lowest precedence to the highest

    def expression(self):
        start = self.token.start
        left = self.coalesced()
        if not self.optional("?"):
            return left
        then = self.expression()
        self.take(":")
        return self.finish(Node("ternary", start, condition=left, then=then, otherwise=self.expression()))

    def coalesced(self):
        start, left = self.token.start, self.binary(0)
        if not self.optional("??"):
            return left
        return self.finish(Node("coalesce", start, then=left, otherwise=self.coalesced()))

    def binary(self, level):
        if level == len(BINARY):
            return self.unary()
        start, left = self.token.start, self.binary(level + 1)
        while self.is_at(*BINARY[level].split()):
            operator = self.take().text
            left = self.finish(Node("binary", start, op=operator, left=left, right=self.binary(level + 1)))
        return left

    def unary(self):
        start = self.token.start
        if not self.is_at("not", "-"):
            return self.postfix()
        operator = self.take().text
        # `not` has a lower precedence than the comparisons on its right.
        operand = self.binary(2) if operator == "not" else self.unary()
        return self.finish(Node("unary", start, op=operator, right=operand))

    def postfix(self):
        start, node = self.token.start, self.primary()
        while True:
            if self.optional("."):
                word = self.word()
                node = self.finish(Node("member", start, left=node, name=word.text, name_start=word.start))
            elif self.is_at("["):
                self.take()
                index = self.expression()
                self.take("]")
                node = self.finish(Node("index", start, left=node, right=index))
            elif self.is_at("(") and node.kind == "name":
                node = self.finish(Node("call", start, name=node.name, arguments=self.arguments()))
            else:
                return node

    def arguments(self):
        self.take("(")
        result = []
        while not self.is_at(")"):
            argument = Node("argument", self.token.start)
            if self.token.kind == "word" and self.next_is(":"):
                argument.name = self.word()
                self.take(":")
            argument.value = self.expression()
            result.append(self.finish(argument))
            self.optional(",")
        self.take(")")
        return result

    def primary(self):
        token = self.take()
        start = token.start
        if token.kind == "string":
            if not token.parts:
                return Node("string", start, token.end, text=token.text)
            parts = [type(self)(self.text, tokens).expression() for tokens in token.parts]
            return Node("template", start, token.end, parts=parts)
        if token.kind == "number":
            return Node("number", start, token.end, text=token.text)
        if token.kind == "word":
            kind = "constant" if token.text in ("true", "false", "null") else "name"
            return Node(kind, start, token.end, name=token.text)
        if token.text == "(":
            node = Node("parentheses", start, value=self.expression())
            self.take(")")
            return self.finish(node)
        if token.text == "[":
            return self.list(start)
        if token.text == "{":
            return self.object(start)
        raise SyntaxError(f"{token.text!r} at {start} begins no expression")

    def comprehension(self, node):
        node.variables = self.words()
        self.take("in")
        node.over = self.coalesced()
        if self.optional("if"):
            node.condition = self.expression()
        self.take(":")
        return node

    def list(self, start):
        if self.optional("for"):
            node = self.comprehension(Node("for_list", start))
            node.value = self.expression()
        else:
            node = Node("list", start, items=[])
            self.skip_separators()
            while not self.is_at("]"):
                at = self.token.start
                spread = self.optional("...")
                item = self.expression()
                node.items.append(self.finish(Node("spread", at, value=item)) if spread else item)
                self.skip_separators()
        self.take("]")
        return self.finish(node)

    def object(self, start):
        if self.optional("for"):
            node = self.comprehension(Node("for_map", start))
            node.key = self.expression()
            self.take(":")
            node.value = self.expression()
        else:
            node = Node("object", start, items=self.items())
        self.take("}")
        return self.finish(node)
