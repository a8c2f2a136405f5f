"""Compares what models scored, and names the best of them."""


def best(scores: dict, floor: float):
    name = max(scores, key=scores.get)
    return {"name": name, "score": scores[name], "is_good": scores[name] >= floor}
