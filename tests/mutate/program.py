"""A correct program, analyzed by its text alone: what names refer to, which type each value must have, and which steps each step
refers to. What the text does not determine for certain is left out."""
import facts
import syntax

DECLARATIONS = ("param", "config", "let", "step", "condition", "foreach", "function")
PIPELINE_FACTS = ("Name", "RoleArn", "Region", "Account", "Partition", "Bucket", "Assets")


class Place:
    """A value where a type is expected. `via` are the offsets of the lets and calls through which the value gets there."""

    def __init__(self, node, type, within, via):
        self.node, self.type, self.within, self.via = node, type, within, via

    @property
    def starts(self):
        return [self.node.start, *self.via]


class Structure:
    """An object or block where a shape is expected. `given` are the members that `defaults` may provide, too."""

    def __init__(self, node, type, given, via):
        self.node, self.type, self.via = node, type, via
        self.fields = {item.name: item for item in node.items if item.kind == "field"}
        self.has_spread = any(item.kind == "spread" for item in node.items)
        self.given = given

    @property
    def starts(self):
        return [self.node.start, *self.via]


class Path:
    """An access to a member or element of a step, or of a part of it."""

    def __init__(self, node, base, via):
        self.node, self.base, self.via, self.texts = node, base, via, None


class Texts:
    """The constant strings that an expression may have as its value."""

    def __init__(self, nodes):
        self.nodes = nodes


EVERYTHING = "everything"


class Program:
    def __init__(self, path, text, standard):
        self.path, self.text, self.facts = path, text, standard
        self.root = syntax.parse(text)
        self.nodes = list(self.root.walk())
        self.declared, self.functions, self.uses = {}, {}, {}
        self.steps = [node for node in self.nodes if node.kind == "step"]
        self.conditions = [node for node in self.nodes if node.kind == "condition"]
        for node in self.nodes:
            if node.kind == "function":
                self.functions[node.name.text] = node
            elif node.kind in DECLARATIONS:
                self.declared[node.name.text] = node
        self.resolve(self.root, {})

        self.places, self.structures, self.paths = [], [], []
        self._placed, self._visited = set(), set()
        for node in self.nodes:
            self.place_declaration(node)
        for node in self.root.items:
            if node.kind in ("step", "condition", "defaults", "pipeline", "param"):
                self.visit(node, {}, [])

    def line(self, offset):
        return self.text.count("\n", 0, offset) + 1

    # Names

    def resolve(self, node, scope):
        if node.kind == "name":
            node._declaration = scope.get(node.name) or self.declared.get(node.name)
        elif node.kind == "call":
            node._declaration = self.functions.get(node.name)
        if node._declaration:
            self.uses.setdefault(node._declaration, []).append(node)
        if node.kind == "function":
            scope = {**scope, **{parameter.name.text: parameter for parameter in node.parameters}}
        elif node.kind in ("for_list", "for_map"):
            self.resolve(node.over, scope)
            scope = {**scope, **{word.text: word for word in node.variables}}
        elif node.kind == "foreach":
            self.resolve(node.over, scope)
            scope = {**scope, node.variable.text: node.variable}
        for child in node.children():
            if child is not node.over:
                self.resolve(child, scope)

    def step_of(self, node):
        """The innermost step that holds a node, or None."""
        return next((above for above in node.above() if above.kind in ("step", "condition")), None)

    def references(self, step):
        """Yields the names in a step's own text that refer to steps."""
        within = {id(step)}
        for node in step.walk():
            if id(node.parent) in within and not (node.kind in ("step", "condition") and node is not step):
                within.add(id(node))
                if node.kind == "name" and node._declaration in self.steps + self.conditions:
                    yield node

    def kind_of(self, step):
        name = "Condition" if step.kind == "condition" else step.base.text
        return self.facts.kinds[name]

    # Types of places

    def place_declaration(self, node):
        if node.kind in ("step", "condition") and node.block:
            self.place_structure(node.block, self.kind_of(node).fields, self.defaults_of(node), [node.start])
        elif node.kind == "defaults":
            for kind in node.kinds:
                hidden = self.replaced_defaults(kind.text)
                self.place_structure(node.block, self.facts.kinds[kind.text].fields, EVERYTHING, [], hidden)
        elif node.kind == "pipeline":
            self.place_structure(node.block, self.facts.named("Pipeline"), {}, [node.start])
        elif node.kind == "retry" and node.block:
            self.place_structure(node.block, self.facts.named("RetryPolicy"), {}, [node.start])
        elif node.kind in ("param", "config"):
            type = self.facts.type(node.type)
            if node.value:
                self.place(node.value, type, node, {}, [])

    def defaults_of(self, step):
        kinds = [node for node in self.root.items if node.kind == "defaults"]
        kinds = [node for node in kinds if self.kind_of(step).name in [kind.text for kind in node.kinds]]
        return {item.name for node in kinds for item in node.block.items if item.kind == "field"}

    def replaced_defaults(self, kind):
        """The fields that every step of a kind sets itself. Defaults for them may never be checked."""
        steps = [step for step in self.steps if self.kind_of(step).name == kind]
        blocks = [step.block.items if step.block else [] for step in steps]
        own = [{item.name for item in items if item.kind == "field"} for items in blocks]
        return set.intersection(*own) if own else set()

    def place(self, node, type, within, given, via):
        """Records the type that a value must have, and follows the value to where it is written.

        Does not follow it into a ternary: an operand that is not taken may be anything.
        """
        key = (node, id(type), given == EVERYTHING, tuple(via))
        if key in self._placed:
            return
        self._placed.add(key)
        self.places.append(Place(node, type, within, via))
        declaration = node._declaration
        if node.kind == "parentheses":
            self.place(node.value, type, within, given, via)
        elif declaration and declaration.kind in ("let", "function"):
            self.place(declaration.value, type, within, given, [*via, node.start])
        elif node.kind == "object" and type.kind == "Shape":
            self.place_structure(node, type, given, via)
        elif node.kind == "object" and type.kind == "Map":
            for item in node.items:
                wanted = type if item.kind == "spread" else type.element
                self.place(item.value, wanted, node, EVERYTHING if item.kind == "spread" else given, via)
        elif node.kind == "list" and type.kind == "List":
            for item in node.items:
                is_spread = item.kind == "spread"
                value = item.value if is_spread else item
                self.place(value, type if is_spread else type.element, node, given, via)
        elif node.kind in ("for_list", "for_map") and type.element:
            self.place(node.value, type.element, node, given, via)

    def place_structure(self, node, type, given, via, hidden=()):
        structure = Structure(node, type, given, via)
        self.structures.append(structure)
        for item in node.items:
            if item.kind == "spread":
                self.place(item.value, type, node, EVERYTHING, via)
            elif item.kind == "field" and item.name in type.members and item.name not in hidden:
                inner = EVERYTHING if given == EVERYTHING or item.name in given else {}
                self.place(item.value, type.members[item.name].type, item, inner, via)

    # Property paths

    def type_of(self, node, bindings):
        """The step, type or texts of an expression, or None."""
        declaration = node._declaration
        if node.kind == "name" and not declaration:
            return {"Execution": self.facts.named("Execution"), "Pipeline": self.pipeline_facts()}.get(node.name)
        if node.kind == "name" and declaration.kind in ("step", "condition"):
            return declaration
        if node.kind == "name" and declaration.kind == "let":
            return self.type_of(declaration.value, {})
        if node.kind == "name":
            return bindings.get(declaration)
        if node.kind == "parentheses":
            return self.type_of(node.value, bindings)
        if node.kind == "string":
            return Texts([node])
        if node.kind == "call" and declaration:
            return self.type_of(declaration.value, self.bound(node, bindings))
        if node.kind == "member":
            base = self.type_of(node.left, bindings)
            if isinstance(base, facts.Type) and base.kind == "Any":
                return base
            shape = self.shape_of(base)
            return shape.members[node.name].type if shape and node.name in shape.members else None
        if node.kind == "index":
            base = self.type_of(node.left, bindings)
            if isinstance(base, facts.Type):
                return base if base.kind == "Any" else base.element
        return None

    def pipeline_facts(self):
        shape = facts.Type("Shape", "Pipeline")
        shape.members = {name: self.facts.named("Execution").members["PipelineName"] for name in PIPELINE_FACTS}
        return shape

    def shape_of(self, base):
        """The members of a step or type, or None if it may have any."""
        if isinstance(base, syntax.Node):
            kind = self.kind_of(base)
            if kind.properties.kind != "Shape":
                return None
            shape = facts.Type("Shape", kind.name).merged_with(kind.properties)
            items = base.block.items if base.block else []
            outputs = facts.Type("Shape", "outputs")
            for item in items:
                if item.kind == "property":
                    shape.members[item.name.text] = AnyMember(facts.Type("Any", "a property file"))
                elif item.kind == "output":
                    outputs.members[item.name.text] = AnyMember(self.facts.type(item.type))
            if "output" in kind.clauses:
                shape.members["OutputParameters"] = AnyMember(outputs)
            return shape
        is_known = isinstance(base, facts.Type) and base.kind == "Shape" and not base.is_open
        return base if is_known else None

    def bound(self, call, bindings):
        """Binds the parameters of a called function to the steps, types or texts of its arguments."""
        result, parameters = {}, call._declaration.parameters
        names = {parameter.name.text: parameter for parameter in parameters}
        for i, argument in enumerate(call.arguments):
            parameter = names[argument.name.text] if argument.name else parameters[i]
            result[parameter] = self.type_of(argument.value, bindings)
        return result

    def visit(self, node, bindings, via):
        """Records the paths in those parts that a program uses, with the bindings there."""
        key = (node, tuple(sorted((id(name), id(value)) for name, value in bindings.items())))
        if key in self._visited:
            return
        self._visited.add(key)
        declaration = node._declaration
        if node.kind in ("member", "index"):
            base = self.type_of(node.left, bindings)
            self.paths.append(Path(node, base, via))
            if node.kind == "index":
                self.paths[-1].texts = self.type_of(node.right, bindings)
        if node.kind == "call" and declaration:
            self.visit(declaration.value, self.bound(node, bindings), [*via, node.start])
        elif node.kind == "name" and declaration and declaration.kind == "let":
            self.visit(declaration.value, {}, [*via, node.start])
        if node.kind in ("for_list", "for_map") and node.over.kind == "list":
            bindings = {**bindings, node.variables[-1]: Texts([n for n in node.over.items if n.kind == "string"])}
        for child in node.children():
            self.visit(child, bindings, via)


class AnyMember:
    def __init__(self, type):
        self.type, self.is_required, self.has_default = type, False, False
