"""
Two front doors on two cores beside one on one core.

On two cores the load has to share: one door and its wrk have core 0 together; then two doors, each
on a core with a wrk of the same size beside it. The same with nginx says what these two cores are
worth.
"""

import shutil
import time
from collections.abc import Sequence
from contextlib import ExitStack
from statistics import median

from benchmarks.press.load import Asking
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE
from benchmarks.press.programs import descendants, pin
from benchmarks.press.rival import lay_out, nginx
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell

CORES = (SERVER_CORE, LOAD_CORE)
CONNECTIONS = 64  # for each wrk
LEAST = 1.7
WARM_SECONDS = 0.3


def measure(stage: Stage, report: Report) -> None:
    tell("One process and two …")
    folder = stage.data / "nginx"
    lay_out(folder, stage.pages(stage.articles))
    whole = stage.asking("articles", stage.articles).by(CONNECTIONS)
    ours: dict[int, list[float]] = {1: [], 2: []}
    theirs: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(1 if stage.short else 3):
        for number in (1, 2):
            with stage.door(cores=set(CORES[:number]), processes=number) as door:
                doors = [door] if number == 1 else descendants(door)[1:]
                ours[number].append(_rate(stage, whole, doors))
            cores = set(CORES[:number])
            with nginx(folder, first=stage.articles[0], workers=number, cores=cores) as server:
                port, process = server
                theirs[number].append(_rate(stage, whole.at(port), descendants(process)[1:]))
    shutil.rmtree(folder)
    one, two = (median(ours[number]) for number in (1, 2))
    peer = median(theirs[2]) / median(theirs[1])
    report.row("two processes, requests/s, beside one", f"{two:,.0f}", f"{one:,.0f}", two / one)
    report.row("  two workers of nginx beside one", "", "", peer)
    report.figures |= {
        "one_process_rate": round(one),
        "two_processes_rate": round(two),
        "two_processes_ratio": round(two / one, 3),
        "two_processes_ratio_nginx": round(peer, 3),
    }
    report.at_least("two processes beside one", two / one, LEAST, "times")


def _rate(stage: Stage, asking: Asking, servers: Sequence[int]) -> float:
    """All requests a second of so many pairs of a server and a load, each pair on its own core."""
    cores = CORES[: len(servers)]
    for each, core in zip(servers, cores, strict=True):
        pin(each, {core})
    asking.ask(WARM_SECONDS)
    pairs = [Asking(asking.file, asking.port, CONNECTIONS, core=core) for core in cores]
    with ExitStack() as loads:
        ends = [loads.enter_context(each.under_way()) for each in pairs]
        time.sleep(stage.seconds)
    return sum(end().rate for end in ends)
