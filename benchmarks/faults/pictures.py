"""
`bin/faults pictures`: kill the making of copies at each file it writes, and the worker at each
step around it and at random times.

No half file may ever stand under its own name, and once a worker is back every picture has all
its copies, whole, noted in its row.
"""

import json
import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

from django.conf import settings
from django.db import connections
from PIL import Image

from benchmarks.faults import fragile_workshop
from benchmarks.faults.kill_points import NEVER, chosen_steps, die_at
from benchmarks.faults.settling import dead, settle
from benchmarks.report import Report
from benchmarks.scratch import prepare_database, tell
from masthead.jobs.worker import run_due_jobs
from masthead.pictures import looking, workshop
from masthead.pictures.actions import add_picture
from masthead.pictures.jobs import copies_folder
from masthead.pictures.models import CopiesState, Picture

SIZES = ((400, 225), (820, 460))  # short: one width; full: two
STEPS, RANDOM_KILLS = (1, None), (2, 60)
LIVES = (0.02, 0.5)  # seconds
SEED = 20_261_116


@dataclass
class Findings:
    kills: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Try:
    """One way of killing, applied at many steps to a new picture each."""

    source: Path
    found: Findings

    def at(self, where: str, kill: Callable[[Picture], bool]) -> None:
        """Kill, look for half files, let a worker finish, look whether all is there."""
        picture = add_picture(file=self.source, title="Quay", alt="A quay", trusted=True)
        self.found.kills += kill(picture)
        self.found.wrong += [f"{where}: {fault} after the kill" for fault in half_files(picture)]
        orders(picture).unlink(missing_ok=True)
        settle()
        picture.refresh_from_db()
        self.found.wrong += [f"{where}: {fault}" for fault in faults_in(picture)]


def run(*, short: bool) -> Report:
    prepare_database()
    settle()
    report = Report("faults pictures", columns=("killed", "kills", "wrong", "kills survived"))
    source = _source(SIZES[0 if short else 1])
    steps, kills = STEPS[0 if short else 1], RANDOM_KILLS[0 if short else 1]
    looking.workshop = SimpleNamespace(  # type: ignore[assignment]
        __name__=fragile_workshop.__name__, MOST_PIXELS=workshop.MOST_PIXELS
    )
    try:
        found = {
            "workshop, at each file": _kill_workshop(source, steps),
            "worker, at each step": _kill_worker(source, steps),
            "worker, at random": _kill_at_random(source, kills),
        }
    finally:
        looking.workshop = workshop
    _judge(report, found)
    return report


def _judge(report: Report, found: dict[str, Findings]) -> None:
    wrong = [fault for each in found.values() for fault in each.wrong]
    for name, each in found.items():
        report.row(name, str(each.kills), str(len(each.wrong)), 1 - len(each.wrong) / each.kills)
    report.figures = {
        "kills": sum(each.kills for each in found.values()),
        "wrong": wrong[:20],
    }
    report.exactly("half files, missing or wrong copies", len(wrong), 0)
    report.exactly("jobs given up", dead(), 0)


def _kill_workshop(source: Path, most: int | None) -> Findings:
    attempt = Try(source, Findings())
    number = _count_file_steps(source)
    chosen = chosen_steps(["file"] * number, most=None if most is None else 3 * most)
    tell(f"The workshop has {number} steps, kills at {len(chosen)} of them …")
    for step in chosen:
        for cut in (False, True):
            attempt.at(
                f"workshop, step {step}, {'cut' if cut else 'whole'}",
                lambda picture, step=step, cut=cut: _copy_with_orders(picture, step, cut),
            )
    return attempt.found


def _count_file_steps(source: Path) -> int:
    picture = add_picture(file=source, title="Quay", alt="A quay", trusted=True)
    _copy_with_orders(picture, NEVER, cut=False)
    return int(orders(picture).with_suffix(".count").read_text())


def _copy_with_orders(picture: Picture, fatal: int, cut: bool) -> bool:
    """The job runs once and fails, because its workshop dies; it will be tried again."""
    orders(picture).write_text(json.dumps({"fatal": fatal, "cut": cut}))
    run_due_jobs()
    picture.refresh_from_db()
    return picture.copies_state != CopiesState.READY


def _kill_worker(source: Path, most: int | None) -> Findings:
    attempt = Try(source, Findings())
    add_picture(file=source, title="Quay", alt="A quay", trusted=True)
    steps = die_at(NEVER, run_due_jobs).steps
    chosen = chosen_steps(steps, most=most)
    tell(f"The worker has {len(steps)} steps, kills at {len(chosen)} of them …")
    for step in chosen:
        attempt.at(
            f"worker, step {step} ({steps[step - 1]})",
            lambda _picture, step=step: die_at(step, run_due_jobs).killed,
        )
    return attempt.found


def _kill_at_random(source: Path, kills: int) -> Findings:
    """The workshop is left behind without a worker, and may still be writing."""
    attempt, chance = Try(source, Findings()), random.Random(SEED)
    tell(f"Killing the worker {kills} times at random …")
    for number in range(kills):
        seconds = chance.uniform(*LIVES)
        attempt.at(
            f"worker, kill {number} after {seconds:.2f} s",
            lambda _picture, seconds=seconds: _work_for(seconds),
        )
    return attempt.found


def _work_for(seconds: float) -> bool:
    connections.close_all()
    child = os.fork()
    if not child:
        try:
            run_due_jobs()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)  # also reaches one that has ended and was not waited for
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def half_files(picture: Picture) -> list[str]:
    """Copies under their own name that cannot be read to the end."""
    folder = Path(settings.MEDIA_ROOT) / copies_folder(picture)
    return [f"{file.name} is half" for file in sorted(folder.glob("[!.]*")) if not _is_whole(file)]


def _is_whole(file: Path) -> bool:
    try:
        with Image.open(file) as image:
            image.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def faults_in(picture: Picture) -> list[str]:
    faults = half_files(picture)
    if picture.copies_state != CopiesState.READY:
        faults.append(f"copies are {picture.copies_state}: {picture.copies_error}")
    noted = {copy["path"]: copy for copy in picture.copies}
    folder = copies_folder(picture)
    for path, copy in noted.items():
        file = Path(settings.MEDIA_ROOT) / path
        if not file.is_file() or file.stat().st_size != copy["bytes"]:
            faults.append(f"{file.name} is missing or not as noted")
    there = {f"{folder}/{f.name}" for f in (Path(settings.MEDIA_ROOT) / folder).glob("[!.]*")}
    if there != set(noted):
        faults.append(f"files {sorted(there)}, noted {sorted(noted)}")
    return faults


def orders(picture: Picture) -> Path:
    return fragile_workshop.orders_beside(Path(picture.file.path))


def _source(size: tuple[int, int]) -> Path:
    """Noise on a slope: as hard to compress as a photograph."""
    slope = Image.linear_gradient("L").resize(size)
    noise = Image.effect_noise(size, 40)
    file = Path(settings.DATA) / "quay.jpg"
    Image.merge("RGB", [slope, noise, Image.blend(slope, noise, 0.5)]).save(file, quality=90)
    return file
