"""What all processes of `masthead up` take together, after the start and after the desk's work."""

import time

from benchmarks.press.desk import newsroom_at_work
from benchmarks.press.network import Network, network
from benchmarks.press.stage import Stage
from benchmarks.report import Report
from benchmarks.scratch import tell

MOST_IDLE, MOST_AFTER = 250, 350  # MB
REST_SECONDS = 3


def measure(stage: Stage, report: Report) -> None:
    tell("Memory …")
    asking = stage.asking("articles", stage.articles)
    with network(stage) as running:
        idle, resting = running.memory(), _cpu_at_rest(running)
        with newsroom_at_work(stage) as done, asking.under_way() as end:
            time.sleep(3 if stage.short else 60)
        end()
        running.settle()
        after = running.memory()
    report.row("memory of all processes, idle, MB", f"{idle:.0f}", str(MOST_IDLE), idle / MOST_IDLE)
    report.row("processor at rest, % of a core", f"{resting:.1f}")
    report.figures |= {
        "memory_idle_mb": round(idle, 1),
        "cpu_at_rest_percent": round(resting, 1),
    }
    report.at_most("memory of all processes, idle", idle, MOST_IDLE, "MB")
    judge_memory(report, after, what="desk work")
    report.exactly("newsroom's failures (memory)", done.failures, [])


def judge_memory(report: Report, after: float, *, what: str) -> None:
    """after: MB, when all has come to rest."""
    report.row(f"memory after {what}, MB", f"{after:.0f}", str(MOST_AFTER), after / MOST_AFTER)
    report.figures[f"memory_mb_after_{what.replace(' ', '_')}"] = round(after, 1)
    report.at_most(f"memory of all processes, after {what}", after, MOST_AFTER, "MB")


def _cpu_at_rest(running: Network) -> float:
    """Percent of a core that a network takes when nobody reads or writes."""
    before = running.cpu("app", "web", "worker")
    time.sleep(REST_SECONDS)
    return (running.cpu("app", "web", "worker") - before) / REST_SECONDS * 100
