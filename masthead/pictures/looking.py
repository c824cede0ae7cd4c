"""Looking at a file before it becomes a picture, and the sentences for those that cannot."""

import json
import re
import signal
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

import masthead
from masthead.pictures import workshop

MOST_SECONDS = 60  # by the clock; the workshop's own wall is 10 s of CPU
# Out of CPU time, or a decoder that fell over for want of memory.
HIT_A_WALL = {-signal.SIGXCPU, -signal.SIGSEGV, -signal.SIGABRT, -signal.SIGBUS}
FORMAT_OF = {
    "avif": "AVIF",
    "gif": "GIF",
    "jpeg": "JPEG",
    "jpg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
}
SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE\s+svg", re.IGNORECASE)
# Long enough never to turn up by chance in 25 MB of pixels.
PROGRAM = re.compile(rb"<(?:script|html|iframe|body|!doctype\s+html|\?php)[\s>/]", re.IGNORECASE)
SENTENCES = {
    "empty": gettext_lazy("This file is empty. Please choose the picture again."),
    "too_large": gettext_lazy(
        "This file has %(size)s; a picture may have at most %(most)s. Save it smaller."
    ),
    "svg": gettext_lazy(
        "SVG drawings can carry programs and are not accepted. Save the drawing as PNG instead."
    ),
    "wrong_extension": gettext_lazy(
        "Files ending in “%(extension)s” are not accepted as pictures. Accepted: %(accepted)s."
    ),
    "mismatch": gettext_lazy(
        "This file is called “.%(extension)s” but contains a %(format)s picture."
        " Save it again under the right name."
    ),
    "not_a_picture": gettext_lazy("This file is not a picture that can be read."),
    "program": gettext_lazy(
        "This file carries web page code beside its pixels. Save it again as a plain picture."
    ),
    "too_many_pixels": gettext_lazy(
        "This picture has %(pixels)s million pixels; at most %(most)s million are accepted."
    ),
    "too_slender": gettext_lazy(
        "This picture is %(width)s × %(height)s pixels, more than ten times as long as it is wide."
        " Crop it first."
    ),
    "damaged": gettext_lazy("This picture is damaged or incomplete: it cannot be read to its end."),
    "too_hard": gettext_lazy(
        "This picture takes more memory or time to open than is allowed. Save it smaller."
    ),
}


class PictureRefused(Exception):
    """This file cannot become a picture; the text is a sentence for the person who sent it."""

    def __init__(self, problem: str, **facts: Any) -> None:
        self.problem = problem
        super().__init__(str(SENTENCES[problem]) % facts)


class WorkshopFailed(Exception):
    """The workshop was stopped or broke; the text is for the log."""


@dataclass(frozen=True)
class Look:
    """What was seen: px upright, and the words embedded in the file (empty when missing)."""

    format: str
    width: int
    height: int
    caption: str = ""
    alt: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    taken_on: date | None = None

    @property
    def credit_line(self) -> str:
        """“Creator / Agency”, or whatever of it the file says; the copyright line if nothing."""
        names = dict.fromkeys(part for part in (self.creator, self.credit) if part)
        return " / ".join(names) or self.copyright


def look_at(*, data: bytes, name: str) -> Look:
    """
    Look at a file that somebody wants to add, decoding it in the workshop.

    name: as the person's machine called it; its extension must tell the truth.
    Raises PictureRefused with one sentence.
    """
    extension = PurePath(name).suffix.lower().lstrip(".")
    _check_outside(data, extension)
    answer = run_workshop("look", stdin=data)
    if answer["format"] != FORMAT_OF[extension]:
        raise PictureRefused("mismatch", extension=extension, format=answer["format"])
    words = answer["words"]
    taken = words.pop("taken_on", "")
    return Look(
        format=answer["format"],
        width=answer["width"],
        height=answer["height"],
        taken_on=date.fromisoformat(taken) if taken else None,
        **words,
    )


def run_workshop(*arguments: str, stdin: bytes = b"") -> dict[str, Any]:
    """
    The workshop's answer. Its temporary files are gone afterwards, whatever happened to it.

    Raises PictureRefused; WorkshopFailed when it is not the picture's fault and worth a retry.
    """
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and module, no shell
        [sys.executable, "-m", workshop.__name__, *arguments],
        cwd=Path(masthead.__file__).parent.parent,
        # One arena: each further one costs 64 MB of the address space that is counted.
        env={"MALLOC_ARENA_MAX": "1", "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        out, err = process.communicate(stdin, timeout=MOST_SECONDS)
    except subprocess.TimeoutExpired as late:
        raise WorkshopFailed(f"no answer within {MOST_SECONDS} s") from late
    finally:
        process.kill()
        process.wait()
        if arguments[0] == "copy":
            clear_parts(Path(arguments[2]), process.pid)
    if process.returncode in HIT_A_WALL:
        raise PictureRefused("too_hard")
    if process.returncode != 0:
        raise WorkshopFailed(f"exit {process.returncode}: {err.decode('utf-8', 'replace')[-500:]}")
    return _answer(json.loads(out))


def clear_parts(folder: Path, pid: int) -> None:
    """Remove what a workshop that was stopped left half written."""
    for part in folder.glob(f".*.{pid}.part"):
        part.unlink(missing_ok=True)


def _answer(answer: dict[str, Any]) -> dict[str, Any]:
    if "pixels" in answer:
        answer["pixels"] = round(answer["pixels"] / 1_000_000)
        answer["most"] = workshop.MOST_PIXELS // 1_000_000
    if "problem" in answer:
        raise PictureRefused(**answer)
    return answer


def check_bytes(size: int) -> None:
    """Refuse an empty file, or one too large to be read into memory."""
    most = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
    if size == 0:
        raise PictureRefused("empty")
    if size > most:
        raise PictureRefused("too_large", size=filesizeformat(size), most=filesizeformat(most))


def _check_outside(data: bytes, extension: str) -> None:
    """What can be told without decoding."""
    check_bytes(len(data))
    if extension == "svg" or SVG.search(data[:4096]):
        raise PictureRefused("svg")
    if extension not in FORMAT_OF:
        accepted = ", ".join(settings.WAGTAILIMAGES_EXTENSIONS)
        ending = f".{extension}" if extension else _("nothing")
        raise PictureRefused("wrong_extension", extension=ending, accepted=accepted)
    if PROGRAM.search(data):
        raise PictureRefused("program")
