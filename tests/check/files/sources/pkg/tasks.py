from .other import (
    first,
    second as renamed,
)

assigned = lambda event, context: None
typed: object = assigned
a, unpacked = 1, 2
try:
    def guarded(): ...
except NameError:
    pass
