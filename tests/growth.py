"""How costs grow with the work, without an assertion of milliseconds: what is compared was measured in the same run.

Costs are seconds of a processor, which other work on the machine changes little. They are measured in turn, and the least of
each counts; while the ratio is too large, both are measured again.
"""

import math
import resource
import time


def ratio(small, large, limit, rounds=3, tries=8):
    """How often the cost that `small` gives fits into the one that `large` gives."""
    least = [math.inf, math.inf]
    for _ in range(tries):
        for _ in range(rounds):
            least = [min(cost, measure()) for cost, measure in zip(least, (small, large))]
        if least[1] <= limit * least[0]:
            break
    return least[1] / least[0]


def of_children(action):
    """What the processes that an action starts and waits for cost."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    action()
    return used() - before


def of_process(pid):
    """What a process has cost so far; Linux knows."""
    return time.clock_gettime(~pid << 3 | 2)
