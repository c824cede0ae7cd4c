"""
`bin/faults api`: schemathesis asks the API whatever its own description allows, and more, for five
minutes, or for a quarter of one in the short form. Each run asks others.

No answer may contradict the description, be a 500, or take longer than ten seconds.
"""

import json
import secrets
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from benchmarks.faults.served import command, running, wait_until_it_answers
from benchmarks.in_front import free_port
from benchmarks.newsroom import add_draft, found_newsroom
from benchmarks.report import Report
from benchmarks.scratch import tell
from masthead.publishing.actions import publish_article

SECONDS, SHORT_SECONDS = 300, 15
QUESTIONS = 5_000  # of each kind to each address: more than there is time for
ARTICLES = 40  # more than a page of a list
ANSWER_SECONDS = 10
SLUG = "api-faults"
STARTING_SECONDS = 120  # beyond the time for asking
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
# What is no place in a list, and what nobody described, changes nothing here: it is not refused.
LENIENT = "negative_data_rejection"


def run(*, short: bool) -> Report:
    report = Report("faults api", columns=("seed", "seconds", "cases", ""))
    _publish()
    command("set-up")
    command("worker", "--once")
    connection.close()
    seed = secrets.randbelow(2**32)
    began = time.monotonic()
    with ExitStack() as stack:
        door = free_port()
        for words in (("web", "--bind", f"127.0.0.1:{door}"), ("app",), ("worker",)):
            stack.enter_context(running(*words))
        wait_until_it_answers(door)
        base = f"http://127.0.0.1:{door}/{SLUG}"
        cases, said = _ask(base, seed=seed, seconds=SHORT_SECONDS if short else SECONDS)
    if said:
        tell(said)
    report.row(str(seed), f"{time.monotonic() - began:.0f}", f"{cases:,}")
    report.figures |= {"seed": seed, "cases": cases, "found": said[-6000:]}
    report.at_least("cases asked", cases, 100)
    report.exactly("answers against the description", bool(said), False)
    return report


def _publish() -> None:
    newsroom = found_newsroom(SLUG)
    for number in range(ARTICLES):
        article = add_draft(newsroom, headline=f"Pilots count {number}", slug=f"pilots-{number}")
        publish_article(article=article, by=None, at=timezone.now())


def _ask(base: str, *, seed: int, seconds: int) -> tuple[int, str]:
    """How many cases were asked, and what schemathesis says when it found something."""
    folder = settings.DATA / "schemathesis"
    folder.mkdir()
    events = folder / "events.ndjson"
    done = subprocess.run(
        [
            str(SCHEMATHESIS),
            "run",
            f"{base}/api/v1/openapi.json",
            "--checks=all",
            f"--exclude-checks={LENIENT}",
            "--phases=examples,coverage,fuzzing",
            f"--max-examples={QUESTIONS}",
            f"--max-time={seconds}",
            f"--request-timeout={ANSWER_SECONDS}",
            f"--seed={seed}",
            "--no-color",
            "--warnings=off",
            f"--report-ndjson-path={events}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=seconds + STARTING_SECONDS,
        check=False,
    )
    said = done.stdout + done.stderr if done.returncode else ""
    return _cases(events), said


def _cases(events: Path) -> int:
    """Of its report, which has a line an event."""
    lines = events.read_text("utf-8").splitlines() if events.exists() else []
    finished = (json.loads(line).get("ScenarioFinished", {}) for line in lines)
    return sum(len(each.get("recorder", {}).get("cases", {})) for each in finished)
