"""ROUGE-L: how many words of a text are in another one in the same order."""
import re


def words(text):
    return re.findall(r"\w+", text.lower())


def longest_common(a, b):
    """The length of the longest common subsequence."""
    row = [0] * (len(b) + 1)
    for x in a:
        before = row
        row = [0]
        for j, y in enumerate(b):
            row.append(before[j] + 1 if x == y else max(row[j], before[j + 1]))
    return row[-1]


def rouge_l(answer, reference):
    """The F1 score, from 0 to 1."""
    answer, reference = words(answer), words(reference)
    common = longest_common(answer, reference)
    return 2 * common / (len(answer) + len(reference)) if common else 0.0
