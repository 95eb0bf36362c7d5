"""How long something takes."""

from collections.abc import Callable
from statistics import median
from time import process_time


def seconds(action: Callable[[], object], runs: int = 3) -> float:
    """Return the median processor time of *action*."""
    times = []
    for _ in range(runs):
        start = process_time()
        action()
        times.append(process_time() - start)
    return median(times)
