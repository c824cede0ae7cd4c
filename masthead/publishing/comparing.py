"""Two versions side by side in words: what was taken out, what was put in."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from masthead.articles.snapshot import plain_body
from masthead.people.bylines import byline_text, printed_name

# A word, or what stands between two: so that line breaks and blanks survive the comparison.
_WORDS = re.compile(r"\S+|\s+")
# The longest article is some ten thousand words; past this the exact comparison takes seconds.
_MOST_WORDS = 30_000
# So few words that stayed between two changes are marked with them: read as one, they are one.
LONE = 2

FIELDS = {
    "headline": _("Headline"),
    "short_headline": _("Headline for fronts"),
    "social_headline": _("Headline for sharing"),
    "kicker": _("Kicker"),
    "standfirst": _("Standfirst"),
    "dateline": _("Dateline"),
}


@dataclass(frozen=True)
class Piece:
    """A run of words. kind: "same", "taken" or "put"."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    label: str
    pieces: list[Piece]

    @property
    def has_changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


def differences(*, before: dict[str, Any], after: dict[str, Any]) -> list[Difference]:
    """What changed between two snapshots, by field; the unchanged fields are left out."""
    texts = [(str(label), before[key], after[key]) for key, label in FIELDS.items()]
    texts.append((str(_("Byline")), _names(before), _names(after)))
    texts.append((str(_("Lead picture's caption")), _caption(before), _caption(after)))
    texts.append((str(_("Text")), plain_body(before), plain_body(after)))
    found = [Difference(label, list(compare_words(old, new))) for label, old, new in texts]
    return [each for each in found if each.has_changed]


def compare_words(old: str, new: str) -> Iterator[Piece]:
    was, now = _WORDS.findall(old), _WORDS.findall(new)
    if len(was) + len(now) > _MOST_WORDS:
        yield Piece("taken", old)
        yield Piece("put", new)
        return
    matcher = difflib.SequenceMatcher(a=was, b=now, autojunk=False)
    taken = put = ""
    for tag, a, b, c, d in matcher.get_opcodes():
        same = "".join(was[a:b]) if tag == "equal" else ""
        if same and not _belongs_to_a_run(same, taken, put, is_last=b == len(was)):
            yield from _run(taken, put)
            taken = put = ""
            yield Piece("same", same)
        else:
            taken += "".join(was[a:b])
            put += "".join(now[c:d])
    yield from _run(taken, put)


def _belongs_to_a_run(same: str, taken: str, put: str, *, is_last: bool) -> bool:
    """A blank or a word or two between two changes; never a line break, never at either end."""
    return bool(taken or put) and not is_last and "\n" not in same and len(same.split()) <= LONE


def _run(taken: str, put: str) -> Iterator[Piece]:
    if taken:
        yield Piece("taken", taken)
    if put:
        yield Piece("put", put)


def _names(snapshot: dict[str, Any]) -> str:
    return byline_text(
        [printed_name(each["name"], each["post_nominals"]) for each in snapshot["authors"]]
    )


def _caption(snapshot: dict[str, Any]) -> str:
    return snapshot["lead"]["caption"] if snapshot["lead"] else ""
