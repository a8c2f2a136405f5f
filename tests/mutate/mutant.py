"""Mutants, and the registry of the operators that make them."""
import random
import string

OPERATORS = {}


class Mutant:
    """A program with one fault: edits (start, end, text), and the offsets in the program where a message is expected.

    A place inside an edit's new text is given as (index of the edit, offset in the text).
    """

    def __init__(self, edits, places):
        self.edits, self.places = sorted(edits), places

    def apply(self, text):
        """The new text, and the lines in it where a message is expected."""
        pieces, at, starts = [], 0, []
        for start, end, new in self.edits:
            pieces.append(text[at:start])
            starts.append(sum(map(len, pieces)))
            pieces.append(new)
            at = end
        result = "".join([*pieces, text[at:]])
        offsets = [starts[p[0]] + p[1] if isinstance(p, tuple) else self.moved(p) for p in self.places]
        return result, sorted({result.count("\n", 0, offset) + 1 for offset in offsets})

    def moved(self, offset):
        """The offset in the new text for an offset in the program."""
        result = offset
        for start, end, new in self.edits:
            if end <= offset:
                result += len(new) - (end - start)
            elif start <= offset:
                result -= offset - start
        return result


def operator(level="error"):
    """Registers a function that yields mutants of a program, given a random source. `level` is the lowest severity expected."""

    def register(function):
        function.level = level
        OPERATORS[function.__name__] = function
        return function

    return register


def replaced(node, text, places=()):
    return Mutant([(node.start, node.end, text)], [node.start, *places])


def inserted(at, text, *places):
    """Inserts text. The message is expected at its first character that is not blank, or at one of the places."""
    return Mutant([(at, at, text)], [(0, len(text) - len(text.lstrip())), *places])


def misspelled(word, random_source, taken=()):
    """The word with one typo. It is still a name, and none of those taken."""
    while True:
        i = random_source.randrange(len(word))
        letter = random_source.choice(string.ascii_lowercase)
        slips = [word[:i] + word[i + 1 :], word[:i] + letter + word[i + 1 :], word[:i] + letter + word[i:]]
        if i + 1 < len(word):
            slips.append(word[:i] + word[i + 1] + word[i] + word[i + 2 :])
        slip = random_source.choice(slips)
        if slip != word and slip not in taken and slip[:1].isalpha():
            return slip
        if len(word) == 1:
            word += letter


def whole_lines(text, node, end=None):
    """The span of a declaration with its line end, its indentation and its doc comment."""
    start = text.rfind("\n", 0, node.start) + 1
    while start and text[text.rfind("\n", 0, start - 1) + 1 : start].lstrip().startswith("///"):
        start = text.rfind("\n", 0, start - 1) + 1
    if text[:node.start].rpartition("\n")[2].strip():
        start = node.start
    end = node.end if end is None else end
    while text[end : end + 1] in (" ", ","):
        end += 1
    if text[end : end + 1] == "\n" and start != node.start:
        end += 1
    return start, end


def source(seed):
    return random.Random(seed)
