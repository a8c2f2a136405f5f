"""A light parser of the .pipe language, for programs known to be right: nodes with their places.

It shares nothing with the compiler, so that what an operator holds for wrong is not what the compiler holds for wrong.
"""
from tokens import Token, tokens_of, unquoted, without_line_ends

BINARY = ["or", "and", "== != < <= > >= in", "+ -", "* / %"]


class Node:
    """A piece of a program; what else it has depends on its kind, and is None where it was not written."""

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


class Parser:
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

    # Declarations, clauses and fields

    def items(self, closer="}"):
        result = []
        self.skip_separators()
        while self.token.kind != "end" and not self.is_at(closer):
            result.append(self.item())
            self.skip_separators()
        return result

    def block(self):
        node = Node("block", self.take("{").start)
        node.items = self.items()
        self.take("}")
        return self.finish(node)

    def block_opt(self):
        return self.block() if self.is_at("{") else None

    def item(self):
        start = self.token.start
        if self.token.kind in ("word", "string") and self.next_is(":"):
            return self.field()
        if self.optional("..."):
            return self.finish(Node("spread", start, value=self.expression()))
        keyword = self.token.text
        rule = getattr(self, f"item_{keyword}", None)
        if not rule:
            raise SyntaxError(f"{keyword!r} at {start} begins nothing")
        self.at += 1
        node = rule(Node(keyword, start, keyword_end=start + len(keyword)))
        return self.finish(node)

    def field(self):
        name = self.take()
        text = name.text if name.kind == "word" else unquoted(name.text)
        self.take(":")
        node = Node("field", name.start, name=text, name_end=name.end, is_quoted=name.kind == "string")
        node.value = self.expression()
        return self.finish(node)

    def named(self, node):
        node.name = self.word()
        return node

    def called(self, node):
        if self.optional("as"):
            node.called = self.postfix()
        return node

    def typed(self, node):
        self.take(":")
        node.type = self.type()
        if self.optional("in"):
            node.choices = self.expression()
        if self.optional("="):
            node.value = self.expression()
        return node

    def item_pipeline(self, node):
        node.called = self.postfix()
        node.block = self.block()
        return node

    def item_param(self, node):
        return self.typed(self.called(self.named(node)))

    item_config = item_param

    def item_let(self, node):
        self.named(node)
        if self.optional(":"):
            node.type = self.type()
        self.take("=")
        node.value = self.expression()
        return node

    def item_step(self, node):
        self.called(self.named(node))
        self.take(":")
        node.base = self.word()
        node.block = self.block_opt()
        return node

    def item_condition(self, node):
        self.called(self.named(node))
        node.block = self.block_opt()
        node.arms = []
        while self.is_at("if") or (self.is_at("else") and self.next_is("if")):
            arm = Node("arm", self.token.start)
            self.optional("else")
            self.take("if")
            arm.condition = self.expression()
            arm.block = self.block()
            node.arms.append(self.finish(arm))
        if self.is_at("else"):
            arm = Node("arm", self.take().start)
            arm.block = self.block()
            node.otherwise = self.finish(arm)
        return node

    def item_defaults(self, node):
        node.kinds = self.words()
        node.block = self.block()
        return node

    def item_function(self, node):
        self.named(node)
        self.take("(")
        node.parameters = []
        while not self.is_at(")"):
            parameter = self.named(Node("parameter", self.token.start))
            if self.optional(":"):
                parameter.type = self.type()
            if self.optional("="):
                parameter.value = self.expression()
            node.parameters.append(self.finish(parameter))
            self.optional(",")
        self.take(")")
        self.take("=")
        node.value = self.expression()
        return node

    def item_depends(self, node):
        self.take("on")
        node.refs = [self.postfix()]
        while self.optional(","):
            node.refs.append(self.postfix())
        return node

    def item_cache(self, node):
        if not self.optional("off") or self.is_at("for"):
            self.take("for")
            node.value = self.expression()
        return node

    def item_retry(self, node):
        if not self.optional("off"):
            self.take("on")
            node.exceptions = [self.postfix()]
            while self.optional(","):
                node.exceptions.append(self.postfix())
            node.block = self.block_opt()
        return node

    def item_property(self, node):
        self.take("file")
        self.called(self.named(node))
        self.take("from")
        node.source = self.postfix()
        self.take("at")
        node.path = self.postfix()
        return node

    def item_output(self, node):
        self.called(self.named(node))
        self.take(":")
        node.type = self.type()
        return node

    def item_when(self, node):
        node.value = self.expression()
        return node

    def item_assert(self, node):
        node.value = self.expression()
        if self.optional(","):
            node.message = self.expression()
        return node

    # Types and kinds

    def item_shape(self, node):
        self.named(node)
        node.body = self.members()
        return node

    def item_enum(self, node):
        self.named(node)
        self.take("{")
        node.values = []
        self.skip_separators()
        while not self.is_at("}", "..."):
            node.values.append(unquoted(self.take().text))
            self.skip_separators()
        node.is_open = bool(self.optional("..."))
        self.skip_separators()
        self.take("}")
        return node

    def item_type(self, node):
        if self.token.kind == "string":
            node.value = self.expression()
        else:
            self.named(node)
            self.take("=")
            node.type = self.type()
        return node

    def item_kind(self, node):
        self.named(node)
        node.block = self.block()
        return node

    def item_arguments(self, node):
        node.type = self.type()
        return node

    item_keys = item_arguments

    def item_properties(self, node):
        node.types = [self.type()]
        while self.optional(","):
            node.types.append(self.type())
        return node

    def item_clauses(self, node):
        node.allowed = []
        while self.token.kind == "word" or self.is_at(","):
            node.allowed.append(self.take().text)
        return node

    def item_terminal(self, node):
        return node

    def item_require(self, node):
        """`require exactly one of A, B if C == "x", "why"`; the rule of plain members is "all"."""
        node.rule = "all"
        if self.is_at("exactly", "at"):
            node.rule = "exactly" if self.take().text == "exactly" else self.take("least", "most").text
            self.take("one"), self.take("of")
        node.members = [self.path()]
        while self.is_at(",") and self.tokens[self.at + 1].kind == "word":
            self.take(",")
            node.members.append(self.path())
        if self.optional("if"):
            node.condition = self.path()
            node.wanted = self.take().text if self.optional("==") else None
        if self.optional(","):
            self.take()
        return node

    item_advise = item_require

    def item_writes(self, node):
        self.optional("below")
        node.members = [self.path()]
        while self.optional(","):
            node.members.append(self.path())
        return node

    def path(self):
        words = [self.take().text]
        while self.optional("."):
            words.append(self.take().text)
        return ".".join(words)

    def members(self):
        node = Node("members", self.take("{").start, items=[], is_open=False)
        self.skip_separators()
        while not self.is_at("}"):
            if self.optional("..."):
                node.is_open = True
            elif self.is_at("require", "advise") and self.tokens[self.at + 1].text not in ":?":
                node.items.append(self.item())
            else:
                node.items.append(self.member())
            self.skip_separators()
        self.take("}")
        return self.finish(node)

    def member(self):
        name = self.take()
        text = name.text if name.kind == "word" else unquoted(name.text)
        node = Node("member_declaration", name.start, name=text, is_optional=bool(self.optional("?")))
        return self.finish(self.typed(node))

    def type(self):
        node = Node("type", self.token.start, arguments=[], limits={}, without=[])
        node.is_literal = bool(self.optional("literal"))
        if not self.is_at("{"):
            node.name = self.word()
            if self.optional("<"):
                node.arguments.append(self.type())
                while self.optional(","):
                    node.arguments.append(self.type())
                if self.optional("by"):
                    node.key = self.take().text
                self.take(">")
            if self.optional("("):
                while not self.is_at(")"):
                    limit = self.take().text
                    self.take(":")
                    node.limits[limit] = constant(self.expression())
                    self.optional(",")
                self.take(")")
            if self.optional("without"):
                node.without = [word.text for word in self.words()]
        if self.is_at("{"):
            node.body = self.members()
        if self.optional("|"):
            node.is_nullable = bool(self.take("null"))
        return self.finish(node)

    # Expressions, from loose to tight

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
        # `not` is looser than the comparisons, which stand to its right.
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
                node = self.finish(Node("call", start, name=node.name, name_end=node.end, arguments=self.arguments()))
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
            parts = [Parser(self.text, tokens).expression() for tokens in token.parts]
            return Node("template", start, token.end, parts=parts)
        if token.kind == "number":
            return Node("number", start, token.end, text=token.text)
        if token.kind == "word":
            return Node("constant" if token.text in ("true", "false", "null") else "name", start, token.end, name=token.text)
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
        node.over = self.binary(0)
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


def constant(node):
    """The value of a literal that stands in a type's parentheses."""
    if node.kind == "string":
        return string_value(node)
    if node.kind == "unary":
        return -constant(node.right)
    if node.kind == "number":
        return float(node.text) if "." in node.text else int(node.text)
    return node.name


def string_value(node):
    """The value of a constant string on one line, or None."""
    is_plain = node is not None and node.kind == "string" and not node.text.startswith('"""')
    return unquoted(node.text) if is_plain else None


def parse(text):
    tokens, _ = tokens_of(text)
    parser = Parser(text, tokens)
    root = Node("file", 0, items=parser.items(""))
    return parser.finish(root)
