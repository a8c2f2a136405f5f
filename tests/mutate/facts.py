"""The rules of the standard library, read from its text: shapes, limits, and what each step kind accepts."""
import copy

import syntax

PRIMITIVES = {"String", "Integer", "Float", "Boolean", "Scalar", "Any"}


class Member:
    def __init__(self, facts, node):
        self.facts, self.node, self.name = facts, node, node.name
        self.has_default = node.value is not None
        self.is_required = not node.is_optional and not self.has_default

    @property
    def type(self):
        return self.facts.type(self.node.type)


class Type:
    """A type with its limits; `kind` is a primitive, List, Map, Shape or Enum."""

    def __init__(self, kind, name):
        self.kind, self.name = kind, name
        self.limits, self.members, self.values, self.requires = {}, {}, set(), []
        self.element = self.key = None
        self.is_literal = self.is_nullable = self.is_open = False

    def merged_with(self, other):
        result = copy.copy(self)
        result.members = {**self.members, **other.members}
        result.requires = self.requires + other.requires
        result.is_open = self.is_open or other.is_open
        return result


class Kind:
    def __init__(self, facts, node):
        self.name = node.name.text
        self.is_terminal, self.without, clauses = False, [], []
        self.request, self.properties = Type("Shape", self.name), Type("Shape", self.name)
        keys = facts.named("StepKeys")
        for item in node.block.items:
            if item.kind == "arguments":
                self.request = self.request.merged_with(facts.type(item.type))
                self.without = item.type.without
            elif item.kind == "keys":
                keys = keys.merged_with(facts.type(item.type))
            elif item.kind == "properties":
                for type in map(facts.type, item.types):
                    self.properties = type if type.kind == "Any" else self.properties.merged_with(type)
            elif item.kind == "clauses":
                clauses = " ".join(item.allowed).split(" , ")
            elif item.kind == "require":
                self.request.requires.append(item)
            self.is_terminal |= item.kind == "terminal"
        # A step key hides the request's member of the same name.
        self.fields = self.request.merged_with(keys)
        self.clauses = {clause.split()[0]: clause.split()[1:] for clause in clauses}


class Facts:
    def __init__(self, folder):
        self.declarations, self.kinds, self.built = {}, {}, {}
        # stdlib/kinds is left out: its kinds derive from others, and programs are expanded before they are analyzed.
        paths = [path for path in sorted(folder.rglob("*.pipe")) if path.parent.name != "kinds"]
        nodes = [item for path in paths for item in syntax.parse(path.read_text()).items]
        for node in nodes:
            if node.kind in ("shape", "enum", "type"):
                self.declarations[node.name.text] = node
        for node in nodes:
            if node.kind == "kind":
                self.kinds[node.name.text] = Kind(self, node)

    def named(self, name):
        """The type of this name, or None."""
        if name not in self.built:
            self.built[name] = None
            if name in PRIMITIVES:
                self.built[name] = Type(name, name)
            elif name in self.declarations:
                self.built[name] = self.build_declared(self.declarations[name])
        return self.built[name]

    def build_declared(self, node):
        if node.kind == "type":
            result = copy.copy(self.type(node.type))
        elif node.kind == "enum":
            result = Type("Enum", node.name.text)
            result.values, result.is_open = set(node.values), node.is_open
        else:
            result = self.body(Type("Shape", node.name.text), node.body)
        result.name = node.name.text
        return result

    def body(self, type, node):
        added = Type("Shape", type.name)
        added.is_open = node.is_open
        for item in node.items:
            if item.kind == "require":
                added.requires.append(item)
            elif item.kind == "member_declaration":
                added.members[item.name] = Member(self, item)
        return type.merged_with(added)

    def type(self, node):
        if node._type is None:
            node._type = self.build(node)
        return node._type

    def build(self, node):
        name = node.name.text if node.name else None
        if name in ("List", "Map"):
            result = Type(name, name)
            result.element, result.key = self.type(node.arguments[-1]), node.key
        else:
            result = copy.copy(self.named(name)) if name else Type("Shape", "a structure")
        result.limits = {**result.limits, **node.limits}
        result.members = {key: member for key, member in result.members.items() if key not in node.without}
        result.is_literal |= bool(node.is_literal)
        result.is_nullable |= bool(node.is_nullable)
        return self.body(result, node.body) if node.body else result
