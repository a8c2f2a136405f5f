"""A simple parser of the .pipe language, for correct programs.

It shares nothing with the compiler, so that operators decide what is wrong independently of the compiler.
"""
from expressions import ExpressionParser, Node
from tokens import tokens_of, unquoted


class Parser(ExpressionParser):
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

    def item_foreach(self, node):
        self.called(self.named(node))
        self.take("for")
        node.variable = self.word()
        if self.optional(":"):
            node.type = self.type()
        self.take("in")
        node.over = self.expression()
        node.block = self.block()
        return node

    def item_pick(self, node):
        self.take("max", "min")
        node.value = self.postfix()
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

    def item_on(self, node):
        """`on failure of A, B`, `on stop of A`, `on any end of A`."""
        while not self.optional("of"):
            self.take()
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
        if self.optional(","):
            node.place = self.expression()
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
        while self.token.kind == "word" or self.is_at(",", "."):
            if self.optional("."):  # a path: one word
                node.allowed[-1] += "." + self.take().text
            else:
                node.allowed.append(self.take().text)
        return node

    def item_deploys(self, node):
        node.keys = [self.take().text]
        while self.optional(","):
            node.keys.append(self.take().text)
        return node

    def item_needs(self, node):
        node.value = self.expression()
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

    def item_makes(self, node):
        return self.named(node)

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
            elif self.is_at("require", "advise", "assert") and self.tokens[self.at + 1].text not in ":?":
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


def constant(node):
    """The value of a literal in a type's parentheses."""
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
