"""Ratios of CPU times measured in the same run, so that no test asserts an absolute time.

Other work on the machine changes CPU time little. The two measurements alternate, the minimum of each counts, and both are
repeated while the ratio is above its limit.
"""

import math
import resource
import time


def ratio(small, large, limit, rounds=3, tries=8):
    """The minimum of `large()` divided by the minimum of `small()`."""
    least = [math.inf, math.inf]
    for _ in range(tries):
        for _ in range(rounds):
            least = [min(cost, measure()) for cost, measure in zip(least, (small, large))]
        if least[1] <= limit * least[0]:
            break
    return least[1] / least[0]


def of_children(action):
    """CPU time of the processes that an action starts and waits for."""
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before = used()
    action()
    return used() - before


def of_process(pid):
    """CPU time of a running process. Linux only: the expression is the id of the process's clock."""
    return time.clock_gettime(~pid << 3 | 2)
