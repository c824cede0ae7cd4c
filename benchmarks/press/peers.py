"""The bare server with a constant answer, and plain Wagtail without any cache."""

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.press.load import take_turns
from benchmarks.press.needs import SERVER_CORE
from benchmarks.press.programs import python, started, wait_until_served
from benchmarks.press.stage import HOST, Stage
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.servers import free_port

PLAIN_APP = "benchmarks.press.plain_wagtail.wsgi:application"


def measure(stage: Stage, report: Report) -> None:
    tell("Beside a bare server and plain Wagtail …")
    whole = stage.asking("articles", stage.articles)
    with stage.door(), _bare(stage) as bare, plain_wagtail(stage) as (plain, _process):
        asking = {
            "ours": whole,
            "a constant answer": whole.at(bare),
            "plain Wagtail": whole.at(plain).by(8),
        }
        found = take_turns(asking, rounds=stage.rounds, seconds=stage.seconds)
    for name in ("a constant answer", "plain Wagtail"):
        ratio = found.ratio("ours", name)
        report.row(
            f"articles beside {name}",
            f"{found.rate('ours'):,.0f}",
            f"{found.rate(name):,.0f}",
            ratio,
        )
        key = name.replace(" ", "_").lower()
        report.figures |= {f"{key}_rate": round(found.rate(name)), f"{key}_ratio": round(ratio, 2)}
    report.exactly("peers, broken connections", found.broken(), 0)
    report.exactly("peers, refused requests", found.refused(*found.loads), 0)


@contextmanager
def _bare(stage: Stage) -> Iterator[int]:
    body = stage.data / "bare.body"
    body.write_bytes(next(stage.pages(stage.articles)).bodies["gzip"])
    variables = {**stage.variables(), "BARE_BODY": str(body)}
    with _uvicorn("benchmarks.press.bare:app", variables) as (port, _process):
        wait_until_served(port, "/")
        yield port


@contextmanager
def plain_wagtail(stage: Stage) -> Iterator[tuple[int, int]]:
    """The same pages from the same database; port and process."""
    variables = {
        **stage.variables(),
        "DJANGO_SETTINGS_MODULE": "benchmarks.press.plain_wagtail.settings",
    }
    with _uvicorn(PLAIN_APP, variables) as (port, process):
        wait_until_served(port, stage.articles[0])
        yield port, process


@contextmanager
def _uvicorn(application: str, variables: dict[str, str]) -> Iterator[tuple[int, int]]:
    port = free_port()
    options = ["--host", HOST, "--port", str(port), "--log-level", "warning", "--no-access-log"]
    command = python("-m", "uvicorn", application, *options)
    with started(command, variables=variables, cores={SERVER_CORE}) as process:
        yield port, process
