"""
Some hundreds of messages as they come in to a return path, each with what it is.

They are made of what servers say (`written.toml`, `held_out.toml`) and of how servers say it
(`forms.py`, `other_forms.py`), then changed as transport and relays change mail. All names are
invented. The same messages come out each time.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from tests.mail.corpus import forms, letters, other_forms
from tests.mail.corpus.changes import changed

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Labelled:
    """One message, the kind it is, whom it speaks of (empty: nobody), and how it was made."""

    raw: bytes
    kind: str
    address: str
    made_by: str


def written() -> list[Labelled]:
    """The part that the rules were written with."""
    return list(_messages("written.toml", forms.FORMS, start=100))


def held_out() -> list[Labelled]:
    """The part that no rule was written for."""
    return list(_messages("held_out.toml", other_forms.FORMS, start=900))


def _messages(file: str, known: list[Callable[..., bytes]], *, start: int) -> Iterator[Labelled]:
    said = tomllib.loads((HERE / file).read_text("utf-8"))
    numbers = count(start)
    for number, (kind, status, words) in zip(numbers, said["refusals"] * 2, strict=False):
        form = known[number * 7 % len(known)]
        address = f"reader{number}@reader.example"
        raw = form(address=address, status=status, words=words.replace("@@", address), n=number)
        yield Labelled(changed(raw, number), kind, address, f"{form.__name__}: {words[:50]}")
    for make in letters.DELAYS + letters.COMPLAINTS:
        number = next(numbers)
        kind, address, raw = make(number)
        yield Labelled(changed(raw, number), kind, address, make.__name__)
    for kind in ("machines", "leaving", "others"):
        for number, each in zip(numbers, said[kind], strict=False):
            yield _letter(kind, each, number)


def _letter(kind: str, each: list[Any], number: int) -> Labelled:
    make, label = letters.LETTERS[kind]
    raw = make(*each, n=number)
    return Labelled(raw, label, f"cy{number}@reader.example", f"{kind}: {each[0]}")
