import pandas


def encode(table, bins):
    """Encodes numbers as bins of equal size, everything else as columns of zeros and ones."""
    numbers = table.select_dtypes("number").columns
    binned = table[numbers].apply(lambda column: pandas.qcut(column, bins, labels=False, duplicates="drop"))
    others = pandas.get_dummies(table.drop(columns=numbers), dtype=int)
    return pandas.concat([binned, others], axis=1)
