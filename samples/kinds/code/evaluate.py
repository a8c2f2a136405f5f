"""Compares the scores of models, and names the best one."""


def best(scores: dict, floor: float):
    name = max(scores, key=scores.get)
    return {"name": name, "score": scores[name], "is_good": scores[name] >= floor}
