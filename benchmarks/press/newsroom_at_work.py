"""
The newsroom's work does not slow readers.

First the app, the worker and those who keep them busy are on the other core, which the load needs
too; the load goes before them there. Then everything that serves is on one core.
"""

import os
import shutil
from dataclasses import replace

from benchmarks.press.desk import Done, newsroom_at_work
from benchmarks.press.load import FAVOURED, Asking, take_turns
from benchmarks.press.needs import LOAD_CORE, SERVER_CORE
from benchmarks.press.network import Network, network
from benchmarks.press.programs import pin
from benchmarks.press.rival import lay_out, nginx
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell

LEAST_BUSY = 0.8
LEAST_ON_ONE, LEAST_ON_ONE_OF_NGINX = 20_000, 0.2
MOST_P99 = 10  # ms


def measure(stage: Stage, report: Report) -> None:
    tell("With the newsroom at work …")
    folder = stage.data / "nginx"
    lay_out(folder, stage.pages(stage.articles))
    asking = replace(stage.asking("articles", stage.articles), niceness=FAVOURED)
    cores = os.sched_getaffinity(0)
    with network(stage) as running, nginx(folder, first=stage.articles[0]) as (port, _):
        pin(os.getpid(), {LOAD_CORE})
        try:
            _other_core(stage, report, running, asking)
            _one_core(stage, report, running, asking, port)
        finally:
            pin(os.getpid(), cores)
    shutil.rmtree(folder)


def _other_core(stage: Stage, report: Report, running: Network, asking: Asking) -> None:
    running.place(door=SERVER_CORE, newsroom=LOAD_CORE)
    quiet = take_turns({"ours": asking}, rounds=stage.rounds, seconds=stage.seconds)
    with newsroom_at_work(stage) as done:
        before = running.cpu("app", "worker")
        busy = take_turns({"ours": asking}, rounds=stage.rounds, seconds=stage.seconds)
        used = running.cpu("app", "worker") - before
    running.settle()
    after = take_turns({"ours": asking}, rounds=stage.rounds, seconds=stage.seconds)
    rate, calm = busy.rate("ours"), (quiet.rate("ours") + after.rate("ours")) / 2
    ratio = rate / calm
    report.row("busy newsroom on the other core", f"{rate:,.0f}", f"{calm:,.0f}", ratio)
    _tell_work(report, "other_core", done, used)
    report.figures |= {
        "busy_rate": round(rate),
        "busy_ratio": round(ratio, 3),
        "busy_p99_ms": round(busy.p99("ours"), 3),
    }
    report.at_least("newsroom busy on the other core, rate beside quiet", ratio, LEAST_BUSY)


def _one_core(stage: Stage, report: Report, running: Network, asking: Asking, port: int) -> None:
    rival = take_turns({"nginx": asking.at(port)}, rounds=stage.rounds, seconds=stage.seconds)
    running.place(door=SERVER_CORE, newsroom=SERVER_CORE)
    with newsroom_at_work(stage) as done:
        before = running.cpu("app", "worker")
        found = take_turns({"ours": asking}, rounds=stage.rounds, seconds=stage.seconds)
        used = running.cpu("app", "worker") - before
    rate, theirs, p99 = found.rate("ours"), rival.rate("nginx"), found.p99("ours")
    report.row(
        "everything on one core, requests/s", f"{rate:,.0f}", f"{theirs:,.0f}", rate / theirs
    )
    report.row("everything on one core, p99 ms", f"{p99:.2f}", f"{MOST_P99}", p99 / MOST_P99)
    _tell_work(report, "one_core", done, used)
    report.figures |= {
        "one_core_rate": round(rate),
        "one_core_ratio": round(rate / theirs, 3),
        "one_core_p99_ms": round(p99, 3),
    }
    least = max(LEAST_ON_ONE, LEAST_ON_ONE_OF_NGINX * theirs)
    report.at_least("everything on one core", rate, least, "requests/s")
    report.at_most("everything on one core, p99", p99, MOST_P99, "ms")
    report.exactly("everything on one core, broken connections", found.broken(), 0)


def _tell_work(report: Report, where: str, done: Done, cpu: float) -> None:
    report.row(
        "  meanwhile: searches, desk pages, releases",
        f"{done.searches}, {done.desk_pages}, {done.releases}",
    )
    report.figures |= {
        f"{where}_searches": done.searches,
        f"{where}_desk_pages": done.desk_pages,
        f"{where}_releases": done.releases,
        f"{where}_newsroom_cpu_s": round(cpu, 2),
    }
    report.exactly(f"newsroom's failures ({where.replace('_', ' ')})", done.failures, [])
