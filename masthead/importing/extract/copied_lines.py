"""The lines of a copied text, and what each is by how it reads."""

from __future__ import annotations

import re

from .bylines import PREFIX, read_author, read_authors
from .captions import is_credit_alone, names_a_photographer
from .dates import DAY_FIRST, ISO, MONTH_FIRST, NUMERIC, read_when
from .dom import squeeze
from .page import Author
from .phrases import is_furniture_line, reads_as_sentence

MIN_SENTENCE = 60
BARS = re.compile(r"\s*[|•·]\s*|\s+[–—-]+\s+")
TRAIL = re.compile(r"\s*[>›»]\s*|\s+/\s+")
BYLINE_START = re.compile(r"^(?:written |posted )?(?:by|von|por|par)\s*:?$", re.I)


def lines_of(text: str) -> list[str]:
    lines = [squeeze(line) for line in text.split("\n")]
    if _is_hard_wrapped(lines):
        lines = _unwrap(lines)
    return _without_alt_texts(_with_joined_lines([line for line in lines if line]))


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Mail programs break lines at some 72 characters and part paragraphs by an empty line."""
    full = [line for line in lines if 55 <= len(line) <= 85]
    longest = max((len(line) for line in lines), default=0)
    open_ended = sum(not reads_as_sentence(line) for line in full)
    return longest <= 90 and "" in lines and len(full) >= 6 and open_ended > len(full) * 0.5


def _unwrap(lines: list[str]) -> list[str]:
    done: list[str] = []
    joins = False
    for line in lines:
        if line and joins:
            done[-1] += f" {line}"
        elif line:
            done.append(line)
        joins = len(line) >= 50
    return done


def _with_joined_lines(lines: list[str]) -> list[str]:
    """ "By" on a line of its own belongs to the name below, a lone credit to the caption above."""
    done: list[str] = []
    for line in lines:
        if done and BYLINE_START.match(done[-1]) and len(line) < 80:
            done[-1] += f" {line}"
        elif done and is_credit_alone(line) and _may_be_caption(done[-1]):
            done[-1] += f" ({line})"
        else:
            done.append(line)
    return done


def _may_be_caption(line: str) -> bool:
    return (
        4 <= len(line.split()) <= 40
        and not is_aside(line)
        and not is_date_line(line)
        and not people_of(line)
    )


def _without_alt_texts(lines: list[str]) -> list[str]:
    """A picture's description is often copied along, just before the caption that repeats it."""
    follow = [*lines[1:], ""][: len(lines)]  # no line at all has none after it
    return [
        line
        for line, after in zip(lines, follow, strict=True)
        if not (
            len(line.split()) >= 3
            and not is_prose(line)
            and after.startswith(line)
            and (line == after or names_a_photographer(after))
        )
    ]


def is_prose(line: str) -> bool:
    return len(line) >= MIN_SENTENCE and reads_as_sentence(line) and not is_aside(line)


def is_sentence(line: str) -> bool:
    """Prose, or a paragraph as short as "Nobody came that day." """
    return (
        reads_as_sentence(line)
        and len(line.split()) >= 3
        and not is_aside(line)
        and not is_date_line(line)
    )


def is_aside(line: str) -> bool:
    return is_furniture_line(line) or names_a_photographer(line)


def is_date_line(line: str) -> bool:
    return (
        len(line) < 110 and not reads_as_sentence(line.rstrip(".")) and read_when(line) is not None
    )


def people_of(line: str, outlet: str = "") -> tuple[Author, ...]:
    """
    The people a line names as a byline does: after "By", with post-nominals, as "… staff", or
    beside the date.
    """
    if len(line) > 140 or is_furniture_line(line):
        return ()
    bare = _without_leading_date(line)
    if PREFIX.match(bare):
        people = read_authors(bare, outlet=outlet, must_have_prefix=True)
        sure = any(p.post_nominals for p in people) or not reads_as_sentence(bare)
        return people if sure else ()
    marked = read_authors(line, outlet=outlet) if len(line) < 100 else ()
    if marked and all(p.post_nominals or p.is_staff for p in marked):
        return marked
    return _beside_date(line, outlet)


def _without_leading_date(line: str) -> str:
    for pattern in (MONTH_FIRST, DAY_FIRST, NUMERIC, ISO):
        if (hit := pattern.search(line)) and hit.start() < 16:
            rest = re.search(r"\bby\s.*", line[hit.end() :], re.I)
            return rest.group() if rest else line
    return line


def _beside_date(line: str, outlet: str) -> tuple[Author, ...]:
    """ "Ada Berg | 18.11.2026 | Region": the first part, or the one after the date, is a name."""
    parts = BARS.split(line)
    dated = [i for i, part in enumerate(parts) if read_when(part)]
    if not dated or len(parts) < 2 or reads_as_sentence(line):
        return ()
    beside = parts[0] if dated[0] else parts[1]
    author = read_author(beside, outlet=outlet)
    return (author,) if author else ()
