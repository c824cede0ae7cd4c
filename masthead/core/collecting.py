"""Python's collector of reference cycles, in a process that lives long."""

import gc

# By default a young collection every 700 objects, and a full one over every class and template
# that there is after some thousands more: an eighth of the time of a print.
YOUNG, MIDDLE, OLD = 20_000, 20, 50


def collect_seldom() -> None:
    """What is loaded now is never looked at again; what comes, less often. Call after imports."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
