"""Every other kind of page beside articles: lists, feeds, classes of readers, 404, from disk."""

from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.press.load import Asking, Rounds, take_turns
from benchmarks.press.needs import SERVER_CORE
from benchmarks.press.programs import python, started, wait_until_served
from benchmarks.press.reader import Reader
from benchmarks.press.stage import HOST, Stage
from benchmarks.report import Report
from benchmarks.scratch import tell
from benchmarks.servers import free_port

ALIKE, HALF = 0.9, 0.5  # times the rate of articles
CLASSES = ("adfree", "members")
SMALL_MEMORY = 3_000_000  # bytes; the pages that are asked for are five times as much
# `masthead web` with a memory that holds a fraction of the pages.
FORGETFUL = (
    "from pathlib import Path; from masthead.press.door.server import run;"
    " run(data=Path({data!r}), host={host!r}, port={port}, memory_bytes={memory})"
)


def measure(stage: Stage, report: Report) -> None:
    tell("Other kinds of pages …")
    asking = _public(stage)
    least = dict.fromkeys(asking, ALIKE) | {"made-up addresses": HALF}
    with stage.app_and_door():
        _expect_404(stage)  # the app prints the page that says so
        paths = stage.articles[:100] if stage.short else stage.articles
        for each in CLASSES:
            cookie = stage.cookie(each)
            stage.read_all(paths, cookie=cookie)  # the app prints them
            list(stage.pages(paths, each))
            asking[f"{each} class"] = stage.asking(each, paths, cookie=cookie)
            least[f"{each} class"] = ALIKE
    with stage.door(), _forgetful_door(stage) as port:
        _expect_404(stage)
        asking["from disk"] = asking["articles"].at(port)
        least["from disk"] = HALF
        found = take_turns(asking, rounds=stage.rounds, seconds=stage.seconds)
    _judge(report, found, least)


def _public(stage: Stage) -> dict[str, Asking]:
    sections = [f"{stage.home}{section.slug}/" for section in stage.newsroom.sections]
    lists = [stage.home, *sections]
    lists += [f"{stage.home}authors/{each.slug}/" for each in stage.newsroom.authors]
    lists += [f"{stage.home}topics/{each.slug}/" for each in stage.newsroom.topics]
    feeds = [path + name for path in lists for name in ("feed.xml", "atom.xml", "feed.json")]
    return {
        "articles": stage.asking("articles", stage.articles),
        "front": stage.asking("front", [stage.home]),
        "sections": stage.asking("sections", sections),
        "feeds": stage.asking("feeds", feeds),
        "made-up addresses": stage.made_up(),
    }


def _expect_404(stage: Stage) -> None:
    status = Reader(stage.place.port).get(f"{stage.home}port/part-nobody-wrote/").status
    if status != 404:
        raise ValueError(f"A made-up address answered {status}.")


@contextmanager
def _forgetful_door(stage: Stage) -> Iterator[int]:
    port = free_port()
    code = FORGETFUL.format(data=str(stage.data), host=HOST, port=port, memory=SMALL_MEMORY)
    with started(python("-c", code), variables=stage.variables(), cores={SERVER_CORE}):
        wait_until_served(port, stage.articles[0])
        yield port


def _judge(report: Report, found: Rounds, least: dict[str, float]) -> None:
    articles = found.rate("articles")
    for name in found.loads:
        if name == "articles":
            continue
        ratio = found.ratio(name, "articles")
        report.row(
            f"{name}, beside articles", f"{found.rate(name):,.0f}", f"{articles:,.0f}", ratio
        )
        report.at_least(f"{name}, rate beside articles", ratio, least[name], "times")
        key = name.replace(" ", "_").replace("-", "_")
        report.figures |= {
            f"{key}_rate": round(found.rate(name)),
            f"{key}_ratio": round(ratio, 3),
            f"{key}_p99_ms": round(found.p99(name), 3),
        }
    report.exactly("other kinds, broken connections", found.broken(), 0)
    answered = [name for name in found.loads if name != "made-up addresses"]
    report.exactly("other kinds, refused requests", found.refused(*answered), 0)
    made_up = sum(load.requests for load in found.loads["made-up addresses"])
    report.exactly("made-up addresses answered 404", found.refused("made-up addresses"), made_up)
