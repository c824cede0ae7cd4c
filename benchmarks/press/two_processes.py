"""
Two front doors on two cores beside one on one core.

On two cores the load has to share: one door and its wrk have core 0 together; then two doors, each
on a core with a wrk of the same size beside it.
"""

import time
from contextlib import ExitStack
from statistics import median

from benchmarks.press.load import Asking
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE
from benchmarks.press.programs import descendants, pin
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell

CORES = (SERVER_CORE, LOAD_CORE)
CONNECTIONS = 64  # for each wrk
LEAST = 1.7
WARM_SECONDS = 0.3


def measure(stage: Stage, report: Report) -> None:
    tell("One process and two …")
    whole = stage.asking("articles", stage.articles).by(CONNECTIONS)
    found: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(1 if stage.short else 3):
        for number, rates in found.items():
            rates.append(_rate(stage, whole, number))
    one, two = (median(rates) for rates in found.values())
    report.row("two processes beside one, requests/s", f"{two:,.0f}", f"{one:,.0f}", two / one)
    report.figures |= {
        "one_process_rate": round(one),
        "two_processes_rate": round(two),
        "two_processes_ratio": round(two / one, 3),
    }
    report.at_least("two processes beside one", two / one, LEAST, "times")


def _rate(stage: Stage, asking: Asking, number: int) -> float:
    """All requests a second of so many pairs of a door and a load, each pair on its own core."""
    with stage.door(cores=set(CORES[:number]), processes=number) as door, ExitStack() as loads:
        doors = [door] if number == 1 else descendants(door)[1:]
        for each, core in zip(doors, CORES, strict=False):
            pin(each, {core})
        asking.ask(WARM_SECONDS)
        pairs = [
            Asking(asking.file, asking.port, CONNECTIONS, core=core) for core in CORES[:number]
        ]
        ends = [loads.enter_context(each.under_way()) for each in pairs]
        time.sleep(stage.seconds)
        loads.close()
        return sum(end().rate for end in ends)
